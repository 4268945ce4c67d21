/* answer.c — a colleague's answer: stored, asked to be sent, the case moved. */
#include "cases.h"

#include "../../auth/organisations.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../language/personal.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../channels/channels.h"
#include "../conversations/conversations.h"
#include "../files/files.h"
#include "../messages/messages.h"
#include "../people/people.h"

#include <string.h>

enum { ANSWER_TEXT_MAX = 100000 };

const struct field answer_fields[] = {
    FIELD(answer, text, .flags = REQUIRED, .min = 1, .max = ANSWER_TEXT_MAX),
    FIELD(answer, subject, .max = 500, .doc = "The conversation's when left out"),
    FIELD(answer, to, .max = 254,
          .doc = "A mail address, or a number on SMS; whoever wrote last when left out"),
    FIELD(answer, cc, .max = 50, .doc = "Mail addresses"),
    FIELD(answer, files, .max = 50, .doc = "Ids of files that were uploaded before"),
    FIELD(answer, personal, .max = PERSONAL_KINDS,
          .doc = "Kinds of personal data that the writer sends knowingly; stands in the history"),
    FIELD(answer, conversation_id, .doc = "The newest of the case when left out"),
    FIELD(answer, status, .names = case_status_names,
          .doc = "What the case becomes: waiting when left out, or open or done"),
    { 0 },
};

static bool find_conversation(struct tx *tx, const struct casefile *c, const struct answer *answer,
                              struct conversation *out, struct err *err)
{
    bool found, is_here;

    if (answer->conversation_id.n == 0)
        return conversation_of_case(tx, c->id, out, &found, err) &&
               (found || err_set(err, ERR_CONFLICT, "the case has no conversation to answer in"));
    if (!conversation_get(tx, answer->conversation_id, out, err))
        return false;
    is_here = out->case_id.n == c->id.n;
    return (is_here || conversation_is_in_case(tx, out->id, c->id, &is_here, err)) &&
           (is_here || err_field(err, "conversation_id", "belongs to another case"));
}

static const struct party *first(const struct list *parties)
{
    return parties->n > 0 ? parties->items : NULL;
}

/* Who wrote last in this conversation, or else the person's newest address. */
static bool find_recipient(struct tx *tx, const struct conversation *conversation,
                           enum identity_kind kind, struct party *out, struct err *err)
{
    struct message newest;
    struct parties parties = { 0 };
    struct identity identity;
    bool found;

    if (!message_newest(tx, conversation->id, DIRECTION_IN, (message_id){ 0 }, &newest, &found,
                        err) ||
        (found && !parties_read(tx->mem, newest.parties.s, &parties, err)))
        return false;
    if (first(&parties.reply_to) || first(&parties.from)) {
        *out = *(first(&parties.reply_to) ? first(&parties.reply_to) : first(&parties.from));
        return true;
    }
    if (!person_address(tx, conversation->person_id, kind, &identity, err))
        return false;
    *out = (struct party){ "", identity.label };
    return identity.label != NULL ||
           err_set(err, ERR_CONFLICT, "there is no address of this customer on this channel");
}

static bool read_number(struct tx *tx, const char *written, struct party *out, struct err *err)
{
    struct organisation organisation;
    char number[PHONE_MAX];

    if (!organisation_get(tx, &organisation, err))
        return false;
    if (!phone_read(written, strlen(written), organisation_home(&organisation), number))
        return err_field(err, "to", "isn't a telephone number");
    *out = (struct party){ "", arena_text(tx->mem, number) };
    return true;
}

/* Whom we answer. */
static bool read_recipient(struct tx *tx, const struct conversation *conversation,
                           const struct open_channel *channel, const struct answer *answer,
                           struct party *out, struct err *err)
{
    enum identity_kind kind = channel->type->address_kind;

