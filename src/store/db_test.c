#include "engine.h"

#include "../base/buf.h"
#include "test.h"
#include "world.h"

#include <string.h>

/* Statements of the tests' own, over a table that every organisation has. */
static enum sql sql_add(void)
{
    return sql_composed("INSERT INTO teams (organisation_id, id, name, created_at) "
                        "VALUES ($1, $2, $3, 0)");
}

static enum sql sql_rename(void)
{
    return sql_composed("UPDATE teams SET name = $2 WHERE organisation_id = $1");
}

static enum sql sql_count(void)
{
    return sql_composed("SELECT count(*) FROM teams WHERE organisation_id = $1");
}

static enum sql sql_list(void)
{
    return sql_composed("SELECT id, name FROM teams WHERE organisation_id = $1 ORDER BY id");
}

struct row {
    team_id id;
    const char *name;
};

static const struct field row_fields[] = { FIELD(row, id), FIELD(row, name), { 0 } };

static bool add(struct tx *tx, int64_t id, const char *name, struct err *err)
{
    return db_run(tx, sql_add(), ARGS(arg_organisation(tx), arg_int(id), arg_text(name)), err);
}

static bool add_two(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return add(tx, 1, "one", err) && add(tx, 2, "two", err);
}

static bool count(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx, sql_count(), ARGS(arg_organisation(tx)), n, err);
}

/* --- composed statements ------------------------------------------------------------------- */

static bool ask_for_many_lists(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    for (int i = 0; i < SQL_SLOTS_MAX + 10; i++) {
        const char *text = arena_printf(tx->mem,
                                        "SELECT count(*) + %d FROM teams"
                                        " WHERE organisation_id = $1",
                                        i);
        enum sql sql = sql_composed(text);
        int64_t n;

        if (i % 1000 > 0 && i < SQL_SLOTS_MAX)
            continue; /* a number is enough; here it's run, too */
        if (!db_number(tx, sql, ARGS(arg_organisation(tx)), &n, err))
            return false;
        if (n != i)
            return err_set(err, ERR_CONFLICT, "%s said %lld", text, (long long)n);
    }
    return true;
}

TEST(who_asks_for_more_different_lists_than_are_kept_gets_them_all)
{
    WORLD(w);

    CHECK_OK(world_read(&w, ask_for_many_lists, NULL), &w.err);
    CHECK_OK(world_read(&w, ask_for_many_lists, NULL), &w.err);
}

/* --- values -------------------------------------------------------------------------------- */

struct values {
    organisation_id organisation_id;
    envelope_id id;
    const char *external_id;
    struct bytes raw, raw_hash;
    const char *folder;
    bool is_ours;
    int64_t size;
    instant received_at;
};

static const struct field values_fields[] = {
    FIELD(values, organisation_id), FIELD(values, id),
    FIELD(values, external_id),     FIELD(values, raw),
    FIELD(values, raw_hash),        FIELD(values, folder),
    FIELD(values, is_ours),         FIELD(values, size),
    FIELD(values, received_at),     { 0 },
};

static bool write_values(struct tx *tx, void *arg, struct err *err)
{
    const struct values *v = arg;

    return db_run(tx,
                  sql_composed("INSERT INTO envelopes (organisation_id, id, channel_id, "
                               "external_id, received_at, size, raw, raw_hash, folder, is_ours, "
                               "state, stage) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, "
                               "'', '')"),
                  ARGS(arg_organisation(tx), arg_id(v->id), arg_text(v->external_id),
                       arg_time(v->received_at), arg_int(v->size), arg_bytes(v->raw),
                       arg_bytes(v->raw_hash), arg_text(v->folder), arg_bool(v->is_ours)),
                  err);
}

static bool read_values(struct tx *tx, void *arg, struct err *err)
{
    return db_one(tx,
                  sql_composed("SELECT organisation_id, id, external_id, received_at, size, raw, "
                               "raw_hash, folder, is_ours FROM envelopes "
                               "WHERE organisation_id = $1"),
                  ARGS(arg_organisation(tx)), values_fields, arg, err);
}

