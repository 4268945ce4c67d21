#include "backup_tables.h"

#include "../base/text.h"

#include <string.h>

enum { TABLES_MAX = 500, ROW_MAX = 512 * 1024 * 1024 };

static const char *const left_out[] = { "leases", "presence", "schema_version", "search" };

/* What is virtual in SQLite (the full-text index) is no table of ours. */
static const char sqlite_columns[] =
    "SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c "
    "WHERE t.schema = 'main' AND t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' "
    "ORDER BY t.name, c.cid";

static const char postgres_columns[] =
    "SELECT c.table_name, c.column_name FROM information_schema.columns AS c "
    "JOIN information_schema.tables AS t "
    "ON t.table_schema = c.table_schema AND t.table_name = c.table_name "
    "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' "
    "ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";

/* --- the catalogue ------------------------------------------------------------------------- */

struct catalogue {
    struct arena *mem;
    struct table *tables;
    size_t n;
};

static bool is_left_out(const char *name)
{
    for (size_t i = 0; i < COUNT(left_out); i++)
        if (text_equal(name, left_out[i]))
            return true;
    return false;
}

static bool take_column(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                        struct err *err)
{
    struct catalogue *catalogue = arg;
    const char *name = arena_text_n(catalogue->mem, cells[0].data, cells[0].len);
    struct table *table;

    (void)columns, (void)n;
    if (is_left_out(name))
        return true;
    if (catalogue->n == 0 || !text_equal(catalogue->tables[catalogue->n - 1].name, name)) {
        if (catalogue->n == TABLES_MAX)
            return err_set(err, ERR_INTERNAL, "more than %d tables", TABLES_MAX);
        catalogue->tables[catalogue->n++].name = name;
    }
    table = &catalogue->tables[catalogue->n - 1];
    if (table->columns_n == ROW_CELLS_MAX)
        return err_set(err, ERR_INTERNAL, "table %s has more than %d columns", name, ROW_CELLS_MAX);
    table->columns[table->columns_n++] = arena_text_n(catalogue->mem, cells[1].data, cells[1].len);
    return true;
}

bool tables_read(struct tx *tx, struct list *out, struct err *err)
{
    bool is_sqlite = text_equal(db_engine(tx), "sqlite");
    struct catalogue catalogue = { .mem = tx->mem,
                                   .tables = NEW_ARRAY(tx->mem, struct table, TABLES_MAX) };

    if (!db_each(tx, is_sqlite ? sqlite_columns : postgres_columns, NO_ARGS, take_column,
                 &catalogue, err))
        return false;
    *out = (struct list){ catalogue.tables, catalogue.n };
    return true;
}

const struct table *tables_find(const struct list *tables, const char *name)
{
    for (size_t i = 0; i < tables->n; i++)
        if (text_equal(((const struct table *)tables->items)[i].name, name))
            return &((const struct table *)tables->items)[i];
    return NULL;
}

/* --- statements; the names come from the catalogue, never from a file ---------------------- */

static const char *column_names(struct arena *mem, const struct table *table)
{
    const char *names = "";

    for (size_t i = 0; i < table->columns_n; i++)
        names = arena_printf(mem, "%s%s\"%s\"", names, i > 0 ? ", " : "", table->columns[i]);
    return names;
}

char *table_select(struct arena *mem, const struct table *table)
{
    return arena_printf(mem, "SELECT %s FROM \"%s\"", column_names(mem, table), table->name);
}

char *table_insert(struct arena *mem, const struct table *table)
{
    const char *values = "";

    for (size_t i = 0; i < table->columns_n; i++)
        values = arena_printf(mem, "%s%s$%zu", values, i > 0 ? ", " : "", i + 1);
    return arena_printf(mem, "INSERT INTO \"%s\" (%s) VALUES (%s)", table->name,
                        column_names(mem, table), values);
}

/* --- what is in them ----------------------------------------------------------------------- */

static bool take_number(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                        struct err *err)
{
    (void)columns, (void)n, (void)err;
    *(int64_t *)arg = cells[0].kind == CELL_INT ? cells[0].i : 0;
    return true;
}

bool table_count(struct tx *tx, const struct table *table, int64_t *n, struct err *err)
{
    return db_each(tx, arena_printf(tx->mem, "SELECT count(*) FROM \"%s\"", table->name), NO_ARGS,
                   take_number, n, err);
}

bool tables_schema(struct tx *tx, int64_t *version, struct err *err)
{
    *version = 0;
    return db_each(tx, "SELECT max(version) FROM schema_version", NO_ARGS, take_number, version,
                   err);
}

struct digesting {
    struct buf row;
    uint8_t *digest;
    int64_t n;
};

static void free_row(struct digesting *digesting)
{
    buf_free(&digesting->row);
}

static bool digest_row(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                       struct err *err)
{
    struct digesting *digesting = arg;

    (void)columns;
    buf_clear(&digesting->row);
    row_write(&digesting->row, cells, n);
    if (digesting->row.full)
        return err_set(err, ERR_INTERNAL, "a row is too large");
    row_digest(digesting->digest,
               (struct bytes){ (const uint8_t *)digesting->row.data, digesting->row.len });
    digesting->n++;
    return true;
}

bool table_digest(struct tx *tx, const struct table *table, int64_t *n, uint8_t digest[32],
                  struct err *err)
{
    CLEANUP(free_row)
    struct digesting digesting = { .row = BUF(ROW_MAX), .digest = digest };

    memset(digest, 0, 32);
    if (!db_each(tx, table_select(tx->mem, table), NO_ARGS, digest_row, &digesting, err))
        return false;
    *n = digesting.n;
    return true;
}
