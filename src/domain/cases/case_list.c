/* case_list.c — the lists of cases: any filter, always by an index.
 *
 * The statement is put together from the fragments below, never from values.
 */
#include "cases.h"

#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/search.h"
#include "../messages/messages.h"

#include <string.h>

enum { HITS_MAX = 500 };

static const char *const sort_names[] = { "waiting", "newest", "oldest", NULL };
/* As enum case_status, one further on. */
static const char *const status_filter_names[] = { "active", "new", "open", "waiting",
                                                   "done",   "all", NULL };
enum { STATUS_ACTIVE, STATUS_ALL = 5 };

const struct field case_query_fields[] = {
    FIELD(case_query, status, .names = status_filter_names,
          .doc = "active (all but done) when left out"),
    FIELD(case_query, team, .max = 20, .doc = "A team's id, or none"),
    FIELD(case_query, assignee, .max = 20, .doc = "A user's id, or none"),
    FIELD(case_query, channel, .doc = "Where the case began"),
    FIELD(case_query, label),
    FIELD(case_query, person),
    FIELD(case_query, q, .max = 200,
          .doc = "Words in a message of the case, done or not; newest first"),
    FIELD(case_query, sort, .names = sort_names, .doc = "Longest waiting first when left out"),
    PAGE_FIELDS(case_query),
    { 0 },
};

/* The statement while it grows. */
struct draft {
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

static const char columns[] =
    "SELECT c.id, c.reference, c.title, c.status, c.is_active, c.person_id, c.channel_id, "
    "c.team_id, c.assignee_id, c.preview, c.messages_n, c.opened_at, c.done_at, c.updated_at, "
    "c.waiting_since, c.waiting_order, c.version, p.name AS person_name";
static const char from_cases[] = " FROM cases c";
/* CROSS JOIN: SQLite then keeps this order. */
static const char from_labels[] = " FROM case_labels l CROSS JOIN cases c";
static const char with_people[] =
    " LEFT JOIN people p ON p.organisation_id = c.organisation_id AND p.id = c.person_id"
    " WHERE c.organisation_id = ?";

/* With as many cases or more, a label is looked for along the order of the list; with fewer, its
 * cases are sorted: walking past everybody else's would take longer. */
enum { LABEL_IS_COMMON = 2000 };

static void add_head(struct draft *draft, struct tx *tx, bool by_label)
{
    buf_text(&draft->text, columns);
    buf_text(&draft->text, by_label ? from_labels : from_cases);
    add(draft, with_people, arg_organisation(tx));
}

static const struct {
    const char *after, *order;
} sorts[] = {
    [SORT_WAITING] = { " AND (c.waiting_order, c.id) > (?, ", " ORDER BY c.waiting_order, c.id" },
    [SORT_NEWEST] = { " AND (c.updated_at, c.id) < (?, ",
                      " ORDER BY c.updated_at DESC, c.id DESC"                                  },
    [SORT_OLDEST] = { " AND (c.updated_at, c.id) > (?, ",    " ORDER BY c.updated_at, c.id"    },
};

static bool add_owner(struct draft *draft, const char *field, const char *value, const char *prefix,
                      const char *is_none, const char *is_one, struct err *err)
{
    int64_t id;

    if (!value)
        return true;
    if (text_equal(value, "none")) {
        buf_text(&draft->text, is_none);
        return true;
    }
    if (!id_read(prefix, value, strlen(value), &id))
        return err_field(err, field, "must be an id like %s_…, or none", prefix);
    add(draft, is_one, arg_int(id));
    return true;
}

static void add_status(struct draft *draft, const struct case_query *query)
{
    bool has_owner = query->team || query->assignee || query->sort != SORT_WAITING;
    bool is_active = query->status != CASE_DONE + 1;

    /* Of one person everything is shown. */
    if (query->status == STATUS_ALL || (query->person.n != 0 && query->status == STATUS_ACTIVE))
        return;
    /* Team, assignee and the other orders have is_active in their index, status has its own. */
    if (query->status == STATUS_ACTIVE || has_owner)
        buf_text(&draft->text, is_active ? " AND c.is_active = TRUE" : " AND c.is_active = FALSE");
    if (query->status != STATUS_ACTIVE)
        add(draft, " AND c.status = ?", arg_text(case_status_names[query->status - 1]));
}

static bool add_filters(struct draft *draft, const struct case_query *query, bool by_label,
                        struct err *err)
{
    add_status(draft, query);
    if (!add_owner(draft, "team", query->team, "tem", " AND c.team_id IS NULL",
                   " AND c.team_id = ?", err) ||
        !add_owner(draft, "assignee", query->assignee, "usr", " AND c.assignee_id IS NULL",
                   " AND c.assignee_id = ?", err))
        return false;
    if (query->channel.n != 0)
        add(draft, " AND c.channel_id = ?", arg_id(query->channel));
    if (query->person.n != 0)
        add(draft, " AND c.person_id = ?", arg_id(query->person));
    if (by_label)
        add(draft,
            " AND l.organisation_id = c.organisation_id AND l.case_id = c.id AND l.label_id = ?",
            arg_id(query->label));
    else if (query->label.n != 0)
        add(draft,
            " AND EXISTS (SELECT 1 FROM case_labels l WHERE l.organisation_id = c.organisation_id"
            " AND l.case_id = c.id AND l.label_id = ?)",
            arg_id(query->label));
    return true;
}

static bool add_cursor(struct draft *draft, const struct case_query *query, struct err *err)
{
    int64_t a, b;

    if (!cursor_read(query->page.cursor, &a, &b, err))
        return false;
    if (a == 0 && b == 0 && query->sort == SORT_NEWEST)
        a = INT64_MAX;
    add(draft, sorts[query->sort].after, arg_int(a));
    add(draft, "?)", arg_int(b));
    buf_text(&draft->text, sorts[query->sort].order);
    return true;
}

/* Every index leads with is_active: what is to be seen of both is put together from two walks,
 * which share their values. A person's cases are few: they are sorted. */
static bool is_of_both(const struct case_query *query, bool by_label)
{
    return query->status == STATUS_ALL && query->person.n == 0 && !by_label;
}

static bool is_by_label(struct tx *tx, const struct case_query *query, bool *out, struct err *err)
{
    int64_t n = 0;

    *out = false;
    if (query->label.n == 0)
        return true;
    if (!db_number(tx, SQL_CASE_LABEL_SIZE,
                   ARGS(arg_organisation(tx), arg_id(query->label), arg_int(LABEL_IS_COMMON)), &n,
                   err))
        return false;
    *out = n < LABEL_IS_COMMON;
    return true;
}

static void put_together(const struct draft *draft, size_t head, const struct case_query *query,
                         struct buf *out)
{
    const char *text = draft->text.data, *rest = text + head;

