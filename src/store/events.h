/* events.h — history: every change appends its event in the same transaction.
 *
 * A writer adds to events_pending; the sealer (one at a time, over all nodes) gives each event,
 * in commit order, its position in its organisation and a hash that chains it to the one before,
 * and moves it to `events`, where nothing is ever changed. Readers read on from a position.
 */
#pragma once

#include "store.h"

struct event {
    event_id id;
    int64_t position; /* 1, 2, … without a gap in one organisation; 0 while pending */
    const char *kind; /* "message.received" */
    instant at;
    unsigned actor_kind;
    int64_t actor_id;      /* of a user, a person or a channel; 0: the system */
    const char *actor;     /* the same as the API shows it: event_actor() */
    case_id case_id;       /* none: not about a case */
    const char *about;     /* the thing's id as text, "msg_…"; NULL when it is the case */
    struct json_text data; /* what changed, small; NULL when nothing needs saying */
    struct bytes hash;     /* of a sealed one */
};
extern const struct field event_fields[];        /* as the API shows it */
extern const struct field sealed_event_fields[]; /* as it is stored */

/* The actor's id as text, in *out; NULL for the system. */
const char *event_actor(const struct event *event, struct id_text *out);

/* Appends; kind, case_id, about and data are taken from *event, the rest from the transaction. */
MUST_CHECK bool event_add(struct tx *tx, const struct event *event, struct err *err);

/* Gives positions to at most `max` pending events of all organisations; *sealed says how many.
 * A closure for store_write(): arg is struct sealing. */
struct sealing {
    int64_t max, sealed;
};
bool events_seal(struct tx *tx, void *sealing, struct err *err);

/* The events behind a position, oldest first, at most `max`. */
MUST_CHECK bool events_after(struct tx *tx, int64_t position, int64_t max, struct list *out,
                             struct err *err);
/* The newest position of the organisation; 0 when none. */
MUST_CHECK bool events_position(struct tx *tx, int64_t *out, struct err *err);

/* The id of the newest event of all organisations; 0 when none. For ids_begin_after(). */
MUST_CHECK bool events_newest_id(struct tx *tx, int64_t *out, struct err *err);

typedef void events_step_fn(void *arg, int64_t n);
/* Walks the chain of the transaction's organisation from the start; ERR_CONFLICT names the
 * first event that isn't what was sealed. *checked counts the sound ones.
 * Every thousand or so, step(arg, n) (NULL: nothing) hears of n more. */
MUST_CHECK bool events_verify(struct tx *tx, events_step_fn *step, void *arg, int64_t *checked,
                              struct err *err);

/* The thread that seals: wakes on WAKE_EVENTS and every second. news_fn is called, on this thread,
 * for what live streams tell: with WAKE_SEALED when something was sealed, with WAKE_PRESENCE when
 * somebody came, left or typed, here or on another node. The sealer lives as long as the store,
 * which may wake it until then. */
typedef void news_fn(void *arg, unsigned wake);
struct sealer;
struct sealer *sealer_start(struct store *store, news_fn *news, void *arg);
/* news_fn isn't called any more. */
void sealer_stop(struct sealer *sealer);
