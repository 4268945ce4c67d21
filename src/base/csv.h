/* csv.h — tables as other programs write them (RFC 4180 and what really comes): any bytes in, rows
 * of cells of valid UTF-8 out; and back.
 *
 * What isn't UTF-8 is read as Windows-1252. The separator is guessed from the first line: ; , tab
 * or
 * |. Pure.
 */
#pragma once

#include "arena.h"
#include "buf.h"

enum { CSV_COLUMNS_MAX = 100, CSV_CELL_MAX = 4000 /* bytes */ };

struct csv {
    struct arena *mem;
    const char *text;
    size_t len, at;
    char *out; /* where the next cell goes: all of them take no more than the file */
    char separator;
    bool was_windows; /* it wasn't UTF-8 */
    int64_t line;     /* of what comes next */
};

struct csv_row {
    int64_t line; /* where it begins, from 1 */
    const char **cells;
    size_t n;
    const char *broken; /* what is wrong with it; NULL: nothing */
};

/* `file` is borrowed until the last row was read; what is read lives in mem. */
void csv_begin(struct csv *csv, struct arena *mem, struct bytes file);
/* The next row that isn't blank; false at the end. */
bool csv_next(struct csv *csv, struct csv_row *out);
/* Appends a cell; `is_first`: nothing stands before it. What a spreadsheet would take for a formula
 * gets an apostrophe in front, which csv_next() takes off again. */
void csv_write(struct buf *out, const char *cell, bool is_first);