TEST(what_is_written_comes_back_as_it_was)
{
    WORLD(w);
    const char bytes[] = "\0\xff\\x00'\r\n";
    struct values in = {
        .id = { INT64_MAX },
        .external_id = "it's \"quoted\" \\ $1 é ☃",
        .raw = { (const uint8_t *)bytes, sizeof(bytes) },
        .is_ours = true,
        .size = -9007199254740993,
        .received_at = { 1 },
    };
    struct values out;

    CHECK_OK(world_write(&w, write_values, &in), &w.err);
    CHECK_OK(world_read(&w, read_values, &out), &w.err);
    CHECK(out.organisation_id.n == w.scope.organisation.n);
    CHECK(out.id.n == INT64_MAX);
    CHECK_TEXT(out.external_id, in.external_id);
    CHECK(out.raw.len == sizeof(bytes) && memcmp(out.raw.data, bytes, sizeof(bytes)) == 0);
    CHECK(!out.raw_hash.data);
    CHECK(!out.folder);
    CHECK(out.is_ours);
    CHECK(out.size == -9007199254740993);
    CHECK(out.received_at.ms == 1);
}

/* --- what the functions promise ------------------------------------------------------------ */

static bool rename_all(struct tx *tx, void *rows, struct err *err)
{
    return db_change(tx, sql_rename(), ARGS(arg_int(tx->organisation.n + 1), arg_text("x")), rows,
                     err) &&
           *(int64_t *)rows == 0 &&
           db_change(tx, sql_composed("UPDATE teams SET created_at = 5 WHERE organisation_id = $1"),
                     ARGS(arg_organisation(tx)), rows, err);
}

TEST(a_change_says_how_many_rows_it_changed)
{
    WORLD(w);
    int64_t rows = -1;

    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
    CHECK_OK(world_write(&w, rename_all, &rows), &w.err);
    CHECK(rows == 2);
}

static bool list(struct tx *tx, void *rows, struct err *err)
{
    return db_all(tx, sql_list(), ARGS(arg_organisation(tx)), row_fields, sizeof(struct row), rows,
                  err);
}

TEST(all_rows_come_in_their_order)
{
    WORLD(w);
    struct list rows;

    CHECK_OK(world_read(&w, list, &rows), &w.err);
    CHECK(rows.n == 0);
    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
    CHECK_OK(world_read(&w, list, &rows), &w.err);
    CHECK(rows.n == 2);
    CHECK_TEXT(((struct row *)rows.items)[0].name, "one");
    CHECK_TEXT(((struct row *)rows.items)[1].name, "two");
    CHECK(((struct row *)rows.items)[1].id.n == 2);
}

static enum sql sql_get(void)
{
    return sql_composed("SELECT id, name FROM teams WHERE organisation_id = $1 AND id = $2");
}

static bool find_missing(struct tx *tx, void *found, struct err *err)
{
    struct row row;

    return db_find(tx, sql_get(), ARGS(arg_organisation(tx), arg_int(9)), row_fields, &row, found,
                   err);
}

static bool get_missing(struct tx *tx, void *arg, struct err *err)
{
    struct row row;

    (void)arg;
    return db_one(tx, sql_get(), ARGS(arg_organisation(tx), arg_int(9)), row_fields, &row, err);
}

TEST(a_row_that_is_not_there_is_a_value_for_find_and_an_error_for_one)
{
    WORLD(w);
    bool found = true;

    CHECK_OK(world_read(&w, find_missing, &found), &w.err);
    CHECK(!found);
    CHECK(!world_read(&w, get_missing, NULL));
    CHECK(w.err.code == ERR_NOT_FOUND);
}

static bool each_row(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                     struct err *err)
{
    struct buf *out = arg;

    if (n != 2)
        return err_set(err, ERR_INTERNAL, "two columns were wanted");
    buf_printf(out, "%s=%lld %s=%.*s;", columns[0], (long long)cells[0].i, columns[1],
               (int)cells[1].len, cells[1].data);
    return true;
}

static bool print_all(struct tx *tx, void *out, struct err *err)
{
    buf_clear(out);
    return db_each(tx, "SELECT id, name FROM teams WHERE organisation_id = $1 ORDER BY id",
                   ARGS(arg_organisation(tx)), each_row, out, err);
}

