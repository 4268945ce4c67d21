#include "store_inside.h"

#include "../base/disk.h"
#include "../base/log.h"
#include "../base/text.h"
#include "migrate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- writing ------------------------------------------------------------------------------ */

void store_write_async(struct store *store, struct work *work)
{
    bool taken;

    work->next = NULL;
    work->at = clock_now();
    work->ok = false;
    err_clear(&work->err);
    pthread_mutex_lock(&store->lock);
    taken = !store->closing && store->queued < QUEUE_MAX;
    if (taken) {
        if (store->last)
            store->last->next = work;
        else
            store->first = work;
        store->last = work;
        store->queued++;
        if ((int64_t)store->queued > store->queue_max)
            store->queue_max = (int64_t)store->queued;
        pthread_cond_signal(&store->has_work);
    }
    pthread_mutex_unlock(&store->lock);
    if (taken)
        return;
    err_set(&work->err, ERR_BUSY, "too much is being written at this moment: try again");
    work->err.retry_after_ms = SECOND_MS;
    work->done(work);
}

struct waiting {
    struct work work;
    pthread_mutex_t lock;
    pthread_cond_t is_done;
    bool done;
};

static void wake_waiting(struct work *work)
{
    struct waiting *waiting = (struct waiting *)work;

    pthread_mutex_lock(&waiting->lock);
    waiting->done = true;
    pthread_cond_signal(&waiting->is_done);
    pthread_mutex_unlock(&waiting->lock);
}

bool store_write(struct store *store, const struct scope *scope, store_fn *fn, void *arg,
                 struct err *err)
{
    struct waiting waiting = {
        .work = { .scope = *scope, .fn = fn, .arg = arg, .done = wake_waiting },
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .is_done = PTHREAD_COND_INITIALIZER,
    };

    store_write_async(store, &waiting.work);
    pthread_mutex_lock(&waiting.lock);
    while (!waiting.done)
        pthread_cond_wait(&waiting.is_done, &waiting.lock);
    pthread_mutex_unlock(&waiting.lock);
    *err = waiting.work.err;
    return waiting.work.ok;
}

/* --- reading ------------------------------------------------------------------------------ */

static bool take_reader(struct store *store, struct connection **out, struct err *err)
{
    bool must_open = false;

    *out = NULL;
    pthread_mutex_lock(&store->readers_lock);
    while (store->readers_idle == 0 && store->readers_open == store->readers_max)
        pthread_cond_wait(&store->has_reader, &store->readers_lock);
    if (store->readers_idle > 0) {
        *out = store->readers[--store->readers_idle];
    } else {
        store->readers_open++;
        must_open = true;
    }
    pthread_mutex_unlock(&store->readers_lock);
    if (!must_open || store->engine->open(&store->settings, false, out, err))
        return true;
    pthread_mutex_lock(&store->readers_lock);
    store->readers_open--;
    pthread_cond_signal(&store->has_reader);
    pthread_mutex_unlock(&store->readers_lock);
    return false;
}

static void give_reader(struct store *store, struct connection *db)
{
    bool broken = db->broken;

    if (broken)
        store->engine->close(db);
    pthread_mutex_lock(&store->readers_lock);
    if (broken)
        store->readers_open--;
    else
        store->readers[store->readers_idle++] = db;
    pthread_cond_signal(&store->has_reader);
    pthread_mutex_unlock(&store->readers_lock);
}

static bool read_once(struct store *store, struct work *work, bool *again)
{
    struct connection *db;

    *again = false;
    if (!take_reader(store, &db, &work->err))
        return false;
    if (store->engine->begin(db, &work->err)) {
        closure_run(store, db, work);
        store->engine->rollback(db);
    }
    *again = !work->ok && (db->retry || db->broken);
    give_reader(store, db);
    return work->ok;
}

bool store_read(struct store *store, const struct scope *scope, store_fn *fn, void *arg,
                struct err *err)
{
    struct work work = { .scope = *scope, .fn = fn, .arg = arg, .at = clock_now() };
    bool again = true;

    /* A connection that died while it was idle is noticed at its first use. */
    for (int try = 0; again && try < 3; try++)
        read_once(store, &work, &again);
    *err = work.err;
    return work.ok;
}

/* --- waking ------------------------------------------------------------------------------- */

void store_listen(struct store *store, void (*fn)(void *arg, unsigned wake), void *arg)
{
    pthread_mutex_lock(&store->lock);
    if (store->listeners_n == LISTENERS_MAX)
        abort();
    store->listeners[store->listeners_n].fn = fn;
    store->listeners[store->listeners_n].arg = arg;
    store->listeners_n++;
    pthread_mutex_unlock(&store->lock);
}

