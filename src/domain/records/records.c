#include "records.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../cases/cases.h"
#include "../people/people.h"

#include <string.h>

const char *const record_outcome_names[] = { "added", "changed", "same", NULL };

#define SAID                                                                                       \
    FIELD(record_draft, title, .flags = REQUIRED | LINE, .min = 1, .max = RECORD_TITLE_MAX,        \
          .doc = "What people read"),                                                              \
        FIELD(record_draft, status, .flags = LINE, .max = 60),                                     \
        FIELD(record_draft, status_at, .doc = "Since when it has this status; now when left out"), \
        FIELD(record_draft, data, .max = RECORD_DATA_MAX,                                          \
              .doc = "An object: its members are the fields of the type"),                         \
        FIELD(record_draft, url, .flags = URL, .max = 1000,                                        \
              .doc = "Its page in the other system"),                                              \
        FIELD(record_draft, person_id, .doc = "Whose it is, by our id"),                           \
        FIELD(record_draft, owner_kind, .names = identity_kind_names,                              \
              .doc = "What owner is; external when left out"),                                     \
        FIELD(record_draft, owner, .flags = LINE, .max = ADDRESS_MAX,                              \
              .doc = "Or by an address, whoever has it, also later")

const struct field record_draft_fields[] = { SAID, { 0 } };
const struct field record_bulk_draft_fields[] = {
    FIELD(record_draft, key, .flags = REQUIRED | LINE, .min = 1, .max = RECORD_KEY_MAX,
          .doc = "What the other system calls it"),
    SAID,
    { 0 },
};

static const struct field record_status_fields[] = {
    FIELD(record_status, status, .flags = REQUIRED),
    FIELD(record_status, at, .flags = REQUIRED),
    { 0 },
};

const struct field record_fields[] = {
    FIELD(record, id, .flags = REQUIRED),
    FIELD(record, type, .flags = REQUIRED, .doc = "The name of its type"),
    FIELD(record, key, .flags = REQUIRED),
    FIELD(record, title, .flags = REQUIRED),
    FIELD(record, status, .flags = REQUIRED),
    FIELD(record, status_at, .flags = REQUIRED),
    FIELD(record, data),
    FIELD(record, url),
    FIELD(record, person_id),
    FIELD(record, owner_kind),
    FIELD(record, owner),
    FIELD(record, owner_value, .flags = SECRET),
    FIELD(record, checked_at, .flags = REQUIRED,
          .doc = "When the other system last said so, or was asked"),
    FIELD(record, lookup_error, .doc = "Why it couldn't be asked then"),
    FIELD(record, created_at, .flags = REQUIRED),
    FIELD(record, updated_at, .flags = REQUIRED),
    FIELD(record, version),
    FIELD(record, history, .flags = OPTIONAL, .of = record_status_fields,
          .size = sizeof(struct record_status), .doc = "Its statuses, newest first"),
    { 0 },
};

bool record_find(struct tx *tx, const struct record_type *type, const char *key, struct record *out,
                 bool *found, struct err *err)
{
    *out = (struct record){ 0 };
    if (!db_find(tx, SQL_RECORD_FIND, ARGS(arg_organisation(tx), arg_id(type->id), arg_text(key)),
                 record_fields, out, found, err))
        return false;
    return !*found ||
           db_all(tx, SQL_RECORD_STATUS_LIST, ARGS(arg_organisation(tx), arg_id(out->id)),
                  record_status_fields, sizeof(struct record_status), &out->history, err);
}

/* --- whose it is -------------------------------------------------------------------------------
 */

/* The face of its customer; none when nobody is known yet. */
static bool find_person(struct tx *tx, const struct record *record, person_id *out, struct err *err)
{
    unsigned kind = IDENTITY_EXTERNAL;
    struct identity identity = { 0 };

    *out = record->person_id;
    if (out->n == 0 && record->owner_value) {
        enum_read(identity_kind_names, record->owner_kind, strlen(record->owner_kind), &kind);
        if (!identity_find(tx, kind, record->owner_value, "", &identity, err))
            return false;
        *out = identity.person_id;
    }
    return out->n == 0 || person_root(tx, *out, out, err);
}

