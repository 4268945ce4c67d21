/* backup.h — everything of an installation in one file, whatever its engine, and back.
 *
 * In the file, in this order: head.json; key; tables/NAME/NNNNNN, pieces of some megabytes with
 * the rows of a table, the first row naming its columns; files/HASH, each large file;
 * manifest.json with the counts and digests.
 */
#pragma once

#include "../base/field.h"
#include "../store/store.h"

enum { BACKUP_FORMAT = 1 };

struct backup_head {
    int64_t format;
    const char *program; /* version that wrote it */
    int64_t schema;
    const char *engine;
    instant made_at;
};
extern const struct field backup_head_fields[];

struct backup_table {
    const char *name;
    int64_t rows;
    const char *digest; /* hex, of all rows (row_digest) */
};

struct backup_manifest {
    struct list tables; /* struct backup_table */
    int64_t files_n, files_size;
    int64_t missing_n; /* files that the database names and that weren't there */
};
extern const struct field backup_manifest_fields[];

/* Writes the file from one snapshot, while others write on. */
MUST_CHECK bool backup_make(struct store *store, struct arena *mem, const char *path,
                            struct backup_manifest *out, struct err *err);

/* Makes the folder `data` (missing or empty) and fills the database (empty; NULL: SQLite) from a
 * backup, upgrades it, and checks it against the manifest. Works in data/restoring; what is made
 * gets its place at the end, the key last, and nothing stays when it fails. */
MUST_CHECK bool backup_restore(struct arena *mem, const char *path, const char *data,
                               const char *database, struct backup_manifest *out, struct err *err);