    if (text_is_blank(answer->to))
        return find_recipient(tx, conversation, kind, out, err);
    if (kind == IDENTITY_PHONE)
        return read_number(tx, answer->to, out, err);
    if (kind != IDENTITY_EMAIL)
        return err_field(err, "to", "can't be chosen on this channel");
    *out = (struct party){ "", text_trim(tx->mem, answer->to) };
    return text_is_email(out->address) || err_field(err, "to", "isn't a mail address");
}

static bool read_cc(struct arena *mem, const struct answer *answer, struct list *out,
                    struct err *err)
{
    struct party *parties = NEW_ARRAY(mem, struct party, answer->cc.n);

    for (size_t i = 0; i < answer->cc.n; i++) {
        const char *address = text_trim(mem, ((const char **)answer->cc.items)[i]);
        if (!text_is_email(address))
            return err_field(err, arena_printf(mem, "/cc/%zu", i), "isn't a mail address");
        parties[i] = (struct party){ "", address };
    }
    *out = (struct list){ parties, answer->cc.n };
    return true;
}

static bool is_personal_kind(const char *name)
{
    for (enum personal_kind kind = 0; kind < PERSONAL_KINDS; kind++)
        if (text_equal(name, personal_kind_name(kind)))
            return true;
    return false;
}

static bool check_personal(struct arena *mem, const struct list *personal, struct err *err)
{
    for (size_t i = 0; i < personal->n; i++)
        if (!is_personal_kind(((const char **)personal->items)[i]))
            return err_field(err, arena_printf(mem, "/personal/%zu", i),
                             "is no kind of personal data");
    return true;
}

/* Stable over all tries, and ours to recognise when it comes back. */
static const char *message_host(const struct open_channel *channel)
{
    const char *at = strrchr(channel->row.address, '@');

    if (channel->type->message_host)
        return channel->type->message_host;
    return at ? at + 1 : "gestand.invalid";
}

/* "Re: " in front, once. */
static const char *reply_subject(struct arena *mem, const char *subject)
{
    if (text_is_blank(subject) || strncasecmp(subject, "re:", 3) == 0 ||
        strncasecmp(subject, "antw:", 5) == 0)
        return subject;
    return arena_printf(mem, "Re: %s", subject);
}

