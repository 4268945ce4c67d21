#include "relocate.h"

#include "../messages/messages.h"

enum { TOUCHED_MAX = 64 }; /* cases of one move */

const char *const item_kind_names[] = { "message", "note", "conversation", NULL };

static const struct field item_fields[] = {
    FIELD(move_item, item_id),
    FIELD(move_item, case_id),
    FIELD(move_item, from_place),
    FIELD(move_item, conversation_id),
    FIELD(move_item, direction, .names = direction_names),
    FIELD(move_item, is_auto),
    FIELD(move_item, at),
    FIELD(move_item, moved),
    FIELD(move_item, subject),
    FIELD(move_item, text),
    { 0 },
};

/* Of each kind: how it is found, and how it is put. */
static const struct {
    enum sql find, put;
} kinds[] = {
    [ITEM_MESSAGE] = { SQL_MOVE_MESSAGE,      SQL_MOVE_PUT_MESSAGE      },
    [ITEM_NOTE] = { SQL_MOVE_NOTE,         SQL_MOVE_PUT_NOTE         },
    [ITEM_CONVERSATION] = { SQL_MOVE_CONVERSATION, SQL_MOVE_PUT_CONVERSATION },
};

bool move_item_read(struct tx *tx, enum item_kind kind, int64_t id, struct move_item *out,
                    struct err *err)
{
    struct move_item before = *out;

    *out = (struct move_item){ .kind = kind,
                               .to_place = before.to_place,
                               .came_from = before.came_from };
    return db_one(tx, kinds[kind].find, ARGS(arg_organisation(tx), arg_int(id)), item_fields, out,
                  err);
}

/* --- the cases that have a part in it ------------------------------------------------------ */

struct touched {
    struct cluster clusters[TOUCHED_MAX];
    size_t n;
};

static struct cluster *cluster_of(struct touched *touched, case_id place)
{
    for (size_t i = 0; i < touched->n; i++)
        if (cluster_find(&touched->clusters[i], place))
            return &touched->clusters[i];
    return NULL;
}

static bool touch(struct tx *tx, case_id place, struct touched *touched, struct err *err)
{
    struct cluster *cluster = &touched->clusters[touched->n];
    struct casefile root;

    if (cluster_of(touched, place))
        return true;
    if (touched->n == TOUCHED_MAX)
        return err_set(err, ERR_CONFLICT, "more than %d cases have a part in it", TOUCHED_MAX);
    if (!case_get(tx, place, &root, err) || !cluster_read(tx, &root, cluster, err) ||
        !cluster_note(tx, cluster, err))
        return false;
    touched->n++;
    return true;
}

/* --- who waits ----------------------------------------------------------------------------- */

/* Did somebody wait for an answer to it where it was? */
static bool was_waited_for(const struct move_item *item, const struct casefile *place,
                           const struct answered *answered)
{
    return item->kind == ITEM_MESSAGE && item->direction == DIRECTION_IN && !item->is_auto &&
           place->own_waiting.ms > 0 && item->at.ms >= place->own_waiting.ms &&
           (item->moved != 0 ? item->moved > answered->id
                             : item->item_id > answered->id && item->at.ms > answered->at.ms);
}

static bool is_heard(const struct move_item *item)
{
    return item->kind == ITEM_MESSAGE && item->direction == DIRECTION_IN && !item->is_auto;
}

/* Where it comes to, its customer waits as he did where it was. Looked at before anything moves. */
static bool bring_waiting(struct tx *tx, struct move_item *item, struct touched *touched,
                          struct err *err)
{
    struct cluster *from = cluster_of(touched, item->from_place),
                   *to = cluster_of(touched, item->to_place);
    struct casefile *old = cluster_find(from, item->from_place),
                    *new = cluster_find(to, item->to_place);
    struct answered answered;

