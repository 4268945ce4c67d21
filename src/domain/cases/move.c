#include "move.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../conversations/conversations.h"
#include "relocate.h"
#include "titles.h"

#include <string.h>

const char *const case_move_kind_names[] = { "split", "move", NULL };

const struct field case_move_fields[] = {
    FIELD(case_move, id, .flags = REQUIRED, .doc = "What undoes it"),
    FIELD(case_move, kind, .names = case_move_kind_names),
    FIELD(case_move, from_case_id, .flags = REQUIRED),
    FIELD(case_move, to_case_id, .flags = REQUIRED),
    FIELD(case_move, messages_n),
    FIELD(case_move, notes_n),
    FIELD(case_move, at, .flags = REQUIRED),
    FIELD(case_move, actor_kind, .names = actor_kind_names),
    FIELD(case_move, actor_id, .flags = SECRET),
    FIELD(case_move, user_id),
    FIELD(case_move, undone_at),
    FIELD(case_move, undone_by),
    FIELD(case_move, to_status, .flags = SECRET, .names = case_status_names),
    FIELD(case_move, to_waiting, .flags = SECRET),
    { 0 },
};

/* --- what is picked ------------------------------------------------------------------------ */

struct picked {
    struct move_item *items;
    size_t n, cap;
};

static bool has_item(const struct picked *picked, int64_t id)
{
    for (size_t i = 0; i < picked->n; i++)
        if (picked->items[i].item_id == id)
            return true;
    return false;
}

static bool pick(struct tx *tx, const struct list *texts, const char *field, const char *prefix,
                 enum item_kind kind, const struct casefile *from, struct picked *out,
                 struct err *err)
{
    for (size_t i = 0; i < texts->n; i++) {
        const char *text = ((const char *const *)texts->items)[i];
        const char *pointer = arena_printf(tx->mem, "/%s/%zu", field, i);
        struct move_item *item = &out->items[out->n];
        int64_t id;

        if (!id_read(prefix, text, strlen(text), &id))
            return err_field(err, pointer, "must be an id like %s_…", prefix);
        if (has_item(out, id))
            continue;
        if (!move_item_read(tx, kind, id, item, err))
            return false;
        if (item->case_id.n != from->id.n)
            return err_field(err, pointer, "stands in another case");
        out->n++;
    }
    return true;
}

/* A conversation goes along when its newest message does. */
static bool pick_conversations(struct tx *tx, struct picked *out, struct err *err)
{
    size_t messages_n = out->n;

    for (size_t i = 0; i < messages_n; i++) {
        conversation_id id = out->items[i].conversation_id;
        int64_t newest;

        if (out->items[i].kind != ITEM_MESSAGE || has_item(out, id.n))
            continue;
        if (!db_number(tx, SQL_MOVE_NEWEST, ARGS(arg_organisation(tx), arg_id(id)), &newest, err))
            return false;
        if (newest != out->items[i].item_id)
            continue;
        if (!move_item_read(tx, ITEM_CONVERSATION, id.n, &out->items[out->n], err))
            return false;
        out->n++;
    }
    return true;
}

static size_t count(const struct picked *picked, enum item_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < picked->n; i++)
        n += picked->items[i].kind == (unsigned)kind;
    return n;
}

static bool pick_all(struct tx *tx, const struct case_picks *picks, const struct casefile *from,
                     struct picked *out, struct err *err)
{
    out->cap = 2 * picks->messages.n + picks->notes.n + 1;
    out->items = NEW_ARRAY(tx->mem, struct move_item, out->cap);
    if (!pick(tx, &picks->messages, "messages", "msg", ITEM_MESSAGE, from, out, err) ||
        !pick(tx, &picks->notes, "notes", "not", ITEM_NOTE, from, out, err) ||
        !pick_conversations(tx, out, err))
        return false;
    if (out->n == 0)
        return err_field(err, "messages", "say what is to be moved");
    if ((int64_t)count(out, ITEM_MESSAGE) >= from->messages_n)
        return err_field(err, "messages", "that is all of the case: merge it instead");
    return true;
}

/* --- history ------------------------------------------------------------------------------- */

/* What an event says of a move. */
struct move_told {
    case_move_id move;
    const char *kind;
    case_id from, to;
    const char *from_reference, *to_reference;
    int64_t messages, notes;
};

static const struct field move_told_fields[] = {
    FIELD(move_told, move),     FIELD(move_told, kind),           FIELD(move_told, from),
    FIELD(move_told, to),       FIELD(move_told, from_reference), FIELD(move_told, to_reference),
    FIELD(move_told, messages), FIELD(move_told, notes),          { 0 },
};