static bool read_owner(struct tx *tx, const struct record_draft *draft, struct record *out,
                       struct err *err)
{
    person_id root;

    out->person_id = draft->person_id;
    out->owner = text_is_blank(draft->owner) ? NULL : draft->owner;
    out->owner_kind = out->owner ? identity_kind_names[draft->owner_kind] : NULL;
    out->owner_value = NULL;
    if (out->owner && !identity_value(tx, draft->owner_kind, out->owner, &out->owner_value, err))
        return false;
    if (draft->person_id.n == 0 || person_root(tx, draft->person_id, &root, err))
        return true;
    return err->code == ERR_NOT_FOUND ? err_field(err, "person_id", "isn't known here") : false;
}

/* --- putting it down ---------------------------------------------------------------------------
 */

static bool tell(struct tx *tx, const char *kind, const struct record *record, case_id about_case,
                 const char *data, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("rec", record->id.n, about);
    return event_add(
        tx,
        &(struct event){ .kind = kind, .case_id = about_case, .about = about, .data = { data } },
        err);
}

/* What the timeline of a case says: in words of the type, so that it can be read for ever. */
static const char *status_json(struct arena *mem, const struct record_type *type,
                               const struct record *record)
{
    struct buf json = BUF(8192);
    const char *text;

    buf_text(&json, "{\"type\":");
    json_write_text(&json, type->label);
    buf_text(&json, ",\"title\":");
    json_write_text(&json, record->title);
    buf_text(&json, ",\"status\":");
    json_write_text(&json, record_status_label(type, record->status));
    buf_char(&json, '}');
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

static bool tell_cases(struct tx *tx, const struct record_type *type, const struct record *record,
                       struct err *err)
{
    static const struct field id_fields[] = { FIELD(casefile, id), { 0 } };
    const char *data = status_json(tx->mem, type, record);
    const struct casefile *cases;
    struct list open;
    person_id person;

    if (!find_person(tx, record, &person, err))
        return false;
    if (person.n == 0)
        return true;
    if (!db_all(tx, SQL_RECORD_OPEN_CASES, ARGS(arg_organisation(tx), arg_id(person)), id_fields,
                sizeof(struct casefile), &open, err))
        return false;
    cases = open.items;
    for (size_t i = 0; i < open.n; i++)
        if (!tell(tx, "record.status", record, cases[i].id, data, err))
            return false;
    return true;
}

static bool note_status(struct tx *tx, const struct record *record, struct err *err)
{
    return *record->status == '\0' ||
           db_run(tx, SQL_RECORD_STATUS_ADD,
                  ARGS(arg_organisation(tx), arg_id(record->id), arg_int(id_new()),
                       arg_text(record->status), arg_time(record->status_at)),
                  err);
}

static bool add(struct tx *tx, const struct record_type *type, struct record *record,
                struct err *err)
{
    record->id.n = id_new();
    return db_run(tx, SQL_RECORD_ADD,
                  ARGS(arg_organisation(tx), arg_id(record->id), arg_id(type->id),
                       arg_text(record->key), arg_text(record->title), arg_text(record->status),
                       arg_time(record->status_at), arg_text(record->data.s), arg_text(record->url),
                       arg_id(record->person_id), arg_text(record->owner_kind),
                       arg_text(record->owner), arg_text(record->owner_value), arg_time(tx->now)),
                  err) &&
           note_status(tx, record, err) &&
           tell(tx, "record.added", record, (case_id){ 0 }, NULL, err);
}

static bool change(struct tx *tx, const struct record_type *type, const struct record *before,
                   const struct record *record, struct err *err)
{
    if (!db_run(tx, SQL_RECORD_CHANGE,
                ARGS(arg_organisation(tx), arg_id(record->id), arg_text(record->title),
                     arg_text(record->status), arg_time(record->status_at),
                     arg_text(record->data.s), arg_text(record->url), arg_id(record->person_id),
                     arg_text(record->owner_kind), arg_text(record->owner),
                     arg_text(record->owner_value), arg_time(tx->now)),
                err) ||
        !tell(tx, "record.changed", record, (case_id){ 0 }, NULL, err))
        return false;
    return text_equal(before->status, record->status) ||
           (note_status(tx, record, err) && tell_cases(tx, type, record, err));
}

static bool is_same(const struct record *a, const struct record *b)
{
    return text_equal(a->title, b->title) && text_equal(a->status, b->status) &&
           a->status_at.ms == b->status_at.ms && text_equal(a->data.s, b->data.s) &&
           text_equal(a->url, b->url) && a->person_id.n == b->person_id.n &&
           text_equal(a->owner_kind, b->owner_kind) && text_equal(a->owner_value, b->owner_value);
}

/* What is said, beside what was there. */
static bool take(struct tx *tx, const struct record_draft *draft, const struct record *before,
                 struct record *out, struct err *err)
{
    *out = *before;
    /* It comes late, or again: what is known now is newer. */
    if (draft->status_at.ms != 0 && draft->status_at.ms < before->status_at.ms)
        return true;
    if (draft->data.s && draft->data.s[strspn(draft->data.s, " \t\r\n")] != '{')
        return err_field(err, "data", "must be an object");
    if (draft->data.s && strlen(draft->data.s) > RECORD_DATA_MAX)
        return err_field(err, "data", "is longer than %d bytes", RECORD_DATA_MAX);
    out->key = draft->key;
    out->title = draft->title;
    out->status = draft->status ? draft->status : "";
    out->data = draft->data;
    out->url = draft->url;
    if (draft->status_at.ms != 0)
        out->status_at = draft->status_at;
    else if (!text_equal(before->status, out->status))
        out->status_at = tx->now;
    return read_owner(tx, draft, out, err);
}

static bool compare(struct tx *tx, const struct record_type *type, const struct record_draft *draft,
                    struct record *before, struct record *out, enum record_outcome *outcome,
                    struct err *err)
{
    bool found;

    if (!record_find(tx, type, draft->key, before, &found, err) ||
        !take(tx, draft, before, out, err))
        return false;
    *outcome = !found ? RECORD_ADDED : is_same(before, out) ? RECORD_SAME : RECORD_CHANGED;
    return true;
}

bool record_try(struct tx *tx, const struct record_type *type, const struct record_draft *draft,
                struct record *out, enum record_outcome *outcome, struct err *err)
{
    struct record before;

    return compare(tx, type, draft, &before, out, outcome, err);
}

bool record_put(struct tx *tx, const struct record_type *type, const struct record_draft *draft,
                struct record *out, enum record_outcome *outcome, struct err *err)
{
    struct record before;
    bool found, ok;

    if (!db_run(tx, SQL_RECORD_TYPE_HOLD, ARGS(arg_organisation(tx), arg_id(type->id)), err) ||
        !compare(tx, type, draft, &before, out, outcome, err))
        return false;
    if (*outcome == RECORD_ADDED)
        ok = add(tx, type, out, err);
    else if (*outcome == RECORD_CHANGED)
        ok = change(tx, type, &before, out, err);
    else
        ok = record_unchecked(tx, &before, NULL, err);
    return ok && record_find(tx, type, draft->key, out, &found, err);
}

bool record_unchecked(struct tx *tx, const struct record *record, const char *why, struct err *err)
{
    return db_run(tx, SQL_RECORD_CHECKED,
                  ARGS(arg_organisation(tx), arg_id(record->id), arg_time(tx->now),
                       arg_text(why ? text_preview(tx->mem, why, 300) : NULL)),
                  err);
}

bool record_remove(struct tx *tx, const struct record *record, struct err *err)
{
    return db_run(tx, SQL_RECORD_STATUS_REMOVE, ARGS(arg_organisation(tx), arg_id(record->id)),
                  err) &&
           db_run(tx, SQL_RECORD_REMOVE, ARGS(arg_organisation(tx), arg_id(record->id)), err) &&
           tell(tx, "record.removed", record, (case_id){ 0 }, NULL, err);
}
