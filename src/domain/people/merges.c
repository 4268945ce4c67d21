#include "merges.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../../store/search.h"
#include "../cases/join.h"
#include "../cases/part.h"
#include "duplicates.h"

#include <string.h>

const struct field person_merge_fields[] = {
    FIELD(person_merge, id, .flags = REQUIRED),
    FIELD(person_merge, winner_id, .flags = REQUIRED, .doc = "Whose face both have"),
    FIELD(person_merge, winner_name, .flags = REQUIRED),
    FIELD(person_merge, loser_id, .flags = REQUIRED),
    FIELD(person_merge, loser_name, .flags = REQUIRED),
    FIELD(person_merge, at, .flags = REQUIRED),
    FIELD(person_merge, actor_kind, .names = actor_kind_names),
    FIELD(person_merge, actor_id, .flags = SECRET),
    FIELD(person_merge, user_id),
    FIELD(person_merge, score, .doc = "Of the proposal that was accepted; 0: there was none"),
    FIELD(person_merge, reasons),
    FIELD(person_merge, undone_at),
    FIELD(person_merge, undone_by),
    { 0 },
};

/* --- pointers --------------------------------------------------------------------------------- */

struct member {
    person_id id, merged_into;
    bool goes; /* with the one that is taken off */
};

static const struct field member_fields[] = {
    FIELD(member, id),
    FIELD(member, merged_into),
    { 0 },
};

static bool read_members(struct tx *tx, person_id root, struct list *out, struct err *err)
{
    return db_all(tx, SQL_MERGE_MEMBERS, ARGS(arg_organisation(tx), arg_id(root)), member_fields,
                  sizeof(struct member), out, err);
}

/* Marks who hangs on `top`, by whatever way. */
static void mark_subtree(struct list *members, person_id top)
{
    struct member *m = members->items;
    bool is_more = true;

    for (size_t i = 0; i < members->n; i++)
        m[i].goes = m[i].id.n == top.n;
    while (is_more) {
        is_more = false;
        for (size_t i = 0; i < members->n; i++)
            for (size_t k = 0; k < members->n && !m[i].goes; k++) {
                m[i].goes = m[k].goes && m[i].merged_into.n == m[k].id.n;
                is_more |= m[i].goes;
            }
    }
}

/* Out of the search index; *words: what it was found by. */
static bool leave_index(struct tx *tx, person_id root, struct err *err)
{
    const char *words;

    return person_words(tx, root, &words, err) && search_remove(tx, root.n, words, err);
}

/* Lists of cases show the face's name. */
static bool name_cases(struct tx *tx, person_id root, struct err *err)
{
    struct person face;

    return person_get(tx, root, &face, err) &&
           db_run(tx, SQL_PERSON_NAME_IN_CASES,
                  ARGS(arg_organisation(tx), arg_id(root), arg_text(face.name)), err);
}

static bool take_both(struct tx *tx, person_id a, person_id b, struct err *err)
{
    return db_run(tx, SQL_MERGE_PEOPLE,
                  ARGS(arg_organisation(tx), arg_id(a), arg_id(b), arg_time(tx->now)), err);
}

static bool tell(struct tx *tx, const struct person_merge *merge, const char *kind, struct err *err)
{
    struct event event = {
        .kind = kind,
        .about = arena_text(tx->mem, id_text("per", merge->winner_id.n).s),
        .data = { arena_printf(tx->mem, "{\"merge\":\"%s\",\"other\":\"%s\"}",
                               id_text("mrg", merge->id.n).s,
                               id_text("per", merge->loser_id.n).s) },
    };

    return event_add(tx, &event, err);
}

/* --- merge and back --------------------------------------------------------------------------- */

/* *fields hold actor_id; a colleague is shown by his own id. */
static void finish(struct person_merge *merge)
{
    if (merge->actor_kind == ACTOR_USER || merge->actor_kind == ACTOR_INTEGRATION)
        merge->user_id.n = merge->actor_id;
}

static bool get(struct tx *tx, merge_id id, struct person_merge *out, struct err *err)
{
    *out = (struct person_merge){ 0 };
    if (!db_one(tx, SQL_MERGE_GET, ARGS(arg_organisation(tx), arg_id(id)), person_merge_fields, out,
                err))
        return false;
    finish(out);
    return true;
}

static bool check(struct tx *tx, const struct person *winner, const struct person *loser,
                  struct err *err)
{
    struct list a, b;

    if (winner->id.n == loser->id.n)
        return err_set(err, ERR_CONFLICT, "these two are one person already");
    if (winner->kind != loser->kind)
        return err_set(err, ERR_CONFLICT, "a person and an organisation can't be one");
    if (!read_members(tx, winner->id, &a, err) || !read_members(tx, loser->id, &b, err))
        return false;
    return a.n + b.n <= MEMBERS_MAX ||
           err_set(err, ERR_CONFLICT, "more than %d people can't be one", MEMBERS_MAX);
}

static bool point(struct tx *tx, person_id winner, person_id loser, struct err *err)
{
    return take_both(tx, winner, loser, err) && leave_index(tx, winner, err) &&
           leave_index(tx, loser, err) &&
           db_run(tx, SQL_MERGE_POINT, ARGS(arg_organisation(tx), arg_id(loser), arg_id(winner)),
                  err) &&
           db_run(tx, SQL_MERGE_SHOW_AS, ARGS(arg_organisation(tx), arg_id(loser), arg_id(winner)),
                  err) &&
           person_index(tx, winner, err) && name_cases(tx, winner, err) &&
           duplicate_follow(tx, winner, err);
}

