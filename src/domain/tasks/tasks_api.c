/* tasks_api.c — tasks for everybody who speaks HTTP. */
#include "tasks.h"

#include "../alerts/alerts.h"
#include "../cases/cases.h"

static bool get_tasks(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_query query = *(const struct task_query *)rq->body;
    struct casefile c;
    struct list found;
    const char *next;

    if (query.case_id.n != 0) {
        if (!case_get(tx, query.case_id, &c, err))
            return false;
        query.case_id = c.id;
    }
    if ((query.case_id.n != 0 || query.promise.n != 0) && !request_named(rq, "state"))
        query.state = TASKS_ALL;
    return task_list(tx, &query, &found, &next, err) &&
           reply_list(rq, task_fields, sizeof(struct task), &found, next);
}

static bool get_of_case(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_query query = { .state = TASKS_ALL, .page = { .limit = TASKS_OF_CASE_MAX } };
    struct casefile c;
    struct list found;
    const char *next;

    if (!case_of_request(rq, tx, &c, err))
        return false;
    query.case_id = c.id;
    if (!task_list(tx, &query, &found, &next, err))
        return false;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply_list(rq, task_fields, sizeof(struct task), &found, NULL);
}

static bool post_task(struct request *rq, struct tx *tx, struct err *err)
{
    struct task made;

    return task_add(tx, rq->body, &made, err) &&
           reply_versioned(rq, 201, made.version, task_fields, &made);
}

static bool get_task(struct request *rq, struct tx *tx, struct err *err)
{
    struct task task;
    task_id id;

    if (!request_id(rq, "id", "tsk", &id.n, err) || !task_get_whole(tx, id, &task, err))
        return false;
    if (task.case_id.n != 0)
        request_was_read(rq, "audit.case_read", task.case_id, NULL);
    return reply_versioned(rq, 200, task.version, task_fields, &task);
}

/* --- changing ------------------------------------------------------------------------------- */

/* The one that the path names, as the caller saw it. */
static bool find_seen(struct request *rq, struct tx *tx, struct task *out, struct err *err)
{
    int64_t version;
    task_id id;

    if (!request_id(rq, "id", "tsk", &id.n, err) || !task_get(tx, id, out, err) ||
        !request_version(rq, out->version, &version, err))
        return false;
    return out->version == version ||
           err_set(err, ERR_CHANGED, "somebody changed this task a moment ago");
}

/* As it is now, read whole. */
static bool answer(struct request *rq, struct tx *tx, task_id id, struct err *err)
{
    struct task task;

    return task_get_whole(tx, id, &task, err) &&
           reply_versioned(rq, 200, task.version, task_fields, &task);
}

static bool patch_task(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_change change = *(const struct task_change *)rq->body;
    struct task task;

    change.has_title = request_named(rq, "title");
    change.has_details = request_named(rq, "details");
    change.has_team = request_named(rq, "team_id");
    change.has_assignee = request_named(rq, "assignee_id");
    change.has_due = request_named(rq, "due_at");
    change.has_promise = request_named(rq, "promise_id");
    change.has_values = request_named(rq, "values");
    change.has_checklist = request_named(rq, "checklist");
    return find_seen(rq, tx, &task, err) && task_change(tx, &task, &change, err) &&
           answer(rq, tx, task.id, err);
}

static bool take(struct request *rq, struct tx *tx, struct err *err)
{
    struct task task;

    return find_seen(rq, tx, &task, err) && task_take(tx, &task, err) &&
           answer(rq, tx, task.id, err);
}

static const char *const whom_names[] = { "customer", "other", NULL };

struct task_waiting {
    unsigned whom;
    const char *words;
};

static const struct field task_waiting_fields[] = {
    { .name = "for",
     .at = offsetof(struct task_waiting, whom),
     .kind = KIND_ENUM,
     .flags = REQUIRED,
     .names = whom_names },
    FIELD(task_waiting, words, .max = TASK_WORDS_MAX, .doc = "What for"),
    { 0 },
};