void store_wake(struct store *store, unsigned wake)
{
    size_t n;

    /* Those that are there stay: only how many there are must be read with care. */
    pthread_mutex_lock(&store->lock);
    n = store->listeners_n;
    pthread_mutex_unlock(&store->lock);
    for (size_t i = 0; i < n; i++)
        store->listeners[i].fn(store->listeners[i].arg, wake);
}

/* Events are sealed by the node that made them: if the others tried too, they would only get in
 * each other's way. */
void store_tell_nodes(struct store *store, unsigned wake)
{
    unsigned told = wake & ~(unsigned)WAKE_EVENTS;

    if (store->notifier && told != 0)
        notifier_tell(store->notifier, told);
}

bool store_sync(const struct store *store, int file, const char *path, struct err *err)
{
    return store->settings.careless || file_sync(file, path, err);
}

bool store_sync_folder(const struct store *store, const char *path, struct err *err)
{
    return store->settings.careless || folder_sync(path, err);
}

/* --- opening and closing ------------------------------------------------------------------ */

static void close_engine(struct connection **db)
{
    if (*db)
        (*db)->engine->close(*db);
}

static bool make_folder(struct store *store, struct err *err)
{
    const char *data = store->settings.data;

    return folder_make(data, err) && folder_make(arena_printf(store->mem, "%s/blobs", data), err) &&
           key_load(arena_printf(store->mem, "%s/key", data), store->key, err);
}

/* Where the database isn't in the folder it comes first: who can't reach it leaves no folder. */
static bool upgrade(struct store *store, struct err *err)
{
    CLEANUP(close_engine) struct connection *db = NULL;
    const struct store_settings *settings = &store->settings;

    if (settings->database && !store->engine->open(settings, true, &db, err))
        return false;
    if (!make_folder(store, err) || (!db && !store->engine->open(settings, true, &db, err)))
        return false;
    return settings->schema == SCHEMA_AS_IS || migrate(db, settings->schema, err);
}

int store_schema_newest(void)
{
    return migrations_n > 0 ? migrations[migrations_n - 1].version : 0;
}

static bool open_all(struct store *store, struct err *err)
{
    const struct store_settings *settings = &store->settings;

    if (!upgrade(store, err))
        return false;
    if (settings->is_node && settings->database && !(store->notifier = notifier_start(store)))
        return err_set(err, ERR_INTERNAL, "cannot start the thread that notifies other nodes");
    for (size_t i = 0; i < (size_t)settings->writers; i++) {
        if (pthread_create(&store->writers[i], NULL, writer_loop, store) != 0)
            return err_set(err, ERR_INTERNAL, "cannot start a writer thread");
        store->writers_n++;
    }
    return true;
}

bool store_open(const struct store_settings *settings, struct store **out, struct err *err)
{
    struct arena *mem = arena_new("store");
    CLEANUP(store_closep) struct store *store = NEW(mem, struct store);

    store->mem = mem;
    store->engine = settings->database ? &postgres_engine : &sqlite_engine;
    store->settings = *settings;
    store->settings.data = arena_text(mem, settings->data);
    store->settings.database = arena_text(mem, settings->database);
    if (settings->readers <= 0)
        store->settings.readers = store->engine->readers;
    if (settings->writers <= 0)
        store->settings.writers = store->engine->writers;
    store->readers_max = (size_t)store->settings.readers;
    pthread_mutex_init(&store->lock, NULL);
    pthread_mutex_init(&store->readers_lock, NULL);
    pthread_cond_init(&store->has_work, NULL);
    pthread_cond_init(&store->has_reader, NULL);
    if (!open_all(store, err))
        return false;
    *out = store;
    store = NULL;
    return true;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    pthread_mutex_lock(&store->lock);
    store->closing = true;
    pthread_cond_broadcast(&store->has_work);
    pthread_mutex_unlock(&store->lock);
    for (size_t i = 0; i < store->writers_n; i++)
        pthread_join(store->writers[i], NULL);
    notifier_stop(store->notifier); /* after the last that has something to tell */
    for (size_t i = 0; i < store->readers_idle; i++)
        store->engine->close(store->readers[i]);
    arena_free(store->mem);
}

void store_closep(struct store **store)
{
    store_close(*store);
    *store = NULL;
}

const struct store_settings *store_settings(const struct store *store)
{
    return &store->settings;
}

const uint8_t *store_key(const struct store *store)
{
    return store->key;
}

void store_stats(const struct store *store, struct store_stats *out)
{
    *out = (struct store_stats){ .writes = store->writes,
                                 .commits = store->commits,
                                 .retries = store->retries,
                                 .failures = store->failures,
                                 .queued = (int64_t)store->queued,
                                 .queue_max = store->queue_max,
                                 .slowest_us = store->slowest_us };
}
