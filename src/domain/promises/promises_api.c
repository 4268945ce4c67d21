/* promises_api.c — promises for everybody who speaks HTTP. */
#include "promises.h"

#include "../cases/cases.h"

#include <string.h>

struct board_query {
    team_id team;
    user_id owner;
    person_id person;
    instant until;
    struct page_query page;
};

static const struct field board_query_fields[] = {
    FIELD(board_query, team, .doc = "Those that it does; everybody's when left out"),
    FIELD(board_query, owner, .doc = "His own; without team"),
    FIELD(board_query, person, .doc = "To him, over all of his cases; without team and owner"),
    FIELD(board_query, until, .doc = "Due by then; all of them when left out"),
    PAGE_FIELDS(board_query),
    { 0 },
};

static void note_risks(const struct tx *tx, const struct list *list)
{
    struct promise *promises = list->items;

    for (size_t i = 0; i < list->n; i++)
        promises[i].is_at_risk =
            promises[i].state == PROMISE_OPEN && promises[i].risk_at.ms <= tx->now.ms;
}

/* What is owed, the earliest first: broken, at risk, today, later. */
static bool get_board(struct request *rq, struct tx *tx, struct err *err)
{
    const struct board_query *query = rq->body;
    int64_t due, id, limit = page_limit(&query->page);
    int64_t until = query->until.ms > 0 ? query->until.ms : INT64_MAX;
    int64_t whose = query->team.n    ? query->team.n
                    : query->owner.n ? query->owner.n
                                     : query->person.n;
    enum sql sql = query->team.n     ? SQL_PROMISE_BOARD_OF_TEAM
                   : query->owner.n  ? SQL_PROMISE_BOARD_OF_OWNER
                   : query->person.n ? SQL_PROMISE_BOARD_OF_PERSON
                                     : SQL_PROMISE_BOARD;
    struct promise *promises;
    struct list found;

    if (query->team.n && query->owner.n)
        return err_field(err, "owner", "can't be asked for beside a team");
    if (query->person.n && (query->team.n || query->owner.n))
        return err_field(err, "person", "can't be asked for beside a team or an owner");
    if (!cursor_read(query->page.cursor, &due, &id, err))
        return false;
    struct arg values[] = { arg_organisation(tx), arg_int(due),   arg_int(id),
                            arg_int(until),       arg_int(limit), arg_int(whose) };
    if (!db_all(tx, sql, (struct args){ values, whose ? 6 : 5 }, promise_fields,
                sizeof(struct promise), &found, err))
        return false;
    promises = found.items;
    note_risks(tx, &found);
    if ((int64_t)found.n < limit)
        return reply_list(rq, promise_fields, sizeof(struct promise), &found, NULL);
    return reply_list(
        rq, promise_fields, sizeof(struct promise), &found,
        cursor_write(rq->mem, promises[found.n - 1].due_at.ms, promises[found.n - 1].id.n));
}

/* --- a day ---------------------------------------------------------------------------------- */

struct day_query {
    instant from, until;
    team_id team;
    user_id owner;
};

static const struct field day_query_fields[] = {
    FIELD(day_query, from, .flags = REQUIRED, .doc = "When the day begins, where it's looked at"),
    FIELD(day_query, until, .flags = REQUIRED, .doc = "And ends; two days later at most"),
    FIELD(day_query, team),
    FIELD(day_query, owner),
    { 0 },
};

struct promise_day {
    struct list promises; /* of struct promise */
    int64_t broken_n, at_risk_n, next_n;
};

static const struct field promise_day_fields[] = {
    FIELD(promise_day, promises, .of = promise_fields, .size = sizeof(struct promise),
          .doc = "Due on that day, whatever became of them, the earliest first"),
    FIELD(promise_day, broken_n,
          .doc = "Still owed although their moment is past, of whatever day"),
    FIELD(promise_day, at_risk_n, .doc = "At risk by now, of what is due next"),
    FIELD(promise_day, next_n, .doc = "Owed on the day after"),
    { 0 },
};

/* More than that nobody counts. */
enum { DAY_MAX = 500, COUNTED_MAX = 2000 };

static bool count_owed(struct tx *tx, const struct day_query *query, int64_t from, int64_t until,
                       int64_t *out, struct err *err)
{
    return db_number(tx, SQL_PROMISE_COUNT_OWED,
                     ARGS(arg_organisation(tx), arg_int(from), arg_int(until), arg_id(query->team),
                          arg_id(query->owner), arg_int(COUNTED_MAX)),
                     out, err);
}

static bool count(struct tx *tx, const struct day_query *query, struct promise_day *out,
                  struct err *err)
{
    return count_owed(tx, query, 0, tx->now.ms, &out->broken_n, err) &&
           count_owed(tx, query, query->until.ms, query->until.ms + DAY_MS, &out->next_n, err) &&
           db_number(tx, SQL_PROMISE_COUNT_AT_RISK,
                     ARGS(arg_organisation(tx), arg_time(tx->now), arg_id(query->team),
                          arg_id(query->owner), arg_int(COUNTED_MAX)),
                     &out->at_risk_n, err);
}

/* What the line at the top of the desk shows. */
static bool get_day(struct request *rq, struct tx *tx, struct err *err)
{
    const struct day_query *query = rq->body;
    struct promise_day day = { 0 };

    if (query->until.ms <= query->from.ms || query->until.ms - query->from.ms > 2 * DAY_MS)
        return err_field(err, "until", "must be at most two days behind from");
    if (!db_all(tx, SQL_PROMISE_DAY,
                ARGS(arg_organisation(tx), arg_time(query->from), arg_time(query->until),
                     arg_id(query->team), arg_id(query->owner), arg_int(DAY_MAX)),
                promise_fields, sizeof(struct promise), &day.promises, err) ||
        !count(tx, query, &day, err))
        return false;
    note_risks(tx, &day.promises);
    return reply(rq, 200, promise_day_fields, &day);
}

