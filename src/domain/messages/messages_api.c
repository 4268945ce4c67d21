#include "messages.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../cases/cases.h"

static bool get_message(struct request *rq, struct tx *tx, struct err *err)
{
    struct message message;
    message_id id;

    if (!request_id(rq, "id", "msg", &id.n, err) || !message_get(tx, id, &message, err))
        return false;
    request_was_read(rq, "audit.case_read", message.case_id, request_param(rq, "id"));
    return reply(rq, 200, message_fields, &message);
}

/* However many a case has: its own page shows only the newest. */
static bool get_messages(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t before, limit;
    struct casefile c;
    struct list found;

    if (!case_of_request(rq, tx, &c, err) ||
        !page_read(rq->body, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, SQL_MESSAGE_LIST_OF_CASE,
                ARGS(arg_organisation(tx), arg_id(c.id), arg_int(before), arg_int(limit)),
                message_fields, sizeof(struct message), &found, err))
        return false;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply_page(rq, message_fields, sizeof(struct message), &found, limit);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases/{id}/messages", READ, get_messages, CASE_READ, QUERY(page_query),
          MANY(message), "Lists all messages of a case, newest first, without HTML and files."),
    ROUTE(GET, "/api/v1/messages/{id}", READ, get_message, CASE_READ, NOTHING, ONE(message),
          "Reads a message whole, with its HTML and files; the reading is written down."),
};
const struct routes message_routes = ROUTES(rows);

/* --- outbox ---------------------------------------------------------------------------------- */

static const char *const outbox_names[] = { "queued", "sending", "failed", NULL };

struct outbox_query {
    unsigned state;
    struct page_query page;
};

static const struct field outbox_query_fields[] = {
    FIELD(outbox_query, state, .names = outbox_names, .doc = "queued when left out"),
    PAGE_FIELDS(outbox_query),
    { 0 },
};

static bool get_outbox(struct request *rq, struct tx *tx, struct err *err)
{
    const struct outbox_query *query = rq->body;
    int64_t before, limit;
    struct list found;

    if (!page_read(&query->page, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, SQL_MESSAGE_OUTBOX,
                ARGS(arg_organisation(tx), arg_text(outbox_names[query->state]), arg_int(before),
                     arg_int(limit)),
                message_fields, sizeof(struct message), &found, err))
        return false;
    request_was_read(rq, "audit.outbox_read", (case_id){ 0 }, NULL);
    return reply_page(rq, message_fields, sizeof(struct message), &found, limit);
}

/* Sends a message once more that failed or was dropped; a person has decided that it may arrive
 * twice. */
static bool retry(struct request *rq, struct tx *tx, struct err *err)
{
    struct message message;
    message_id id;
    bool moved;

    if (!request_id(rq, "id", "msg", &id.n, err) || !message_get(tx, id, &message, err) ||
        !message_move(tx, &message, MESSAGE_FAILED, MESSAGE_QUEUED, NULL, &moved, err) ||
        (!moved && !message_undrop(tx, &message, &moved, err)))
        return false;
    if (!moved)
        return err_set(err, ERR_CONFLICT,
                       "it is %s: only what failed or was dropped can be sent again",
                       message_state_names[message.state]);
    return job_add_to_lane(tx, "send", id.n, message.channel_id.n, tx->now, err) &&
           message_get(tx, id, &message, err) && reply(rq, 202, message_fields, &message);
}

static bool drop(struct request *rq, struct tx *tx, struct err *err)
{
    struct message message;
    bool dropped = false;
    message_id id;

    if (!request_id(rq, "id", "msg", &id.n, err) || !message_get(tx, id, &message, err))
        return false;
    /* Of what goes out at this moment nobody could say that it didn't. */
    if (message.state != MESSAGE_SENDING && !message_drop(tx, &message, &dropped, err))
        return false;
    return dropped
               ? reply_nothing(rq)
               : err_set(err, ERR_CONFLICT, "it is %s: only what waits or failed can be dropped",
                         message_state_names[message.state]);
}

static const struct route outbox_rows[] = {
    ROUTE(
        GET, "/api/v1/outbox", READ, get_outbox, OUTBOX_READ, QUERY(outbox_query), MANY(message),
        "Lists what is queued, being sent, or failed, newest first; the reading is written down."),
    ROUTE(POST, "/api/v1/outbox/{id}/retry", WRITE, retry, OUTBOX_WRITE, NOTHING, TAKEN(message),
          "Sends a message again that failed or was dropped."),
    ROUTE(
        DELETE, "/api/v1/outbox/{id}", WRITE, drop, OUTBOX_WRITE, NOTHING, NOTHING,
        "Drops a message that waits or failed; its customer waits again, and retry takes it back."),
};
const struct routes outbox_routes = ROUTES(outbox_rows);
