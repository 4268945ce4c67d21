/* case_list.c — the lists of cases: any filter, always by an index.
 *
 * The statement is put together from the fragments below, never from values.
 */
#include "cases.h"

#include "../../auth/users.h"
#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/search.h"
#include "../messages/messages.h"
#include "../understanding/judge.h"

#include <string.h>

enum { HITS_MAX = 500 };

const char *const case_sort_names[] = { "waiting", "newest", "oldest", NULL };
/* As enum case_status, one further on. */
const char *const case_filter_status_names[] = { "active", "new",     "open", "waiting", "done",
                                                 "all",    "snoozed", "ours", NULL };

const struct field case_query_fields[] = {
    FIELD(case_query, status, .names = case_filter_status_names,
          .doc = "active (all but what is done or snoozed) when left out, but all with q; ours: "
                 "those of the active ones that don't wait for their customer"),
    FIELD(case_query, team, .max = 20, .doc = "A team's id, or none"),
    FIELD(case_query, assignee, .max = 20, .doc = "A user's id, me (who asks) or none"),
    FIELD(case_query, channel, .doc = "Where the case began"),
    FIELD(case_query, label),
    FIELD(case_query, person, .doc = "A customer; of an organisation also those who belong to it"),
    FIELD(
        case_query, opened, .max = 60,
        .doc =
            "When it began: 7d for the last 7 days, or 2026-01-01T00:00:00Z..2026-02-01T00:00:00Z, "
            "either end of which may be left out"),
    FIELD(case_query, last_message, .max = 60,
          .doc = "When the newest message came or went: likewise"),
    FIELD(case_query, waits, .doc = "true: only those whose customer waits for us"),
    FIELD(case_query, urgent,
          .doc = "true: only those whose priority, or urgency where nobody decided one, is high "
                 "or critical"),
    FIELD(case_query, emotion, .names = emotion_names, .doc = "Of the customer's newest message"),
    FIELD(case_query, q, .max = 200,
          .doc = "Words in a message of the case or in its title; the case with the newest such "
                 "message first"),
    FIELD(case_query, sort, .names = case_sort_names,
          .doc = "Longest waiting first when left out; what is snoozed by when it comes back. With "
                 "q only newest can be asked for"),
    PAGE_FIELDS(case_query),
    { 0 },
};

/* How the cases of a label are found. WALKED: along its own index, which has them in the order of
 * their waiting. With other filters or orders, PROBED: each case on the way is asked for the label,
 * when as many cases or more have it; SORTED: with fewer, walking past everybody else's would take
 * longer than to sort them.
 *
 * So it is with those of a time: DATED begins with them and sorts, unless they are many. */
enum way { NO_LABEL, WALKED, PROBED, SORTED, DATED };
enum { LABEL_IS_COMMON = 2000, TIME_IS_COMMON = 20000 };

/* From the first moment to before the second. */
struct time_span {
    bool is_asked;
    int64_t from, until;
};
enum { OPENED, LAST_MESSAGE, SPANS_N };
/* The + keeps SQLite from an index where another one has the order. */
static const struct span_words {
    const char *from, *until;             /* of the cases that are shown */
    const char *dated_from, *dated_until; /* of those that it begins with */
    enum sql size;
} span_words[SPANS_N] = {
    [OPENED] = {
        .from = " AND +c.opened_at >= ?",
        .until = " AND +c.opened_at < ?",
        .dated_from = " AND d.opened_at >= ?",
        .dated_until = " AND d.opened_at < ?",
        .size = SQL_CASE_OPENED_SIZE,
    },
    [LAST_MESSAGE] = {
        .from = " AND +c.last_message_at >= ?",
        .until = " AND +c.last_message_at < ?",
        .dated_from = " AND d.last_message_at >= ?",
        .dated_until = " AND d.last_message_at < ?",
        .size = SQL_CASE_LAST_MESSAGE_SIZE,
    },
};

/* Two walks, each along an index, that have what is to be seen of both in one order. */
struct two_walks {
    const char *first, *second;
};

