#include "backup_rows.h"

#include "test.h"

#include <string.h>

static void free_buf(struct buf *b)
{
    buf_free(b);
}

static const struct cell samples[] = {
    { .kind = CELL_NULL },
    { .kind = CELL_INT, .i = 0 },
    { .kind = CELL_INT, .i = INT64_MIN },
    { .kind = CELL_INT, .i = INT64_MAX },
    { .kind = CELL_REAL, .real = -0.1 },
    { .kind = CELL_TEXT, .data = "", .len = 0 },
    { .kind = CELL_TEXT, .data = "caf\xc3\xa9", .len = 5 },
    { .kind = CELL_BYTES, .data = "", .len = 0 },
    { .kind = CELL_BYTES, .data = "\0\xff\n", .len = 3 },
};

static bool is_same(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind || a->len != b->len)
        return false;
    if (a->kind == CELL_REAL)
        return a->real == b->real;
    if (a->kind == CELL_INT)
        return a->i == b->i;
    return a->len == 0 || memcmp(a->data, b->data, a->len) == 0;
}

TEST(a_row_comes_back_exactly_as_it_was_written)
{
    CLEANUP(free_buf) struct buf out = BUF(1000);
    struct cell cells[ROW_CELLS_MAX];
    struct bytes in;
    size_t n;

    row_write(&out, samples, COUNT(samples));
    row_write(&out, samples, 1);
    in = test_exact(out.data, out.len);
    CHECK(row_read(&in, cells, &n) && n == COUNT(samples));
    for (size_t i = 0; i < n; i++)
        CHECK(is_same(&cells[i], &samples[i]));
    CHECK(cells[6].data[5] == '\0');
    CHECK(row_read(&in, cells, &n) && n == 1 && in.len == 0);
}

TEST(a_row_that_is_cut_anywhere_cannot_be_read)
{
    CLEANUP(free_buf) struct buf out = BUF(1000);
    struct cell cells[ROW_CELLS_MAX];
    size_t n;

    row_write(&out, samples, COUNT(samples));
    for (size_t len = 0; len < out.len; len++) {
        struct bytes in = test_exact(out.data, len);
        CHECK(!row_read(&in, cells, &n));
    }
}

TEST(bytes_that_are_no_row_are_refused)
{
    static const struct {
        const char *data;
        size_t len;
    } rows[] = {
        { "\x01x",                 2 }, /* no such kind        */
        { "\xff",                  1 }, /* too many cells      */
        { "\x01t\x01\0\0\0ab",     8 }, /* no NUL behind       */
        { "\x01t\x01\0\0\0\xff\0", 8 }, /* not UTF-8           */
        { "\x01t\x02\0\0\0a\0\0",  9 }, /* NUL inside          */
        { "\x01"
          "b\xff\xff\xff\xff"
          "abc",          9 }, /* longer than it is   */
    };
    struct cell cells[ROW_CELLS_MAX];
    size_t n;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes in = test_exact(rows[i].data, rows[i].len);
        CHECK(!row_read(&in, cells, &n));
    }
}

TEST(a_digest_does_not_depend_on_the_order_of_rows_but_on_each_bit)
{
    uint8_t ab[32] = { 0 }, ba[32] = { 0 }, ac[32] = { 0 };
    struct bytes a = { (const uint8_t *)"a", 1 }, b = { (const uint8_t *)"b", 1 },
                 c = { (const uint8_t *)"c", 1 };

    row_digest(ab, a);
    row_digest(ab, b);
    row_digest(ba, b);
    row_digest(ba, a);
    row_digest(ac, a);
    row_digest(ac, c);
    CHECK(memcmp(ab, ba, 32) == 0);
    CHECK(memcmp(ab, ac, 32) != 0);
}
