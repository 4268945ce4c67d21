/* world.h — a fresh store for one test, on the engine that the environment names.
 *
 * TEST_DATABASE=postgres://…: a schema of its own in that database, emptied for the next test and
 * dropped after the last; else SQLite in a temporary folder. Every write runs twice
 * (store_settings.twice), so that a closure with an effect outside its transaction is caught.
 */
#pragma once

#include "../src/store/store.h"

struct engine;

struct world {
    struct arena *mem;
    struct store *store; /* NULL in an empty world */
    struct store_settings settings;
    struct scope scope; /* of the first organisation, as the system */
    struct err err;
    const char *schema; /* PostgreSQL's; else NULL */
    bool is_kept;       /* the schema has its tables, and is for the next world too */
};

/* `WORLD(w);` opens one; it is closed at the end of the test. */
#define WORLD(w) CLEANUP(world_close) struct world w = world_open()

struct world world_open(void);
/* The same in a database that no test has used before, nor will: for what looks at how it plans, or
 * changes more than rows. */
#define FRESH_WORLD(w) CLEANUP(world_close) struct world w = world_fresh()
struct world world_fresh(void);
void world_close(struct world *w);
/* Runs a closure in a write or a read of w->scope; false with w->err set. */
bool world_write(struct world *w, store_fn *fn, void *arg);
bool world_read(struct world *w, store_fn *fn, void *arg);
/* Is it PostgreSQL? */
bool world_is_postgres(const struct world *w);

/* For tests of the store itself: the settings of a database in which nothing is yet. */
#define EMPTY_WORLD(w) CLEANUP(world_close) struct world w = world_empty()
struct world world_empty(void);
const struct engine *world_engine(const struct world *w);
/* Closes the store and opens it again with w->settings. */
bool world_reopen(struct world *w);
