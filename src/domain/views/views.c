#include "views.h"

#include "../../auth/teams.h"
#include "../../base/text.h"
#include "../owned/owned.h"
#include "../understanding/judge.h"

#include <string.h>

const struct field view_fields[] = {
    FIELD(view, id, .flags = REQUIRED),
    FIELD(view, user_id, .flags = REQUIRED, .doc = "Whose it is"),
    FIELD(view, name, .flags = REQUIRED),
    FIELD(view, is_shared, .doc = "Everybody has it"),
    FIELD(view, status, .names = case_filter_status_names),
    FIELD(view, team),
    FIELD(view, assignee),
    FIELD(view, channel_id),
    FIELD(view, label_id),
    FIELD(view, person_id, .doc = "A customer"),
    FIELD(view, opened, .doc = "When it began, as the list of cases takes it"),
    FIELD(view, last_message, .doc = "When the newest message came or went, likewise"),
    FIELD(view, waits, .doc = "Only those whose customer waits for us"),
    FIELD(view, urgent, .doc = "Only those whose priority is high or critical"),
    FIELD(view, emotion, .flags = OPTIONAL, .names = emotion_names),
    FIELD(view, q, .doc = "Words in a message of the case"),
    FIELD(view, sort, .names = case_sort_names),
    FIELD(view, created_at, .flags = REQUIRED),
    FIELD(view, version),
    { 0 },
};

const struct field view_count_fields[] = {
    FIELD(view_count, view, .flags = REQUIRED,
          .doc = "A view's or team's id, or ours, mine, unassigned, new, open, waiting, snoozed, "
                 "active"),
    FIELD(view_count, cases),
    FIELD(view_count, is_more, .doc = "It was counted no further"),
    { 0 },
};

static struct case_query query_of(const struct view *view)
{
    return (struct case_query){
        .status = view->status,
        .team = view->team,
        .assignee = view->assignee,
        .channel = view->channel_id,
        .label = view->label_id,
        .person = view->person_id,
        .opened = view->opened,
        .last_message = view->last_message,
        .waits = view->waits,
        .urgent = view->urgent,
        .emotion = view->emotion,
        .q = view->q,
        .sort = view->sort,
    };
}

static bool count(struct tx *tx, const struct case_query *query, const char *name,
                  struct view_count *out, struct err *err)
{
    *out = (struct view_count){ .view = name };
    if (!case_count(tx, query, VIEW_COUNT_MAX, &out->cases, err))
        return false;
    out->is_more = out->cases == VIEW_COUNT_MAX;
    return true;
}

/* --- views ------------------------------------------------------------------------------------ */

bool view_list(struct tx *tx, struct list *out, struct err *err)
{
    return db_all(tx, SQL_VIEW_LIST, ARGS(arg_organisation(tx), arg_id_number(tx->actor.id)),
                  view_fields, sizeof(struct view), out, err);
}

bool view_get(struct tx *tx, view_id id, struct view *out, struct err *err)
{
    *out = (struct view){ 0 };
    return db_one(tx, SQL_VIEW_GET,
                  ARGS(arg_organisation(tx), arg_id(id), arg_id_number(tx->actor.id)), view_fields,
                  out, err);
}

static const struct owned_kind view_kind = { "viw",          "view",
                                             VIEWS_MAX,      VIEWS_SHARED_MAX,
                                             SQL_VIEW_COUNT, SQL_VIEW_COUNT_SHARED };

static bool tell(struct tx *tx, const char *what, const struct view *view, bool is_shared,
                 struct err *err)
{
    return owned_tell(tx, &view_kind, what, view->id.n, is_shared, err);
}

/* The list itself knows best what it takes. */
static bool check(struct tx *tx, struct view *view, struct err *err)
{
    const struct case_query query = query_of(view);
    int64_t none;

    view->name = text_preview(tx->mem, view->name, strlen(view->name));
    if (*view->name == '\0')
        return err_field(err, "name", "say in a word or two what stands in it");
    return case_count(tx, &query, 0, &none, err);
}