static bool wait(struct request *rq, struct tx *tx, struct err *err)
{
    const struct task_waiting *waiting = rq->body;
    struct task task;

    return find_seen(rq, tx, &task, err) &&
           task_wait(tx, &task, waiting->whom == 0 ? TASK_WAITING_CUSTOMER : TASK_WAITING_OTHER,
                     waiting->words, err) &&
           answer(rq, tx, task.id, err);
}

struct task_returning {
    unsigned why;
    const char *words;
};

static const struct field task_returning_fields[] = {
    FIELD(task_returning, why, .flags = REQUIRED, .names = task_return_why_names,
          .doc = "misrouted: it isn't theirs, which is counted"),
    FIELD(task_returning, words, .flags = REQUIRED, .min = 1, .max = TASK_WORDS_MAX),
    { 0 },
};

static bool give_back(struct request *rq, struct tx *tx, struct err *err)
{
    const struct task_returning *returning = rq->body;
    struct task task;

    return find_seen(rq, tx, &task, err) &&
           task_return(tx, &task, returning->why, returning->words, err) &&
           answer(rq, tx, task.id, err);
}

struct task_finishing {
    const char *words;
};

static const struct field task_finishing_fields[] = {
    FIELD(task_finishing, words, .max = TASK_WORDS_MAX, .doc = "What came of it"),
    { 0 },
};

static bool finish(struct request *rq, struct tx *tx, struct err *err)
{
    const struct task_finishing *finishing = rq->body;
    struct task task;

    return find_seen(rq, tx, &task, err) && task_finish(tx, &task, finishing->words, err) &&
           answer(rq, tx, task.id, err);
}

static bool reopen(struct request *rq, struct tx *tx, struct err *err)
{
    struct task task;

    return find_seen(rq, tx, &task, err) && task_reopen(tx, &task, err) &&
           answer(rq, tx, task.id, err);
}

/* --- who watches ---------------------------------------------------------------------------- */

static bool set_watcher(struct request *rq, struct tx *tx, bool watches, struct err *err)
{
    struct task task;
    user_id user;
    task_id id;

    return request_id(rq, "id", "tsk", &id.n, err) && request_id(rq, "user", "usr", &user.n, err) &&
           task_get(tx, id, &task, err) && task_watch(tx, &task, user, watches, err) &&
           reply_nothing(rq);
}

static bool put_watcher(struct request *rq, struct tx *tx, struct err *err)
{
    return set_watcher(rq, tx, true, err);
}

static bool delete_watcher(struct request *rq, struct tx *tx, struct err *err)
{
    return set_watcher(rq, tx, false, err);
}

static bool put_seen(struct request *rq, struct tx *tx, struct err *err)
{
    struct task task;
    task_id id;

    return request_id(rq, "id", "tsk", &id.n, err) && task_get(tx, id, &task, err) &&
           alert_remove_of_task(tx, (user_id){ tx->actor.id }, id, err) && reply_nothing(rq);
}

/* --- how much there is ------------------------------------------------------------------------ */

struct team_load {
    team_id team_id;
    const char *name;
    int64_t new_n, taken_n, waiting_n, returned_n, late_n, misrouted_n;
};

static const struct field team_load_fields[] = {
    FIELD(team_load, team_id, .flags = REQUIRED),
    FIELD(team_load, name, .flags = REQUIRED),
    FIELD(team_load, new_n),
    FIELD(team_load, taken_n),
    FIELD(team_load, waiting_n),
    FIELD(team_load, returned_n, .doc = "That came back to it"),
    FIELD(team_load, late_n, .doc = "Of all of these"),
    FIELD(team_load, misrouted_n,
          .doc = "That it returned because they weren't its own, in the last 30 days"),
    { 0 },
};

/* More than that nobody counts. */
enum { COUNTED_MAX = 1000 };

struct task_load {
    int64_t mine_n, mine_late_n;
    struct list teams; /* of struct team_load */
};

static const struct field task_load_fields[] = {
    FIELD(task_load, mine_n, .doc = "Open ones of who asks"),
    FIELD(task_load, mine_late_n, .doc = "Of these what came back, or is past its moment"),
    FIELD(task_load, teams, .of = team_load_fields, .size = sizeof(struct team_load),
          .doc = "By name. Each number is counted no further than 1000"),
    { 0 },
};

