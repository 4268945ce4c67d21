#include "fuzz.h"

#include "../src/commands/backup_rows.h"

#include <string.h>

/* Whatever bytes a backup holds: a row that is read lies inside them, its texts have their NUL,
 * and written again it is the same bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cell cells[ROW_CELLS_MAX];
    struct bytes in = { data, size };
    struct buf again = BUF(1 << 24);
    size_t n;

    while (in.len > 0) {
        const uint8_t *from = in.data;

        if (!row_read(&in, cells, &n))
            break;
        fuzz_promise(in.data > from && in.data + in.len == data + size, "it goes on");
        for (size_t i = 0; i < n; i++)
            fuzz_promise(cells[i].kind != CELL_TEXT || strlen(cells[i].data) == cells[i].len,
                         "a text ends with its NUL");
        buf_clear(&again);
        row_write(&again, cells, n);
        fuzz_promise(again.len == (size_t)(in.data - from) &&
                         memcmp(again.data, from, again.len) == 0,
                     "it is written as it was read");
    }
    buf_free(&again);
    return 0;
}
