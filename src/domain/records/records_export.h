/* records_export.h — the records of a type as a table for another system: what records_import.h
 * reads.
 *
 * Behind what every record has, a column for each field of the type, by its name; what else stands
 * in a record's data is only in JSON (GET /api/v1/records). A status is its name, for a program.
 */
#pragma once

#include "../../base/csv.h"
#include "records.h"

enum { RECORD_EXPORT_MAX = 500 /* at once */, RECORD_EXPORT_BYTES_MAX = 16 << 20 };

extern const struct routes record_export_routes;

/* The first line, and that of a record. */
void record_table_head(struct buf *out, const struct record_type *type);
void record_table_write(struct arena *mem, struct buf *out, const struct record_type *type,
                        const struct record *record);
