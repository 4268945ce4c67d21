#include "db.h"

#include "engine.h"

#include "../base/text.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

const char *const actor_kind_names[] = { "system", "user",    "customer", "integration",
                                         "rule",   "channel", NULL };

void tx_wake(struct tx *tx, unsigned wake)
{
    tx->wake |= wake;
}

struct arg arg_int(int64_t i)
{
    return (struct arg){ .kind = ARG_INT, .i = i };
}

struct arg arg_bool(bool b)
{
    return arg_int(b ? 1 : 0);
}

struct arg arg_real(double real)
{
    return (struct arg){ .kind = ARG_REAL, .real = real };
}

struct arg arg_text(const char *s)
{
    return s ? (struct arg){ .kind = ARG_TEXT, .text = s } : (struct arg){ .kind = ARG_NULL };
}

struct arg arg_bytes(struct bytes b)
{
    return b.data ? (struct arg){ .kind = ARG_BYTES, .bytes = b }
                  : (struct arg){ .kind = ARG_NULL };
}

struct arg arg_time(instant at)
{
    return arg_int(at.ms);
}

struct arg arg_organisation(const struct tx *tx)
{
    return arg_int(tx->organisation.n);
}

struct arg arg_id_number(int64_t id)
{
    return id != 0 ? arg_int(id) : (struct arg){ .kind = ARG_NULL };
}

/* --- composed statements ------------------------------------------------------------------ */

