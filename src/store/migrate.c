#include "migrate.h"

#include "../base/buf.h"
#include "../base/text.h"

#include <ctype.h>
#include <string.h>

enum { MIGRATION_TEXT_MAX = 1024 * 1024 };

/* --- one text for both engines ------------------------------------------------------------- */

/* Types are written in capitals, so that a column may have such a name in small letters. */
static const struct {
    const char *shared, *sqlite;
} types[] = {
    { "BIGINT",    "INTEGER" },
    { "BOOLEAN",   "INTEGER" },
    { "BYTEA",     "BLOB"    },
    { "DOUBLE",    "REAL"    },
    { "PRECISION", ""        },
};

struct translation {
    struct buf out;
    const char *engine;
    bool is_sqlite;
    bool is_skipping; /* inside a block for the other engine */
    size_t words;     /* of the statement so far */
    bool is_create, is_table;
};

static void translation_free(struct translation *t)
{
    buf_free(&t->out);
}

/* What is put out is the engine's; the line ends stay, so that error messages name the line. */
static void put(struct translation *t, const char *s, size_t len)
{
    if (!t->is_skipping)
        buf_add(&t->out, s, len);
}

static void put_word(struct translation *t, const char *s, size_t len)
{
    if (t->is_skipping)
        return;
    t->words++;
    if (t->words == 1)
        t->is_create = len == 6 && memcmp(s, "CREATE", len) == 0;
    if (t->words == 2)
        t->is_table = t->is_create && len == 5 && memcmp(s, "TABLE", len) == 0;
    for (size_t i = 0; t->is_sqlite && i < COUNT(types); i++) {
        if (strlen(types[i].shared) == len && memcmp(s, types[i].shared, len) == 0) {
            buf_text(&t->out, types[i].sqlite);
            return;
        }
    }
    buf_add(&t->out, s, len);
}

static void put_semicolon(struct translation *t)
{
    if (t->is_skipping)
        return;
    /* Without STRICT, SQLite takes a text in a column of numbers. */
    buf_text(&t->out, t->is_sqlite && t->is_table ? " STRICT;" : ";");
    t->words = 0;
    t->is_create = t->is_table = false;
}

static void read_comment(struct translation *t, const char *s, size_t len)
{
    static const char only[] = "-- only: ", end[] = "-- end";

    if (len > strlen(only) && memcmp(s, only, strlen(only)) == 0)
        t->is_skipping = strlen(t->engine) != len - strlen(only) ||
                         memcmp(s + strlen(only), t->engine, len - strlen(only)) != 0;
    if (len == strlen(end) && memcmp(s, end, len) == 0)
        t->is_skipping = false;
}

/* The length of the word, the quoted text, the comment or the single character at s. */
static size_t token_length(const char *s)
{
    size_t len = 1;

    if (s[0] == '-' && s[1] == '-')
        return strcspn(s, "\n");
    if (s[0] == '\'' || s[0] == '"') {
        const char *end = strchr(s + 1, s[0]);
        return end ? (size_t)(end - s) + 1 : strlen(s);
    }
    if (!isalpha((unsigned char)s[0]) && s[0] != '_')
        return 1;
    while (isalnum((unsigned char)s[len]) || s[len] == '_')
        len++;
    return len;
}

char *migration_for(struct arena *mem, const char *sql, const char *engine)
{
    CLEANUP(translation_free)
    struct translation t = { .out = BUF(MIGRATION_TEXT_MAX),
                             .engine = engine,
                             .is_sqlite = text_equal(engine, "sqlite") };
    size_t len;

    for (const char *s = sql; *s; s += len) {
        len = token_length(s);
        if (s[0] == '-' && s[1] == '-')
            read_comment(&t, s, len);
        else if (isalpha((unsigned char)s[0]) || s[0] == '_')
            put_word(&t, s, len);
        else if (s[0] == ';')
            put_semicolon(&t);
        else if (s[0] == '\n')
            buf_char(&t.out, '\n');
        else
            put(&t, s, len);
    }
    return arena_text_n(mem, buf_str(&t.out), t.out.len);
}

/* --- versions ------------------------------------------------------------------------------ */