    buf_printf(out,
               "SELECT * FROM (SELECT * FROM (%.*s AND c.is_active = TRUE%s) AS active"
               " UNION ALL SELECT * FROM (%.*s AND c.is_active = FALSE%s) AS done) AS c%s"
               " LIMIT $%zu",
               (int)head, text, rest, (int)head, text, rest, sorts[query->sort].order, draft->n);
}

bool case_list_sql(struct tx *tx, const struct case_query *query, enum sql *out,
                   struct arg values[CASE_LIST_VALUES_MAX], size_t *n, struct err *err)
{
    CLEANUP(buf_free) struct buf both = BUF(8192);
    struct draft draft = { .text = BUF(4096), .values = values };
    bool by_label, is_both, ok;
    size_t head;

    if (!is_by_label(tx, query, &by_label, err))
        return false;
    is_both = is_of_both(query, by_label);
    add_head(&draft, tx, by_label);
    head = draft.text.len;
    ok = add_filters(&draft, query, by_label, err) && add_cursor(&draft, query, err);
    if (ok) {
        add(&draft, " LIMIT ?", arg_int(page_limit(&query->page)));
        if (is_both)
            put_together(&draft, head, query, &both);
        *out = sql_composed(buf_str(is_both ? &both : &draft.text));
        *n = draft.n;
    }
    buf_free(&draft.text);
    return ok;
}

static const char *cursor_of(struct arena *mem, const struct casefile *c, enum case_sort sort)
{
    return cursor_write(mem, sort == SORT_WAITING ? c->waiting_order : c->updated_at.ms, c->id.n);
}

/* --- by words ------------------------------------------------------------------------------ */

/* The case, if the list is to show it. */
static bool find_wanted(struct tx *tx, const struct case_query *query, case_id id,
                        struct casefile *out, bool *found, struct err *err)
{
    struct arg values[CASE_LIST_VALUES_MAX];
    struct draft draft = { .text = BUF(4096), .values = values };
    struct case_query filters = *query;
    bool ok;

