/* jobs_api.c — the graveyard: jobs that were given up, to be seen and run again. */
#include "jobs_api.h"

#include "job.h"

static bool get_jobs(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t before, limit;
    struct list jobs;

    if (!page_read(rq->body, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, SQL_JOB_LIST_GIVEN_UP,
                ARGS(arg_organisation(tx), arg_int(before), arg_int(limit)), job_fields,
                sizeof(struct job), &jobs, err))
        return false;
    return reply_page(rq, job_fields, sizeof(struct job), &jobs, limit);
}

static bool run_again(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t id, rows;

    if (!request_id(rq, "id", "job", &id, err) ||
        !db_change(tx, SQL_JOB_REVIVE, ARGS(arg_organisation(tx), arg_int(id), arg_time(tx->now)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_NOT_FOUND, "no job with this id was given up");
    tx_wake(tx, WAKE_JOBS);
    return reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/jobs", READ, get_jobs, OUTBOX_READ, QUERY(page_query), MANY(job),
          "Lists the jobs that were given up, newest first."),
    ROUTE(POST, "/api/v1/jobs/{id}/run", WRITE, run_again, OUTBOX_WRITE, NOTHING, NOTHING,
          "Runs a job again that was given up."),
};
const struct routes job_routes = ROUTES(rows);
