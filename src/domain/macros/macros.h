/* macros.h — an answer that is written once: its words, and what becomes of the case with it.
 *
 * {{customer}}, {{reference}}, {{subject}}, {{agent}} and {{organisation}} in its words are filled
 * in by who writes (the desk); another stays to be seen. Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum { MACRO_NAME_MAX = 60, MACRO_TEXT_MAX = 20000 }; /* bytes */
enum {
    MACROS_MAX = 500,
    MACROS_SHARED_MAX = 500
}; /* of one user, and of all: as the list has room */

struct macro {
    macro_id id;
    user_id user_id; /* whose it is */
    const char *name, *text;
    bool is_shared;
    const char *status; /* what the case becomes; NULL: as it is */
    label_id label_id;  /* that the case gets; none */
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
extern const struct field macro_fields[];
extern const struct routes macro_routes;

/* The caller's own and the shared ones, by name: a list of struct macro. */
MUST_CHECK bool macro_list(struct tx *tx, struct list *out, struct err *err);
/* One of these; ERR_NOT_FOUND. */
MUST_CHECK bool macro_get(struct tx *tx, macro_id id, struct macro *out, struct err *err);
/* Fills in id, owner and version. ERR_INVALID for a name or text with nothing in it,
 * ERR_CONFLICT for more than MACROS_MAX, or MACROS_SHARED_MAX. */
MUST_CHECK bool macro_add(struct tx *tx, struct macro *macro, struct err *err);
MUST_CHECK bool macro_change(struct tx *tx, struct macro *macro, bool was_shared, int64_t version,
                             struct err *err);
MUST_CHECK bool macro_remove(struct tx *tx, const struct macro *macro, struct err *err);
