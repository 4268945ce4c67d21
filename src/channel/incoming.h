/* incoming.h — what a raw envelope says, whatever channel it came by.
 *
 * Filled by a channel's parse(): pure, no I/O, no clock, any bytes. All texts are valid UTF-8
 * and live in the arena that was passed in.
 */
#pragma once

#include "../base/clock.h"
#include "../base/field.h"

/* What kind of address somebody writes from. The first is what an address is of which nothing is
 * said: it claims least. */
enum identity_kind {
    IDENTITY_EXTERNAL, /* the number of somebody in another system */
    IDENTITY_EMAIL,
    IDENTITY_PHONE,
    IDENTITY_HANDLE,
    IDENTITY_LOGIN,
    IDENTITY_POSTAL, /* where a letter goes */
};

extern const char *const identity_kind_names[];

/* One party of a message. On e-mail `address` is normalised: white space off, domain in lower
 * case (the local part as it was). */
struct party {
    const char *name;    /* "" when none was given */
    const char *address; /* never NULL in a list; NULL for a missing sender */
};

/* What a server on the way found about the sender; what is surer is greater. */
enum sender_finding { CHECK_NOTHING, CHECK_FAILED, CHECK_PASSED };
#define NO_CHECKER "-" /* who found it gives no name */

struct sender_check {
    const char *by; /* in small letters */
    unsigned finding;
};

struct incoming_file {
    const char *name;       /* a bare file name without path, never empty; made up if none came */
    const char *type;       /* "image/png", lower case; application/octet-stream if unknown */
    const char *content_id; /* without <>; NULL unless the HTML part refers to it */
    bool is_inline;
    struct bytes data;
};

/* What a delivery report (RFC 3464) says about one recipient of a message of ours. */
struct reported {
    const char *recipient; /* who did not, or did, get it, as we wrote to him */
    const char *final;     /* the same after the other server's forwards; either may be NULL */
    const char *action;    /* failed, delayed, delivered, relayed, expanded */
    const char *status;    /* "5.1.1" */
    const char *words;     /* the other server's own words */
};

struct delivery_report {
    const char *message_id; /* of the message it is about, without <>; NULL when not found */
    bool is_from_server;    /* it came as a mail server sends one; else anybody may have made it */
    struct list recipients; /* of struct reported, 1 to 100, whoever failed first */
};

struct incoming {
    const char *external_id;  /* Message-ID without <>, or the provider's id; NULL when none */
    const char *thread_key;   /* the provider's own thread; NULL where it has none */
    unsigned from_kind;       /* enum identity_kind of the addresses */
    struct party from;        /* from.address NULL: nobody to answer to */
    struct party reply_to;    /* address NULL unless given and another than from */
    const char *also;         /* another address that he says is his; NULL: none */
    unsigned also_kind;       /* enum identity_kind of it */
    bool only_says;           /* anybody can write such a sender, as on mail: `checks` may tell */
    struct list checks;       /* of struct sender_check; anybody can write those too */
    struct list to;           /* of struct party */
    struct list cc;           /* of struct party */
    struct list delivered_to; /* texts: Delivered-To, X-Original-To, Envelope-To */
    const char *subject;      /* "" when none */
    const char *text;         /* plain text; made from the HTML when there is nothing else */
    const char *html;         /* as it came (not yet safe to show); NULL when none */
    bool prefers_html;        /* the HTML shows what the text can't */
    size_t fold_at;           /* offset into text where quoted history or the signature begins;
                                 strlen(text) when nothing is to be folded */
    instant sent_at;          /* the sender's clock; {0} when none or nonsense */
    struct list references;   /* texts: In-Reply-To first, then References from the newest back,
                                 each once, without <>, at most 100 */
    struct list files;        /* of struct incoming_file */
    bool is_auto;             /* an automatic answer: never to be answered automatically */
    bool is_stop;             /* the customer asks for no more messages, and says nothing else */
    bool is_bulk;             /* a mailing list or bulk mail */
    bool is_report;           /* a delivery report; `report` holds */
    struct delivery_report report;
    bool is_signed;    /* S/MIME or PGP */
    bool is_encrypted; /* S/MIME or PGP; text then says so */
};
