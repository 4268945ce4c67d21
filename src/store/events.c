#include "events.h"

#include "../base/buf.h"

#include <stdio.h>
#include <string.h>

const struct field event_fields[] = {
    FIELD(event, id, .flags = REQUIRED),
    FIELD(event, position, .doc = "1, 2, … without a gap; 0 for a moment, until it is sealed"),
    FIELD(event, kind, .flags = REQUIRED),
    FIELD(event, at, .flags = REQUIRED),
    FIELD(event, actor_kind, .names = actor_kind_names),
    FIELD(event, actor, .doc = "The id of the user, person or channel; null for the system"),
    FIELD(event, case_id),
    FIELD(event, about, .doc = "The id of what it is about, when that is not the case"),
    FIELD(event, data),
    { 0 },
};

const struct field sealed_event_fields[] = {
    FIELD(event, id),
    FIELD(event, position),
    FIELD(event, kind),
    FIELD(event, at),
    FIELD(event, actor_kind, .names = actor_kind_names),
    FIELD(event, actor_id),
    FIELD(event, case_id),
    FIELD(event, about),
    FIELD(event, data),
    FIELD(event, hash),
    { 0 },
};

const char *event_actor(const struct event *event, struct id_text *out)
{
    const char *prefix = event->actor_kind == ACTOR_CUSTOMER  ? "per"
                         : event->actor_kind == ACTOR_CHANNEL ? "chn"
                                                              : "usr";

    *out = id_text(prefix, event->actor_id);
    return event->actor_id == 0 ? NULL : out->s;
}

bool event_add(struct tx *tx, const struct event *event, struct err *err)
{
    tx_wake(tx, WAKE_EVENTS);
    return db_run(tx, SQL_EVENT_ADD,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_text(event->kind),
                       arg_time(tx->now), arg_text(actor_kind_names[tx->actor.kind]),
                       arg_int(tx->actor.id), arg_id(event->case_id), arg_text(event->about),
                       arg_text(event->data.s)),
                  err);
}

bool events_after(struct tx *tx, int64_t position, int64_t max, struct list *out, struct err *err)
{
    return db_all(tx, SQL_EVENTS_AFTER, ARGS(arg_organisation(tx), arg_int(position), arg_int(max)),
                  sealed_event_fields, sizeof(struct event), out, err);
}

bool events_position(struct tx *tx, int64_t *out, struct err *err)
{
    return db_number(tx, SQL_EVENTS_POSITION, ARGS(arg_organisation(tx)), out, err);
}

bool events_newest_id(struct tx *tx, int64_t *out, struct err *err)
{
    return db_number(tx, SQL_EVENT_NEWEST_ID, NO_ARGS, out, err);
}

/* --- the chain ---------------------------------------------------------------------------- */

struct head {
    int64_t position;
    struct bytes hash;
};

static const struct field head_fields[] = {
    FIELD(head, position),
    FIELD(head, hash),
    { 0 },
};

static const uint8_t first_hash[HASH_LEN]; /* what stands before the first event: zeros */

/* The hash over an event and the one before it: BLAKE2b-256 of that hash and the members as
 * text, each followed by a byte that no text holds. */
static void chain(struct tx *tx, struct bytes before, struct event *event)
{
    const char *line = arena_printf(
        tx->mem, "%lld\x1f%lld\x1f%s\x1f%lld\x1f%u\x1f%lld\x1f%lld\x1f%s\x1f%s",
        (long long)event->position, (long long)event->id.n, event->kind, (long long)event->at.ms,
        event->actor_kind, (long long)event->actor_id, (long long)event->case_id.n,
        event->about ? event->about : "", event->data.s ? event->data.s : "");
    const struct bytes parts[] = {
        before, { (const uint8_t *)line, strlen(line) }
    };
    uint8_t *hash = arena_alloc(tx->mem, HASH_LEN);

    hash_parts(parts, COUNT(parts), hash);
    event->hash = (struct bytes){ hash, HASH_LEN };
}

static bool take_head(struct tx *tx, struct head *head, struct err *err)
{
    bool found;

    if (!db_run(tx, SQL_EVENT_HEAD_LOCK, ARGS(arg_organisation(tx)), err) ||
        !db_find(tx, SQL_EVENT_HEAD, ARGS(arg_organisation(tx)), head_fields, head, &found, err))
        return false;
    if (found)
        return true;
    *head = (struct head){
        0, { first_hash, HASH_LEN }
    };
    return db_run(tx, SQL_EVENT_HEAD_MAKE, ARGS(arg_organisation(tx), arg_bytes(head->hash)), err);
}

