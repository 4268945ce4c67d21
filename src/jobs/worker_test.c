#include "worker.h"

#include "../store/leases.h"
#include "housekeeping.h"
#include "test.h"
#include "world.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* The jobs here are about envelopes that don't exist: a run gives them up at once. */

enum { MANY = 300, PATIENCE_MS = 30000 };

static const char elsewhere[] = "elsewhere/1/2/x"; /* a process of another machine */

struct adding {
    int64_t n, lane;
    const char *taker; /* NULL: nobody */
    int64_t taken_until;
    job_id last;
};

static bool add_jobs(struct tx *tx, void *arg, struct err *err)
{
    struct adding *adding = arg;

    for (int64_t i = 1; i <= adding->n; i++) {
        adding->last.n = id_new();
        if (!db_run(tx,
                    sql_composed("INSERT INTO jobs (organisation_id, id, kind, about, due_at, "
                                 "created_at, taker, taken_until, lane) "
                                 "VALUES ($1, $2, 'inbound', 1, $3, $3, $4, $5, $6)"),
                    ARGS(arg_organisation(tx), arg_id(adding->last), arg_time(tx->now),
                         arg_text(adding->taker ? adding->taker : ""), arg_int(adding->taken_until),
                         arg_int(adding->lane)),
                    err))
            return false;
    }
    tx_wake(tx, WAKE_JOBS);
    return true;
}

static bool count_given_up(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx,
                     sql_composed("SELECT count(*) FROM jobs "
                                  "WHERE organisation_id = $1 AND given_up_at > 0"),
                     ARGS(arg_organisation(tx)), n, err);
}

static bool count_tries(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx,
                     sql_composed("SELECT CAST(sum(tries) AS BIGINT) FROM jobs "
                                  "WHERE organisation_id = $1 AND kind = 'inbound'"),
                     ARGS(arg_organisation(tx)), n, err);
}

static int64_t number(struct world *w, store_fn *fn)
{
    int64_t n = -1;

    return world_read(w, fn, &n) ? n : -1;
}

static bool wait_for_given_up(struct world *w, int64_t n)
{
    int64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (number(w, count_given_up) < n && clock_monotonic_ms() < end)
        nanosleep(&(struct timespec){ .tv_nsec = 5 * 1000 * 1000 }, NULL);
    return number(w, count_given_up) == n;
}

/* Freed when the store is closed: until then it may be woken. */
struct workers {
    struct world *w;
    struct worker *of_node[2];
};

static void end(struct workers *workers)
{
    for (size_t i = 0; i < COUNT(workers->of_node); i++)
        worker_stop(workers->of_node[i]);
    store_closep(&workers->w->store);
    for (size_t i = 0; i < COUNT(workers->of_node); i++)
        worker_free(workers->of_node[i]);
}

static bool start(struct workers *workers, int node)
{
    return worker_start(workers->w->store, 3, &workers->of_node[node], &workers->w->err);
}

/* What both nodes have counted; each run here fails. */
static int64_t count_runs(const struct workers *workers)
{
    int64_t n = 0;

    for (size_t type = 0; type <= job_types_n; type++)
        for (size_t i = 0; i < COUNT(workers->of_node); i++) {
            struct job_counts counts = worker_counts(workers->of_node[i], type);
            if (counts.failures == counts.runs)
                n += counts.runs;
        }
    return n;
}

TEST(each_job_is_run_once_though_two_nodes_take_them)
{
    WORLD(w);
    CLEANUP(end) struct workers workers = { .w = &w };

    CHECK_OK(start(&workers, 0) && start(&workers, 1), &w.err);
    CHECK_OK(world_write(&w, add_jobs, &(struct adding){ .n = MANY }), &w.err);
    CHECK(wait_for_given_up(&w, MANY));
    CHECK(number(&w, count_tries) == MANY);
    CHECK(count_runs(&workers) == MANY);
}

/* Far more than are taken at a time: with a pause after each of these it would outlast our
 * patience.
 */
TEST(what_waits_for_a_full_lane_is_taken_as_soon_as_that_has_room)
{
    enum { FAR_MORE = 40 * 16 };
    WORLD(w);
    CLEANUP(end) struct workers workers = { .w = &w };

    CHECK_OK(start(&workers, 0), &w.err);
    CHECK_OK(world_write(&w, add_jobs, &(struct adding){ .n = FAR_MORE, .lane = 7 }), &w.err);
    CHECK(wait_for_given_up(&w, FAR_MORE));
}

TEST(what_a_node_took_that_vanished_is_run_when_its_lease_has_run_out)
{
    WORLD(w);
    CLEANUP(end) struct workers workers = { .w = &w };
    struct adding vanished = { .n = 5, .taker = elsewhere, .taken_until = clock_now().ms - 1 };

    /* Behind the first job, so that nothing but these is due. */
    CHECK_OK(start(&workers, 0), &w.err);
    CHECK_OK(world_write(&w, add_jobs, &(struct adding){ .n = 1 }), &w.err);
    CHECK(wait_for_given_up(&w, 1));
    CHECK_OK(world_write(&w, add_jobs, &vanished), &w.err);
    CHECK(wait_for_given_up(&w, 6));
}

/* The name of a process of this machine that has ended: our number, but another begin. */
static const char *ended(struct arena *mem)
{
    const char *own = lease_holder_new(mem);

    return arena_printf(mem, "%.*s/%d/1/x", (int)strcspn(own, "/"), own, (int)getpid());
}