bool person_merge(struct tx *tx, person_id winner, person_id loser, int64_t score,
                  const char *reasons, struct person_merge *out, struct err *err)
{
    merge_id id = { id_new() };
    struct person w, l;

    if (!person_get(tx, winner, &w, err) || !person_get(tx, loser, &l, err) ||
        !check(tx, &w, &l, err) || !point(tx, w.id, l.id, err))
        return false;
    return db_run(tx, SQL_MERGE_ADD,
                  ARGS(arg_organisation(tx), arg_id(id), arg_id(w.id), arg_id(l.id),
                       arg_time(tx->now), arg_text(actor_kind_names[tx->actor.kind]),
                       arg_int(tx->actor.id), arg_int(score), arg_text(reasons ? reasons : "{}")),
                  err) &&
           get(tx, id, out, err) && tell(tx, out, "person.merged", err) &&
           join_propose_of_person(tx, w.id, err);
}

/* Those who hang on it have its face again. */
static bool take_off(struct tx *tx, person_id top, const struct list *members, struct err *err)
{
    const struct member *m = members->items;

    for (size_t i = 0; i < members->n; i++)
        if (m[i].goes && !db_run(tx, SQL_MERGE_OWN_FACE,
                                 ARGS(arg_organisation(tx), arg_id(m[i].id), arg_id(top)), err))
            return false;
    return true;
}

bool person_unmerge(struct tx *tx, merge_id id, struct err *err)
{
    struct person_merge merge;
    struct list members;
    int64_t changed;
    person_id root;

    if (!get(tx, id, &merge, err))
        return false;
    if (merge.undone_at.ms != 0)
        return true;
    if (!person_root(tx, merge.loser_id, &root, err) || !read_members(tx, root, &members, err) ||
        !take_both(tx, root, merge.loser_id, err) || !leave_index(tx, root, err))
        return false;
    mark_subtree(&members, merge.loser_id);
    return db_run(tx, SQL_MERGE_POINT,
                  ARGS(arg_organisation(tx), arg_id(merge.loser_id), arg_text(NULL)), err) &&
           take_off(tx, merge.loser_id, &members, err) && person_index(tx, root, err) &&
           person_index(tx, merge.loser_id, err) && name_cases(tx, merge.loser_id, err) &&
           duplicate_follow(tx, merge.loser_id, err) &&
           db_change(tx, SQL_MERGE_UNDO,
                     ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now),
                          arg_int(tx->actor.kind == ACTOR_USER ? tx->actor.id : 0)),
                     &changed, err) &&
           (changed == 1 ||
            err_set(err, ERR_CHANGED, "somebody changed this person a moment ago")) &&
           tell(tx, &merge, "person.unmerged", err) &&
           cases_part(tx, merge.id, root, merge.loser_id, err);
}

bool person_merge_list(struct tx *tx, person_id root, struct list *out, struct err *err)
{
    if (!db_all(tx, SQL_MERGE_LIST, ARGS(arg_organisation(tx), arg_id(root)), person_merge_fields,
                sizeof(struct person_merge), out, err))
        return false;
    for (size_t i = 0; i < out->n; i++)
        finish(&((struct person_merge *)out->items)[i]);
    return true;
}

/* --- the API --------------------------------------------------------------------------------- */

struct merge_draft {
    person_id person_id;
};

static const struct field merge_draft_fields[] = {
    FIELD(merge_draft, person_id, .flags = REQUIRED, .doc = "Who is the same person"),
    { 0 },
};

static bool post_merge(struct request *rq, struct tx *tx, struct err *err)
{
    const struct merge_draft *draft = rq->body;
    struct person_merge merge;
    person_id id;

    return request_id(rq, "id", "per", &id.n, err) &&
           person_merge(tx, id, draft->person_id, 0, NULL, &merge, err) &&
           reply(rq, 201, person_merge_fields, &merge);
}

static bool get_merges(struct request *rq, struct tx *tx, struct err *err)
{
    person_id id, root;
    struct list merges;

    return request_id(rq, "id", "per", &id.n, err) && person_root(tx, id, &root, err) &&
           person_merge_list(tx, root, &merges, err) &&
           reply_list(rq, person_merge_fields, sizeof(struct person_merge), &merges, NULL);
}

static bool delete_merge(struct request *rq, struct tx *tx, struct err *err)
{
    person_id id, root, other;
    struct person_merge merge;
    merge_id which;

    if (!request_id(rq, "id", "per", &id.n, err) ||
        !request_id(rq, "merge", "mrg", &which.n, err) || !person_root(tx, id, &root, err) ||
        !get(tx, which, &merge, err) || !person_root(tx, merge.loser_id, &other, err))
        return false;
    if (merge.undone_at.ms == 0 && other.n != root.n)
        return err_set(err, ERR_NOT_FOUND, "that merge is about other people");
    return person_unmerge(tx, merge.id, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/people/{id}/merges", WRITE, post_merge, PERSON_WRITE, BODY(merge_draft),
          MADE(person_merge), "Makes two people one, with the face of this one; it can be undone."),
    ROUTE(GET, "/api/v1/people/{id}/merges", READ, get_merges, PERSON_READ, NOTHING,
          MANY(person_merge), "Lists with whom a person was made one, undone or not."),
    ROUTE(DELETE, "/api/v1/people/{id}/merges/{merge}", WRITE, delete_merge, PERSON_WRITE, NOTHING,
          NOTHING, "Undoes a merge, whatever came after it; twice is once."),
};
const struct routes merge_routes = ROUTES(rows);
