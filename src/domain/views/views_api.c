#include "views.h"

#include "../owned/owned.h"
#include "../understanding/judge.h"

/* What comes in: as a view goes out, without what we know ourselves. */
static const struct field view_draft_fields[] = {
    FIELD(view, name, .flags = REQUIRED, .min = 1, .max = VIEW_NAME_MAX),
    FIELD(view, is_shared, .doc = "Everybody has it"),
    FIELD(view, status, .names = case_filter_status_names,
          .doc = "active when left out, but all with q"),
    FIELD(view, team, .max = 20, .doc = "A team's id, or none"),
    FIELD(view, assignee, .max = 20, .doc = "A user's id, me (who looks) or none"),
    FIELD(view, channel_id),
    FIELD(view, label_id),
    FIELD(view, person_id, .doc = "A customer"),
    FIELD(view, opened, .max = 60, .doc = "When it began, as the list of cases takes it"),
    FIELD(view, last_message, .max = 60, .doc = "When the newest message came or went, likewise"),
    FIELD(view, waits, .doc = "Only those whose customer waits for us"),
    FIELD(view, urgent, .doc = "Only those whose priority is high or critical"),
    FIELD(view, emotion, .names = emotion_names),
    FIELD(view, q, .max = 200, .doc = "Words in a message of the case"),
    FIELD(view, sort, .names = case_sort_names,
          .doc = "Longest waiting first when left out; newest with q, which has no other order"),
    { 0 },
};
#define VIEW_DRAFT { view_draft_fields, sizeof(struct view), 0, "view_draft" }

static bool get_views(struct request *rq, struct tx *tx, struct err *err)
{
    struct list views;

    return view_list(tx, &views, err) &&
           reply_list(rq, view_fields, sizeof(struct view), &views, NULL);
}

static bool get_counts(struct request *rq, struct tx *tx, struct err *err)
{
    struct list counts;

    return view_counts(tx, &counts, err) &&
           reply_list(rq, view_count_fields, sizeof(struct view_count), &counts, NULL);
}

static bool read_view(const struct request *rq, struct view *out, struct err *err)
{
    *out = *(const struct view *)rq->body;
    return case_order_words(out->q, request_named(rq, "status"), request_named(rq, "sort"),
                            &out->status, &out->sort, err);
}

static bool post_view(struct request *rq, struct tx *tx, struct err *err)
{
    struct view view;

    return read_view(rq, &view, err) && view_add(tx, &view, err) &&
           reply_versioned(rq, 201, view.version, view_fields, &view);
}

/* The view {id}, if the caller may change it: his own, or a shared one as an administrator. */
static bool get_own(struct request *rq, struct tx *tx, struct view *out, struct err *err)
{
    view_id id;

    return request_id(rq, "id", "viw", &id.n, err) && view_get(tx, id, out, err) &&
           owned_may_change(rq, out->user_id, err);
}

static bool put_view(struct request *rq, struct tx *tx, struct err *err)
{
    struct view before, view;
    int64_t version;

    if (!get_own(rq, tx, &before, err) || !request_version(rq, before.version, &version, err) ||
        !read_view(rq, &view, err))
        return false;
    view.id = before.id;
    view.user_id = before.user_id;
    view.created_at = before.created_at;
    return view_change(tx, &view, before.is_shared, version, err) &&
           reply_versioned(rq, 200, view.version, view_fields, &view);
}

static bool delete_view(struct request *rq, struct tx *tx, struct err *err)
{
    struct view view;

    return get_own(rq, tx, &view, err) && view_remove(tx, &view, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/views", READ, get_views, CASE_READ, NOTHING, MANY(view),
          "Lists the caller's views and the shared ones, oldest first."),
    ROUTE(GET, "/api/v1/views/counts", READ, get_counts, CASE_READ, NOTHING, MANY(view_count),
          "Counts the cases of each, no further than 1000; those with words are left out."),
    ROUTE(POST, "/api/v1/views", WRITE, post_view, CASE_WRITE, VIEW_DRAFT, MADE(view),
          "Gives a list of cases a name."),
    ROUTE(PUT, "/api/v1/views/{id}", WRITE, put_view, CASE_WRITE, VIEW_DRAFT, ONE(view),
          "Changes a view of one's own; an administrator changes the shared ones too.",
          .is_versioned = true),
    ROUTE(DELETE, "/api/v1/views/{id}", WRITE, delete_view, CASE_WRITE, NOTHING, NOTHING,
          "Removes a view."),
};
const struct routes view_routes = ROUTES(rows);
