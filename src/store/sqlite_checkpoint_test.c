#include "sqlite_checkpoint.h"

#include "../base/arena.h"
#include "../base/text.h"
#include "test.h"
#include "world.h"

enum { PAGES = 50, COMMITS_MAX = 100000, BUSY_MS = 60000 };

struct logged {
    const char *path;
    sqlite3 *writer;
    struct checkpointer *checkpointer;
    int64_t rows;
};

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool start(struct world *w, struct logged *logged)
{
    *logged = (struct logged){ .path = arena_printf(w->mem, "%s/log.db", w->settings.data) };
    /* Whoever reads the log's header while it is written holds the writer's lock for a moment. */
    if (sqlite3_open(logged->path, &logged->writer) != SQLITE_OK ||
        sqlite3_busy_timeout(logged->writer, BUSY_MS) != SQLITE_OK ||
        !run(logged->writer,
             "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
             "DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER PRIMARY KEY, filling TEXT)"))
        return false;
    logged->checkpointer = checkpointer_start(logged->writer, logged->path, PAGES);
    return logged->checkpointer != NULL;
}

static void stop(struct logged *logged)
{
    checkpointer_stop(logged->checkpointer);
    sqlite3_close(logged->writer);
}

static bool write_row(struct logged *logged)
{
    logged->rows++;
    return run(logged->writer, "INSERT INTO t (filling) VALUES (zeroblob(2000))");
}

/* Writes without a pause until the log has begun anew `times` more; false when it never does. */
static bool write_until_begun_anew(struct logged *logged, int64_t times)
{
    int64_t wanted = checkpointer_counts(logged->checkpointer).begun_anew + times;

    for (int i = 0; i < COMMITS_MAX; i++) {
        if (checkpointer_counts(logged->checkpointer).begun_anew >= wanted)
            return true;
        if (!write_row(logged))
            return false;
    }
    return false;
}

static bool is_whole(sqlite3 *db)
{
    sqlite3_stmt *st = NULL;
    bool is_ok = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL) == SQLITE_OK &&
                 sqlite3_step(st) == SQLITE_ROW &&
                 text_equal((const char *)sqlite3_column_text(st, 0), "ok");

    sqlite3_finalize(st);
    return is_ok;
}

static int64_t count_rows(sqlite3 *db)
{
    sqlite3_stmt *st = NULL;
    int64_t n = -1;

    if (sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n;
}

/* What an own connection finds, after the writer has closed. */
static int64_t rows_on_disk(const char *path)
{
    sqlite3 *db = NULL;
    int64_t n = -1;

    if (sqlite3_open(path, &db) == SQLITE_OK && is_whole(db))
        n = count_rows(db);
    sqlite3_close(db);
    return n;
}

TEST(the_log_begins_anew_while_the_writer_writes_without_a_pause)
{
    EMPTY_WORLD(w);
    struct logged logged;

    CHECK(start(&w, &logged));
    CHECK(write_until_begun_anew(&logged, 5));
    CHECK(count_rows(logged.writer) == logged.rows);
    stop(&logged);
    CHECK(rows_on_disk(logged.path) == logged.rows);
}

/* The thread is never in the midst of it when the writer writes. */
static bool write_with_pauses(struct logged *logged, int64_t passes)
{
    for (int i = 0; i < COMMITS_MAX; i++) {
        if (checkpointer_counts(logged->checkpointer).passes >= passes)
            return true;
        if (!write_row(logged))
            return false;
        checkpointer_wait(logged->checkpointer);
    }
    return false;
}

TEST(a_log_in_which_nothing_new_is_written_is_moved_once)
{
    EMPTY_WORLD(w);
    struct logged logged;
    struct checkpoint_counts counts;

    CHECK(start(&w, &logged));
    CHECK(write_with_pauses(&logged, 1));
    CHECK(checkpointer_counts(logged.checkpointer).passes == 1);
    CHECK(write_with_pauses(&logged, 4));
    counts = checkpointer_counts(logged.checkpointer);
    CHECK(counts.passes == 4);
    CHECK(counts.moves == 0);
    CHECK(counts.begun_anew == 3);
    stop(&logged);
    CHECK(rows_on_disk(logged.path) == logged.rows);
}

TEST(pages_reach_the_disk_in_parts_so_that_no_commit_waits_for_all_of_them)
{
    EMPTY_WORLD(w);
    struct logged logged;
    struct checkpoint_counts counts;

    CHECK(start(&w, &logged));
    CHECK(write_with_pauses(&logged, 150));
    counts = checkpointer_counts(logged.checkpointer);
    /* A pass moves some twenty, since each is in the log more than once. */
    CHECK(counts.pauses >= 2 && counts.pauses < counts.passes / 2);
    stop(&logged);
    CHECK(rows_on_disk(logged.path) == logged.rows);
}

TEST(a_reader_keeps_the_log_only_as_long_as_it_reads)
{
    EMPTY_WORLD(w);
    struct logged logged;
    sqlite3 *reader = NULL;
    int64_t before;

    CHECK(start(&w, &logged));
    CHECK(write_row(&logged));
    CHECK(sqlite3_open(logged.path, &reader) == SQLITE_OK);
    CHECK(run(reader, "BEGIN; SELECT count(*) FROM t"));
    before = checkpointer_counts(logged.checkpointer).begun_anew;
    for (int i = 0; i < 20 * PAGES; i++)
        CHECK(write_row(&logged));
    CHECK(checkpointer_counts(logged.checkpointer).begun_anew == before);
    CHECK(count_rows(reader) == 1);
    CHECK(run(reader, "COMMIT"));
    CHECK(write_until_begun_anew(&logged, 2));
    CHECK(count_rows(reader) == logged.rows);
    sqlite3_close(reader);
    stop(&logged);
    CHECK(rows_on_disk(logged.path) == logged.rows);
}

TEST(a_writer_is_closed_while_its_log_is_brought_back)
{
    EMPTY_WORLD(w);

    for (int round = 0; round < 20; round++) {
        struct logged logged;
        CHECK(start(&w, &logged));
        for (int i = 0; i < PAGES + round; i++)
            CHECK(write_row(&logged));
        stop(&logged);
        CHECK(rows_on_disk(logged.path) == logged.rows);
    }
}
