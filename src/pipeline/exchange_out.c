/* exchange_out.c — what we answer on an API channel, for who fetches it: list, then say what
 * became of each.
 */
#include "exchange.h"

#include "../base/text.h"

static bool prepare(struct request *rq, struct err *err)
{
    struct exchange_caller *caller = NEW(rq->mem, struct exchange_caller);

    rq->prepared = caller;
    return exchange_check(rq, caller, err);
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
                message_fields, sizeof(struct message), &found, err))
        return false;
    return reply_page(rq, message_fields, sizeof(struct message), &found, limit);
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
    const struct exchange_caller *caller = rq->prepared;
    const struct delivered *delivered = rq->body;
    enum message_state told = told_states[delivered->state];
    struct message message;
    message_id id;

    exchange_enter(tx, caller);
    if (!request_id(rq, "message", "msg", &id.n, err) || !message_get(tx, id, &message, err))
        return false;
    if (message.channel_id.n != caller->channel.row.id.n || message.direction != DIRECTION_OUT)
        return err_set(err, ERR_NOT_FOUND, "there is no such message on this channel");
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
        MANY(message),
        "Lists what waits to be fetched on an API channel, oldest first; signed, or with a token.",
        prepare),
    ROUTE(POST, "/api/v1/channels/{id}/outgoing/{message}/state", WRITE, post_state, ANYONE,
          BODY(delivered), NOTHING,
          "Says what became of a fetched message; signed, or with a token.", prepare),
};
const struct routes exchange_out_routes = ROUTES(rows);
