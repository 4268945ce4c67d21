/* email_write.h — an answer of ours becomes a mail that any server takes.
 *
 * Pure, safe on any thread. 7-bit, CRLF, no line over 998 bytes; text and HTML, the HTML made
 * from the text. The same draft gives the same bytes, so that a send that is repeated is the
 * same mail. No value can bring a header of its own: line ends in values become spaces.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"
#include "incoming.h"

enum {
    EMAIL_WRITTEN_TEXT_MAX = 2 << 20,  /* bytes of text and of quoted text, each */
    EMAIL_RECIPIENTS_MAX = 500,        /* to and cc together */
    EMAIL_WRITTEN_FILES_MAX = 35 << 20 /* bytes of all files: base64 makes 48 MB of them */
};

struct email_draft {
    const char *message_id; /* without <>; the same for each try */
    struct party from;
    struct party reply_to; /* with our token; address NULL: none */
    struct list to;        /* of struct party, one at least */
    struct list cc;        /* of struct party */
    const char *subject;
    const char *text;        /* what we say */
    const char *signature;   /* without "-- "; NULL: none */
    const char *quote_intro; /* from email_quote_intro(); NULL: none */
    const char *quote_text;  /* the message that is answered; NULL: none */
    const char *in_reply_to; /* without <>; NULL: none */
    struct list references;  /* texts without <>, oldest first */
    const char *language;    /* of what we say, as "nl"; NULL or "": nobody knows */
    instant sent_at;
    struct list files; /* of struct incoming_file; content_id is not used */
    bool is_auto;      /* no person wrote it: Auto-Submitted: auto-generated */
};

/* ERR_INVALID: an address can't be written, or there is nobody to send it to. ERR_TOO_LARGE:
 * past a limit. */
MUST_CHECK bool email_write(struct arena *mem, const struct email_draft *draft, struct bytes *out,
                            struct err *err);