/* {"personal":["iban"]} */
static const char *personal_json(struct arena *mem, const struct list *personal)
{
    struct buf json = BUF(4096);
    const char *text;

    buf_text(&json, "{\"personal\":[");
    for (size_t i = 0; i < personal->n; i++) {
        if (i > 0)
            buf_char(&json, ',');
        json_write_text(&json, ((const char **)personal->items)[i]);
    }
    buf_text(&json, "]}");
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

/* Stands in the history of the case: somebody was warned, and chose to send it. */
static bool tell_personal(struct tx *tx, const struct message *message, const struct list *personal,
                          struct err *err)
{
    if (personal->n == 0)
        return true;
    return event_add(tx,
                     &(struct event){ .kind = "message.personal_sent",
                                      .case_id = message->case_id,
                                      .about = arena_text(tx->mem, id_text("msg", message->id.n).s),
                                      .data = { personal_json(tx->mem, personal) } },
                     err);
}

static const char *subject_of(struct arena *mem, const struct conversation *conversation,
                              const struct answer *answer)
{
    if (!answer->subject)
        return reply_subject(mem, conversation->subject);
    return text_preview(mem, answer->subject, strlen(answer->subject)); /* one line */
}

/* Where it stands when nothing is merged: with the conversation, if that is of the case. */
static case_id place_of(const struct casefile *c, const struct conversation *conversation)
{
    return conversation->case_id.n == c->id.n ? conversation->place_case_id : (case_id){ 0 };
}

static bool store_answer(struct tx *tx, const struct casefile *c,
                         const struct conversation *conversation,
                         const struct open_channel *channel, const struct answer *answer,
                         struct message *out, struct err *err)
{
    struct party from = { "", channel->row.address }, to;
    struct parties parties = {
        .from = { &from, 1 },
          .to = { &to,   1 }
    };
    struct list files = { 0 };
    char id[ID_TEXT_MAX];

    if (!read_recipient(tx, conversation, channel, answer, &to, err) ||
        !read_cc(tx->mem, answer, &parties.cc, err) ||
        !files_read(tx, &answer->files, &files, err) ||
        !check_personal(tx->mem, &answer->personal, err))
        return false;
    *out = (struct message){
        .id = { id_new() },
        .conversation_id = conversation->id,
        .case_id = c->id,
        .place_case_id = place_of(c, conversation),
        .channel_id = conversation->channel_id,
        .direction = DIRECTION_OUT,
        .state = MESSAGE_QUEUED,
        .user_id = { tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 },
        .subject = subject_of(tx->mem, conversation, answer),
        .text = answer->text,
        .fold_at = (int64_t)strlen(answer->text),
        .sent_at = tx->now,
    };
    id_write("msg", out->id.n, id);
    out->external_id = arena_printf(tx->mem, "%s@%s", id, message_host(channel));
    out->parties.s = parties_write(tx->mem, &parties);
    return message_add(tx, out, message_words(tx->mem, out->subject, out->text), err) &&
           files_attach(tx, &files, out->id, (note_id){ 0 }, err) &&
           event_add(tx,
                     &(struct event){ .kind = "message.queued",
                                      .case_id = out->case_id,
                                      .about = arena_text(tx->mem, id) },
                     err) &&
           tell_personal(tx, out, &answer->personal, err);
}

/* It says something; and the channel it goes over: the case's, and in use. */
static bool open_for(struct tx *tx, const struct casefile *c, const struct answer *answer,
                     struct conversation *conversation, struct open_channel *channel,
                     struct err *err)
{
    if (text_is_blank(answer->text))
        return err_field(err, "text", "has nothing in it");
    if (!find_conversation(tx, c, answer, conversation, err) ||
        !channel_open(tx, conversation->channel_id, channel, err))
        return false;
    if (!channel->row.enabled)
        return err_set(err, ERR_CONFLICT, "the channel %s is switched off", channel->row.name);
    if (answer->files.n > 0 && !(channel->type->skills & CAN_ATTACH))
        return err_field(err, "files", "can't be sent on this channel");
    if (answer->cc.n > 0 && channel->type->address_kind == IDENTITY_PHONE)
        return err_field(err, "cc", "can't be sent on this channel");
    return channel_takes_text(channel->type, channel->settings, answer->text, err);
}

bool answer_check(struct tx *tx, case_id id, const struct answer *answer, struct err *err)
{
    struct conversation conversation;
    struct open_channel channel;
    struct casefile c;
    struct list list;
    struct party to;

    return case_get(tx, id, &c, err) && open_for(tx, &c, answer, &conversation, &channel, err) &&
           read_recipient(tx, &conversation, &channel, answer, &to, err) &&
           read_cc(tx->mem, answer, &list, err) && files_read(tx, &answer->files, &list, err) &&
           check_personal(tx->mem, &answer->personal, err);
}

bool case_answer(struct tx *tx, case_id id, const struct answer *answer, message_id *out,
                 struct err *err)
{
    struct conversation conversation;
    struct open_channel channel;
    struct message message;
    struct casefile c;

    if (!case_get(tx, id, &c, err) || !open_for(tx, &c, answer, &conversation, &channel, err) ||
        !store_answer(tx, &c, &conversation, &channel, answer, &message, err))
        return false;
    case_apply(&c, WE_ANSWERED, text_preview(tx->mem, answer->text, CASE_PREVIEW_MAX), tx->now);
    if (answer->status != CASE_NEW)
        c.status = answer->status;
    if (c.assignee_id.n == 0)
        c.assignee_id = message.user_id;
    *out = message.id;
    return case_save(tx, &c, err) &&
           job_add_to_lane(tx, "send", message.id.n, message.channel_id.n, tx->now, err);
}
