#include "merge.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../drafts/drafts.h"
#include "cluster.h"

const struct field case_merge_fields[] = {
    FIELD(case_merge, id, .flags = REQUIRED, .doc = "What undoes it"),
    FIELD(case_merge, winner_id, .flags = REQUIRED),
    FIELD(case_merge, loser_id, .flags = REQUIRED,
          .doc = "Its id and reference lead to the winner as long as it isn't undone"),
    FIELD(case_merge, at, .flags = REQUIRED),
    FIELD(case_merge, actor_kind, .names = actor_kind_names),
    FIELD(case_merge, actor_id, .flags = SECRET),
    FIELD(case_merge, user_id),
    FIELD(case_merge, reasons, .doc = "Why they are one; null: a person knew"),
    FIELD(case_merge, undone_at),
    FIELD(case_merge, undone_by),
    { 0 },
};

/* What stands in a case. */
static const struct {
    enum sql take, give;
} things[] = {
    { SQL_CASE_MERGE_TAKE_MESSAGES,      SQL_CASE_MERGE_GIVE_MESSAGES      },
    { SQL_CASE_MERGE_TAKE_CONVERSATIONS, SQL_CASE_MERGE_GIVE_CONVERSATIONS },
    { SQL_CASE_MERGE_TAKE_NOTES,         SQL_CASE_MERGE_GIVE_NOTES         },
    { SQL_CASE_MERGE_TAKE_DRAFTS,        SQL_CASE_MERGE_GIVE_DRAFTS        },
    { SQL_PROMISE_TAKE_TO_CASE,          SQL_PROMISE_GIVE_TO_CASE          },
    { SQL_TASK_TAKE_TO_CASE,             SQL_TASK_GIVE_TO_CASE             },
};

static bool take_things(struct tx *tx, case_id from, case_id to, struct err *err)
{
    for (size_t i = 0; i < COUNT(things); i++)
        if (!db_run(tx, things[i].take, ARGS(arg_organisation(tx), arg_id(from), arg_id(to)), err))
            return false;
    return true;
}

static bool give_things(struct tx *tx, case_id from, case_id place, case_id to, struct err *err)
{
    for (size_t i = 0; i < COUNT(things); i++)
        if (!db_run(tx, things[i].give,
                    ARGS(arg_organisation(tx), arg_id(from), arg_id(place), arg_id(to)), err))
            return false;
    return true;
}

static bool gather_labels(struct tx *tx, const struct casefile *root, struct err *err)
{
    struct args args = ARGS(arg_organisation(tx), arg_id(root->id));

    return db_run(tx, SQL_CASE_MERGE_LABELS_FORGET, args, err) &&
           db_run(tx, SQL_CASE_MERGE_LABELS_GATHER, args, err) &&
           db_run(tx, SQL_CASE_LABELS_FOLLOW,
                  ARGS(arg_organisation(tx), arg_id(root->id), arg_bool(root->is_active),
                       arg_int(root->waiting_order)),
                  err);
}

/* --- history ------------------------------------------------------------------------------- */

/* What an event says of a merge. */
struct merge_told {
    case_merge_id merge;
    case_id winner, loser;
    const char *reference, *title; /* of the other one */
    struct json_text reasons;
};

static const struct field merge_told_fields[] = {
    FIELD(merge_told, merge),
    FIELD(merge_told, winner),
    FIELD(merge_told, loser),
    FIELD(merge_told, reference),
    FIELD(merge_told, title),
    FIELD(merge_told, reasons, .flags = OPTIONAL),
    { 0 },
};

static bool tell(struct tx *tx, const char *kind, const struct case_merge *merge, case_id in,
                 const struct casefile *other, struct err *err)
{
    CLEANUP(buf_free) struct buf json = BUF(64 * 1024);
    struct merge_told told = { merge->id,        merge->winner_id, merge->loser_id,
                               other->reference, other->title,     merge->reasons };

    json_write(&json, merge_told_fields, &told);
    return event_add(tx,
                     &(struct event){ .kind = kind,
                                      .case_id = in,
                                      .about = arena_text(tx->mem, id_text("cas", other->id.n).s),
                                      .data = { arena_text(tx->mem, buf_str(&json)) } },
                     err);
}

