/* backup_rows.h — rows of any table as bytes, exactly and alike from both engines. Pure.
 *
 * A row is the number of its cells (1 byte), then each cell: its kind (0 nothing, i number,
 * r fraction, t text, b bytes), and 8 bytes, little end first, of the number or the bits of the
 * fraction; or 4 bytes with the length and as many bytes, behind a text also a NUL.
 */
#pragma once

#include "../base/buf.h"
#include "../base/err.h"
#include "../base/field.h"

enum { ROW_CELLS_MAX = 40 };

/* Appends a row; texts and bytes of a row must fit in `out`. */
void row_write(struct buf *out, const struct cell *cells, size_t n);

/* Takes the next row from the front of *in. Cells borrow from it; texts have their NUL. False
 * for anything that row_write() doesn't write. */
MUST_CHECK bool row_read(struct bytes *in, struct cell cells[ROW_CELLS_MAX], size_t *n);

/* A digest of rows in any order: the hashes of all rows, by exclusive or. */
void row_digest(uint8_t digest[32], struct bytes row);
