/* postgres.c — the engine for several machines, in libpq's pipeline mode.
 *
 * BEGIN and statements whose result nobody waits for are only queued; they travel with the next
 * one whose result is wanted, or with the COMMIT. `waiting` is what was queued and not answered
 * yet, in order. Each round trip ends with a sync point: after an error the server skips
 * everything up to there, and both sides know where they are.
 */
#include "postgres_connect.h"
#include "postgres_rows.h"

#include "../base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    WAITING_MAX = 256,              /* then they are sent, wanted or not */
    SCRATCH_MAX = 64 * 1024 * 1024, /* decoded bytes of one row */
};

struct prepared {
    bool is_ready; /* the server has it, or it is on its way */
    struct column_map map;
};

struct waiting {
    enum { TEXT, STATEMENT, PREPARE, COMMIT, SYNC } kind;
    enum sql sql;    /* of STATEMENT and PREPARE */
    bool is_ignored; /* was rolled back: its failure doesn't matter any more */
};

struct postgres {
    struct connection db;
    PGconn *h;
    struct arena *mem;
    struct prepared *prepared[SQL_SLOTS_MAX];
    struct waiting waiting[WAITING_MAX + 8];
    size_t waiting_n;
    struct rows rows;
    /* Of the transaction: what is known about it when the connection is lost. */
    enum { OPEN, COMMITTED, FAILED } outcome;
};

/* Where the result of the last waiting statement goes. */
struct wanted {
    struct sink *sink;
    struct column_map *map;
    int64_t *changed;
    bool one_by_one; /* rows as they come, for results of any size */
};

static struct postgres *of(struct connection *db)
{
    return (struct postgres *)db;
}

/* --- failures ------------------------------------------------------------------------------ */

/* What an SQLSTATE, or the start of one, means to us. */
static const struct {
    const char *state;
    enum err_code code;
    bool retry, broken;
    const char *text; /* NULL: the server's own */
} failures[] = {
    { "40001", ERR_BUSY,     true,  false, "others are changing the same thing"        },
    { "40P01", ERR_BUSY,     true,  false, "others are changing the same thing"        },
    { "55P03", ERR_BUSY,     true,  false, "others are changing the same thing"        },
    { "23505", ERR_CONFLICT, true,  false, NULL                                        },
    { "23",    ERR_CONFLICT, false, false, NULL                                        },
    { "57014", ERR_BUSY,     false, false, "the database took too long for an answer"  },
    { "57P",   ERR_BUSY,     false, true,  "the database is shutting down or starting" },
    { "25P03", ERR_BUSY,     false, true,  "the transaction took too long"             },
    { "08",    ERR_BUSY,     false, true,  "the connection to the database was lost"   },
    { "53100", ERR_FULL,     false, false, "no room left on the disk of the database"  },
    { "58030", ERR_FULL,     false, false, "the disk of the database fails"            },
    { "53",    ERR_BUSY,     false, false, "the database has no room for more work"    },
    /* Another node changed the schema, or a pooler gave us somebody else's session. */
    { "0A000", ERR_INTERNAL, false, true,  NULL                                        },
    { "26000", ERR_INTERNAL, false, true,  NULL                                        },
    { "",      ERR_INTERNAL, false, false, NULL                                        },
};

static bool lost(struct postgres *pg, struct err *err)
{
    pg->db.broken = true;
    return err_set(err, ERR_BUSY, "the connection to the database was lost");
}

static bool fail(struct postgres *pg, const PGresult *result, struct err *err)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    size_t i = 0;

    pg->db.aborted = true;
    if (!state)
        return lost(pg, err);
    while (!text_starts(state, failures[i].state))
        i++;
    pg->db.retry = failures[i].retry;
    pg->db.broken = failures[i].broken || PQstatus(pg->h) == CONNECTION_BAD;
    if (failures[i].text)
        return err_set(err, failures[i].code, "%s", failures[i].text);
    return err_set(err, failures[i].code, "%s (%s)", text ? text : "no reason was given", state);
}

/* --- results ------------------------------------------------------------------------------- */

