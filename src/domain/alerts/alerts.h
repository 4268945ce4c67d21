/* alerts.h — what a colleague finds in his desk until he has read the case: that somebody named him
 * in a note, that a case is back which he had put away, that a promise of his is at risk or broken;
 * or, until he has looked at the task, that one is his, came back to him, is done or is late.
 *
 * One of a kind and a case or task: the newest. Marking the case as read takes them away. Whoever
 * is alerted is told on his devices, too (devices.h). Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum alert_kind {
    ALERT_MENTIONED,
    ALERT_WOKE,
    ALERT_PROMISE_AT_RISK,
    ALERT_PROMISE_BROKEN,
    ALERT_TASK_GIVEN, /* these of a task */
    ALERT_TASK_RETURNED,
    ALERT_TASK_DONE,
    ALERT_TASK_LATE,
};
enum { ALERTS_MAX = 100 }; /* as many as are listed */

struct alert {
    case_id case_id; /* one of these two */
    task_id task_id;
    unsigned kind;
    user_id by_user_id; /* whose doing it was; none: the system's */
    const char *reference, *title, *person_name;
    instant at;
};
extern const struct field alert_fields[];
extern const struct routes alert_routes;

/* Alerts this user to the case (n == 0: nobody); nobody is alerted to what he did himself. */
MUST_CHECK bool alert_add(struct tx *tx, user_id user, enum alert_kind kind, case_id about,
                          struct err *err);
/* The same to a task; no device is told. */
MUST_CHECK bool alert_add_of_task(struct tx *tx, user_id user, enum alert_kind kind, task_id about,
                                  struct err *err);
/* Everybody whom a text names: @Joost, @Joost Brouwer, or @ and a team. */
MUST_CHECK bool alert_add_mentioned(struct tx *tx, const char *text, case_id about,
                                    struct err *err);
/* Those of a user, newest first: a list of struct alert. */
MUST_CHECK bool alert_list(struct tx *tx, user_id user, struct list *out, struct err *err);
/* He has seen what the case had to tell. Twice is once. */
MUST_CHECK bool alert_remove(struct tx *tx, user_id user, case_id about, struct err *err);

/* The same of a task. */
MUST_CHECK bool alert_remove_of_task(struct tx *tx, user_id user, task_id about, struct err *err);

/* Is @name in the text, by the whole name or (a person's) by its first word? Both folded. Pure. */
bool text_mentions(const char *text, const char *name, bool is_person);
