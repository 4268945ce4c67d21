/* backup_tables.h — which tables a database has, asked of its own catalogue, and what is in them.
 *
 * Left out: the full-text index (made anew from the texts), the schema's version (in the
 * backup's head) and the leases (of servers that run).
 */
#pragma once

#include "../store/db.h"
#include "backup_rows.h"

struct table {
    const char *name;
    const char *columns[ROW_CELLS_MAX];
    size_t columns_n;
};

/* struct table, by name. */
MUST_CHECK bool tables_read(struct tx *tx, struct list *out, struct err *err);
/* NULL when there is none of that name. */
const struct table *tables_find(const struct list *tables, const char *name);

/* SELECT and INSERT of all columns, in their order. */
char *table_select(struct arena *mem, const struct table *table);
char *table_insert(struct arena *mem, const struct table *table);

MUST_CHECK bool table_count(struct tx *tx, const struct table *table, int64_t *n, struct err *err);
/* How many rows, and their digest (row_digest). */
MUST_CHECK bool table_digest(struct tx *tx, const struct table *table, int64_t *n,
                             uint8_t digest[32], struct err *err);
/* The version of the schema that the database has. */
MUST_CHECK bool tables_schema(struct tx *tx, int64_t *version, struct err *err);
