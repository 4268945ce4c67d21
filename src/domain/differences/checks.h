/* checks.h — what is compared, as two tables: parts (what is walked, by id, piece by piece) and
 * checks (what may not be, in a piece of a part).
 *
 * Works inside the caller's transaction and organisation.
 */
#pragma once

#include "../../store/store.h"

struct check {
    const char *kind; /* its name for machines */
    unsigned part;
    enum sql sql;
    int64_t older_ms; /* its last parameter is the moment so long ago; 0: it has none */
    bool is_bad;      /* it must never be; else somebody should look */
    const char *id_prefix;
    const char *what, *found, *advice; /* "cases", "without a person", what to do */
};
extern const struct check checks[];
extern const size_t checks_n, check_parts_n;

/* NULL when there is none of that name. */
const struct check *check_named(const char *kind);

/* What a check found. */
struct check_found {
    const struct check *check;
    int64_t about;
    const char *detail; /* never NULL; in tx->mem */
};
typedef bool check_fn(void *arg, const struct check_found *found, struct err *err);

/* Looks at the next rows of a part behind *at, which it moves; *looked_n counts them, and is 0 when
 * the part is at its end. fn hears of each difference; a false of it ends the walk. */
MUST_CHECK bool check_piece(struct tx *tx, unsigned part, int64_t *at, int64_t *looked_n,
                            check_fn *fn, void *arg, struct err *err);
/* All parts from their start. After each piece, step(arg, n) (NULL: nothing) hears of n rows more.
 */
typedef void check_step_fn(void *arg, int64_t n);
MUST_CHECK bool check_all(struct tx *tx, check_step_fn *step, check_fn *fn, void *arg,
                          struct err *err);