/* The first failure of a round trip; after it, results are only read. */
static bool take_failure(struct postgres *pg, const PGresult *result, const struct waiting *waiting,
                         const struct wanted *wanted, struct err *err)
{
    if (waiting->is_ignored)
        return true;
    fail(pg, result, err);
    if (waiting->kind != COMMIT && PQresultErrorField(result, PG_DIAG_SQLSTATE))
        pg->outcome = FAILED;
    /* The caller knows the name of what it ran, not of what was waiting before. */
    if (waiting->kind == STATEMENT && !wanted && err->code == ERR_INTERNAL)
        err_prefix(err, "%s: ", sql_name(waiting->sql));
    return false;
}

static bool take_rows(struct postgres *pg, PGresult *result, const struct wanted *wanted,
                      struct err *err)
{
    int64_t changed = rows_changed(result);

    pg->db.changes += changed;
    if (!wanted)
        return true;
    if (wanted->changed)
        *wanted->changed = changed;
    return !wanted->sink || rows_hand_over(&pg->rows, result, wanted->sink, wanted->map, err);
}

/* COMMIT of a transaction that had failed is answered with ROLLBACK. */
static bool take_commit(struct postgres *pg, PGresult *result, struct err *err)
{
    bool is_committed = text_equal(PQcmdStatus(result), "COMMIT");

    pg->outcome = is_committed ? COMMITTED : FAILED;
    return is_committed || err_set(err, ERR_INTERNAL, "the database rolled the transaction back");
}

static bool take_result(struct postgres *pg, PGresult *result, const struct waiting *waiting,
                        const struct wanted *wanted, struct err *err)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
        return waiting->kind == COMMIT ? take_commit(pg, result, err)
                                       : take_rows(pg, result, wanted, err);
    case PGRES_SINGLE_TUPLE:
    case PGRES_TUPLES_OK:
        return take_rows(pg, result, wanted, err);
    default:
        return take_failure(pg, result, waiting, wanted, err);
    }
}

/* All results of one that waits. *ok says whether everything before it went well. */
static void take(struct postgres *pg, const struct waiting *waiting, const struct wanted *wanted,
                 bool *ok, struct err *err)
{
    bool is_refused = false;

    if (wanted && wanted->one_by_one)
        PQsetSingleRowMode(pg->h);
    for (;;) {
        CLEANUP(postgres_clear) PGresult *result = PQgetResult(pg->h);
        ExecStatusType status = PQresultStatus(result);

        if (!result || status == PGRES_PIPELINE_SYNC)
            break;
        is_refused = is_refused || status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
        if (*ok)
            *ok = take_result(pg, result, waiting, wanted, err);
        else if (waiting->kind == COMMIT && status == PGRES_COMMAND_OK)
            pg->outcome = COMMITTED;
    }
    if (waiting->kind == PREPARE && is_refused)
        pg->prepared[waiting->sql]->is_ready = false;
    if (PQstatus(pg->h) == CONNECTION_BAD)
        pg->db.broken = true;
}

/* Sends what is queued and reads every answer; the last one's goes where it is wanted. */
static bool receive(struct postgres *pg, const struct wanted *wanted, struct err *err)
{
    static const struct waiting sync = { .kind = SYNC };
    size_t n = pg->waiting_n;
    bool ok = true;

    pg->waiting_n = 0;
    pg->rows.began = false;
    if (!PQpipelineSync(pg->h))
        return lost(pg, err);
    for (size_t i = 0; i < n && PQstatus(pg->h) == CONNECTION_OK; i++)
        take(pg, &pg->waiting[i], i + 1 == n ? wanted : NULL, &ok, err);
    if (PQstatus(pg->h) == CONNECTION_OK)
        take(pg, &sync, NULL, &ok, err);
    return ok && pg->db.broken ? lost(pg, err) : ok;
}

/* --- queueing ------------------------------------------------------------------------------ */

static bool not_sent(struct postgres *pg, struct err *err)
{
    if (PQstatus(pg->h) == CONNECTION_BAD)
        return lost(pg, err);
    pg->db.broken = true;
    return err_set(err, ERR_INTERNAL, "cannot send: %s", PQerrorMessage(pg->h));
}

static void push(struct postgres *pg, int kind, enum sql sql)
{
    pg->waiting[pg->waiting_n++] = (struct waiting){ .kind = (unsigned)kind, .sql = sql };
}

/* A closure that queues without end must not fill our memory and the server's. */
static bool has_room(struct postgres *pg, struct err *err)
{
    return pg->waiting_n < WAITING_MAX || receive(pg, NULL, err);
}

static bool queue_text(struct postgres *pg, int kind, const char *text, struct args args,
                       struct err *err)
{
    struct parameters in;

