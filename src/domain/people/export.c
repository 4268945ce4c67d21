#include "export.h"

const char people_table_head[] = "name;kind;language;external;login;email;phone;handle;postal\n";

bool people_table_read(struct tx *tx, int64_t before, struct list *out, struct err *err)
{
    struct person *people;

    if (!db_all(tx, SQL_PERSON_LIST,
                ARGS(arg_organisation(tx), arg_int(before), arg_int(EXPORT_PEOPLE_MAX)),
                person_fields, sizeof(struct person), out, err))
        return false;
    people = out->items;
    for (size_t i = 0; i < out->n; i++)
        if (!person_get(tx, people[i].id, &people[i], err))
            return false;
    return true;
}

/* The first of its addresses of a kind, "" without. */
static const char *address(const struct person *person, enum identity_kind kind)
{
    const struct identity *identity = person->identities.items;

    for (size_t i = 0; i < person->identities.n; i++)
        if (identity[i].kind == kind)
            return identity[i].label ? identity[i].label : identity[i].value;
    return "";
}

void people_table_write(struct buf *out, const struct person *person)
{
    static const enum identity_kind kinds[] = {
        IDENTITY_EXTERNAL, IDENTITY_LOGIN,  IDENTITY_EMAIL,
        IDENTITY_PHONE,    IDENTITY_HANDLE, IDENTITY_POSTAL,
    };

    csv_write(out, person->name, true);
    csv_write(out, person_kind_names[person->kind], false);
    csv_write(out, person->language, false);
    for (size_t i = 0; i < COUNT(kinds); i++)
        csv_write(out, address(person, kinds[i]), false);
    buf_char(out, '\n');
}

/* --- the API --------------------------------------------------------------------------------- */

struct export_query {
    const char *cursor;
};

static const struct field export_query_fields[] = {
    FIELD(export_query, cursor, .max = CURSOR_MAX,
          .doc = "Of the header X-Next of the part before; the first one has the columns' names"),
    { 0 },
};

/* GET /api/v1/exports/people */
static bool get_people(struct request *rq, struct tx *tx, struct err *err)
{
    const struct export_query *query = rq->body;
    CLEANUP(buf_free) struct buf table = BUF(EXPORT_BYTES_MAX);
    const struct person *people;
    int64_t before, unused;
    struct list found;

    if (!cursor_read(query->cursor, &before, &unused, err) ||
        !people_table_read(tx, before > 0 ? before : INT64_MAX, &found, err))
        return false;
    people = found.items;
    if (before == 0)
        buf_text(&table, people_table_head);
    for (size_t i = 0; i < found.n; i++)
        people_table_write(&table, &people[i]);
    if (table.full)
        return err_set(err, ERR_TOO_LARGE, "these people don't fit in a table of %d MB",
                       EXPORT_BYTES_MAX >> 20);
    if (found.n == EXPORT_PEOPLE_MAX)
        reply_header(rq, "X-Next", cursor_write(rq->mem, people[found.n - 1].id.n, 0));
    request_was_read(rq, "audit.people_exported", (case_id){ 0 }, "");
    return reply_text(rq, "text/csv; charset=utf-8", buf_str(&table));
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/exports/people", READ, get_people, PERSON_READ, QUERY(export_query),
          CONTENT("text/csv"),
          "All people as a table that an import reads, in parts: X-Next is the cursor of the next "
          "one. The reading is written down."),
};
const struct routes export_routes = ROUTES(rows);
