/* task_kinds_api.c — kinds of task for everybody who speaks HTTP. */
#include "task_kinds.h"

/* What comes in: as a kind goes out, without what we know ourselves. */
static const struct field task_kind_draft_fields[] = {
    FIELD(task_kind, name, .flags = REQUIRED | LINE, .min = 1, .max = TASK_KIND_NAME_MAX),
    FIELD(task_kind, fields, .of = task_field_fields, .size = sizeof(struct task_field),
          .max = TASK_FIELDS_MAX, .doc = "In the order in which people see them"),
    FIELD(task_kind, checklist, .max = TASK_STEPS_MAX, .doc = "The steps of a new one"),
    FIELD(task_kind, norm_minutes, .max = TASK_NORM_MAX,
          .doc = "Of the open time of who does it, until it is due; 0: nobody says"),
    FIELD(task_kind, team_id, .doc = "Who does it when nobody says"),
    FIELD(task_kind, is_retired, .doc = "No new ones are made; those that are there go on"),
    { 0 },
};
#define KIND_DRAFT { task_kind_draft_fields, sizeof(struct task_kind), 0, "task_kind_draft" }

static bool get_kinds(struct request *rq, struct tx *tx, struct err *err)
{
    struct list kinds;

    return task_kind_list(tx, &kinds, err) &&
           reply_list(rq, task_kind_fields, sizeof(struct task_kind), &kinds, NULL);
}

static bool find(struct request *rq, struct tx *tx, struct task_kind *out, struct err *err)
{
    task_kind_id id;

    return request_id(rq, "id", "tki", &id.n, err) && task_kind_get(tx, id, out, err);
}

static bool get_kind(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_kind kind;

    return find(rq, tx, &kind, err) &&
           reply_versioned(rq, 200, kind.version, task_kind_fields, &kind);
}

static bool post_kind(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_kind kind = *(const struct task_kind *)rq->body;

    return task_kind_add(tx, &kind, err) &&
           reply_versioned(rq, 201, kind.version, task_kind_fields, &kind);
}

static bool put_kind(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_kind before, kind = *(const struct task_kind *)rq->body;
    int64_t version;

    if (!find(rq, tx, &before, err) || !request_version(rq, before.version, &version, err))
        return false;
    kind.id = before.id;
    kind.created_at = before.created_at;
    return task_kind_change(tx, &kind, version, err) &&
           reply_versioned(rq, 200, kind.version, task_kind_fields, &kind);
}

static bool delete_kind(struct request *rq, struct tx *tx, struct err *err)
{
    struct task_kind kind;

    return find(rq, tx, &kind, err) && task_kind_remove(tx, kind.id, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/task-kinds", READ, get_kinds, TASK_READ, NOTHING, MANY(task_kind),
          "Lists the kinds of task, by name, those that are retired too."),
    ROUTE(POST, "/api/v1/task-kinds", WRITE, post_kind, ORGANISATION_WRITE, KIND_DRAFT,
          MADE(task_kind), "Adds a kind of task."),
    ROUTE(GET, "/api/v1/task-kinds/{id}", READ, get_kind, TASK_READ, NOTHING, ONE(task_kind),
          "Reads a kind of task."),
    ROUTE(PUT, "/api/v1/task-kinds/{id}", WRITE, put_kind, ORGANISATION_WRITE, KIND_DRAFT,
          ONE(task_kind), "Changes a kind of task; the tasks that are there stay as they are.",
          .is_versioned = true),
    ROUTE(DELETE, "/api/v1/task-kinds/{id}", WRITE, delete_kind, ORGANISATION_WRITE, NOTHING,
          NOTHING, "Removes a kind of task that no task is of."),
};
const struct routes task_kind_routes = ROUTES(rows);
