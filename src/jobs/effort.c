#include "effort.h"

#include "../domain/journeys/efforts.h"

/* Who opened it again since will write it down at its next end. */
static bool write_down(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;
    struct journey journey;
    struct casefile c;

    if (!case_get(tx, (case_id){ job->about }, &c, err))
        return false;
    if (c.status == CASE_DONE && c.id.n == job->about &&
        (!journey_get(tx, &c, FIRST_CONTACT_DAYS, &journey, err) ||
         !effort_put(tx, &c, &journey, err)))
        return false;
    return job_finish(tx, job, err);
}

bool job_effort(struct job_run *run, struct err *err)
{
    return store_write(run->store, &run->scope, write_down, &run->job, err);
}
