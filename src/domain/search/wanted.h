/* wanted.h — the filters of a search, as values for the statement that reads its messages.
 *
 * Inside of search.c.
 */
#pragma once

#include "search.h"

enum { WANTED_VALUES = 13 };

struct wanted {
    bool is_any; /* no filter is set */
    struct arg values[WANTED_VALUES];
    int64_t oldest_id; /* what is older can't be wanted: an id is never older than its message */
};

/* ERR_INVALID names the filter that can't be read. */
MUST_CHECK bool wanted_read(const struct tx *tx, const struct search_query *query,
                            struct wanted *out, struct err *err);
