/* ways.h — how the customer of a case can be answered: each channel with each of his addresses that
 * it reaches, what may be said there, and why it can't be used now.
 *
 * A way goes on in a conversation of the case, or begins one: an e-mail begins a thread of its own;
 * with a number there is one thread, whichever case it's about; a visitor of the chat goes on where
 * he is; and a channel of the API reaches only whom it brought. Works inside the caller's
 * transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../channels/channels.h"
#include "../conversations/conversations.h"
#include "../people/identities.h"
#include "cases.h"

/* Why not now. */
enum way_obstacle {
    WAY_FREE,
    WAY_OFF,        /* the channel is switched off */
    WAY_NOT_PROVEN, /* nobody has shown that the address is his */
    WAY_WINDOW,     /* he wrote too long ago for this channel */
    WAY_STOPPED,    /* he wrote STOP */
    WAY_BLOCKED,    /* he was shut out of the chat */
    WAY_LEFT,       /* he removed the chat */
    WAY_OBSTACLES_N
};

/* Why a colleague takes another channel than the one before. */
enum way_reason {
    REASON_UNSAID,
    REASON_CHOICE, /* the customer asked for it */
    REASON_WINDOW,
    REASON_PRIVACY,
    REASON_ESCALATION,
    REASON_REFERRAL, /* we had sent him there */
    REASON_NO_ANSWER,
    REASON_NOT_DELIVERED,
    WAY_REASONS_N
};
extern const char *const way_reason_names[];

struct way {
    channel_id channel_id;
    const char *channel, *type; /* the channel's name and type */
    identity_id identity_id;    /* none: he wrote from an address that isn't among his */
    unsigned kind;              /* enum identity_kind */
    const char *address, *name;
    conversation_id conversation_id; /* the one it goes on in; none: it begins one */
    bool is_here;                    /* that one is of this case */
    bool is_usual;                   /* taken when an answer says nothing of its way */
    bool is_preferred;               /* the address is the one meant for answers */
    instant heard_at;                /* when he last wrote this way; {0}: never */
    unsigned text_unit;              /* enum style_unit */
    int64_t text_max;                /* in those; 0: no matter */
    bool can_attach, can_copy, has_subject, quotes, signs, is_public;
    instant open_until;  /* when the window closes; {0}: it has none */
    const char *why_not; /* NULL: it can be used */
    /* of who chooses; none of it in a reply */
    enum way_obstacle obstacle;
    struct conversation conversation;
    const struct identity *identity;
    bool is_callback;
};
extern const struct field way_fields[];
extern const struct routes way_routes;

/* All of them, in the order in which one would try: the one that he used last, the one that he
 * prefers, the others; those that can't be used now behind them. */
MUST_CHECK bool case_ways(struct tx *tx, const struct casefile *c, struct list *out,
                          struct err *err);
/* The first by this channel and address, of which one may be none. ERR_INVALID when there is none,
 * ERR_CONFLICT says why it can't be used. */
MUST_CHECK bool way_choose(struct tx *tx, const struct casefile *c, channel_id channel,
                           identity_id identity, struct way *out, struct err *err);
/* How a person can be written to first: those of case_ways() that can begin, of no case. */
MUST_CHECK bool person_ways(struct tx *tx, person_id id, struct list *out, struct err *err);
/* The same for an address, whether somebody is known by it or not. */
MUST_CHECK bool address_ways(struct tx *tx, enum identity_kind kind, const char *address,
                             struct list *out, struct err *err);
/* The first of a person's by this channel, and this address: one of his by its id, or by its normal
 * value; neither: any. ERR_INVALID when there is none, ERR_CONFLICT says why it can't be used. */
MUST_CHECK bool way_begin(struct tx *tx, person_id person, const struct channel *channel,
                          identity_id identity, const char *value, struct way *out,
                          struct err *err);
/* What a colleague wrote down to send to, a mail address or a number, as it's used. ERR_INVALID of
 * the field "to": it can't be one. */
MUST_CHECK bool way_address(struct tx *tx, enum identity_kind kind, const char *written,
                            const char **out, struct err *err);
/* Does the channel take an answer in this conversation now? ERR_CONFLICT says why not. Whether
 * somebody is still there to read it turns out when it's sent. */
MUST_CHECK bool way_is_open(struct tx *tx, const struct conversation *conversation,
                            const struct open_channel *channel, struct err *err);
/* Writes down that the case goes on elsewhere, if it does: before the answer `message` is stored,
 * and before the conversation is begun that it begins. */
MUST_CHECK bool way_tell(struct tx *tx, const struct casefile *c,
                         const struct conversation *conversation, message_id message,
                         enum way_reason reason, struct err *err);
