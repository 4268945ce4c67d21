/* store_inside.h — what store.c, writer.c and reader.c share. Nobody else includes this. */
#pragma once

#include "engine.h"
#include "notifier.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    QUEUE_MAX = 4096, /* closures waiting to be written */
    WRITERS_MAX = 32,
    READERS_MAX = 64,
    LISTENERS_MAX = 8,
    TRIES_MAX = 8,       /* runs of one closure on 40001 and the like */
    SLOW_CLOSURE_MS = 50 /* is written to the log: on SQLite it holds everybody up */
};

struct store {
    struct store_settings settings;
    const struct engine *engine;
    struct arena *mem;
    uint8_t key[KEY_LEN];

    pthread_mutex_t lock;
    pthread_cond_t has_work; /* the queue is not empty, or closing */
    struct work *first, *last;
    size_t queued;
    bool closing;
    pthread_t writers[WRITERS_MAX];
    size_t writers_n;
    struct notifier *notifier; /* NULL without other nodes */

    /* By the monotonic clock; of all writers, so that who meets it second doesn't hope anew. */
    _Atomic int64_t away_at;   /* since when the database is away; 0: it isn't */
    _Atomic int64_t looked_at; /* when it was last found away */

    pthread_mutex_t readers_lock;
    pthread_cond_t has_reader;
    struct connection *readers[READERS_MAX]; /* the idle ones */
    size_t readers_idle, readers_open, readers_max;

    struct {
        void (*fn)(void *arg, unsigned wake);
        void *arg;
    } listeners[LISTENERS_MAX];
    size_t listeners_n;

    _Atomic int64_t writes, commits, retries, failures, queue_max, slowest_us;
};

/* Runs one closure in the transaction that has begun on db; measures it. */
bool closure_run(struct store *store, struct connection *db, struct work *work);
/* Tells the other nodes, if there may be any; what only this one needs to know is left out. */
void store_tell_nodes(struct store *store, unsigned wake);
/* The loop of a writer thread; ends when the store closes and the queue is empty. */
void *writer_loop(void *store);

/* --- blobs_sweep.c -------------------------------------------------------------------------- */
/* Files are moved into the blob folder while this is shared, and out while it's not, over all
 * nodes. Until *out is closed. */
MUST_CHECK bool blobs_lock(const struct store *store, struct arena *mem, bool is_shared, int *out,
                           struct err *err);