/* The statement while it grows. */
struct draft {
    enum way way;
    struct time_span spans[SPANS_N];
    size_t span;                 /* DATED: by which */
    const struct two_walks *two; /* NULL: it is one */
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
    "c.team_id, c.assignee_id, c.preview, c.messages_n, c.opened_at, c.last_message_at, c.done_at, "
    "c.updated_at, "
    "c.waiting_since, c.waiting_order, c.version, c.emotion, c.urgency, c.priority, "
    "c.priority_why, c.person_name, c.heard_n, c.snoozed_until, c.snoozed_by";
/* Enough to count, and to put two walks in order. */
static const char counted[] = "SELECT c.id, c.waiting_order, c.updated_at";
static const char from_cases[] = " FROM cases c";
/* CROSS JOIN: SQLite then keeps this order. */
static const char from_labels[] = " FROM case_labels l CROSS JOIN cases c";
/* The same rows twice: those of a time, and with them all that is asked of them. */
static const char from_times[] = " FROM cases d CROSS JOIN cases c";
static const char of_ours[] = " WHERE c.organisation_id = ?";

/* One that has an index of its own, or none. */
static bool has_other_filter(const struct case_query *query)
{
    return query->team || query->assignee || query->channel.n != 0 || query->person.n != 0 ||
           query->urgent || query->emotion;
}

static bool begins_with_label(const struct draft *draft)
{
    return draft->way == WALKED || draft->way == SORTED;
}

static void add_head(struct draft *draft, struct tx *tx, const char *what)
{
    buf_text(&draft->text, what);
    buf_text(&draft->text, begins_with_label(draft) ? from_labels
                           : draft->way == DATED    ? from_times
                                                    : from_cases);
    add(draft, of_ours, arg_organisation(tx));
}

static const struct sort {
    const char *after, *order;
} sorts[] = {
    [SORT_WAITING] = { " AND (c.waiting_order, c.id) > (?, ", " ORDER BY c.waiting_order, c.id" },
    [SORT_NEWEST] = { " AND (c.updated_at, c.id) < (?, ",
                      " ORDER BY c.updated_at DESC, c.id DESC"                                  },
    [SORT_OLDEST] = { " AND (c.updated_at, c.id) > (?, ",    " ORDER BY c.updated_at, c.id"    },
}, walk_of_snoozed = { " AND (c.snoozed_until, c.id) > (?, ", " ORDER BY c.snoozed_until, c.id" },
  walk_of_label = { " AND (l.waiting_order, l.case_id) > (?, ",
                     " ORDER BY l.waiting_order, l.case_id" };

static const struct two_walks active_and_done = { " AND c.is_active = TRUE",
                                                  " AND c.is_active = FALSE" },
                              label_active_and_done = { " AND l.is_active = TRUE",
                                                        " AND l.is_active = FALSE" },
                              new_and_open = { " AND c.status = 'new'", " AND c.status = 'open'" };

/* In the table whose index is walked. */
static const char *active_words(const struct draft *draft, bool is_active)
{
    const struct two_walks *words =
        draft->way == WALKED ? &label_active_and_done : &active_and_done;

    return is_active ? words->first : words->second;
}

static bool add_team(struct draft *draft, const char *value, struct err *err)
{
    team_id id;

    if (!value)
        return true;
    if (text_equal(value, "none")) {
        buf_text(&draft->text, " AND c.team_id IS NULL");
        return true;
    }
    if (!id_read("tem", value, strlen(value), &id.n))
        return err_field(err, "team", "must be an id like tem_…, or none");
    add(draft, " AND c.team_id = ?", arg_id(id));
    return true;
}

static bool add_assignee(struct draft *draft, const struct tx *tx, const char *value,
                         struct err *err)
{
    user_id id;