    if (!parameters_from(&in, args, err) || !has_room(pg, err))
        return false;
    if (!PQsendQueryParams(pg->h, text, in.n, NULL, in.values, in.lengths, in.formats, 0))
        return not_sent(pg, err);
    push(pg, kind, SQL_COUNT);
    return true;
}

static struct prepared *prepared_for(struct postgres *pg, enum sql sql)
{
    if (!pg->prepared[sql])
        pg->prepared[sql] = NEW(pg->mem, struct prepared);
    return pg->prepared[sql];
}

static bool queue_prepare(struct postgres *pg, enum sql sql, struct err *err)
{
    struct prepared *p = prepared_for(pg, sql);
    char name[16];

    if (p->is_ready)
        return true;
    snprintf(name, sizeof(name), "s%d", (int)sql);
    if (!PQsendPrepare(pg->h, name, sql_text(sql), 0, NULL))
        return not_sent(pg, err);
    p->is_ready = true;
    push(pg, PREPARE, sql);
    return true;
}

static bool queue_statement(struct postgres *pg, enum sql sql, struct args args, struct err *err)
{
    struct parameters in;
    char name[16];

    if (!parameters_from(&in, args, err) || !has_room(pg, err) || !queue_prepare(pg, sql, err))
        return false;
    snprintf(name, sizeof(name), "s%d", (int)sql);
    if (!PQsendQueryPrepared(pg->h, name, in.n, in.values, in.lengths, in.formats, 0))
        return not_sent(pg, err);
    push(pg, STATEMENT, sql);
    return true;
}

/* A prepared statement gets, after some runs, one plan for all values; for full text that plan
 * walks the whole table. */
static bool wants_own_plan(enum sql sql)
{
    return sql == SQL_SEARCH_NEWEST_POSTGRES || sql == SQL_SEARCH_INDEX_POSTGRES;
}

static bool postgres_run(struct connection *db, enum sql sql, struct args args, struct sink *sink,
                         int64_t *changed, struct err *err)
{
    struct postgres *pg = of(db);
    struct column_map own_map = { 0 };
    bool is_kept = sql != (enum sql)SQL_UNKEPT;
    struct wanted wanted = { sink, is_kept ? &prepared_for(pg, sql)->map : &own_map, changed,
                             false };
    bool ok = !is_kept || wants_own_plan(sql) ? queue_text(pg, TEXT, sql_text(sql), args, err)
                                              : queue_statement(pg, sql, args, err);

    if (!ok || (!sink && !changed))
        return ok;
    return receive(pg, &wanted, err);
}

static bool postgres_each(struct connection *db, const char *text, struct args args,
                          struct sink *sink, struct err *err)
{
    struct postgres *pg = of(db);
    struct column_map map = { 0 };

    /* Exports take as long as they take. */
    if (!db->writes && !queue_text(pg, TEXT, "SET LOCAL statement_timeout = 0", NO_ARGS, err))
        return false;
    return queue_text(pg, TEXT, text, args, err) &&
           receive(pg, &(struct wanted){ sink, &map, NULL, true }, err);
}

static bool postgres_prepare(struct connection *db, enum sql sql, struct err *err)
{
    struct postgres *pg = of(db);

    return has_room(pg, err) && queue_prepare(pg, sql, err) && receive(pg, NULL, err);
}

/* Several statements in one text aren't for the pipeline: it is left and entered again. */
static bool postgres_script(struct connection *db, const char *text, struct err *err)
{
    struct postgres *pg = of(db);
    CLEANUP(postgres_clear) PGresult *result = NULL;
    bool ok;

    if (!receive(pg, NULL, err))
        return false;
    if (!PQexitPipelineMode(pg->h))
        return not_sent(pg, err);
    result = PQexec(pg->h, text);
    ok = postgres_is_done(result) || fail(pg, result, err);
    return (PQenterPipelineMode(pg->h) || not_sent(pg, err)) && ok;
}

/* --- connections --------------------------------------------------------------------------- */

static bool configure(struct postgres *pg, struct err *err)
{
    static const char common[] = "SET standard_conforming_strings = on; SET timezone = 'UTC';"
                                 "SET bytea_output = 'hex';"
                                 "SET default_transaction_isolation = 'repeatable read'";
    static const char readers[] = "SET default_transaction_read_only = on;"
                                  "SET statement_timeout = '30s'";

    for (int i = 0; i < (pg->db.writes ? 1 : 2); i++) {
        CLEANUP(postgres_clear) PGresult *result = PQexec(pg->h, i == 0 ? common : readers);
        if (!postgres_is_done(result))
            return fail(pg, result, err);
    }
    return true;
}

