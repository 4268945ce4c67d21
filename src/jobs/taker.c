#include "taker.h"

#include "../base/log.h"
#include "../store/leases.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum {
    WAITING_MAX = 16,
    IDLE_MS = 1000,
    LANE_MAX = 3,  /* workers that one slow server may keep waiting */
    LANELESS = 2,  /* workers that wait for no server */
    LANES_FULL = 4 /* more than the workers can fill; as job_take knows */
};
/* Renewed while the node lives; when it died, another takes its jobs after this. */
static const int64_t LEASE_MS = MINUTE_MS, RENEW_MS = 20 * SECOND_MS;
static const int64_t SKEW_MS = MINUTE_MS; /* between the clocks of two nodes that are right */

struct taker {
    struct store *store;
    struct arena *mem;
    const char *name;
    size_t workers_n;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock;
    pthread_cond_t has_job; /* for the workers */
    pthread_cond_t woken;   /* for the thread that takes */
    bool stopping;
    struct held *held; /* in the order in which they were taken */
    size_t held_n, waiting_n;
    int64_t wakes, seen;       /* counts: what comes while we look makes us look again */
    int64_t look_at, renew_at; /* monotonic */
    struct lease_watch others; /* the thread's */
};

/* --- what we hold
 * -------------------------------------------------------------------------------------- */

/* Not what we have already: then its lease only ran out because the clock was set forward. */
static void hold(struct taker *taker, const struct job *job)
{
    struct held **at = &taker->held, *held;
    struct arena *mem;

    pthread_mutex_lock(&taker->lock);
    while (*at && (*at)->job.id.n != job->id.n)
        at = &(*at)->next;
    if (!*at) {
        mem = arena_new("job");
        held = NEW(mem, struct held);
        *held = (struct held){ .mem = mem, .job = *job };
        held->job.kind = arena_text(mem, job->kind);
        held->job.taker = taker->name;
        *at = held;
        taker->held_n++;
        taker->waiting_n++;
        pthread_cond_signal(&taker->has_job);
    }
    pthread_mutex_unlock(&taker->lock);
}

/* One slow server doesn't get all workers, and all of them together don't either. */
static bool may_begin(const struct taker *taker, const struct held *job)
{
    size_t in_lane = 0, in_lanes = 0;

    if (job->is_begun || job->job.lane == 0)
        return !job->is_begun;
    for (const struct held *held = taker->held; held; held = held->next) {
        in_lane += held->is_begun && held->job.lane == job->job.lane;
        in_lanes += held->is_begun && held->job.lane != 0;
    }
    return in_lane < LANE_MAX && (in_lanes == 0 || in_lanes + LANELESS < taker->workers_n);
}

/* Is it time to take more, so that no worker waits? What waits for its lane doesn't count. */
static bool has_room(const struct taker *taker)
{
    size_t n = 0;

    for (const struct held *held = taker->held; held; held = held->next)
        n += may_begin(taker, held);
    return n < taker->workers_n && n < WAITING_MAX && taker->waiting_n < LANES_FULL * WAITING_MAX;
}

static struct held *first_waiting(struct taker *taker)
{
    struct held *held = taker->held;

    while (held && !may_begin(taker, held))
        held = held->next;
    return held;
}

static size_t held_in(const struct taker *taker, int64_t lane)
{
    size_t n = 0;

    for (const struct held *held = taker->held; held; held = held->next)
        n += held->job.lane == lane;
    return n;
}

/* Did a lane just stop being full? What there is of it in the table was left alone until now. */
static bool is_below_full(const struct taker *taker, int64_t lane)
{
    return lane != 0 && held_in(taker, lane) == LANE_MAX - 1;
}

struct held *taker_next(struct taker *taker)
{
    struct held *held = NULL;

    pthread_mutex_lock(&taker->lock);
    while (!taker->stopping && !(held = first_waiting(taker)))
        pthread_cond_wait(&taker->has_job, &taker->lock);
    if (taker->stopping)
        held = NULL;
    if (held) {
        held->is_begun = true;
        taker->waiting_n--;
        if (has_room(taker))
            pthread_cond_signal(&taker->woken);
    }
    pthread_mutex_unlock(&taker->lock);
    return held;
}

