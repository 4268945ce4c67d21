/* task_list.c — the lists of tasks: any filter, always along an index that has their order.
 *
 * The statement is put together from the fragments below, never from values. Whose index is walked
 * says the first of case, promise, assignee, team and kind that is asked for: a + or || keeps
 * SQLite from the indexes of the others.
 */
#include "tasks.h"

#include "../../auth/users.h"
#include "../../base/buf.h"
#include "../../base/text.h"

#include <string.h>

/* As enum task_state, one further on. */
const char *const task_filter_state_names[] = {
    "open", "new", "taken", "waiting_customer", "waiting_other", "returned", "done", "all", NULL
};

const struct field task_query_fields[] = {
    FIELD(task_query, state, .names = task_filter_state_names,
          .doc = "open (all but what is done) when left out, but all of a case or promise"),
    FIELD(task_query, team, .max = 20, .doc = "A team's id, or none"),
    FIELD(task_query, assignee, .max = 20, .doc = "A user's id, me (who asks) or none"),
    FIELD(task_query, kind),
    { .name = "case",
                        .at = offsetof(struct task_query, case_id),
                        .kind = KIND_ID_case,
                        .doc = "Those about it" },
    FIELD(task_query, promise, .doc = "Those that are done for it"),
    FIELD(task_query, late, .doc = "true: only what is past its moment and not done"),
    FIELD(task_query, until, .doc = "Only what is due by then"),
    PAGE_FIELDS(task_query),
    { 0 },
};

/* The statement while it grows. */
struct draft {
    bool has_index; /* of somebody or something: the others only filter */
    struct buf text;
    struct arg *values;
    size_t n;
};

/* Adds a fragment; its ? becomes the number of the value. */
static void add(struct draft *draft, const char *fragment, struct arg value)
{
    draft->values[draft->n++] = value;
    for (const char *c = fragment; *c; c++)
        if (*c == '?')
            buf_printf(&draft->text, "$%zu", draft->n);
        else
            buf_char(&draft->text, *c);
}

static const char head[] =
    "SELECT k.id, k.kind_id, k.title, k.case_id, k.promise_id, k.team_id, k.assignee_id, k.due_at, "
    "k.state, k.list_order, k.steps_n, k.steps_done_n, k.waits_for, k.return_why, k.return_words, "
    "k.outcome, k.returned_n, k.misrouted_n, k.from_user_id, k.from_team_id, k.given_at, "
    "k.done_at, k.actor_kind, k.actor_id, k.created_at, k.version, c.reference, c.person_name "
    "FROM tasks k LEFT JOIN cases c ON c.organisation_id = k.organisation_id AND c.id = k.case_id";

/* What has indexes of its own, and how it is asked when another's is walked. */
static const struct owner {
    const char *by, *also, *by_none, *also_none;
} by_case = { " AND k.case_id = ?", NULL, NULL, NULL },
  by_promise = { " AND k.promise_id = ?", " AND +k.promise_id = ?", NULL, NULL },
  by_assignee = { " AND k.assignee_id = ?", " AND +k.assignee_id = ?", " AND k.assignee_id IS NULL",
                  " AND +k.assignee_id IS NULL" },
  by_team = { " AND k.team_id = ?", " AND +k.team_id = ?", " AND k.team_id IS NULL",
              " AND +k.team_id IS NULL" },
  by_kind = { " AND k.kind_id = ?", " AND +k.kind_id = ?", NULL, NULL };

static void add_owner(struct draft *draft, const struct owner *owner, int64_t id)
{
    if (id != 0)
        add(draft, draft->has_index ? owner->also : owner->by, arg_id_number(id));
    else
        buf_text(&draft->text, draft->has_index ? owner->also_none : owner->by_none);
    draft->has_index = true;
}

static bool add_owners(struct draft *draft, const struct tx *tx, const struct task_query *query,
                       struct err *err)
{
    bool is_nobodys = text_equal(query->assignee, "none"),
         is_no_teams = text_equal(query->team, "none");
    user_id user = { 0 };
    team_id team = { 0 };

