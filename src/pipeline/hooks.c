#include "hooks.h"

#include "../base/text.h"
#include "../store/jobs.h"

static const int64_t HEARD_MS = 30 * SECOND_MS; /* health isn't written more often */

/* It was heard of. */
static bool note_health(struct tx *tx, const struct channel *channel, struct err *err)
{
    return (channel->last_good_at.ms + HEARD_MS > tx->now.ms && !channel->last_error) ||
           channel_set_health(tx, channel->id, NULL, 0, err);
}

bool hook_receive(struct request *rq, struct tx *tx, struct err *err)
{
    const struct hook *hook = rq->prepared;
    const struct channel *channel = &hook->caller.channel.row;
    struct envelope envelope = {
        .channel_id = channel->id,
        .external_id = hook->external_id ? hook->external_id : received_id(rq->mem, hook->raw),
        .arrived_at = hook->at,
        .size = (int64_t)hook->raw.len,
        .raw = hook->raw,
        .state = ENVELOPE_WAITING,
        .stage = "",
    };
    bool is_new;

    exchange_enter(tx, &hook->caller);
    return envelope_add(tx, &envelope, NULL, &is_new, err) &&
           (!is_new || job_ask(tx, "inbound", channel->id.n, err)) && note_health(tx, channel, err);
}

bool hook_report(struct request *rq, struct tx *tx, struct err *err)
{
    static const enum message_state states[] = {
        [SMS_TAKEN] = MESSAGE_SENT,
        [SMS_DELIVERED] = MESSAGE_DELIVERED,
        [SMS_READ] = MESSAGE_READ,
        [SMS_FAILED] = MESSAGE_FAILED,
    };
    const struct hook *hook = rq->prepared;
    struct message message;
    message_id id;

    exchange_enter(tx, &hook->caller);
    if (!request_id(rq, "message", "msg", &id.n, err) || !message_get(tx, id, &message, err))
        return false;
    if (message.channel_id.n != hook->caller.channel.row.id.n || message.direction != DIRECTION_OUT)
        return err_set(err, ERR_NOT_FOUND, "there is no such message on this channel");
    return hook->report == SMS_NOTHING ||
           confirm_report(tx, &message, states[hook->report], hook->words, err);
}