static struct {
    pthread_mutex_t lock;
    size_t n;
    uint64_t hashes[SQL_SLOTS_MAX - SQL_COUNT]; /* compared first: there are some thousand texts */
    const char *texts[SQL_SLOTS_MAX - SQL_COUNT];
    struct arena *mem;
} composed = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* FNV-1a */
static uint64_t hash_text(const char *text)
{
    uint64_t hash = 14695981039346656037u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

/* What found no room, until this thread puts the next one together. */
static _Thread_local char unkept[SQL_COMPOSED_MAX];

static enum sql keep_for_once(const char *text)
{
    size_t len = strlen(text);

    assert(len < sizeof(unkept));
    memcpy(unkept, text, len + 1);
    return (enum sql)SQL_UNKEPT;
}

enum sql sql_composed(const char *text)
{
    uint64_t hash = hash_text(text);
    size_t i = 0;

    pthread_mutex_lock(&composed.lock);
    while (i < composed.n && (composed.hashes[i] != hash || strcmp(composed.texts[i], text) != 0))
        i++;
    if (i == composed.n && i < COUNT(composed.texts)) {
        if (!composed.mem)
            composed.mem = arena_new("composed statements");
        composed.hashes[i] = hash;
        composed.texts[i] = arena_text(composed.mem, text);
        composed.n++;
    }
    pthread_mutex_unlock(&composed.lock);
    return i < COUNT(composed.texts) ? (enum sql)(SQL_COUNT + i) : keep_for_once(text);
}

const char *sql_name(enum sql sql)
{
    return sql < SQL_COUNT ? sql_texts[sql].name : "composed";
}

const char *sql_text(enum sql sql)
{
    const char *text;

    if (sql < SQL_COUNT)
        return sql_texts[sql].text;
    if (sql == (enum sql)SQL_UNKEPT)
        return unkept;
    pthread_mutex_lock(&composed.lock);
    text = composed.texts[sql - SQL_COUNT];
    pthread_mutex_unlock(&composed.lock);
    return text;
}

/* --- rows into structs -------------------------------------------------------------------- */

struct filler {
    struct sink sink;
    const struct field *fields;
    struct arena *mem;
    const struct column_map *map;
    size_t size;
    char *items; /* n structs, with room for cap */
    size_t n, cap, max;
};

static bool match_columns(struct sink *sink, struct column_map *map, const char *const *names,
                          size_t n, struct err *err)
{
    struct filler *filler = (struct filler *)sink;

    filler->map = map;
    if (map->fields == filler->fields && map->n == n)
        return true;
    if (n > COLUMNS_MAX)
        return err_set(err, ERR_INTERNAL, "more than %d columns", COLUMNS_MAX);
    for (size_t i = 0; i < n; i++) {
        int16_t at = 0;
        while (filler->fields[at].name && strcmp(filler->fields[at].name, names[i]) != 0)
            at++;
        if (!filler->fields[at].name)
            return err_set(err, ERR_INTERNAL, "no field for column %s", names[i]);
        map->field[i] = at;
    }
    map->n = n;
    map->fields = filler->fields;
    return true;
}

static bool grow(struct filler *filler, struct err *err)
{
    size_t cap = filler->cap == 0 ? 16 : filler->cap * 2;
    char *items;

    if (filler->n >= filler->max)
        return err_set(err, ERR_INTERNAL, "more than %zu rows", filler->max);
    if (filler->n < filler->cap)
        return true;
    items = arena_alloc_array(filler->mem, cap, filler->size);
    if (filler->n > 0)
        memcpy(items, filler->items, filler->n * filler->size);
    filler->items = items;
    filler->cap = cap;
    return true;
}

static bool fill_row(struct sink *sink, const struct cell *cells, size_t n, struct err *err)
{
    struct filler *filler = (struct filler *)sink;
    char *row;

    if (!grow(filler, err))
        return false;
    row = filler->items + filler->n * filler->size;
    for (size_t i = 0; i < n; i++) {
        const struct field *field = &filler->fields[filler->map->field[i]];
        if (!field_from_cell(field, &cells[i], row, filler->mem))
            return err_set(err, ERR_INTERNAL, "column %s doesn't fit its field", field->name);
    }
    filler->n++;
    return true;
}

/* A failed statement spoils the transaction: what the closure says afterwards doesn't count. */
static bool spoilt(struct tx *tx, enum sql sql, struct err *err)
{
    tx->failed = true;
    if (err->code == ERR_INTERNAL)
        return err_prefix(err, "%s: ", sql_name(sql));
    return false;
}

static bool is_spoilt(struct tx *tx, struct err *err)
{
    if (!tx->failed)
        return false;
    err_set(err, ERR_INTERNAL, "the transaction failed before");
    return true;
}

static bool run(struct tx *tx, enum sql sql, struct args args, struct sink *sink, int64_t *changed,
                struct err *err)
{
    if (is_spoilt(tx, err))
        return false;
    return tx->db->engine->run(tx->db, sql, args, sink, changed, err) || spoilt(tx, sql, err);
}

bool db_run(struct tx *tx, enum sql sql, struct args args, struct err *err)
{
    return run(tx, sql, args, NULL, NULL, err);
}

bool db_change(struct tx *tx, enum sql sql, struct args args, int64_t *rows, struct err *err)
{
    return run(tx, sql, args, NULL, rows, err);
}

bool db_find(struct tx *tx, enum sql sql, struct args args, const struct field *fields, void *out,
             bool *found, struct err *err)
{
    struct filler filler = {
        .sink = { match_columns, fill_row },
        .fields = fields,
        .mem = tx->mem,
        .items = out,
        .cap = 1,
        .max = 1
    };

    *found = false;
    if (!run(tx, sql, args, &filler.sink, NULL, err))
        return false;
    *found = filler.n == 1;
    return true;
}

bool db_one(struct tx *tx, enum sql sql, struct args args, const struct field *fields, void *out,
            struct err *err)
{
    bool found;

    if (!db_find(tx, sql, args, fields, out, &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, "there is no such thing here");
}

bool db_all(struct tx *tx, enum sql sql, struct args args, const struct field *fields, size_t size,
            struct list *out, struct err *err)
{
    struct filler filler = {
        .sink = { match_columns, fill_row },
        .fields = fields,
        .mem = tx->mem,
        .size = size,
        .max = DB_ROWS_MAX
    };

    if (!run(tx, sql, args, &filler.sink, NULL, err))
        return false;
    *out = (struct list){ filler.items, filler.n };
    return true;
}

struct number {
    struct sink sink;
    int64_t value;
};

static bool any_columns(struct sink *sink, struct column_map *map, const char *const *names,
                        size_t n, struct err *err)
{
    (void)sink, (void)map, (void)names, (void)n, (void)err;
    return true;
}

static bool take_number(struct sink *sink, const struct cell *cells, size_t n, struct err *err)
{
    struct number *number = (struct number *)sink;

    if (n == 0)
        return err_set(err, ERR_INTERNAL, "a number was wanted");
    if (cells[0].kind == CELL_INT)
        number->value = cells[0].i;
    else if (cells[0].kind == CELL_TEXT && !int_read(cells[0].data, cells[0].len, &number->value))
        return err_set(err, ERR_INTERNAL, "a number was wanted");
    return true;
}

bool db_number(struct tx *tx, enum sql sql, struct args args, int64_t *out, struct err *err)
{
    struct number number = {
        .sink = { any_columns, take_number }
    };

    if (!run(tx, sql, args, &number.sink, NULL, err))
        return false;
    *out = number.value;
    return true;
}

struct each {
    struct sink sink;
    row_fn *fn;
    void *arg;
    const char *const *names;
};

static bool each_columns(struct sink *sink, struct column_map *map, const char *const *names,
                         size_t n, struct err *err)
{
    (void)map, (void)n, (void)err;
    ((struct each *)sink)->names = names;
    return true;
}

static bool each_row(struct sink *sink, const struct cell *cells, size_t n, struct err *err)
{
    struct each *each = (struct each *)sink;

    return each->fn(each->arg, each->names, cells, n, err);
}

bool db_each(struct tx *tx, const char *text, struct args args, row_fn *fn, void *arg,
             struct err *err)
{
    struct each each = {
        .sink = { each_columns, each_row },
          .fn = fn, .arg = arg
    };

    if (is_spoilt(tx, err))
        return false;
    if (tx->db->engine->each(tx->db, text, args, &each.sink, err))
        return true;
    tx->failed = true;
    return false;
}

bool db_script(struct tx *tx, const char *text, struct err *err)
{
    if (is_spoilt(tx, err))
        return false;
    if (tx->db->engine->script(tx->db, text, err))
        return true;
    tx->failed = true;
    return false;
}

const char *db_engine(const struct tx *tx)
{
    return tx->db->engine->name;
}
