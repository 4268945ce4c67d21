/* 80_send.c — a queued message to the other side: read what it needs, hand it over outside any
 * transaction, write down what the provider said (90_confirm.c).
 */
#include "pipeline.h"

#include "chat.h"

#include "../auth/organisations.h"
#include "../base/log.h"
#include "../base/text.h"
#include "../domain/files/files.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char send_interrupted[] = "we were interrupted while sending: perhaps it has arrived";

enum { END_MS = 30000, END_PAUSE_MS = 200 }; /* shorter than the job's lease */

struct sending {
    struct message message;
    struct open_channel channel;
    struct conversation conversation;
    struct casefile c;
    struct outgoing outgoing;
    bool is_interrupted; /* an earlier try never heard what became of it */
    bool is_moot;        /* nothing is to be sent (any more) */
    struct receipt receipt;
    struct job job;
};

/* What came in since, while it waited or was tried, isn't what was answered. */
static bool quote_newest(struct tx *tx, struct sending *sending, struct err *err)
{
    const struct message *m = &sending->message;
    struct outgoing *out = &sending->outgoing;
    struct parties parties;
    struct message newest;
    bool found;

    if (!message_newest(tx, m->conversation_id, DIRECTION_IN, m->id, &newest, &found, err))
        return false;
    if (!found)
        return true;
    if (!parties_read(tx->mem, newest.parties.s, &parties, err))
        return false;
    out->quote_text = arena_text_n(tx->mem, newest.text, (size_t)newest.fold_at);
    out->quote_at = newest.at;
    if (parties.from.n > 0)
        out->quote_party = *(struct party *)parties.from.items;
    return true;
}

static bool load_files(struct tx *tx, struct sending *sending, struct err *err)
{
    const struct file *files = sending->message.files.items;
    size_t n = sending->message.files.n;
    struct outgoing_file *out = NEW_ARRAY(tx->mem, struct outgoing_file, n);

    for (size_t i = 0; i < n; i++) {
        out[i] = (struct outgoing_file){ .name = files[i].name, .type = files[i].type };
        if (!blob_get(tx, files[i].hash, &out[i].data, err))
            return false;
    }
    sending->outgoing.files = (struct list){ out, n };
    return true;
}

static bool fill(struct tx *tx, struct sending *sending, struct err *err)
{
    const struct message *m = &sending->message;
    struct outgoing *out = &sending->outgoing;
    struct organisation organisation;
    struct parties parties;
    char id[ID_TEXT_MAX];

    if (!parties_read(tx->mem, m->parties.s, &parties, err) ||
        !message_references(tx, m, &out->references, err) || !quote_newest(tx, sending, err) ||
        !load_files(tx, sending, err) || !organisation_get(tx, &organisation, err))
        return false;
    if (parties.to.n == 0)
        return err_set(err, ERR_INVALID, "the message has nobody to go to");
    id_write("msg", m->id.n, id);
    out->id = arena_text(tx->mem, id);
    id_write("chn", m->channel_id.n, id);
    out->channel = arena_text(tx->mem, id);
    out->message_id = m->external_id;
    out->to = *(struct party *)parties.to.items;
    out->cc = parties.cc;
    out->subject = m->subject;
    out->text = m->text;
    out->case_reference = sending->c.reference;
    out->thread_key = sending->conversation.thread_key;
    out->reply_token = conversation_token(tx->mem, store_key(tx->store), m->conversation_id);
    out->language = organisation.language;
    out->time_zone = organisation.time_zone;
    out->at = m->at;
    out->is_auto = m->is_auto;
    return true;
}

static bool load(struct tx *tx, void *arg, struct err *err)
{
    struct sending *sending = arg;
    message_id id = { sending->job.about };

    sending->outgoing = (struct outgoing){ 0 };
    return message_get(tx, id, &sending->message, err) &&
           channel_open(tx, sending->message.channel_id, &sending->channel, err) &&
           conversation_get(tx, sending->message.conversation_id, &sending->conversation, err) &&
           case_get(tx, sending->message.case_id, &sending->c, err) && fill(tx, sending, err);
}

/* Says that it is being sent, before it is: who finds this after a crash knows that nobody
 * knows. */
static bool begin(struct tx *tx, void *arg, struct err *err)
{
    struct sending *sending = arg;
    bool moved, is_ours;

    sending->is_interrupted = sending->is_moot = false;
    if (!job_is_ours(tx, &sending->job, &is_ours, err))
        return false;
    sending->is_moot = !is_ours;
    if (sending->is_moot)
        return true;
    if (!message_move(tx, &sending->message, MESSAGE_QUEUED, MESSAGE_SENDING, NULL, &moved, err))
        return false;
    if (moved)
        return true;
    sending->is_interrupted = sending->message.state == MESSAGE_SENDING;
    sending->is_moot = !sending->is_interrupted;
    return true;
}

