#include "task_told.h"

#include "../../base/buf.h"
#include "../../base/json.h"
#include "../cases/change.h"

/* --- who watches ---------------------------------------------------------------------------- */

struct watcher {
    user_id id;
};

static const struct field watcher_fields[] = {
    FIELD(watcher, id),
    { 0 },
};

static bool find_watchers(struct tx *tx, const struct task *task, struct list *out, struct err *err)
{
    return db_all(tx, SQL_TASK_WATCHER_LIST, ARGS(arg_organisation(tx), arg_id(task->id)),
                  watcher_fields, sizeof(struct watcher), out, err);
}

static bool get_watchers(struct tx *tx, struct task *task, struct err *err)
{
    const struct watcher *watchers;
    struct list rows;
    const char **ids;

    if (!find_watchers(tx, task, &rows, err))
        return false;
    watchers = rows.items;
    ids = NEW_ARRAY(tx->mem, const char *, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = arena_text(tx->mem, id_text("usr", watchers[i].id.n).s);
    task->watchers = (struct list){ ids, rows.n };
    return true;
}

bool task_watch(struct tx *tx, struct task *task, user_id user, bool watches, struct err *err)
{
    if (!get_watchers(tx, task, err))
        return false;
    if (watches && task->watchers.n >= TASK_WATCHERS_MAX)
        return err_set(err, ERR_CONFLICT, "%d colleagues watch it: that is enough",
                       TASK_WATCHERS_MAX);
    return (!watches || case_check_owners(tx, (team_id){ 0 }, user, err)) &&
           db_run(tx, watches ? SQL_TASK_WATCHER_ADD : SQL_TASK_WATCHER_REMOVE,
                  ARGS(arg_organisation(tx), arg_id(task->id), arg_id(user)), err);
}

/* --- history -------------------------------------------------------------------------------- */

static const struct field told_fields[] = {
    FIELD(task_told, title),
    FIELD(task_told, kind_id, .flags = OPTIONAL),
    FIELD(task_told, team_id),
    FIELD(task_told, assignee_id),
    FIELD(task_told, due_at),
    FIELD(task_told, why, .flags = OPTIONAL),
    FIELD(task_told, words, .flags = OPTIONAL),
    FIELD(task_told, by_team_id, .flags = OPTIONAL),
    FIELD(task_told, lost_ms, .flags = OPTIONAL),
    FIELD(task_told, changed, .flags = OPTIONAL),
    { 0 },
};

bool task_tell(struct tx *tx, const char *kind, const struct task *task,
               const struct task_told *what, struct err *err)
{
    CLEANUP(buf_free) struct buf data = BUF(64 * 1024);
    struct task_told told = *what;

    told.title = task->title;
    told.kind_id = task->kind_id;
    told.team_id = task->team_id;
    told.assignee_id = task->assignee_id;
    told.due_at = task->due_at;
    json_write(&data, told_fields, &told);
    return event_add(
        tx,
        &(struct event){ .kind = kind,
                         .case_id = told.changed.n > 0 ? (case_id){ 0 } : task->case_id,
                         .about = arena_text(tx->mem, id_text("tsk", task->id.n).s),
                         .data = { arena_text(tx->mem, buf_str(&data)) } },
        err);
}

/* They come newest first. */
static size_t add_history(struct tx *tx, const struct list *rows, struct event *out)
{
    const struct event *events = rows->items;
    struct id_text actor;

    for (size_t i = 0; i < rows->n; i++) {
        struct event *event = &out[rows->n - 1 - i];

        *event = events[i];
        if (event_actor(event, &actor))
            event->actor = arena_text(tx->mem, actor.s);
    }
    return rows->n;
}

static bool get_history(struct tx *tx, struct task *task, struct err *err)
{
    const char *about = arena_text(tx->mem, id_text("tsk", task->id.n).s);
    struct args args = ARGS(arg_organisation(tx), arg_text(about), arg_int(TASK_HISTORY_MAX));
    struct list sealed, pending;
    struct event *all;
    size_t n;

    if (!db_all(tx, SQL_TASK_HISTORY, args, sealed_event_fields, sizeof(struct event), &sealed,
                err) ||
        !db_all(tx, SQL_TASK_HISTORY_PENDING, args, sealed_event_fields, sizeof(struct event),
                &pending, err))
        return false;
    all = NEW_ARRAY(tx->mem, struct event, sealed.n + pending.n);
    n = add_history(tx, &sealed, all);
    n += add_history(tx, &pending, all + n);
    task->history = (struct list){ all, n };
    return true;
}

bool task_get_whole(struct tx *tx, task_id id, struct task *out, struct err *err)
{
    return task_get(tx, id, out, err) && get_watchers(tx, out, err) && get_history(tx, out, err);
}

/* --- who hears of it ------------------------------------------------------------------------ */

bool task_alert_owner(struct tx *tx, const struct task *task, enum alert_kind kind, struct err *err)
{
    return alert_add_of_task(tx, task->assignee_id, kind, task->id, err);
}

bool task_alert_watchers(struct tx *tx, const struct task *task, enum alert_kind kind,
                         struct err *err)
{
    const struct watcher *watchers;
    struct list rows;

    if (!find_watchers(tx, task, &rows, err))
        return false;
    watchers = rows.items;
    for (size_t i = 0; i < rows.n; i++)
        if (!alert_add_of_task(tx, watchers[i].id, kind, task->id, err))
            return false;
    return true;
}

bool task_alert_done(struct tx *tx, const struct task *task, struct err *err)
{
    struct casefile c = { 0 };

    if (task->case_id.n != 0 && !case_get(tx, task->case_id, &c, err))
        return false;
    return alert_add_of_task(tx, task->from_user_id, ALERT_TASK_DONE, task->id, err) &&
           alert_add_of_task(tx, c.assignee_id, ALERT_TASK_DONE, task->id, err) &&
           task_alert_watchers(tx, task, ALERT_TASK_DONE, err);
}

bool task_alert_late(struct tx *tx, const struct task *task, struct err *err)
{
    const struct watcher *leads;
    struct list rows;

    if (task->assignee_id.n != 0)
        return task_alert_owner(tx, task, ALERT_TASK_LATE, err);
    if (!db_all(tx, SQL_PROMISE_LEADS, ARGS(arg_organisation(tx), arg_id(task->team_id)),
                watcher_fields, sizeof(struct watcher), &rows, err))
        return false;
    leads = rows.items;
    for (size_t i = 0; i < rows.n; i++)
        if (!alert_add_of_task(tx, leads[i].id, ALERT_TASK_LATE, task->id, err))
            return false;
    return true;
}
