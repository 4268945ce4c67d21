/* asked.c — how long it takes to say how likely a promise is kept.
 *
 * usage: bench_asked DATA PROMISES ROUNDS
 *
 * Writes so many promises of a year, by four teams and of three kinds, half of them owed, and asks
 * in turns for each team and kind. Prints `p50_ms` and `p99_ms` of a question, in its transaction.
 */
#include "database.h"

#include "../src/domain/calendars/calendars.h"
#include "../src/domain/promises/chances.h"
#include "../src/domain/promises/promises.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS_MAX = 1000, TEAMS = 4, KINDS = 3 };

static const char fill[] =
    "INSERT INTO promises (organisation_id, id, case_id, person_id, kind, words, is_firm, "
    "starts_at, due_at, risk_at, state, is_owed, team_id, settled_at, actor_kind, actor_id, "
    "created_at, begun_at, load, chance, version) "
    "WITH RECURSIVE numbers (i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $3) "
    "SELECT $1, i, i, i, CASE i % 3 WHEN 0 THEN 'reply' WHEN 1 THEN 'callback' ELSE 'visit' END, "
    "'We bellen u.', FALSE, 0, $2 + i * 60000, $2 + i * 30000, "
    "CASE i % 2 WHEN 0 THEN 'kept' ELSE 'open' END, i % 2 = 1, 1 + i / 7 % 4, "
    "CASE i % 2 WHEN 0 THEN $2 - i * 300000 + i * 7919 % 400000000 ELSE 0 END, "
    "'user', 1, $2 - i * 300000, $2 - i * 300000, 1 + i % 40, 0, 1 FROM numbers";

struct question {
    int64_t promises;
    struct chance_of of;
};

static bool add_promises(struct tx *tx, void *arg, struct err *err)
{
    return db_run(
        tx, sql_composed(fill),
        ARGS(arg_organisation(tx), arg_time(tx->now), arg_int(((struct question *)arg)->promises)),
        err);
}

static bool find_out(struct tx *tx, void *arg, struct err *err)
{
    struct chance_of *of = &((struct question *)arg)->of;
    struct promise_chance found;
    struct calendar hours;

    of->begun_at = tx->now;
    of->due_at = instant_plus(tx->now, 2 * DAY_MS);
    of->is_new = true;
    of->hours = &hours;
    return calendar_of_team(tx, of->team, &hours, NULL, err) &&
           promise_chance_find(tx, of, &found, err) &&
           (found.is_known || err_set(err, ERR_INTERNAL, "there is no chance"));
}

static int by_size(const void *a, const void *b)
{
    return *(const int64_t *)a < *(const int64_t *)b ? -1
                                                     : *(const int64_t *)a > *(const int64_t *)b;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("asked");
    int64_t rounds = argc == 4 ? number_of(argv[3]) : 0, took[ROUNDS_MAX];
    struct question question = { .promises = argc == 4 ? number_of(argv[2]) : 0 };
    struct scope scope = { .mem = mem };
    struct store *store;
    struct err err;

    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fputs("usage: bench_asked DATA PROMISES ROUNDS\n", stderr);
        return 2;
    }
    err_clear(&err);
    store = database_open(argv[1], "-", true);
    scope.organisation = database_organisation(store);
    if (!store_write(store, &scope, add_promises, &question, &err))
        give_up("writing promises", &err);
    for (int64_t i = 0; i < rounds; i++) {
        int64_t began = clock_monotonic_us();
        question.of.team.n = 1 + i % TEAMS;
        question.of.kind =
            (unsigned)(i / TEAMS % KINDS) == 2 ? PROMISE_VISIT : (unsigned)(i / TEAMS % KINDS);
        if (!store_read(store, &scope, find_out, &question, &err))
            give_up("asking", &err);
        took[i] = clock_monotonic_us() - began;
        arena_reset(mem);
    }
    qsort(took, (size_t)rounds, sizeof(took[0]), by_size);
    printf("p50_ms %.3f\np99_ms %.3f\n", (double)took[rounds / 2] / 1e3,
           (double)took[rounds * 99 / 100] / 1e3);
    store_close(store);
    return 0;
}
