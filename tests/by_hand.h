/* by_hand.h — for tests that do the work of a worker themselves, job by job. */
#pragma once

#include "../src/base/text.h"
#include "../src/jobs/job.h"
#include "world.h"

static inline bool take_row(struct tx *tx, void *out, struct err *err)
{
    struct list jobs;

    if (!db_all(tx, SQL_JOB_TAKE,
                ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, 1)), arg_int(1),
                     arg_text("test"), arg_int(-1), arg_int(-1), arg_int(-1), arg_int(-1)),
                job_fields, sizeof(struct job), &jobs, err))
        return false;
    *(struct job *)out = jobs.n > 0 ? *(struct job *)jobs.items : (struct job){ 0 };
    ((struct job *)out)->taker = "test";
    return true;
}

/* Takes the first job that is due, as a worker would; its id is none when there is no such. */
static inline bool take_job(struct world *w, struct job_run *out)
{
    *out = (struct job_run){ .store = w->store, .mem = w->mem, .scope = w->scope };
    return world_write(w, take_row, &out->job);
}

/* Takes all jobs that are due, and runs those of a kind; false when one of them fails. */
static inline bool run_jobs(struct world *w, const char *kind, job_fn *run)
{
    struct job_run job;

    for (;;) {
        if (!take_job(w, &job))
            return false;
        if (job.job.id.n == 0)
            return true;
        if (text_equal(job.job.kind, kind) && !run(&job, &w->err))
            return false;
    }
}
