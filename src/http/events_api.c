#include "events_api.h"

#include "../base/text.h"
#include "../store/events.h"

#include <string.h>

struct events_query {
    int64_t after;
    bool presence;
};

static const struct field events_query_fields[] = {
    FIELD(events_query, after,
          .doc = "the position behind which to begin; without it, and without Last-Event-ID, only "
                 "what is new comes"),
    FIELD(events_query, presence,
          .doc = "also say when somebody opens or leaves a case or types: an event `presence` "
                 "without id, after which GET /api/v1/presence says who is there"),
    { 0 },
};

/* GET /api/v1/events */
static bool get_events(struct request *rq, struct tx *tx, struct err *err)
{
    const struct events_query *query = rq->body;
    const char *last = request_header(rq, "Last-Event-ID");
    int64_t newest, after;

    if (!events_position(tx, &newest, err))
        return false;
    after = request_named(rq, "after") ? query->after : newest;
    /* A browser that comes back sends both: the same address again, and how far it came. */
    if (last && *last && (!int_read(last, strlen(last), &after) || after < 0))
        return err_set(err, ERR_MALFORMED, "Last-Event-ID isn't the id of an event");
    return reply_stream(rq, after, newest, query->presence);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/events", STREAM, get_events, CASE_READ, QUERY(events_query), ONE(event),
          "Streams the events of the organisation as they happen, or again from a position on."),
};
const struct routes event_routes = ROUTES(rows);
