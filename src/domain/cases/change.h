/* change.h — what a colleague changes of a case, one of them or many at once. */
#pragma once

#include "cases.h"

struct case_change {
    const char *title;
    unsigned status;
    team_id team_id;
    user_id assignee_id;
    instant snoozed_until;
    unsigned priority;
    const char *priority_why;
    /* What of it is meant: null is a value. */
    bool has_title, has_status, has_team, has_assignee, has_snooze, has_priority, has_priority_why;
};
extern const struct field case_change_fields[];

/* Are they known here, as far as there are any? */
MUST_CHECK bool case_check_owners(struct tx *tx, team_id team, user_id assignee, struct err *err);
/* Does that to *c, and saves it with its event when it makes a difference. What it refuses it
 * refuses before it writes. */
MUST_CHECK bool case_change(struct tx *tx, const struct case_change *change, struct casefile *c,
                            struct err *err);
