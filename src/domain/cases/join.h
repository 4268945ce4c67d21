/* join.h — which case of a customer's a text is about: his open ones and those that were done
 * lately, each held against it (language/joining.h), and what that is enough for.
 *
 * Surely: who asks may join it. Likely: it is proposed to a colleague. Works inside the caller's
 * transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../language/joining.h"
#include "cases.h"

struct join_candidate {
    case_id id;
    const char *title;
    unsigned status;
    instant waiting_since, updated_at;
    /* as it was judged */
    struct joining_state state;
    struct joining joining;
};

/* Those of one person, whoever else he is merged with: the one that it is likeliest about first. */
struct join_candidates {
    struct join_candidate *items;
    size_t n;
    bool is_vague; /* it asks for news and doesn't say of what: the longest waiting is first */
};

/* `subject` may be NULL; of `text` the first `own` bytes are the writer's own. Of a text that
 * stands in a case already (`in`; none: it doesn't), only those that were there before. */
MUST_CHECK bool join_find(struct tx *tx, person_id person, case_id in, const char *subject,
                          const char *text, size_t own, struct join_candidates *out,
                          struct err *err);
/* The same of one case alone, however long it has been done. */
MUST_CHECK bool join_hold_against(struct tx *tx, const struct casefile *c, const char *subject,
                                  const char *text, size_t own, struct joining *out,
                                  struct err *err);
/* With what a case began, and what else of its person's that may have been about: as it stood then,
 * what was open, or done less than so many days before; without what a colleague has called another
 * matter. */
struct join_beginning {
    message_id message_id; /* the customer's first; none: he said nothing there */
    struct join_candidates of;
};
MUST_CHECK bool join_find_before(struct tx *tx, const struct casefile *c, int64_t days,
                                 struct join_beginning *out, struct err *err);
/* May it join the first one? */
bool join_is_sure(const struct join_candidates *candidates);
bool join_is_likely(const struct join_candidates *candidates, size_t i);
/* Why, as proposals.h has it. */
const char *join_reasons_of(struct arena *mem, const struct join_candidates *candidates, size_t i);

/* After two people have become one: what each asked may be about a case of the other's. Proposes it
 * for the open cases of the person. */
MUST_CHECK bool join_propose_of_person(struct tx *tx, person_id root, struct err *err);
