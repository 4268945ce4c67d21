/* exchange_in.c — messages of an API channel come in: what is answered with 201 is a case. */
#include "arrival.h"
#include "exchange.h"

#include "../base/json.h"
#include "../base/text.h"
#include "../channel/api.h"
#include "../domain/people/people.h"

#include <string.h>

enum { BATCH_MAX = 500 };
/* One of the largest files fits, in base64, with a text and its HTML. */
_Static_assert(HTTP_BATCH_MAX >= FILE_SIZE_MAX / 3 * 4 + (3 << 20), "the limits don't agree");

static const struct field arrival_fields[] = {
    FIELD(arrival, external_id, .flags = REQUIRED),
    FIELD(arrival, state, .flags = REQUIRED, .doc = "accepted, or duplicate when it came before"),
    FIELD(arrival, message_id),
    FIELD(arrival, case_id),
    FIELD(arrival, reference, .doc = "The case's, for people"),
    { 0 },
};

struct batch {
    struct list messages; /* of struct api_message */
};

static const struct field batch_fields[] = {
    FIELD(batch, messages, .flags = REQUIRED, .of = api_message_fields,
          .size = sizeof(struct api_message), .min = 1, .max = BATCH_MAX),
    { 0 },
};

struct arriving {
    struct exchange_caller caller;
    struct judge judge;
    struct arrival *arrivals;
    size_t n;
    bool is_batch;
};

/* --- before the transaction
 * ------------------------------------------------------------------------ */

/* {"messages": …} has no other member, so the first one tells. */
static bool is_batch(struct bytes body)
{
    static const char name[] = "\"messages\"";
    size_t at = 0;

    while (at < body.len && strchr(" \t\r\n{", body.data[at]) && body.data[at])
        at++;
    return body.len - at >= sizeof(name) - 1 && memcmp(body.data + at, name, sizeof(name) - 1) == 0;
}

static bool read_body(struct request *rq, struct batch *out, bool *many, struct err *err)
{
    struct api_message *one = NEW(rq->mem, struct api_message);

    *many = is_batch(rq->raw);
    if (*many)
        return json_read(rq->mem, rq->raw, batch_fields, out, err);
    out->messages = (struct list){ one, 1 };
    return json_read(rq->mem, rq->raw, api_message_fields, one, err);
}

/* What is kept of it, byte for byte: the request's body, or its part of the batch. */
static struct bytes raw_of(struct request *rq, const struct api_message *message, bool many)
{
    struct buf json = BUF(HTTP_BATCH_MAX);
    struct bytes raw;

    if (!many)
        return rq->raw;
    json_write(&json, api_message_fields, message);
    raw = arena_bytes(rq->mem, (struct bytes){ (const uint8_t *)buf_str(&json), json.len });
    buf_free(&json);
    return raw;
}

/* All that are written with nothing but blanks would be one person. */
static bool check_sender(struct request *rq, const struct api_message *message, struct err *err)
{
    return !text_is_blank(
               identity_normal(rq->mem, message->from_kind, PHONE_NETHERLANDS, message->from)) ||
           err_field(err, "from", "must say who wrote it");
}

static bool get_judge(struct tx *tx, void *judge, struct err *err)
{
    return judge_get(tx, judge, err);
}

/* What the channel's organisation knows, for who has shown who he is. */
static bool read_judge(struct request *rq, const struct exchange_caller *caller, struct judge *out,
                       struct err *err)
{
    struct scope scope = { rq->mem, caller->channel.organisation, caller->actor };

    return store_read(rq->store, &scope, get_judge, out, err);
}

static bool prepare_one(struct request *rq, const struct arriving *arriving,
                        const struct api_message *message, struct arrival *out, struct err *err)
{
    if (!check_sender(rq, message, err))
        return false;
    out->external_id = message->external_id;
    out->in.channel = arriving->caller.channel.row;
    out->in.judge = arriving->judge;
    api_incoming(rq->mem, message, &out->in.in);
    return arrival_take(rq->store, rq->mem, out, err);
}

static bool prepare(struct request *rq, struct err *err)
{
    struct arriving *arriving = NEW(rq->mem, struct arriving);
    struct batch batch = { 0 };
    struct api_message *messages;

    if (!exchange_check(rq, &arriving->caller, err) ||
        !read_judge(rq, &arriving->caller, &arriving->judge, err) ||
        !read_body(rq, &batch, &arriving->is_batch, err))
        return false;
    messages = batch.messages.items;
    arriving->n = batch.messages.n;
    arriving->arrivals = NEW_ARRAY(rq->mem, struct arrival, arriving->n);
    for (size_t i = 0; i < arriving->n; i++) {
        arriving->arrivals[i].raw = raw_of(rq, &messages[i], arriving->is_batch);
        if (prepare_one(rq, arriving, &messages[i], &arriving->arrivals[i], err))
            continue;
        if (arriving->is_batch)
            err_nest(err, 0, arena_printf(rq->mem, "/messages/%zu", i));
        return false;
    }
    rq->prepared = arriving;
    return true;
}

/* --- inside
 * ---------------------------------------------------------------------------------------- */

static bool post_messages(struct request *rq, struct tx *tx, struct err *err)
{
    struct arriving *arriving = rq->prepared;
    struct list list = { arriving->arrivals, arriving->n };

    exchange_enter(tx, &arriving->caller);
    for (size_t i = 0; i < arriving->n; i++)
        if (!arrival_run(tx, &arriving->arrivals[i], err))
            return false;
    if (arriving->is_batch)
        return reply_list(rq, arrival_fields, sizeof(struct arrival), &list, NULL);
    return reply(rq, arriving->arrivals[0].is_new ? 201 : 200, arrival_fields, arriving->arrivals);
}

static const struct route rows[] = {
    ROUTE(
        POST, "/api/v1/channels/{id}/messages", WRITE, post_messages, ANYONE,
        BATCH_BODY(api_message, HTTP_BATCH_MAX), BATCH(arrival),
        "Hands in a message of an API channel, or {\"messages\": […]} with up to 500, of 72 MB in "
        "all; signed, or with a token.",
        prepare, exchange_admit),
};
const struct routes exchange_in_routes = ROUTES(rows);
