/* migrate.h — the schema, forward only, from every earlier version.
 *
 * The files of store/schema are one text for both engines: BIGINT, BOOLEAN, TEXT, BYTEA and
 * DOUBLE PRECISION; for SQLite the types are mapped and STRICT is added. What can't be shared
 * stands between `-- only: sqlite` (or `-- only: postgres`) and `-- end`.
 */
#pragma once

#include "engine.h"

struct migration {
    int version;
    const char *name, *sql;
};
extern const struct migration migrations[];
extern const size_t migrations_n;

/* The text of a migration as this engine takes it. Lives in mem. */
char *migration_for(struct arena *mem, const char *sql, const char *engine);
/* The version that the database has; 0 for an empty one. */
MUST_CHECK bool migrate_version(struct connection *db, int *out, struct err *err);
