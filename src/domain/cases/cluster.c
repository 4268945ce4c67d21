#include "cluster.h"

#include "../../base/text.h"
#include "../understanding/judge.h"

#include <string.h>

const struct field case_member_fields[] = {
    FIELD(case_member, id, .flags = REQUIRED),
    FIELD(case_member, reference, .flags = REQUIRED),
    FIELD(case_member, title, .flags = REQUIRED),
    FIELD(case_member, merge_id, .flags = REQUIRED, .doc = "What undoes it"),
    FIELD(case_member, at, .flags = REQUIRED),
    FIELD(case_member, actor_kind, .names = actor_kind_names),
    FIELD(case_member, user_id),
    FIELD(case_member, reasons, .doc = "Why they are one; null: a person knew"),
    { 0 },
};

bool case_members(struct tx *tx, case_id root, struct list *out, struct err *err)
{
    return db_all(tx, SQL_CASE_MEMBERS,
                  ARGS(arg_organisation(tx), arg_id(root), arg_int(CLUSTER_MAX)),
                  case_member_fields, sizeof(struct case_member), out, err);
}

instant earlier(instant a, instant b)
{
    if (a.ms == 0 || b.ms == 0)
        return a.ms == 0 ? b : a;
    return a.ms < b.ms ? a : b;
}

enum case_status cluster_status(enum case_status a, enum case_status b)
{
    /* Who waits for one of them waits for the whole; what is new of it was looked at already. */
    if (a == b)
        return a;
    if (a == CASE_DONE || b == CASE_DONE) {
        enum case_status other = a == CASE_DONE ? b : a;
        return other == CASE_NEW ? CASE_OPEN : other;
    }
    return CASE_OPEN;
}

/* --- reading ------------------------------------------------------------------------------- */

/* Of one that stands alone, its row says what it is by itself; but an empty one is only closed
 * because nothing is in it. */
static void know_itself(struct casefile *c)
{
    if (c->own_since != 0)
        return;
    c->own_status = c->status;
    c->own_waiting = c->waiting_since;
}

bool cluster_read(struct tx *tx, const struct casefile *root, struct cluster *out, struct err *err)
{
    struct list members;

    if (!db_all(tx, SQL_CLUSTER_MEMBERS,
                ARGS(arg_organisation(tx), arg_id(root->id), arg_int(CLUSTER_MAX)), casefile_fields,
                sizeof(struct casefile), &members, err))
        return false;
    if (members.n >= CLUSTER_MAX)
        return err_set(err, ERR_CONFLICT, "%d cases are one here already: no more can be added",
                       CLUSTER_MAX);
    out->n = 1 + members.n;
    out->all = NEW_ARRAY(tx->mem, struct casefile, out->n);
    out->new_n = NEW_ARRAY(tx->mem, int64_t, out->n);
    out->all[0] = *root;
    if (members.n > 0)
        memcpy(out->all + 1, members.items, members.n * sizeof(struct casefile));
    if (out->n == 1)
        know_itself(&out->all[0]);
    return true;
}

struct casefile *cluster_find(const struct cluster *cluster, case_id id)
{
    for (size_t i = 0; i < cluster->n; i++)
        if (cluster->all[i].id.n == id.n)
            return &cluster->all[i];
    return NULL;
}

/* --- what each would be by itself ---------------------------------------------------------- */

struct heard {
    int64_t n;
    instant first_at;
};

static const struct field heard_fields[] = {
    FIELD(heard, n),
    FIELD(heard, first_at),
    { 0 },
};

/* What came in for one of them since it was noted last. */
static bool note_new(struct tx *tx, const struct casefile *root, struct casefile *c, int64_t *n,
                     struct err *err)
{
    struct heard heard = { 0 };
    bool found, waits = root->waiting_since.ms > 0;