    if (!value)
        return true;
    if (text_equal(value, "none")) {
        buf_text(&draft->text, " AND c.assignee_id IS NULL");
        return true;
    }
    if (!user_named(tx, value, &id))
        return err_field(err, "assignee", "must be an id like usr_…, me or none");
    add(draft, " AND c.assignee_id = ?", arg_id(id));
    return true;
}

/* What was found by something else than the order it is shown in. */
static bool is_sorted(const struct draft *draft)
{
    return draft->way == SORTED || draft->way == DATED;
}

/* Along the index of those who wait, which has both. */
static bool walks_who_waits(const struct draft *draft, const struct case_query *query)
{
    return query->waits && query->sort != SORT_WAITING && !is_sorted(draft);
}

/* What is active was merged into nothing and was not emptied; elsewhere it must be said. */
static void add_stands_for_itself(struct draft *draft, const struct case_query *query)
{
    if (query->status != FILTER_ACTIVE || query->person.n != 0 || walks_who_waits(draft, query))
        buf_text(&draft->text, " AND c.root_id IS NULL AND c.is_emptied = FALSE");
}

static void add_status(struct draft *draft, const struct case_query *query)
{
    bool has_other_index = query->team || query->assignee || query->sort != SORT_WAITING ||
                           draft->way == WALKED || query->status == FILTER_OURS;
    bool is_active = query->status != CASE_DONE + 1;

    if (query->status == FILTER_SNOOZED)
        buf_text(&draft->text, " AND c.snoozed_until <> 0");
    if (draft->two == &new_and_open) {
        buf_text(&draft->text, " AND c.snoozed_until = 0");
        return;
    }
    /* Of one person everything is shown. */
    if (query->status == FILTER_SNOOZED || query->status == FILTER_ALL ||
        (query->person.n != 0 && query->status == FILTER_ACTIVE))
        return;
    /* Team, assignee, label and the other orders have is_active in their index, status its own. */
    if (!walks_who_waits(draft, query) && (query->status == FILTER_ACTIVE || has_other_index))
        buf_text(&draft->text, active_words(draft, is_active));
    else if (is_active)
        buf_text(&draft->text, " AND c.snoozed_until = 0");
    if (query->status == FILTER_OURS)
        buf_text(&draft->text, " AND c.status <> 'waiting'");
    else if (query->status != FILTER_ACTIVE)
        add(draft, " AND c.status = ?", arg_text(case_status_names[query->status - 1]));
}

/* Who waits stands before all others in the order of waiting; in the other orders they have an
 * index of their own, which SQLite takes when it finds its words here. */
static void add_waits(struct draft *draft, const struct case_query *query)
{
    if (!query->waits)
        return;
    if (draft->way == WALKED)
        add(draft, " AND l.waiting_order < ?", arg_int(case_nobody_waits));
    else if (query->sort == SORT_WAITING || query->status == FILTER_SNOOZED)
        add(draft, " AND c.waiting_order < ?", arg_int(case_nobody_waits));
    else
        buf_text(&draft->text, " AND c.waiting_since > 0");
}

/* The same words as in their indexes. */
static bool add_mood(struct draft *draft, const struct case_query *query, struct err *err)
{
    unsigned known;

    if (query->urgent)
        buf_text(&draft->text, " AND CASE c.priority WHEN 'judged' THEN c.urgency ELSE c.priority "
                               "END IN ('high', 'critical')");
    if (!query->emotion)
        return true;
    if (!enum_read(emotion_names, query->emotion, strlen(query->emotion), &known))
        return err_field(err, "emotion", "must be anger, disappointment, worry, joy or neutral");
    add(draft, " AND c.emotion = ?", arg_text(query->emotion));
    if (!text_equal(query->emotion, "neutral"))
        buf_text(&draft->text, " AND c.emotion <> 'neutral'");
    return true;
}

/* Those of all who are one with him, and of who is there for that organisation. $1 is ours. */
static const char of_person[] =
    " AND c.person_id IN (SELECT m.id FROM people m WHERE m.organisation_id = $1"
    " AND m.root_id IN (SELECT p.root_id FROM people p WHERE p.organisation_id = $1 AND p.id = ?"
    " UNION SELECT h.root_id FROM people p CROSS JOIN people o CROSS JOIN person_relations r"
    " CROSS JOIN people h WHERE p.organisation_id = $1 AND p.id = ? AND p.kind = 'organisation'"
    " AND o.organisation_id = $1 AND o.root_id = p.root_id AND r.organisation_id = $1"
    " AND r.other_id = o.id AND r.removed_at = 0 AND r.kind IN ('contact_of', 'member_of')"
    " AND h.organisation_id = $1 AND h.id = r.person_id))";

/* Whoever was heard, or began, in a time was changed since it began: that is where the order by
 * changes can end. */
static void add_spans(struct draft *draft, const struct case_query *query)
{
    for (size_t i = 0; i < SPANS_N; i++) {
        const struct time_span *span = &draft->spans[i];
        const struct span_words *words = &span_words[i];
        bool is_dated = draft->way == DATED && draft->span == i;

        if (!span->is_asked)
            continue;
        add(draft, is_dated ? words->dated_from : words->from, arg_int(span->from));
        add(draft, is_dated ? words->dated_until : words->until, arg_int(span->until));
        if (query->sort == SORT_NEWEST && !is_sorted(draft) && draft->way != WALKED)
            add(draft, " AND c.updated_at >= ?", arg_int(span->from));
    }
    if (draft->way == DATED)
        buf_text(&draft->text, " AND d.organisation_id = $1 AND d.id = c.id");
}

static bool add_filters(struct draft *draft, const struct tx *tx, const struct case_query *query,
                        struct err *err)
{
    add_stands_for_itself(draft, query);
    add_status(draft, query);
    if (!add_team(draft, query->team, err) || !add_assignee(draft, tx, query->assignee, err))
        return false;
    add_waits(draft, query);
    if (!add_mood(draft, query, err))
        return false;
    if (query->channel.n != 0)
        add(draft, " AND c.channel_id = ?", arg_id(query->channel));
    if (query->person.n != 0)
        add(draft, of_person, arg_id(query->person));
    add_spans(draft, query);
    if (begins_with_label(draft))
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
    const struct sort *sort = query->status == FILTER_SNOOZED ? &walk_of_snoozed
                              : draft->way == WALKED          ? &walk_of_label
                                                              : &sorts[query->sort];
    int64_t a, b;

