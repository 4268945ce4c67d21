/* smtp.h — hands one mail over to a server for sending (RFC 6409, RFC 5321).
 *
 * Blocking, on any thread; at most 10 minutes, and at most 5 without an answer (servers look
 * for viruses after DATA). With MAIL_TLS and MAIL_STARTTLS nothing is ever said without TLS.
 */
#pragma once

#include "../base/base.h"
#include "../base/err.h"
#include "mail_server.h"

struct smtp_mail {
    const char *sender;            /* of the envelope: where bounces go; "" for <> */
    const char *const *recipients; /* all or nothing: one that is refused stops the mail */
    size_t recipients_n;
    struct bytes raw; /* bare CR and LF go out as CRLF */
};

enum smtp_outcome {
    SMTP_SENT,      /* the server said 250 after the last byte: it is the server's now */
    SMTP_REFUSED,   /* for good, in the server's words */
    SMTP_NO_ACCESS, /* login, certificate or STARTTLS: nothing to do with this mail, and no
                       mail goes out until somebody mends it */
    SMTP_NO_SERVER, /* nobody answers, or lets us in for now: nothing to do with this mail */
    SMTP_LATER,     /* refused for now, or the line broke: nothing was sent */
    SMTP_UNKNOWN,   /* the connection broke between the last byte and the answer: perhaps
                       the server has it. Trying again may send it twice. */
};

enum { SMTP_WORDS_MAX = 200 };

struct smtp_result {
    enum smtp_outcome outcome;
    int code;                   /* the server's last, as 250 or 550; 0: none */
    char words[SMTP_WORDS_MAX]; /* what it said with it, as "5.1.1 no such user" */
};

/* True only for SMTP_SENT. Else err is ERR_UPSTREAM for what doesn't get better by itself
 * (REFUSED, NO_ACCESS) and ERR_BUSY for the rest; *out is filled in each case. */
MUST_CHECK bool smtp_send(const struct mail_server *server, const struct smtp_mail *mail,
                          struct smtp_result *out, struct err *err);

/* Connects, says hello as the sender's domain and logs in, and sends nothing. */
MUST_CHECK bool smtp_check(const struct mail_server *server, const char *sender, struct err *err);

/* Can it stand in an envelope? No white space, control characters, < or >; one @ at least, with
 * something at both sides; at most 254 bytes. */
bool smtp_address_is_valid(const char *address);
