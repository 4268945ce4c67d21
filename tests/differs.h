/* differs.h — what the checks of the daily reconciliation find in a world. */
#pragma once

#include "../src/domain/differences/checks.h"

/* The kind of the first difference in the transaction's organisation among `kinds` (names with a
 * space behind each; NULL: all of them); *out is NULL when there is none. */
bool find_difference(struct tx *tx, const char *kinds, const char **out, struct err *err);
