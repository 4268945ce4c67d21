#include "backup_rows.h"

#include "../base/crypt.h"
#include "../base/text.h"

#include <assert.h>
#include <string.h>

static void write_number(struct buf *out, uint64_t n, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_char(out, (char)(n >> 8 * i & 0xff));
}

static void write_cell(struct buf *out, const struct cell *cell)
{
    uint64_t bits;

    switch (cell->kind) {
    case CELL_NULL:
        buf_char(out, '0');
        return;
    case CELL_INT:
        buf_char(out, 'i');
        write_number(out, (uint64_t)cell->i, 8);
        return;
    case CELL_REAL:
        memcpy(&bits, &cell->real, sizeof(bits));
        buf_char(out, 'r');
        write_number(out, bits, 8);
        return;
    case CELL_TEXT:
    case CELL_BYTES:
        buf_char(out, cell->kind == CELL_TEXT ? 't' : 'b');
        write_number(out, cell->len, 4);
        buf_add(out, cell->data, cell->len);
        if (cell->kind == CELL_TEXT)
            buf_char(out, '\0');
        return;
    }
}

void row_write(struct buf *out, const struct cell *cells, size_t n)
{
    assert(n <= ROW_CELLS_MAX);
    buf_char(out, (char)n);
    for (size_t i = 0; i < n; i++)
        write_cell(out, &cells[i]);
}

/* --- reading ------------------------------------------------------------------------------- */

static bool read_number(struct bytes *in, size_t len, uint64_t *out)
{
    if (in->len < len)
        return false;
    *out = 0;
    for (size_t i = 0; i < len; i++)
        *out |= (uint64_t)in->data[i] << 8 * i;
    in->data += len;
    in->len -= len;
    return true;
}

static bool read_text(struct bytes *in, bool is_text, struct cell *cell)
{
    uint64_t len;
    size_t end = is_text ? 1 : 0;

    if (!read_number(in, 4, &len) || in->len < end || len > in->len - end)
        return false;
    if (is_text && (in->data[len] != '\0' || !utf8_is_valid(in->data, len)))
        return false;
    *cell = (struct cell){ .kind = is_text ? CELL_TEXT : CELL_BYTES,
                           .data = (const char *)in->data,
                           .len = len };
    in->data += len + end;
    in->len -= len + end;
    return true;
}

static bool read_cell(struct bytes *in, struct cell *cell)
{
    uint64_t kind, n;

    if (!read_number(in, 1, &kind))
        return false;
    *cell = (struct cell){ .kind = CELL_NULL };
    if (kind == '0')
        return true;
    if (kind == 't' || kind == 'b')
        return read_text(in, kind == 't', cell);
    if ((kind != 'i' && kind != 'r') || !read_number(in, 8, &n))
        return false;
    cell->kind = kind == 'i' ? CELL_INT : CELL_REAL;
    cell->i = (int64_t)n;
    memcpy(&cell->real, &n, sizeof(cell->real));
    return true;
}

bool row_read(struct bytes *in, struct cell cells[ROW_CELLS_MAX], size_t *n)
{
    uint64_t count;

    if (!read_number(in, 1, &count) || count > ROW_CELLS_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_cell(in, &cells[i]))
            return false;
    *n = count;
    return true;
}

void row_digest(uint8_t digest[32], struct bytes row)
{
    uint8_t hash[HASH_LEN];

    hash_bytes(row, hash);
    for (size_t i = 0; i < HASH_LEN; i++)
        digest[i] ^= hash[i];
}
