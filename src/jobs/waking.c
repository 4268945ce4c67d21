/* waking.c — brings a case back. Who put it away for another moment, or woke it before, left a job
 * behind that finds nothing to do.
 */
#include "waking.h"

#include "../domain/cases/cases.h"

static bool wake(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    return case_wake(tx, (case_id){ job->about }, err) && job_finish(tx, job, err);
}

bool job_wake(struct job_run *run, struct err *err)
{
    return store_write(run->store, &run->scope, wake, &run->job, err);
}
