#include "envelopes.h"

#include "../../base/text.h"

const char *const envelope_state_names[] = { "waiting", "understood",     "duplicate",
                                             "ignored", "not_understood", NULL };

const char envelope_refused[] = "receive";

const struct field envelope_fields[] = {
    FIELD(envelope, id, .flags = REQUIRED),
    FIELD(envelope, channel_id, .flags = REQUIRED),
    FIELD(envelope, external_id),
    FIELD(envelope, arrived_at, .flags = REQUIRED,
          .doc = "At the mailbox: what a customer's waiting counts from"),
    FIELD(envelope, received_at, .flags = REQUIRED, .doc = "When we got it"),
    FIELD(envelope, size, .doc = "Bytes of the raw message"),
    FIELD(envelope, raw, .flags = SECRET),
    FIELD(envelope, raw_hash, .flags = SECRET),
    FIELD(envelope, folder),
    FIELD(envelope, is_ours, .doc = "Written by us in another program: from the Sent folder"),
    FIELD(envelope, state, .names = envelope_state_names),
    FIELD(envelope, stage,
          .doc = "The stage of the pipeline where it stopped; receive: not all of it came in, its "
                 "reason says where the rest is, and it can't be run again"),
    FIELD(envelope, reason, .doc = "Why it isn't understood, or is ignored"),
    FIELD(envelope, message_id, .doc = "What it became, or is the same as"),
    FIELD(envelope, from, .flags = OPTIONAL,
          .doc = "In lists, of a mail: who its header says it is from"),
    FIELD(envelope, subject, .flags = OPTIONAL, .doc = "In lists, of a mail: what about"),
    { 0 },
};

/* Of one who tells whole seconds, this second says no more than now: an answer to what we said half
 * a second ago doesn't come before it. */
static bool is_moment(instant at, instant now)
{
    bool is_this_second = at.ms % SECOND_MS == 0 && now.ms - at.ms < SECOND_MS;

    return at.ms > 0 && at.ms <= now.ms && !is_this_second;
}

bool envelope_add(struct tx *tx, struct envelope *e, const struct blob *blob, bool *is_new,
                  struct err *err)
{
    int64_t rows;
    bool found;

    e->id.n = id_new();
    e->received_at = tx->now;
    if (!is_moment(e->arrived_at, tx->now))
        e->arrived_at = tx->now;
    if (blob && (e->raw_hash = blob->hash, !blob_add(tx, blob, err)))
        return false;
    if (!db_change(tx, SQL_ENVELOPE_ADD,
                   ARGS(arg_organisation(tx), arg_id(e->id), arg_id(e->channel_id),
                        arg_text(e->external_id), arg_time(tx->now), arg_int(e->size),
                        arg_bytes(e->raw), arg_bytes(e->raw_hash), arg_text(e->folder),
                        arg_bool(e->is_ours), arg_text(envelope_state_names[e->state]),
                        arg_text(e->stage ? e->stage : ""), arg_text(e->reason),
                        arg_id(e->message_id), arg_time(e->arrived_at)),
                   &rows, err))
        return false;
    *is_new = rows == 1;
    if (*is_new)
        return true;
    return db_find(tx, SQL_ENVELOPE_BY_EXTERNAL_ID,
                   ARGS(arg_organisation(tx), arg_id(e->channel_id), arg_text(e->external_id)),
                   envelope_fields, e, &found, err);
}

bool envelope_is_whole(const struct envelope *envelope)
{
    return !text_equal(envelope->stage, envelope_refused);
}

bool envelope_get(struct tx *tx, envelope_id id, struct envelope *out, struct err *err)
{
    *out = (struct envelope){ 0 };
    if (!db_one(tx, SQL_ENVELOPE_GET, ARGS(arg_organisation(tx), arg_id(id)), envelope_fields, out,
                err))
        return false;
    return !out->raw_hash.data || blob_get(tx, out->raw_hash, &out->raw, err);
}

bool envelope_first_waiting(struct tx *tx, channel_id channel, struct envelope *out, bool *found,
                            struct err *err)
{
    *out = (struct envelope){ 0 };
    return db_find(tx, SQL_ENVELOPE_FIRST_WAITING, ARGS(arg_organisation(tx), arg_id(channel)),
                   envelope_fields, out, found, err) &&
           (!out->raw_hash.data || blob_get(tx, out->raw_hash, &out->raw, err));
}

bool envelope_settle(struct tx *tx, envelope_id id, enum envelope_state state, const char *stage,
                     const char *reason, message_id message, struct err *err)
{
    return db_run(tx, SQL_ENVELOPE_SETTLE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_text(envelope_state_names[state]),
                       arg_text(stage),
                       arg_text(reason ? text_preview(tx->mem, reason, 500) : NULL),
                       arg_id(message)),
                  err);
}
