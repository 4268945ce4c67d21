/* import.h — people from a table of another system, and as one.
 *
 * A line is somebody who is known by his number there, his login, or a mail address or telephone
 * number that goes with his name: he gets what is new. Else he is made. An address of somebody with
 * another name is shared with him. A line with a mistake is refused whole, with the reason. Works
 * inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../base/csv.h"
#include "people.h"

enum { IMPORT_LINES_MAX = 500 /* at once */, IMPORT_BYTES_MAX = 1 << 20, IMPORT_COLUMNS = 13 };

/* Where the columns stand, as the table's first line says. */
struct import_columns {
    int at[IMPORT_COLUMNS]; /* of each kind; -1: nowhere */
    struct list unknown;    /* texts: what isn't read */
};

enum import_outcome { IMPORT_ADDED, IMPORT_CHANGED, IMPORT_SAME, IMPORT_REFUSED };
extern const char *const import_outcome_names[];

struct import_line {
    int64_t line;
    unsigned outcome;
    person_id person_id; /* none: it was refused, or isn't made yet */
    const char *name, *column, *reason;
};
extern const struct field import_line_fields[];
extern const struct routes import_routes;

/* ERR_INVALID when none of the columns is known. */
MUST_CHECK bool import_columns_read(struct arena *mem, const struct csv_row *first,
                                    struct import_columns *out, struct err *err);
/* What becomes of a line: does it, unless it's only a trial. False only when the database fails. */
MUST_CHECK bool import_line(struct tx *tx, const struct import_columns *columns,
                            const struct csv_row *row, bool is_trial, struct import_line *out,
                            struct err *err);