TEST(what_a_process_of_this_machine_took_before_it_died_is_run_again_at_once)
{
    WORLD(w);
    CLEANUP(end) struct workers workers = { .w = &w };
    struct adding before = { .n = 5,
                             .taker = ended(w.mem),
                             .taken_until = clock_now().ms + HOUR_MS };

    CHECK_OK(world_write(&w, add_jobs, &before), &w.err);
    CHECK_OK(start(&workers, 1), &w.err);
    CHECK(wait_for_given_up(&w, 5));
}

TEST(what_another_node_is_doing_is_left_alone)
{
    WORLD(w);
    CLEANUP(end) struct workers workers = { .w = &w };
    struct adding theirs = { .n = 5, .taker = elsewhere, .taken_until = clock_now().ms + HOUR_MS };

    CHECK_OK(world_write(&w, add_jobs, &theirs), &w.err);
    CHECK_OK(start(&workers, 0), &w.err);
    CHECK_OK(world_write(&w, add_jobs, &(struct adding){ .n = 40 }), &w.err);
    CHECK(wait_for_given_up(&w, 40));
    CHECK(number(&w, count_tries) == 40);
}

TEST(jobs_that_a_clock_a_day_ahead_took_are_run_when_nobody_renews_them)
{
    WORLD(w);
    CLEANUP(end) struct workers workers = { .w = &w };
    CLEANUP(lease_watch_free)
    struct lease_watch others = { .list = SQL_JOB_TAKERS, .end = SQL_JOB_RELEASE };
    struct adding theirs = { .n = 5, .taker = elsewhere, .taken_until = clock_now().ms + DAY_MS };

    CHECK_OK(world_write(&w, add_jobs, &theirs) && start(&workers, 0), &w.err);
    CHECK_OK(lease_end_still(w.store, &others, "us", w.mem, 0, &w.err), &w.err);
    CHECK_OK(lease_end_still(w.store, &others, "us", w.mem, LEASE_STILL_MS - 1, &w.err), &w.err);
    CHECK(number(&w, count_tries) == 0);
    CHECK_OK(lease_end_still(w.store, &others, "us", w.mem, LEASE_STILL_MS, &w.err), &w.err);
    CHECK(wait_for_given_up(&w, 5));
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    return job_finish(tx, arg, err);
}

static bool is_ours(struct tx *tx, void *arg, struct err *err)
{
    bool out = false;

    return job_is_ours(tx, arg, &out, err) && (out || err_set(err, ERR_CONFLICT, "not ours"));
}

TEST(a_job_is_finished_only_by_who_has_it)
{
    WORLD(w);
    struct adding theirs = { .n = 1, .taker = elsewhere, .taken_until = clock_now().ms - 1 };
    struct job job = { .organisation_id = w.scope.organisation, .taker = "us" };

    CHECK_OK(world_write(&w, add_jobs, &theirs), &w.err);
    job.id = theirs.last;
    CHECK(!world_read(&w, is_ours, &job) && w.err.code == ERR_CONFLICT);
    CHECK(!world_write(&w, finish, &job) && w.err.code == ERR_BUSY);
    job.taker = elsewhere;
    CHECK_OK(world_read(&w, is_ours, &job) && world_write(&w, finish, &job), &w.err);
    CHECK(!world_write(&w, finish, &job) && w.err.code == ERR_BUSY);
}

/* --- housekeeping ---------------------------------------------------------------------------- */

enum { OLD_ANSWERS = 1200, NEW_ANSWERS = 3, A_FEW = 500 };

static bool add_answers(struct tx *tx, void *unused, struct err *err)
{
    (void)unused;
    for (int64_t i = 0; i < OLD_ANSWERS + NEW_ANSWERS; i++) {
        instant at = i < OLD_ANSWERS ? instant_plus(tx->now, -DAY_MS - i) : tx->now;
        if (!db_run(tx, SQL_IDEMPOTENCY_ADD,
                    ARGS(arg_organisation(tx), arg_int(1),
                         arg_text(arena_printf(tx->mem, "k%lld", (long long)i)),
                         arg_bytes((struct bytes){ (const uint8_t *)"", 0 }), arg_int(200),
                         arg_bytes((struct bytes){ (const uint8_t *)"", 0 }), arg_time(at),
                         arg_text("")),
                    err))
            return false;
    }
    return true;
}

static bool count_answers(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx,
                     sql_composed("SELECT count(*) FROM idempotency WHERE organisation_id = $1"),
                     ARGS(arg_organisation(tx)), n, err);
}

static bool sweep_once(struct tx *tx, void *n, struct err *err)
{
    return db_change(tx, SQL_IDEMPOTENCY_SWEEP, ARGS(arg_time(instant_plus(tx->now, -DAY_MS))), n,
                     err);
}

TEST(old_answers_are_swept_a_few_at_a_time_until_none_is_left)
{
    WORLD(w);
    struct job_run run = { .store = w.store, .mem = w.mem, .scope = { .mem = w.mem } };
    struct adding ours = { .n = 1, .taker = "us", .taken_until = clock_now().ms + HOUR_MS };
    int64_t n;

    CHECK_OK(world_write(&w, add_jobs, &ours), &w.err);
    run.job =
        (struct job){ .id = ours.last, .organisation_id = w.scope.organisation, .taker = "us" };
    CHECK_OK(world_write(&w, add_answers, NULL), &w.err);
    CHECK_OK(world_write(&w, sweep_once, &n), &w.err);
    CHECK(n == A_FEW);
    CHECK_OK(job_housekeeping(&run, &w.err), &w.err);
    CHECK(number(&w, count_answers) == NEW_ANSWERS);
}
