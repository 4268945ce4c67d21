/* exchange_out.c — what we answer on an API channel, for who fetches it: list, get the files, then
 * say what became of each.
 */
#include "exchange.h"

#include "../base/text.h"
#include "../domain/files/files.h"

static bool prepare(struct request *rq, struct err *err)
{
    struct exchange_caller *caller = NEW(rq->mem, struct exchange_caller);

    rq->prepared = caller;
    return exchange_check(rq, caller, err);
}

/* What waits to be fetched: what a webhook is told, but for the content of files; and what it is
 * part of here. */
struct waiting {
    message_id id;
    conversation_id conversation_id;
    case_id case_id;
    channel_id channel_id;
    unsigned state;
    instant state_at;
    const char *to, *thread, *subject, *text, *reference;
    struct json_text parties; /* of struct parties */
    const char *external_id;
    instant at;
    struct list files; /* of struct file */
};

static const struct field waiting_file_fields[] = {
    FIELD(file, id, .flags = REQUIRED,
          .doc = "GET …/outgoing/{message}/files/{id} has its content"),
    FIELD(file, name, .flags = REQUIRED),
    FIELD(file, type, .flags = REQUIRED),
    FIELD(file, size),
    { 0 },
};

static const struct field waiting_fields[] = {
    FIELD(waiting, id, .flags = REQUIRED),
    FIELD(waiting, to, .doc = "The customer's address, number or id, as `from` says it"),
    FIELD(waiting, thread, .doc = "As it was handed in"),
    FIELD(waiting, subject, .flags = REQUIRED),
    FIELD(waiting, text, .flags = REQUIRED),
    FIELD(waiting, reference, .flags = REQUIRED, .doc = "The case's, for people"),
    FIELD(waiting, at, .flags = REQUIRED),
    FIELD(waiting, files, .of = waiting_file_fields, .size = sizeof(struct file)),
    FIELD(waiting, conversation_id, .flags = REQUIRED),
    FIELD(waiting, case_id, .flags = REQUIRED),
    FIELD(waiting, channel_id, .flags = REQUIRED),
    FIELD(waiting, state, .names = message_state_names),
    FIELD(waiting, state_at, .flags = REQUIRED),
    FIELD(waiting, parties, .flags = REQUIRED, .of = parties_fields),
    FIELD(waiting, external_id, .doc = "The id that we gave it"),
    { 0 },
};

static bool complete(struct tx *tx, struct waiting *waiting, struct err *err)
{
    struct parties parties;

    if (!parties_read(tx->mem, waiting->parties.s, &parties, err))
        return false;
    if (parties.to.n > 0)
        waiting->to = ((const struct party *)parties.to.items)->address;
    return file_list_of_message(tx, waiting->id, &waiting->files, err);
}

static bool get_outgoing(struct request *rq, struct tx *tx, struct err *err)
{
    const struct exchange_caller *caller = rq->prepared;
    int64_t after, limit;
    struct list found;

    exchange_enter(tx, caller);
    if (!page_read(rq->body, 0, &after, &limit, err) ||
        !db_all(tx, SQL_MESSAGE_READY,
                ARGS(arg_organisation(tx), arg_id(caller->channel.row.id), arg_int(after),
                     arg_int(limit)),
                waiting_fields, sizeof(struct waiting), &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (!complete(tx, (struct waiting *)found.items + i, err))
            return false;
    return reply_page(rq, waiting_fields, sizeof(struct waiting), &found, limit);
}

/* One of ours on the caller's channel, as {message} names it. */
static bool find_message(struct request *rq, struct tx *tx, struct message *out, struct err *err)
{
    const struct exchange_caller *caller = rq->prepared;
    message_id id;

    exchange_enter(tx, caller);
    if (!request_id(rq, "message", "msg", &id.n, err) || !message_get(tx, id, out, err))
        return false;
    return (out->channel_id.n == caller->channel.row.id.n && out->direction == DIRECTION_OUT) ||
           err_set(err, ERR_NOT_FOUND, "there is no such message on this channel");
}

/* Whoever signs for a channel sees the files of what lies ready for it, and no others. */
static bool get_content(struct request *rq, struct tx *tx, struct err *err)
{
    struct message message;
    const struct file *files;
    struct bytes content;
    file_id id;

    if (!request_id(rq, "file", "fil", &id.n, err) || !find_message(rq, tx, &message, err))
        return false;
    files = message.files.items;
    for (size_t i = 0; i < message.files.n && message.state == MESSAGE_QUEUED; i++)
        if (files[i].id.n == id.n)
            return blob_get(tx, files[i].hash, &content, err) &&
                   reply_file(rq, files[i].name, files[i].type, content, false);
    return err_set(err, ERR_NOT_FOUND, "no message that waits to be fetched has such a file");
}

/* What the other side can tell of a message, and the state it has then. */
static const char *const told_names[] = { "sent", "delivered", "read", "failed", NULL };
static const enum message_state told_states[] = { MESSAGE_SENT, MESSAGE_DELIVERED, MESSAGE_READ,
                                                  MESSAGE_FAILED };

struct delivered {
    unsigned state;
    const char *words;
};

static const struct field delivered_fields[] = {
    FIELD(delivered, state, .flags = REQUIRED, .names = told_names),
    FIELD(delivered, words, .max = 500, .doc = "What the other side said"),
    { 0 },
};

static bool post_state(struct request *rq, struct tx *tx, struct err *err)
{
    const struct delivered *delivered = rq->body;
    enum message_state told = told_states[delivered->state];
    struct message message;

    if (!find_message(rq, tx, &message, err))
        return false;
    if (message.state == told)
        return reply_nothing(rq);
    if (!confirm_can_become(message.state, told))
        return err_set(err, ERR_CONFLICT, "it is %s: it can't become %s",
                       message_state_names[message.state], message_state_names[told]);
    return confirm_state(tx, &message, told, delivered->words, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(
        GET, "/api/v1/channels/{id}/outgoing", READ, get_outgoing, ANYONE, QUERY(page_query),
        MANY(waiting),
        "Lists what waits to be fetched on an API channel, oldest first; signed, or with a token.",
        prepare),
    ROUTE(GET, "/api/v1/channels/{id}/outgoing/{message}/files/{file}", READ, get_content, ANYONE,
          NOTHING, CONTENT("*/*"),
          "Downloads a file of a message that waits to be fetched; signed, or with a token.",
          prepare),
    ROUTE(POST, "/api/v1/channels/{id}/outgoing/{message}/state", WRITE, post_state, ANYONE,
          BODY(delivered), NOTHING,
          "Says what became of a fetched message; signed, or with a token.", prepare),
};
const struct routes exchange_out_routes = ROUTES(rows);
