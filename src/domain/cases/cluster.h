/* cluster.h — a case and all that were merged into it, and what that makes of it.
 *
 * A merge is a pointer (merged_into); root_id names the case at the end of the pointers, in which
 * the messages, conversations, notes and drafts of all of them stand (case_id); place_case_id says
 * where each would stand if nothing were merged. What a case would be by itself (own_status,
 * own_waiting) is kept beside it, so that what belongs together can be put together and taken apart
 * in any order. Used by merge.c and move.c, inside the caller's transaction and organisation.
 */
#pragma once

#include "cases.h"

enum { CLUSTER_MAX = 500 }; /* cases */

struct cluster {
    struct casefile *all; /* the root, then its members */
    size_t n;
    int64_t *new_n; /* of each, how often its customer was heard since own_since */
};

/* The case of *root, which stands for itself, with its members. */
MUST_CHECK bool cluster_read(struct tx *tx, const struct casefile *root, struct cluster *out,
                             struct err *err);
/* Brings up to date what each would be by itself: what came in counts for the one whose it is, what
 * was decided of all of them (closed, answered) for each. */
MUST_CHECK bool cluster_note(struct tx *tx, struct cluster *cluster, struct err *err);
/* The one of this id; NULL when it isn't in there. */
struct casefile *cluster_find(const struct cluster *cluster, case_id id);
/* Makes the root what its parts say, counts its messages, and writes every row as `version`. */
MUST_CHECK bool cluster_write(struct tx *tx, struct cluster *cluster, int64_t version,
                              struct err *err);
/* The status of several, of which each has its own. */
enum case_status cluster_status(enum case_status a, enum case_status b);
/* The earlier of two moments of which {0} is none. */
instant earlier(instant a, instant b);

/* A place in the cluster of `root`: until when has everything in it been answered? What has a
 * greater id and came later isn't. */
struct answered {
    int64_t id;
    instant at;
};
MUST_CHECK bool place_answered(struct tx *tx, case_id root, case_id place, struct answered *out,
                               struct err *err);
/* The first message of the customer's at that place that has a greater id than `after`, came at
 * `since` or later and isn't; {0}: none. */
MUST_CHECK bool place_waits(struct tx *tx, case_id root, case_id place, int64_t after,
                            instant since, instant *out, struct err *err);

/* What follows in *c from its status; and when it changed. (cases.c) */
void case_derive(struct tx *tx, struct casefile *c);

/* One that was merged into another, as its page shows it. */
struct case_member {
    case_id id;
    const char *reference, *title;
    case_merge_id merge_id;
    instant at;
    unsigned actor_kind;
    user_id user_id;
    struct json_text reasons;
};
extern const struct field case_member_fields[];
/* Those of a case, in the order of the merges. */
MUST_CHECK bool case_members(struct tx *tx, case_id root, struct list *out, struct err *err);
