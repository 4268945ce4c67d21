/* answer.c — a colleague's answer: stored, asked to be sent, the case moved. */
#include "cases.h"

#include "../../base/crypt.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../channel/chat.h"
#include "../../language/personal.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../channels/channels.h"
#include "../conversations/conversations.h"
#include "../files/files.h"
#include "../messages/messages.h"
#include "../people/people.h"
#include "../promises/promises.h"
#include "../understanding/ground.h"
#include "../visitors/visitors.h"
#include "ways.h"

#include <string.h>

enum {
    PERSONAL_OVERLAP = 512, /* longer than anything that is found */
    SECRET_LETTERS = 10     /* of a Message-ID */
};

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
    FIELD(answer, channel_id, .doc = "One of the case's ways; the conversation's when left out"),
    FIELD(answer, identity_id,
          .doc = "The customer's address there; the first of them when left out"),
    FIELD(answer, reason, .names = way_reason_names,
          .doc = "Why it goes by another channel than the case went before"),
    FIELD(answer, promises, .of = promise_draft_fields, .size = sizeof(struct promise_draft),
          .max = PROMISES_OF_ANSWER_MAX, .doc = "What it promises: owed as soon as it is queued"),
    FIELD(answer, status, .names = case_status_names,
          .doc = "What the case becomes: waiting when left out, or open or done"),
    { 0 },
};

/* Where an answer goes: what is found out before anything is written. */
struct route_out {
    struct casefile c;
    struct conversation conversation;
    bool is_new; /* this answer begins it */
    struct open_channel channel;
    struct way way; /* of what was chosen; zeros: nothing was */
};

static bool given_conversation(struct tx *tx, const struct casefile *c, const struct answer *answer,
                               struct conversation *out, struct err *err)
{
    bool is_here;

    if (!conversation_get(tx, answer->conversation_id, out, err))
        return false;
    is_here = out->case_id.n == c->id.n;
    if (!is_here && !conversation_is_in_case(tx, out->id, c->id, &is_here, err))
        return false;
    if (!is_here)
        return err_field(err, "conversation_id", "belongs to another case");
    if (answer->channel_id.n != 0 && answer->channel_id.n != out->channel_id.n)
        return err_field(err, "channel_id", "isn't the conversation's");
    return answer->identity_id.n == 0 ||
           err_field(err, "identity_id", "can't be chosen beside a conversation");
}

/* The thread that there is with an address, in whatever case. */
static bool find_thread(struct tx *tx, const struct way *way, const char *thread_key,
                        struct conversation *out, struct err *err)
{
    bool found;

    return conversation_by_thread(tx, way->channel_id, thread_key, out, &found, err);
}

/* A visitor of the chat who has another case open goes on in a conversation of this one. */
static bool next_round(struct tx *tx, struct conversation *out, struct err *err)
{
    struct visitor visitor;
    bool found;

    if (!visitor_of_thread(tx, out->thread_key, &visitor, &found, err))
        return false;
    out->thread_key = visitor_thread(tx->mem, &visitor, visitor.round + 1);
    return true;
}

/* Zeros but for what it begins with, where there is none yet. */
static bool chosen_conversation(struct tx *tx, const struct casefile *c, const struct way *way,
                                struct conversation *out, struct err *err)
{
    const struct channel_type *type = channel_type_named(way->type);

    *out = way->conversation;
    if (way->is_here)
        return true;
    if ((type->skills & BY_ADDRESS) && out->id.n == 0 &&
        !find_thread(tx, way, way->identity->value, out, err))
        return false;
    if (out->id.n != 0 && type != &chat_channel)
        return true;
    if (type != &chat_channel)
        *out = (struct conversation){
            .channel_id = way->channel_id,
            .person_id = way->identity->person_id,
            .thread_key = type->skills & BY_ADDRESS ? way->identity->value : NULL,
        };
    out->id.n = 0;
    out->case_id = c->id;
    out->place_case_id = c->place.n != c->id.n ? c->place : (case_id){ 0 };
    out->answered_in = (case_id){ 0 };
    out->subject = type->skills & CAN_SUBJECT ? c->title : "";
    return type != &chat_channel || next_round(tx, out, err);
}

