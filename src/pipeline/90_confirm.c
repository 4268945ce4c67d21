/* 90_confirm.c — what became of what we sent: the provider's receipt, and reports that come in
 * later. A failure brings the case back to somebody's attention.
 */
#include "pipeline.h"

#include "../base/text.h"

#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 500 };

static bool fail(struct tx *tx, const struct message *message, enum message_state from,
                 const char *words, struct err *err)
{
    bool moved;

    return message_move(tx, message, from, MESSAGE_FAILED, words, &moved, err) &&
           (!moved || case_unreached(tx, message->case_id, err));
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

/* What was dropped when it had been fetched went all the same. */
bool confirm_can_become(enum message_state from, enum message_state to)
{
    if (to == MESSAGE_FAILED)
        return from == MESSAGE_QUEUED || from == MESSAGE_SENDING || from == MESSAGE_SENT;
    return to >= MESSAGE_SENT && to <= MESSAGE_READ &&
           (from == MESSAGE_DROPPED || (from >= MESSAGE_QUEUED && from < to));
}

/* It didn't fail after all: what was said before was a guess, or came too early. */
static bool refute(struct tx *tx, const struct message *message, enum message_state state,
                   const char *words, struct err *err)
{
    bool moved;

    return message_move(tx, message, MESSAGE_FAILED, state, words, &moved, err) &&
           (!moved || case_reached(tx, message->case_id, err));
}

bool confirm_report(struct tx *tx, const struct message *message, enum message_state state,
                    const char *words, struct err *err)
{
    bool was_guess = text_equal(message->state_words, send_interrupted);

    words = text_is_blank(words) ? NULL : text_preview(tx->mem, words, WORDS_MAX);
    if (message->state == MESSAGE_FAILED && state != MESSAGE_FAILED &&
        (was_guess || state != MESSAGE_SENT))
        return refute(tx, message, state, words, err);
    return !confirm_can_become(message->state, state) ||
           confirm_state(tx, message, state, words, err);
}

bool confirm_state(struct tx *tx, const struct message *message, enum message_state state,
                   const char *words, struct err *err)
{
    bool moved;

    if (state == MESSAGE_FAILED)
        return fail(tx, message, message->state, words, err);
    return message_move(tx, message, message->state, state, words, &moved, err);
}

static bool is_about(const struct reported *reported, const char *address)
{
    const char *names[] = { reported->recipient, reported->final };

    for (size_t i = 0; i < COUNT(names); i++)
        if (names[i] && address && strcasecmp(names[i], address) == 0)
            return true;
    return false;
}

/* What a report says of one to whom we wrote: the first is the worst. NULL: nothing. */
static const struct reported *reported_of(const struct delivery_report *report, const char *address)
{
    const struct reported *all = report->recipients.items;

    for (size_t i = 0; i < report->recipients.n; i++)
        if (is_about(&all[i], address))
            return &all[i];
    return NULL;
}

/* Of how many of those to whom a message went a report says the same, and in which words. */
struct tally {
    size_t n;
    const char *words; /* "jan@x.nl: 5.1.1 no such user; …" */
};

struct verdict {
    size_t recipients_n, known_n; /* the message's, and those of them that the report names */
    struct tally failed, delayed, delivered;
};

static void count(struct arena *mem, struct tally *tally, const char *address,
                  const struct reported *one)
{
    if (tally->n++ == 0)
        tally->words = "";
    if (strlen(tally->words) < WORDS_MAX)
        tally->words = arena_printf(mem, "%s%s%s: %s%s%s", tally->words, *tally->words ? "; " : "",
                                    address, one->status ? one->status : "", one->status ? " " : "",
                                    one->words ? one->words : "");
}

static void judge(struct arena *mem, const struct delivery_report *report,
                  const struct list *recipients, struct verdict *verdict)
{
    const struct party *to = recipients->items;

    verdict->recipients_n += recipients->n;
    for (size_t i = 0; i < recipients->n; i++) {
        const struct reported *one = reported_of(report, to[i].address);

        if (!one)
            continue;
        verdict->known_n++;
        if (text_equal(one->action, "failed"))
            count(mem, &verdict->failed, to[i].address, one);
        else if (text_equal(one->action, "delayed"))
            count(mem, &verdict->delayed, to[i].address, one);
        else if (text_equal(one->action, "delivered"))
            count(mem, &verdict->delivered, to[i].address, one);
    }
}

/* It still may arrive: the message stays sent, with words that say who hasn't got it yet. */
static bool note_delay(struct tx *tx, const struct message *message, const char *words,
                       struct err *err)
{
    words = arena_printf(tx->mem, "still trying: %s", words);
    return message->state != MESSAGE_SENT ||
           message_note_delay(tx, message, text_preview(tx->mem, words, WORDS_MAX), err);
}

/* One state holds for all to whom a message went: it failed as soon as one didn't get it (the
 * words say who, also those of an earlier report), and is delivered when all have it. */
static bool apply(struct tx *tx, const struct message *message, const struct verdict *verdict,
                  struct err *err)
{
    const char *words = verdict->failed.words;
    bool moved;

    if (verdict->failed.n > 0) {
        if (message->state == MESSAGE_FAILED && !text_is_blank(message->state_words))
            words = arena_printf(tx->mem, "%s; %s", message->state_words, words);
        return fail(tx, message, message->state, text_preview(tx->mem, words, WORDS_MAX), err);
    }
    if (verdict->delayed.n > 0)
        return note_delay(tx, message, verdict->delayed.words, err);
    if (verdict->delivered.n < verdict->recipients_n || message->state != MESSAGE_SENT)
        return true;
    words = text_preview(tx->mem, verdict->delivered.words, WORDS_MAX);
    return message_move(tx, message, MESSAGE_SENT, MESSAGE_DELIVERED, words, &moved, err);
}

/* *is_true: it is a server's, and about somebody to whom we wrote. Whoever got our mail knows its
 * Message-ID and can make up a report: one that isn't true changes nothing. */
static bool apply_report(struct tx *tx, const struct message *message,
                         const struct delivery_report *report, bool *is_true, struct err *err)
{
    struct verdict verdict = { 0 };
    struct parties parties;

    *is_true = false;
    if (!report->is_from_server)
        return true;
    if (!parties_read(tx->mem, message->parties.s, &parties, err))
        return false;
    judge(tx->mem, report, &parties.to, &verdict);
    judge(tx->mem, report, &parties.cc, &verdict);
    *is_true = verdict.known_n > 0;
    return apply(tx, message, &verdict, err);
}

/* One about nothing of ours may still say that somebody wasn't reached: it stands where people
 * look. */
bool inbound_confirm(struct tx *tx, struct inbound *in, struct err *err)
{
    const struct delivery_report *report = &in->in.report;
    struct message message;
    bool found, is_true;

    if (!in->in.is_report || in->is_ours)
        return true;
    if (!report->message_id)
        return inbound_stop(in, INBOUND_NOT_UNDERSTOOD,
                            "a delivery report that doesn't say which mail it is about");
    if (!message_by_external_id(tx, report->message_id, &message, &found, err))
        return false;
    if (!found || message.direction != DIRECTION_OUT)
        return inbound_stop(in, INBOUND_NOT_UNDERSTOOD,
                            "a delivery report about a mail that we don't have");
    if (!message_get(tx, message.id, &message, err) ||
        !apply_report(tx, &message, report, &is_true, err))
        return false;
    /* A mail like any other, in the conversation that it is about. */
    if (!is_true)
        return conversation_get(tx, message.conversation_id, &in->conversation, err);
    in->message = message.id;
    return inbound_stop(in, INBOUND_UNDERSTOOD, "a delivery report about our message");
}