    if (!db_find(tx, SQL_CLUSTER_HEARD,
                 ARGS(arg_organisation(tx), arg_id(root->id), arg_id(c->id), arg_int(c->own_since),
                      arg_time(root->waiting_since)),
                 heard_fields, &heard, &found, err))
        return false;
    *n = heard.n;
    if (c->id.n != root->id.n)
        c->heard_n += heard.n;
    /* What was waited for before the whole case waits again was answered. */
    if (!waits || c->own_waiting.ms < root->waiting_since.ms)
        c->own_waiting = (instant){ 0 };
    if (waits && heard.first_at.ms > 0) {
        c->own_waiting = earlier(c->own_waiting, heard.first_at);
        c->own_status = case_next(c->own_status, THEY_WROTE);
    }
    return true;
}

bool cluster_note(struct tx *tx, struct cluster *cluster, struct err *err)
{
    struct casefile *root = &cluster->all[0];
    enum case_status status;
    instant waits = { 0 };

    if (cluster->n == 1)
        return true;
    for (size_t i = 0; i < cluster->n; i++)
        if (!note_new(tx, root, &cluster->all[i], &cluster->new_n[i], err))
            return false;
    status = root->own_status;
    for (size_t i = 1; i < cluster->n; i++)
        status = cluster_status(status, cluster->all[i].own_status);
    for (size_t i = 0; i < cluster->n; i++) {
        /* Of all of them; but what has nothing in it is only closed for that. */
        if (status != root->status && !root->is_emptied)
            cluster->all[i].own_status = root->status;
        cluster->all[i].own_since = id_new();
        waits = earlier(waits, cluster->all[i].own_waiting);
    }
    /* An answer that didn't get there makes the customer wait, and is no message of his. */
    if (waits.ms != root->waiting_since.ms)
        root->own_waiting = earlier(root->own_waiting, root->waiting_since);
    return true;
}

bool place_answered(struct tx *tx, case_id root, case_id place, struct answered *out,
                    struct err *err)
{
    static const struct field fields[] = {
        FIELD(answered, id),
        FIELD(answered, at),
        { 0 },
    };
    bool found;

    *out = (struct answered){ 0 };
    return db_find(tx, SQL_PLACE_ANSWERED, ARGS(arg_organisation(tx), arg_id(root), arg_id(place)),
                   fields, out, &found, err);
}

bool place_waits(struct tx *tx, case_id root, case_id place, int64_t after, instant since,
                 instant *out, struct err *err)
{
    struct answered answered;

    return place_answered(tx, root, place, &answered, err) &&
           db_number(tx, SQL_PLACE_WAITS,
                     ARGS(arg_organisation(tx), arg_id(root), arg_id(place),
                          arg_int(answered.id > after ? answered.id : after), arg_time(answered.at),
                          arg_time(since)),
                     &out->ms, err);
}

/* --- writing ------------------------------------------------------------------------------- */

struct newest {
    const char *text, *understood;
};

/* Its newest words, and how the customer felt when he last wrote. */
static bool look_again(struct tx *tx, struct casefile *c, struct err *err)
{
    static const struct field text_fields[] = { FIELD(newest, text), { 0 } },
                              mood_fields[] = { FIELD(newest, understood), { 0 } };
    struct args args = ARGS(arg_organisation(tx), arg_id(c->id));
    struct judgement judgement = { 0 };
    struct newest newest = { 0 };
    bool found;

    if (!db_find(tx, SQL_CLUSTER_NEWEST, args, text_fields, &newest, &found, err) ||
        (!found &&
         !db_find(tx, SQL_CLUSTER_NEWEST_AUTO, args, text_fields, &newest, &found, err)) ||
        !db_find(tx, SQL_CLUSTER_MOOD, args, mood_fields, &newest, &found, err) ||
        (found && !judgement_read(tx->mem, newest.understood, &judgement, err)) ||
        !db_number(tx, SQL_CLUSTER_MESSAGES_N, args, &c->messages_n, err) ||
        !db_number(tx, SQL_CLUSTER_LAST_MESSAGE_AT, args, &c->last_message_at.ms, err))
        return false;
    if (newest.text || c->channel_id.n != 0) /* what is only noted down shows its note */
        c->preview = text_preview(tx->mem, newest.text ? newest.text : "", CASE_PREVIEW_MAX);
    c->emotion = judgement.emotion;
    c->urgency = judgement.urgency;
    return true;
}