bool view_add(struct tx *tx, struct view *view, struct err *err)
{
    view->id.n = id_new();
    view->user_id.n = tx->actor.id;
    view->created_at = tx->now;
    view->version = 1;
    if (!check(tx, view, err) || !owned_may_add(tx, &view_kind, view->is_shared, err))
        return false;
    return db_run(tx, SQL_VIEW_ADD,
                  ARGS(arg_organisation(tx), arg_id(view->id), arg_id(view->user_id),
                       arg_bool(view->is_shared), arg_text(view->name),
                       arg_text(case_filter_status_names[view->status]), arg_text(view->team),
                       arg_text(view->assignee), arg_id(view->channel_id), arg_id(view->label_id),
                       arg_text(view->q), arg_text(case_sort_names[view->sort]),
                       arg_time(view->created_at), arg_bool(view->waits), arg_bool(view->urgent),
                       arg_text(view->emotion), arg_id(view->person_id), arg_text(view->opened),
                       arg_text(view->last_message)),
                  err) &&
           tell(tx, "added", view, view->is_shared, err);
}

bool view_change(struct tx *tx, struct view *view, bool was_shared, int64_t version,
                 struct err *err)
{
    int64_t rows;

    if (!check(tx, view, err) ||
        (view->is_shared && !was_shared && !owned_may_share(tx, &view_kind, err)) ||
        !db_change(tx, SQL_VIEW_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(view->id), arg_int(version),
                        arg_bool(view->is_shared), arg_text(view->name),
                        arg_text(case_filter_status_names[view->status]), arg_text(view->team),
                        arg_text(view->assignee), arg_id(view->channel_id), arg_id(view->label_id),
                        arg_text(view->q), arg_text(case_sort_names[view->sort]),
                        arg_bool(view->waits), arg_bool(view->urgent), arg_text(view->emotion),
                        arg_id(view->person_id), arg_text(view->opened),
                        arg_text(view->last_message)),
                   &rows, err))
        return false;
    view->version = version + 1;
    /* Who had it hears of it, too, when it's his no more. */
    return owned_was_changed(&view_kind, rows, err) &&
           tell(tx, "changed", view, view->is_shared || was_shared, err);
}

bool view_remove(struct tx *tx, const struct view *view, struct err *err)
{
    return db_run(tx, SQL_VIEW_REMOVE, ARGS(arg_organisation(tx), arg_id(view->id)), err) &&
           tell(tx, "removed", view, view->is_shared, err);
}

/* --- counts ----------------------------------------------------------------------------------- */

/* What everybody has. What is done grows for ever, and nobody waits in it. */
static const struct {
    const char *name;
    struct case_query query;
} given[] = {
    { "ours",       { .status = FILTER_OURS }      },
    { "mine",       { .assignee = "me" }           },
    { "unassigned", { .assignee = "none" }         },
    { "new",        { .status = CASE_NEW + 1 }     },
    { "open",       { .status = CASE_OPEN + 1 }    },
    { "waiting",    { .status = CASE_WAITING + 1 } },
    { "snoozed",    { .status = FILTER_SNOOZED }   },
    { "active",     { .status = 0 }                },
};

enum { TEAMS_COUNTED = 50 };

bool view_counts(struct tx *tx, struct list *out, struct err *err)
{
    struct view_count *counts;
    const struct view *views;
    const struct team *teams;
    struct list list, of_teams;
    size_t n = 0;

    if (!view_list(tx, &list, err) || !team_list(tx, (team_id){ 0 }, TEAMS_COUNTED, &of_teams, err))
        return false;
    views = list.items;
    teams = of_teams.items;
    counts = NEW_ARRAY(tx->mem, struct view_count, COUNT(given) + of_teams.n + list.n);
    for (size_t i = 0; i < COUNT(given); i++)
        if (!count(tx, &given[i].query, given[i].name, &counts[n++], err))
            return false;
    for (size_t i = 0; i < of_teams.n; i++) {
        const char *id = arena_text(tx->mem, id_text("tem", teams[i].id.n).s);
        if (!count(tx, &(struct case_query){ .team = id }, id, &counts[n++], err))
            return false;
    }
    for (size_t i = 0; i < list.n; i++) {
        const struct case_query query = query_of(&views[i]);
        const char *id = arena_text(tx->mem, id_text("viw", views[i].id.n).s);
        if (text_is_blank(query.q) && !count(tx, &query, id, &counts[n++], err))
            return false;
    }
    *out = (struct list){ counts, n };
    return true;
}
