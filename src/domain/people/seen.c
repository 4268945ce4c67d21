#include "seen.h"

enum {
    CASES_AT_ONCE = 200,
    SCANNED_MAX = 2000 /* cases of a page: who has very many makes short ones */
};

struct seen_row {
    case_id case_id;
    instant last_message_at;
    person_id root_id;
};

static const struct field seen_row_fields[] = {
    FIELD(seen_row, case_id),
    FIELD(seen_row, last_message_at),
    FIELD(seen_row, root_id),
    { 0 },
};

/* How far a page has come: up to a case, and whom it has met by then. */
struct scan {
    int64_t from_at, from_id; /* where the page begins */
    int64_t at, id;
    person_id *met;
    size_t met_n;
    struct person *people;
    size_t n, limit;
};

static bool has_met(const struct scan *scan, person_id root)
{
    for (size_t i = 0; i < scan->met_n; i++)
        if (scan->met[i].n == root.n)
            return true;
    return false;
}

/* Does he have a case in front of this page? There he was shown. */
static bool was_shown(struct tx *tx, const struct scan *scan, person_id root, bool *out,
                      struct err *err)
{
    int64_t n = 0;

    if (scan->from_at < INT64_MAX &&
        !db_number(tx, SQL_PERSON_SEEN_SINCE,
                   ARGS(arg_organisation(tx), arg_id(root), arg_int(scan->from_at),
                        arg_int(scan->from_id)),
                   &n, err))
        return false;
    *out = n > 0;
    return true;
}

static bool take(struct tx *tx, const struct seen_row *row, struct scan *scan, struct err *err)
{
    bool is_shown, found;

    scan->at = row->last_message_at.ms;
    scan->id = row->case_id.n;
    if (has_met(scan, row->root_id))
        return true;
    scan->met[scan->met_n++] = row->root_id;
    if (!was_shown(tx, scan, row->root_id, &is_shown, err))
        return false;
    if (is_shown)
        return true;
    if (!db_find(tx, SQL_PERSON_GET, ARGS(arg_organisation(tx), arg_id(row->root_id)),
                 person_fields, &scan->people[scan->n], &found, err))
        return false;
    scan->n += found;
    return true;
}

bool people_seen(struct tx *tx, const struct page_query *page, struct list *out, const char **next,
                 struct err *err)
{
    struct scan scan = { .limit = (size_t)page_limit(page) };
    struct list rows = { .n = CASES_AT_ONCE };
    size_t scanned = 0, i = 0;

    if (!cursor_read(page->cursor, &scan.from_at, &scan.from_id, err))
        return false;
    if (scan.from_id == 0)
        scan.from_at = scan.from_id = INT64_MAX;
    scan.at = scan.from_at;
    scan.id = scan.from_id;
    scan.met = NEW_ARRAY(tx->mem, person_id, SCANNED_MAX + CASES_AT_ONCE);
    scan.people = NEW_ARRAY(tx->mem, struct person, scan.limit);
    while (rows.n == CASES_AT_ONCE && scan.n < scan.limit && scanned < SCANNED_MAX) {
        if (!db_all(tx, SQL_PEOPLE_SEEN,
                    ARGS(arg_organisation(tx), arg_int(scan.at), arg_int(scan.id),
                         arg_int(CASES_AT_ONCE)),
                    seen_row_fields, sizeof(struct seen_row), &rows, err))
            return false;
        for (i = 0; i < rows.n && scan.n < scan.limit; i++)
            if (!take(tx, &((const struct seen_row *)rows.items)[i], &scan, err))
                return false;
        scanned += rows.n;
    }
    *out = (struct list){ scan.people, scan.n };
    *next = i < rows.n || rows.n == CASES_AT_ONCE ? cursor_write(tx->mem, scan.at, scan.id) : NULL;
    return people_glance(tx, out, err);
}

bool people_glance(struct tx *tx, const struct list *people, struct err *err)
{
    static const struct field fields[] = {
        FIELD(person, address),
        FIELD(person, seen_at),
        FIELD(person, open_n),
        { 0 },
    };
    struct person *one = people->items;

    for (size_t i = 0; i < people->n; i++, one++) {
        struct person glance = { 0 };

        if (!db_one(tx, SQL_PERSON_GLANCE, ARGS(arg_organisation(tx), arg_id(one->id)), fields,
                    &glance, err))
            return false;
        one->address = glance.address;
        one->seen_at = glance.seen_at;
        one->open_n = glance.open_n;
    }
    return true;
}
