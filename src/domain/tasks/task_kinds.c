#include "task_kinds.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"

#include <string.h>

enum { WORDS_BYTES_MAX = 1 << 20 };

static const char *const type_names[] = { "text", "number", "day", "choice", "yes", NULL };

const struct field task_field_fields[] = {
    FIELD(task_field, name, .flags = REQUIRED | LINE, .min = 1, .max = 60,
          .doc = "As it stands in values; stays when its label changes"),
    FIELD(task_field, label, .flags = REQUIRED | LINE, .min = 1, .max = 100,
          .doc = "What people read"),
    FIELD(task_field, type, .names = type_names,
          .doc = "text when left out; a day is 2026-12-01, yes is yes or no"),
    FIELD(task_field, is_required, .doc = "No task is made without it"),
    FIELD(task_field, choices, .max = TASK_CHOICES_MAX, .doc = "Of a choice"),
    { 0 },
};

const struct field task_value_fields[] = {
    FIELD(task_value, name, .flags = REQUIRED, .min = 1, .max = 60,
          .doc = "Of a field of its kind"),
    FIELD(task_value, value, .flags = REQUIRED, .max = TASK_VALUE_MAX),
    { 0 },
};

const struct field task_step_fields[] = {
    FIELD(task_step, text, .flags = REQUIRED | LINE, .min = 1, .max = TASK_STEP_MAX),
    FIELD(task_step, is_done),
    { 0 },
};

#define WORDS                                                                                      \
    FIELD(task_kind, fields, .of = task_field_fields, .size = sizeof(struct task_field),           \
          .max = TASK_FIELDS_MAX, .doc = "In the order in which people see them"),                 \
        FIELD(task_kind, checklist, .max = TASK_STEPS_MAX, .doc = "The steps of a new one")

const struct field task_kind_fields[] = {
    FIELD(task_kind, id, .flags = REQUIRED),
    FIELD(task_kind, name, .flags = REQUIRED),
    WORDS,
    FIELD(task_kind, norm_minutes,
          .doc = "Of the open time of who does it, until it is due; 0: nobody said"),
    FIELD(task_kind, team_id, .doc = "Who does it when nobody says"),
    FIELD(task_kind, is_retired, .doc = "No new ones are made"),
    FIELD(task_kind, created_at, .flags = REQUIRED),
    FIELD(task_kind, version),
    { 0 },
};

/* As they are kept. */
static const struct field words_fields[] = { WORDS, { 0 } };

/* A row as it's stored. */
struct kept {
    task_kind_id id;
    const char *name;
    struct json_text words;
    int64_t norm_minutes, version;
    team_id team_id;
    bool is_retired;
    instant created_at;
};

static const struct field kept_fields[] = {
    FIELD(kept, id),           FIELD(kept, name),    FIELD(kept, words),
    FIELD(kept, norm_minutes), FIELD(kept, team_id), FIELD(kept, is_retired),
    FIELD(kept, created_at),   FIELD(kept, version), { 0 },
};

static bool unpack(struct tx *tx, const struct kept *kept, struct task_kind *out, struct err *err)
{
    *out = (struct task_kind){
        .id = kept->id,
        .name = kept->name,
        .norm_minutes = kept->norm_minutes,
        .team_id = kept->team_id,
        .is_retired = kept->is_retired,
        .created_at = kept->created_at,
        .version = kept->version,
    };
    return json_read_stored(tx->mem, kept->words.s, words_fields, out, err);
}

bool task_kind_list(struct tx *tx, struct list *out, struct err *err)
{
    struct task_kind *kinds;
    const struct kept *rows;
    struct list found;

    if (!db_all(tx, SQL_TASK_KIND_LIST, ARGS(arg_organisation(tx)), kept_fields,
                sizeof(struct kept), &found, err))
        return false;
    kinds = NEW_ARRAY(tx->mem, struct task_kind, found.n);
    rows = found.items;
    for (size_t i = 0; i < found.n; i++)
        if (!unpack(tx, &rows[i], &kinds[i], err))
            return false;
    *out = (struct list){ kinds, found.n };
    return true;
}

bool task_kind_get(struct tx *tx, task_kind_id id, struct task_kind *out, struct err *err)
{
    struct kept kept = { 0 };

    return db_one(tx, SQL_TASK_KIND_GET, ARGS(arg_organisation(tx), arg_id(id)), kept_fields, &kept,
                  err) &&
           unpack(tx, &kept, out, err);
}

