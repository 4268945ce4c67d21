/* imap_reply.h — what an IMAP server says, taken apart (RFC 3501).
 *
 * Pure: bytes in, pieces out, any bytes allowed. The pieces are borrowed from the bytes that
 * were passed in. imap_scan() finds where a reply ends, imap_reply_read() splits it, and
 * imap_next() walks over the values in it.
 */
#pragma once

#include "../base/arena.h"
#include "../base/base.h"

enum {
    IMAP_LINE_MAX = 256 * 1024, /* bytes of a line, literals not counted */
    IMAP_LITERALS_MAX = 64,     /* in one reply */
    IMAP_NESTING_MAX = 32,
};

/* How far the end of a reply was looked for. Starts zeroed for each reply. */
struct imap_scan {
    size_t at;       /* looked at so far; of a whole reply its length */
    size_t line;     /* where the line begins that is being read */
    size_t literals; /* met so far */
};

enum imap_scanned { IMAP_MORE, IMAP_WHOLE, IMAP_BROKEN };

/* Looks on in what came so far (always from the reply's first byte). BROKEN: a line or the
 * whole is longer than allowed; `max` counts literals too. */
enum imap_scanned imap_scan(struct imap_scan *scan, struct bytes came, size_t max);

enum imap_kind {
    IMAP_CONTINUE, /* + go on */
    IMAP_TAGGED,   /* the end of a command: `status` says how */
    IMAP_NOTE,     /* * OK, NO, BAD, BYE or PREAUTH */
    IMAP_DATA,     /* * FETCH, EXISTS, LIST and all others */
};

enum imap_status { IMAP_NONE, IMAP_OK, IMAP_NO, IMAP_BAD, IMAP_BYE, IMAP_PREAUTH };

/* A place in a reply from which values are read one after another. */
struct imap_cursor {
    struct bytes in;
    size_t at;
    size_t depth; /* open parentheses */
};

struct imap_reply {
    enum imap_kind kind;
    enum imap_status status;   /* NONE for DATA and CONTINUE */
    struct bytes tag;          /* of TAGGED */
    struct bytes code;         /* of a status: what stands in [ ] */
    struct bytes words;        /* of a status or CONTINUE: meant for people */
    int64_t number;            /* of DATA as "* 23 EXISTS"; else -1 */
    struct bytes name;         /* of DATA: "EXISTS" */
    struct imap_cursor values; /* of DATA: what follows the name */
};

/* Splits one whole reply; false when it isn't one. */
bool imap_reply_read(struct bytes reply, struct imap_reply *out);

enum imap_value_kind {
    IMAP_END,    /* nothing more */
    IMAP_WRONG,  /* not a value: the reply is broken */
    IMAP_ATOM,   /* a word, number, flag or an item's name with its [ ] */
    IMAP_STRING, /* in quotes or as a literal */
    IMAP_OPEN,   /* ( */
    IMAP_CLOSE,  /* ) */
};

struct imap_value {
    enum imap_value_kind kind;
    struct bytes text; /* of a STRING in quotes: with its backslashes, see imap_text() */
    bool is_escaped;
};

/* The next value; after END and WRONG it stays there. */
struct imap_value imap_next(struct imap_cursor *values);
/* Passes over one value, a list as a whole; false at the end, at a closing parenthesis or when
 * it is broken. */
bool imap_skip(struct imap_cursor *values);
/* The value as a text of valid UTF-8. */
char *imap_text(struct arena *mem, struct imap_value value);

/* A whole number from 0 on; false for anything else. */
bool imap_number(struct bytes text, int64_t *out);
/* One of 32 bits, as UIDs are. */
bool imap_uid(struct bytes text, uint32_t *out);
/* Is it this word, whatever its case? */
bool imap_is(struct bytes text, const char *word);
/* Does this word stand in a list of words, as in CAPABILITY's? */
bool imap_has(struct imap_cursor words, const char *word);
/* The number of a code as [UIDVALIDITY 7]; false when it is another code. */
bool imap_code_number(const struct imap_reply *reply, const char *name, uint32_t *out);
/* Is the code's first word this one? */
bool imap_code_is(const struct imap_reply *reply, const char *name);
