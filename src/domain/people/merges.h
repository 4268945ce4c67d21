/* merges.h — two people who turn out to be one, and back again.
 *
 * A merge points the loser's root at the winner's; nothing else of anybody moves (docs/decisions/
 * 0019), so it can be undone exactly, in any order, any number of times. What comes in meanwhile by
 * an address of the loser's goes with the loser; where it joined a case of the winner's, it becomes
 * a case of its own (cases/part.h). Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "people.h"

enum { MEMBERS_MAX = 500 /* that have one face */ };

struct person_merge {
    merge_id id;
    person_id winner_id, loser_id; /* the faces at that moment */
    const char *winner_name, *loser_name;
    instant at;
    unsigned actor_kind;
    int64_t actor_id;
    user_id user_id; /* the colleague who did it; none: it was no colleague */
    int64_t score;   /* of the proposal that was accepted; 0: there was none */
    struct json_text reasons;
    instant undone_at; /* {0}: it holds */
    user_id undone_by;
};
extern const struct field person_merge_fields[];
extern const struct routes merge_routes;

/* Makes both one person with the winner's face. ERR_CONFLICT when they are one already, or when one
 * is an organisation and the other isn't. */
MUST_CHECK bool person_merge(struct tx *tx, person_id winner, person_id loser, int64_t score,
                             const char *reasons, struct person_merge *out, struct err *err);
/* Takes it back; nothing when it was taken back before. */
MUST_CHECK bool person_unmerge(struct tx *tx, merge_id id, struct err *err);
/* Every merge that a person had a part in, undone or not, newest first. */
MUST_CHECK bool person_merge_list(struct tx *tx, person_id root, struct list *out, struct err *err);
