#include "housekeeping.h"

#include "../domain/cases/titles.h"
#include "../domain/files/sweep.h"
#include "../domain/visitors/visitors.h"
#include "../store/blobs.h"
#include "../store/jobs.h"
#include "reconcile.h"

static const int64_t IDEMPOTENCY_MS = 24 * HOUR_MS; /* how long a POST may be repeated */
static const int64_t DROPPED_MS = DAY_MS;           /* how long a dropped job can be taken back */

enum { SWEEP_BATCH = 500 }; /* as idempotency_sweep deletes, or a few more */

static bool sweep_answers(struct tx *tx, void *changed, struct err *err)
{
    return db_change(tx, SQL_IDEMPOTENCY_SWEEP,
                     ARGS(arg_time(instant_plus(tx->now, -IDEMPOTENCY_MS))), changed, err);
}

static bool sweep_all_answers(struct job_run *run, struct err *err)
{
    int64_t changed = SWEEP_BATCH;

    while (changed >= SWEEP_BATCH)
        if (!store_write(run->store, &run->scope, sweep_answers, &changed, err))
            return false;
    return true;
}

static bool sweep_silent(struct tx *tx, void *swept, struct err *err)
{
    return visitors_sweep(tx, swept, err);
}

static bool sweep_all_silent(struct job_run *run, struct err *err)
{
    int64_t swept = SWEEP_BATCH;

    while (swept >= SWEEP_BATCH)
        if (!store_write(run->store, &run->scope, sweep_silent, &swept, err))
            return false;
    return true;
}

static bool sweep_dropped(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_run(tx, SQL_JOB_SWEEP_DROPPED, ARGS(arg_time(instant_plus(tx->now, -DROPPED_MS))),
                  err);
}

static bool come_again(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    return job_finish(tx, job, err) &&
           job_add(tx, "housekeeping", 0, instant_plus(tx->now, HOUR_MS), err);
}

bool job_housekeeping(struct job_run *run, struct err *err)
{
    int64_t hour = clock_now().ms / HOUR_MS;
    struct swept swept;

    /* In a day, each part of the blobs comes once. */
    return files_sweep(run->store, &swept, err) && blobs_sweep(run->store, hour, err) &&
           sweep_all_answers(run, err) && sweep_all_silent(run, err) &&
           store_write(run->store, &run->scope, sweep_dropped, NULL, err) &&
           case_titles_catch_up(run->store, err) && reconcile_when_due(run, err) &&
           store_write(run->store, &run->scope, come_again, &run->job, err);
}

static bool schedule(struct tx *tx, void *arg, struct err *err)
{
    int64_t n;

    (void)arg;
    return db_number(tx, SQL_JOB_SCHEDULED, ARGS(arg_text("housekeeping")), &n, err) &&
           (n > 0 || job_add(tx, "housekeeping", 0, tx->now, err));
}

bool housekeeping_schedule(struct store *store, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("housekeeping");
    struct scope scope = { .mem = mem };

    return store_write(store, &scope, schedule, NULL, err);
}
