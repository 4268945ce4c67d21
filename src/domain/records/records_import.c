#include "records_import.h"

#include "../../base/json.h"
#include "../../base/text.h"

#include <string.h>

const char *const record_line_outcome_names[] = { "added", "changed", "same", "refused", NULL };

const struct field record_line_fields[] = {
    FIELD(record_line, line),
    FIELD(record_line, outcome, .names = record_line_outcome_names),
    FIELD(record_line, name, .doc = "Its key"),
    FIELD(record_line, column, .doc = "Where the mistake is"),
    FIELD(record_line, reason, .doc = "Why it was refused"),
    { 0 },
};

/* --- columns ---------------------------------------------------------------------------------- */

/* As other programs call them, folded. */
static const struct {
    size_t at; /* in struct record_columns */
    const char *names[8];
} known[] = {
    { offsetof(struct record_columns, key),
     { "key", "sleutel", "nummer", "number", "numero", "cle", "id", NULL }        },
    { offsetof(struct record_columns, title),
     { "title", "titel", "titre", "omschrijving", "description", NULL }           },
    { offsetof(struct record_columns, status),    { "status", "statut", NULL }    },
    { offsetof(struct record_columns, status_at),
     { "status_at", "sinds", "since", "depuis", NULL }                            },
    { offsetof(struct record_columns, url),       { "url", "link", "lien", NULL } },
};

/* By what its customer is known; the first that a line has counts. */
static const struct {
    enum identity_kind kind;
    const char *names[8];
} owners[] = {
    { IDENTITY_EXTERNAL,
     { "external", "klantnummer", "customer number", "numero client", "customer", "klant",
        NULL }                                                                                  },
    { IDENTITY_LOGIN,    { "login", "gebruikersnaam", "username", "identifiant", NULL }         },
    { IDENTITY_EMAIL,    { "email", "e-mail", "mail", "e-mailadres", "courriel", NULL }         },
    { IDENTITY_PHONE,    { "phone", "telefoon", "telefoonnummer", "mobiel", "telephone", NULL } },
    { IDENTITY_HANDLE,   { "handle", "account", NULL }                                          },
};
_Static_assert(COUNT(owners) == COUNT(((struct record_columns *)0)->owners), "one for each");

static bool is_called(const char *const *names, const char *folded)
{
    for (; *names; names++)
        if (text_equal(*names, folded))
            return true;
    return false;
}

/* Where the number of a column that is called so is kept; NULL: it isn't read. What the type calls
 * its own comes first. */
static int *column_called(struct arena *mem, const struct record_type *type,
                          struct record_columns *columns, const char *name)
{
    const char *folded = text_fold(mem, text_trim(mem, name));
    const struct record_word *fields = type->fields.items;

    for (size_t i = 0; i < type->fields.n; i++)
        if (text_equal(text_fold(mem, fields[i].name), folded) ||
            text_equal(text_fold(mem, fields[i].label), folded))
            return &columns->fields[i];
    for (size_t i = 0; i < COUNT(known); i++)
        if (is_called(known[i].names, folded))
            return (int *)(void *)((char *)columns + known[i].at);
    for (size_t i = 0; i < COUNT(owners); i++)
        if (is_called(owners[i].names, folded))
            return &columns->owners[i];
    return NULL;
}

bool record_columns_read(struct arena *mem, const struct record_type *type,
                         const struct csv_row *first, struct record_columns *out, struct err *err)
{
    *out = (struct record_columns){ .fields = NEW_ARRAY(mem, int, type->fields.n + 1) };
    out->key = out->title = out->status = out->status_at = out->url = -1;
    for (size_t i = 0; i < type->fields.n; i++)
        out->fields[i] = -1;
    for (size_t i = 0; i < COUNT(owners); i++)
        out->owners[i] = -1;
    for (size_t i = 0; i < first->n; i++) {
        int *column = column_called(mem, type, out, first->cells[i]);
        if (column && *column < 0)
            *column = (int)i;
    }
    return out->key >= 0 || err_set(err, ERR_INVALID,
                                    "the first line must name the columns, key among them, as: "
                                    "key;title;status;email");
}

/* --- a line ----------------------------------------------------------------------------------- */

static const char *cell(struct arena *mem, const struct csv_row *row, int at)
{
    return at >= 0 && (size_t)at < row->n ? text_trim(mem, row->cells[at]) : "";
}

static void member(struct buf *json, const char *name, const char *value)
{
    if (!*value)
        return;
    if (json->len > 0 && json->data[json->len - 1] != '{')
        buf_char(json, ',');
    json_write_text(json, name);
    buf_char(json, ':');
    json_write_text(json, value);
}

/* People write what they read; the system knows it by its name. */
static const char *status_of(struct arena *mem, const struct record_type *type, const char *said)
{
    const struct record_word *statuses = type->statuses.items;

    for (size_t i = 0; i < type->statuses.n; i++)
        if (text_equal(text_fold(mem, statuses[i].label), text_fold(mem, said)))
            return statuses[i].name;
    return said;
}

