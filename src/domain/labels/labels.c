#include "labels.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../cases/cases.h"

#include <ctype.h>
#include <string.h>

enum { CASES_AT_ONCE = 32 }; /* as label_list_of_cases has places */

const struct field label_fields[] = {
    FIELD(label, id, .flags = REQUIRED),
    FIELD(label, name, .flags = REQUIRED),
    FIELD(label, colour, .flags = REQUIRED, .doc = "#rrggbb or a name"),
    FIELD(label, created_at, .flags = REQUIRED),
    { 0 },
};

/* --- name and colour ----------------------------------------------------------------------- */

static const char *const colours[] = { "grey", "red",  "orange", "yellow", "green",
                                       "teal", "blue", "purple", "pink",   NULL };

static bool is_colour(const char *colour)
{
    unsigned unused;

    if (enum_read(colours, colour, strlen(colour), &unused))
        return true;
    for (size_t i = 1; i < 7; i++)
        if (colour[0] != '#' || !isxdigit((unsigned char)colour[i]))
            return false;
    return colour[7] == '\0';
}

/* Puts what is named in the draft into *label, as it is stored. */
static bool apply(struct tx *tx, const struct label_draft *draft, struct label *label,
                  struct err *err)
{
    if (draft->name)
        label->name = text_preview(tx->mem, draft->name, strlen(draft->name));
    if (draft->colour)
        label->colour = text_lower(tx->mem, draft->colour);
    if (!label->name || *label->name == '\0')
        return err_field(err, "name", "say in a word what the cases have in common");
    if (strlen(label->name) > LABEL_NAME_MAX)
        return err_field(err, "name", "is longer than %d bytes", LABEL_NAME_MAX);
    return is_colour(label->colour) ||
           err_field(err, "colour",
                     "must be #rrggbb, grey, red, orange, yellow, green, teal, "
                     "blue, purple or pink");
}

/* Spoed and spoëd are one name to people. Two that are made at the same moment wait for each
 * other. */
static bool check_unique(struct tx *tx, const struct label *label, struct err *err)
{
    const char *name = text_fold(tx->mem, label->name);
    const struct label *others;
    struct list all;

    if (!db_run(tx, SQL_ORGANISATION_LOCK, ARGS(arg_organisation(tx)), err) ||
        !label_list(tx, &all, err))
        return false;
    others = all.items;
    for (size_t i = 0; i < all.n; i++)
        if (others[i].id.n != label->id.n && text_equal(text_fold(tx->mem, others[i].name), name))
            return err_set(err, ERR_CONFLICT, "there is a label %s already", others[i].name);
    return true;
}

static bool tell(struct tx *tx, const char *kind, label_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("lab", id.n, about);
    return event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

/* --- labels -------------------------------------------------------------------------------- */

bool label_add(struct tx *tx, const struct label_draft *draft, struct label *out, struct err *err)
{
    int64_t count;

    *out = (struct label){ .id = { id_new() }, .colour = "grey", .created_at = tx->now };
    if (!apply(tx, draft, out, err) || !check_unique(tx, out, err) ||
        !db_number(tx, SQL_LABEL_COUNT, ARGS(arg_organisation(tx)), &count, err))
        return false;
    if (count >= LABELS_MAX)
        return err_set(err, ERR_CONFLICT, "there are %d labels: remove one first", LABELS_MAX);
    return db_run(tx, SQL_LABEL_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_text(out->name),
                       arg_text(out->colour), arg_time(out->created_at)),
                  err) &&
           tell(tx, "label.added", out->id, err);
}

bool label_get(struct tx *tx, label_id id, struct label *out, struct err *err)
{
    return db_one(tx, SQL_LABEL_GET, ARGS(arg_organisation(tx), arg_id(id)), label_fields, out,
                  err);
}

bool label_read_ids(struct tx *tx, const char *field, const struct list *texts, label_id **out,
                    struct err *err)
{
    const char *const *ids = texts->items;
    struct label label;

    *out = NEW_ARRAY(tx->mem, label_id, texts->n + 1);
    for (size_t i = 0; i < texts->n; i++) {
        if (!id_read("lab", ids[i], strlen(ids[i]), &(*out)[i].n))
            return err_field(err, field, "must be ids like lab_…");
        if (!label_get(tx, (*out)[i], &label, err))
            return false;
    }
    return true;
}

bool label_change(struct tx *tx, label_id id, const struct label_draft *draft, struct label *out,
                  struct err *err)
{
    return label_get(tx, id, out, err) && apply(tx, draft, out, err) &&
           (!draft->name || check_unique(tx, out, err)) &&
           db_run(
               tx, SQL_LABEL_CHANGE,
               ARGS(arg_organisation(tx), arg_id(id), arg_text(out->name), arg_text(out->colour)),
               err) &&
           tell(tx, "label.changed", id, err);
}

