/* jobs_api.c — the graveyard: jobs that were given up, to be seen and run again. */
#include "jobs_api.h"

#include "job.h"

#include "../base/buf.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../domain/messages/messages.h"
#include "../store/events.h"

enum { EVENT_DATA_MAX = 2000 };

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

static bool refuse_unknown(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, "no job with this id was given up");
}

/* What was to be sent goes with its job, and comes back with it. */
static bool move_message(struct tx *tx, const struct job *job, bool is_dropped, struct err *err)
{
    struct message message;
    bool moved;

    if (!text_equal(job->kind, "send"))
        return true;
    if (!message_get(tx, (message_id){ job->about }, &message, err))
        return err->code == ERR_NOT_FOUND;
    return is_dropped ? message_drop(tx, &message, &moved, err)
                      : message_undrop(tx, &message, &moved, err);
}

static bool tell(struct tx *tx, const char *kind, const struct job *job, struct err *err)
{
    struct buf data = BUF(EVENT_DATA_MAX);
    bool ok;

    buf_text(&data, "{\"kind\":");
    json_write_text(&data, job->kind);
    buf_text(&data, ",\"error\":");
    json_write_text(&data, job->last_error ? job->last_error : "");
    buf_char(&data, '}');
    ok = event_add(tx,
                   &(struct event){ .kind = kind,
                                    .about = arena_text(tx->mem, id_text("job", job->id.n).s),
                                    .data = { buf_str(&data) } },
                   err);
    buf_free(&data);
    return ok;
}

static bool find_job(struct request *rq, struct tx *tx, enum sql sql, struct job *out,
                     struct err *err)
{
    bool found;

    *out = (struct job){ 0 };
    if (!request_id(rq, "id", "job", &out->id.n, err) ||
        !db_find(tx, sql, ARGS(arg_organisation(tx), arg_id(out->id)), job_fields, out, &found,
                 err))
        return false;
    return found || refuse_unknown(err);
}

static bool run_again(struct request *rq, struct tx *tx, struct err *err)
{
    struct job job;
    int64_t rows;

    if (!find_job(rq, tx, SQL_JOB_GET_GIVEN_UP, &job, err) ||
        !db_change(tx, SQL_JOB_REVIVE,
                   ARGS(arg_organisation(tx), arg_id(job.id), arg_time(tx->now)), &rows, err))
        return false;
    if (rows == 0) /* somebody else was first */
        return refuse_unknown(err);
    tx_wake(tx, WAKE_JOBS);
    return tell(tx, "job.run_again", &job, err) && reply_nothing(rq);
}

static bool set_dropped(struct tx *tx, const struct job *job, instant at, struct err *err)
{
    return db_run(tx, SQL_JOB_DROP, ARGS(arg_organisation(tx), arg_id(job->id), arg_time(at)), err);
}

static bool drop(struct request *rq, struct tx *tx, struct err *err)
{
    struct job job;

    if (!find_job(rq, tx, SQL_JOB_GET_GIVEN_UP, &job, err))
        return false;
    /* Nobody may lose what customers wrote: that waits for the job. */
    if (text_equal(job.kind, "inbound"))
        return err_set(err, ERR_CONFLICT,
                       "incoming messages wait for this: run it again, then put aside what isn't "
                       "understood");
    return move_message(tx, &job, true, err) && set_dropped(tx, &job, tx->now, err) &&
           tell(tx, "job.dropped", &job, err) && reply_nothing(rq);
}

static bool restore(struct request *rq, struct tx *tx, struct err *err)
{
    struct job job;

    return find_job(rq, tx, SQL_JOB_GET_DROPPED, &job, err) && move_message(tx, &job, false, err) &&
           set_dropped(tx, &job, (instant){ 0 }, err) && tell(tx, "job.restored", &job, err) &&
           reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/jobs", READ, get_jobs, OUTBOX_READ, QUERY(page_query), MANY(job),
          "Lists the jobs that were given up, newest first."),
    ROUTE(POST, "/api/v1/jobs/{id}/run", WRITE, run_again, OUTBOX_WRITE, NOTHING, NOTHING,
          "Runs a job again that was given up."),
    ROUTE(DELETE, "/api/v1/jobs/{id}", WRITE, drop, OUTBOX_WRITE, NOTHING, NOTHING,
          "Drops a job that was given up, and the message that waited for it."),
    ROUTE(POST, "/api/v1/jobs/{id}/restore", WRITE, restore, OUTBOX_WRITE, NOTHING, NOTHING,
          "Takes back that a job was dropped; within a day."),
};
const struct routes job_routes = ROUTES(rows);
