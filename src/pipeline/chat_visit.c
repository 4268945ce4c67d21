/* chat_visit.c — what a visitor's page asks and says all the time: what is new, is he there, who he
 * is, where an answer may go.
 */
#include "chat.h"

#include "../base/text.h"
#include "../channel/chat_token.h"
#include "../domain/files/files.h"
#include "../domain/presence/presence.h"
#include "../store/events.h"
#include "../store/jobs.h"

#include <string.h>

enum { TRANSCRIPTS_MAX = 3 };
/* The widget begins anew at this, and at no other conflict. */
#define CHAT_OF_ANOTHER "urn:gestand:chat-of-another"

/* --- what is new ---------------------------------------------------------------------------- */

struct chat_news {
    struct list items; /* of struct chat_item */
    int64_t newest, delivered, read;
    const char *colleague;
    unsigned colleague_state;
    bool is_open, is_known, is_seen;
    instant opens_at;
    const char *name, *email;
};

static const struct field chat_news_fields[] = {
    FIELD(chat_news, items, .of = chat_item_fields, .size = sizeof(struct chat_item)),
    FIELD(chat_news, newest, .doc = "The position of the newest item: ask on behind the last one"),
    FIELD(chat_news, delivered),
    FIELD(chat_news, read),
    FIELD(chat_news, colleague, .doc = "The first name of who has the case open now"),
    FIELD(chat_news, colleague_state, .names = presence_state_names),
    FIELD(chat_news, is_open),
    FIELD(chat_news, opens_at),
    FIELD(chat_news, is_seen, .doc = "A colleague has read all that the visitor wrote"),
    FIELD(chat_news, is_known, .doc = "The site told who he is"),
    FIELD(chat_news, name),
    FIELD(chat_news, email),
    { 0 },
};

struct chat_after {
    int64_t after;
};

static const struct field chat_after_fields[] = {
    FIELD(chat_after, after, .doc = "A position; without, the newest come"),
    { 0 },
};

/* GET /chat/{channel}/messages */
static bool get_messages(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_after *query = rq->body;
    struct chat_colleague colleague;
    struct chat_caller caller;
    struct chat_news news;

    if (!chat_enter_visitor(rq, tx, &caller, err))
        return false;
    news = (struct chat_news){
        .newest = caller.visitor.newest,
        .delivered = caller.visitor.delivered,
        .read = caller.visitor.read,
        .is_known = caller.visitor.login != NULL,
        .name = caller.visitor.name,
        .email = caller.visitor.email,
    };
    if (!chat_is_open(tx, &caller, &news.is_open, &news.opens_at, err) ||
        !(request_named(rq, "after")
              ? chat_items_after(tx, &caller.visitor, query->after, &news.items, err)
              : chat_items_newest(tx, &caller.visitor, &news.items, err)) ||
        !chat_colleague_find(tx, &caller.visitor, &colleague, err) ||
        !chat_is_seen(tx, &caller.visitor, &news.is_seen, err))
        return false;
    news.colleague = colleague.name;
    news.colleague_state = colleague.state;
    return reply(rq, 200, chat_news_fields, &news);
}

/* GET /chat/{channel}/stream */
static bool get_stream(struct request *rq, struct tx *tx, struct err *err)
{
    struct chat_caller caller;

    return chat_enter_visitor(rq, tx, &caller, err) &&
           reply_hints(rq, caller.visitor.id.n, caller.visitor.change);
}

static bool prepare_say(struct request *rq, struct err *err)
{
    return chat_rate_take(rq, RATE_SAY, err);
}

/* GET /chat/{channel}/files/{file} */
static bool get_file(struct request *rq, struct tx *tx, struct err *err)
{
    struct chat_caller caller;
    struct bytes content;
    struct file file;
    bool is_his;

    if (!chat_enter_visitor(rq, tx, &caller, err) ||
        !request_id(rq, "file", "fil", &file.id.n, err) || !file_get(tx, file.id, &file, err) ||
        !chat_item_has_file(tx, &caller.visitor, file.message_id, &is_his, err))
        return false;
    if (!is_his)
        return err_set(err, ERR_NOT_FOUND, "there is no such file in this chat");
    return blob_get(tx, file.hash, &content, err) &&
           reply_file(rq, file.name, file.type, content, false);
}

/* --- is he there, and what has he seen ------------------------------------------------------ */

struct chat_said {
    unsigned state;
    const char *page;
    int64_t delivered, read;
};

static const struct field chat_said_fields[] = {
    FIELD(chat_said, state, .flags = REQUIRED, .names = visitor_state_names,
          .doc = "Lapses after 90 seconds, typing after 10"),
    FIELD(chat_said, page, .max = 2000),
    FIELD(chat_said, delivered, .min = 0, .doc = "The position up to which his browser has it all"),
    FIELD(chat_said, read, .min = 0, .doc = "The position up to which he saw it"),
    { 0 },
};