/* --- what may be kept ------------------------------------------------------------------------- */

static bool check_field(struct tx *tx, const struct list *fields, size_t i, struct err *err)
{
    const struct task_field *all = fields->items;
    const char *at = arena_printf(tx->mem, "/fields/%zu", i);

    for (size_t k = 0; k < i; k++)
        if (text_equal(all[k].name, all[i].name))
            return err_field(err, arena_printf(tx->mem, "%s/name", at), "is there twice");
    if ((all[i].type == TASK_CHOICE) != (all[i].choices.n > 0))
        return err_field(err, arena_printf(tx->mem, "%s/choices", at),
                         "a choice has some, and nothing else has any");
    for (size_t k = 0; k < all[i].choices.n; k++)
        if (text_is_blank(((const char *const *)all[i].choices.items)[k]))
            return err_field(err, arena_printf(tx->mem, "%s/choices/%zu", at, k),
                             "has nothing in it");
    return true;
}

static bool check_checklist(struct tx *tx, const struct list *steps, struct err *err)
{
    for (size_t i = 0; i < steps->n; i++) {
        const char *text = ((const char *const *)steps->items)[i];

        if (!text_is_line(text) || strlen(text) > TASK_STEP_MAX)
            return err_field(err, arena_printf(tx->mem, "/checklist/%zu", i),
                             "must be one line of at most %d bytes", TASK_STEP_MAX);
    }
    return true;
}

static bool check_team(struct tx *tx, team_id id, struct err *err)
{
    int64_t known;

    return id.n == 0 || (db_number(tx, SQL_CASE_TEAM_KNOWN, ARGS(arg_organisation(tx), arg_id(id)),
                                   &known, err) &&
                         (known > 0 || err_field(err, "team_id", "isn't known here")));
}

/* One after the other: two of one name at the same moment would both find it free. */
static bool check_name(struct tx *tx, const struct task_kind *kind, size_t *n, struct err *err)
{
    const struct task_kind *others;
    struct list all;

    if (!db_run(tx, SQL_ORGANISATION_LOCK, ARGS(arg_organisation(tx)), err) ||
        !task_kind_list(tx, &all, err))
        return false;
    others = all.items;
    for (size_t i = 0; i < all.n; i++)
        if (others[i].id.n != kind->id.n &&
            text_equal(text_fold(tx->mem, others[i].name), text_fold(tx->mem, kind->name)))
            return err_set(err, ERR_CONFLICT, "there is a kind of task of that name already");
    *n = all.n;
    return true;
}

static bool check(struct tx *tx, struct task_kind *kind, size_t *n, struct err *err)
{
    kind->name = text_trim(tx->mem, kind->name);
    for (size_t i = 0; i < kind->fields.n; i++)
        if (!check_field(tx, &kind->fields, i, err))
            return false;
    return check_checklist(tx, &kind->checklist, err) && check_team(tx, kind->team_id, err) &&
           check_name(tx, kind, n, err);
}

static const char *words_of(struct arena *mem, const struct task_kind *kind)
{
    CLEANUP(buf_free) struct buf json = BUF(WORDS_BYTES_MAX);

    json_write(&json, words_fields, kind);
    return arena_text(mem, buf_str(&json));
}

static bool tell(struct tx *tx, const char *kind, task_kind_id id, struct err *err)
{
    return event_add(tx, &(struct event){ .kind = kind, .about = id_text("tki", id.n).s }, err);
}

bool task_kind_add(struct tx *tx, struct task_kind *kind, struct err *err)
{
    size_t n;

    kind->id.n = id_new();
    kind->created_at = tx->now;
    kind->version = 1;
    if (!check(tx, kind, &n, err))
        return false;
    if (n >= TASK_KINDS_MAX)
        return err_set(err, ERR_CONFLICT, "there are %d kinds of task: remove one first",
                       TASK_KINDS_MAX);
    return db_run(tx, SQL_TASK_KIND_ADD,
                  ARGS(arg_organisation(tx), arg_id(kind->id), arg_text(kind->name),
                       arg_text(words_of(tx->mem, kind)), arg_int(kind->norm_minutes),
                       arg_id(kind->team_id), arg_bool(kind->is_retired),
                       arg_time(kind->created_at)),
                  err) &&
           tell(tx, "task_kind.added", kind->id, err);
}

