#include "arrival.h"

enum { RAW_INLINE_MAX = 64 * 1024 };

bool arrival_take(struct store *store, struct arena *mem, struct arrival *arrival, struct err *err)
{
    arrival->is_large = arrival->raw.len > RAW_INLINE_MAX;
    return (!arrival->is_large || blob_put(store, mem, arrival->raw, &arrival->blob, err)) &&
           inbound_take(store, mem, &arrival->in, err);
}

static bool answer_earlier(struct tx *tx, struct arrival *arrival, message_id earlier,
                           struct err *err)
{
    struct message message;
    struct casefile c;
    bool found;

    arrival->state = "duplicate";
    if (!message_find(tx, earlier, &message, &found, err) ||
        (found && !case_get(tx, message.case_id, &c, err)))
        return false;
    arrival->message_id = message.id;
    arrival->case_id = message.case_id;
    arrival->reference = found ? c.reference : NULL;
    return true;
}

bool arrival_run(struct tx *tx, struct arrival *arrival, struct err *err)
{
    message_id planned = { id_new() };
    struct envelope envelope = {
        .channel_id = arrival->in.channel.id,
        .external_id = arrival->external_id,
        .arrived_at = arrival->in.in.sent_at,
        .size = (int64_t)arrival->raw.len,
        .raw = arrival->is_large ? (struct bytes){ 0 } : arrival->raw,
        .state = ENVELOPE_UNDERSTOOD,
        .message_id = planned,
    };

    if (!envelope_add(tx, &envelope, arrival->is_large ? &arrival->blob : NULL, &arrival->is_new,
                      err))
        return false;
    if (!arrival->is_new)
        return answer_earlier(tx, arrival, envelope.message_id, err);
    arrival->in.envelope = envelope.id;
    arrival->in.arrived_at = envelope.arrived_at;
    arrival->in.planned_message = planned;
    if (!inbound_run(tx, &arrival->in, err))
        return false;
    arrival->state = "accepted";
    arrival->message_id = arrival->in.message;
    arrival->case_id = arrival->in.c.id;
    arrival->reference = arrival->in.c.reference;
    return arrival->in.outcome == INBOUND_UNDERSTOOD || inbound_settle(tx, &arrival->in, err);
}
