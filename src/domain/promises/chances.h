/* chances.h — how likely a promise is kept by its moment, from what became of those before it.
 *
 * What counts is a chain: from when the first was made until the last was kept, however often it
 * was moved. Kept is done, also when it was late. What is owed has lasted until now; what was
 * withdrawn, until then: it would have taken longer. The newest CHANCE_LEADS_MAX of two years are
 * read: of the kind by those who do it, of the kind, and of all; their opening hours count for all.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "../../language/calendar.h"
#include "calibration.h"

enum {
    CHANCE_LEADS_MAX = 1000,
    CHANCE_LOAD_MAX = 5000, /* more than that isn't counted */
    CHANCE_FORETOLD_MAX = 2000,
};

/* What is to be done. */
struct chance_of {
    team_id team; /* {0}: those without */
    unsigned kind;
    instant begun_at; /* tx->now, or when the first of its chain was made */
    instant due_at;
    bool is_new; /* else it's among what they owe */
    const struct calendar *hours;
};

struct promise_chance {
    bool is_known;            /* else there are too few */
    double chance, low, high; /* of 95 %; 0: unknown */
    instant safe_at;          /* kept nine times in ten; {0}: that was never seen */
    instant risk_at;          /* from when on it's rather broken than kept; {0}: from none on */
    int64_t cases_n;          /* of the kind, by them */
    double weight, borrowed;  /* what they count for; of that from the kind and from all */
    int64_t load;
    double usual_load;
    int64_t work_minutes; /* open until due_at */
};
extern const struct field promise_chance_fields[];
extern const struct routes chance_routes;

/* What was said of the newest CHANCE_FORETOLD_MAX whose moment has come, held against what came:
 * kept by then is yes; broken or moved is no, whatever became of it later; of what was withdrawn
 * before, nobody knows. *from: the moment of the oldest. */
MUST_CHECK bool promise_calibrate(struct tx *tx, struct calibration *out, instant *from,
                                  struct err *err);
MUST_CHECK bool promise_chance_find(struct tx *tx, const struct chance_of *of,
                                    struct promise_chance *out, struct err *err);
