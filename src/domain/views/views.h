/* views.h — lists of cases that somebody gave a name, for himself or for everybody, and how many
 * cases stand in each.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../cases/cases.h"

enum { VIEW_NAME_MAX = 60 };                      /* bytes of UTF-8 */
enum { VIEWS_MAX = 100, VIEWS_SHARED_MAX = 200 }; /* of one user, and of all */

struct view {
    view_id id;
    user_id user_id; /* whose it is */
    const char *name;
    bool is_shared;
    /* As struct case_query. */
    unsigned status;
    const char *team, *assignee;
    channel_id channel_id;
    label_id label_id;
    person_id person_id;
    const char *opened, *last_message;
    bool waits, urgent;
    const char *emotion;
    const char *q;
    unsigned sort;
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
extern const struct field view_fields[];
extern const struct routes view_routes;

/* The caller's own and the shared ones, oldest first: a list of struct view. */
MUST_CHECK bool view_list(struct tx *tx, struct list *out, struct err *err);
/* One of these; ERR_NOT_FOUND. */
MUST_CHECK bool view_get(struct tx *tx, view_id id, struct view *out, struct err *err);
/* Fills in id, owner and version. ERR_INVALID for a filter that the list of cases refuses, and
 * ERR_CONFLICT for more than VIEWS_MAX, or VIEWS_SHARED_MAX. */
MUST_CHECK bool view_add(struct tx *tx, struct view *view, struct err *err);
MUST_CHECK bool view_change(struct tx *tx, struct view *view, bool was_shared, int64_t version,
                            struct err *err);
MUST_CHECK bool view_remove(struct tx *tx, const struct view *view, struct err *err);

/* How many cases a list has, counted no further than VIEW_COUNT_MAX. */
enum { VIEW_COUNT_MAX = 1000 };
struct view_count {
    const char *view; /* an id, or the name of one that everybody has */
    int64_t cases;
    bool is_more; /* at least so many */
};
extern const struct field view_count_fields[];
/* Of all that the caller has and of each team, but those that look for words: a list of struct
 * view_count. */
MUST_CHECK bool view_counts(struct tx *tx, struct list *out, struct err *err);
