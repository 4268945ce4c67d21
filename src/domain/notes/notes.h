/* notes.h — what colleagues tell one another about a case; customers never see it.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum { NOTE_TEXT_MAX = 20000 }; /* bytes of UTF-8 */

struct note {
    note_id id;
    case_id case_id;
    user_id user_id; /* who wrote it; none: the system */
    const char *text;
    struct list files; /* of struct file */
    instant at;
};

/* As its writer has it. */
struct note_draft {
    const char *text;
    struct list files; /* texts: ids of uploaded files */
};
extern const struct field note_fields[];
extern const struct field note_draft_fields[];
extern const struct routes note_routes;

/* Adds a note of whoever acts, with its event; ERR_NOT_FOUND without such a case. */
MUST_CHECK bool note_add(struct tx *tx, case_id id, const struct note_draft *draft,
                         struct note *out, struct err *err);
/* Could it be written, as far as it is known before? ERR_INVALID names what is wrong with it. */
MUST_CHECK bool note_check(struct tx *tx, const struct note_draft *draft, struct err *err);
/* Those of a case behind `after` (none: from the first), oldest first, at most `max`: a list of
 * struct note. */
MUST_CHECK bool note_list_of_case(struct tx *tx, case_id id, note_id after, int64_t max,
                                  struct list *out, struct err *err);