static bool get_of_case(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;
    struct list found;

    if (!case_of_request(rq, tx, &c, err) || !promise_list_of_case(tx, c.id, &found, err))
        return false;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply_list(rq, promise_fields, sizeof(struct promise), &found, NULL);
}

static bool post(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;
    struct promise made;

    return case_of_request(rq, tx, &c, err) && promise_add(tx, c.id, rq->body, &made, err) &&
           reply_versioned(rq, 201, made.version, promise_fields, &made);
}

static bool find(struct request *rq, struct tx *tx, struct promise *out, struct err *err)
{
    promise_id id;

    return request_id(rq, "id", "prm", &id.n, err) && promise_get(tx, id, out, err);
}

static bool get(struct request *rq, struct tx *tx, struct err *err)
{
    struct promise promise;

    return find(rq, tx, &promise, err) &&
           reply_versioned(rq, 200, promise.version, promise_fields, &promise);
}

/* The one that the path names, as the caller saw it. */
static bool find_seen(struct request *rq, struct tx *tx, struct promise *out, struct err *err)
{
    int64_t version;

    if (!find(rq, tx, out, err) || !request_version(rq, out->version, &version, err))
        return false;
    return out->version == version ||
           err_set(err, ERR_CHANGED, "somebody changed this promise a moment ago");
}

static bool answer(struct request *rq, const struct promise *promise)
{
    return reply_versioned(rq, 200, promise->version, promise_fields, promise);
}

struct keeping {
    message_id message_id;
};

static const struct field keeping_fields[] = {
    FIELD(keeping, message_id,
          .doc = "The message that shows it; a colleague's word when left out"),
    { 0 },
};

static bool keep(struct request *rq, struct tx *tx, struct err *err)
{
    const struct keeping *keeping = rq->body;
    bool by_message = keeping->message_id.n != 0;
    struct promise promise;
    int64_t known = 1;

    if (!find_seen(rq, tx, &promise, err) ||
        (by_message &&
         !db_number(tx, SQL_PROMISE_MESSAGE_KNOWN,
                    ARGS(arg_organisation(tx), arg_id(keeping->message_id)), &known, err)))
        return false;
    if (known == 0)
        return err_field(err, "message_id", "isn't known here");
    return promise_keep(tx, &promise, by_message ? "message" : "hand", keeping->message_id, err) &&
           answer(rq, &promise);
}

struct withdrawing {
    const char *reason;
};

static const struct field withdrawing_fields[] = {
    FIELD(withdrawing, reason, .flags = REQUIRED, .min = 1, .max = PROMISE_REASON_MAX),
    { 0 },
};

static bool withdraw(struct request *rq, struct tx *tx, struct err *err)
{
    const struct withdrawing *withdrawing = rq->body;
    struct promise promise;

    return find_seen(rq, tx, &promise, err) &&
           promise_withdraw(tx, &promise, withdrawing->reason, err) && answer(rq, &promise);
}

static bool move(struct request *rq, struct tx *tx, struct err *err)
{
    struct promise promise, made;

    return find_seen(rq, tx, &promise, err) && promise_move(tx, &promise, rq->body, &made, err) &&
           reply_versioned(rq, 201, made.version, promise_fields, &made);
}

static bool reopen(struct request *rq, struct tx *tx, struct err *err)
{
    struct promise promise;

    return find_seen(rq, tx, &promise, err) && promise_reopen(tx, &promise, err) &&
           answer(rq, &promise);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/promises", READ, get_board, CASE_READ, QUERY(board_query), MANY(promise),
          "Lists the promises that are owed, the earliest moment first: broken ones lead."),
    ROUTE(GET, "/api/v1/promises/day", READ, get_day, CASE_READ, QUERY(day_query), ONE(promise_day),
          "Reads what was promised for a day, and counts what is broken, at risk, and next."),
    ROUTE(GET, "/api/v1/promises/{id}", READ, get, CASE_READ, NOTHING, ONE(promise),
          "Reads a promise."),
    ROUTE(GET, "/api/v1/cases/{id}/promises", READ, get_of_case, CASE_READ, NOTHING, MANY(promise),
          "Lists the promises of a case, also what became of them, oldest first."),
    ROUTE(POST, "/api/v1/cases/{id}/promises", WRITE, post, CASE_WRITE, BODY(promise_draft),
          MADE(promise), "Writes down what was promised to the customer of a case."),
    ROUTE(POST, "/api/v1/promises/{id}/keep", WRITE, keep, CASE_WRITE, BODY(keeping), ONE(promise),
          "Says that a promise was kept.", .is_versioned = true),
    ROUTE(POST, "/api/v1/promises/{id}/move", WRITE, move, CASE_WRITE, BODY(promise_move),
          MADE(promise), "Moves a promise to another moment: the answer is the new one.",
          .is_versioned = true),
    ROUTE(POST, "/api/v1/promises/{id}/withdraw", WRITE, withdraw, CASE_WRITE, BODY(withdrawing),
          ONE(promise), "Withdraws a promise, with a reason.", .is_versioned = true),
    ROUTE(POST, "/api/v1/promises/{id}/reopen", WRITE, reopen, CASE_WRITE, NOTHING, ONE(promise),
          "Takes back that a promise was kept or withdrawn: it is owed again.",
          .is_versioned = true),
};
const struct routes promise_routes = ROUTES(rows);