    if (!cursor_read(query->page.cursor, &a, &b, err))
        return false;
    if (a == 0 && b == 0 && sort == &sorts[SORT_NEWEST])
        a = INT64_MAX;
    add(draft, sort->after, arg_int(a));
    add(draft, "?)", arg_int(b));
    buf_text(&draft->text, sort->order);
    return true;
}

/* Every index but that of a status leads with is_active, that one with one of them: what is to be
 * seen of two is put together from two walks, which share their values. A person's cases are few:
 * they are sorted. */
static const struct two_walks *walks_of(const struct draft *draft, const struct case_query *query)
{
    if (query->status == FILTER_ALL && !walks_who_waits(draft, query) && query->person.n == 0 &&
        !is_sorted(draft))
        return draft->way == WALKED ? &label_active_and_done : &active_and_done;
    if (query->status == FILTER_OURS && query->sort == SORT_WAITING && draft->way == NO_LABEL &&
        !has_other_filter(query))
        return &new_and_open;
    return NULL;
}

/* 7d, or a moment, two dots, another one. */
static bool read_span(const struct tx *tx, const char *name, const char *text,
                      struct time_span *out, struct err *err)
{
    static const char wrong[] = "must be like 7d, or two moments with .. between them";
    const char *dots;
    instant at;
    int64_t days = 0;
    size_t n;

