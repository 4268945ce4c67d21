/* store.h — the one way to the data: closures that read in a snapshot or write in a transaction.
 *
 * A closure has no effect outside its transaction and its own `arg`, which it resets first: it
 * may run more than once. No network, no clock, no sleep in it (tx->now is the moment). It
 * returns false to undo everything it did, and only that. Writes return when they are durable.
 *
 * SQLite: one writer thread; waiting closures share a transaction without savepoints; when one
 * fails, the others are run again each alone. PostgreSQL: a pool of writer threads, one
 * REPEATABLE READ transaction a closure, run again on 40001, 40P01 and 23505.
 * The queue is bounded: full means ERR_BUSY with retry_after_ms. Safe on any thread.
 */
#pragma once

#include "../base/crypt.h"
#include "db.h"

struct store;

struct store_settings {
    const char *data;     /* the folder: database, blobs, key */
    const char *database; /* postgres://…; NULL for SQLite in data/gestand.db */
    bool is_node;         /* a server beside others: they tell each other what is new */
    bool twice;           /* debug: every write is rolled back once and run again */
    bool careless;        /* tests, restore: nothing waits for the disk */
    int readers, writers; /* connections; 0: the default for the engine and machine */
    int schema;           /* upgrade no further than this version; 0: to the newest */
};

enum { SCHEMA_AS_IS = -1 }; /* for settings.schema: don't upgrade at all */
/* The newest version of the schema that this program knows. */
int store_schema_newest(void);

/* Makes the folder when missing, upgrades the schema, starts the writers. */
MUST_CHECK bool store_open(const struct store_settings *settings, struct store **out,
                           struct err *err);
/* Finishes what is queued, then closes. NULL is fine. */
void store_close(struct store *store);
void store_closep(struct store **store);

/* For whom a closure runs. */
struct scope {
    struct arena *mem;
    organisation_id organisation;
    struct actor actor;
};

typedef bool store_fn(struct tx *tx, void *arg, struct err *err);

MUST_CHECK bool store_read(struct store *store, const struct scope *scope, store_fn *fn, void *arg,
                           struct err *err);
MUST_CHECK bool store_write(struct store *store, const struct scope *scope, store_fn *fn, void *arg,
                            struct err *err);

/* The same without waiting: done() is called exactly once, on a thread of the store, also when
 * the queue is full or the store closes; it only hands over. *work lives until then. */
struct work {
    struct scope scope;
    store_fn *fn;
    void *arg;
    void (*done)(struct work *work);
    bool ok;
    struct err err;
    /* the store's own */
    instant at;
    unsigned wake;
    struct work *next;
};
void store_write_async(struct store *store, struct work *work);

/* Calls fn(arg, wake) after each commit that woke anything, here or on another node, on a store
 * thread; it only signals. At most 8 listeners; there is no way to stop listening but to close the
 * store. */
void store_listen(struct store *store, void (*fn)(void *arg, unsigned wake), void *arg);
/* Calls the listeners, for what another process or node committed. */
void store_wake(struct store *store, unsigned wake);

const struct store_settings *store_settings(const struct store *store);
/* Like file_sync() and folder_sync(), but a careless store doesn't wait for its disk. */
MUST_CHECK bool store_sync(const struct store *store, int file, const char *path, struct err *err);
MUST_CHECK bool store_sync_folder(const struct store *store, const char *path, struct err *err);
/* The key that seals secrets; from data/key. */
const uint8_t *store_key(const struct store *store);

struct store_stats {
    int64_t writes, commits, retries, failures, queued, queue_max;
    int64_t slowest_us; /* longest closure */
};
void store_stats(const struct store *store, struct store_stats *out);
