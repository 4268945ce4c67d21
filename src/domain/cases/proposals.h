/* proposals.h — a case that may well be part of another one of its customer's: said with reasons,
 * accepted by merging it, or refused for good. Works inside the caller's transaction and
 * organisation.
 */
#pragma once

#include "cases.h"

enum proposal_state { PROPOSAL_OPEN, PROPOSAL_ACCEPTED, PROPOSAL_REFUSED };
extern const char *const proposal_state_names[];

struct case_proposal {
    case_proposal_id id;
    case_id case_id, to_case_id;
    const char *reference, *title; /* of the case that it may belong to */
    unsigned status;
    double score;
    struct json_text reasons; /* of struct join_reasons */
    unsigned state;           /* enum proposal_state */
    instant at, decided_at;
    user_id decided_by;
};
extern const struct field case_proposal_fields[];
extern const struct routes case_proposal_routes;

/* Why two are taken for one need, for a person to read. */
struct join_reason {
    const char *kind; /* one of join_reason_names */
    struct list words;
    int64_t days; /* since the case was heard of */
};
extern const struct field join_reason_fields[];
struct join_reasons {
    struct list why; /* of struct join_reason */
};
extern const struct field join_reasons_fields[];
extern const char *const join_reason_names[];
/* As they are stored: JSON. */
const char *join_reasons_write(struct arena *mem, const struct list *reasons);

/* Adds one that nobody has decided about, unless there was one of these two before; `reasons` as
 * join_reasons_write() made them. */
MUST_CHECK bool proposal_add(struct tx *tx, case_id id, case_id to, double score,
                             const char *reasons, struct err *err);
/* The open ones of a case, the likeliest first. */
MUST_CHECK bool proposal_list(struct tx *tx, case_id id, struct list *out, struct err *err);
/* What was proposed of these two, either way round, is decided by what was done. */
MUST_CHECK bool proposal_follow(struct tx *tx, case_id a, case_id b, enum proposal_state state,
                                struct err *err);
