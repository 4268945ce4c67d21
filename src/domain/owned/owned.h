/* owned.h — what somebody made for himself and may share with everybody: views, macros.
 *
 * Its owner changes it, and an administrator what is shared. Of each kind a user has so many, and
 * so many are shared in one organisation: so the list that everybody gets has an end.
 */
#pragma once

#include "../../http/http.h"

struct owned_kind {
    const char *prefix; /* of its ids, and … */
    const char *noun;   /* … of its events: "macro" */
    int64_t own_max, shared_max;
    enum sql count_own;    /* $2: whose */
    enum sql count_shared; /* the last one with $1 alone */
};

/* May the caller have one more, and share it? ERR_CONFLICT when there are too many. */
MUST_CHECK bool owned_may_add(struct tx *tx, const struct owned_kind *kind, bool is_shared,
                              struct err *err);
/* May it be shared that wasn't? */
MUST_CHECK bool owned_may_share(struct tx *tx, const struct owned_kind *kind, struct err *err);
/* What is everybody's has a history ("macro.added"); what is one's own is nobody else's business.
 */
MUST_CHECK bool owned_tell(struct tx *tx, const struct owned_kind *kind, const char *what,
                           int64_t id, bool is_shared, struct err *err);
/* For a row count of an UPDATE by version. */
MUST_CHECK bool owned_was_changed(const struct owned_kind *kind, int64_t rows, struct err *err);
/* ERR_DENIED unless the caller may change what belongs to `owner`. */
MUST_CHECK bool owned_may_change(const struct request *rq, user_id owner, struct err *err);