/* In the history of both. */
static bool tell(struct tx *tx, const char *kind, const struct case_move *move,
                 const struct casefile *from, const struct casefile *to, struct err *err)
{
    const struct casefile *in[] = { from, to }, *other[] = { to, from };
    CLEANUP(buf_free) struct buf json = BUF(4096);
    struct move_told told = { move->id,         case_move_kind_names[move->kind],
                              from->id,         to->id,
                              from->reference,  to->reference,
                              move->messages_n, move->notes_n };
    const char *data;

    json_write(&json, move_told_fields, &told);
    data = arena_text(tx->mem, buf_str(&json));
    for (size_t i = 0; i < COUNT(in); i++)
        if (!event_add(
                tx,
                &(struct event){ .kind = kind,
                                 .case_id = in[i]->id,
                                 .about = arena_text(tx->mem, id_text("cas", other[i]->id.n).s),
                                 .data = { data } },
                err))
            return false;
    return true;
}

/* The one that is there now in the place of an earlier reading. */
static void read_again(const struct list *cases, struct casefile *c)
{
    const struct casefile *rows = cases->items;

    for (size_t i = 0; i < cases->n; i++)
        if (rows[i].id.n == c->id.n)
            *c = rows[i];
}

/* --- moving -------------------------------------------------------------------------------- */

static bool write_ledger(struct tx *tx, const struct case_move *move, const struct picked *picked,
                         struct err *err)
{
    if (!db_run(tx, SQL_MOVE_ADD,
                ARGS(arg_organisation(tx), arg_id(move->id),
                     arg_text(case_move_kind_names[move->kind]), arg_id(move->to_case_id),
                     arg_time(move->at), arg_text(actor_kind_names[move->actor_kind]),
                     arg_int(move->actor_id), arg_text(case_status_names[move->to_status]),
                     arg_time(move->to_waiting)),
                err))
        return false;
    for (size_t i = 0; i < picked->n; i++)
        if (!db_run(tx, SQL_MOVE_ADD_ITEM,
                    ARGS(arg_organisation(tx), arg_int(picked->items[i].item_id), arg_id(move->id),
                         arg_text(item_kind_names[picked->items[i].kind]),
                         arg_id(picked->items[i].from_place), arg_bool(picked->items[i].waits)),
                    err))
            return false;
    return true;
}

static bool move(struct tx *tx, enum case_move_kind kind, struct picked *picked,
                 struct casefile *from, struct casefile *to, struct case_move *out, struct err *err)
{
    struct place_state there;
    struct list cases;

    if (!place_state(tx, to->place, &there, err))
        return false;
    for (size_t i = 0; i < picked->n; i++)
        picked->items[i].to_place = to->place;
    *out = (struct case_move){ .id = { id_new() },
                               .kind = kind,
                               .from_case_id = from->id,
                               .to_case_id = to->place,
                               .messages_n = (int64_t)count(picked, ITEM_MESSAGE),
                               .notes_n = (int64_t)count(picked, ITEM_NOTE),
                               .at = tx->now,
                               .actor_kind = tx->actor.kind,
                               .actor_id = tx->actor.id,
                               .user_id = { tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 },
                               .to_status = there.status,
                               .to_waiting = there.waiting };
    if (!relocate(tx, picked->items, picked->n, NULL, &cases, err) ||
        !write_ledger(tx, out, picked, err))
        return false;
    read_again(&cases, from);
    read_again(&cases, to);
    return tell(tx, kind == MOVE_SPLIT ? "case.split" : "case.moved", out, from, to, err);
}

bool case_move_to(struct tx *tx, const struct case_picks *picks, struct casefile *from,
                  const struct casefile *to, struct case_move *out, struct err *err)
{
    struct casefile there = *to;
    struct picked picked = { 0 };

    if (to->id.n == from->id.n)
        return err_field(err, "to", "is the case that they stand in");
    return pick_all(tx, picks, from, &picked, err) &&
           move(tx, MOVE_TO, &picked, from, &there, out, err);
}

/* What a new case is called: what its first message is about, or says. */
static const char *title_of(const struct move_item *first, const char *title)
{
    if (!text_is_blank(title))
        return title;
    if (!text_is_blank(first->subject))
        return first->subject;
    return text_is_blank(first->text) ? "…" : first->text;
}

bool case_split(struct tx *tx, const struct case_picks *picks, const char *title,
                struct casefile *from, struct case_move *out, struct err *err)
{
    struct conversation conversation;
    struct picked picked = { 0 };
    const struct move_item *first;
    struct casefile to;

    if (!pick_all(tx, picks, from, &picked, err))
        return false;
    first = &picked.items[0];
    for (size_t i = 1; i < picked.n; i++)
        if (picked.items[i].kind == ITEM_MESSAGE && picked.items[i].item_id < first->item_id)
            first = &picked.items[i];
    if (first->kind != ITEM_MESSAGE)
        return err_field(err, "messages", "a case begins with a message");
    if (!conversation_get(tx, first->conversation_id, &conversation, err))
        return false;
    to = (struct casefile){ .title = title_of(first, title),
                            .status = from->status,
                            .person_id = conversation.person_id,
                            .channel_id = conversation.channel_id,
                            .team_id = from->team_id,
                            .assignee_id = from->assignee_id,
                            .opened_at = first->at };
    return case_open(tx, &to, err) && case_get(tx, to.id, &to, err) &&
           (text_is_blank(title) || case_title_index(tx, to.id, to.title, err)) &&
           move(tx, MOVE_SPLIT, &picked, from, &to, out, err);
}