void taker_done(struct taker *taker, struct held *held)
{
    struct held **at = &taker->held;

    pthread_mutex_lock(&taker->lock);
    while (*at != held)
        at = &(*at)->next;
    *at = held->next;
    taker->held_n--;
    if (is_below_full(taker, held->job.lane))
        taker->wakes++;
    pthread_cond_signal(&taker->has_job); /* there is a place in its lane */
    if (has_room(taker))
        pthread_cond_signal(&taker->woken);
    pthread_mutex_unlock(&taker->lock);
    arena_free(held->mem);
}

/* --- taking
 * ------------------------------------------------------------------------------------------ */

struct taking {
    int64_t max;
    const char *name;
    int64_t full[LANES_FULL]; /* lanes of which we have enough; NO_LANE: none */
    bool is_any;
    struct list jobs;
};

static const int64_t NO_LANE = -1;

static bool is_listed(const int64_t full[LANES_FULL], int64_t lane)
{
    for (size_t i = 0; i < LANES_FULL; i++)
        if (full[i] == lane)
            return true;
    return false;
}

static void list_full(const struct taker *taker, int64_t full[LANES_FULL])
{
    size_t n = 0;

    for (size_t i = 0; i < LANES_FULL; i++)
        full[i] = NO_LANE;
    for (const struct held *held = taker->held; held && n < LANES_FULL; held = held->next)
        if (held->job.lane != 0 && !is_listed(full, held->job.lane) &&
            held_in(taker, held->job.lane) >= LANE_MAX)
            full[n++] = held->job.lane;
}

static bool take(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;

    return db_all(tx, SQL_JOB_TAKE,
                  ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, LEASE_MS)),
                       arg_int(taking->max), arg_text(taking->name), arg_int(taking->full[0]),
                       arg_int(taking->full[1]), arg_int(taking->full[2]),
                       arg_int(taking->full[3])),
                  job_fields, sizeof(struct job), &taking->jobs, err);
}

static bool any_due(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;
    int64_t n;

    if (!db_number(tx, SQL_JOB_ANY_DUE,
                   ARGS(arg_time(tx->now), arg_int(taking->full[0]), arg_int(taking->full[1]),
                        arg_int(taking->full[2]), arg_int(taking->full[3])),
                   &n, err))
        return false;
    taking->is_any = n > 0;
    return true;
}

static void renew_soon(struct taker *taker)
{
    pthread_mutex_lock(&taker->lock);
    taker->renew_at = clock_monotonic_ms() + IDLE_MS;
    pthread_mutex_unlock(&taker->lock);
}

/* True when there may be more. */
static bool look(struct taker *taker, struct arena *mem, struct taking *taking)
{
    struct scope scope = { .mem = mem };
    struct err err;

    /* Looking costs no write: idle nodes don't disturb the others. */
    if (!store_read(taker->store, &scope, any_due, taking, &err) || !taking->is_any)
        return false;
    if (!store_write(taker->store, &scope, take, taking, &err)) {
        LOG_WARN("job.take", "err=\"%s\"", err.text);
        renew_soon(taker); /* perhaps they were taken all the same */
        return false;
    }
    for (size_t i = 0; i < taking->jobs.n; i++)
        hold(taker, &((const struct job *)taking->jobs.items)[i]);
    return (int64_t)taking->jobs.n == taking->max;
}

static void look_and_plan(struct taker *taker, struct arena *mem)
{
    struct taking taking = { .max = WAITING_MAX, .name = taker->name };
    bool is_more;

    pthread_mutex_lock(&taker->lock);
    taker->seen = taker->wakes;
    list_full(taker, taking.full);
    pthread_mutex_unlock(&taker->lock);
    is_more = look(taker, mem, &taking);
    pthread_mutex_lock(&taker->lock);
    taker->look_at = clock_monotonic_ms() + (is_more ? 0 : IDLE_MS);
    pthread_mutex_unlock(&taker->lock);
}

/* --- leases
 * ------------------------------------------------------------------------------------------- */

struct lent {
    organisation_id organisation_id;
    job_id id;
};

struct renewing {
    const char *name;
    struct lent *jobs;
    size_t n;
    struct list mine; /* of struct lent: what the table says we have */
};

