/* sqlite.c — the embedded engine: WAL, synchronous=FULL, one connection a thread.
 *
 * A message touches some ten pages at random places, so that SQLite's default would mean a
 * checkpoint with each commit. A server has them made beside the writer (sqlite_checkpoint.h).
 * Other programs make them after their own commits, but only of a log so long that no server is
 * there to do it: one beside a server would do its work, and two at once are a danger there.
 */
#include "engine.h"

#include "../base/log.h"
#include "sqlite_checkpoint.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    PARAMETERS_MAX = 64,
    BUSY_MS = 10000,
    LOG_PAGES = 16000, /* 64 MB: then a server's log is brought into the database */
};

struct prepared {
    sqlite3_stmt *st;
    struct column_map map;
    int parameters[PARAMETERS_MAX]; /* where $1, $2, … stand: SQLite numbers by first sight */
    const char *names[COLUMNS_MAX];
};

struct sqlite {
    struct connection db;
    sqlite3 *h;
    struct arena *mem;
    struct prepared *prepared[SQL_SLOTS_MAX];
    sqlite3_stmt *begin, *commit;      /* each read has both: parsed once */
    struct checkpointer *checkpointer; /* of a server's writer */
};

static struct sqlite *of(struct connection *db)
{
    return (struct sqlite *)db;
}

/* What SQLite's result means to us. */
static bool fail(struct sqlite *lite, const char *what, struct err *err)
{
    int code = sqlite3_extended_errcode(lite->h);
    const char *text = sqlite3_errmsg(lite->h);

    lite->db.retry = false;
    lite->db.aborted = sqlite3_get_autocommit(lite->h) != 0;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        lite->db.retry = true;
        return err_set(err, ERR_BUSY, "the database is busy");
    case SQLITE_FULL:
        return err_set(err, ERR_FULL, "no room left on the disk of the database");
    case SQLITE_IOERR:
        return err_set(err, ERR_FULL, "the disk of the database fails: %s", text);
    case SQLITE_CONSTRAINT:
        return err_set(err, ERR_CONFLICT, "%s: %s", what, text);
    default:
        return err_set(err, ERR_INTERNAL, "%s: %s", what, text);
    }
}

static bool execute(struct sqlite *lite, const char *text, struct err *err)
{
    return sqlite3_exec(lite->h, text, NULL, NULL, NULL) == SQLITE_OK || fail(lite, text, err);
}

static void sqlite_close(struct connection *db)
{
    struct sqlite *lite = of(db);

    checkpointer_stop(lite->checkpointer);
    for (size_t i = 0; i < COUNT(lite->prepared); i++)
        if (lite->prepared[i])
            sqlite3_finalize(lite->prepared[i]->st);
    sqlite3_finalize(lite->begin);
    sqlite3_finalize(lite->commit);
    sqlite3_close(lite->h);
    arena_free(lite->mem);
}

static void close_unless_taken(struct sqlite **lite)
{
    if (*lite)
        sqlite_close(&(*lite)->db);
}

/* SQLite doesn't wait for this lock by itself, when several programs make the database at once. */
static bool begin_wal(struct sqlite *lite, struct err *err)
{
    int64_t until = clock_monotonic_ms() + BUSY_MS;

    while (!execute(lite, "PRAGMA journal_mode = WAL", err)) {
        if (!lite->db.retry || clock_monotonic_ms() > until)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
        err_clear(err);
    }
    return true;
}

static bool prepare_turns(struct sqlite *lite, struct err *err)
{
    const char *begin = lite->db.writes ? "BEGIN IMMEDIATE" : "BEGIN";

    return (sqlite3_prepare_v3(lite->h, begin, -1, SQLITE_PREPARE_PERSISTENT, &lite->begin, NULL) ==
                SQLITE_OK &&
            sqlite3_prepare_v3(lite->h, "COMMIT", -1, SQLITE_PREPARE_PERSISTENT, &lite->commit,
                               NULL) == SQLITE_OK) ||
           fail(lite, "cannot prepare", err);
}

/* Nobody asks how much memory it holds, and to count that all threads would wait for one lock at
 * each piece they take or give back. */
