#include "fuzz.h"

#include "../src/base/csv.h"
#include "../src/base/text.h"

#include <string.h>

/* A sound row is the same when it's written and read again. */
static void check_again(struct arena *mem, const struct csv_row *row)
{
    CLEANUP(buf_free) struct buf out = BUF(8 << 20);
    struct csv_row again;
    struct csv csv;

    for (size_t i = 0; i < row->n; i++)
        csv_write(&out, row->cells[i], i == 0);
    /* A row of one cell has no separator to guess by. */
    if (row->n < 2)
        return;
    csv_begin(&csv, mem, (struct bytes){ (const uint8_t *)buf_str(&out), out.len });
    fuzz_promise(csv.separator == ';' && csv_next(&csv, &again), "a written row is one");
    fuzz_promise(again.n == row->n && !again.broken, "with as many cells");
    for (size_t i = 0; i < row->n; i++)
        fuzz_promise(strcmp(again.cells[i], row->cells[i]) == 0, "which are the same");
}

/* Any bytes are rows of valid cells, on lines that only go up. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct csv_row row;
    int64_t line = 0;
    struct csv csv;

    csv_begin(&csv, mem, (struct bytes){ data, size < 4000 ? size : 4000 });
    while (csv_next(&csv, &row)) {
        fuzz_promise(row.line > line, "lines go up");
        line = row.line;
        fuzz_promise(row.n >= 1 && row.n <= CSV_COLUMNS_MAX, "a row has cells");
        for (size_t i = 0; i < row.n; i++)
            fuzz_promise(utf8_is_valid(row.cells[i], strlen(row.cells[i])), "cells are valid");
        if (!row.broken)
            check_again(mem, &row);
    }
    return 0;
}
