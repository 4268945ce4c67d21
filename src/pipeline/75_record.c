/* 75_record.c — what the stages found, as rows: conversation, case, message, files, history. */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/devices/devices.h"
#include "../domain/files/files.h"
#include "../store/events.h"

#include <string.h>

/* Two machines that answer one another must not fill the disk. */
enum { LOOP_MAX = 30, SAME_MAX = 10 };
static const int64_t LOOP_MS = HOUR_MS;

/* An SMS doesn't say that a machine wrote it; but a machine says the same again and again. */
static bool is_parrot(struct tx *tx, const struct inbound *in, bool *out, struct err *err)
{
    const struct channel_type *type = channel_type_named(in->channel.type);
    int64_t n = 0;

    *out = false;
    if (type->address_kind != IDENTITY_PHONE || in->conversation.id.n == 0)
        return true;
    if (!db_number(tx, SQL_INBOUND_SAME_IN_CONVERSATION,
                   ARGS(arg_organisation(tx), arg_id(in->conversation.id),
                        arg_int(id_at(tx->now.ms - LOOP_MS)), arg_text(in->text)),
                   &n, err))
        return false;
    *out = n >= SAME_MAX;
    return true;
}

static bool is_loop(struct tx *tx, const struct inbound *in, bool *out, struct err *err)
{
    int64_t n = 0;

    if (!is_parrot(tx, in, out, err))
        return false;
    if (*out)
        return true;
    if (!in->in.is_auto || in->conversation.id.n == 0)
        return true;
    if (!db_number(tx, SQL_INBOUND_AUTO_IN_CONVERSATION,
                   ARGS(arg_organisation(tx), arg_id(in->conversation.id),
                        arg_int(id_at(tx->now.ms - LOOP_MS))),
                   &n, err))
        return false;
    *out = n >= LOOP_MAX;
    return true;
}

/* Since when the customer waits when an answer from another program comes in, maybe late: what he
 * wrote after it isn't answered. {0}: he doesn't wait. */
static bool waits_behind(struct tx *tx, const struct inbound *in, instant *out, struct err *err)
{
    *out = in->c.waiting_since;
    if (out->ms == 0 || out->ms > in->arrived_at.ms)
        return true;
    return db_number(tx, SQL_INBOUND_WAITS_BEHIND,
                     ARGS(arg_organisation(tx), arg_id(in->c.id), arg_time(in->arrived_at)),
                     &out->ms, err);
}

static bool record_our_answer(struct tx *tx, struct inbound *in, const char *preview,
                              struct err *err)
{
    instant waiting_since;

    if (!waits_behind(tx, in, &waiting_since, err))
        return false;
    if (waiting_since.ms == 0)
        return case_move(tx, &in->c, WE_ANSWERED, preview, in->arrived_at, err);
    case_apply(&in->c, SOMEBODY_TOOK_IT, NULL, in->arrived_at);
    case_count_message(&in->c, in->arrived_at);
    in->c.waiting_since = waiting_since;
    return case_save(tx, &in->c, err);
}

/* A message that comes in late counts from when it arrived at the mailbox, also when that was
 * before our last answer: whoever wrote that answer hadn't read it. Better that we look once too
 * often than that somebody is forgotten. What an automatic answer says waits for nobody, unless it
 * is how a case begins. */
static bool record_case(struct tx *tx, struct inbound *in, struct err *err)
{
    const char *preview = text_preview(tx->mem, in->in.text, CASE_PREVIEW_MAX);

    if (in->is_judged) {
        in->c.emotion = in->judgement.emotion;
        in->c.urgency = in->judgement.urgency;
    }
    if (in->c.id.n == 0) {
        in->c.opened_at = in->arrived_at;
        case_apply(&in->c, in->is_ours ? WE_ANSWERED : THEY_WROTE, preview, in->arrived_at);
        return case_open(tx, &in->c, err);
    }
    if (in->is_ours)
        return record_our_answer(tx, in, preview, err);
    if (!in->in.is_auto)
        return case_move(tx, &in->c, THEY_WROTE, preview, in->arrived_at, err);
    case_count_message(&in->c, in->arrived_at);
    return case_save(tx, &in->c, err);
}

