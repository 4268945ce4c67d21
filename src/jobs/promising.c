#include "promising.h"

#include "../domain/promises/promises.h"

static bool look(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    return promise_look(tx, (promise_id){ job->about }, err) && job_finish(tx, job, err);
}

bool job_promise(struct job_run *run, struct err *err)
{
    return store_write(run->store, &run->scope, look, &run->job, err);
}
