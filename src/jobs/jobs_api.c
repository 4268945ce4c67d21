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

static bool run_again(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t id, rows;

    if (!request_id(rq, "id", "job", &id, err) ||
        !db_change(tx, SQL_JOB_REVIVE, ARGS(arg_organisation(tx), arg_int(id), arg_time(tx->now)),
                   &rows, err))
        return false;
    if (rows == 0)
        return refuse_unknown(err);
    tx_wake(tx, WAKE_JOBS);
    return reply_nothing(rq);
}

/* What was to be sent doesn't wait for a job that is no more: it failed, and stands in the
 * outbox. */
static bool fail_message(struct tx *tx, message_id id, struct err *err)
{
    static const enum message_state waiting[] = { MESSAGE_QUEUED, MESSAGE_SENDING };
    struct message message;
    bool moved;

    if (!message_get(tx, id, &message, err))
        return err->code == ERR_NOT_FOUND;
    for (size_t i = 0; i < COUNT(waiting); i++)
        if (!message_move(tx, &message, waiting[i], MESSAGE_FAILED, "a colleague stopped it",
                          &moved, err))
            return false;
    return true;
}

/* Nobody may lose what customers wrote: that waits for the job. */
static bool settle_dropped(struct tx *tx, const struct job *job, struct err *err)
{
    if (text_equal(job->kind, "inbound"))
        return err_set(err, ERR_CONFLICT,
                       "incoming messages wait for this: run it again, then put aside what isn't "
                       "understood");
    return !text_equal(job->kind, "send") || fail_message(tx, (message_id){ job->about }, err);
}

static bool tell_dropped(struct tx *tx, const struct job *job, struct err *err)
{
    struct buf data = BUF(EVENT_DATA_MAX);
    bool ok;

    buf_text(&data, "{\"kind\":");
    json_write_text(&data, job->kind);
    buf_text(&data, ",\"error\":");
    json_write_text(&data, job->last_error ? job->last_error : "");
    buf_char(&data, '}');
    ok = event_add(tx,
                   &(struct event){ .kind = "job.dropped",
                                    .about = arena_text(tx->mem, id_text("job", job->id.n).s),
                                    .data = { buf_str(&data) } },
                   err);
    buf_free(&data);
    return ok;
}

static bool drop(struct request *rq, struct tx *tx, struct err *err)
{
    struct job job = { 0 };
    bool found;

    if (!request_id(rq, "id", "job", &job.id.n, err) ||
        !db_find(tx, SQL_JOB_GET_GIVEN_UP, ARGS(arg_organisation(tx), arg_id(job.id)), job_fields,
                 &job, &found, err))
        return false;
    if (!found)
        return refuse_unknown(err);
    return settle_dropped(tx, &job, err) &&
           db_run(tx, SQL_JOB_DROP, ARGS(arg_organisation(tx), arg_id(job.id)), err) &&
           tell_dropped(tx, &job, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/jobs", READ, get_jobs, OUTBOX_READ, QUERY(page_query), MANY(job),
          "Lists the jobs that were given up, newest first."),
    ROUTE(POST, "/api/v1/jobs/{id}/run", WRITE, run_again, OUTBOX_WRITE, NOTHING, NOTHING,
          "Runs a job again that was given up."),
    ROUTE(DELETE, "/api/v1/jobs/{id}", WRITE, drop, OUTBOX_WRITE, NOTHING, NOTHING,
          "Drops a job that was given up; a message that waited for it has failed."),
};
const struct routes job_routes = ROUTES(rows);
