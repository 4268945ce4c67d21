/* many_api.c — one change for many cases: what is picked in a list.
 *
 * All in one transaction, but each case for itself: what one of them refuses it refuses before
 * anything is written, and the others go on.
 */
#include "change.h"

#include "../labels/labels.h"
#include "../read_marks/read_marks.h"

#include <string.h>

enum { MANY_MAX = 100, MANY_LABELS_MAX = 10 };

struct case_picked {
    case_id id;
    int64_t version; /* 0: whatever it is now */
};

static const struct field case_picked_fields[] = {
    FIELD(case_picked, id, .flags = REQUIRED),
    FIELD(case_picked, version, .doc = "Only if it is this one still; any when left out"),
    { 0 },
};

struct case_many {
    struct list cases; /* of struct case_picked */
    struct case_change change;
    struct list add_labels, remove_labels; /* texts: ids */
    bool is_unread;
};

static const struct field case_many_fields[] = {
    FIELD(case_many, cases, .flags = REQUIRED, .of = case_picked_fields,
          .size = sizeof(struct case_picked), .min = 1, .max = MANY_MAX),
    { .name = "status",
                                                                   .at = offsetof(struct case_many, change.status),
                                                                   .kind = KIND_ENUM,
                                                                   .names = case_status_names },
    { .name = "team_id",
                                                                   .at = offsetof(struct case_many, change.team_id),
                                                                   .kind = KIND_ID_team,
                                                                   .doc = "null: nobody's" },
    { .name = "assignee_id",
                                                                   .at = offsetof(struct case_many, change.assignee_id),
                                                                   .kind = KIND_ID_user,
                                                                   .doc = "null: nobody's" },
    { .name = "snoozed_until",
                                                                   .at = offsetof(struct case_many, change.snoozed_until),
                                                                   .kind = KIND_TIME,
                                                                   .doc = "null: they are back" },
    { .name = "priority",
                                                                   .at = offsetof(struct case_many, change.priority),
                                                                   .kind = KIND_ENUM,
                                                                   .names = case_priority_names },
    { .name = "priority_why",
                                                                   .at = offsetof(struct case_many, change.priority_why),
                                                                   .kind = KIND_TEXT,
                                                                   .max = CASE_WHY_MAX },
    FIELD(case_many, add_labels, .max = MANY_LABELS_MAX, .doc = "Ids of labels"),
    FIELD(case_many, remove_labels, .max = MANY_LABELS_MAX, .doc = "Ids of labels"),
    FIELD(case_many, is_unread, .doc = "To the caller alone"),
    { 0 },
};

static const char *const problem_names[] = { "missing", "changed", "refused", NULL };

struct case_result {
    case_id id;
    int64_t version;             /* what it is now; 0: nothing was done to it */
    const char *problem, *words; /* NULL: it worked */
};

static const struct field case_result_fields[] = {
    FIELD(case_result, id, .flags = REQUIRED),
    FIELD(case_result, version),
    FIELD(case_result, problem, .flags = OPTIONAL, .names = problem_names,
          .doc = "Why nothing was done to it; left out: it was"),
    FIELD(case_result, words, .flags = OPTIONAL),
    { 0 },
};

struct labels {
    label_id *ids;
    size_t n;
};

static bool read_labels(struct tx *tx, const char *field, const struct list *texts,
                        struct labels *out, struct err *err)
{
    out->n = texts->n;
    return label_read_ids(tx, field, texts, &out->ids, err);
}

static bool move_labels(struct tx *tx, const struct labels *add, const struct labels *remove,
                        case_id id, struct err *err)
{
    for (size_t i = 0; i < add->n; i++)
        if (!label_put_on(tx, add->ids[i], id, err))
            return false;
    for (size_t i = 0; i < remove->n; i++)
        if (!label_take_off(tx, remove->ids[i], id, err))
            return false;
    return true;
}

/* The change itself, before anything else is written. */
static bool change_one(struct tx *tx, const struct case_change *change,
                       const struct case_picked *picked, struct casefile *c, struct err *err)
{
    if (!case_get(tx, picked->id, c, err))
        return false;
    if (picked->version != 0 && picked->version != c->version)
        return err_set(err, ERR_CHANGED, "somebody changed this case a moment ago");
    return case_change(tx, change, c, err);
}

/* The reason in one word, for who shows it in his own; NULL: it isn't the case's own. */
static const char *problem_of(enum err_code code)
{
    if (code == ERR_NOT_FOUND)
        return problem_names[0];
    if (code == ERR_CHANGED)
        return problem_names[1];
    return code == ERR_INVALID ? problem_names[2] : NULL;
}

static bool post_changes(struct request *rq, struct tx *tx, struct err *err)
{
    const struct case_many *many = rq->body;
    const struct case_picked *picked = many->cases.items;
    struct case_result *results = NEW_ARRAY(tx->mem, struct case_result, many->cases.n);
    struct case_change change = many->change;
    struct labels add, remove;

    change.has_status = request_named(rq, "status");
    change.has_team = request_named(rq, "team_id");
    change.has_assignee = request_named(rq, "assignee_id");
    change.has_snooze = request_named(rq, "snoozed_until");
    change.has_priority = request_named(rq, "priority");
    change.has_priority_why = request_named(rq, "priority_why");
    if (!read_labels(tx, "add_labels", &many->add_labels, &add, err) ||
        !read_labels(tx, "remove_labels", &many->remove_labels, &remove, err))
        return false;
    for (size_t i = 0; i < many->cases.n; i++) {
        struct err refused;
        struct casefile c;

        err_clear(&refused);
        results[i].id = picked[i].id;
        if (!change_one(tx, &change, &picked[i], &c, &refused)) {
            results[i].problem = problem_of(refused.code);
            if (!results[i].problem) {
                *err = refused;
                return false;
            }
            results[i].words =
                arena_text(tx->mem, refused.fields_n > 0 ? refused.fields[0].detail : refused.text);
            continue;
        }
        if (!move_labels(tx, &add, &remove, c.id, err) ||
            (request_named(rq, "is_unread") && !read_mark_set(tx, &c, !many->is_unread, err)))
            return false;
        results[i].version = c.version;
    }
    return reply_list(rq, case_result_fields, sizeof(struct case_result),
                      &(struct list){ results, many->cases.n }, NULL);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/cases/changes", WRITE, post_changes, CASE_WRITE, BODY(case_many),
          MANY(case_result),
          "Changes up to 100 cases at once; says of each whether it worked, or why not."),
};
const struct routes case_many_routes = ROUTES(rows);
