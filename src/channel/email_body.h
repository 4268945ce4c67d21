/* email_body.h — the parts of a mail: text, HTML, files, and what else they tell.
 *
 * Inside of email_parse.c. Results live in `mem`.
 */
#pragma once

#include "email_mime.h"
#include "incoming.h"

/* What a delivery report is made of; len 0: not there. */
struct report_parts {
    struct bytes status;   /* message/delivery-status */
    struct bytes original; /* the mail it is about, or only its header */
};

/* Fills text, html, files, is_signed and is_encrypted. */
MUST_CHECK bool mail_body_read(struct arena *mem, const struct mime_mail *mail,
                               struct incoming *out, struct report_parts *report, struct err *err);
