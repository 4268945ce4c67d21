#include "tasks.h"

#include "../../base/buf.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/jobs.h"
#include "../calendars/calendars.h"
#include "../calendars/work.h"
#include "../cases/change.h"
#include "../promises/promises.h"
#include "task_told.h"

#include <string.h>

const char *const task_state_names[] = {
    "new", "taken", "waiting_customer", "waiting_other", "returned", "done", NULL
};
const char *const task_return_why_names[] = { "misrouted", "unclear", "other", NULL };

const int64_t TASK_ORDER_OPEN = (int64_t)1 << 50, TASK_ORDER_DONE = (int64_t)1 << 51;

static const int64_t AHEAD_MAX_MS = 3 * 366 * DAY_MS;

enum { WORDS_BYTES_MAX = 1 << 20 };

const struct field task_fields[] = {
    FIELD(task, id, .flags = REQUIRED),
    FIELD(task, kind_id),
    FIELD(task, title, .flags = REQUIRED),
    FIELD(task, details, .flags = OPTIONAL, .doc = "Where it is read whole"),
    FIELD(task, case_id, .doc = "The customer's case that it is about"),
    FIELD(task, promise_id, .doc = "What it is done for"),
    FIELD(task, team_id),
    FIELD(task, assignee_id, .doc = "Who does it; null: whoever of the team takes it"),
    FIELD(task, due_at, .doc = "null: nobody said"),
    FIELD(task, is_late, .doc = "It isn't done, and due_at is past"),
    FIELD(task, state, .names = task_state_names),
    FIELD(task, list_order, .flags = SECRET),
    FIELD(task, words, .flags = SECRET),
    FIELD(task, values, .flags = OPTIONAL, .of = task_value_fields,
          .size = sizeof(struct task_value), .doc = "Of its kind's fields"),
    FIELD(task, checklist, .flags = OPTIONAL, .of = task_step_fields,
          .size = sizeof(struct task_step)),
    FIELD(task, watchers, .flags = OPTIONAL, .doc = "Who is told what becomes of it"),
    FIELD(task, steps_n, .doc = "Of its checklist"),
    FIELD(task, steps_done_n),
    FIELD(task, waits_for, .doc = "In words, while it waits"),
    FIELD(task, return_why, .flags = OPTIONAL, .names = task_return_why_names,
          .doc = "While it is returned"),
    FIELD(task, return_words),
    FIELD(task, outcome, .doc = "What came of it"),
    FIELD(task, returned_n, .doc = "How often it came back"),
    FIELD(task, misrouted_n, .doc = "How often because it wasn't theirs"),
    FIELD(task, from_user_id, .doc = "Who gave it to who has it, and to whom it goes back"),
    FIELD(task, from_team_id),
    FIELD(task, given_at, .flags = REQUIRED, .doc = "Since when who has it has it"),
    FIELD(task, late_at, .flags = SECRET),
    FIELD(task, done_at),
    FIELD(task, actor_kind, .names = actor_kind_names),
    FIELD(task, actor_id, .flags = SECRET),
    FIELD(task, user_id, .doc = "The colleague who made it"),
    FIELD(task, created_at, .flags = REQUIRED),
    FIELD(task, version),
    FIELD(task, reference, .flags = OPTIONAL, .doc = "Of its case"),
    FIELD(task, person_name, .flags = OPTIONAL),
    FIELD(task, history, .flags = OPTIONAL, .of = event_fields, .size = sizeof(struct event),
          .doc = "What happened to it, oldest first; where it is read whole"),
    { 0 },
};

#define LIST_FIELDS(s)                                                                             \
    FIELD(s, values, .of = task_value_fields, .size = sizeof(struct task_value),                   \
          .max = TASK_FIELDS_MAX, .doc = "Of its kind's fields"),                                  \
        FIELD(s, checklist, .of = task_step_fields, .size = sizeof(struct task_step),              \
              .max = TASK_STEPS_MAX, .doc = "That of its kind when left out")

const struct field task_draft_fields[] = {
    FIELD(task_draft, title, .flags = REQUIRED | LINE, .min = 1, .max = TASK_TITLE_MAX),
    FIELD(task_draft, details, .max = TASK_DETAILS_MAX),
    FIELD(task_draft, kind_id),
    FIELD(task_draft, case_id),
    FIELD(task_draft, promise_id, .doc = "What it is done for; its case is the task's"),
    FIELD(task_draft, team_id, .doc = "The kind's when left out, else the promise's or the case's"),
    FIELD(task_draft, assignee_id),
    FIELD(task_draft, due_at,
          .doc = "By the norm of its kind when left out, in the hours of who does it, and not "
                 "behind the promise's"),
    LIST_FIELDS(task_draft),
    { 0 },
};

