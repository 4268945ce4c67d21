#include "jobs.h"

bool job_add(struct tx *tx, const char *kind, int64_t about, instant due_at, struct err *err)
{
    tx_wake(tx, WAKE_JOBS);
    return db_run(tx, SQL_JOB_ADD,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_text(kind), arg_int(about),
                       arg_time(due_at), arg_time(tx->now)),
                  err);
}
