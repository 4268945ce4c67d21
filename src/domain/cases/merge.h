/* merge.h — two cases become one, and come apart again: by a pointer, exactly, in any order.
 *
 * What stands in either is read in one from then on; each message, note and conversation keeps the
 * place it came from, and what comes in for the one that was merged goes with it when it comes off.
 * Works inside the caller's transaction and organisation.
 */
#pragma once

#include "cases.h"

struct case_merge {
    case_merge_id id;
    case_id winner_id, loser_id;
    instant at;
    unsigned actor_kind;
    int64_t actor_id;
    user_id user_id;
    struct json_text reasons;
    instant undone_at;
    user_id undone_by;
};
extern const struct field case_merge_fields[];
extern const struct routes case_merge_routes;

/* Puts `loser` into `winner`: both stand for themselves, as case_get gives them. `reasons` is JSON
 * of texts; NULL: a person knew. *winner is as it is then. ERR_INVALID when they are one already.
 */
MUST_CHECK bool case_merge(struct tx *tx, const struct casefile *loser, struct casefile *winner,
                           const char *reasons, struct case_merge *out, struct err *err);
/* Takes that back; *winner is what stays of the case it was part of. ERR_GONE when it was taken
 * back before. */
MUST_CHECK bool case_unmerge(struct tx *tx, case_merge_id id, struct casefile *winner,
                             struct case_merge *out, struct err *err);
