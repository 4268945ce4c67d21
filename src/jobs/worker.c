#include "worker.h"

#include "../base/log.h"
#include "../base/text.h"
#include "housekeeping.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum { THREADS_DEFAULT = 4, THREADS_MAX = 32, TAKE_MAX = 16, IDLE_MS = 1000 };
/* Renewed while the node lives; when it died, another takes its jobs after this. */
static const int64_t LEASE_MS = MINUTE_MS, RENEW_MS = 20 * SECOND_MS;
static const int64_t BACKOFF_MAX_MS = HOUR_MS;
static const int64_t SKEW_MS = MINUTE_MS; /* between the clocks of two nodes that are right */

struct held {
    organisation_id organisation;
    job_id id;
};

struct worker {
    struct store *store;
    struct arena *mem;
    int64_t node;
    pthread_t renewer;
    bool has_renewer;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    int64_t wakes; /* counts: a thread that looked before the newest looks again */
    bool stopping;
    struct held held[THREADS_MAX * TAKE_MAX]; /* what our threads took and have not ended */
    size_t held_n;
    pthread_t threads[THREADS_MAX];
    size_t threads_n;
};

const struct field job_fields[] = {
    FIELD(job, id),         FIELD(job, organisation_id, .flags = SECRET),
    FIELD(job, kind),       FIELD(job, about, .flags = SECRET),
    FIELD(job, tries),      FIELD(job, due_at),
    FIELD(job, created_at), FIELD(job, given_up_at),
    FIELD(job, last_error), { 0 },
};

bool job_finish(struct tx *tx, const struct job *job, struct err *err)
{
    return db_run(tx, SQL_JOB_FINISH, ARGS(arg_int(job->organisation_id.n), arg_id(job->id)), err);
}

/* --- what becomes of a run
 * ------------------------------------------------------------------------ */

struct failure {
    const struct job *job;
    const struct job_type *type;
    const char *words;
    bool is_final;
};

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
    const char *words = text_preview(tx->mem, failure->words, 300);

    if (failure->is_final)
        return db_run(tx, SQL_JOB_GIVE_UP,
                      ARGS(arg_int(job->organisation_id.n), arg_id(job->id), arg_time(tx->now),
                           arg_text(words)),
                      err);
    return db_run(tx, SQL_JOB_AGAIN,
                  ARGS(arg_int(job->organisation_id.n), arg_id(job->id),
                       arg_time(instant_plus(tx->now, backoff_ms(failure->type, job->tries))),
                       arg_text(words)),
                  err);
}

static const struct job_type *type_of(const struct job *job)
{
    for (size_t i = 0; i < job_types_n; i++)
        if (strcmp(job_types[i].kind, job->kind) == 0)
            return &job_types[i];
    return NULL;
}

static void fail_job(struct worker *worker, struct job_run *run, const struct job_type *type,
                     const struct err *why)
{
    struct failure failure = { .job = &run->job, .type = type, .words = why->text };
    struct err err;

    failure.is_final = run->is_last_try || (why->code != ERR_BUSY && why->code != ERR_FULL &&
                                            why->code != ERR_INTERNAL);
    LOG_WARN(type ? arena_printf(run->mem, "job.%s", type->kind) : "job",
             "job=%lld try=%lld final=%d err=\"%s\"", (long long)run->job.id.n,
             (long long)run->job.tries, failure.is_final, why->text);
    if (!store_write(worker->store, &run->scope, write_failure, &failure, &err))
        LOG_ERROR("job.fail", "job=%lld err=\"%s\"", (long long)run->job.id.n, err.text);
}

static void run_job(struct worker *worker, const struct job *job)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("job");
    const struct job_type *type = type_of(job);
    struct job_run run = {
        .store = worker->store,
        .mem = mem,
        .job = *job,
        .scope = { .mem = mem, .organisation = job->organisation_id }
    };
    struct err err;

    err_clear(&err);
    run.is_last_try = !type || (type->tries_max > 0 && job->tries >= type->tries_max);
    if (!type)
        err_set(&err, ERR_CONFLICT, "there is no job of the kind %s", job->kind);
    else if (type->run(&run, &err))
        return;
    fail_job(worker, &run, type, &err);
}

