#include "jobs.h"

bool job_add(struct tx *tx, const char *kind, int64_t about, instant due_at, struct err *err)
{
    return job_add_to_lane(tx, kind, about, 0, due_at, err);
}

bool job_add_to_lane(struct tx *tx, const char *kind, int64_t about, int64_t lane, instant due_at,
                     struct err *err)
{
    tx_wake(tx, WAKE_JOBS);
    return db_run(tx, SQL_JOB_ADD,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_text(kind), arg_int(about),
                       arg_int(lane), arg_time(due_at), arg_time(tx->now)),
                  err);
}

bool job_ask(struct tx *tx, const char *kind, int64_t about, struct err *err)
{
    tx_wake(tx, WAKE_JOBS);
    return db_run(tx, SQL_JOB_ASK,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_text(kind), arg_int(about),
                       arg_time(tx->now)),
                  err);
}
