#include "engine.h"

#include "search.h"
#include "test.h"
#include "world.h"

#include <string.h>

/* A world on PostgreSQL whose sessions can be told from others, with one run for each write. */
static bool open_quiet_world(struct world *w)
{
    if (!world_is_postgres(w))
        return false;
    w->settings.database =
        arena_printf(w->mem, "%s&application_name=%s", w->settings.database, w->schema);
    w->settings.twice = false;
    return world_reopen(w);
}

#define POSTGRES_WORLD(w)                                                                          \
    WORLD(w);                                                                                      \
    if (!world_is_postgres(&w)) {                                                                  \
        test_skip("is about PostgreSQL");                                                          \
        return;                                                                                    \
    }                                                                                              \
    CHECK_OK(open_quiet_world(&w), &w.err)

static bool add_team(struct tx *tx, struct err *err)
{
    return db_run(tx,
                  sql_composed("INSERT INTO teams (organisation_id, id, name, created_at) "
                               "VALUES ($1, $2, $3, 0)"),
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_text(random_text(tx->mem, 16))),
                  err);
}

static bool add(struct tx *tx, void *runs, struct err *err)
{
    if (runs)
        ++*(int *)runs;
    return add_team(tx, err);
}

static bool count(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx, sql_composed("SELECT count(*) FROM teams WHERE organisation_id = $1"),
                     ARGS(arg_organisation(tx)), n, err);
}

static int64_t teams(struct world *w)
{
    int64_t n = -1;

    return world_read(w, count, &n) ? n : -1;
}

/* --- lost connections ---------------------------------------------------------------------- */

static void close_connection(struct connection **db)
{
    if (*db)
        (*db)->engine->close(*db);
}

/* Ends all sessions of the world but the one that does it. */
static bool end_all_sessions(struct world *w)
{
    CLEANUP(close_connection) struct connection *db = NULL;

    return postgres_engine.open(&w->settings, true, &db, &w->err) &&
           postgres_engine.script(db,
                                  arena_printf(w->mem,
                                               "SELECT pg_terminate_backend(pid, 5000) "
                                               "FROM pg_stat_activity WHERE application_name = "
                                               "'%s' AND pid <> pg_backend_pid()",
                                               w->schema),
                                  &w->err);
}

TEST(a_server_that_was_restarted_costs_no_read_and_no_write)
{
    POSTGRES_WORLD(w);

    CHECK_OK(world_write(&w, add, NULL), &w.err);
    for (int i = 1; i <= 10; i++) {
        CHECK(teams(&w) == i);
        CHECK_OK(end_all_sessions(&w), &w.err);
        CHECK_OK(world_write(&w, add, NULL), &w.err);
    }
    CHECK(teams(&w) == 11);
}

TEST(a_connection_that_died_while_idle_is_made_anew_by_the_next_transaction)
{
    POSTGRES_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;

    CHECK_OK(postgres_engine.open(&w.settings, false, &db, &w.err), &w.err);
    CHECK_OK(postgres_engine.begin(db, &w.err), &w.err);
    postgres_engine.rollback(db);
    CHECK_OK(end_all_sessions(&w), &w.err);
    CHECK_OK(postgres_engine.begin(db, &w.err), &w.err);
    CHECK_OK(postgres_engine.script(db, "SELECT 1", &w.err), &w.err);
}

static bool die_the_first_time(struct tx *tx, void *arg, struct err *err)
{
    int *runs = arg;
    int64_t ignored;

    if (!add_team(tx, err))
        return false;
    return ++*runs > 1 ||
           db_number(tx, sql_composed("SELECT pg_terminate_backend(pg_backend_pid())::INT"),
                     NO_ARGS, &ignored, err);
}

TEST(a_closure_that_loses_its_connection_is_run_again_and_counts_once)
{
    POSTGRES_WORLD(w);
    int runs = 0;

    CHECK_OK(world_write(&w, die_the_first_time, &runs), &w.err);
    CHECK(runs == 2);
    CHECK(teams(&w) == 1);
}

static bool die_at_commit(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_script(tx,
                     "CREATE FUNCTION die() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN "
                     "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; "
                     "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON teams "
                     "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()",
                     err);
}

static bool live_again(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_script(tx, "DROP TRIGGER die ON teams", err);
}

