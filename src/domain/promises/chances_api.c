/* chances_api.c — is it feasible? */
#include "chances.h"

#include "../calendars/calendars.h"
#include "promises.h"

struct chance_query {
    team_id team;
    unsigned kind;
    instant due;
    promise_id promise;
};

static const struct field chance_query_fields[] = {
    FIELD(chance_query, team, .doc = "Who is to do it; those without a team when left out"),
    FIELD(chance_query, kind, .names = promise_kind_names),
    FIELD(chance_query, due, .doc = "By when; the promise's own when left out"),
    FIELD(chance_query, promise,
          .doc = "One that is owed: its team and kind count, and how long it has lasted"),
    { 0 },
};

/* What is asked about one that is owed. */
static bool about(struct tx *tx, const struct chance_query *query, struct chance_of *of,
                  struct err *err)
{
    struct promise promise;

    if (!promise_get(tx, query->promise, &promise, err))
        return false;
    *of = (struct chance_of){
        .team = promise.team_id,
        .kind = promise.kind,
        .begun_at = promise.begun_at,
        .due_at = query->due.ms > 0 ? query->due : promise.due_at,
    };
    return promise.is_owed || err_field(err, "promise", "is settled: nothing is owed any more");
}

static bool get_chance(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chance_query *query = rq->body;
    struct chance_of of = { query->team, query->kind, tx->now, query->due, true, NULL };
    struct promise_chance found;
    struct calendar hours;

    if (query->promise.n ? !about(tx, query, &of, err)
                         : !promise_moment_check(tx, "due", query->due, err))
        return false;
    if (!calendar_of_team(tx, of.team, &hours, NULL, err))
        return false;
    of.hours = &hours;
    return promise_chance_find(tx, &of, &found, err) &&
           reply(rq, 200, promise_chance_fields, &found);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/promises/chance", READ, get_chance, CASE_READ, QUERY(chance_query),
          ONE(promise_chance),
          "Says how likely something is done by a moment, and by when nine in ten are."),
};
const struct routes chance_routes = ROUTES(rows);
