/* alerts.h — what a colleague finds in his desk until he has read the case: that somebody named him
 * in a note, that a case is back which he had put away, that a promise of his is at risk or broken.
 *
 * One of a kind and a case: the newest. Marking the case as read takes them away. Whoever is
 * alerted is told on his devices, too (devices.h). Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum alert_kind { ALERT_MENTIONED, ALERT_WOKE, ALERT_PROMISE_AT_RISK, ALERT_PROMISE_BROKEN };
enum { ALERTS_MAX = 100 }; /* as many as are listed */

struct alert {
    case_id case_id;
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
/* Everybody whom a text names: @Joost, @Joost Brouwer, or @ and a team. */
MUST_CHECK bool alert_add_mentioned(struct tx *tx, const char *text, case_id about,
                                    struct err *err);
/* Those of a user, newest first: a list of struct alert. */
MUST_CHECK bool alert_list(struct tx *tx, user_id user, struct list *out, struct err *err);
/* He has seen what the case had to tell. Twice is once. */
MUST_CHECK bool alert_remove(struct tx *tx, user_id user, case_id about, struct err *err);

/* Is @name in the text, by the whole name or (a person's) by its first word? Both folded. Pure. */
bool text_mentions(const char *text, const char *name, bool is_person);
