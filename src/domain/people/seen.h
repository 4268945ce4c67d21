/* seen.h — people by when they were last spoken with, and what tells one in a list from another. */
#pragma once

#include "people.h"

/* One page of those who have cases, the last one spoken with first (of struct person, with its
 * glance); each once, whoever of those that he shows it was. *next: the cursor of the next page, or
 * NULL. Pages may be short, maybe empty, with a cursor behind them. */
MUST_CHECK bool people_seen(struct tx *tx, const struct page_query *page, struct list *out,
                            const char **next, struct err *err);
/* An address of each, when he was last spoken with, and how many of his cases aren't done. */
MUST_CHECK bool people_glance(struct tx *tx, const struct list *people, struct err *err);