TEST(a_connection_lost_during_the_commit_is_neither_success_nor_run_again)
{
    POSTGRES_WORLD(w);
    int runs = 0;

    CHECK_OK(world_write(&w, die_at_commit, NULL), &w.err);
    CHECK(!world_write(&w, add, &runs));
    CHECK(w.err.code == ERR_BUSY);
    CHECK(strstr(w.err.text, "look whether it was"));
    CHECK(runs == 1);
    CHECK_OK(world_write(&w, live_again, NULL), &w.err);
    CHECK_OK(world_write(&w, add, &runs), &w.err);
    CHECK(teams(&w) == 1);
}

TEST(a_database_that_cannot_be_reached_is_busy_and_its_password_is_not_told)
{
    struct store_settings settings = { .database = "postgres://gestand:secret@127.0.0.1:1/x" };
    CLEANUP(close_connection) struct connection *db = NULL;
    struct err err = { 0 };

    CHECK(!postgres_engine.open(&settings, true, &db, &err));
    CHECK(err.code == ERR_BUSY);
    CHECK(!strstr(err.text, "secret"));
}

/* --- failures ------------------------------------------------------------------------------ */

struct failing {
    const char *state;
    int runs;
};

static bool fail_with(struct tx *tx, void *arg, struct err *err)
{
    struct failing *failing = arg;

    failing->runs++;
    return db_script(tx,
                     arena_printf(tx->mem,
                                  "DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '%s'; "
                                  "END $$",
                                  failing->state),
                     err);
}

TEST(a_failure_is_told_apart_by_what_helps_against_it)
{
    static const struct {
        const char *state;
        enum err_code code;
        bool is_run_again;
    } rows[] = {
        { "40001", ERR_BUSY,     true  },
        { "40P01", ERR_BUSY,     true  },
        { "23505", ERR_CONFLICT, true  },
        { "23502", ERR_CONFLICT, false },
        { "53100", ERR_FULL,     false },
        { "53200", ERR_BUSY,     false },
        { "57014", ERR_BUSY,     false },
        { "42703", ERR_INTERNAL, false },
        { "P0001", ERR_INTERNAL, false },
    };
    POSTGRES_WORLD(w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct failing failing = { rows[i].state, 0 };

        CHECK(!world_write(&w, fail_with, &failing));
        if (w.err.code != rows[i].code || (failing.runs > 1) != rows[i].is_run_again)
            test_fail(__FILE__, __LINE__, "%s: %s, %d runs", rows[i].state, w.err.text,
                      failing.runs);
    }
    CHECK_OK(world_write(&w, add, NULL), &w.err);
}

static bool fail_unseen_and_refuse(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_run(tx, sql_composed("SELECT 1 / CAST($1 AS INT)"), ARGS(arg_int(0)), err) &&
           add_team(tx, err) && err_set(err, ERR_DENIED, "no");
}

/* Its answer is read with the next transaction's. */
TEST(a_failure_in_what_was_rolled_back_does_not_reach_the_next_transaction)
{
    POSTGRES_WORLD(w);

    w.settings.writers = 1;
    CHECK_OK(world_reopen(&w), &w.err);
    for (int i = 1; i <= 3; i++) {
        CHECK(!world_write(&w, fail_unseen_and_refuse, NULL));
        CHECK(w.err.code == ERR_DENIED);
        CHECK_OK(world_write(&w, add, NULL), &w.err);
        CHECK(teams(&w) == i);
    }
}

/* --- plans --------------------------------------------------------------------------------- */

static bool search_often(struct tx *tx, void *prepared, struct err *err)
{
    struct list ids;

    for (int i = 0; i < 10; i++)
        if (!search_find(tx, "word", &(bool){ false }, 0, 20, &ids, err))
            return false;
    return db_number(tx,
                     sql_composed("SELECT count(*) FROM pg_prepared_statements "
                                  "WHERE statement LIKE '%TS' || 'QUERY%'"),
                     NO_ARGS, prepared, err);
}

TEST(a_search_is_planned_for_its_own_words_each_time)
{
    POSTGRES_WORLD(w);
    int64_t prepared = -1;

    CHECK_OK(world_read(&w, search_often, &prepared), &w.err);
    CHECK(prepared == 0);
}