static const struct field lent_fields[] = {
    FIELD(lent, organisation_id),
    FIELD(lent, id),
    { 0 },
};

static bool is_held(const struct renewing *renewing, job_id id)
{
    for (size_t i = 0; i < renewing->n; i++)
        if (renewing->jobs[i].id.n == id.n)
            return true;
    return false;
}

static bool read_mine(struct tx *tx, void *arg, struct err *err)
{
    struct renewing *renewing = arg;

    return db_all(tx, SQL_JOB_MINE, ARGS(arg_text(renewing->name)), lent_fields,
                  sizeof(struct lent), &renewing->mine, err);
}

/* Nobody heard that it was taken, or could write down how it ended. */
static bool free_lost(struct tx *tx, const struct renewing *renewing, struct err *err)
{
    const struct lent *mine = renewing->mine.items;

    for (size_t i = 0; i < renewing->mine.n; i++)
        if (!is_held(renewing, mine[i].id) &&
            !db_run(tx, SQL_JOB_FREE,
                    ARGS(arg_int(mine[i].organisation_id.n), arg_id(mine[i].id),
                         arg_text(renewing->name)),
                    err))
            return false;
    tx_wake(tx, WAKE_JOBS);
    return true;
}

static bool renew(struct tx *tx, void *arg, struct err *err)
{
    const struct renewing *renewing = arg;

    for (size_t i = 0; i < renewing->n; i++)
        if (!db_run(tx, SQL_JOB_RENEW,
                    ARGS(arg_int(renewing->jobs[i].organisation_id.n), arg_id(renewing->jobs[i].id),
                         arg_text(renewing->name), arg_time(instant_plus(tx->now, LEASE_MS))),
                    err))
            return false;
    return free_lost(tx, renewing, err);
}

static struct renewing list_held(struct taker *taker, struct arena *mem)
{
    struct renewing out = { .name = taker->name };

    pthread_mutex_lock(&taker->lock);
    out.jobs = NEW_ARRAY(mem, struct lent, taker->held_n);
    for (const struct held *held = taker->held; held; held = held->next)
        out.jobs[out.n++] = (struct lent){ held->job.organisation_id, held->job.id };
    taker->renew_at = clock_monotonic_ms() + RENEW_MS;
    pthread_mutex_unlock(&taker->lock);
    return out;
}

/* Jobs that run long keep their lease while this node lives; one that no worker has is free. Only
 * this thread takes, so that nothing is taken between the list and the transaction. */
static void renew_held(struct taker *taker, struct arena *mem)
{
    struct renewing renewing = list_held(taker, mem);
    struct scope scope = { .mem = mem };
    struct err err;

    if (!store_read(taker->store, &scope, read_mine, &renewing, &err) ||
        (renewing.mine.n > 0 && !store_write(taker->store, &scope, renew, &renewing, &err))) {
        LOG_WARN("job.renew", "err=\"%s\"", err.text);
        renew_soon(taker);
    }
}

/* At each renewal: by then the others have renewed theirs, too. */
static void watch_others(struct taker *taker, struct arena *mem)
{
    struct err err;

    if (!lease_end_still(taker->store, &taker->others, taker->name, mem, clock_monotonic_ms(),
                         &err))
        LOG_WARN("job.watch", "err=\"%s\"", err.text);
}

static bool release(struct tx *tx, void *arg, struct err *err)
{
    const struct taker *taker = arg;

    return db_run(tx, SQL_JOB_RELEASE, ARGS(arg_text(taker->name)), err);
}

static bool release_gone(struct tx *tx, struct err *err)
{
    const struct lease_holder *taker;
    struct list takers;

    if (!db_all(tx, SQL_JOB_TAKERS, NO_ARGS, lease_holder_fields, sizeof(*taker), &takers, err))
        return false;
    taker = takers.items;
    for (size_t i = 0; i < takers.n; i++)
        if (lease_holder_is_gone(tx->mem, taker[i].holder) &&
            !db_run(tx, SQL_JOB_RELEASE, ARGS(arg_text(taker[i].holder)), err))
            return false;
    return true;
}

