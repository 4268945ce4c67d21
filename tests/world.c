#include "world.h"

#include "../src/base/disk.h"
#include "../src/base/text.h"
#include "../src/store/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCHEMA_NAME_LEN = 12, WRITERS = 3, READERS = 3 };

/* A world that can't be made is not the fault of the test that wants it. */
static void must(bool ok, const struct err *err)
{
    if (ok)
        return;
    fprintf(stderr, "no world for the tests: %s\n", err->text);
    exit(1);
}

static void close_connection(struct connection **db)
{
    if (*db)
        (*db)->engine->close(*db);
}

/* A statement about the schema itself, on a connection to the database as it was named to us. */
static void in_database(const char *url, const char *statement)
{
    struct store_settings settings = { .database = url };
    CLEANUP(close_connection) struct connection *db = NULL;
    struct err err = { 0 };

    must(postgres_engine.open(&settings, true, &db, &err) &&
             postgres_engine.script(db, statement, &err),
         &err);
}

static const char *temporary_folder(struct arena *mem)
{
    const char *parent = getenv("TMPDIR");
    char *path = arena_printf(mem, "%s/gestand-test.XXXXXX", parent ? parent : "/tmp");

    if (!mkdtemp(path)) {
        perror(path);
        exit(1);
    }
    return path;
}

struct world world_empty(void)
{
    struct arena *mem = arena_new("world");
    const char *url = getenv("TEST_DATABASE");
    struct world w = { .mem = mem };

    w.settings =
        (struct store_settings){ .data = temporary_folder(mem), .twice = true, .careless = true };
    w.scope = (struct scope){ .mem = mem };
    if (text_is_blank(url))
        return w;
    w.schema = arena_printf(mem, "t_%s", random_text(mem, SCHEMA_NAME_LEN));
    in_database(url, arena_printf(mem, "CREATE SCHEMA %s", w.schema));
    w.settings.database = arena_printf(mem, "%s%coptions=-csearch_path%%3D%s", url,
                                       strchr(url, '?') ? '&' : '?', w.schema);
    w.settings.writers = WRITERS;
    w.settings.readers = READERS;
    return w;
}

static bool add_organisation(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_script(tx,
                     arena_printf(tx->mem,
                                  "INSERT INTO organisations (id, name, language, time_zone, "
                                  "created_at) VALUES (%lld, 'Test', 'nl', 'Europe/Amsterdam', 1)",
                                  (long long)tx->organisation.n),
                     err);
}

struct world world_open(void)
{
    struct world w = world_empty();

    must(store_open(&w.settings, &w.store, &w.err), &w.err);
    w.scope.organisation.n = id_new();
    must(world_write(&w, add_organisation, NULL), &w.err);
    return w;
}

bool world_reopen(struct world *w)
{
    store_closep(&w->store);
    return store_open(&w->settings, &w->store, &w->err);
}

void world_close(struct world *w)
{
    store_close(w->store);
    if (w->schema)
        in_database(getenv("TEST_DATABASE"),
                    arena_printf(w->mem, "DROP SCHEMA %s CASCADE", w->schema));
    folder_remove(w->settings.data);
    arena_free(w->mem);
}

bool world_write(struct world *w, store_fn *fn, void *arg)
{
    return store_write(w->store, &w->scope, fn, arg, &w->err);
}

bool world_read(struct world *w, store_fn *fn, void *arg)
{
    return store_read(w->store, &w->scope, fn, arg, &w->err);
}

bool world_is_postgres(const struct world *w)
{
    return w->schema != NULL;
}

const struct engine *world_engine(const struct world *w)
{
    return w->schema ? &postgres_engine : &sqlite_engine;
}