const struct field task_change_fields[] = {
    FIELD(task_change, title, .flags = LINE, .min = 1, .max = TASK_TITLE_MAX),
    FIELD(task_change, details, .max = TASK_DETAILS_MAX),
    FIELD(task_change, team_id, .doc = "Another one has it anew; null: nobody's"),
    FIELD(task_change, assignee_id, .doc = "null: whoever of the team takes it"),
    FIELD(task_change, due_at),
    FIELD(task_change, promise_id, .doc = "What it is done for, in the same case"),
    LIST_FIELDS(task_change),
    { 0 },
};

/* --- states and moves ----------------------------------------------------------------------- */

static const struct {
    enum task_state from, to;
} moves[] = {
    { TASK_NEW,              TASK_TAKEN            },
    { TASK_NEW,              TASK_WAITING_CUSTOMER },
    { TASK_NEW,              TASK_WAITING_OTHER    },
    { TASK_NEW,              TASK_RETURNED         },
    { TASK_NEW,              TASK_DONE             },
    { TASK_TAKEN,            TASK_NEW              }, /* somebody else's */
    { TASK_TAKEN,            TASK_TAKEN            }, /* likewise, who takes it at once */
    { TASK_TAKEN,            TASK_WAITING_CUSTOMER },
    { TASK_TAKEN,            TASK_WAITING_OTHER    },
    { TASK_TAKEN,            TASK_RETURNED         },
    { TASK_TAKEN,            TASK_DONE             },
    { TASK_WAITING_CUSTOMER, TASK_NEW              },
    { TASK_WAITING_CUSTOMER, TASK_TAKEN            }, /* what it waited for came */
    { TASK_WAITING_CUSTOMER, TASK_WAITING_OTHER    },
    { TASK_WAITING_CUSTOMER, TASK_RETURNED         },
    { TASK_WAITING_CUSTOMER, TASK_DONE             },
    { TASK_WAITING_OTHER,    TASK_NEW              },
    { TASK_WAITING_OTHER,    TASK_TAKEN            },
    { TASK_WAITING_OTHER,    TASK_WAITING_CUSTOMER },
    { TASK_WAITING_OTHER,    TASK_RETURNED         },
    { TASK_WAITING_OTHER,    TASK_DONE             },
    { TASK_RETURNED,         TASK_NEW              }, /* to who should have had it */
    { TASK_RETURNED,         TASK_TAKEN            },
    { TASK_RETURNED,         TASK_DONE             },
    { TASK_DONE,             TASK_NEW              }, /* it wasn't, after all */
    { TASK_DONE,             TASK_TAKEN            },
};

static bool enter(struct tx *tx, struct task *task, enum task_state to, struct err *err)
{
    for (size_t i = 0; i < COUNT(moves); i++) {
        if (moves[i].from != task->state || moves[i].to != to)
            continue;
        task->state = to;
        task->done_at = to == TASK_DONE ? tx->now : (instant){ 0 };
        task->waits_for = task->return_why = task->return_words = task->outcome = NULL;
        return true;
    }
    return err_set(err, ERR_CONFLICT, "the task is %s: that can't become of it now",
                   task_state_names[task->state]);
}

/* What came back leads, then what is due next; what is done is behind, the newest first. */
static int64_t order_of(const struct task *task)
{
    int64_t due = task->due_at.ms > 0 ? task->due_at.ms : case_nobody_waits;

    if (task->state == TASK_DONE)
        return TASK_ORDER_DONE + case_nobody_waits - task->done_at.ms;
    return task->state == TASK_RETURNED ? due : TASK_ORDER_OPEN + due;
}

/* --- reading and writing -------------------------------------------------------------------- */

static const struct field words_fields[] = { LIST_FIELDS(task), { 0 } };

void task_note(const struct tx *tx, struct task *task)
{
    task->is_late =
        task->state != TASK_DONE && task->due_at.ms > 0 && task->due_at.ms <= tx->now.ms;
    task->user_id.n = task->actor_kind == ACTOR_USER ? task->actor_id : 0;
}

