/* tasks.h — a task: what a team or a colleague has to do, until when, and for which customer's case
 * or promise.
 *
 * It is new until somebody takes it; it may wait for the customer or for somebody else; who can't
 * do it returns it with a reason to who gave it; in the end it is done, with what came of it.
 * States and moves are a table in tasks.c. When nobody says until when, it is due by the norm of
 * its kind, counted in the hours of who does it, and not behind the promise that it's done for.
 *
 * A task has history of its own (events about it), also without a case: what else is said about it,
 * to whom, hangs on its id. One of a case goes along with it when cases are merged and parted; the
 * case may be closed over it, but not over what it was promised for.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "task_kinds.h"

enum {
    TASK_TITLE_MAX = 200,
    TASK_DETAILS_MAX = 10000,
    TASK_WORDS_MAX = 1000,   /* bytes of UTF-8 */
    TASK_WATCHERS_MAX = 50,  /* of one task */
    TASK_HISTORY_MAX = 500,  /* as many as are shown */
    TASKS_OF_CASE_MAX = 200, /* likewise */
};

enum task_state {
    TASK_NEW,
    TASK_TAKEN,
    TASK_WAITING_CUSTOMER,
    TASK_WAITING_OTHER,
    TASK_RETURNED,
    TASK_DONE,
};
extern const char *const task_state_names[];

/* Why one comes back: to the wrong team (counted), not clear what is asked, or another reason. */
enum task_return_why { RETURN_MISROUTED, RETURN_UNCLEAR, RETURN_OTHER };
extern const char *const task_return_why_names[];

struct task {
    task_id id;
    task_kind_id kind_id;
    const char *title, *details;
    case_id case_id;
    promise_id promise_id;
    team_id team_id;
    user_id assignee_id;
    instant due_at; /* {0}: nobody said */
    bool is_late;   /* not done, and due_at is past */
    unsigned state;
    int64_t list_order;     /* as lists have it: order_of() in tasks.c */
    struct json_text words; /* values and checklist, as they are kept; in no reply */
    struct list values;     /* of struct task_value; where it's read whole, as the next two */
    struct list checklist;  /* of struct task_step */
    struct list watchers;   /* of texts: "usr_…" */
    int64_t steps_n, steps_done_n;
    const char *waits_for;
    const char *return_why, *return_words; /* while it is returned */
    const char *outcome;
    int64_t returned_n, misrouted_n;
    user_id from_user_id; /* who gave it to who has it, and to whom it goes back */
    team_id from_team_id;
    instant given_at, done_at, created_at;
    instant late_at; /* the moment of which was said that it is past; in no reply */
    unsigned actor_kind;
    int64_t actor_id;
    user_id user_id; /* the colleague who made it */
    int64_t version;
    const char *reference, *person_name; /* of its case */
    struct list history;                 /* of struct event, oldest first; where it's read whole */
};
extern const struct field task_fields[];
extern const struct routes task_routes;

/* As somebody makes it. */
struct task_draft {
    const char *title, *details;
    task_kind_id kind_id;
    case_id case_id;
    promise_id promise_id; /* its case is the task's */
    team_id team_id;       /* none: the kind's, else the promise's, else the case's */
    user_id assignee_id;
    instant due_at;        /* {0}: by the norm of its kind */
    struct list values;    /* of struct task_value */
    struct list checklist; /* of struct task_step; none: that of its kind */
};
extern const struct field task_draft_fields[];

/* ERR_INVALID names what can't be. With its event. */
MUST_CHECK bool task_add(struct tx *tx, const struct task_draft *draft, struct task *out,
                         struct err *err);
/* Without watchers and history. */
MUST_CHECK bool task_get(struct tx *tx, task_id id, struct task *out, struct err *err);
/* With them. */
MUST_CHECK bool task_get_whole(struct tx *tx, task_id id, struct task *out, struct err *err);

/* What somebody wants to be different. */
struct task_change {
    const char *title, *details;
    team_id team_id;
    user_id assignee_id;
    instant due_at;
    promise_id promise_id;
    struct list values, checklist;
    bool has_title, has_details, has_team, has_assignee, has_due, has_promise, has_values,
        has_checklist;
};
extern const struct field task_change_fields[];
/* Another team or colleague has it anew: it is theirs to take, and what it waited for is over. */
MUST_CHECK bool task_change(struct tx *tx, struct task *task, const struct task_change *change,
                            struct err *err);

/* What becomes of it; ERR_CONFLICT when its state doesn't allow that. */
/* Whoever asks does it from now on: also what waited, came back, or was a colleague's. */
MUST_CHECK bool task_take(struct tx *tx, struct task *task, struct err *err);
MUST_CHECK bool task_wait(struct tx *tx, struct task *task, enum task_state for_whom,
                          const char *words, struct err *err);
/* Back to who gave it. */
MUST_CHECK bool task_return(struct tx *tx, struct task *task, enum task_return_why why,
                            const char *words, struct err *err);
/* outcome NULL: nothing needs saying. */
MUST_CHECK bool task_finish(struct tx *tx, struct task *task, const char *outcome, struct err *err);
MUST_CHECK bool task_reopen(struct tx *tx, struct task *task, struct err *err);
/* The moment of a watching job: says that it is late, if that is so now. */
MUST_CHECK bool task_look(struct tx *tx, task_id id, struct err *err);
/* Twice is once. */
MUST_CHECK bool task_watch(struct tx *tx, struct task *task, user_id user, bool watches,
                           struct err *err);

/* --- lists (task_list.c) --------------------------------------------------------------------- */

/* enum task_state, one further on. */
enum task_filter_state { TASKS_OPEN, TASKS_ALL = TASK_DONE + 2 };
extern const char *const task_filter_state_names[];

/* What a list is asked for; zeros and NULLs: no matter. */
struct task_query {
    unsigned state;              /* enum task_filter_state, or enum task_state + 1 */
    const char *team, *assignee; /* an id, or "none" */
    task_kind_id kind;
    case_id case_id;
    promise_id promise;
    bool late;
    instant until; /* due by then */
    struct page_query page;
};
extern const struct field task_query_fields[];
/* One page: returned first, then what is due next, so that what is late leads; what is done behind
 * it, the newest first. And the cursor of the next one (NULL: the last). */
MUST_CHECK bool task_list(struct tx *tx, const struct task_query *query, struct list *out,
                          const char **next, struct err *err);
/* The statement for a query, put together from written fragments; its values behind it. */
enum { TASK_LIST_VALUES_MAX = 20 };
MUST_CHECK bool task_list_sql(struct tx *tx, const struct task_query *query, enum sql *out,
                              struct arg values[TASK_LIST_VALUES_MAX], size_t *n, struct err *err);
/* Where what is open begins behind what came back, and what is done behind both, in list_order. */
extern const int64_t TASK_ORDER_OPEN, TASK_ORDER_DONE;
/* Notes what depends on the moment; of what came from a row. */
void task_note(const struct tx *tx, struct task *task);