static bool seal_one(struct tx *tx, struct head *head, struct event *event, struct err *err)
{
    event->position = head->position + 1;
    chain(tx, head->hash, event);
    head->position = event->position;
    head->hash = event->hash;
    return db_run(tx, SQL_EVENT_SEAL,
                  ARGS(arg_organisation(tx), arg_int(event->position), arg_id(event->id),
                       arg_text(event->kind), arg_time(event->at),
                       arg_text(actor_kind_names[event->actor_kind]), arg_int(event->actor_id),
                       arg_id(event->case_id), arg_text(event->about), arg_text(event->data.s),
                       arg_bytes(event->hash)),
                  err);
}

static bool seal_organisation(struct tx *tx, struct sealing *sealing, struct err *err)
{
    struct head head;
    struct list events;
    struct event *event = NULL;

    if (!take_head(tx, &head, err) ||
        !db_all(tx, SQL_EVENT_PENDING,
                ARGS(arg_organisation(tx), arg_int(sealing->max - sealing->sealed)),
                sealed_event_fields, sizeof(struct event), &events, err))
        return false;
    for (size_t i = 0; i < events.n; i++) {
        event = (struct event *)events.items + i;
        if (!seal_one(tx, &head, event, err))
            return false;
    }
    sealing->sealed += (int64_t)events.n;
    if (events.n == 0)
        return true;
    return db_run(tx, SQL_EVENT_UNPEND, ARGS(arg_organisation(tx), arg_id(event->id)), err) &&
           db_run(tx, SQL_EVENT_HEAD_MOVE,
                  ARGS(arg_organisation(tx), arg_int(head.position), arg_bytes(head.hash)), err);
}

struct organisation_row {
    organisation_id id;
};

bool events_seal(struct tx *tx, void *arg, struct err *err)
{
    static const struct field fields[] = { FIELD(organisation_row, id), { 0 } };
    struct sealing *sealing = arg;
    struct list organisations;

    sealing->sealed = 0;
    if (!db_all(tx, SQL_EVENT_ORGANISATIONS_PENDING, NO_ARGS, fields,
                sizeof(struct organisation_row), &organisations, err))
        return false;
    for (size_t i = 0; i < organisations.n && sealing->sealed < sealing->max; i++) {
        tx->organisation = ((struct organisation_row *)organisations.items)[i].id;
        if (!seal_organisation(tx, sealing, err))
            return false;
    }
    return true;
}

/* Checks one step of the chain; *n says how many events it had. */
static bool verify_step(struct tx *tx, struct head *head, int64_t max, int64_t *n, struct err *err)
{
    struct list events;

    if (!events_after(tx, head->position, max, &events, err))
        return false;
    for (size_t i = 0; i < events.n; i++) {
        struct event *event = &((struct event *)events.items)[i];
        struct bytes stored = event->hash;

        if (event->position != head->position + 1)
            return err_set(err, ERR_CONFLICT, "event %lld is missing from history",
                           (long long)head->position + 1);
        chain(tx, head->hash, event);
        if (!secret_equal(stored, event->hash))
            return err_set(err, ERR_CONFLICT, "event %lld was changed after it was written",
                           (long long)event->position);
        *head = (struct head){ event->position, event->hash };
    }
    *n = (int64_t)events.n;
    return true;
}

/* The chain must end where the sealer left it: else the newest events were taken away. */
static bool verify_end(struct tx *tx, const struct head *end, struct err *err)
{
    struct head head = {
        0, { first_hash, HASH_LEN }
    };
    bool found;

    if (!db_find(tx, SQL_EVENT_HEAD, ARGS(arg_organisation(tx)), head_fields, &head, &found, err))
        return false;
    if (head.position != end->position || !secret_equal(head.hash, end->hash))
        return err_set(err, ERR_CONFLICT, "history ends at event %lld and should end at %lld",
                       (long long)end->position, (long long)head.position);
    return true;
}

bool events_verify(struct tx *tx, events_step_fn *step, void *arg, int64_t *checked,
                   struct err *err)
{
    enum { STEP = 1000 };
    struct arena *whole = tx->mem;
    CLEANUP(arena_freep) struct arena *mem = arena_new("chain");
    uint8_t before[HASH_LEN] = { 0 };
    struct head head = {
        0, { before, HASH_LEN }
    };
    int64_t n = STEP;
    bool ok = true;

    /* A history of any length must fit: what a step read is forgotten after it. */
    tx->mem = mem;
    while (ok && n == STEP) {
        ok = verify_step(tx, &head, STEP, &n, err);
        if (ok && n > 0)
            memcpy(before, head.hash.data, HASH_LEN);
        if (ok && step)
            step(arg, n);
        head.hash = (struct bytes){ before, HASH_LEN };
        arena_reset(mem);
    }
    ok = ok && verify_end(tx, &head, err);
    tx->mem = whole;
    *checked = head.position;
    return ok;
}
