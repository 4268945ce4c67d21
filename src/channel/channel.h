/* channel.h — what a connected address can do, whatever its type: one struct of functions each.
 *
 * A type reads a raw envelope (pure), sends a message, and says in a field table what an
 * administrator fills in. Who calls: parse and send run on worker threads, outside transactions.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"
#include "../base/field.h"
#include "../language/style.h"
#include "incoming.h"

enum channel_skill {
    CAN_ATTACH = 1 << 0,  /* files with a message */
    CAN_SUBJECT = 1 << 1, /* messages have a subject */
    CAN_REPEAT = 1 << 2,  /* sending the same message twice is once: the other side knows its id */
    IS_FETCHED = 1 << 3,  /* a receiver of ours fetches what comes in */
    CAN_BEGIN = 1 << 4,   /* writes to an address that never wrote here */
    CAN_COPY = 1 << 5,    /* copies to others (cc) */
    CAN_QUOTE = 1 << 6,   /* what is answered stands under the answer */
    CAN_SIGN = 1 << 7,    /* a signature stands under it */
    BY_ADDRESS = 1 << 8,  /* whom it is from is the thread: there is one with each address */
    IS_ONE_WAY = 1 << 9,  /* nothing is sent there: who wrote is answered at the address he left */
};

/* A bit of channel_type.answers_to. */
#define ANSWERS_TO(kind) (1U << (kind))

struct outgoing_file {
    const char *name, *type;
    struct bytes data;
};

/* A message as a type gets it to send. Borrowed. */
struct outgoing {
    const char *id;         /* "msg_…": the same at every try */
    const char *channel;    /* "chn_…" */
    const char *message_id; /* Message-ID without <> */
    struct party to;
    struct list cc; /* of struct party */
    const char *subject;
    const char *text;
    const char *case_reference; /* "4K7-M2QX" */
    const char *thread_key;     /* the provider's thread, where it has one; else NULL */
    const char *reply_token;    /* goes into the reply address where the channel can */
    const char *quote_text;     /* the message that is answered; NULL when none */
    struct party quote_party;   /* who wrote it */
    instant quote_at;
    const char *language, *time_zone; /* the organisation's: of what the channel itself writes */
    struct list references;           /* texts: message ids of what stood before it, oldest first */
    struct list files;                /* of struct outgoing_file */
    instant at;
    bool is_auto; /* no person wrote it */
};

enum delivery {
    DELIVERY_SENT,    /* the provider has it now */
    DELIVERY_WAITING, /* it lies ready, to be fetched by the other side */
    DELIVERY_REFUSED, /* for good */
    DELIVERY_LATER,   /* not now: try again */
    DELIVERY_UNKNOWN, /* perhaps the provider has it: a person decides */
};

struct receipt {
    enum delivery delivery;
    bool is_channel_down; /* not only this message: nobody is there, or doesn't let us in */
    char words[256];      /* the provider's own */
};

/* How much a message may hold, and how that is counted; limit 0: as much as one likes. */
struct channel_room {
    enum style_unit unit;
    int64_t limit;
};

/* What else depends on how a channel is set up. */
struct channel_rules {
    bool is_public;    /* everybody reads what is written there */
    int64_t window_ms; /* so long after his last message a customer may be answered; 0: for ever */
};

/* For who sets up the other side. */
struct channel_secret {
    const char *secret;
    const char *url; /* where it posts what comes in; NULL when that isn't our business */
};

struct channel_type {
    const char *name;         /* "email"; stored, never renamed */
    unsigned skills;          /* enum channel_skill */
    const char *message_host; /* domain of the Message-IDs we make; NULL: the address's own */
    enum identity_kind address_kind; /* of what a colleague may write down to send to */
    unsigned answers_to; /* ANSWERS_TO() the kinds of address of a customer that it can reach */
    int64_t files_max;   /* bytes of a message's files together; 0: as much as was uploaded */
    const struct field *settings_fields;
    size_t settings_size;
    /* Checks what the field table can't, and makes what must be stored (a secret); what can be
     * worked out later isn't filled in. */
    bool (*check)(struct arena *mem, void *settings, struct err *err);
    /* What people write to, from the settings. */
    const char *(*address)(const void *settings);
    /* Whose word counts about who a message is from (struct sender_check); NULL: nobody's. */
    const char *(*checker)(const void *settings);
    /* NULL: as much as one likes. */
    struct channel_room (*room)(const void *settings);
    /* NULL: nobody else reads along, and it has no window. */
    struct channel_rules (*rules)(const void *settings);
    /* What the other side needs to reach us and isn't shown otherwise; NULL: nothing. */
    void (*show_secret)(struct arena *mem, const void *settings, const char *channel,
                        struct channel_secret *out);
    /* How many messages it sends a second; NULL, or 0: as many as there are. */
    int64_t (*rate)(const void *settings);
    /* Raw envelope to message. Pure; any bytes; fuzzed. */
    bool (*parse)(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err);
    /* Sends one message; what happened stands in *out. */
    void (*send)(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out);
    /* Tries the settings against the other side: false says in words what doesn't work. */
    bool (*test)(struct arena *mem, const void *settings, struct err *err);
};

/* Is there room for this text? Else ERR_INVALID of the field "text" says by how much there isn't.
 */
MUST_CHECK bool channel_takes_text(const struct channel_type *type, const void *settings,
                                   const char *text, struct err *err);

/* Do files of so many bytes together go with one message? Else ERR_INVALID of the field "files"
 * says what the limit is. */
MUST_CHECK bool channel_takes_files(const struct channel_type *type, int64_t size, struct err *err);

/* What holds for a channel of this type with these settings. */
struct channel_rules channel_rules_of(const struct channel_type *type, const void *settings);

/* All types, and one by its name (NULL when there is none). */
extern const struct channel_type *const channel_types[];
extern const size_t channel_types_n;
extern const char *const channel_type_names[]; /* ended by NULL */
const struct channel_type *channel_type_named(const char *name);
