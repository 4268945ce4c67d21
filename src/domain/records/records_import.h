/* records_import.h — records of a type from a table of another system.
 *
 * A line is a record by its key: it's put down as it stands there. A line with a mistake is refused
 * whole, with the reason, and the others are taken. Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "../../base/csv.h"
#include "records.h"

enum { RECORD_TABLE_BYTES_MAX = 1 << 20 };

enum record_line_outcome { LINE_ADDED, LINE_CHANGED, LINE_SAME, LINE_REFUSED };
extern const char *const record_line_outcome_names[];

struct record_line {
    int64_t line;
    unsigned outcome;
    const char *name;            /* the key, or what stands in its place */
    const char *column, *reason; /* where the mistake is, and what */
};
extern const struct field record_line_fields[];
extern const struct routes record_import_routes;

/* Where the columns stand, as the table's first line says; -1: nowhere. */
struct record_columns {
    int *fields; /* of each field of the type */
    int key, title, status, status_at, url, owners[5];
};
/* ERR_INVALID when there is no column with keys. */
MUST_CHECK bool record_columns_read(struct arena *mem, const struct record_type *type,
                                    const struct csv_row *first, struct record_columns *out,
                                    struct err *err);
/* What becomes of a line: does it, unless it's only a trial. False only when the database fails. */
MUST_CHECK bool record_line(struct tx *tx, const struct record_type *type,
                            const struct record_columns *columns, const struct csv_row *row,
                            bool is_trial, struct record_line *out, struct err *err);