bool task_kind_change(struct tx *tx, struct task_kind *kind, int64_t version, struct err *err)
{
    int64_t rows;
    size_t n;

    if (!check(tx, kind, &n, err) ||
        !db_change(tx, SQL_TASK_KIND_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(kind->id), arg_int(version),
                        arg_text(kind->name), arg_text(words_of(tx->mem, kind)),
                        arg_int(kind->norm_minutes), arg_id(kind->team_id),
                        arg_bool(kind->is_retired)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this kind of task a moment ago");
    kind->version = version + 1;
    return tell(tx, "task_kind.changed", kind->id, err);
}

bool task_kind_remove(struct tx *tx, task_kind_id id, struct err *err)
{
    int64_t used;

    if (!db_run(tx, SQL_TASK_KIND_HOLD, ARGS(arg_organisation(tx), arg_id(id)), err) ||
        !db_number(tx, SQL_TASK_KIND_USED, ARGS(arg_organisation(tx), arg_id(id)), &used, err))
        return false;
    if (used > 0)
        return err_set(err, ERR_CONFLICT, "there are tasks of this kind: retire it instead");
    return db_run(tx, SQL_TASK_KIND_REMOVE, ARGS(arg_organisation(tx), arg_id(id)), err) &&
           tell(tx, "task_kind.removed", id, err);
}

/* --- values ----------------------------------------------------------------------------------- */

static bool is_number(const char *s)
{
    size_t whole, rest = 0;

    s += *s == '-';
    whole = strspn(s, "0123456789");
    s += whole;
    if (*s == '.' || *s == ',') {
        rest = strspn(s + 1, "0123456789");
        s += 1 + rest;
        if (rest == 0)
            return false;
    }
    return whole > 0 && *s == '\0';
}

/* 2026-12-01, and a day that there is. */
static bool is_day(struct arena *mem, const char *s)
{
    const char *moment = arena_printf(mem, "%sT00:00:00Z", s);
    instant at;

    return strlen(s) == 10 && instant_read(moment, strlen(moment), &at);
}

static bool is_chosen(const struct list *choices, const char *s)
{
    for (size_t i = 0; i < choices->n; i++)
        if (text_equal(((const char *const *)choices->items)[i], s))
            return true;
    return false;
}

/* What is wrong with it; NULL: nothing. */
static const char *fault(struct arena *mem, const struct task_field *field, const char *value)
{
    if (*value == '\0')
        return NULL;
    switch ((enum task_field_type)field->type) {
    case TASK_TEXT:
        return NULL;
    case TASK_NUMBER:
        return is_number(value) ? NULL : "must be a number";
    case TASK_DAY:
        return is_day(mem, value) ? NULL : "must be a day like 2026-12-01";
    case TASK_CHOICE:
        return is_chosen(&field->choices, value) ? NULL : "must be one of its choices";
    case TASK_YES:
        return text_equal(value, "yes") || text_equal(value, "no") ? NULL : "must be yes or no";
    }
    return NULL;
}

static const struct task_field *field_named(const struct task_kind *kind, const char *name)
{
    const struct task_field *fields = kind->fields.items;

    for (size_t i = 0; i < kind->fields.n; i++)
        if (text_equal(fields[i].name, name))
            return &fields[i];
    return NULL;
}

static const char *value_of(const struct list *values, const char *name, size_t n)
{
    const struct task_value *all = values->items;

    for (size_t i = 0; i < n; i++)
        if (text_equal(all[i].name, name))
            return all[i].value;
    return NULL;
}

bool task_values_check(struct tx *tx, const struct task_kind *kind, const struct list *values,
                       struct err *err)
{
    const struct task_field *fields = kind->fields.items;
    const struct task_value *all = values->items;

    for (size_t i = 0; i < values->n; i++) {
        const struct task_field *field = field_named(kind, all[i].name);
        const char *at = arena_printf(tx->mem, "/values/%zu", i),
                   *wrong = field ? fault(tx->mem, field, all[i].value) : "is no field of its kind";

        if (wrong)
            return err_field(err, at, "%s", wrong);
        if (value_of(values, all[i].name, i))
            return err_field(err, at, "is there twice");
    }
    for (size_t i = 0; i < kind->fields.n; i++)
        if (fields[i].is_required && text_is_blank(value_of(values, fields[i].name, values->n)))
            return err_field(err, "values", "fill in %s", fields[i].label);
    return true;
}
