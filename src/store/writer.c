/* writer.c — closures from the queue into transactions.
 *
 * On SQLite what waits shares one transaction and one fsync, without savepoints (each would
 * flush the full-text index). While one batch is made durable the next one collects: no timer
 * is needed. On PostgreSQL each closure has its own, and several threads do this.
 */
#include "store_inside.h"

#include "../base/log.h"

#include <stdlib.h>
#include <time.h>

static void pause_ms(int64_t ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000 }, NULL);
}

bool closure_run(struct store *store, struct connection *db, struct work *work)
{
    int64_t began = clock_monotonic_us(), took;
    struct tx tx = {
        .mem = work->scope.mem,
        .now = work->at,
        .organisation = work->scope.organisation,
        .actor = work->scope.actor,
        .store = store,
        .db = db,
    };

    err_clear(&work->err);
    work->ok = work->fn(&tx, work->arg, &work->err);
    if (work->ok && tx.failed)
        work->ok = err_set(&work->err, ERR_INTERNAL, "a statement failed and nobody said so");
    work->wake = tx.wake;
    took = clock_monotonic_us() - began;
    if (took > atomic_load_explicit(&store->slowest_us, memory_order_relaxed))
        atomic_store_explicit(&store->slowest_us, took, memory_order_relaxed);
    if (db->writes && took > SLOW_CLOSURE_MS * 1000)
        LOG_WARN("store.write", "took_ms=%lld", (long long)(took / 1000));
    return work->ok;
}

/* Tells everybody: first those who listen, since a waiter may close what they belong to. */
static void finish(struct store *store, struct work *batch)
{
    unsigned wake = 0;

    for (struct work *work = batch; work; work = work->next) {
        if (work->ok)
            wake |= work->wake;
        atomic_fetch_add_explicit(work->ok ? &store->writes : &store->failures, 1,
                                  memory_order_relaxed);
    }
    if (wake != 0) {
        store_wake(store, wake);
        store_tell_nodes(store, wake);
    }
    for (struct work *work = batch, *next; work; work = next) {
        next = work->next; /* after done() *work is the caller's again */
        work->done(work);
    }
}

/* --- connections ------------------------------------------------------------------------------ */

/* How long a closure waits for a database that went away: restarts and takeovers take seconds.
 * Then it is told, and those behind it are told at once, until a look now and then finds it. */
enum { AWAY_MS = 10000, LOOK_MS = 500 };

/* A writer's own. */
struct line {
    struct store *store;
    struct connection *db; /* NULL: none at this moment */
};

static bool is_closing(struct store *store)
{
    bool closing;

    pthread_mutex_lock(&store->lock);
    closing = store->closing;
    pthread_mutex_unlock(&store->lock);
    return closing;
}

static void hang_up(struct line *line)
{
    if (line->db)
        line->store->engine->close(line->db);
    line->db = NULL;
}

static bool connect_once(struct line *line)
{
    struct store *store = line->store;
    int64_t now, never = 0;
    struct err err;

    err_clear(&err);
    if (store->engine->open(&store->settings, true, &line->db, &err)) {
        store->away_at = 0;
        return true;
    }
    line->db = NULL;
    now = clock_monotonic_ms();
    store->looked_at = now;
    atomic_compare_exchange_strong(&store->away_at, &never, now);
    LOG_WARN("store.connect", "err=\"%s\"", err.text);
    return false;
}

/* Waits for a connection, if the database isn't away for too long already. */
static bool is_connected(struct line *line)
{
    struct store *store = line->store;
    int64_t ms = 50;

    while (!line->db) {
        int64_t now = clock_monotonic_ms(), away_at = store->away_at;
        bool is_hopeless = away_at != 0 && now - away_at > AWAY_MS;

        if (is_hopeless && now - store->looked_at < LOOK_MS)
            return false;
        if (connect_once(line))
            return true;
        if (is_hopeless || is_closing(store))
            return false;
        pause_ms(ms);
        ms = ms < LOOK_MS ? ms * 2 : ms;
    }
    return true;
}

