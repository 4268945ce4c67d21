/* worker.c — the threads that run jobs, and what becomes of a run. */
#include "worker.h"

#include "../base/log.h"
#include "../base/text.h"
#include "duplicates.h"
#include "housekeeping.h"
#include "taker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { THREADS_DEFAULT = 8, THREADS_MAX = 32 };

struct counters {
    _Atomic int64_t runs, failures;
};

struct worker {
    struct store *store;
    struct counters *counters; /* of each type, and of what isn't known */
    struct arena *mem;
    struct taker *taker;
    pthread_t threads[THREADS_MAX];
    size_t threads_n;
};

const struct field job_fields[] = {
    FIELD(job, id),
    FIELD(job, organisation_id, .flags = SECRET),
    FIELD(job, kind),
    FIELD(job, about, .flags = SECRET),
    FIELD(job, lane, .flags = SECRET),
    FIELD(job, asks, .flags = SECRET),
    FIELD(job, tries),
    FIELD(job, due_at),
    FIELD(job, created_at),
    FIELD(job, given_up_at),
    FIELD(job, last_error),
    { 0 },
};

bool job_finish(struct tx *tx, const struct job *job, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_JOB_FINISH,
                   ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_text(job->taker),
                        arg_int(job->asks)),
                   &rows, err))
        return false;
    return rows > 0 || job_once_more(tx, job, err);
}

bool job_once_more(struct tx *tx, const struct job *job, struct err *err)
{
    int64_t rows;

    tx_wake(tx, WAKE_JOBS);
    if (!db_change(tx, SQL_JOB_ONCE_MORE,
                   ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_text(job->taker),
                        arg_time(tx->now)),
                   &rows, err))
        return false;
    return rows > 0 || err_set(err, ERR_BUSY, "another worker has taken this job");
}

bool job_progress(struct tx *tx, const struct job *job, struct err *err)
{
    return job->tries <= 1 ||
           db_run(tx, SQL_JOB_PROGRESS,
                  ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_text(job->taker)),
                  err);
}

bool job_is_ours(struct tx *tx, const struct job *job, bool *out, struct err *err)
{
    int64_t n;

    if (!db_number(tx, SQL_JOB_IS_OURS,
                   ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_text(job->taker)), &n,
                   err))
        return false;
    *out = n > 0;
    return true;
}

/* --- what becomes of a run
 * ------------------------------------------------------------------------ */

struct failure {
    const struct job *job;
    const struct job_type *type;
    const char *words;
    bool is_final, is_full;
};

/* A full disk is nobody's fault: it counts as no try, however long it takes. */
enum { FULL_MS = 15000 };

static int64_t backoff_ms(const struct job_type *type, int64_t tries)
{
    int64_t ms = type->backoff_ms;

    for (int64_t i = 1; i < tries && ms < BACKOFF_MAX_MS; i++)
        ms *= 2;
    return ms < BACKOFF_MAX_MS ? ms : BACKOFF_MAX_MS;
}

static bool write_failure(struct tx *tx, void *arg, struct err *err)
{
    const struct failure *failure = arg;
    const struct job *job = failure->job;
    int64_t wait_ms = failure->is_full ? FULL_MS : backoff_ms(failure->type, job->tries);
    const char *words = text_preview(tx->mem, failure->words, 300);

    if (failure->is_final)
        return db_run(tx, SQL_JOB_GIVE_UP,
                      ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_text(job->taker),
                           arg_time(tx->now), arg_text(words)),
                      err);
    return db_run(tx, SQL_JOB_AGAIN,
                  ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_text(job->taker),
                       arg_time(instant_plus(tx->now, wait_ms)),
                       arg_int(job->tries - failure->is_full), arg_text(words)),
                  err);
}

/* job_types_n when it isn't known. */
static size_t type_of(const struct job *job)
{
    size_t type = 0;

    while (type < job_types_n && strcmp(job_types[type].kind, job->kind) != 0)
        type++;
    return type;
}

struct job_counts worker_counts(const struct worker *worker, size_t type)
{
    const struct counters *counters = &worker->counters[type];

    return (struct job_counts){ counters->runs, counters->failures };
}

static void fail_job(struct worker *worker, struct job_run *run, const struct job_type *type,
                     const struct err *why)
{
    struct failure failure = { .job = &run->job, .type = type, .words = why->text };
    struct err err;

    failure.is_full = why->code == ERR_FULL && type;
    failure.is_final = !failure.is_full &&
                       (run->is_last_try || (why->code != ERR_BUSY && why->code != ERR_INTERNAL));
    LOG_WARN(type ? arena_printf(run->mem, "job.%s", type->kind) : "job",
             "job=%s try=%lld final=%d err=\"%s\"", id_text("job", run->job.id.n).s,
             (long long)run->job.tries, failure.is_final, why->text);
    if (!store_write(worker->store, &run->scope, write_failure, &failure, &err))
        LOG_ERROR("job.fail", "job=%s err=\"%s\"", id_text("job", run->job.id.n).s, err.text);
}

static void run_job(struct worker *worker, const struct held *held)
{
    size_t at = type_of(&held->job);
    const struct job_type *type = at < job_types_n ? &job_types[at] : NULL;
    struct counters *counters = &worker->counters[at];
    struct job_run run = {
        .store = worker->store,
        .mem = held->mem,
        .job = held->job,
        .scope = { .mem = held->mem, .organisation = held->job.organisation_id }
    };
    struct err err;

    err_clear(&err);
    atomic_fetch_add_explicit(&counters->runs, 1, memory_order_relaxed);
    run.is_last_try = !type || (type->tries_max > 0 && run.job.tries >= type->tries_max);
    if (!type)
        err_set(&err, ERR_CONFLICT, "there is no job of the kind %s", run.job.kind);
    else if (type->run(&run, &err))
        return;
    atomic_fetch_add_explicit(&counters->failures, 1, memory_order_relaxed);
    fail_job(worker, &run, type, &err);
}

static void *work_loop(void *arg)
{
    struct worker *worker = arg;
    struct held *held;

    while ((held = taker_next(worker->taker))) {
        run_job(worker, held);
        taker_done(worker->taker, held);
    }
    return NULL;
}

/* --- starting and stopping
 * ---------------------------------------------------------------------------- */

bool worker_start(struct store *store, int threads, struct worker **out, struct err *err)
{
    struct arena *mem = arena_new("worker");
    struct worker *worker = NEW(mem, struct worker);
    size_t threads_n = threads <= 0            ? THREADS_DEFAULT
                       : threads > THREADS_MAX ? THREADS_MAX
                                               : (size_t)threads;

    *worker = (struct worker){
        .store = store,
        .mem = mem,
        .counters = NEW_ARRAY(mem, struct counters, job_types_n + 1),
    };
    if (!housekeeping_schedule(store, err) || !duplicates_schedule(store, err) ||
        !taker_start(store, threads_n, &worker->taker, err)) {
        arena_free(mem);
        return false;
    }
    while (worker->threads_n < threads_n &&
           pthread_create(&worker->threads[worker->threads_n], NULL, work_loop, worker) == 0)
        worker->threads_n++;
    *out = worker;
    return true;
}

void worker_stop(struct worker *worker)
{
    if (!worker)
        return;
    taker_stop(worker->taker);
    for (size_t i = 0; i < worker->threads_n; i++)
        pthread_join(worker->threads[i], NULL);
    worker->threads_n = 0;
    taker_release(worker->taker);
}

void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    taker_free(worker->taker);
    arena_free(worker->mem);
}
