#include "envelopes.h"

#include "../../channel/email_parse.h"
#include "../../store/events.h"
#include "../../store/jobs.h"

enum { HEADER_MAX = 16384 }; /* as the lists read */

struct envelope_query {
    bool all;
    struct page_query page;
};

static const struct field envelope_query_fields[] = {
    FIELD(envelope_query, all, .doc = "Every envelope; those not understood when left out"),
    PAGE_FIELDS(envelope_query),
    { 0 },
};

/* Of a mail, what its header says. A long one lies in a file beside its row. */
static bool read_header(struct tx *tx, struct envelope *e, struct err *err)
{
    if (e->raw_hash.data && !blob_start(tx, e->raw_hash, HEADER_MAX, &e->raw, err))
        return false;
    if (e->raw.data)
        email_says(tx->mem, e->raw, &e->from, &e->subject);
    return true;
}

static bool get_envelopes(struct request *rq, struct tx *tx, struct err *err)
{
    const struct envelope_query *query = rq->body;
    int64_t before, limit;
    struct list found;

    if (!page_read(&query->page, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, query->all ? SQL_ENVELOPE_LIST : SQL_ENVELOPE_LIST_NOT_UNDERSTOOD,
                ARGS(arg_organisation(tx), arg_int(before), arg_int(limit)), envelope_fields,
                sizeof(struct envelope), &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (!read_header(tx, &((struct envelope *)found.items)[i], err))
            return false;
    return reply_page(rq, envelope_fields, sizeof(struct envelope), &found, limit);
}

static bool find_envelope(struct request *rq, struct tx *tx, struct envelope *out, struct err *err)
{
    envelope_id id;

    return request_id(rq, "id", "env", &id.n, err) && envelope_get(tx, id, out, err);
}

static bool get_envelope(struct request *rq, struct tx *tx, struct err *err)
{
    struct envelope envelope;

    return find_envelope(rq, tx, &envelope, err) && reply(rq, 200, envelope_fields, &envelope);
}

static bool get_raw(struct request *rq, struct tx *tx, struct err *err)
{
    struct envelope envelope;

    if (!find_envelope(rq, tx, &envelope, err))
        return false;
    request_was_read(rq, "audit.envelope_read", (case_id){ 0 }, request_param(rq, "id"));
    return reply_file(rq, arena_printf(rq->mem, "%s.eml", request_param(rq, "id")),
                      "application/octet-stream", envelope.raw, false);
}

/* It waits for its way, which a job goes with it. One that waits already may have lost its job. */
static bool wait_again(struct tx *tx, struct envelope *e, struct err *err)
{
    e->state = ENVELOPE_WAITING;
    e->stage = "";
    e->reason = NULL;
    return envelope_settle(tx, e->id, e->state, e->stage, e->reason, (message_id){ 0 }, err) &&
           job_ask(tx, "inbound", e->channel_id.n, err);
}

/* Of what isn't whole nothing can be understood: it only comes back from where it was put aside. */
static bool show_again(struct tx *tx, struct envelope *e, struct err *err)
{
    if (e->state != ENVELOPE_IGNORED)
        return err_set(err, ERR_CONFLICT,
                       "not all of it came in, so it can't be understood: answer it where its "
                       "reason says that it is, and put this aside");
    e->state = ENVELOPE_NOT_UNDERSTOOD;
    return envelope_settle(tx, e->id, e->state, e->stage, e->reason, e->message_id, err);
}

static bool run_again(struct request *rq, struct tx *tx, struct err *err)
{
    struct envelope envelope;

    if (!find_envelope(rq, tx, &envelope, err))
        return false;
    if (envelope.state != ENVELOPE_NOT_UNDERSTOOD && envelope.state != ENVELOPE_IGNORED &&
        envelope.state != ENVELOPE_WAITING)
        return err_set(err, ERR_CONFLICT, "it is %s: there is nothing to run again",
                       envelope_state_names[envelope.state]);
    return (envelope_is_whole(&envelope) ? wait_again(tx, &envelope, err)
                                         : show_again(tx, &envelope, err)) &&
           event_add(
               tx,
               &(struct event){ .kind = "envelope.run_again", .about = request_param(rq, "id") },
               err) &&
           reply(rq, 202, envelope_fields, &envelope);
}

/* The reason stays: run again, it is where it was. */
static bool ignore(struct request *rq, struct tx *tx, struct err *err)
{
    struct envelope envelope;

    if (!find_envelope(rq, tx, &envelope, err))
        return false;
    if (envelope.state != ENVELOPE_NOT_UNDERSTOOD)
        return err_set(err, ERR_CONFLICT, "it is %s: only what isn't understood can be put aside",
                       envelope_state_names[envelope.state]);
    envelope.state = ENVELOPE_IGNORED;
    return envelope_settle(tx, envelope.id, ENVELOPE_IGNORED, envelope.stage, envelope.reason,
                           envelope.message_id, err) &&
           event_add(
               tx, &(struct event){ .kind = "envelope.ignored", .about = request_param(rq, "id") },
               err) &&
           reply(rq, 200, envelope_fields, &envelope);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/envelopes", READ, get_envelopes, ENVELOPE_READ, QUERY(envelope_query),
          MANY(envelope), "Lists what came in and could not be understood, newest first."),
    ROUTE(GET, "/api/v1/envelopes/{id}", READ, get_envelope, ENVELOPE_READ, NOTHING, ONE(envelope),
          "Reads what became of an envelope."),
    ROUTE(GET, "/api/v1/envelopes/{id}/raw", READ, get_raw, ENVELOPE_READ, NOTHING,
          CONTENT("application/octet-stream"),
          "Downloads what came in, byte for byte; the reading is written down."),
    ROUTE(
        POST, "/api/v1/envelopes/{id}/run", WRITE, run_again, ENVELOPE_WRITE, NOTHING,
        TAKEN(envelope),
        "Tries once more to understand an envelope. What isn't whole can't be (409); put aside, it "
        "comes back."),
    ROUTE(POST, "/api/v1/envelopes/{id}/ignore", WRITE, ignore, ENVELOPE_WRITE, NOTHING,
          ONE(envelope), "Puts aside what isn't understood; run again, it comes back."),
};
const struct routes envelope_routes = ROUTES(rows);
