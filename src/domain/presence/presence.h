/* presence.h — who has a case open now and who writes in it, so that two don't answer at once.
 *
 * A desk says so and goes on saying it: what it said lapses after PRESENCE_MS, and is no part of
 * history (docs/decisions/0016-presence-lapses.md). The first who types to the customer is the one
 * who answers; another takes that over. Works inside the caller's transaction and organisation.
 */
#pragma once

#include "../../http/http.h"

enum presence_state { PRESENCE_OPEN, PRESENCE_TYPING, PRESENCE_TYPING_NOTE };
extern const char *const presence_state_names[];

enum {
    PRESENCE_MS = 30 * 1000,
    PRESENCE_MAX = 20, /* cases of one user; the oldest makes room */
};

struct presence {
    case_id case_id;
    user_id user_id;
    unsigned state;
    instant since; /* in this state */
    instant until;
};
extern const struct field presence_fields[];
extern const struct routes presence_routes;

/* The caller is there until PRESENCE_MS from now. Others hear of it when it's news to them. With
 * `takes_over`, whoever types to the customer only has the case open from here on. */
MUST_CHECK bool presence_say(struct tx *tx, case_id id, enum presence_state state, bool takes_over,
                             struct presence *out, struct err *err);
/* The caller isn't there any more; twice is once. */
MUST_CHECK bool presence_leave(struct tx *tx, case_id id, struct err *err);
