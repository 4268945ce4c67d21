/* export.h — all people as a table for another system: what import.h reads.
 *
 * Of each kind of address the first one; JSON (GET /api/v1/people/{id}) has all. Works inside the
 * caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../base/csv.h"
#include "people.h"

enum { EXPORT_PEOPLE_MAX = 200 /* at once */, EXPORT_BYTES_MAX = 16 << 20 };

extern const char people_table_head[]; /* the first line */
extern const struct routes export_routes;

/* The newest people before this id, with their addresses: a list of struct person. */
MUST_CHECK bool people_table_read(struct tx *tx, int64_t before, struct list *out, struct err *err);
/* Appends the line of one of them. */
void people_table_write(struct buf *out, const struct person *person);
