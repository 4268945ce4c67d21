#include "migrate.h"

#include "../base/text.h"
#include "old.h"
#include "test.h"
#include "world.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void close_connection(struct connection **db)
{
    if (*db)
        (*db)->engine->close(*db);
}

static bool connect_to(struct world *w, struct connection **db)
{
    return world_engine(w)->open(&w->settings, true, db, &w->err);
}

/* --- one text for both engines ------------------------------------------------------------- */

/* For PostgreSQL it stays as it is. */
static const struct {
    const char *shared, *sqlite;
} texts[] = {
    { "CREATE TABLE a (n BIGINT, b BOOLEAN);",   "CREATE TABLE a (n INTEGER, b INTEGER) STRICT;" },
    { "CREATE TABLE a (r DOUBLE PRECISION);",    "CREATE TABLE a (r REAL ) STRICT;"              },
    { "ALTER TABLE a ADD COLUMN c BYTEA;",       "ALTER TABLE a ADD COLUMN c BLOB;"              },
    { "CREATE VIRTUAL TABLE s USING fts5 (w);",  "CREATE VIRTUAL TABLE s USING fts5 (w);"        },
    { "CREATE INDEX i ON a (n);",                "CREATE INDEX i ON a (n);"                      },
    { "SELECT 'CREATE TABLE; BIGINT -- it''s';", "SELECT 'CREATE TABLE; BIGINT -- it''s';"       },
    { "SELECT \"BYTEA\" FROM a;",                "SELECT \"BYTEA\" FROM a;"                      },
    { "SELECT bigint, MY_BIGINT, BIGINTS;",      "SELECT bigint, MY_BIGINT, BIGINTS;"            },
    { "",                                        ""                                              },
    { "'open",                                   "'open"                                         },
};

TEST(the_schema_is_one_text_that_each_engine_takes_in_its_own_way)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(texts); i++) {
        CHECK_TEXT(migration_for(mem, texts[i].shared, "sqlite"), texts[i].sqlite);
        CHECK_TEXT(migration_for(mem, texts[i].shared, "postgres"), texts[i].shared);
    }
}

TEST(what_is_only_for_one_engine_is_left_out_for_the_other)
{
    static const char text[] = "a; -- BIGINT;\n"
                               "-- only: sqlite\nb;\n-- end\n"
                               "-- only: postgres\nc;\n-- end\nd;";
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK_TEXT(migration_for(mem, text, "sqlite"), "a; \n\nb;\n\n\n\n\nd;");
    CHECK_TEXT(migration_for(mem, text, "postgres"), "a; \n\n\n\n\nc;\n\nd;");
}

/* --- from every earlier version ------------------------------------------------------------ */

/* Something in every version, to be found again in the newest. */
static const struct {
    int since;
    const char *table, *columns, *values;
} samples[] = {
    { 1, "organisations", "name, language, time_zone, created_at, id",
     "'Fries''s', 'nl', 'Europe/Amsterdam', 5, 77"                                                                                },
    { 1, "users",         "organisation_id, email, name, role, created_at, id",
     "1, 'jan@example.org', 'Jan', 'agent', 5, 77"                                                                                },
    { 2, "jobs",          "organisation_id, kind, about, due_at, created_at, id",                    "1, 'send', 4, 5, 5, 77"     },
    { 3, "channels",      "organisation_id, type, name, address, settings, enabled, created_at, id",
     "1, 'email', 'Mail', 'info@example.org', '{}', TRUE, 5, 77"                                                                  },
    { 4, "people",        "organisation_id, name, created_at, updated_at, id",                       "1, 'Ada', 5, 5, 77"         },
    { 5, "notes",         "organisation_id, case_id, text, at, id",                                  "1, 7, 'called back', 5, 77" },
};

struct number_sink {
    struct sink sink;
    int64_t value;
};

static bool ignore_columns(struct sink *sink, struct column_map *map, const char *const *names,
                           size_t n, struct err *err)
{
    (void)sink, (void)map, (void)names, (void)n, (void)err;
    return true;
}

static bool take_number(struct sink *sink, const struct cell *cells, size_t n, struct err *err)
{
    (void)n, (void)err;
    ((struct number_sink *)sink)->value = cells[0].i;
    return true;
}

