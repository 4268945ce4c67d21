/* read_marks.h — which cases a colleague has read: each has his own, and nobody else's.
 *
 * A case counts how often its customer was heard (heard_n); a mark says how far its owner had come.
 * What is one's own is nobody else's business: a mark leaves no history. Works inside the caller's
 * transaction and organisation.
 */
#pragma once

#include "../cases/cases.h"

extern const struct routes read_mark_routes;

/* The caller has read the case as it is now, or wants it unread again. Twice is once. */
MUST_CHECK bool read_mark_set(struct tx *tx, const struct casefile *c, bool is_read,
                              struct err *err);
/* Fills in is_unread of a page of cases; few statements for all. */
MUST_CHECK bool read_mark_fill(struct tx *tx, struct casefile *cases, size_t n, struct err *err);