static bool end(struct tx *tx, void *arg, struct err *err)
{
    struct sending *sending = arg;
    bool is_ours;

    if (!job_is_ours(tx, &sending->job, &is_ours, err))
        return false;
    /* He who has it now finds out for himself; better than that is only that it was sent. */
    if (!is_ours && (sending->is_moot || sending->receipt.delivery != DELIVERY_SENT))
        return true;
    /* A visitor of our own page is reached by what is stored. */
    if (!sending->is_moot && sending->channel.type == &chat_channel &&
        sending->receipt.delivery == DELIVERY_SENT &&
        !chat_reach(tx, &sending->message, &sending->channel, sending->conversation.thread_key,
                    &sending->receipt, err))
        return false;
    if (!sending->is_moot && !confirm_receipt(tx, &sending->message, &sending->receipt, err))
        return false;
    if (!is_ours)
        return true;
    if (sending->receipt.delivery == DELIVERY_LATER && !sending->is_moot)
        return true; /* the runner asks for another try */
    return job_finish(tx, &sending->job, err);
}

/* A channel that may hear the same message twice is just told again; else a person decides. */
static void send_it(struct job_run *run, struct sending *sending)
{
    const struct channel_type *type = sending->channel.type;

    if (sending->is_interrupted && !(type->skills & CAN_REPEAT)) {
        sending->receipt = (struct receipt){ .delivery = DELIVERY_UNKNOWN };
        snprintf(sending->receipt.words, sizeof(sending->receipt.words), "%s", send_interrupted);
        return;
    }
    /* A visitor of our own page is there all the same. */
    if (sending->channel.row.is_demo && type != &chat_channel) {
        sending->receipt = (struct receipt){ .delivery = DELIVERY_SENT };
        return;
    }
    type->send(run->mem, sending->channel.settings, &sending->outgoing, &sending->receipt);
    if (sending->receipt.delivery == DELIVERY_LATER && run->is_last_try)
        sending->receipt.delivery = DELIVERY_REFUSED;
}

/* It can't even be put together (its channel or a file is gone): failed, with the reason. */
static bool refuse(struct tx *tx, void *arg, struct err *err)
{
    struct sending *sending = arg;
    message_id id = { sending->job.about };
    bool found;

    return message_find(tx, id, &sending->message, &found, err) &&
           (!found || sending->message.state == MESSAGE_DROPPED ||
            confirm_state(tx, &sending->message, MESSAGE_FAILED, sending->receipt.words, err)) &&
           job_finish(tx, &sending->job, err);
}

/* What the provider said is known only here: while it can't be written down (a full disk, a
 * database that restarts), it is tried again for a while, so that nobody has to guess. */
static bool write_end(struct job_run *run, struct sending *sending, struct err *err)
{
    int64_t until = clock_monotonic_ms() + END_MS;

    while (!store_write(run->store, &run->scope, end, sending, err)) {
        if ((err->code != ERR_BUSY && err->code != ERR_FULL) || clock_monotonic_ms() > until)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = END_PAUSE_MS * 1000000 }, NULL);
        err_clear(err);
    }
    return true;
}

struct pacing {
    const struct open_channel *channel;
    int64_t per_second, wait_ms;
};

static bool take_slot(struct tx *tx, void *arg, struct err *err)
{
    struct pacing *pacing = arg;

    return channel_take_slot(tx, pacing->channel->row.id, pacing->per_second, &pacing->wait_ms,
                             err);
}

/* Waits for the message's turn where a channel takes only so many a second: before it's said that
 * it is being sent. Few of a channel are at it at the same time (its lane), so nobody waits long.
 */
static bool wait_turn(struct job_run *run, const struct open_channel *channel, struct err *err)
{
    struct pacing pacing = { .channel = channel };

    if (channel->type->rate)
        pacing.per_second = channel->type->rate(channel->settings);
    if (pacing.per_second == 0)
        return true;
    if (!store_write(run->store, &run->scope, take_slot, &pacing, err))
        return false;
    nanosleep(&(struct timespec){ .tv_sec = pacing.wait_ms / SECOND_MS,
                                  .tv_nsec = pacing.wait_ms % SECOND_MS * 1000000 },
              NULL);
    return true;
}

bool job_send(struct job_run *run, struct err *err)
{
    struct sending sending = { .job = run->job };

    if (!store_read(run->store, &run->scope, load, &sending, err)) {
        if (err_is_temporary(err) || err->code == ERR_INTERNAL)
            return false;
        snprintf(sending.receipt.words, sizeof(sending.receipt.words), "%.250s", err->text);
        return store_write(run->store, &run->scope, refuse, &sending, err);
    }
    if (!wait_turn(run, &sending.channel, err) ||
        !store_write(run->store, &run->scope, begin, &sending, err))
        return false;
    if (!sending.is_moot)
        send_it(run, &sending);
    if (!write_end(run, &sending, err))
        return false;
    if (sending.is_moot || sending.receipt.delivery != DELIVERY_LATER)
        return true;
    return err_set(err, ERR_BUSY, "%s", sending.receipt.words);
}