/* Who wrote where he can't be answered is answered at the address that he left. */
static bool leave_one_way(struct tx *tx, struct route_out *out, struct err *err)
{
    struct channel channel;

    if (!channel_get(tx, out->conversation.channel_id, &channel, err))
        return false;
    if (!(channel_type_named(channel.type)->skills & IS_ONE_WAY))
        return true;
    return way_choose(tx, &out->c, (channel_id){ 0 }, (identity_id){ 0 }, &out->way, err) &&
           chosen_conversation(tx, &out->c, &out->way, &out->conversation, err);
}

static bool find_conversation(struct tx *tx, const struct answer *answer, struct route_out *out,
                              struct err *err)
{
    bool found;

    if (answer->conversation_id.n != 0)
        return given_conversation(tx, &out->c, answer, &out->conversation, err);
    if (answer->way) {
        out->way = *(const struct way *)answer->way;
        return chosen_conversation(tx, &out->c, &out->way, &out->conversation, err);
    }
    if (answer->channel_id.n != 0 || answer->identity_id.n != 0)
        return way_choose(tx, &out->c, answer->channel_id, answer->identity_id, &out->way, err) &&
               chosen_conversation(tx, &out->c, &out->way, &out->conversation, err);
    if (!conversation_of_case(tx, out->c.id, &out->conversation, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_CONFLICT, "the case has no conversation to answer in");
    return leave_one_way(tx, out, err);
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

/* Whom we answer. */
static bool read_recipient(struct tx *tx, const struct route_out *route,
                           const struct answer *answer, struct party *out, struct err *err)
{
    enum identity_kind kind = route->channel.type->address_kind;

    if (text_is_blank(answer->to) && route->way.address) {
        *out = (struct party){ route->way.name ? route->way.name : "", route->way.address };
        return true;
    }
    if (text_is_blank(answer->to))
        return find_recipient(tx, &route->conversation, kind, out, err);
    *out = (struct party){ "", NULL };
    return way_address(tx, kind, answer->to, &out->address, err);
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

static const char *subject_of(struct arena *mem, const struct route_out *route,
                              const struct answer *answer)
{
    const char *subject = route->conversation.subject;

    if (answer->subject)
        return text_preview(mem, answer->subject, strlen(answer->subject)); /* one line */
    return route->is_new ? subject : reply_subject(mem, subject);
}

/* Where it stands when nothing is merged: with the conversation, if that is of the case. */
static case_id place_of(const struct casefile *c, const struct conversation *conversation)
{
    return conversation->case_id.n == c->id.n ? conversation->place_case_id : (case_id){ 0 };
}

/* What is said of it stands in the conversation that it goes to, begun by it if need be. */
static bool enter_conversation(struct tx *tx, struct route_out *route, struct err *err)
{
    struct conversation *conversation = &route->conversation;
    struct visitor visitor;
    bool found;

    if (!route->is_new)
        return conversation_turns_to(tx, conversation, route->c.id, err);
    if (!conversation_add(tx, conversation, err))
        return false;
    if (route->channel.type != &chat_channel)
        return true;
    return visitor_of_thread(tx, conversation->thread_key, &visitor, &found, err) &&
           visitor_goes_on(tx, &visitor, conversation->id, visitor.round + 1, err);
}

/* What was checked of an answer. */
struct checked {
    struct party to;
    struct list cc, files;
};

static bool store_answer(struct tx *tx, message_id id, const struct route_out *route,
                         const struct answer *answer, struct checked *checked, struct message *out,
                         struct err *err)
{
    const struct conversation *conversation = &route->conversation;
    struct party from = { "", route->channel.row.address };
    struct parties parties = {
        .from = { &from,        1 },
        .to = { &checked->to, 1 },
        .cc = checked->cc,
    };
    char name[ID_TEXT_MAX];

    *out = (struct message){
        .id = id,
        .conversation_id = conversation->id,
        .case_id = route->c.id,
        .place_case_id = place_of(&route->c, conversation),
        .channel_id = conversation->channel_id,
        .direction = DIRECTION_OUT,
        .state = MESSAGE_QUEUED,
        .user_id = { tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 },
        .subject = subject_of(tx->mem, route, answer),
        .text = answer->text,
        .fold_at = (int64_t)strlen(answer->text),
        .sent_at = tx->now,
    };
    id_write("msg", id.n, name);
    /* Who refers to it has got it: nobody guesses the second word. */
    out->external_id = arena_printf(tx->mem, "%s.%s@%s", name, random_text(tx->mem, SECRET_LETTERS),
                                    message_host(&route->channel));
    out->parties.s = parties_write(tx->mem, &parties);
    return message_add(tx, out, message_words(tx->mem, out->subject, out->text), err) &&
           files_attach(tx, &checked->files, out->id, (note_id){ 0 }, err) &&
           event_add(tx,
                     &(struct event){ .kind = "message.queued",
                                      .case_id = out->case_id,
                                      .about = arena_text(tx->mem, name) },
                     err) &&
           tell_personal(tx, out, &answer->personal, err);
}

/* The channel takes all that is in it. */
static bool check_carries(const struct channel_type *type, const struct answer *answer,
                          struct err *err)
{
    if (answer->files.n > 0 && !(type->skills & CAN_ATTACH))
        return err_field(err, "files", "can't be sent on this channel");
    if (answer->cc.n > 0 && !(type->skills & CAN_COPY))
        return err_field(err, "cc", "can't be sent on this channel");
    return text_is_blank(answer->subject) || (type->skills & CAN_SUBJECT) ||
           err_field(err, "subject", "can't be sent on this channel");
}

/* It says something; and the channel that it goes over is in use. */
static bool find_route(struct tx *tx, case_id id, const struct answer *answer,
                       struct route_out *out, struct err *err)
{
    *out = (struct route_out){ 0 };
    if (!case_get(tx, id, &out->c, err))
        return false;
    if (text_is_blank(answer->text))
        return err_field(err, "text", "has nothing in it");
    if (!find_conversation(tx, answer, out, err))
        return false;
    out->is_new = out->conversation.id.n == 0;
    if (!channel_open(tx, out->conversation.channel_id, &out->channel, err))
        return false;
    if (!out->way.address && !way_is_open(tx, &out->conversation, &out->channel, err))
        return false;
    return check_carries(out->channel.type, answer, err) &&
           channel_takes_text(out->channel.type, out->channel.settings, answer->text, err);
}

static bool is_meant(const struct list *personal, const char *kind)
{
    for (size_t i = 0; i < personal->n; i++)
        if (text_equal(((const char **)personal->items)[i], kind))
            return true;
    return false;
}

/* All of it, however long: pieces as long as are looked at at once, and what stands on the border
 * of two is whole in one of them. */
static bool check_personal_in(struct arena *mem, const char *text, const struct personal_own *own,
                              const struct list *meant, struct err *err)
{
    size_t len = strlen(text), at = 0;

    for (;;) {
        struct personal found;
        size_t piece = utf8_cut(text + at, len - at, LANGUAGE_MAX);

        personal_find(mem, text + at, piece, own, &found);
        for (size_t i = 0; i < found.n; i++) {
            const char *kind = personal_kind_name(found.hits[i].kind);
            if (found.hits[i].certainty == PERSONAL_BLOCK && !is_meant(meant, kind))
                return err_field(
                    err, "personal",
                    "doesn't say %s, which stands in the text and everybody would read", kind);
        }
        if (at + piece >= len)
            return true;
        at += utf8_cut(text + at, piece, piece - PERSONAL_OVERLAP);
    }
}

/* What is somebody's own goes into public only knowingly, whoever sends it and whatever looked at
 * it before: it's asked here when it is written, and once more when it goes. */
static bool check_public(struct tx *tx, const struct route_out *route, const struct answer *answer,
                         struct err *err)
{
    struct understand_context ground;
    /* What its customer wrote over it himself is in public already. */
    bool has_subject = answer->subject || route->is_new;
    const char *texts[] = { answer->text, has_subject ? subject_of(tx->mem, route, answer) : NULL };

    if (!channel_rules_of(route->channel.type, route->channel.settings).is_public)
        return true;
    if (!ground_get(tx, (team_id){ 0 }, route->conversation.channel_id, &ground, err))
        return false;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i] && !check_personal_in(tx->mem, texts[i], ground.own, &answer->personal, err))
            return false;
    return true;
}

/* What its writer hears now, and not when it is sent. */
static bool read_files(struct tx *tx, const struct route_out *route, const struct answer *answer,
                       struct list *out, struct err *err)
{
    int64_t size;