    /* Words are looked for in what is done, too. */
    if (filters.status == STATUS_ACTIVE)
        filters.status = STATUS_ALL;
    add_head(&draft, tx, false);
    add(&draft, " AND c.id = ?", arg_id(id));
    ok = add_filters(&draft, &filters, false, err) &&
         db_find(tx, sql_composed(buf_str(&draft.text)), (struct args){ values, draft.n },
                 casefile_fields, out, found, err);
    buf_free(&draft.text);
    return ok;
}

/* What is looked for, and where the page begins: 0 for the first one. */
struct sought {
    const char *words;
    bool is_prefix;
    int64_t before;
};

/* Has the case a hit on an earlier page? There it was shown. */
static bool is_shown_before(struct tx *tx, const struct sought *sought, case_id id, bool *out,
                            struct err *err)
{
    static const struct field id_fields[] = {
        { .name = "id", .at = 0, .kind = KIND_INT },
        { 0 }
    };
    struct list newer;

    *out = false;
    if (sought->before == 0)
        return true;
    return db_all(tx, SQL_MESSAGE_NEWER_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(sought->before)), id_fields,
                  sizeof(int64_t), &newer, err) &&
           search_among(tx, sought->words, sought->is_prefix, newer.items, newer.n, out, err);
}

/* The case of a message that was found; each case once. */
static bool add_hit(struct tx *tx, const struct case_query *query, const struct sought *sought,
                    int64_t hit, struct casefile *cases, size_t *n, struct err *err)
{
    struct message message;
    struct casefile c = { 0 };
    bool found, is_shown;

    if (!message_find(tx, (message_id){ hit }, &message, &found, err))
        return false;
    if (!found)
        return true;
    for (size_t i = 0; i < *n; i++)
        if (cases[i].id.n == message.case_id.n)
            return true;
    if (!is_shown_before(tx, sought, message.case_id, &is_shown, err))
        return false;
    if (is_shown)
        return true;
    if (!find_wanted(tx, query, message.case_id, &c, &found, err))
        return false;
    if (found)
        cases[(*n)++] = c;
    return true;
}

static bool list_by_words(struct tx *tx, const struct case_query *query, struct list *out,
                          const char **next, struct err *err)
{
    size_t n = 0, i = 0;
    struct casefile *cases;
    int64_t limit, *hits;
    struct list found;
    struct sought sought = { 0 };

    sought.words = words_sought(tx->mem, 'm', query->q, &sought.is_prefix);
    if (!page_read(&query->page, 0, &sought.before, &limit, err) ||
        !search_find(tx, sought.words, sought.is_prefix, sought.before, HITS_MAX, &found, err))
        return false;
    cases = NEW_ARRAY(tx->mem, struct casefile, (size_t)limit);
    hits = found.items;
    for (; i < found.n && n < (size_t)limit; i++)
        if (!add_hit(tx, query, &sought, hits[i], cases, &n, err))
            return false;
    *out = (struct list){ cases, n };
    *next = i < found.n || found.n == HITS_MAX ? cursor_write(tx->mem, hits[i - 1], 0) : NULL;
    return true;
}

bool case_list(struct tx *tx, const struct case_query *query, struct list *out, const char **next,
               struct err *err)
{
    size_t limit = (size_t)page_limit(&query->page), n;
    struct arg values[CASE_LIST_VALUES_MAX];
    enum sql sql;

    if (!text_is_blank(query->q))
        return list_by_words(tx, query, out, next, err);
    if (!case_list_sql(tx, query, &sql, values, &n, err) ||
        !db_all(tx, sql, (struct args){ values, n }, casefile_fields, sizeof(struct casefile), out,
                err))
        return false;
    *next = out->n < limit
                ? NULL
                : cursor_of(tx->mem, &((struct casefile *)out->items)[out->n - 1], query->sort);
    return true;
}
