/* 90_confirm.c — what became of what we sent: the provider's receipt, and reports that come in
 * later. A failure brings the case back to somebody's attention.
 */
#include "pipeline.h"

#include "../base/text.h"

/* The customer did not get our answer: he waits again. */
static bool reopen(struct tx *tx, case_id id, struct err *err)
{
    struct casefile c;

    if (!case_get(tx, id, &c, err))
        return false;
    case_apply(&c, DELIVERY_FAILED, NULL, tx->now);
    return case_save(tx, &c, err);
}

static bool fail(struct tx *tx, const struct message *message, enum message_state from,
                 const char *words, struct err *err)
{
    bool moved;

    return message_move(tx, message, from, MESSAGE_FAILED, words, &moved, err) &&
           (!moved || reopen(tx, message->case_id, err));
}

/* Another worker may have called it unknown, since we seemed to have vanished: this is known. */
static bool note_sent(struct tx *tx, const struct message *message, const char *words,
                      struct err *err)
{
    struct message newest;
    bool moved, found;

    if (!message_move(tx, message, MESSAGE_SENDING, MESSAGE_SENT, words, &moved, err))
        return false;
    if (moved)
        return true;
    if (!message_find(tx, message->id, &newest, &found, err))
        return false;
    return !found || newest.state != MESSAGE_FAILED ||
           !text_equal(newest.state_words, send_interrupted) ||
           message_move(tx, message, MESSAGE_FAILED, MESSAGE_SENT, words, &moved, err);
}

/* What a receipt says of the channel: a refusal of one message says nothing. */
static bool note_channel(struct tx *tx, channel_id id, const struct receipt *receipt,
                         struct err *err)
{
    if (receipt->is_channel_down)
        return channel_note_sending(tx, id, receipt->words, err);
    if (receipt->delivery != DELIVERY_SENT && receipt->delivery != DELIVERY_WAITING)
        return true;
    return channel_note_sending(tx, id, NULL, err);
}

bool confirm_receipt(struct tx *tx, const struct message *message, const struct receipt *receipt,
                     struct err *err)
{
    const char *words = receipt->words[0] ? receipt->words : NULL;
    bool moved;

    if (!note_channel(tx, message->channel_id, receipt, err))
        return false;
    switch (receipt->delivery) {
    case DELIVERY_SENT:
        return note_sent(tx, message, words, err);
    case DELIVERY_WAITING:
    case DELIVERY_LATER:
        return message_move(tx, message, MESSAGE_SENDING, MESSAGE_QUEUED, words, &moved, err);
    case DELIVERY_REFUSED:
    case DELIVERY_UNKNOWN:
        return fail(tx, message, MESSAGE_SENDING, words, err);
    }
    return false;
}

bool confirm_state(struct tx *tx, const struct message *message, enum message_state state,
                   const char *words, struct err *err)
{
    bool moved;

    if (state == MESSAGE_FAILED)
        return fail(tx, message, message->state, words, err);
    return message_move(tx, message, message->state, state, words, &moved, err);
}

/* What a report's action does to a message; others change nothing. */
static bool apply_report(struct tx *tx, const struct message *message,
                         const struct delivery_report *report, struct err *err)
{
    const char *words = arena_printf(tx->mem, "%s%s%s", report->status ? report->status : "",
                                     report->status ? " " : "", report->words ? report->words : "");
    bool moved;

    words = text_preview(tx->mem, words, 500);
    if (text_equal(report->action, "failed"))
        return fail(tx, message, message->state, words, err);
    if (text_equal(report->action, "delivered") && message->state == MESSAGE_SENT)
        return message_move(tx, message, MESSAGE_SENT, MESSAGE_DELIVERED, words, &moved, err);
    return true;
}

bool inbound_confirm(struct tx *tx, struct inbound *in, struct err *err)
{
    const struct delivery_report *report = &in->in.report;
    struct message message;
    bool found;

    if (!in->in.is_report || in->is_ours)
        return true;
    if (!report->message_id)
        return inbound_stop(in, INBOUND_IGNORED, "a delivery report that names no message");
    if (!message_by_external_id(tx, report->message_id, &message, &found, err))
        return false;
    if (!found || message.direction != DIRECTION_OUT)
        return inbound_stop(in, INBOUND_IGNORED, "a delivery report about a mail that isn't ours");
    in->message = message.id;
    return apply_report(tx, &message, report, err) &&
           inbound_stop(in, INBOUND_UNDERSTOOD, "a delivery report about our message");
}