static bool connect_to(struct postgres *pg, struct err *err)
{
    return postgres_connect(pg->db.settings->database, &pg->h, err) && configure(pg, err) &&
           (PQenterPipelineMode(pg->h) || not_sent(pg, err));
}

static void postgres_close(struct connection *db)
{
    struct postgres *pg = of(db);

    PQfinish(pg->h);
    buf_free(&pg->rows.scratch);
    arena_free(pg->mem);
}

static void close_unless_taken(struct postgres **pg)
{
    if (*pg)
        postgres_close(&(*pg)->db);
}

static bool postgres_open(const struct store_settings *settings, bool writes,
                          struct connection **out, struct err *err)
{
    struct arena *mem = arena_new("postgres");
    CLEANUP(close_unless_taken) struct postgres *pg = NEW(mem, struct postgres);

    pg->mem = mem;
    pg->db =
        (struct connection){ .engine = &postgres_engine, .settings = settings, .writes = writes };
    pg->rows.scratch.max = SCRATCH_MAX;
    if (!connect_to(pg, err))
        return false;
    *out = &pg->db;
    pg = NULL;
    return true;
}

/* A server that was restarted has closed the connections that lay idle. Looked at twice: the
 * first look may find only the answer to the last ROLLBACK. */
static bool is_alive(struct postgres *pg)
{
    return !pg->db.broken && PQconsumeInput(pg->h) && PQconsumeInput(pg->h) &&
           PQstatus(pg->h) == CONNECTION_OK;
}

static bool reconnect(struct postgres *pg, struct err *err)
{
    PQfinish(pg->h);
    pg->waiting_n = 0;
    for (size_t i = 0; i < COUNT(pg->prepared); i++)
        if (pg->prepared[i])
            pg->prepared[i]->is_ready = false;
    pg->db.broken = true;
    if (!connect_to(pg, err))
        return false;
    pg->db.broken = false;
    return true;
}

/* --- transactions -------------------------------------------------------------------------- */

static bool postgres_begin(struct connection *db, struct err *err)
{
    struct postgres *pg = of(db);

    db->retry = db->aborted = db->is_unknown = false;
    pg->outcome = OPEN;
    if (!is_alive(pg) && !reconnect(pg, err))
        return false;
    return queue_text(pg, TEXT, "BEGIN", NO_ARGS, err);
}

static bool postgres_commit(struct connection *db, struct err *err)
{
    struct postgres *pg = of(db);

    if (!queue_text(pg, COMMIT, "COMMIT", NO_ARGS, err))
        return false;
    if (receive(pg, NULL, err) || pg->outcome == COMMITTED)
        return true;
    if (!db->broken || pg->outcome == FAILED)
        return false;
    db->is_unknown = true;
    db->retry = false;
    return err_set(err, ERR_BUSY,
                   "the database went away while this was being saved: "
                   "look whether it was before trying again");
}

/* Nobody waits for it: its answer is read with the next transaction's. The first sync point ends
 * the state in which the server skips everything, which a failure among the waiting has begun. */
static void postgres_rollback(struct connection *db)
{
    struct postgres *pg = of(db);

    if (db->broken)
        return;
    for (size_t i = 0; i < pg->waiting_n; i++)
        pg->waiting[i].is_ignored = true;
    if (pg->waiting_n > 0) {
        db->broken = !PQpipelineSync(pg->h);
        push(pg, SYNC, SQL_COUNT);
    }
    if (db->broken || !PQsendQueryParams(pg->h, "ROLLBACK", 0, NULL, NULL, NULL, NULL, 0)) {
        db->broken = true;
        return;
    }
    push(pg, TEXT, SQL_COUNT);
    pg->waiting[pg->waiting_n - 1].is_ignored = true;
    db->broken = !PQpipelineSync(pg->h);
    push(pg, SYNC, SQL_COUNT);
}

const struct engine postgres_engine = {
    .name = "postgres",
    .readers = 6,
    .writers = 6,
    .batch = 1,
    .open = postgres_open,
    .close = postgres_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .run = postgres_run,
    .each = postgres_each,
    .script = postgres_script,
    .prepare = postgres_prepare,
};