/* Before the first job: what was left behind, and what waits for a wrong moment. */
static bool tidy(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return release_gone(tx, err) &&
           db_run(tx, SQL_JOB_HURRY,
                  ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, SKEW_MS)),
                       arg_time(instant_plus(tx->now, BACKOFF_MAX_MS + SKEW_MS))),
                  err);
}

/* --- the thread
 * -------------------------------------------------------------------------------------- */

static void wake_taker(void *arg, unsigned wake)
{
    struct taker *taker = arg;

    if (!(wake & WAKE_JOBS))
        return;
    pthread_mutex_lock(&taker->lock);
    taker->wakes++;
    pthread_cond_signal(&taker->woken);
    pthread_mutex_unlock(&taker->lock);
}

static bool must_look(const struct taker *taker, int64_t now)
{
    return has_room(taker) && (taker->wakes != taker->seen || now >= taker->look_at);
}

/* How long there is nothing to do, unless somebody wakes us. */
static void wait_a_while(struct taker *taker)
{
    int64_t at =
        has_room(taker) && taker->look_at < taker->renew_at ? taker->look_at : taker->renew_at;
    struct timespec until = { .tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000 };

    pthread_cond_clockwait(&taker->woken, &taker->lock, CLOCK_MONOTONIC, &until);
}

/* Waits until there is something to do; false when it is time to stop. */
static bool wait_for_duty(struct taker *taker, bool *must_renew)
{
    int64_t now = clock_monotonic_ms();
    bool go_on;

    pthread_mutex_lock(&taker->lock);
    while (!taker->stopping && now < taker->renew_at && !must_look(taker, now)) {
        wait_a_while(taker);
        now = clock_monotonic_ms();
    }
    *must_renew = now >= taker->renew_at;
    go_on = !taker->stopping;
    pthread_mutex_unlock(&taker->lock);
    return go_on;
}

static void *take_loop(void *arg)
{
    struct arena *mem = arena_new("taker");
    struct taker *taker = arg;
    bool must_renew;

    while (wait_for_duty(taker, &must_renew)) {
        if (must_renew) {
            renew_held(taker, mem);
            watch_others(taker, mem);
        } else {
            look_and_plan(taker, mem);
        }
        arena_reset(mem);
    }
    arena_free(mem);
    return NULL;
}

/* --- starting and stopping
 * ---------------------------------------------------------------------------- */

bool taker_start(struct store *store, size_t workers_n, struct taker **out, struct err *err)
{
    struct arena *mem = arena_new("taker");
    struct taker *taker = NEW(mem, struct taker);

    *taker = (struct taker){
        .store = store,
        .mem = mem,
        .name = lease_holder_new(mem),
        .workers_n = workers_n,
        .others = { .list = SQL_JOB_TAKERS, .end = SQL_JOB_RELEASE },
        .renew_at = clock_monotonic_ms() + RENEW_MS
    };
    pthread_mutex_init(&taker->lock, NULL);
    pthread_cond_init(&taker->has_job, NULL);
    pthread_cond_init(&taker->woken, NULL);
    if (!store_write(store, &(struct scope){ .mem = mem }, tidy, taker, err)) {
        taker_free(taker);
        return false;
    }
    store_listen(store, wake_taker, taker);
    taker->has_thread = pthread_create(&taker->thread, NULL, take_loop, taker) == 0;
    *out = taker;
    return true;
}

void taker_stop(struct taker *taker)
{
    pthread_mutex_lock(&taker->lock);
    taker->stopping = true;
    pthread_cond_broadcast(&taker->has_job);
    pthread_cond_signal(&taker->woken);
    pthread_mutex_unlock(&taker->lock);
    if (taker->has_thread)
        pthread_join(taker->thread, NULL);
    taker->has_thread = false;
}

void taker_release(struct taker *taker)
{
    struct err err;

    while (taker->held)
        taker_done(taker, taker->held);
    if (!store_write(taker->store, &(struct scope){ .mem = taker->mem }, release, taker, &err))
        LOG_WARN("job.release", "err=\"%s\"", err.text); /* their leases run out */
}

void taker_free(struct taker *taker)
{
    lease_watch_free(&taker->others);
    arena_free(taker->mem);
}
