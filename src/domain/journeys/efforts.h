/* efforts.h — what finished cases cost their customers, and what is usual: the medians of the
 * organisation's newest finished cases.
 *
 * Written down once a case is done (jobs/effort.c); a case that is done again is written down
 * anew. Works inside the caller's transaction and organisation.
 */
#pragma once

#include "journeys.h"

enum {
    USUAL_CASES_MAX = 200,
    USUAL_CASES_MIN = 20, /* of fewer nobody can say what is usual */
};

struct effort {
    int64_t contacts_n, forced_switches_n, repeats_n, handovers_n, dead_ends_n, waiting_minutes;
};

MUST_CHECK bool effort_put(struct tx *tx, const struct casefile *c, const struct journey *journey,
                           struct err *err);
/* The medians; *cases_n says of how many, 0 when there are too few. */
MUST_CHECK bool effort_usual(struct tx *tx, struct effort *out, int64_t *cases_n, struct err *err);