/* --- taking
 * ------------------------------------------------------------------------------------------ */

/* False when another thread of ours has it: then its lease only ran out because the clock was
 * set forward. */
static bool hold(struct worker *worker, const struct job *job)
{
    bool is_free = true;

    pthread_mutex_lock(&worker->lock);
    for (size_t i = 0; i < worker->held_n && is_free; i++)
        is_free = worker->held[i].id.n != job->id.n;
    if (is_free)
        worker->held[worker->held_n++] = (struct held){ job->organisation_id, job->id };
    pthread_mutex_unlock(&worker->lock);
    return is_free;
}

static void let_go(struct worker *worker, const struct job *job)
{
    pthread_mutex_lock(&worker->lock);
    for (size_t i = 0; i < worker->held_n; i++)
        if (worker->held[i].id.n == job->id.n)
            worker->held[i] = worker->held[--worker->held_n];
    pthread_mutex_unlock(&worker->lock);
}

static bool is_stopping(struct worker *worker)
{
    bool stopping;

    pthread_mutex_lock(&worker->lock);
    stopping = worker->stopping;
    pthread_mutex_unlock(&worker->lock);
    return stopping;
}

struct taking {
    int64_t max, node;
    struct list jobs;
};

static bool take(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;

    return db_all(tx, SQL_JOB_TAKE,
                  ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, LEASE_MS)),
                       arg_int(taking->max), arg_int(taking->node)),
                  job_fields, sizeof(struct job), &taking->jobs, err);
}

static bool any_due(struct tx *tx, void *arg, struct err *err)
{
    int64_t due;

    if (!db_number(tx, SQL_JOB_NEXT_DUE, ARGS(arg_time(tx->now)), &due, err))
        return false;
    *(bool *)arg = due > 0 && due <= tx->now.ms;
    return true;
}

/* What isn't begun when the worker is stopped is free again for others. */
static void run_jobs(struct worker *worker, const struct list *taken)
{
    const struct job *jobs = taken->items;
    bool is_ours[TAKE_MAX];

    for (size_t i = 0; i < taken->n; i++)
        is_ours[i] = hold(worker, &jobs[i]);
    for (size_t i = 0; i < taken->n; i++) {
        if (!is_ours[i])
            continue;
        if (!is_stopping(worker))
            run_job(worker, &jobs[i]);
        let_go(worker, &jobs[i]);
    }
}

/* Takes and runs some jobs; false when there was nothing to do. */
static bool work_once(struct worker *worker, struct arena *mem)
{
    struct scope scope = { .mem = mem };
    struct taking taking = { .max = TAKE_MAX, .node = worker->node };
    bool due = false;
    struct err err;

    /* Looking costs no write: idle nodes don't disturb the others. */
    if (!store_read(worker->store, &scope, any_due, &due, &err) || !due)
        return false;
    if (!store_write(worker->store, &scope, take, &taking, &err)) {
        LOG_WARN("job.take", "err=\"%s\"", err.text);
        return false;
    }
    run_jobs(worker, &taking.jobs);
    return taking.jobs.n > 0;
}

static bool wait_for_work(struct worker *worker, int64_t *seen)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_MS / 1000;
    pthread_mutex_lock(&worker->lock);
    if (worker->wakes == *seen && !worker->stopping)
        pthread_cond_clockwait(&worker->woken, &worker->lock, CLOCK_MONOTONIC, &until);
    *seen = worker->wakes;
    go_on = !worker->stopping;
    pthread_mutex_unlock(&worker->lock);
    return go_on;
}

static void *work_loop(void *arg)
{
    struct worker *worker = arg;
    struct arena *mem = arena_new("worker");
    int64_t seen = 0;

    do {
        while (!is_stopping(worker) && work_once(worker, mem))
            arena_reset(mem);
        arena_reset(mem);
    } while (wait_for_work(worker, &seen));
    arena_free(mem);
    return NULL;
}

static void wake_worker(void *arg, unsigned wake)
{
    struct worker *worker = arg;

    if (!(wake & WAKE_JOBS))
        return;
    pthread_mutex_lock(&worker->lock);
    worker->wakes++;
    pthread_cond_broadcast(&worker->woken);
    pthread_mutex_unlock(&worker->lock);
}

