/* envelopes.h — what came in, byte for byte, before anybody understood it.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "../../store/blobs.h"

enum envelope_state {
    ENVELOPE_WAITING,
    ENVELOPE_UNDERSTOOD,
    ENVELOPE_DUPLICATE,      /* the same message came before */
    ENVELOPE_IGNORED,        /* reason says why */
    ENVELOPE_NOT_UNDERSTOOD, /* reason says why; can be run again if it is whole */
};
extern const char *const envelope_state_names[];

struct envelope {
    envelope_id id;
    channel_id channel_id;
    const char *external_id; /* the provider's id; else the hash of the bytes */
    instant arrived_at;      /* at the mailbox, or when the sender of an API channel wrote it */
    instant received_at;     /* when we got it */
    int64_t size;
    struct bytes raw;      /* a small one; never in a reply */
    struct bytes raw_hash; /* of a large one: its blob */
    const char *folder;    /* where in the mailbox */
    bool is_ours;          /* from our own Sent folder */
    unsigned state;
    const char *stage; /* where it stopped; envelope_refused: when it came in */
    const char *reason;
    message_id message_id;      /* what it became, or is the same as */
    const char *from, *subject; /* in lists: what the header of a mail says */
};
/* The stage of what was refused when it came in: only a part of it is here, or nothing. */
extern const char envelope_refused[];
extern const struct field envelope_fields[];
extern const struct routes envelope_routes;

/* Adds it, with an id of its own. It arrived now when nothing is known, or a moment that is still
 * to come: then somebody's clock is wrong. *is_new is false when the channel had this external id
 * before: then *envelope is the earlier one. `blob` holds the raw bytes when they are many. */
MUST_CHECK bool envelope_add(struct tx *tx, struct envelope *envelope, const struct blob *blob,
                             bool *is_new, struct err *err);
/* What isn't whole must never be understood as if it were. */
bool envelope_is_whole(const struct envelope *envelope);
/* With its raw bytes, wherever they are. */
MUST_CHECK bool envelope_get(struct tx *tx, envelope_id id, struct envelope *out, struct err *err);
/* The first one of a channel that waits for its way, if there is any. */
MUST_CHECK bool envelope_first_waiting(struct tx *tx, channel_id channel, struct envelope *out,
                                       bool *found, struct err *err);
/* Says what became of it. */
MUST_CHECK bool envelope_settle(struct tx *tx, envelope_id id, enum envelope_state state,
                                const char *stage, const char *reason, message_id message,
                                struct err *err);