    *out = (struct time_span){ .until = INT64_MAX };
    if (!text || *text == '\0')
        return true;
    out->is_asked = true;
    n = strspn(text, "0123456789");
    if (n > 0 && n <= 4 && text_equal(text + n, "d")) {
        for (size_t i = 0; i < n; i++)
            days = 10 * days + (text[i] - '0');
        out->from = tx->now.ms - days * DAY_MS;
        return true;
    }
    dots = strstr(text, "..");
    if (!dots || text_equal(text, ".."))
        return err_field(err, name, "%s", wrong);
    if (dots > text) {
        if (!instant_read(text, (size_t)(dots - text), &at))
            return err_field(err, name, "%s", wrong);
        out->from = at.ms;
    }
    if (dots[2] != '\0') {
        if (!instant_read(dots + 2, strlen(dots + 2), &at))
            return err_field(err, name, "%s", wrong);
        out->until = at.ms;
    }
    return true;
}

static bool read_spans(const struct tx *tx, const struct case_query *query, struct draft *draft,
                       struct err *err)
{
    return read_span(tx, "opened", query->opened, &draft->spans[OPENED], err) &&
           read_span(tx, "last_message", query->last_message, &draft->spans[LAST_MESSAGE], err);
}

/* By the first time that few cases are of. One person's cases, and those snoozed, are few. */
static bool choose_date_way(struct tx *tx, const struct case_query *query, struct draft *draft,
                            struct err *err)
{
    if (query->person.n != 0 || query->status == FILTER_SNOOZED || draft->way == SORTED)
        return true;
    for (size_t i = 0; i < SPANS_N; i++) {
        const struct time_span *span = &draft->spans[i];
        int64_t n;

        if (!span->is_asked)
            continue;
        if (!db_number(tx, span_words[i].size,
                       ARGS(arg_organisation(tx), arg_int(span->from), arg_int(span->until),
                            arg_int(TIME_IS_COMMON)),
                       &n, err))
            return false;
        if (n == TIME_IS_COMMON)
            continue;
        draft->way = DATED;
        draft->span = i;
        return true;
    }
    return true;
}

static bool choose_label_way(struct tx *tx, const struct case_query *query, enum way *out,
                             struct err *err)
{
    int64_t n = 0;

    *out = NO_LABEL;
    if (query->label.n == 0)
        return true;
    /* Few are snoozed, whatever their label. */
    *out = query->status == FILTER_SNOOZED ? PROBED : WALKED;
    if (query->status == FILTER_SNOOZED)
        return true;
    if (query->sort == SORT_WAITING && !has_other_filter(query))
        return true;
    if (!db_number(tx, SQL_CASE_LABEL_SIZE,
                   ARGS(arg_organisation(tx), arg_id(query->label), arg_int(LABEL_IS_COMMON)), &n,
                   err))
        return false;
    *out = n < LABEL_IS_COMMON ? SORTED : PROBED;
    return true;
}

static void put_together(const struct draft *draft, size_t head, const struct case_query *query,
                         struct buf *out)
{
    const char *text = draft->text.data, *rest = text + head;

    buf_printf(out,
               "SELECT * FROM (SELECT * FROM (%.*s%s%s) AS first"
               " UNION ALL SELECT * FROM (%.*s%s%s) AS second) AS c%s LIMIT $%zu",
               (int)head, text, draft->two->first, rest, (int)head, text, draft->two->second, rest,
               sorts[query->sort].order, draft->n);
}

/* The statement for `what` (columns or counted) of at most `limit` rows, with its values. */
static bool compose(struct tx *tx, const struct case_query *query, const char *what, int64_t limit,
                    struct buf *out, struct arg *values, size_t *n, struct err *err)
{
    struct draft draft = { .text = BUF(4096), .values = values };
    bool ok;
    size_t head;

    if (!read_spans(tx, query, &draft, err) || !choose_label_way(tx, query, &draft.way, err) ||
        !choose_date_way(tx, query, &draft, err)) {
        buf_free(&draft.text);
        return false;
    }
    draft.two = walks_of(&draft, query);
    add_head(&draft, tx, what);
    head = draft.text.len;
    ok = add_filters(&draft, tx, query, err) && add_cursor(&draft, query, err);
    if (ok) {
        add(&draft, " LIMIT ?", arg_int(limit));
        if (draft.two)
            put_together(&draft, head, query, out);
        else
            buf_text(out, buf_str(&draft.text));
        *n = draft.n;
    }
    buf_free(&draft.text);
    return ok;
}

bool case_list_sql(struct tx *tx, const struct case_query *query, enum sql *out,
                   struct arg values[CASE_LIST_VALUES_MAX], size_t *n, struct err *err)
{
    CLEANUP(buf_free) struct buf text = BUF(8192);

    if (!compose(tx, query, columns, page_limit(&query->page), &text, values, n, err))
        return false;
    *out = sql_composed(buf_str(&text));
    return true;
}

bool case_count(struct tx *tx, const struct case_query *query, int64_t max, int64_t *out,
                struct err *err)
{
    CLEANUP(buf_free) struct buf text = BUF(8192);
    struct arg values[CASE_LIST_VALUES_MAX];
    size_t n;