static int64_t ask(struct connection *db, const char *text, struct err *err)
{
    struct number_sink number = {
        .sink = { ignore_columns, take_number },
          .value = -1
    };

    return db->engine->each(db, text, NO_ARGS, &number.sink, err) ? number.value : -1;
}

/* Which sample is missing; NULL when all that a version had are there. */
static const char *missing_sample(struct world *w, struct connection *db, int version)
{
    for (size_t i = 0; i < COUNT(samples); i++) {
        const char *count =
            arena_printf(w->mem, "SELECT count(*) FROM %s WHERE id = 77", samples[i].table);
        if (samples[i].since <= version && ask(db, count, &w->err) != 1)
            return samples[i].table;
    }
    return NULL;
}

static bool add_samples(struct world *w, struct connection *db, int version)
{
    for (size_t i = 0; i < COUNT(samples); i++) {
        const char *insert = arena_printf(w->mem, "INSERT INTO %s (%s) VALUES (%s)",
                                          samples[i].table, samples[i].columns, samples[i].values);
        if (samples[i].since <= version && !db->engine->script(db, insert, &w->err))
            return false;
    }
    return true;
}

static int newest(void)
{
    return migrations[migrations_n - 1].version;
}

TEST(every_earlier_version_becomes_the_newest_and_keeps_its_data)
{
    for (size_t i = 0; i < migrations_n; i++) {
        EMPTY_WORLD(w);
        CLEANUP(close_connection) struct connection *db = NULL;
        int version = -1;

        CHECK_OK(connect_to(&w, &db), &w.err);
        CHECK_OK(migrate_version(db, &version, &w.err), &w.err);
        CHECK(version == 0);
        CHECK_OK(migrate(db, migrations[i].version, &w.err), &w.err);
        CHECK_OK(migrate_version(db, &version, &w.err), &w.err);
        CHECK(version == migrations[i].version);
        CHECK_OK(add_samples(&w, db, version), &w.err);

        CHECK_OK(migrate(db, 0, &w.err), &w.err);
        CHECK_OK(migrate_version(db, &version, &w.err), &w.err);
        CHECK(version == newest());
        CHECK_TEXT(missing_sample(&w, db, migrations[i].version), NULL);
        CHECK(ask(db, "SELECT count(*) FROM schema_version WHERE at > 0", &w.err) ==
              (int64_t)migrations_n);
    }
}

TEST(a_column_takes_only_what_its_type_allows)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;

    CHECK_OK(connect_to(&w, &db), &w.err);
    CHECK_OK(migrate(db, 0, &w.err), &w.err);
    CHECK(!db->engine->script(db,
                              "INSERT INTO notes (organisation_id, id, case_id, text, at) "
                              "VALUES (1, 1, 1, 'x', 'yesterday')",
                              &w.err));
}

/* --- several at once ------------------------------------------------------------------------ */

enum { NODES = 4 };

struct node {
    pthread_t thread;
    const struct store_settings *settings;
    const struct engine *engine;
    struct err err;
    bool ok;
};

static void *start_node(void *arg)
{
    struct node *node = arg;
    CLEANUP(close_connection) struct connection *db = NULL;

    node->ok =
        node->engine->open(node->settings, true, &db, &node->err) && migrate(db, 0, &node->err);
    return NULL;
}

TEST(several_programs_that_start_at_once_upgrade_once)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    struct node nodes[NODES] = { 0 };

    for (size_t i = 0; i < NODES; i++) {
        nodes[i].settings = &w.settings;
        nodes[i].engine = world_engine(&w);
        CHECK(pthread_create(&nodes[i].thread, NULL, start_node, &nodes[i]) == 0);
    }
    for (size_t i = 0; i < NODES; i++)
        pthread_join(nodes[i].thread, NULL);
    for (size_t i = 0; i < NODES; i++)
        CHECK_OK(nodes[i].ok, &nodes[i].err);
    CHECK_OK(connect_to(&w, &db), &w.err);
    CHECK(ask(db, "SELECT count(*) FROM schema_version", &w.err) == (int64_t)migrations_n);
}

/* --- refusals ------------------------------------------------------------------------------ */

