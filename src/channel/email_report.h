/* email_report.h — delivery reports: RFC 3464, and the plain texts of exim and qmail.
 *
 * Inside of email_parse.c. Results live in `mem`.
 */
#pragma once

#include "email_body.h"

/* Fills is_report and report, when the mail is one. Expects header and body of `out` read. */
void mail_report_read(struct arena *mem, GMimeObject *mail, const struct report_parts *parts,
                      struct incoming *out);