    if (query->assignee && !is_nobodys && !user_named(tx, query->assignee, &user))
        return err_field(err, "assignee", "must be an id like usr_…, me or none");
    if (query->team && !is_no_teams && !id_read("tem", query->team, strlen(query->team), &team.n))
        return err_field(err, "team", "must be an id like tem_…, or none");
    if (query->case_id.n != 0)
        add_owner(draft, &by_case, query->case_id.n);
    if (query->promise.n != 0)
        add_owner(draft, &by_promise, query->promise.n);
    /* What nobody has is much: a team's index is shorter. */
    if (query->assignee && !is_nobodys)
        add_owner(draft, &by_assignee, user.n);
    if (query->team)
        add_owner(draft, &by_team, team.n);
    if (is_nobodys)
        add_owner(draft, &by_assignee, 0);
    if (query->kind.n != 0)
        add_owner(draft, &by_kind, query->kind.n);
    return true;
}

/* Those of a case or promise are few: there is no index by their state. */
static bool is_few(const struct task_query *query)
{
    return query->case_id.n != 0 || query->promise.n != 0;
}

static bool is_done(const struct task_query *query)
{
    return query->state == TASK_DONE + 1;
}

static void add_state(struct draft *draft, const struct task_query *query)
{
    if (query->state == TASKS_OPEN)
        add(draft, " AND k.list_order < ?", arg_int(TASK_ORDER_DONE));
    else if (query->state != TASKS_ALL && !is_done(query))
        add(draft, is_few(query) ? " AND k.state || '' = ?" : " AND k.state = ?",
            arg_text(task_state_names[query->state - 1]));
}

/* Due by then: of what is open the walk ends there. */
static void add_due(struct draft *draft, const struct task_query *query, instant until)
{
    add(draft, " AND k.due_at > 0 AND k.due_at <= ?", arg_time(until));
    if (query->state <= TASK_RETURNED + 1)
        add(draft, " AND k.list_order <= ?", arg_int(TASK_ORDER_OPEN + until.ms));
}

static bool put_together(struct draft *draft, struct tx *tx, const struct task_query *query,
                         struct err *err)
{
    int64_t order, id;

    buf_text(&draft->text, head);
    add(draft, " WHERE k.organisation_id = ?", arg_organisation(tx));
    if (!cursor_read(query->page.cursor, &order, &id, err) || !add_owners(draft, tx, query, err))
        return false;
    add_state(draft, query);
    if (query->late)
        add_due(draft, query, tx->now);
    if (query->until.ms != 0)
        add_due(draft, query, query->until);
    /* What is done stands behind all else: its list begins there. */
    if (is_done(query) && order < TASK_ORDER_DONE)
        order = TASK_ORDER_DONE;
    add(draft, " AND (k.list_order, k.id) > (?, ", arg_int(order));
    add(draft, "?) ORDER BY k.list_order, k.id", arg_int(id));
    add(draft, " LIMIT ?", arg_int(page_limit(&query->page)));
    return true;
}

bool task_list_sql(struct tx *tx, const struct task_query *query, enum sql *out,
                   struct arg values[TASK_LIST_VALUES_MAX], size_t *n, struct err *err)
{
    CLEANUP(buf_free) struct buf text = BUF(8192);
    struct draft draft = { .text = text, .values = values };
    bool ok = put_together(&draft, tx, query, err);

    text = draft.text;
    if (!ok)
        return false;
    *out = sql_composed(buf_str(&text));
    *n = draft.n;
    return true;
}

bool task_list(struct tx *tx, const struct task_query *query, struct list *out, const char **next,
               struct err *err)
{
    struct arg values[TASK_LIST_VALUES_MAX];
    struct task_query wanted = *query;
    struct task *tasks;
    enum sql sql;
    size_t n;

    if (query->late && is_done(query))
        return err_field(err, "late", "is nothing that is done");
    if (query->late && query->state == TASKS_ALL)
        wanted.state = TASKS_OPEN;
    if (!task_list_sql(tx, &wanted, &sql, values, &n, err) ||
        !db_all(tx, sql, (struct args){ values, n }, task_fields, sizeof(struct task), out, err))
        return false;
    tasks = out->items;
    for (size_t i = 0; i < out->n; i++)
        task_note(tx, &tasks[i]);
    *next = (int64_t)out->n == page_limit(&query->page)
                ? cursor_write(tx->mem, tasks[out->n - 1].list_order, tasks[out->n - 1].id.n)
                : NULL;
    return true;
}
