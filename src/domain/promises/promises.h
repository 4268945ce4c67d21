/* promises.h — what we said we would do, for a customer, by when, who does it, and whether it was
 * kept.
 *
 * A promise is owed until somebody or something settles it: it was kept (with the evidence), moved
 * to another moment (a promise of its own, the customer told), or withdrawn with a reason. At its
 * moment it is broken, and goes on being owed. It is never silently gone: while a case owes any, it
 * can't be closed. States and moves are a table in promises.c.
 *
 * Times: a job about each promise comes at risk_at and at due_at, and finds nothing to do when it
 * was settled or moved meanwhile; so each step is taken once, whatever runs on how many nodes.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum {
    PROMISE_WORDS_MAX = 1000,
    PROMISE_REASON_MAX = 500, /* bytes of UTF-8 */
    PROMISES_OF_CASE_MAX = 200,
    PROMISES_OF_ANSWER_MAX = 20,
};

enum promise_kind {
    PROMISE_REPLY,
    PROMISE_CALLBACK,
    PROMISE_DELIVERY,
    PROMISE_REFUND,
    PROMISE_VISIT,
    PROMISE_REPAIR,
    PROMISE_OTHER,
};
extern const char *const promise_kind_names[];

enum promise_state {
    PROMISE_OPEN,
    PROMISE_KEPT,
    PROMISE_MOVED,
    PROMISE_BROKEN,
    PROMISE_WITHDRAWN,
};
extern const char *const promise_state_names[];

struct promise {
    promise_id id;
    case_id case_id;
    person_id person_id;
    message_id message_id; /* in which it was said, or */
    note_id note_id;
    unsigned kind;
    const char *words;
    bool is_firm;
    instant starts_at; /* {0}: by due_at; else between both */
    instant due_at;
    instant risk_at; /* from when on it is at risk, by time or by chance */
    unsigned state;
    bool is_owed;    /* open, or broken and not settled */
    bool is_at_risk; /* open, and risk_at is past */
    user_id owner_id;
    team_id team_id;
    promise_id previous_id, next_id;
    const char *evidence; /* message, task, hand; NULL */
    message_id evidence_message_id;
    const char *reason;
    message_id told_message_id;
    instant warned_at, broken_at, settled_at, created_at;
    instant begun_at; /* when the first of its chain was made */
    double chance;    /* to be kept, that was said when it was made; 0: none was */
    unsigned actor_kind;
    int64_t actor_id;
    user_id user_id; /* the colleague who made it */
    int64_t version;
    const char *reference, *person_name; /* of its case, in lists */
};
extern const struct field promise_fields[];
extern const struct routes promise_routes;

/* As somebody makes it. */
struct promise_draft {
    unsigned kind;
    const char *words;
    bool is_firm;
    instant starts_at, due_at;
    user_id owner_id; /* none: who makes it */
    team_id team_id;  /* none: the case's */
    message_id message_id;
    note_id note_id;
};
extern const struct field promise_draft_fields[];

/* Could something be promised for that moment? ERR_INVALID for the field. */
MUST_CHECK bool promise_moment_check(const struct tx *tx, const char *field, instant due_at,
                                     struct err *err);
/* ERR_INVALID names what is wrong with it. */
MUST_CHECK bool promise_check(struct tx *tx, const struct promise_draft *draft, struct err *err);
/* Makes it about a case, with its event and the jobs that watch over it. */
MUST_CHECK bool promise_add(struct tx *tx, case_id about, const struct promise_draft *draft,
                            struct promise *out, struct err *err);
MUST_CHECK bool promise_get(struct tx *tx, promise_id id, struct promise *out, struct err *err);
/* Those of a case, oldest first: a list of struct promise. */
MUST_CHECK bool promise_list_of_case(struct tx *tx, case_id id, struct list *out, struct err *err);

/* What becomes of it; ERR_CONFLICT when its state doesn't allow that. */
MUST_CHECK bool promise_keep(struct tx *tx, struct promise *promise, const char *evidence,
                             message_id message, struct err *err);
MUST_CHECK bool promise_withdraw(struct tx *tx, struct promise *promise, const char *reason,
                                 struct err *err);
/* What it is moved to. */
struct promise_move {
    instant starts_at, due_at;
    const char *words;     /* NULL: the same */
    const char *reason;    /* for colleagues */
    message_id message_id; /* in which the customer is told; none: by word of mouth */
};
extern const struct field promise_move_fields[];
MUST_CHECK bool promise_move(struct tx *tx, struct promise *promise,
                             const struct promise_move *move, struct promise *out, struct err *err);
/* It was settled by mistake: it is owed again. Not what was moved: withdraw what it became; nor in
 * a case that is done, which owes nothing. */
MUST_CHECK bool promise_reopen(struct tx *tx, struct promise *promise, struct err *err);

/* We answered in a case: what was promised as an answer before is kept by it, and so is that for
 * which all tasks are done: now the customer was told, too. */
MUST_CHECK bool promise_answered(struct tx *tx, case_id about, message_id by, struct err *err);
/* ERR_CONFLICT while the case owes any. */
MUST_CHECK bool promise_none_owed(struct tx *tx, case_id about, struct err *err);
/* The moment of a watching job: warns, or says that it is broken, if that is so now. */
MUST_CHECK bool promise_look(struct tx *tx, promise_id id, struct err *err);