TEST(a_database_of_a_newer_program_is_refused_in_words)
{
    FRESH_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    char wanted[40];

    store_closep(&w.store);
    CHECK_OK(connect_to(&w, &db), &w.err);
    CHECK_OK(db->engine->script(db,
                                "INSERT INTO schema_version (version, name, at) "
                                "VALUES (9000, 'from the future', 1)",
                                &w.err),
             &w.err);
    CHECK(!store_open(&w.settings, &w.store, &w.err));
    CHECK(w.err.code == ERR_UNSUPPORTED);
    snprintf(wanted, sizeof(wanted), "version 9000");
    CHECK(strstr(w.err.text, wanted));
    CHECK(strstr(w.err.text, "start the newer program"));
    /* And nothing was done to it. */
    CHECK(ask(db, "SELECT max(version) FROM schema_version", &w.err) == 9000);
    CHECK(ask(db, "SELECT count(*) FROM organisations", &w.err) == 1);
}

TEST(an_upgrade_that_fails_leaves_the_database_as_it_was_and_says_where)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    int version = -1;

    CHECK_OK(connect_to(&w, &db), &w.err);
    CHECK_OK(migrate(db, 1, &w.err), &w.err);
    /* In the way of a table that the last but one migration makes. */
    CHECK_OK(db->engine->script(db, "CREATE TABLE notes (x INTEGER)", &w.err), &w.err);
    CHECK(!migrate(db, 0, &w.err));
    CHECK(strstr(w.err.text, "migration 5 (cases): "));
    CHECK_OK(migrate_version(db, &version, &w.err), &w.err);
    CHECK(version == 1);
    CHECK_OK(db->engine->script(db, "DROP TABLE notes", &w.err), &w.err);
    CHECK_OK(migrate(db, 0, &w.err), &w.err);
}

/* a: of a file, b: of a mail, c: of nobody, d: of a file in another organisation. */
static const char old_blobs[] =
    "INSERT INTO blobs (organisation_id, size, hash) VALUES (1, 5, CAST('a' AS %s)), "
    "(1, 5, CAST('b' AS %s)), (1, 5, CAST('c' AS %s)), (1, 5, CAST('d' AS %s));"
    "INSERT INTO files (organisation_id, id, name, type, size, received, is_inline, created_at, "
    "hash) VALUES (1, 1, '', '', 5, 5, FALSE, 5, CAST('a' AS %s)), "
    "(2, 2, '', '', 5, 5, FALSE, 5, CAST('d' AS %s));"
    "INSERT INTO envelopes (organisation_id, id, channel_id, external_id, received_at, size, "
    "is_ours, state, stage, raw_hash) VALUES (1, 1, 1, '', 5, 5, FALSE, '', '', CAST('b' AS %s))";

TEST(contents_that_no_row_has_any_more_are_swept_after_the_upgrade)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    const char *type = world_is_postgres(&w) ? "BYTEA" : "BLOB";
    const char *script = arena_printf(w.mem, old_blobs, type, type, type, type, type, type, type);

    CHECK_OK(connect_to(&w, &db) && migrate(db, 12, &w.err), &w.err);
    CHECK_OK(db->engine->script(db, script, &w.err) && migrate(db, 20, &w.err), &w.err);
    CHECK(ask(db, "SELECT count(*) FROM blobs WHERE dropped_at = 0", &w.err) == 2);
    CHECK(ask(db,
              arena_printf(w.mem,
                           "SELECT count(*) FROM blobs WHERE dropped_at IS NULL "
                           "AND hash IN (CAST('a' AS %s), CAST('b' AS %s))",
                           type, type),
              &w.err) == 2);
}

/* --- a stored old database ----------------------------------------------------------------- */

/* Later ones, with content: src/commands/upgrade_test.c. */
TEST(a_database_that_an_old_program_left_is_upgraded_with_all_it_holds)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    int version = -1;

    CHECK_OK(old_load(&w, 5) && connect_to(&w, &db), &w.err);
    CHECK_OK(migrate_version(db, &version, &w.err), &w.err);
    CHECK(version == 5);
    CHECK_OK(store_open(&w.settings, &w.store, &w.err), &w.err);
    CHECK_OK(migrate_version(db, &version, &w.err), &w.err);
    CHECK(version == newest());
    CHECK_TEXT(missing_sample(&w, db, 5), NULL);
}