static void count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool sqlite_open(const struct store_settings *settings, bool writes, struct connection **out,
                        struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct arena *mem = arena_new("sqlite");
    CLEANUP(close_unless_taken) struct sqlite *lite = NEW(mem, struct sqlite);
    const char *path = arena_printf(mem, "%s/gestand.db", settings->data);

    pthread_once(&once, count_no_memory);
    lite->mem = mem;
    lite->db =
        (struct connection){ .engine = &sqlite_engine, .settings = settings, .writes = writes };
    if (sqlite3_open_v2(path, &lite->h,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return err_set(err, ERR_INTERNAL, "cannot open %s: %s", path, sqlite3_errmsg(lite->h));
    sqlite3_busy_timeout(lite->h, BUSY_MS);
    sqlite3_extended_result_codes(lite->h, 1);
    if (!begin_wal(lite, err) ||
        !execute(lite,
                 settings->careless ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL",
                 err) ||
        !execute(lite, "PRAGMA cache_size = -32000", err) ||
        !execute(lite, "PRAGMA temp_store = MEMORY", err) ||
        !execute(lite, "PRAGMA wal_autocheckpoint = 32000", err) ||
        !execute(lite, writes ? "PRAGMA foreign_keys = OFF" : "PRAGMA query_only = ON", err) ||
        !prepare_turns(lite, err))
        return err_prefix(err, "%s: ", path);
    if (writes && settings->is_node)
        lite->checkpointer = checkpointer_start(lite->h, path, LOG_PAGES);
    *out = &lite->db;
    lite = NULL;
    return true;
}

static void reset(sqlite3_stmt **st)
{
    sqlite3_reset(*st); /* a read statement left unreset would keep the WAL from restarting */
}

static bool take_turn(struct sqlite *lite, sqlite3_stmt *turn, struct err *err)
{
    CLEANUP(reset) sqlite3_stmt *st = turn;

    return sqlite3_step(st) == SQLITE_DONE || fail(lite, sqlite3_sql(st), err);
}

static bool sqlite_begin(struct connection *db, struct err *err)
{
    db->retry = db->aborted = false;
    return take_turn(of(db), of(db)->begin, err);
}

static bool sqlite_commit(struct connection *db, struct err *err)
{
    return take_turn(of(db), of(db)->commit, err);
}

static void sqlite_rollback(struct connection *db)
{
    /* Some failures have rolled back by themselves. */
    if (!sqlite3_get_autocommit(of(db)->h))
        sqlite3_exec(of(db)->h, "ROLLBACK", NULL, NULL, NULL);
}

static bool prepare_text(struct sqlite *lite, const char *text, struct prepared *p, struct err *err)
{
    char name[8];

    if (sqlite3_prepare_v3(lite->h, text, -1, SQLITE_PREPARE_PERSISTENT, &p->st, NULL) != SQLITE_OK)
        return fail(lite, "cannot prepare", err);
    for (int i = 0; i < PARAMETERS_MAX; i++) {
        sqlite3_snprintf(sizeof(name), name, "$%d", i + 1);
        p->parameters[i] = sqlite3_bind_parameter_index(p->st, name);
    }
    if (sqlite3_column_count(p->st) > COLUMNS_MAX)
        return err_set(err, ERR_INTERNAL, "more than %d columns", COLUMNS_MAX);
    for (int i = 0; i < sqlite3_column_count(p->st); i++)
        p->names[i] = sqlite3_column_name(p->st, i);
    return true;
}

static struct prepared *prepared_for(struct sqlite *lite, enum sql sql, struct err *err)
{
    struct prepared *p = lite->prepared[sql];

    if (p && p->st)
        return p;
    if (!p)
        p = lite->prepared[sql] = NEW(lite->mem, struct prepared);
    return prepare_text(lite, sql_text(sql), p, err) ? p : NULL;
}

static bool sqlite_prepare(struct connection *db, enum sql sql, struct err *err)
{
    return prepared_for(of(db), sql, err) != NULL;
}

static bool bind(struct sqlite *lite, struct prepared *p, struct args args, struct err *err)
{
    if (args.n > PARAMETERS_MAX)
        return err_set(err, ERR_INTERNAL, "more than %d values", PARAMETERS_MAX);
    /* What is left out would be NULL; PostgreSQL refuses it too. */
    if (args.n != (size_t)sqlite3_bind_parameter_count(p->st))
        return err_set(err, ERR_INTERNAL, "%zu values for %d parameters", args.n,
                       sqlite3_bind_parameter_count(p->st));
    for (size_t i = 0; i < args.n; i++) {
        const struct arg *arg = &args.v[i];
        int at = p->parameters[i], result = SQLITE_OK;

        if (at == 0)
            return err_set(err, ERR_INTERNAL, "the statement has no $%zu", i + 1);
        switch (arg->kind) {
        case ARG_NULL:
            result = sqlite3_bind_null(p->st, at);
            break;
        case ARG_INT:
            result = sqlite3_bind_int64(p->st, at, arg->i);
            break;
        case ARG_REAL:
            result = sqlite3_bind_double(p->st, at, arg->real);
            break;
        case ARG_TEXT:
            result = sqlite3_bind_text(p->st, at, arg->text, -1, SQLITE_STATIC);
            break;
        case ARG_BYTES:
            result = sqlite3_bind_blob64(p->st, at, arg->bytes.data, arg->bytes.len, SQLITE_STATIC);
            break;
        }
        if (result != SQLITE_OK)
            return fail(lite, "cannot bind", err);
    }
    return true;
}

static void read_cells(sqlite3_stmt *st, int n, struct cell *cells)
{
    for (int i = 0; i < n; i++) {
        struct cell *cell = &cells[i];

        switch (sqlite3_column_type(st, i)) {
        case SQLITE_INTEGER:
            *cell = (struct cell){ .kind = CELL_INT, .i = sqlite3_column_int64(st, i) };
            break;
        case SQLITE_FLOAT:
            *cell = (struct cell){ .kind = CELL_REAL, .real = sqlite3_column_double(st, i) };
            break;
        case SQLITE_NULL:
            *cell = (struct cell){ .kind = CELL_NULL };
            break;
        case SQLITE_TEXT:
            cell->kind = CELL_TEXT;
            cell->data = (const char *)sqlite3_column_text(st, i);
            cell->len = (size_t)sqlite3_column_bytes(st, i);
            break;
        default:
            cell->kind = CELL_BYTES;
            cell->data = sqlite3_column_blob(st, i);
            cell->len = (size_t)sqlite3_column_bytes(st, i);
            break;
        }
    }
}

static bool step_all(struct sqlite *lite, struct prepared *p, struct sink *sink, int64_t *changed,
                     struct err *err)
{
    CLEANUP(reset) sqlite3_stmt *st = p->st;
    struct cell cells[COLUMNS_MAX];
    int n = sqlite3_column_count(st), result;

    if (sink && !sink->columns(sink, &p->map, p->names, (size_t)n, err))
        return false;
    while ((result = sqlite3_step(st)) == SQLITE_ROW) {
        if (!sink)
            continue;
        read_cells(st, n, cells);
        if (!sink->row(sink, cells, (size_t)n, err))
            return false;
    }
    if (result != SQLITE_DONE)
        return fail(lite, "cannot run", err);
    if (changed)
        *changed = sqlite3_changes64(lite->h);
    lite->db.changes = sqlite3_total_changes64(lite->h);
    return true;
}

static void finalize(struct prepared *p)
{
    sqlite3_finalize(p->st);
}

static bool run_once(struct sqlite *lite, const char *text, struct args args, struct sink *sink,
                     int64_t *changed, struct err *err)
{
    CLEANUP(finalize) struct prepared p = { 0 };

    return prepare_text(lite, text, &p, err) && bind(lite, &p, args, err) &&
           step_all(lite, &p, sink, changed, err);
}

static bool sqlite_run(struct connection *db, enum sql sql, struct args args, struct sink *sink,
                       int64_t *changed, struct err *err)
{
    struct sqlite *lite = of(db);
    struct prepared *p;

    if (sql == (enum sql)SQL_UNKEPT)
        return run_once(lite, sql_text(sql), args, sink, changed, err);
    p = prepared_for(lite, sql, err);
    return p && bind(lite, p, args, err) && step_all(lite, p, sink, changed, err);
}

static bool sqlite_each(struct connection *db, const char *text, struct args args,
                        struct sink *sink, struct err *err)
{
    return run_once(of(db), text, args, sink, NULL, err);
}

static bool sqlite_script(struct connection *db, const char *text, struct err *err)
{
    return execute(of(db), text, err);
}

const struct engine sqlite_engine = {
    .name = "sqlite",
    .readers = 4,
    .writers = 1,
    .batch = 256,
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .run = sqlite_run,
    .each = sqlite_each,
    .script = sqlite_script,
    .prepare = sqlite_prepare,
};
