/* labels.h — words that an organisation sorts its cases by, each in a colour.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum { LABEL_NAME_MAX = 60, LABELS_MAX = 1000 }; /* bytes of UTF-8; of one organisation */

struct label {
    label_id id;
    const char *name;
    const char *colour; /* "#rrggbb", or a name that the front-end has a colour for */
    instant created_at;
};
extern const struct field label_fields[];
extern const struct routes label_routes;

struct label_draft {
    const char *name, *colour; /* NULL: "grey"; of a change: as it was */
};

/* ERR_INVALID, or ERR_CONFLICT when there is one of this name, whatever its
 * case and accents (or LABELS_MAX of them). */
MUST_CHECK bool label_add(struct tx *tx, const struct label_draft *draft, struct label *out,
                          struct err *err);
MUST_CHECK bool label_get(struct tx *tx, label_id id, struct label *out, struct err *err);
MUST_CHECK bool label_change(struct tx *tx, label_id id, const struct label_draft *draft,
                             struct label *out, struct err *err);
/* Also takes it off all cases. */
MUST_CHECK bool label_remove(struct tx *tx, label_id id, struct err *err);
/* All of the organisation, by name. */
MUST_CHECK bool label_list(struct tx *tx, struct list *out, struct err *err);

/* Of a body's ids; ERR_INVALID of that field for what can't be one, ERR_NOT_FOUND for one that
 * isn't known. */
MUST_CHECK bool label_read_ids(struct tx *tx, const char *field, const struct list *texts,
                               label_id **out, struct err *err);
/* Puts a label on a case or takes it off, with its event unless it was (or wasn't) there before. */
MUST_CHECK bool label_put_on(struct tx *tx, label_id label, case_id id, struct err *err);
MUST_CHECK bool label_take_off(struct tx *tx, label_id label, case_id id, struct err *err);
/* Those of a case, by name: a list of struct label. */
MUST_CHECK bool label_list_of_case(struct tx *tx, case_id id, struct list *out, struct err *err);
/* The same for a page of cases: lists[i] are those of cases[i]; few statements for all. */
MUST_CHECK bool label_list_of_cases(struct tx *tx, const case_id *cases, size_t n,
                                    struct list *lists, struct err *err);
