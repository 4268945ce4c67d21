/* promises DATA PROMISES — so many open promises in a tenth as many cases, over the coming 60 days.
 *
 * Prints a figure a line: sweep_ms, how long it takes to find and take what is due of all their
 * moments, the median of the looks of an hour, a minute apart, and the longest; and due, how many
 * there were in all.
 */
#include "database.h"

#include "../src/domain/cases/cases.h"
#include "../src/domain/people/people.h"
#include "../src/domain/promises/promises.h"
#include "../src/jobs/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BATCH = 500, OF_A_CASE = 10, DAYS = 60, LOOKS = 60, TAKEN_MAX = 100 };

struct making {
    struct ids teams, users;
    int64_t at, n;
    person_id person;
    case_id place;
    instant now;
};

static bool read_owners(struct tx *tx, void *arg, struct err *err)
{
    struct making *m = arg;

    return database_ids(tx, "SELECT id FROM teams WHERE organisation_id = $1", &m->teams, err) &&
           database_ids(tx, "SELECT id FROM users WHERE organisation_id = $1", &m->users, err);
}

static bool add_case(struct tx *tx, struct making *m, struct err *err)
{
    const char *login = arena_printf(tx->mem, "klant%lld", (long long)m->at);
    struct casefile c = { .title = "Lekkage", .channel_id = { 1 } };
    bool is_new;

    if (!person_by_address(tx, IDENTITY_LOGIN, login, "Een Klant", BY_MESSAGE, &m->person, &is_new,
                           err))
        return false;
    c.person_id = m->person;
    if (!case_open(tx, &c, err))
        return false;
    m->place = c.id;
    return true;
}

/* Spread evenly; who does them in turns. */
static bool add_promise(struct tx *tx, struct making *m, struct err *err)
{
    struct promise_draft draft = {
        .kind = PROMISE_CALLBACK,
        .words = "We bellen u morgen voor 12.00 uur terug.",
        .due_at = instant_plus(m->now, HOUR_MS + m->at * (DAYS * DAY_MS / m->n)),
    };
    struct promise made;

    draft.owner_id.n = m->users.v[(size_t)m->at % m->users.n];
    if (m->teams.n > 0)
        draft.team_id.n = m->teams.v[(size_t)m->at % m->teams.n];
    return promise_add(tx, m->place, &draft, &made, err);
}

static bool add_batch(struct tx *tx, void *arg, struct err *err)
{
    struct making *m = arg;

    for (int i = 0; i < BATCH && m->at < m->n; i++, m->at++)
        if ((m->at % OF_A_CASE == 0 && !add_case(tx, m, err)) || !add_promise(tx, m, err))
            return false;
    return true;
}

/* --- the sweep -------------------------------------------------------------------------------- */

struct sweep {
    size_t n;
};

static bool take(struct tx *tx, void *arg, struct err *err)
{
    struct sweep *sweep = arg;
    struct list jobs;

    if (!db_all(tx, SQL_JOB_TAKE,
                ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, DAY_MS)), arg_int(TAKEN_MAX),
                     arg_text("bench"), arg_int(-1), arg_int(-1), arg_int(-1), arg_int(-1)),
                job_fields, sizeof(struct job), &jobs, err))
        return false;
    sweep->n += jobs.n;
    return true;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void sweep(struct store *store, struct scope *scope, instant from)
{
    double took[LOOKS];
    struct sweep found = { 0 };
    struct err err = { 0 };

    for (int i = 0; i < LOOKS; i++) {
        double began;

        clock_fake(instant_plus(from, i * MINUTE_MS));
        began = now_ms();
        if (!store_write(store, scope, take, &found, &err))
            give_up("the sweep", &err);
        took[i] = now_ms() - began;
        arena_reset(scope->mem);
    }
    clock_fake((instant){ 0 });
    qsort(took, LOOKS, sizeof(took[0]), by_size);
    printf("sweep_ms %.3f\nsweep_longest_ms %.3f\ndue %zu\n", took[LOOKS / 2], took[LOOKS - 1],
           found.n);
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("promises");
    struct making m = { .n = argc == 3 ? number_of(argv[2]) : 0, .now = clock_now() };
    struct scope scope = { .mem = mem };
    struct err err = { 0 };
    struct store *store;

    if (m.n < 1) {
        fputs("usage: promises DATA PROMISES\n", stderr);
        return 2;
    }
    store = database_open(argv[1], "-", true);
    scope.organisation = database_organisation(store);
    if (!store_read(store, &scope, read_owners, &m, &err))
        give_up("teams and users", &err);
    while (m.at < m.n) {
        if (!store_write(store, &scope, add_batch, &m, &err))
            give_up("promises", &err);
    }
    sweep(store, &scope, instant_plus(m.now, HOUR_MS / 2)); /* when the first are at risk */
    store_close(store);
    return 0;
}