static const char version_table[] = "CREATE TABLE schema_version (\n"
                                    "    version BIGINT NOT NULL PRIMARY KEY,\n"
                                    "    name TEXT NOT NULL,\n"
                                    "    at BIGINT NOT NULL\n"
                                    ");\n";

/* Looks at the first column of the last row, a whole number. */
struct number_sink {
    struct sink sink;
    int64_t value;
};

static bool no_columns(struct sink *sink, struct column_map *map, const char *const *names,
                       size_t n, struct err *err)
{
    (void)sink, (void)map, (void)names, (void)n, (void)err;
    return true;
}

static bool number_row(struct sink *sink, const struct cell *cells, size_t n, struct err *err)
{
    struct number_sink *number = (struct number_sink *)sink;

    (void)err;
    if (n > 0 && cells[0].kind == CELL_INT)
        number->value = cells[0].i;
    return true;
}

static bool ask_number(struct connection *db, const char *text, struct args args, int64_t *out,
                       struct err *err)
{
    struct number_sink sink = {
        .sink = { no_columns, number_row }
    };

    if (!db->engine->each(db, text, args, &sink.sink, err))
        return false;
    *out = sink.value;
    return true;
}

static bool is_sqlite(const struct connection *db)
{
    return text_equal(db->engine->name, "sqlite");
}

bool migrate_version(struct connection *db, int *out, struct err *err)
{
    int64_t tables, version = 0;

    /* Asked of the catalogue: on PostgreSQL a missing table would spoil the transaction. */
    if (!ask_number(db,
                    is_sqlite(db) ? "SELECT count(*) FROM sqlite_master "
                                    "WHERE type = 'table' AND name = 'schema_version'"
                                  : "SELECT count(to_regclass('schema_version'))",
                    NO_ARGS, &tables, err))
        return false;
    if (tables > 0 &&
        !ask_number(db, "SELECT max(version) FROM schema_version", NO_ARGS, &version, err))
        return false;
    *out = (int)version;
    return true;
}

/* One upgrade at a time over all nodes. On SQLite a write transaction is the lock; on PostgreSQL
 * the level must be READ COMMITTED, else we would look with a snapshot from before the wait. */
static bool lock(struct connection *db, struct err *err)
{
    if (is_sqlite(db))
        return true;
    return db->engine->script(db,
                              "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;\n"
                              "SELECT pg_advisory_xact_lock("
                              "hashtextextended('gestand schema ' || current_schema(), 0));",
                              err);
}

static bool apply(struct connection *db, int version, const struct migration *migration,
                  struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("migration");
    const char *engine = db->engine->name;
    int64_t ignored;

    if (version == 0 && !db->engine->script(db, migration_for(mem, version_table, engine), err))
        return false;
    return db->engine->script(db, migration_for(mem, migration->sql, engine), err) &&
           ask_number(
               db, "INSERT INTO schema_version (version, name, at) VALUES ($1, $2, $3)",
               ARGS(arg_int(migration->version), arg_text(migration->name), arg_time(clock_now())),
               &ignored, err);
}

/* Inside a transaction: everything that is missing. */
static bool upgrade(struct connection *db, int up_to, struct err *err)
{
    int newest = migrations_n > 0 ? migrations[migrations_n - 1].version : 0;
    int version;

    if (!lock(db, err) || !migrate_version(db, &version, err))
        return false;
    if (version > newest)
        return err_set(err, ERR_UNSUPPORTED,
                       "the database has schema version %d and this program knows only %d: "
                       "start the newer program, or restore an older backup",
                       version, newest);
    for (const struct migration *m = migrations; m < migrations + migrations_n; m++) {
        if (m->version <= version || (up_to > 0 && m->version > up_to))
            continue;
        if (!apply(db, version, m, err))
            return err_prefix(err, "migration %d (%s): ", m->version, m->name);
        version = m->version;
    }
    return true;
}

/* All in one transaction: when a migration fails, the program that was there before still runs. */
bool migrate(struct connection *db, int up_to, struct err *err)
{
    if (!db->engine->begin(db, err))
        return false;
    if (upgrade(db, up_to, err))
        return db->engine->commit(db, err);
    db->engine->rollback(db);
    return false;
}
