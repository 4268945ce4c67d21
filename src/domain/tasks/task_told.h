/* task_told.h — what is told of a task, and to whom: its history, who watches it, and who is
 * alerted.
 */
#pragma once

#include "../../store/events.h"
#include "../alerts/alerts.h"
#include "tasks.h"

/* What an event says of it beside title, owners and moment. */
struct task_told {
    const char *title;
    task_kind_id kind_id;
    team_id team_id;
    user_id assignee_id;
    instant due_at;
    const char *why, *words;
    team_id by_team_id; /* who returned it */
    int64_t lost_ms;
    struct list changed; /* names of what is different: only in the task's own history, and not in
                            its case's timeline */
};
MUST_CHECK bool task_tell(struct tx *tx, const char *kind, const struct task *task,
                          const struct task_told *what, struct err *err);

/* Who has it. */
MUST_CHECK bool task_alert_owner(struct tx *tx, const struct task *task, enum alert_kind kind,
                                 struct err *err);
MUST_CHECK bool task_alert_watchers(struct tx *tx, const struct task *task, enum alert_kind kind,
                                    struct err *err);
/* Who gave it, who has the case (he tells the customer), and who watches. */
MUST_CHECK bool task_alert_done(struct tx *tx, const struct task *task, struct err *err);
/* Who has it, else who leads the team. */
MUST_CHECK bool task_alert_late(struct tx *tx, const struct task *task, struct err *err);
