/* engine.h — what SQLite and PostgreSQL each do in their own way. Only store/ includes this.
 *
 * A connection is used by one thread at a time.
 */
#pragma once

#include "store.h"

enum { COLUMNS_MAX = 64 };

/* Which member of a struct each column of a prepared statement goes to; worked out once. */
struct column_map {
    const struct field *fields;
    size_t n;
    int16_t field[COLUMNS_MAX];
};

/* Where rows go. The engine calls columns() once before the first row, then row() for each;
 * false stops the statement with *err set. */
struct sink {
    bool (*columns)(struct sink *sink, struct column_map *map, const char *const *names, size_t n,
                    struct err *err);
    bool (*row)(struct sink *sink, const struct cell *cells, size_t n, struct err *err);
};

struct connection {
    const struct engine *engine;
    const struct store_settings *settings;
    bool writes;
    bool retry;      /* the last failure goes away when the closure is run again */
    bool aborted;    /* the engine has rolled the transaction back by itself */
    bool broken;     /* must be closed and opened anew */
    bool is_unknown; /* lost during COMMIT: nobody knows whether it happened */
    int64_t changes; /* rows changed since it was opened */
};

struct engine {
    const char *name;
    int readers, writers; /* defaults; writers 1 means batches */
    int batch;            /* most closures in one transaction */
    bool (*open)(const struct store_settings *settings, bool writes, struct connection **out,
                 struct err *err);
    void (*close)(struct connection *db);
    bool (*begin)(struct connection *db, struct err *err);
    bool (*commit)(struct connection *db, struct err *err);
    void (*rollback)(struct connection *db);
    /* Runs a statement by number, prepared at its first use on this connection. sink NULL: no
     * rows wanted; then, with changed NULL too, it may be sent together with the next one. */
    bool (*run)(struct connection *db, enum sql sql, struct args args, struct sink *sink,
                int64_t *changed, struct err *err);
    /* A text that is not kept prepared. */
    bool (*each)(struct connection *db, const char *text, struct args args, struct sink *sink,
                 struct err *err);
    /* Several statements without values. */
    bool (*script)(struct connection *db, const char *text, struct err *err);
    /* Prepares a statement without running it, for the test that prepares all. */
    bool (*prepare)(struct connection *db, enum sql sql, struct err *err);
};

extern const struct engine sqlite_engine, postgres_engine;

/* Engines size their arrays of prepared statements by SQL_SLOTS_MAX; SQL_UNKEPT is what
 * sql_composed() put together when all of them were taken. */
enum { SQL_SLOTS_MAX = 8192, SQL_UNKEPT = SQL_SLOTS_MAX };

/* Upgrades the schema to the newest version, under a lock. (migrate.c) */
MUST_CHECK bool migrate(struct connection *db, int up_to, struct err *err);