bool label_remove(struct tx *tx, label_id id, struct err *err)
{
    const struct arg values[] = { arg_organisation(tx), arg_id(id) };
    struct args args = { values, COUNT(values) };
    struct label label;

    return label_get(tx, id, &label, err) && db_run(tx, SQL_LABEL_REMOVE_FROM_CASES, args, err) &&
           db_run(tx, SQL_LABEL_REMOVE, args, err) && tell(tx, "label.removed", id, err);
}

bool label_list(struct tx *tx, struct list *out, struct err *err)
{
    return db_all(tx, SQL_LABEL_LIST, ARGS(arg_organisation(tx)), label_fields,
                  sizeof(struct label), out, err);
}

/* --- on cases ------------------------------------------------------------------------------ */

static bool tell_case(struct tx *tx, const char *kind, label_id label, case_id id, struct err *err)
{
    char text[ID_TEXT_MAX];
    struct event event = { .kind = kind, .case_id = id };

    id_write("lab", label.n, text);
    event.data.s = arena_printf(tx->mem, "{\"label\":\"%s\"}", text);
    return event_add(tx, &event, err);
}

/* Runs one of the two statements; nothing is told when nothing changed. */
static bool move(struct tx *tx, enum sql sql, const char *kind, label_id label, case_id id,
                 struct err *err)
{
    struct casefile c;
    int64_t changed;

    if (!case_get(tx, id, &c, err) ||
        !db_change(tx, sql, ARGS(arg_organisation(tx), arg_id(label), arg_id(c.id)), &changed, err))
        return false;
    return changed == 0 || tell_case(tx, kind, label, c.id, err);
}

bool label_put_on(struct tx *tx, label_id label, case_id id, struct err *err)
{
    struct label found;

    return label_get(tx, label, &found, err) &&
           db_run(tx, SQL_LABEL_CASE_LOCK, ARGS(arg_organisation(tx), arg_id(id)), err) &&
           move(tx, SQL_LABEL_PUT_ON, "case.labelled", label, id, err);
}

bool label_take_off(struct tx *tx, label_id label, case_id id, struct err *err)
{
    return move(tx, SQL_LABEL_TAKE_OFF, "case.unlabelled", label, id, err);
}

bool label_list_of_case(struct tx *tx, case_id id, struct list *out, struct err *err)
{
    return db_all(tx, SQL_LABEL_LIST_OF_CASE, ARGS(arg_organisation(tx), arg_id(id)), label_fields,
                  sizeof(struct label), out, err);
}

struct case_label {
    case_id case_id;
    label_id id;
    const char *name, *colour;
    instant created_at;
};

static const struct field case_label_fields[] = {
    FIELD(case_label, case_id), FIELD(case_label, id),         FIELD(case_label, name),
    FIELD(case_label, colour),  FIELD(case_label, created_at), { 0 },
};

/* The rows of one case out of those of many. */
static struct list labels_of(struct arena *mem, const struct list *found, case_id id)
{
    const struct case_label *rows = found->items;
    struct label *labels = NULL;
    size_t n = 0;

    for (size_t i = 0; i < found->n; i++)
        n += rows[i].case_id.n == id.n;
    if (n > 0)
        labels = NEW_ARRAY(mem, struct label, n);
    n = 0;
    for (size_t i = 0; i < found->n; i++)
        if (rows[i].case_id.n == id.n)
            labels[n++] =
                (struct label){ rows[i].id, rows[i].name, rows[i].colour, rows[i].created_at };
    return (struct list){ labels, n };
}

bool label_list_of_cases(struct tx *tx, const case_id *cases, size_t n, struct list *lists,
                         struct err *err)
{
    struct arg values[1 + CASES_AT_ONCE] = { arg_organisation(tx) };
    struct list found;

    for (size_t from = 0; from < n; from += CASES_AT_ONCE) {
        size_t some = n - from < CASES_AT_ONCE ? n - from : CASES_AT_ONCE;

        for (size_t i = 0; i < CASES_AT_ONCE; i++)
            values[1 + i] = arg_id(cases[from + (i < some ? i : some - 1)]);
        if (!db_all(tx, SQL_LABEL_LIST_OF_CASES, (struct args){ values, COUNT(values) },
                    case_label_fields, sizeof(struct case_label), &found, err))
            return false;
        for (size_t i = from; i < from + some; i++)
            lists[i] = labels_of(tx->mem, &found, cases[i]);
    }
    return true;
}