    if (!is_heard(item))
        return true;
    if (!place_answered(tx, from->all[0].id, item->from_place, &answered, err))
        return false;
    to->all[0].heard_n += from != to;
    item->waits = was_waited_for(item, old, &answered);
    if (!item->waits)
        return true;
    new->own_waiting = earlier(new->own_waiting, item->at);
    new->own_status = case_next(new->own_status, THEY_WROTE);
    return true;
}

/* And where it was, he waits for what is left. */
static bool leave_waiting(struct tx *tx, const struct move_item *items, size_t n,
                          struct touched *touched, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct cluster *from = cluster_of(touched, items[i].from_place);
        struct casefile *old = cluster_find(from, items[i].from_place);

        if (is_heard(&items[i]) && old->own_waiting.ms > 0 &&
            !place_waits(tx, from->all[0].id, old->id, 0, old->own_waiting, &old->own_waiting, err))
            return false;
    }
    return true;
}

/* Whom nobody waited for before a move waits only for what came since; and what only that move
 * opened again is as it was. */
static bool be_as_before(struct tx *tx, const struct place_state *was, struct touched *touched,
                         struct err *err)
{
    const struct cluster *cluster = cluster_of(touched, was->place);
    struct casefile *c = cluster_find(cluster, was->place);

    if (was->waiting.ms == 0 && c->own_waiting.ms > 0 &&
        !place_waits(tx, cluster->all[0].id, was->place, was->since, c->own_waiting,
                     &c->own_waiting, err))
        return false;
    if (c->own_waiting.ms == 0 && c->own_status == CASE_OPEN)
        c->own_status = was->status;
    return true;
}

/* --- all of it ----------------------------------------------------------------------------- */

static bool put(struct tx *tx, const struct move_item *item, struct touched *touched,
                struct err *err)
{
    case_id root = cluster_of(touched, item->to_place)->all[0].id;
    case_id place = item->to_place.n != root.n ? item->to_place : (case_id){ 0 };

    struct args args =
        ARGS(arg_organisation(tx), arg_int(item->item_id), arg_id(root), arg_id(place));

    return db_run(tx, kinds[item->kind].put, args, err) &&
           (item->kind != ITEM_MESSAGE || (db_run(tx, SQL_PROMISE_FOLLOW_MESSAGE, args, err) &&
                                           db_run(tx, SQL_TASK_FOLLOW_MESSAGE, args, err)));
}

bool place_state(struct tx *tx, case_id place, struct place_state *out, struct err *err)
{
    struct touched *touched = NEW(tx->mem, struct touched);
    const struct casefile *c;

    if (!touch(tx, place, touched, err))
        return false;
    c = cluster_find(&touched->clusters[0], place);
    *out =
        (struct place_state){ .place = place, .status = c->own_status, .waiting = c->own_waiting };
    return true;
}

bool relocate(struct tx *tx, struct move_item *items, size_t n, const struct place_state *was,
              struct list *out, struct err *err)
{
    struct touched *touched = NEW(tx->mem, struct touched);
    struct casefile *cases;

    if (was && !touch(tx, was->place, touched, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!touch(tx, items[i].from_place, touched, err) ||
            !touch(tx, items[i].to_place, touched, err))
            return false;
    for (size_t i = 0; i < n; i++)
        if (!bring_waiting(tx, &items[i], touched, err))
            return false;
    for (size_t i = 0; i < n; i++)
        if (!put(tx, &items[i], touched, err))
            return false;
    if (!leave_waiting(tx, items, n, touched, err) || (was && !be_as_before(tx, was, touched, err)))
        return false;
    cases = NEW_ARRAY(tx->mem, struct casefile, touched->n + 1);
    for (size_t i = 0; i < touched->n; i++) {
        struct cluster *cluster = &touched->clusters[i];

        if (!cluster_write(tx, cluster, cluster->all[0].version + 1, err))
            return false;
        cases[i] = cluster->all[0];
    }
    *out = (struct list){ cases, touched->n };
    return true;
}