/* --- transactions ----------------------------------------------------------------------------- */

/* One try of one closure in a transaction of its own. */
static bool try_alone(struct store *store, struct connection *db, struct work *work)
{
    work->ok = false;
    if (!store->engine->begin(db, &work->err))
        return false;
    if (!closure_run(store, db, work)) {
        store->engine->rollback(db);
        return false;
    }
    if (!store->engine->commit(db, &work->err)) {
        work->ok = false;
        store->engine->rollback(db);
        return false;
    }
    atomic_fetch_add_explicit(&store->commits, 1, memory_order_relaxed);
    return true;
}

static void run_alone(struct line *line, struct work *work)
{
    for (int try = 1; try <= TRIES_MAX; try++) {
        bool again;

        err_clear(&work->err);
        if (!is_connected(line)) {
            work->ok = err_set(&work->err, ERR_BUSY, "the database cannot be reached");
            return;
        }
        line->db->is_unknown = line->db->retry = false;
        if (try_alone(line->store, line->db, work))
            return;
        again = line->db->retry || (line->db->broken && !line->db->is_unknown);
        if (line->db->broken)
            hang_up(line);
        if (!again)
            return;
        atomic_fetch_add_explicit(&line->store->retries, 1, memory_order_relaxed);
        pause_ms(rand() % (4 << (try < 5 ? try : 5)));
    }
    /* A conflict that does not go away is one: somebody else made the same thing. */
    if (work->err.code == ERR_INTERNAL)
        work->err.code = ERR_BUSY;
}

/* For the debug mode: an effect outside the transaction shows itself the second time. */
static void rehearse(struct store *store, struct connection *db, struct work *work)
{
    struct err err;

    if (!db || !store->engine->begin(db, &err))
        return;
    closure_run(store, db, work);
    store->engine->rollback(db);
}

/* All of them in one transaction; false when they must be run each alone. */
static bool run_together(struct store *store, struct connection *db, struct work *batch)
{
    struct err err;

    err_clear(&err);
    if (!store->engine->begin(db, &err))
        return false;
    for (struct work *work = batch; work; work = work->next) {
        int64_t changes = db->changes;
        /* A closure that failed before it changed anything leaves nothing to undo. */
        if (!closure_run(store, db, work) && (db->aborted || db->retry || db->changes != changes)) {
            store->engine->rollback(db);
            return false;
        }
    }
    if (!store->engine->commit(db, &err)) {
        store->engine->rollback(db);
        return false;
    }
    atomic_fetch_add_explicit(&store->commits, 1, memory_order_relaxed);
    return true;
}

static struct work *take_batch(struct store *store)
{
    struct work *batch, *last;

    pthread_mutex_lock(&store->lock);
    while (!store->first && !store->closing)
        pthread_cond_wait(&store->has_work, &store->lock);
    batch = last = store->first;
    if (batch) {
        size_t n = 1;
        while (last->next && n < (size_t)store->engine->batch) {
            last = last->next;
            n++;
        }
        store->first = last->next;
        if (!store->first)
            store->last = NULL;
        last->next = NULL;
        store->queued -= n;
    }
    pthread_mutex_unlock(&store->lock);
    return batch;
}

void *writer_loop(void *arg)
{
    struct line line = { .store = arg };
    struct work *batch;

    connect_once(&line);
    while ((batch = take_batch(line.store))) {
        if (line.store->settings.twice)
            for (struct work *work = batch; work; work = work->next)
                rehearse(line.store, line.db, work);
        if (!batch->next || !line.db || !run_together(line.store, line.db, batch))
            for (struct work *work = batch; work; work = work->next)
                run_alone(&line, work);
        finish(line.store, batch);
    }
    hang_up(&line);
    return NULL;
}