/* None: in the case itself. */
static case_id place_in(const struct casefile *c)
{
    return c->place.n != c->id.n ? c->place : (case_id){ 0 };
}

static bool record_conversation(struct tx *tx, struct inbound *in, struct err *err)
{
    if (in->conversation.id.n != 0)
        return !in->leaves_thread || conversation_turns_to(tx, &in->conversation, in->c.id, err);
    in->conversation = (struct conversation){
        .channel_id = in->channel.id,
        .person_id = in->person,
        .case_id = in->c.id,
        .place_case_id = place_in(&in->c),
        .thread_key = in->in.thread_key,
        .subject = in->in.subject,
    };
    return conversation_add(tx, &in->conversation, err);
}

static struct parties parties_of(struct inbound *in)
{
    return (struct parties){
        .from = { &in->in.from,     in->in.from.address ? 1 : 0     },
        .reply_to = { &in->in.reply_to, in->in.reply_to.address ? 1 : 0 },
        .to = in->in.to,
        .cc = in->in.cc,
        .proof = in->is_ours || in->proof == SENDER_KNOWN ? NULL : sender_proof_names[in->proof],
    };
}

static bool record_message(struct tx *tx, struct inbound *in, struct err *err)
{
    struct parties parties = parties_of(in);
    size_t len = strlen(in->text);
    struct message message = {
        .id = in->planned_message,
        .conversation_id = in->conversation.id,
        .case_id = in->c.id,
        .place_case_id = place_in(&in->c),
        .channel_id = in->channel.id,
        .direction = in->is_ours ? DIRECTION_OUT : DIRECTION_IN,
        .state = in->is_ours ? MESSAGE_SENT : MESSAGE_RECEIVED,
        .person_id = in->is_ours ? (person_id){ 0 } : in->person,
        .external_id = in->in.external_id,
        .content_hash = in->content_hash,
        .envelope_id = in->envelope,
        .subject = in->in.subject,
        .text = in->text,
        .html = in->in.html,
        .prefers_html = in->in.prefers_html,
        .fold_at = (int64_t)(in->in.fold_at < len ? in->in.fold_at : len),
        .parties = { parties_write(tx->mem, &parties) },
        .understood = { in->is_judged ? judgement_write(tx->mem, &in->judgement) : NULL },
        .is_auto = in->in.is_auto,
        .sent_at = in->in.sent_at,
        .at = in->arrived_at,
    };

    if (!message_add(tx, &message, in->words, err))
        return false;
    in->message = message.id;
    return true;
}

static bool record_files(struct tx *tx, const struct inbound *in, struct err *err)
{
    for (size_t i = 0; i < in->files_n; i++) {
        const struct incoming_file *from = in->files[i].file;
        struct file file = {
            .message_id = in->message,
            .name = from->name,
            .type = from->type,
            .content_id = from->content_id,
            .is_inline = from->is_inline,
        };
        if (!file_add(tx, &file, &in->files[i].blob, err))
            return false;
    }
    return true;
}

static bool record_event(struct tx *tx, const struct inbound *in, struct err *err)
{
    struct actor before = tx->actor;
    char about[ID_TEXT_MAX];
    bool ok;

    id_write("msg", in->message.n, about);
    if (!in->is_ours)
        tx->actor = (struct actor){ ACTOR_CUSTOMER, in->person.n };
    ok = event_add(tx,
                   &(struct event){ .kind = in->is_ours ? "message.sent" : "message.received",
                                    .case_id = in->c.id,
                                    .about = about },
                   err);
    tx->actor = before;
    return ok;
}

bool inbound_record(struct tx *tx, struct inbound *in, struct err *err)
{
    bool loop;

    if (!is_loop(tx, in, &loop, err))
        return false;
    if (loop)
        return inbound_stop(in, INBOUND_IGNORED,
                            "a machine answers us again and again: this looks like a loop");
    return record_case(tx, in, err) && record_conversation(tx, in, err) &&
           record_message(tx, in, err) && record_files(tx, in, err) && record_event(tx, in, err) &&
           inbound_say_joined(tx, in, err) &&
           (in->is_ours || in->in.is_auto ||
            notice_add(tx, in->c.assignee_id, NOTICE_ANSWERED, in->c.id, err));
}