/* --- together ------------------------------------------------------------------------------ */

/* Both in one, the winner first. */
static bool join(struct tx *tx, const struct cluster *winner, const struct cluster *loser,
                 struct cluster *out, struct err *err)
{
    size_t n = winner->n + loser->n;

    if (n > CLUSTER_MAX)
        return err_set(err, ERR_CONFLICT, "more than %d cases can't be one", CLUSTER_MAX);
    out->n = 0;
    out->all = NEW_ARRAY(tx->mem, struct casefile, n);
    for (size_t i = 0; i < winner->n; i++)
        out->all[out->n++] = winner->all[i];
    for (size_t i = 0; i < loser->n; i++)
        out->all[out->n++] = loser->all[i];
    out->all[winner->n].merged_into = winner->all[0].id;
    return true;
}

/* The whole is put away only if both are, until the first of the two moments. */
static instant both_away(const struct casefile *a, const struct casefile *b)
{
    if (a->snoozed_until.ms == 0 || b->snoozed_until.ms == 0)
        return (instant){ 0 };
    return earlier(a->snoozed_until, b->snoozed_until);
}

static int64_t next_version(const struct casefile *a, const struct casefile *b)
{
    return (a->version > b->version ? a->version : b->version) + 1;
}

/* Without what came to its members: that is counted there. */
static int64_t own_heard(const struct cluster *cluster)
{
    int64_t n = cluster->all[0].heard_n;

    for (size_t i = 1; i < cluster->n; i++)
        n -= cluster->all[i].heard_n;
    return n > 0 ? n : 0;
}

bool case_merge(struct tx *tx, const struct casefile *loser, struct casefile *winner,
                const char *reasons, struct case_merge *out, struct err *err)
{
    struct cluster w, l, both;
    int64_t heard = winner->heard_n;

    if (loser->id.n == winner->id.n)
        return err_field(err, "into", "is this very case");
    *out = (struct case_merge){ .id = { id_new() },
                                .winner_id = winner->id,
                                .loser_id = loser->id,
                                .at = tx->now,
                                .actor_kind = tx->actor.kind,
                                .actor_id = tx->actor.id,
                                .user_id = { tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 },
                                .reasons = { reasons } };
    if (!cluster_read(tx, winner, &w, err) || !cluster_read(tx, loser, &l, err) ||
        !cluster_note(tx, &w, err) || !cluster_note(tx, &l, err))
        return false;
    l.all[0].heard_n = own_heard(&l);
    if (!join(tx, &w, &l, &both, err))
        return false;
    both.all[0].heard_n = heard + loser->heard_n;
    both.all[0].snoozed_until = both_away(winner, loser);
    if (!draft_follow(tx, loser->id, winner->id, err) ||
        !take_things(tx, loser->id, winner->id, err) ||
        !cluster_write(tx, &both, next_version(winner, loser), err) ||
        !gather_labels(tx, &both.all[0], err) ||
        !db_run(tx, SQL_CASE_MERGE_MARKS_JOIN,
                ARGS(arg_organisation(tx), arg_id(loser->id), arg_id(winner->id),
                     arg_int(loser->heard_n), arg_int(heard)),
                err))
        return false;
    *winner = both.all[0];
    return db_run(tx, SQL_CASE_MERGE_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_id(out->winner_id),
                       arg_id(out->loser_id), arg_time(out->at),
                       arg_text(actor_kind_names[out->actor_kind]), arg_int(out->actor_id),
                       arg_text(reasons)),
                  err) &&
           tell(tx, "case.merged", out, winner->id, loser, err);
}

/* --- apart --------------------------------------------------------------------------------- */

/* Is `c` the one that comes off, or was it merged into it? */
static bool comes_off(const struct cluster *whole, const struct casefile *c, case_id loser)
{
    for (size_t steps = 0; c && steps < whole->n; steps++) {
        if (c->id.n == loser.n)
            return true;
        c = c->merged_into.n != 0 ? cluster_find(whole, c->merged_into) : NULL;
    }
    return false;
}