TEST(an_export_gets_each_row_with_its_columns_names)
{
    WORLD(w);
    CLEANUP(buf_free) struct buf out = BUF(1000);

    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
    CHECK_OK(world_read(&w, print_all, &out), &w.err);
    CHECK_TEXT(buf_str(&out), "id=1 name=one;id=2 name=two;");
}

static bool stop_at_once(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    (void)columns, (void)cells, (void)n;
    ++*(int *)arg;
    return err_set(err, ERR_CONFLICT, "enough");
}

static bool export_until_stopped(struct tx *tx, void *rows, struct err *err)
{
    *(int *)rows = 0;
    return db_each(tx, "SELECT id, name FROM teams", NO_ARGS, stop_at_once, rows, err);
}

TEST(an_export_stops_when_told_and_leaves_the_connection_usable)
{
    WORLD(w);
    int rows = 0;
    int64_t n = 0;

    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
    for (int i = 0; i < 5; i++) {
        CHECK(!world_read(&w, export_until_stopped, &rows));
        CHECK(rows == 1);
        CHECK_TEXT(w.err.text, "enough");
        CHECK_OK(world_read(&w, count, &n), &w.err);
        CHECK(n == 2);
    }
}

static bool write_in_a_read(struct tx *tx, void *arg, struct err *err)
{
    int64_t rows;

    (void)arg;
    return db_change(tx, sql_rename(), ARGS(arg_organisation(tx), arg_text("x")), &rows, err);
}

TEST(a_read_cannot_write)
{
    WORLD(w);

    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
    CHECK(!world_read(&w, write_in_a_read, NULL));
}

/* --- failures ------------------------------------------------------------------------------ */

static bool catch_the_failure(struct tx *tx, void *arg, struct err *err)
{
    struct err ignored;
    int64_t n;

    (void)arg;
    if (!add(tx, 1, "kept?", err))
        return false;
    if (db_number(tx, sql_composed("SELECT CAST(nonsense AS BIGINT) FROM nowhere"), NO_ARGS, &n,
                  &ignored))
        return err_set(err, ERR_INTERNAL, "this had to fail");
    return true;
}

TEST(a_closure_that_hides_a_failure_is_rolled_back_all_the_same)
{
    WORLD(w);
    int64_t n = -1;

    CHECK(!world_write(&w, catch_the_failure, NULL));
    CHECK(w.err.code == ERR_INTERNAL);
    CHECK_OK(world_read(&w, count, &n), &w.err);
    CHECK(n == 0);
}

static bool add_the_same_twice(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return add(tx, 1, "one", err) && add(tx, 1, "one again", err);
}

TEST(a_failure_that_nobody_waited_for_shows_at_the_commit)
{
    WORLD(w);
    int64_t n = -1;

    CHECK(!world_write(&w, add_the_same_twice, NULL));
    CHECK(w.err.code == ERR_CONFLICT);
    CHECK_OK(world_read(&w, count, &n), &w.err);
    CHECK(n == 0);
    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
}

static bool add_then_refuse(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return add_two(tx, NULL, err) && err_set(err, ERR_DENIED, "no");
}

TEST(a_closure_that_refuses_leaves_nothing_behind)
{
    WORLD(w);
    int64_t n = -1;

    CHECK(!world_write(&w, add_then_refuse, NULL));
    CHECK(w.err.code == ERR_DENIED);
    CHECK_TEXT(w.err.text, "no");
    CHECK_OK(world_read(&w, count, &n), &w.err);
    CHECK(n == 0);
}

enum { MANY = 1000 };

static bool add_many(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    for (int i = 1; i <= MANY; i++)
        if (!add(tx, i, arena_printf(tx->mem, "team %d", i), err))
            return false;
    return true;
}

TEST(a_closure_may_run_a_thousand_statements_without_reading_one_result)
{
    WORLD(w);
    int64_t n = 0;

    CHECK_OK(world_write(&w, add_many, NULL), &w.err);
    CHECK_OK(world_read(&w, count, &n), &w.err);
    CHECK(n == MANY);
}
