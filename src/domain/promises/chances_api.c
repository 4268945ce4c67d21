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

/* --- calibration ---------------------------------------------------------------------------- */

static const struct field calibration_bin_fields[] = {
    FIELD(calibration_bin, n),
    FIELD(calibration_bin, said, .doc = "The mean of what was said"),
    FIELD(calibration_bin, happened, .doc = "The part that was kept"),
    { 0 },
};

struct calibration_answer {
    instant from;
    int64_t n;
    double brier, base_rate, base_brier, skill, error;
    struct list bins; /* of struct calibration_bin */
};

static const struct field calibration_answer_fields[] = {
    FIELD(calibration_answer, from, .doc = "The moment of the oldest that counts"),
    FIELD(calibration_answer, n,
          .doc =
              "Promises whose moment has come and of which something was said: the newest 2,000"),
    FIELD(calibration_answer, brier, .doc = "The mean square of what was said less what came"),
    FIELD(calibration_answer, base_rate, .doc = "The part that was kept by its moment"),
    FIELD(calibration_answer, base_brier, .doc = "The score of who always says that"),
    FIELD(calibration_answer, skill, .doc = "1 - brier / base_brier: above 0 it says something"),
    FIELD(calibration_answer, error, .doc = "How far said and happened are apart, on average"),
    FIELD(calibration_answer, bins, .of = calibration_bin_fields,
          .size = sizeof(struct calibration_bin), .doc = "By tenths of what was said"),
    { 0 },
};

static bool get_calibration(struct request *rq, struct tx *tx, struct err *err)
{
    struct calibration found;
    struct calibration_answer answer;

    if (!promise_calibrate(tx, &found, &answer.from, err))
        return false;
    answer = (struct calibration_answer){
        answer.from,      found.n,     found.brier, found.base_rate,
        found.base_brier, found.skill, found.error, { found.bins, CALIBRATION_BINS }
    };
    return reply(rq, 200, calibration_answer_fields, &answer);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/promises/chance", READ, get_chance, CASE_READ, QUERY(chance_query),
          ONE(promise_chance),
          "Says how likely something is done by a moment, and by when nine in ten are."),
    ROUTE(GET, "/api/v1/promises/calibration", READ, get_calibration, CASE_READ, NOTHING,
          ONE(calibration_answer),
          "Holds the chances that were said when promises were made against what came."),
};
const struct routes chance_routes = ROUTES(rows);
