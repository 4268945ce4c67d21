/* email_parse.h — a raw mail becomes a struct incoming.
 *
 * Pure: bytes in, findings out; no I/O, no clock, safe on any thread with 512 KB of stack or
 * more. The time it takes grows with the size of the mail, whatever the mail holds. What goes
 * past a limit below is refused with a reason that a person understands; lists and single
 * values that are too long are cut, because the raw mail is kept.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"
#include "incoming.h"

enum {
    EMAIL_RAW_MAX = 50 << 20,      /* bytes of the whole mail */
    EMAIL_PARTS_MAX = 10000,       /* MIME parts, containers too */
    EMAIL_LEVELS_MAX = 1000,       /* parts within parts */
    EMAIL_TEXT_MAX = 20 << 20,     /* bytes of text, and as many of HTML */
    EMAIL_HEADERS_MAX = 200000,    /* header fields of all parts together */
    EMAIL_ADDRESSES_MAX = 1000,    /* in each list; more are left out */
    EMAIL_REFERENCES_MAX = 100,    /* the newest */
    EMAIL_SUBJECT_MAX = 2000,      /* bytes; cut */
    EMAIL_MESSAGE_ID_MAX = 990,    /* bytes; longer ones count as none */
    EMAIL_ADDRESS_MAX = 320,       /* bytes; longer ones count as none */
    EMAIL_NAME_MAX = 200,          /* bytes of a person's or a file's name; cut */
    EMAIL_REPORT_WORDS_MAX = 2000, /* bytes of the other server's words; cut */
    EMAIL_REPORTED_MAX = 100       /* recipients of one report; those that failed come first */
};

/* Makes the libraries ready. Call it before threads start; calling it again does nothing. */
void email_init(void);

/* A moment as mails write it, in their Date or in an mbox's line "From …"; {0} when it is none, or
 * not of the years 1990-2100. */
instant email_date(const char *text);
/* What the Date in the header of a raw mail says; nothing else of it is read. */
instant email_sent_at(struct arena *mem, struct bytes raw);

/* Who a mail says it is from ("" when it doesn't) and what about, read from its header alone. */
void email_says(struct arena *mem, struct bytes raw, const char **from, const char **subject);

/* Understands one raw mail, without an mbox "From " line in front or with it. Broken MIME is
 * read as well as it goes: what has no header at all is all text. ERR_TOO_LARGE or ERR_INVALID:
 * the mail is past a limit; err->text says which. */
MUST_CHECK bool email_parse(struct arena *mem, struct bytes raw, struct incoming *out,
                            struct err *err);