/* --- back ---------------------------------------------------------------------------------- */

static const struct field back_fields[] = {
    FIELD(move_item, item_id),
    FIELD(move_item, kind, .names = item_kind_names),
    FIELD(move_item, came_from),
    FIELD(move_item, to_place),
    { 0 },
};

static const struct field later_fields[] = {
    FIELD(move_item, item_id),
    { 0 },
};

/* What came in a conversation since, with it. */
static bool add_later(struct tx *tx, case_move_id id, const struct move_item *conversation,
                      struct picked *out, struct err *err)
{
    struct move_item *rows, *all;
    struct list later;

    if (!db_all(tx, SQL_MOVE_CAME_LATER,
                ARGS(arg_organisation(tx), arg_int(conversation->item_id), arg_id(id),
                     arg_id(conversation->from_place)),
                later_fields, sizeof(struct move_item), &later, err))
        return false;
    rows = later.items;
    all = NEW_ARRAY(tx->mem, struct move_item, out->n + later.n + 1);
    memcpy(all, out->items, out->n * sizeof(all[0]));
    for (size_t i = 0; i < later.n; i++) {
        if (!move_item_read(tx, ITEM_MESSAGE, rows[i].item_id, &rows[i], err))
            return false;
        rows[i].to_place = conversation->to_place;
        all[out->n++] = rows[i];
    }
    out->items = all;
    return true;
}

/* What isn't where it belongs by now, and everything that belongs with it. */
static bool gather_back(struct tx *tx, case_move_id id, struct case_move *move, struct picked *out,
                        struct err *err)
{
    struct move_item *rows;
    struct list list;

    if (!db_all(tx, SQL_MOVE_ITEMS, ARGS(arg_organisation(tx), arg_id(id)), back_fields,
                sizeof(struct move_item), &list, err))
        return false;
    rows = list.items;
    out->items = NEW_ARRAY(tx->mem, struct move_item, list.n + 1);
    for (size_t i = 0; i < list.n; i++) {
        move->from_case_id = rows[i].came_from;
        move->messages_n += rows[i].kind == ITEM_MESSAGE;
        move->notes_n += rows[i].kind == ITEM_NOTE;
        if (!move_item_read(tx, (enum item_kind)rows[i].kind, rows[i].item_id, &rows[i], err))
            return false;
        if (rows[i].from_place.n != rows[i].to_place.n)
            out->items[out->n++] = rows[i];
    }
    for (size_t i = 0; i < list.n; i++)
        if (rows[i].kind == ITEM_CONVERSATION && rows[i].from_place.n != rows[i].to_place.n &&
            !add_later(tx, id, &rows[i], out, err))
            return false;
    return true;
}

static bool had_a_part(const struct case_move *move, const struct casefile *from,
                       const struct casefile *to, const struct casefile *c)
{
    return from->id.n == c->id.n || to->id.n == c->id.n || move->to_case_id.n == c->place.n;
}

/* Did a later move bring something there, too? Then the case was that before this one. */
static bool inherit(struct tx *tx, const struct case_move *move, bool *is_last, struct err *err)
{
    int64_t rows = 0;
    bool ok =
        db_change(tx, SQL_MOVE_INHERIT,
                  ARGS(arg_organisation(tx), arg_id(move->to_case_id), arg_id(move->id),
                       arg_text(case_status_names[move->to_status]), arg_time(move->to_waiting)),
                  &rows, err);

    *is_last = rows == 0;
    return ok;
}

bool case_move_undo(struct tx *tx, case_move_id id, struct casefile *c, struct case_move *out,
                    struct err *err)
{
    user_id user = { tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 };
    struct picked picked = { 0 };
    struct casefile from, to;
    struct list cases;
    struct place_state was;
    int64_t rows;
    bool is_last;

    *out = (struct case_move){ 0 };
    if (!db_one(tx, SQL_MOVE_GET, ARGS(arg_organisation(tx), arg_id(id)), case_move_fields, out,
                err) ||
        !db_change(tx, SQL_MOVE_UNDO,
                   ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now), arg_id(user)), &rows,
                   err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_GONE, "this move was undone before");
    out->undone_at = tx->now;
    out->undone_by = user;
    was = (struct place_state){ out->to_case_id, out->to_status, out->to_waiting, id.n };
    if (!gather_back(tx, id, out, &picked, err) || !case_get(tx, out->from_case_id, &from, err) ||
        !case_get(tx, out->to_case_id, &to, err))
        return false;
    if (!had_a_part(out, &from, &to, c))
        return err_set(err, ERR_NOT_FOUND, "this case had no part in that move");
    if (!inherit(tx, out, &is_last, err) ||
        !relocate(tx, picked.items, picked.n, is_last ? &was : NULL, &cases, err))
        return false;
    read_again(&cases, &from);
    read_again(&cases, &to);
    read_again(&cases, c);
    return tell(tx, "case.move_undone", out, &from, &to, err);
}