static bool count_mine(struct tx *tx, int64_t until, int64_t *out, struct err *err)
{
    return db_number(
        tx, SQL_TASK_COUNT_OF,
        ARGS(arg_organisation(tx), arg_int(tx->actor.id), arg_int(until), arg_int(COUNTED_MAX)),
        out, err);
}

static bool get_load(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t since = id_at(tx->now.ms - 30 * DAY_MS);
    struct task_load load = { 0 };

    return count_mine(tx, TASK_ORDER_DONE, &load.mine_n, err) &&
           count_mine(tx, TASK_ORDER_OPEN + tx->now.ms, &load.mine_late_n, err) &&
           db_all(tx, SQL_TASK_WORKLOAD,
                  ARGS(arg_organisation(tx), arg_time(tx->now), arg_int(COUNTED_MAX),
                       arg_int(TASK_ORDER_DONE), arg_int(since)),
                  team_load_fields, sizeof(struct team_load), &load.teams, err) &&
           reply(rq, 200, task_load_fields, &load);
}

static const struct route rows[] = {
    ROUTE(
        GET, "/api/v1/tasks", READ, get_tasks, TASK_READ, QUERY(task_query), MANY(task),
        "Lists tasks: what came back first, then by their moment, so that late ones lead; what is "
        "done comes last, the newest first."),
    ROUTE(GET, "/api/v1/tasks/workload", READ, get_load, TASK_READ, NOTHING, ONE(task_load),
          "Counts the open tasks of who asks and of each team."),
    ROUTE(GET, "/api/v1/tasks/{id}", READ, get_task, TASK_READ, NOTHING, ONE(task),
          "Reads a task, with who watches it and its history."),
    ROUTE(GET, "/api/v1/cases/{id}/tasks", READ, get_of_case, TASK_READ, NOTHING, MANY(task),
          "Lists the tasks of a case, those that are done too, in the order of all lists."),
    ROUTE(POST, "/api/v1/tasks", WRITE, post_task, TASK_WRITE, BODY(task_draft), MADE(task),
          "Gives a task to a team or a colleague."),
    ROUTE(PATCH, "/api/v1/tasks/{id}", WRITE, patch_task, TASK_WRITE, BODY(task_change), ONE(task),
          "Changes a task; another team or colleague has it anew.", .is_versioned = true),
    ROUTE(POST, "/api/v1/tasks/{id}/take", WRITE, take, TASK_WRITE, NOTHING, ONE(task),
          "Takes a task: who asks does it, also what waited or came back.", .is_versioned = true),
    ROUTE(POST, "/api/v1/tasks/{id}/wait", WRITE, wait, TASK_WRITE, BODY(task_waiting), ONE(task),
          "Says that a task waits for the customer, or for somebody else.", .is_versioned = true),
    ROUTE(POST, "/api/v1/tasks/{id}/return", WRITE, give_back, TASK_WRITE, BODY(task_returning),
          ONE(task), "Returns a task to who gave it, with a reason.", .is_versioned = true),
    ROUTE(POST, "/api/v1/tasks/{id}/finish", WRITE, finish, TASK_WRITE, BODY(task_finishing),
          ONE(task), "Says that a task is done, and what came of it.", .is_versioned = true),
    ROUTE(POST, "/api/v1/tasks/{id}/reopen", WRITE, reopen, TASK_WRITE, NOTHING, ONE(task),
          "Opens a task again that is done.", .is_versioned = true),
    ROUTE(PUT, "/api/v1/tasks/{id}/seen", WRITE, put_seen, TASK_READ, NOTHING, NOTHING,
          "Takes away what the caller was alerted to in a task; twice is once."),
    ROUTE(PUT, "/api/v1/tasks/{id}/watchers/{user}", WRITE, put_watcher, TASK_WRITE, NOTHING,
          NOTHING, "Tells a colleague from now on what becomes of a task; twice is once."),
    ROUTE(DELETE, "/api/v1/tasks/{id}/watchers/{user}", WRITE, delete_watcher, TASK_WRITE, NOTHING,
          NOTHING, "Tells a colleague no more what becomes of a task."),
};
const struct routes task_routes = ROUTES(rows);