/* --- leases
 * ------------------------------------------------------------------------------------------- */

struct renewing {
    int64_t node;
    struct held held[THREADS_MAX * TAKE_MAX];
    size_t held_n;
};

static bool renew(struct tx *tx, void *arg, struct err *err)
{
    const struct renewing *renewing = arg;

    for (size_t i = 0; i < renewing->held_n; i++)
        if (!db_run(tx, SQL_JOB_RENEW,
                    ARGS(arg_int(renewing->held[i].organisation.n), arg_id(renewing->held[i].id),
                         arg_int(renewing->node), arg_time(instant_plus(tx->now, LEASE_MS))),
                    err))
            return false;
    return true;
}

static void copy_held(struct worker *worker, struct renewing *out)
{
    pthread_mutex_lock(&worker->lock);
    memcpy(out->held, worker->held, sizeof(out->held));
    out->held_n = worker->held_n;
    pthread_mutex_unlock(&worker->lock);
}

static bool release(struct tx *tx, void *arg, struct err *err)
{
    const struct worker *worker = arg;

    return db_run(tx, SQL_JOB_RELEASE, ARGS(arg_int(worker->node)), err);
}

/* Before the first job: what this node left behind, and what waits for a wrong moment. */
static bool tidy(struct tx *tx, void *arg, struct err *err)
{
    return release(tx, arg, err) &&
           db_run(tx, SQL_JOB_HURRY,
                  ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, SKEW_MS)),
                       arg_time(instant_plus(tx->now, BACKOFF_MAX_MS + SKEW_MS))),
                  err);
}

/* Jobs that run long keep their lease while this thread lives; one that nobody runs, because
 * what took it or what would have ended it was never heard of, loses it. */
static void *renew_loop(void *arg)
{
    struct worker *worker = arg;
    struct arena *mem = arena_new("renew");
    struct scope scope = { .mem = mem };
    struct renewing renewing = { .node = worker->node };
    int64_t last = clock_monotonic_ms();
    struct err err;

    while (!is_stopping(worker)) {
        nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
        if (clock_monotonic_ms() - last < RENEW_MS)
            continue;
        last = clock_monotonic_ms();
        copy_held(worker, &renewing);
        if (renewing.held_n > 0 && !store_write(worker->store, &scope, renew, &renewing, &err))
            LOG_WARN("job.renew", "err=\"%s\"", err.text);
        arena_reset(mem);
    }
    arena_free(mem);
    return NULL;
}

bool worker_start(struct store *store, int node, int threads, struct worker **out, struct err *err)
{
    struct arena *mem = arena_new("worker");
    struct worker *worker = NEW(mem, struct worker);
    struct scope scope = { .mem = mem };

    *worker = (struct worker){ .store = store, .mem = mem, .node = node };
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->woken, NULL);
    if (!store_write(store, &scope, tidy, worker, err) || !housekeeping_schedule(store, err)) {
        arena_free(mem);
        return false;
    }
    store_listen(store, wake_worker, worker);
    if (threads <= 0)
        threads = THREADS_DEFAULT;
    worker->has_renewer = pthread_create(&worker->renewer, NULL, renew_loop, worker) == 0;
    while (worker->threads_n < (size_t)threads && worker->threads_n < THREADS_MAX &&
           pthread_create(&worker->threads[worker->threads_n], NULL, work_loop, worker) == 0)
        worker->threads_n++;
    *out = worker;
    return true;
}

void worker_stop(struct worker *worker)
{
    struct err err;

    if (!worker)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->stopping = true;
    pthread_cond_broadcast(&worker->woken);
    pthread_mutex_unlock(&worker->lock);
    for (size_t i = 0; i < worker->threads_n; i++)
        pthread_join(worker->threads[i], NULL);
    if (worker->has_renewer)
        pthread_join(worker->renewer, NULL);
    if (!store_write(worker->store, &(struct scope){ .mem = worker->mem }, release, worker, &err))
        LOG_WARN("job.release", "err=\"%s\"", err.text); /* their leases run out */
    worker->threads_n = 0;
}

void worker_free(struct worker *worker)
{
    if (worker)
        arena_free(worker->mem);
}