/* The two that it falls into: what stays, and what comes off with the loser in front. */
static void part(struct arena *mem, const struct cluster *whole, case_id loser,
                 struct cluster *stay, struct cluster *off)
{
    stay->all = NEW_ARRAY(mem, struct casefile, whole->n);
    off->all = NEW_ARRAY(mem, struct casefile, whole->n);
    stay->n = 0;
    off->all[0] = *cluster_find(whole, loser);
    off->n = 1;
    for (size_t i = 0; i < whole->n; i++) {
        const struct casefile *c = &whole->all[i];

        if (c->id.n == loser.n)
            continue;
        if (comes_off(whole, c, loser))
            off->all[off->n++] = *c;
        else
            stay->all[stay->n++] = *c;
    }
}

/* Who had read all has read both; of the others nobody knows what they had seen of what came in
 * since. */
static bool part_marks(struct tx *tx, const struct cluster *stay, const struct cluster *off,
                       int64_t heard, bool has_news, struct err *err)
{
    const struct casefile *a = &stay->all[0], *b = &off->all[0];

    return db_run(tx, SQL_CASE_MERGE_MARKS_PART,
                  ARGS(arg_organisation(tx), arg_id(a->id), arg_id(b->id), arg_int(heard),
                       arg_int(b->heard_n)),
                  err) &&
           db_run(tx, SQL_CASE_MERGE_MARKS_STAY,
                  ARGS(arg_organisation(tx), arg_id(a->id), arg_int(heard), arg_int(a->heard_n),
                       arg_int(has_news ? a->heard_n - 1 : a->heard_n)),
                  err);
}

static bool take_apart(struct tx *tx, const struct cluster *whole, struct cluster *stay,
                       struct cluster *off, struct err *err)
{
    int64_t heard = whole->all[0].heard_n, version = whole->all[0].version + 1, off_heard = 0;
    bool has_news = false;

    for (size_t i = 0; i < off->n; i++) {
        off_heard += off->all[i].heard_n;
        if (!give_things(tx, whole->all[0].id, off->all[i].id, off->all[0].id, err))
            return false;
    }
    for (size_t i = 0; i < whole->n; i++)
        has_news |= whole->new_n[i] > 0 && cluster_find(stay, whole->all[i].id);
    off->all[0].heard_n = off_heard;
    off->all[0].root_id = (case_id){ 0 };
    stay->all[0].heard_n = heard > off_heard ? heard - off_heard : 0;
    if (off->all[0].snoozed_until.ms <= tx->now.ms)
        off->all[0].snoozed_until = (instant){ 0 };
    return cluster_write(tx, stay, version, err) && cluster_write(tx, off, version, err) &&
           gather_labels(tx, &stay->all[0], err) && gather_labels(tx, &off->all[0], err) &&
           part_marks(tx, stay, off, heard, has_news, err);
}

bool case_unmerge(struct tx *tx, case_merge_id id, struct casefile *winner, struct case_merge *out,
                  struct err *err)
{
    struct args args = ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now),
                            arg_id_number(tx->actor.kind == ACTOR_USER ? tx->actor.id : 0));
    struct cluster whole, stay, off;
    int64_t rows;

    *out = (struct case_merge){ 0 };
    if (!db_one(tx, SQL_CASE_MERGE_GET, ARGS(arg_organisation(tx), arg_id(id)), case_merge_fields,
                out, err) ||
        !db_change(tx, SQL_CASE_MERGE_UNDO, args, &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_GONE, "this merge was undone before");
    out->undone_at = tx->now;
    out->undone_by.n = tx->actor.kind == ACTOR_USER ? tx->actor.id : 0;
    if (!case_get(tx, out->loser_id, winner, err) || !cluster_read(tx, winner, &whole, err) ||
        !cluster_note(tx, &whole, err))
        return false;
    cluster_find(&whole, out->loser_id)->merged_into = (case_id){ 0 };
    part(tx->mem, &whole, out->loser_id, &stay, &off);
    if (!take_apart(tx, &whole, &stay, &off, err))
        return false;
    *winner = stay.all[0];
    return tell(tx, "case.unmerged", out, winner->id, &off.all[0], err) &&
           tell(tx, "case.unmerged", out, off.all[0].id, winner, err);
}
