#include "promising.h"

#include "../domain/promises/promises.h"

static bool look(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    if (promise_look(tx, (promise_id){ job->about }, err))
        return job_finish(tx, job, err);
    /* Somebody settled it at the same moment: look again, and give nothing up. */
    return err->code == ERR_CHANGED ? err_set(err, ERR_BUSY, "it was changed just now") : false;
}

bool job_promise(struct job_run *run, struct err *err)
{
    return store_write(run->store, &run->scope, look, &run->job, err);
}