    return files_read(tx, &answer->files, out, err) && files_size(tx, out, &size, err) &&
           channel_takes_files(route->channel.type, size, err);
}

/* Whoever writes it hears now that it can't be promised like that, or that the case stays open. */
static bool check_promises(struct tx *tx, const struct answer *answer, struct err *err)
{
    const struct promise_draft *drafts = answer->promises.items;

    for (size_t i = 0; i < answer->promises.n; i++) {
        size_t from = err->fields_n;
        if (promise_check(tx, &drafts[i], err))
            continue;
        err_nest(err, from, arena_printf(tx->mem, "/promises/%zu", i));
        return false;
    }
    return answer->promises.n == 0 || answer->status != CASE_DONE ||
           err_field(err, "status", "can't be done while the answer promises something");
}

static bool check(struct tx *tx, case_id id, const struct answer *answer, struct route_out *route,
                  struct checked *out, struct err *err)
{
    *out = (struct checked){ 0 };
    return find_route(tx, id, answer, route, err) &&
           read_recipient(tx, route, answer, &out->to, err) &&
           read_cc(tx->mem, answer, &out->cc, err) &&
           read_files(tx, route, answer, &out->files, err) &&
           check_personal(tx->mem, &answer->personal, err) && check_promises(tx, answer, err) &&
           check_public(tx, route, answer, err);
}

bool answer_check(struct tx *tx, case_id id, const struct answer *answer, struct err *err)
{
    struct route_out route;
    struct checked checked;

    return check(tx, id, answer, &route, &checked, err);
}

/* The answer keeps what was promised as one, and what it promises itself is owed from now on. */
static bool keep_word(struct tx *tx, const struct casefile *c, message_id said_in,
                      const struct list *promises, struct err *err)
{
    const struct promise_draft *drafts = promises->items;
    struct promise made;

    if (!promise_answered(tx, c->id, said_in, err))
        return false;
    for (size_t i = 0; i < promises->n; i++) {
        struct promise_draft draft = drafts[i];
        size_t from = err->fields_n;

        draft.message_id = said_in;
        if (!promise_add(tx, c->id, &draft, &made, err)) {
            err_nest(err, from, arena_printf(tx->mem, "/promises/%zu", i));
            return false;
        }
    }
    return c->status != CASE_DONE || promise_none_owed(tx, c->id, err);
}

bool case_answer(struct tx *tx, case_id id, const struct answer *answer, message_id *out,
                 struct err *err)
{
    struct route_out route;
    struct checked checked;
    struct message message;
    struct casefile *c = &route.c;
    message_id planned = { id_new() };

    if (!check(tx, id, answer, &route, &checked, err) ||
        !way_tell(tx, c, &route.conversation, planned, (enum way_reason)answer->reason, err) ||
        !enter_conversation(tx, &route, err) ||
        !store_answer(tx, planned, &route, answer, &checked, &message, err))
        return false;
    case_apply(c, WE_ANSWERED, text_preview(tx->mem, answer->text, CASE_PREVIEW_MAX), tx->now);
    if (answer->status != CASE_NEW)
        c->status = answer->status;
    if (c->assignee_id.n == 0 && !answer->keeps_owner)
        c->assignee_id = message.user_id;
    *out = message.id;
    return case_save(tx, c, err) && keep_word(tx, c, message.id, &answer->promises, err) &&
           job_add_to_lane(tx, "send", message.id.n, message.channel_id.n, tx->now, err);
}