static bool move_all(struct tx *tx, const struct list *messages, enum message_state to,
                     struct err *err)
{
    const struct message *all = messages->items;
    bool moved;

    for (size_t i = 0; i < messages->n; i++)
        if (all[i].state < to && !message_move(tx, &all[i], all[i].state, to, NULL, &moved, err))
            return false;
    return true;
}

static int64_t between(int64_t low, int64_t value, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* PUT /chat/{channel}/presence */
static bool put_presence(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_said *said = rq->body;
    struct chat_caller caller;
    struct visitor now, *was = &caller.visitor;
    struct list delivered, read;

    if (!chat_enter_visitor(rq, tx, &caller, err))
        return false;
    now = *was;
    now.state = said->state;
    now.until =
        instant_plus(tx->now, said->state == VISITOR_TYPING ? VISITOR_TYPING_MS : VISITOR_HERE_MS);
    now.page = said->page ? text_preview(tx->mem, said->page, VISITOR_PAGE_MAX) : was->page;
    now.read = between(was->read, said->read, was->newest);
    now.delivered = between(was->delivered, said->delivered, was->newest);
    now.delivered = now.delivered < now.read ? now.read : now.delivered;
    tx->actor = (struct actor){ ACTOR_CUSTOMER, was->person_id.n };
    return chat_items_sent(tx, was, was->delivered, now.delivered, &delivered, err) &&
           move_all(tx, &delivered, MESSAGE_DELIVERED, err) &&
           chat_items_sent(tx, was, was->read, now.read, &read, err) &&
           move_all(tx, &read, MESSAGE_READ, err) && visitor_save_presence(tx, was, &now, err) &&
           reply_nothing(rq);
}

/* --- who he is ------------------------------------------------------------------------------ */

struct chat_contact {
    const char *email, *name;
};

static const struct field chat_contact_fields[] = {
    FIELD(chat_contact, email, .flags = REQUIRED, .min = 3, .max = 254,
          .doc = "Where answers go when he is gone; nobody has shown that it is his"),
    FIELD(chat_contact, name, .max = 200),
    { 0 },
};

/* What waits to be seen may go by mail from now on. */
static bool save_contact(struct tx *tx, struct chat_caller *caller, struct err *err)
{
    return visitor_save_identity(tx, &caller->visitor, err) &&
           chat_claim_email(tx, &caller->visitor, err) &&
           (caller->visitor.read >= caller->visitor.newest ||
            chat_ask_mail(tx, caller->settings, &caller->visitor, err));
}

static bool take_contact(struct tx *tx, struct chat_caller *caller, const char *email,
                         const char *name, struct err *err)
{
    struct visitor *visitor = &caller->visitor;

    email = text_trim(tx->mem, email);
    if (!text_is_email(email))
        return err_field(err, "email", "isn't a mail address");
    if (!text_equal(visitor->email, email)) {
        visitor->email = email;
        visitor->email_is_verified = false;
    }
    if (!visitor->login && !text_is_blank(name))
        visitor->name = text_preview(tx->mem, name, 200);
    return save_contact(tx, caller, err);
}

/* PUT /chat/{channel}/contact */
static bool put_contact(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_contact *contact = rq->body;
    struct chat_caller caller;

    return chat_enter_visitor(rq, tx, &caller, err) &&
           take_contact(tx, &caller, contact->email, contact->name, err) && reply_nothing(rq);
}

struct chat_proof {
    const char *token;
};

static const struct field chat_proof_fields[] = {
    FIELD(chat_proof, token, .flags = REQUIRED, .min = 1, .max = CHAT_TOKEN_MAX,
          .doc =
              "A JSON Web Token (HS256) that the site signed with the channel's secret: sub, exp, "
              "and if known email and name"),
    { 0 },
};

static bool prepare_proof(struct request *rq, struct err *err)
{
    return chat_rate_take(rq, RATE_PROVE, err);
}

/* PUT /chat/{channel}/identity */
static bool put_identity(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_proof *proof = rq->body;
    struct chat_claims claims;
    struct chat_caller caller;
    struct visitor *visitor = &caller.visitor;
    const char *secret;

    if (!chat_enter_visitor(rq, tx, &caller, err))
        return false;
    secret = caller.settings->identity_secret;
    if (!chat_token_read(tx->mem, proof->token,
                         (struct bytes){ (const uint8_t *)secret, strlen(secret) }, tx->now,
                         &claims, err))
        return false;
    if (visitor->login && !text_equal(visitor->login, claims.subject)) {
        err_set(err, ERR_CONFLICT, "this chat is somebody else's: begin a new one");
        return err_type(err, CHAT_OF_ANOTHER);
    }
    visitor->login = claims.subject;
    visitor->name = claims.name ? claims.name : visitor->name;
    if (claims.email) {
        visitor->email = claims.email;
        visitor->email_is_verified = true;
    }
    /* Who said nothing yet gets his person with his first message. */
    return (visitor->conversation_id.n == 0 || chat_known_person(tx, &caller, err)) &&
           save_contact(tx, &caller, err) && reply_nothing(rq);
}

/* --- leaving -------------------------------------------------------------------------------- */

static bool prepare_mail(struct request *rq, struct err *err)
{
    return chat_rate_take(rq, RATE_MAIL, err);
}

/* POST /chat/{channel}/transcript. Only of a talk: else anybody could have us mail his own words to
 * strangers. */
static bool post_transcript(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_contact *contact = rq->body;
    struct chat_caller caller;
    struct message answer;
    bool found = false;
    int64_t rows;

    if (!chat_enter_visitor(rq, tx, &caller, err))
        return false;
    if (text_is_blank(caller.settings->mail_channel))
        return err_set(err, ERR_CONFLICT, "this chat can't be sent by mail");
    if (caller.visitor.conversation_id.n != 0 &&
        !message_newest(tx, caller.visitor.conversation_id, DIRECTION_OUT, (message_id){ 0 },
                        &answer, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_CONFLICT, "nobody has answered yet");
    return take_contact(tx, &caller, contact->email, contact->name, err) &&
           db_change(
               tx, SQL_VISITOR_TRANSCRIPT,
               ARGS(arg_organisation(tx), arg_id(caller.visitor.id), arg_int(TRANSCRIPTS_MAX)),
               &rows, err) &&
           (rows > 0 ||
            err_set(err, ERR_TOO_MANY, "this chat was sent by mail %d times", TRANSCRIPTS_MAX)) &&
           job_add(tx, "chat_transcript", caller.visitor.id.n, tx->now, err) && reply_nothing(rq);
}

/* DELETE /chat/{channel}/visitor */
static bool delete_visitor(struct request *rq, struct tx *tx, struct err *err)
{
    struct conversation conversation = { 0 };
    struct chat_caller caller;

    if (!chat_enter_visitor(rq, tx, &caller, err) ||
        (caller.visitor.conversation_id.n != 0 &&
         !conversation_get(tx, caller.visitor.conversation_id, &conversation, err)))
        return false;
    tx->actor = (struct actor){ ACTOR_CUSTOMER, caller.visitor.person_id.n };
    return visitor_forget(tx, &caller.visitor, err) &&
           (conversation.id.n == 0 ||
            event_add(tx, &(struct event){ .kind = "chat.left", .case_id = conversation.case_id },
                      err)) &&
           reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/chat/{channel}/messages", READ, get_messages, ANYONE, QUERY(chat_after),
          ONE(chat_news), "Says what is new in a visitor's chat.", prepare_say),
    ROUTE(GET, "/chat/{channel}/stream", STREAM, get_stream, ANYONE, NOTHING,
          CONTENT("text/event-stream"),
          "Hints, as server-sent events, whenever there is something new to ask for."),
    ROUTE(GET, "/chat/{channel}/files/{file}", READ, get_file, ANYONE, NOTHING, CONTENT("*/*"),
          "Downloads a file of a visitor's chat.", prepare_say),
    ROUTE(PUT, "/chat/{channel}/presence", WRITE, put_presence, ANYONE, BODY(chat_said), NOTHING,
          "Says whether a visitor is there or types, on which page, and what he has seen.",
          prepare_say),
    ROUTE(PUT, "/chat/{channel}/contact", WRITE, put_contact, ANYONE, BODY(chat_contact), NOTHING,
          "Says where answers may go when the visitor is gone.", prepare_say),
    ROUTE(PUT, "/chat/{channel}/identity", WRITE, put_identity, ANYONE, BODY(chat_proof), NOTHING,
          "Says who a visitor is, by a token that the site signed.", prepare_proof),
    ROUTE(POST, "/chat/{channel}/transcript", WRITE, post_transcript, ANYONE, BODY(chat_contact),
          NOTHING, "Sends the chat to a mail address.", prepare_mail),
    ROUTE(DELETE, "/chat/{channel}/visitor", WRITE, delete_visitor, ANYONE, NOTHING, NOTHING,
          "Ends the chat for this browser and forgets what it told; the case stays.", prepare_say),
};
const struct routes chat_visit_routes = ROUTES(rows);