static bool save_row(struct tx *tx, struct casefile *c, int64_t version, struct err *err)
{
    bool is_noted = c->own_since != 0;
    int64_t rows;

    if (!db_change(tx, SQL_CLUSTER_SAVE,
                   ARGS(arg_organisation(tx), arg_id(c->id), arg_int(c->version),
                        arg_id(c->merged_into), arg_id(c->root_id),
                        arg_text(is_noted ? case_status_names[c->own_status] : NULL),
                        arg_time(is_noted ? c->own_waiting : (instant){ 0 }), arg_int(c->own_since),
                        arg_text(case_status_names[c->status]), arg_bool(c->is_active),
                        arg_text(c->preview), arg_int(c->messages_n), arg_time(c->done_at),
                        arg_time(c->updated_at), arg_time(c->waiting_since),
                        arg_int(c->waiting_order), arg_text(c->emotion), arg_text(c->urgency),
                        arg_int(c->heard_n), arg_time(c->snoozed_until), arg_int(version),
                        arg_time(c->last_message_at), arg_bool(c->is_emptied)),
                   &rows, err))
        return false;
    if (rows != 1)
        return err_set(err, ERR_CHANGED, "somebody changed this case a moment ago");
    c->version = version;
    return db_run(tx, SQL_CASE_LABELS_FOLLOW,
                  ARGS(arg_organisation(tx), arg_id(c->id), arg_bool(c->is_active),
                       arg_int(c->waiting_order)),
                  err);
}

/* Was everything moved away? What was only noted down, without a channel, never had a message. */
static bool is_emptied(const struct cluster *cluster)
{
    for (size_t i = 0; i < cluster->n; i++)
        if (cluster->all[i].channel_id.n == 0)
            return false;
    return cluster->all[0].messages_n == 0;
}

/* A case with nothing in it stands in no list; should something come back, it is as it was. */
static void close_empty(struct casefile *c)
{
    c->own_since = id_new();
    c->status = CASE_DONE;
}

static bool write_root(struct tx *tx, struct cluster *cluster, int64_t version, struct err *err)
{
    struct casefile *root = &cluster->all[0];

    root->root_id = root->merged_into = (case_id){ 0 };
    root->status = root->own_status;
    root->waiting_since = root->own_waiting;
    for (size_t i = 1; i < cluster->n; i++) {
        root->status = cluster_status(root->status, cluster->all[i].own_status);
        root->waiting_since = earlier(root->waiting_since, cluster->all[i].own_waiting);
    }
    root->own_since = cluster->n > 1 ? id_new() : 0;
    if (!look_again(tx, root, err))
        return false;
    root->is_emptied = is_emptied(cluster);
    if (root->is_emptied)
        close_empty(root);
    case_derive(tx, root);
    return save_row(tx, root, version, err);
}

bool cluster_write(struct tx *tx, struct cluster *cluster, int64_t version, struct err *err)
{
    if (!write_root(tx, cluster, version, err))
        return false;
    for (size_t i = 1; i < cluster->n; i++) {
        struct casefile *c = &cluster->all[i];

        c->root_id = cluster->all[0].id;
        c->own_since = id_new();
        c->status = c->own_status;
        c->waiting_since = c->own_waiting;
        c->messages_n = 0;
        c->last_message_at = (instant){ 0 };
        c->is_active = c->is_emptied = false;
        c->updated_at = tx->now;
        if (!save_row(tx, c, version, err))
            return false;
    }
    return true;
}
