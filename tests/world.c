#include "world.h"

#include "../src/base/disk.h"
#include "../src/base/text.h"
#include "../src/store/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCHEMA_NAME_LEN = 12, WRITERS = 3, READERS = 3, KEPT_MAX = 8 };

/* To go through all migrations takes longer than most tests do. So the first world of a run keeps
 * its database for those after it: SQLite's as it is when nothing is in it yet, to be copied;
 * PostgreSQL's schemas emptied, to be used again. */
static struct bytes template;
static const char *kept[KEPT_MAX];
static size_t kept_n;

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

static void drop_schema(struct arena *mem, const char *schema)
{
    in_database(getenv("TEST_DATABASE"), arena_printf(mem, "DROP SCHEMA %s CASCADE", schema));
}

static void drop_kept(void)
{
    struct arena *mem = arena_new("world");

    while (kept_n > 0)
        drop_schema(mem, kept[--kept_n]);
    arena_free(mem);
}

static struct arena *memory_of_the_run(void)
{
    static struct arena *mem;

    if (!mem)
        mem = arena_new("worlds");
    return mem;
}

/* Empty again, for the next world; one that can't be kept is dropped. */
static void keep_schema(struct arena *mem, const char *schema)
{
    static const char clear[] = "SET search_path = %s; "
                                "DO $$ DECLARE used TEXT; BEGIN "
                                "SELECT string_agg(relname, ',') INTO used FROM pg_class "
                                "WHERE relnamespace = '%s'::regnamespace AND relkind = 'r' AND "
                                "relname <> 'schema_version' AND pg_relation_size(oid) > 0; "
                                "IF used <> '' THEN EXECUTE 'TRUNCATE ' || used; END IF; END $$";

    if (kept_n == KEPT_MAX) {
        drop_schema(mem, schema);
        return;
    }
    in_database(getenv("TEST_DATABASE"), arena_printf(mem, clear, schema, schema));
    if (kept_n == 0)
        atexit(drop_kept);
    kept[kept_n++] = arena_text(memory_of_the_run(), schema);
}

/* One that was kept, or a new one with nothing in it. */
static const char *take_schema(struct arena *mem, bool is_empty)
{
    const char *schema;

    if (!is_empty && kept_n > 0)
        return kept[--kept_n];
    schema = arena_printf(mem, "t_%s", random_text(mem, SCHEMA_NAME_LEN));
    in_database(getenv("TEST_DATABASE"), arena_printf(mem, "CREATE SCHEMA %s", schema));
    return schema;
}

static struct world world_begin(bool is_empty)
{
    struct arena *mem = arena_new("world");
    const char *url = getenv("TEST_DATABASE");
    struct world w = { .mem = mem };

    w.settings =
        (struct store_settings){ .data = temporary_folder(mem), .twice = true, .careless = true };
    w.scope = (struct scope){ .mem = mem };
    if (text_is_blank(url))
        return w;
    w.schema = take_schema(mem, is_empty);
    w.settings.database = arena_printf(mem, "%s%coptions=-csearch_path%%3D%s", url,
                                       strchr(url, '?') ? '&' : '?', w.schema);
    w.settings.writers = WRITERS;
    w.settings.readers = READERS;
    return w;
}

struct world world_empty(void)
{
    return world_begin(true);
}

static bool read_template(struct world *w, const char *path)
{
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    uint8_t *data;

    if (file < 0 || fstat(file, &facts) != 0)
        return disk_failed(&w->err, "read", path, errno);
    data = arena_alloc(memory_of_the_run(), (size_t)facts.st_size);
    template = (struct bytes){ data, (size_t)facts.st_size };
    return read_all(file, path, data, template.len, &w->err);
}

static bool write_template(struct world *w, const char *path)
{
    CLEANUP(close_file) int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    return file < 0 ? disk_failed(&w->err, "write", path, errno)
                    : write_all(file, path, template, &w->err);
}

/* SQLite's, with all its tables. */
static void put_template(struct world *w)
{
    const char *path = arena_printf(w->mem, "%s/gestand.db", w->settings.data);

    if (template.len > 0) {
        must(write_template(w, path), &w->err);
        return;
    }
    must(store_open(&w->settings, &w->store, &w->err), &w->err);
    store_closep(&w->store);
    must(read_template(w, path), &w->err);
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

static struct world world_with_tables(bool is_fresh)
{
    struct world w = world_begin(is_fresh);

    w.is_kept = !is_fresh;
    if (!w.schema)
        put_template(&w);
    must(store_open(&w.settings, &w.store, &w.err), &w.err);
    w.scope.organisation.n = id_new();
    must(world_write(&w, add_organisation, NULL), &w.err);
    return w;
}

struct world world_open(void)
{
    return world_with_tables(false);
}

struct world world_fresh(void)
{
    return world_with_tables(true);
}

bool world_reopen(struct world *w)
{
    store_closep(&w->store);
    return store_open(&w->settings, &w->store, &w->err);
}

void world_close(struct world *w)
{
    store_close(w->store);
    if (w->schema && w->is_kept)
        keep_schema(w->mem, w->schema);
    else if (w->schema)
        drop_schema(w->mem, w->schema);
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
