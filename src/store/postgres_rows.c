#include "postgres_rows.h"

#include "../base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of PostgreSQL's pg_type; they never change. */
enum {
    BOOL_TYPE = 16,
    BYTES_TYPE = 17,
    INT8_TYPE = 20,
    INT2_TYPE = 21,
    INT4_TYPE = 23,
    REAL4_TYPE = 700,
    REAL8_TYPE = 701,
    NUMERIC_TYPE = 1700
};

/* --- in ------------------------------------------------------------------------------------ */

static void set_number(struct parameters *out, size_t i, const char *format, ...) PRINTF(3, 4);
static void set_number(struct parameters *out, size_t i, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(out->numbers[i], sizeof(out->numbers[i]), format, args);
    va_end(args);
    out->values[i] = out->numbers[i];
}

bool parameters_from(struct parameters *out, struct args args, struct err *err)
{
    if (args.n > PARAMETERS_MAX)
        return err_set(err, ERR_INTERNAL, "more than %d values", PARAMETERS_MAX);
    out->n = (int)args.n;
    for (size_t i = 0; i < args.n; i++) {
        const struct arg *arg = &args.v[i];

        out->values[i] = NULL;
        out->lengths[i] = out->formats[i] = 0;
        switch (arg->kind) {
        case ARG_NULL:
            break;
        case ARG_INT:
            set_number(out, i, "%lld", (long long)arg->i);
            break;
        case ARG_REAL:
            set_number(out, i, "%.17g", arg->real);
            break;
        case ARG_TEXT:
            out->values[i] = arg->text;
            break;
        case ARG_BYTES:
            if (arg->bytes.len > INT32_MAX)
                return err_set(err, ERR_TOO_LARGE, "too many bytes for a row");
            out->values[i] = (const char *)arg->bytes.data;
            out->lengths[i] = (int)arg->bytes.len;
            out->formats[i] = 1;
            break;
        }
    }
    return true;
}

/* --- out ----------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Bytes come as \x and two small hex digits for each. */
static bool read_bytes(struct cell *cell, struct buf *scratch, struct err *err)
{
    size_t len = cell->len >= 2 ? (cell->len - 2) / 2 : 0;
    const char *hex = cell->data + 2;
    char *out = buf_room(scratch, len + 1);

    if (!out)
        return err_set(err, ERR_INTERNAL, "a row with too many bytes");
    for (size_t i = 0; i < len; i++)
        out[i] = (char)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
    scratch->len += len + 1;
    *cell = (struct cell){ .kind = CELL_BYTES, .data = out, .len = len };
    return true;
}

static bool read_cell(unsigned type, struct cell *cell, struct buf *scratch, struct err *err)
{
    switch (type) {
    case BOOL_TYPE: /* as SQLite has it */
        *cell = (struct cell){ .kind = CELL_INT, .i = cell->data[0] == 't' };
        return true;
    case INT2_TYPE:
    case INT4_TYPE:
    case INT8_TYPE:
    case NUMERIC_TYPE: /* the sum of whole numbers is one */
        if (int_read(cell->data, cell->len, &cell->i))
            cell->kind = CELL_INT;
        return true;
    case REAL4_TYPE:
    case REAL8_TYPE:
        *cell = (struct cell){ .kind = CELL_REAL, .real = strtod(cell->data, NULL) };
        return true;
    case BYTES_TYPE:
        return read_bytes(cell, scratch, err);
    default:
        return true;
    }
}

/* Room for all bytes of the row before the first is written: it must not move afterwards. */
static bool make_room(const PGresult *result, int row, struct buf *scratch, struct err *err)
{
    size_t len = 1;

    for (int i = 0; i < PQnfields(result); i++)
        if (PQftype(result, i) == BYTES_TYPE)
            len += (size_t)PQgetlength(result, row, i) / 2 + 1;
    buf_clear(scratch);
    return buf_room(scratch, len) || err_set(err, ERR_INTERNAL, "a row with too many bytes");
}

/* The names are borrowed from the result, and results come and go. */
static bool take_columns(struct rows *rows, const PGresult *result, struct sink *sink,
                         struct column_map *map, struct err *err)
{
    int n = PQnfields(result);
    bool is_first = !rows->began;

    if (n > COLUMNS_MAX)
        return err_set(err, ERR_INTERNAL, "more than %d columns", COLUMNS_MAX);
    for (int i = 0; i < n; i++)
        rows->names[i] = PQfname(result, i);
    rows->began = true;
    return !is_first || sink->columns(sink, map, rows->names, (size_t)n, err);
}

static bool hand_over_row(struct rows *rows, const PGresult *result, int row, struct sink *sink,
                          struct err *err)
{
    struct cell cells[COLUMNS_MAX];
    int n = PQnfields(result);

    if (!make_room(result, row, &rows->scratch, err))
        return false;
    for (int i = 0; i < n; i++) {
        cells[i] = (struct cell){ .kind = CELL_NULL };
        if (PQgetisnull(result, row, i))
            continue;
        cells[i] = (struct cell){ .kind = CELL_TEXT,
                                  .data = PQgetvalue(result, row, i),
                                  .len = (size_t)PQgetlength(result, row, i) };
        if (!read_cell(PQftype(result, i), &cells[i], &rows->scratch, err))
            return false;
    }
    return sink->row(sink, cells, (size_t)n, err);
}

bool rows_hand_over(struct rows *rows, const PGresult *result, struct sink *sink,
                    struct column_map *map, struct err *err)
{
    if (!take_columns(rows, result, sink, map, err))
        return false;
    for (int row = 0; row < PQntuples(result); row++)
        if (!hand_over_row(rows, result, row, sink, err))
            return false;
    return true;
}

int64_t rows_changed(PGresult *result)
{
    static const char *const commands[] = { "INSERT", "UPDATE", "DELETE" };
    const char *status = PQcmdStatus(result), *count = PQcmdTuples(result);
    int64_t n = 0;

    for (size_t i = 0; i < COUNT(commands); i++)
        if (text_starts(status, commands[i]) && int_read(count, strlen(count), &n))
            return n;
    return 0;
}
