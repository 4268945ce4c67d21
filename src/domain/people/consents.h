/* consents.h — what somebody allowed us to do with what we know of him, and what he no longer does:
 * for which purpose, when, how he said so, and in which message.
 *
 * Nothing is changed or taken away: each time that he says something is a row, and the newest of a
 * purpose holds. Of people who are one it's the newest of all of them, so that a merge and its
 * undoing need move nothing. Works inside the caller's transaction and organisation; results live
 * in tx->mem.
 */
#pragma once

#include "people.h"

enum { CONSENT_PURPOSE_MAX = 60, CONSENT_HOW_MAX = 200, CONSENTS_SHOWN = 200 };

enum consent_state { CONSENT_GIVEN, CONSENT_WITHDRAWN };
extern const char *const consent_state_names[];

struct consent {
    consent_id id;
    person_id person_id; /* of whom it was said */
    const char *purpose; /* as it was written */
    unsigned state;
    bool holds; /* nothing newer was said for this purpose */
    instant at;
    const char *how;
    message_id message_id; /* none: it was said elsewhere */
    unsigned actor_kind;
    user_id user_id; /* the colleague who wrote it down; none: it was no colleague */
    instant created_at;
    int64_t actor_id;
};
extern const struct field consent_fields[];
extern const struct routes consent_routes;

/* purpose, state, at ({0}: now), how and message_id are taken from *consent; it's written down even
 * when he said the same before. ERR_INVALID when the moment is still to come, or the message isn't
 * his. */
MUST_CHECK bool consent_add(struct tx *tx, person_id person, struct consent *consent,
                            struct err *err);
/* All that was said by whoever of those he is, the newest first; of each purpose one holds. */
MUST_CHECK bool consent_list(struct tx *tx, person_id root, struct list *out, struct err *err);
