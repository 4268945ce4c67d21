#include "due_task.h"

#include "../domain/tasks/tasks.h"

static bool look(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    if (task_look(tx, (task_id){ job->about }, err))
        return job_finish(tx, job, err);
    /* Somebody changed it at the same moment: look again, and give nothing up. */
    return err->code == ERR_CHANGED ? err_set(err, ERR_BUSY, "it was changed just now") : false;
}

bool job_task(struct job_run *run, struct err *err)
{
    return store_write(run->store, &run->scope, look, &run->job, err);
}
