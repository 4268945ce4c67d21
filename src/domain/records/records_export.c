#include "records_export.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../people/people.h"

/* By what its customer is known: a column each. */
static const enum identity_kind owner_kinds[] = { IDENTITY_EXTERNAL, IDENTITY_LOGIN, IDENTITY_EMAIL,
                                                  IDENTITY_PHONE, IDENTITY_HANDLE };

void record_table_head(struct buf *out, const struct record_type *type)
{
    const struct record_word *fields = type->fields.items;

    buf_text(out, "key;title;status;status_at;url");
    for (size_t i = 0; i < COUNT(owner_kinds); i++)
        buf_printf(out, ";%s", identity_kind_names[owner_kinds[i]]);
    for (size_t i = 0; i < type->fields.n; i++)
        csv_write(out, fields[i].name, false);
    buf_char(out, '\n');
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

void record_table_write(struct arena *mem, struct buf *out, const struct record_type *type,
                        const struct record *record)
{
    const struct record_word *fields = type->fields.items;
    char status_at[INSTANT_TEXT_MAX] = "";

    if (record->status_at.ms != 0)
        instant_write(record->status_at, status_at);
    csv_write(out, record->key, true);
    csv_write(out, or_nothing(record->title), false);
    csv_write(out, or_nothing(record->status), false);
    csv_write(out, status_at, false);
    csv_write(out, or_nothing(record->url), false);
    for (size_t i = 0; i < COUNT(owner_kinds); i++) {
        bool is_his = text_equal(record->owner_kind, identity_kind_names[owner_kinds[i]]);
        csv_write(out, is_his ? or_nothing(record->owner) : "", false);
    }
    for (size_t i = 0; i < type->fields.n; i++)
        csv_write(out, or_nothing(json_plain_at(mem, record->data.s, fields[i].name)), false);
    buf_char(out, '\n');
}

/* --- the API --------------------------------------------------------------------------------- */

struct record_export_query {
    const char *cursor;
};

static const struct field record_export_query_fields[] = {
    FIELD(record_export_query, cursor, .max = CURSOR_MAX,
          .doc = "Of the header X-Next of the part before; the first one has the columns' names"),
    { 0 },
};

/* GET /api/v1/exports/records/{type} */
static bool get_table(struct request *rq, struct tx *tx, struct err *err)
{
    const struct record_export_query *query = rq->body;
    CLEANUP(buf_free) struct buf table = BUF(RECORD_EXPORT_BYTES_MAX);
    const struct record *records;
    struct record_type type;
    int64_t before, unused;
    struct list found;

    if (!cursor_read(query->cursor, &before, &unused, err) ||
        !record_type_named(tx, request_param(rq, "type"), &type, err) ||
        !db_all(tx, SQL_RECORD_LIST_OF_TYPE,
                ARGS(arg_organisation(tx), arg_int(before > 0 ? before : INT64_MAX),
                     arg_int(RECORD_EXPORT_MAX), arg_id(type.id)),
                record_fields, sizeof(struct record), &found, err))
        return false;
    records = found.items;
    if (before == 0)
        record_table_head(&table, &type);
    for (size_t i = 0; i < found.n; i++)
        record_table_write(rq->mem, &table, &type, &records[i]);
    if (table.full)
        return err_set(err, ERR_TOO_LARGE, "these records don't fit in a table of %d MB",
                       RECORD_EXPORT_BYTES_MAX >> 20);
    if (found.n == RECORD_EXPORT_MAX)
        reply_header(rq, "X-Next", cursor_write(rq->mem, records[found.n - 1].id.n, 0));
    request_was_read(rq, "audit.records_exported", (case_id){ 0 }, "");
    return reply_text(rq, "text/csv; charset=utf-8", buf_str(&table));
}

static const struct route rows[] = {
    ROUTE(
        GET, "/api/v1/exports/records/{type}", READ, get_table, RECORD_READ,
        QUERY(record_export_query), CONTENT("text/csv"),
        "The records of a type as a table that an import reads, in parts: X-Next is the cursor of "
        "the next one. The reading is written down."),
};
const struct routes record_export_routes = ROUTES(rows);