/* As another system would send it: so it is held to the same rules. */
static const char *json_of(struct arena *mem, const struct record_type *type,
                           const struct record_columns *columns, const struct csv_row *row)
{
    CLEANUP(buf_free) struct buf json = BUF(RECORD_TABLE_BYTES_MAX);
    CLEANUP(buf_free) struct buf data = BUF(RECORD_TABLE_BYTES_MAX);
    const struct record_word *fields = type->fields.items;
    const char *key = cell(mem, row, columns->key), *title = cell(mem, row, columns->title);

    buf_char(&json, '{');
    member(&json, "key", key);
    member(&json, "title", *title || !*key ? title : arena_printf(mem, "%s %s", type->label, key));
    member(&json, "status", status_of(mem, type, cell(mem, row, columns->status)));
    member(&json, "status_at", cell(mem, row, columns->status_at));
    member(&json, "url", cell(mem, row, columns->url));
    for (size_t i = 0; i < COUNT(owners); i++) {
        const char *owner = cell(mem, row, columns->owners[i]);
        if (!*owner)
            continue;
        member(&json, "owner_kind", identity_kind_names[owners[i].kind]);
        member(&json, "owner", owner);
        break;
    }
    buf_char(&data, '{');
    for (size_t i = 0; i < type->fields.n; i++)
        member(&data, fields[i].name, cell(mem, row, columns->fields[i]));
    buf_printf(&json, ",\"data\":%s}}", buf_str(&data));
    return arena_text(mem, buf_str(&json));
}

static bool refuse(struct record_line *out, const char *column, const char *reason)
{
    out->outcome = LINE_REFUSED;
    out->column = column;
    out->reason = reason;
    return true;
}

/* A mistake of the line's is no failure of ours. */
static bool refuse_if_wrong(struct arena *mem, struct record_line *out, struct err *err)
{
    if (err->code != ERR_INVALID)
        return false;
    if (err->fields_n > 0)
        refuse(out, arena_text(mem, err->fields[0].pointer + 1),
               arena_text(mem, err->fields[0].detail));
    else
        refuse(out, NULL, arena_text(mem, err->text));
    err_clear(err);
    return true;
}

bool record_line(struct tx *tx, const struct record_type *type,
                 const struct record_columns *columns, const struct csv_row *row, bool is_trial,
                 struct record_line *out, struct err *err)
{
    struct record_draft draft = { 0 };
    enum record_outcome outcome;
    struct record record;
    const char *json;

    *out = (struct record_line){ .line = row->line, .name = cell(tx->mem, row, columns->key) };
    if (row->broken)
        return refuse(out, NULL, row->broken);
    json = json_of(tx->mem, type, columns, row);
    if (!json_read(tx->mem, (struct bytes){ (const uint8_t *)json, strlen(json) },
                   record_bulk_draft_fields, &draft, err) ||
        !(is_trial ? record_try(tx, type, &draft, &record, &outcome, err)
                   : record_put(tx, type, &draft, &record, &outcome, err)))
        return refuse_if_wrong(tx->mem, out, err);
    out->outcome = outcome;
    return true;
}

/* --- the API ---------------------------------------------------------------------------------- */

static bool import_all(struct request *rq, struct tx *tx, bool is_trial, struct err *err)
{
    struct record_line *lines = NEW_ARRAY(rq->mem, struct record_line, RECORDS_AT_ONCE);
    struct list done = { lines, 0 };
    struct record_columns columns;
    struct record_type type;
    struct csv_row row;
    struct csv csv;

    csv_begin(&csv, rq->mem, rq->raw);
    if (!record_type_named(tx, request_param(rq, "type"), &type, err))
        return false;
    if (!csv_next(&csv, &row))
        return err_set(err, ERR_INVALID, "there is nothing in the table");
    if (!record_columns_read(rq->mem, &type, &row, &columns, err))
        return false;
    while (csv_next(&csv, &row)) {
        if (done.n == RECORDS_AT_ONCE)
            return err_set(err, ERR_TOO_LARGE, "more than %d lines: send them in parts",
                           RECORDS_AT_ONCE);
        if (!record_line(tx, &type, &columns, &row, is_trial, &lines[done.n++], err))
            return false;
    }
    return reply_list(rq, record_line_fields, sizeof(struct record_line), &done, NULL);
}

static bool post_import(struct request *rq, struct tx *tx, struct err *err)
{
    return import_all(rq, tx, false, err);
}

static bool post_trial(struct request *rq, struct tx *tx, struct err *err)
{
    return import_all(rq, tx, true, err);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/record-types/{type}/imports", WRITE, post_import, RECORD_WRITE,
          RAW_BODY(RECORD_TABLE_BYTES_MAX), MANY(record_line),
          "Takes records of a type from a CSV of up to 500 lines, and says what became of each "
          "line."),
    ROUTE(POST, "/api/v1/record-types/{type}/imports/trial", READ, post_trial, RECORD_WRITE,
          RAW_BODY(RECORD_TABLE_BYTES_MAX), MANY(record_line),
          "The same without doing it: shows each line that would be refused, and why."),
};
const struct routes record_import_routes = ROUTES(rows);
