#include "alerts.h"

#include "../devices/devices.h"

static const char *const kind_names[] = { "mentioned",      "woke",       "promise_at_risk",
                                          "promise_broken", "task_given", "task_returned",
                                          "task_done",      "task_late",  NULL };

static const enum notice_kind notice_of[] = {
    [ALERT_MENTIONED] = NOTICE_MENTIONED,
    [ALERT_WOKE] = NOTICE_WOKE,
    [ALERT_PROMISE_AT_RISK] = NOTICE_PROMISE,
    [ALERT_PROMISE_BROKEN] = NOTICE_PROMISE,
};

const struct field alert_fields[] = {
    FIELD(alert, case_id, .doc = "Or task_id"),
    FIELD(alert, task_id),
    FIELD(alert, kind, .names = kind_names,
          .doc =
              "mentioned: a note names one; woke: what one had put away is back; promise_at_risk, "
              "promise_broken: one's own, or one of a team that one leads; task_given, "
              "task_returned: it "
              "is one's own now; task_done: one gave it, watches it or has its case; task_late: "
              "one's own, or nobody's of a team that one leads"),
    FIELD(alert, by_user_id, .doc = "Who wrote the note"),
    FIELD(alert, reference, .doc = "Of the case; null: a task without one"),
    FIELD(alert, title, .flags = REQUIRED),
    FIELD(alert, person_name),
    FIELD(alert, at, .flags = REQUIRED),
    { 0 },
};

/* Nobody's, or one's own doing. */
static bool is_no_news(const struct tx *tx, user_id user)
{
    return user.n == 0 || (tx->actor.kind == ACTOR_USER && tx->actor.id == user.n);
}

static bool put(struct tx *tx, enum sql sql, user_id user, enum alert_kind kind, int64_t about,
                struct err *err)
{
    int64_t by = tx->actor.kind == ACTOR_USER ? tx->actor.id : 0;

    return db_run(tx, sql,
                  ARGS(arg_organisation(tx), arg_id(user), arg_int(about),
                       arg_text(kind_names[kind]), arg_id_number(by), arg_time(tx->now)),
                  err);
}

bool alert_add(struct tx *tx, user_id user, enum alert_kind kind, case_id about, struct err *err)
{
    return is_no_news(tx, user) || (put(tx, SQL_ALERT_ADD, user, kind, about.n, err) &&
                                    notice_add(tx, user, notice_of[kind], about, err));
}

bool alert_add_of_task(struct tx *tx, user_id user, enum alert_kind kind, task_id about,
                       struct err *err)
{
    return is_no_news(tx, user) || put(tx, SQL_ALERT_ADD_OF_TASK, user, kind, about.n, err);
}

/* The newest of both. */
static struct list newest(struct arena *mem, const struct list *cases, const struct list *tasks)
{
    const struct alert *a = cases->items, *b = tasks->items;
    struct alert *all = NEW_ARRAY(mem, struct alert, ALERTS_MAX);
    size_t n = 0, i = 0, k = 0;

    while (n < ALERTS_MAX && (i < cases->n || k < tasks->n))
        all[n++] = k == tasks->n || (i < cases->n && a[i].at.ms >= b[k].at.ms) ? a[i++] : b[k++];
    return (struct list){ all, n };
}

bool alert_list(struct tx *tx, user_id user, struct list *out, struct err *err)
{
    struct args args = ARGS(arg_organisation(tx), arg_id(user), arg_int(ALERTS_MAX));
    struct list cases, tasks;

    if (!db_all(tx, SQL_ALERT_LIST, args, alert_fields, sizeof(struct alert), &cases, err) ||
        !db_all(tx, SQL_ALERT_LIST_OF_TASKS, args, alert_fields, sizeof(struct alert), &tasks, err))
        return false;
    *out = newest(tx->mem, &cases, &tasks);
    return true;
}

bool alert_remove(struct tx *tx, user_id user, case_id about, struct err *err)
{
    return db_run(tx, SQL_ALERT_REMOVE, ARGS(arg_organisation(tx), arg_id(user), arg_id(about)),
                  err);
}

bool alert_remove_of_task(struct tx *tx, user_id user, task_id about, struct err *err)
{
    return db_run(tx, SQL_ALERT_REMOVE_OF_TASK,
                  ARGS(arg_organisation(tx), arg_id(user), arg_id(about)), err);
}