bool task_get(struct tx *tx, task_id id, struct task *out, struct err *err)
{
    *out = (struct task){ 0 };
    if (!db_one(tx, SQL_TASK_GET, ARGS(arg_organisation(tx), arg_id(id)), task_fields, out, err))
        return false;
    task_note(tx, out);
    return json_read_stored(tx->mem, out->words.s, words_fields, out, err);
}

static const char *words_of(struct arena *mem, struct task *task)
{
    CLEANUP(buf_free) struct buf json = BUF(WORDS_BYTES_MAX);
    const struct task_step *steps = task->checklist.items;

    task->steps_n = (int64_t)task->checklist.n;
    task->steps_done_n = 0;
    for (size_t i = 0; i < task->checklist.n; i++)
        task->steps_done_n += steps[i].is_done;
    json_write(&json, words_fields, task);
    return arena_text(mem, buf_str(&json));
}

static bool save(struct tx *tx, struct task *t, struct err *err)
{
    const char *words = words_of(tx->mem, t);
    int64_t rows;

    t->list_order = order_of(t);
    if (!db_change(tx, SQL_TASK_SAVE,
                   ARGS(arg_organisation(tx), arg_id(t->id), arg_int(t->version),
                        arg_text(t->title), arg_text(t->details), arg_id(t->team_id),
                        arg_id(t->assignee_id), arg_time(t->due_at),
                        arg_text(task_state_names[t->state]), arg_int(t->list_order),
                        arg_text(words), arg_int(t->steps_n), arg_int(t->steps_done_n),
                        arg_text(t->waits_for), arg_text(t->return_why), arg_text(t->return_words),
                        arg_text(t->outcome), arg_int(t->returned_n), arg_int(t->misrouted_n),
                        arg_id(t->from_user_id), arg_id(t->from_team_id), arg_time(t->given_at),
                        arg_time(t->done_at), arg_id(t->promise_id), arg_time(t->late_at)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this task a moment ago");
    t->version++;
    task_note(tx, t);
    return true;
}

static bool settle(struct tx *tx, struct task *task, const char *kind, struct task_told told,
                   struct err *err)
{
    return save(tx, task, err) && task_tell(tx, kind, task, &told, err);
}

/* --- making --------------------------------------------------------------------------------- */

static user_id who_asks(const struct tx *tx)
{
    return (user_id){ tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 };
}

static bool check_due(const struct tx *tx, instant due_at, struct err *err)
{
    if (due_at.ms != 0 && due_at.ms <= tx->now.ms)
        return err_field(err, "due_at", "must be a moment to come");
    return due_at.ms <= tx->now.ms + AHEAD_MAX_MS ||
           err_field(err, "due_at", "is more than three years away");
}

/* None is a kind without fields. Who removes it waits. */
static bool find_kind(struct tx *tx, task_kind_id id, struct task_kind *out, struct err *err)
{
    *out = (struct task_kind){ 0 };
    if (id.n == 0)
        return true;
    if (!db_run(tx, SQL_TASK_KIND_HOLD, ARGS(arg_organisation(tx), arg_id(id)), err))
        return false;
    return task_kind_get(tx, id, out, err) ||
           (err->code == ERR_NOT_FOUND && err_field(err, "kind_id", "isn't known here"));
}

static bool find_promise(struct tx *tx, promise_id id, struct promise *out, struct err *err)
{
    *out = (struct promise){ 0 };
    if (id.n == 0)
        return true;
    if (!promise_get(tx, id, out, err))
        return err->code == ERR_NOT_FOUND && err_field(err, "promise_id", "isn't known here");
    return out->is_owed || err_field(err, "promise_id", "isn't owed any more");
}

/* The case that it is about, if any: held, so that who merges it finds the task. */
static bool find_case(struct tx *tx, case_id id, const struct promise *promise,
                      struct casefile *out, struct err *err)
{
    case_id wanted = id.n != 0 ? id : promise->case_id;

    *out = (struct casefile){ 0 };
    if (wanted.n == 0)
        return true;
    if (!case_get(tx, wanted, out, err))
        return err->code == ERR_NOT_FOUND && err_field(err, "case_id", "isn't known here");
    if (!case_hold(tx, out->id, err) || !case_get(tx, wanted, out, err))
        return false;
    return promise->id.n == 0 || promise->case_id.n == out->id.n ||
           err_field(err, "promise_id", "was made in another case");
}

/* By the norm, counted in the hours of who does it; never behind what was promised. */
static bool find_due(struct tx *tx, const struct task_kind *kind, const struct promise *promise,
                     struct task *task, struct err *err)
{
    struct calendar *hours = NEW(tx->mem, struct calendar);
    instant due;

    if (kind->norm_minutes > 0) {
        if (!calendar_of_team(tx, task->team_id, hours, NULL, err))
            return false;
        if (work_after(hours, tx->now, kind->norm_minutes * MINUTE_MS, &due))
            task->due_at = due;
    }
    if (promise->id.n != 0 && (task->due_at.ms == 0 || promise->due_at.ms < task->due_at.ms))
        task->due_at = promise->due_at;
    return true;
}

static struct list new_steps(struct arena *mem, const struct list *texts)
{
    struct task_step *steps = NEW_ARRAY(mem, struct task_step, texts->n);

    for (size_t i = 0; i < texts->n; i++)
        steps[i].text = ((const char *const *)texts->items)[i];
    return (struct list){ steps, texts->n };
}

static team_id first_team(team_id a, team_id b, team_id c, team_id d)
{
    return a.n ? a : b.n ? b : c.n ? c : d;
}

/* At its moment somebody hears that it is late. */
static bool watch_over(struct tx *tx, const struct task *task, struct err *err)
{
    return task->due_at.ms <= tx->now.ms || task->state == TASK_DONE ||
           job_add(tx, "task", task->id.n, task->due_at, err);
}

static bool add(struct tx *tx, struct task *t, struct err *err)
{
    const char *words = words_of(tx->mem, t);

    t->id.n = id_new();
    t->given_at = t->created_at = tx->now;
    t->actor_kind = tx->actor.kind;
    t->actor_id = tx->actor.id;
    t->version = 1;
    t->list_order = order_of(t);
    task_note(tx, t);
    return db_run(tx, SQL_TASK_ADD,
                  ARGS(arg_organisation(tx), arg_id(t->id), arg_id(t->kind_id), arg_text(t->title),
                       arg_text(t->details), arg_id(t->case_id), arg_id(t->promise_id),
                       arg_id(t->team_id), arg_id(t->assignee_id), arg_time(t->due_at),
                       arg_text(task_state_names[t->state]), arg_int(t->list_order),
                       arg_text(words), arg_int(t->steps_n), arg_int(t->steps_done_n),
                       arg_id(t->from_user_id), arg_id(t->from_team_id), arg_time(t->given_at),
                       arg_text(actor_kind_names[t->actor_kind]), arg_int(t->actor_id),
                       arg_time(t->created_at)),
                  err);
}

bool task_add(struct tx *tx, const struct task_draft *draft, struct task *out, struct err *err)
{
    user_id maker = who_asks(tx);
    struct promise promise;
    struct task_kind kind;
    struct casefile c;

    if (!check_due(tx, draft->due_at, err) || !find_kind(tx, draft->kind_id, &kind, err) ||
        !find_promise(tx, draft->promise_id, &promise, err) ||
        !find_case(tx, draft->case_id, &promise, &c, err))
        return false;
    if (kind.is_retired)
        return err_field(err, "kind_id", "is retired: take another kind");
    *out = (struct task){
        .kind_id = kind.id,
        .title = text_trim(tx->mem, draft->title),
        .details = draft->details ? draft->details : "",
        .case_id = c.id,
        .promise_id = promise.id,
        .team_id = first_team(draft->team_id, kind.team_id, promise.team_id, c.team_id),
        .assignee_id = draft->assignee_id,
        .due_at = draft->due_at,
        .state = draft->assignee_id.n && draft->assignee_id.n == maker.n ? TASK_TAKEN : TASK_NEW,
        .values = draft->values,
        .checklist = draft->checklist.n ? draft->checklist : new_steps(tx->mem, &kind.checklist),
        .from_user_id = maker,
        .from_team_id = c.team_id,
        .reference = c.reference,
        .person_name = c.person_name,
    };
    return case_check_owners(tx, out->team_id, out->assignee_id, err) &&
           task_values_check(tx, &kind, &out->values, err) &&
           (draft->due_at.ms != 0 || find_due(tx, &kind, &promise, out, err)) &&
           add(tx, out, err) && watch_over(tx, out, err) &&
           task_tell(tx, "task.made", out, &(struct task_told){ 0 }, err) &&
           task_alert_owner(tx, out, ALERT_TASK_GIVEN, err);
}

/* --- changing ------------------------------------------------------------------------------- */

/* Somebody else has it: theirs to take, or taken at once by who gives it to himself. */
static bool give(struct tx *tx, struct task *task, const struct task_change *change, bool *is_given,
                 struct err *err)
{
    user_id by = who_asks(tx), to = task->assignee_id;
    team_id team = change->has_team ? change->team_id : task->team_id;
    bool is_moved = team.n != task->team_id.n;
    enum task_state state;

    if (change->has_assignee || is_moved)
        to = change->has_assignee ? change->assignee_id : (user_id){ 0 };
    *is_given = is_moved || to.n != task->assignee_id.n;
    if (!*is_given)
        return true;
    if (task->state == TASK_DONE)
        return err_set(err, ERR_CONFLICT, "it is done: open it again first");
    if (!case_check_owners(tx, team, to, err))
        return false;
    state = to.n != 0 && to.n == by.n ? TASK_TAKEN : TASK_NEW;
    if ((state != TASK_NEW || task->state != TASK_NEW) && !enter(tx, task, state, err))
        return false;
    if (is_moved)
        task->from_team_id = task->team_id;
    task->from_user_id = by;
    task->team_id = team;
    task->assignee_id = to;
    task->given_at = tx->now;
    return true;
}

/* Names what is different. */
static bool apply(struct tx *tx, struct task *task, const struct task_change *change,
                  struct list *changed, struct err *err)
{
    const char **names = NEW_ARRAY(tx->mem, const char *, 6);
    struct task_kind kind;
    struct promise promise;
    struct casefile c;
    size_t n = 0;

    if (change->has_title && !text_equal(task->title, change->title)) {
        task->title = text_trim(tx->mem, change->title);
        names[n++] = "title";
    }
    if (change->has_details) {
        task->details = change->details ? change->details : "";
        names[n++] = "details";
    }
    if (change->has_due && change->due_at.ms != task->due_at.ms) {
        if (!check_due(tx, change->due_at, err))
            return false;
        task->due_at = change->due_at;
        task->late_at = (instant){ 0 };
        names[n++] = "due_at";
        if (!watch_over(tx, task, err))
            return false;
    }
    if (change->has_promise && change->promise_id.n != task->promise_id.n) {
        if (!find_promise(tx, change->promise_id, &promise, err) ||
            !find_case(tx, task->case_id, &promise, &c, err))
            return false;
        if (c.id.n != task->case_id.n)
            return err_field(err, "promise_id", "was made in another case");
        task->promise_id = change->promise_id;
        names[n++] = "promise_id";
    }
    if (change->has_values) {
        if (!find_kind(tx, task->kind_id, &kind, err) ||
            !task_values_check(tx, &kind, &change->values, err))
            return false;
        task->values = change->values;
        names[n++] = "values";
    }
    if (change->has_checklist) {
        task->checklist = change->checklist;
        names[n++] = "checklist";
    }
    *changed = (struct list){ names, n };
    return true;
}

bool task_change(struct tx *tx, struct task *task, const struct task_change *change,
                 struct err *err)
{
    struct list changed;
    bool is_given;

    if (change->has_title && text_is_blank(change->title))
        return err_field(err, "title", "say what is to be done");
    if (!give(tx, task, change, &is_given, err) || !apply(tx, task, change, &changed, err))
        return false;
    if (!is_given && changed.n == 0)
        return true;
    if (!save(tx, task, err))
        return false;
    if (changed.n > 0 &&
        !task_tell(tx, "task.changed", task, &(struct task_told){ .changed = changed }, err))
        return false;
    return !is_given || (task_tell(tx, "task.given", task, &(struct task_told){ 0 }, err) &&
                         task_alert_owner(tx, task, ALERT_TASK_GIVEN, err));
}

/* --- what becomes of it --------------------------------------------------------------------- */

bool task_take(struct tx *tx, struct task *task, struct err *err)
{
    user_id by = who_asks(tx);

    if (by.n == 0)
        return err_set(err, ERR_DENIED, "only a colleague can take a task");
    if (task->state == TASK_DONE)
        return err_set(err, ERR_CONFLICT, "it is done: open it again first");
    if (!enter(tx, task, TASK_TAKEN, err))
        return false;
    if (task->assignee_id.n != by.n)
        task->given_at = tx->now;
    task->assignee_id = by;
    return settle(tx, task, "task.taken", (struct task_told){ 0 }, err);
}

/* Who does something with what nobody has, has it. */
static void have(const struct tx *tx, struct task *task)
{
    if (task->assignee_id.n == 0)
        task->assignee_id = who_asks(tx);
}

bool task_wait(struct tx *tx, struct task *task, enum task_state for_whom, const char *words,
               struct err *err)
{
    if (!enter(tx, task, for_whom, err))
        return false;
    have(tx, task);
    task->waits_for = text_is_blank(words) ? NULL : words;
    return settle(tx, task, "task.waiting",
                  (struct task_told){ .why = task_state_names[for_whom], .words = task->waits_for },
                  err);
}

/* So much open time it cost them. */
static bool find_lost(struct tx *tx, const struct task *task, int64_t *out, struct err *err)
{
    struct calendar *hours = NEW(tx->mem, struct calendar);

    if (!calendar_of_team(tx, task->team_id, hours, NULL, err))
        return false;
    *out = work_between(hours, task->given_at, tx->now);
    return true;
}

/* Who doesn't work here any more gets nothing back. */
static bool find_giver(struct tx *tx, const struct task *task, user_id *out, struct err *err)
{
    int64_t known;

    if (!db_number(tx, SQL_CASE_USER_KNOWN, ARGS(arg_organisation(tx), arg_id(task->from_user_id)),
                   &known, err))
        return false;
    *out = known > 0 ? task->from_user_id : (user_id){ 0 };
    return true;
}

static bool count_return(struct tx *tx, const struct task *task, int64_t lost_ms, struct err *err)
{
    return db_run(tx, SQL_TASK_RETURN_ADD,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_id(task->id),
                       arg_id(task->team_id), arg_text(task->return_why), arg_int(lost_ms)),
                  err);
}

bool task_return(struct tx *tx, struct task *task, enum task_return_why why, const char *words,
                 struct err *err)
{
    struct task_told told = { .why = task_return_why_names[why], .words = words };
    user_id giver;

    if (text_is_blank(words))
        return err_field(err, "words", "say why");
    if (!find_lost(tx, task, &told.lost_ms, err) || !find_giver(tx, task, &giver, err) ||
        !enter(tx, task, TASK_RETURNED, err))
        return false;
    told.by_team_id = task->team_id;
    task->return_why = told.why;
    task->return_words = words;
    task->returned_n++;
    task->misrouted_n += why == RETURN_MISROUTED;
    if (!count_return(tx, task, told.lost_ms, err))
        return false;
    task->team_id = task->from_team_id;
    task->assignee_id = giver;
    task->from_team_id = told.by_team_id;
    task->from_user_id = who_asks(tx);
    task->given_at = tx->now;
    return settle(tx, task, "task.returned", told, err) &&
           task_alert_owner(tx, task, ALERT_TASK_RETURNED, err) &&
           task_alert_watchers(tx, task, ALERT_TASK_RETURNED, err);
}

bool task_finish(struct tx *tx, struct task *task, const char *outcome, struct err *err)
{
    if (!enter(tx, task, TASK_DONE, err))
        return false;
    have(tx, task);
    task->outcome = text_is_blank(outcome) ? NULL : outcome;
    return settle(tx, task, "task.done", (struct task_told){ .words = task->outcome }, err) &&
           task_alert_done(tx, task, err);
}

bool task_reopen(struct tx *tx, struct task *task, struct err *err)
{
    if (task->state != TASK_DONE)
        return err_set(err, ERR_CONFLICT, "it isn't done");
    return enter(tx, task, task->assignee_id.n ? TASK_TAKEN : TASK_NEW, err) &&
           settle(tx, task, "task.reopened", (struct task_told){ 0 }, err) &&
           watch_over(tx, task, err);
}

bool task_look(struct tx *tx, task_id id, struct err *err)
{
    struct task task;

    if (!task_get(tx, id, &task, err))
        return false;
    if (!task.is_late || task.late_at.ms != 0)
        return true;
    task.late_at = task.due_at;
    return settle(tx, &task, "task.late", (struct task_told){ 0 }, err) &&
           task_alert_late(tx, &task, err);
}