    buf_text(&text, "SELECT count(*) FROM (");
    if (!compose(tx, query, counted, max, &text, values, &n, err))
        return false;
    buf_text(&text, ") AS counted");
    return db_number(tx, sql_composed(buf_str(&text)), (struct args){ values, n }, out, err);
}

static const char *cursor_of(struct arena *mem, const struct casefile *c,
                             const struct case_query *query)
{
    int64_t at = query->status == FILTER_SNOOZED ? c->snoozed_until.ms
                 : query->sort == SORT_WAITING   ? c->waiting_order
                                                 : c->updated_at.ms;

    return cursor_write(mem, at, c->id.n);
}

/* --- by words ------------------------------------------------------------------------------ */

bool case_order_words(const char *q, bool has_status, bool has_sort, unsigned *status,
                      unsigned *sort, struct err *err)
{
    if (text_is_blank(q))
        return true;
    if (!has_status)
        *status = FILTER_ALL;
    if (has_sort && *sort != SORT_NEWEST)
        return err_field(err, "sort", "must be newest or left out when words (q) are looked for");
    *sort = SORT_NEWEST;
    return true;
}

/* The case, if the list is to show it. */
static bool find_wanted(struct tx *tx, const struct case_query *query, case_id id,
                        struct casefile *out, bool *found, struct err *err)
{
    struct arg values[CASE_LIST_VALUES_MAX];
    struct draft draft = { .way = PROBED, .text = BUF(4096), .values = values };
    bool ok;

    add_head(&draft, tx, columns);
    add(&draft, " AND c.id = ?", arg_id(id));
    ok = read_spans(tx, query, &draft, err) && add_filters(&draft, tx, query, err) &&
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
    return db_all(tx, SQL_HIT_NEWER_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(sought->before)), id_fields,
                  sizeof(int64_t), &newer, err) &&
           search_among(tx, sought->words, sought->is_prefix, newer.items, newer.n, out, err);
}

/* The case of a message or a title that was found, as far as it's still there. */
static bool case_of_hit(struct tx *tx, int64_t hit, case_id *out, struct err *err)
{
    struct message message;
    bool found;

    if (!message_find(tx, (message_id){ hit }, &message, &found, err))
        return false;
    *out = message.case_id;
    return found ||
           db_number(tx, SQL_CASE_OF_TITLE, ARGS(arg_organisation(tx), arg_int(hit)), &out->n, err);
}

/* Each case once. */
static bool add_hit(struct tx *tx, const struct case_query *query, const struct sought *sought,
                    int64_t hit, struct casefile *cases, size_t *n, struct err *err)
{
    struct casefile c = { 0 };
    bool found, is_shown;
    case_id id;

    if (!case_of_hit(tx, hit, &id, err))
        return false;
    if (id.n == 0)
        return true;
    for (size_t i = 0; i < *n; i++)
        if (cases[i].id.n == id.n)
            return true;
    if (!is_shown_before(tx, sought, id, &is_shown, err))
        return false;
    if (is_shown)
        return true;
    if (!find_wanted(tx, query, id, &c, &found, err))
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
    int64_t limit = page_limit(&query->page), by_beginning, *hits;
    struct list found;
    struct sought sought = { 0 };

    if (!cursor_read(query->page.cursor, &sought.before, &by_beginning, err))
        return false;
    sought.words = words_sought(tx->mem, 'm', query->q, &sought.is_prefix);
    if (sought.before > 0 && by_beginning == 0)
        sought.is_prefix = false;
    if (!search_find(tx, sought.words, &sought.is_prefix, sought.before, HITS_MAX, &found, err))
        return false;
    cases = NEW_ARRAY(tx->mem, struct casefile, (size_t)limit);
    hits = found.items;
    for (; i < found.n && n < (size_t)limit; i++)
        if (!add_hit(tx, query, &sought, hits[i], cases, &n, err))
            return false;
    *out = (struct list){ cases, n };
    *next = i < found.n || found.n == HITS_MAX
                ? cursor_write(tx->mem, hits[i - 1], sought.is_prefix)
                : NULL;
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
                : cursor_of(tx->mem, &((struct casefile *)out->items)[out->n - 1], query);
    return true;
}
