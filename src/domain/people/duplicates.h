/* duplicates.h — who may be one person, with the reasons and a score.
 *
 * Found by keys (the last digits of a telephone number; postcode or own mail domain with a long
 * word of the name) and by addresses, never by walking through everybody; then names are compared.
 * An address that is said to be shared is no reason. What was refused isn't proposed again, unless
 * there is a reason that wasn't known then. Works inside the caller's transaction and organisation;
 * results live in tx->mem.
 */
#pragma once

#include "people.h"

enum {
    DUPLICATE_SURE = 100,
    DUPLICATE_MIN = 50, /* a lower score is no proposal */
    DUPLICATE_MANY = 20 /* what so many others have too tells nobody apart */
};

enum duplicate_state { DUPLICATE_OPEN, DUPLICATE_REFUSED };
extern const char *const duplicate_state_names[];

struct duplicate {
    duplicate_id id;
    person_id low_id, high_id;
    person_id person_id, other_id; /* faces, where it is read */
    const char *person_name, *other_name;
    int64_t score;
    bool is_sure;
    struct json_text reasons; /* {"name_phone": "…"} */
    const char *refused;
    unsigned state;
    instant at, decided_at;
    user_id decided_by;
};
extern const struct field duplicate_fields[];
extern const struct routes duplicate_routes;

/* Looks who a person may be, and writes it down: when he comes in or has changed, and every day. */
MUST_CHECK bool duplicate_find(struct tx *tx, person_id id, struct err *err);
/* After a merge or its undoing: which proposals are about people who have one face now? */
MUST_CHECK bool duplicate_follow(struct tx *tx, person_id root, struct err *err);

/* Looks at some people who came in since the last time, else at some of a round over all, once a
 * day; *n says how many. 0: there is nothing to do now. */
MUST_CHECK bool duplicate_go_on(struct tx *tx, int64_t *n, struct err *err);
