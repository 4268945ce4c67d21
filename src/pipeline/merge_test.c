/* Cases that become one and come apart again, and messages that are moved, at random: held against
 * a model that knows only pointers and a ledger. */
#include "pipeline.h"

#include "desk.h"
#include "differs.h"

#include "../domain/cases/merge.h"
#include "../domain/cases/move.h"

#include <stdlib.h>

enum {
    CASES = 6,
    CASES_MAX = 40, /* with those that splits make */
    MESSAGES_MAX = 200,
    ITEMS_MAX = 4,
    STEPS = 30,
};

/* --- the model ----------------------------------------------------------------------------- */

struct model_message {
    int64_t id, conversation;
    size_t home; /* where it came in */
};

struct model_merge {
    case_merge_id id;
    size_t loser;
    bool is_undone;
};

struct model_move {
    case_move_id id;
    int64_t items[ITEMS_MAX * 2]; /* messages, and conversations that go along */
    size_t from[ITEMS_MAX * 2];
    size_t n, to;
    bool is_undone;
};

struct model {
    case_id cases[CASES_MAX];
    int into[CASES_MAX]; /* -1: it stands for itself */
    size_t cases_n;
    struct model_message messages[MESSAGES_MAX];
    size_t messages_n;
    struct {
        int64_t id;
        size_t home;
    } conversations[CASES];
    struct model_merge merges[STEPS];
    size_t merges_n;
    struct model_move moves[STEPS];
    size_t moves_n;
    uint32_t seed;
};

static size_t draw(struct model *model, size_t n)
{
    model->seed = model->seed * 1664525u + 1013904223u;
    return (model->seed >> 8) % n;
}

static size_t root_of(const struct model *model, size_t c)
{
    while (model->into[c] >= 0)
        c = (size_t)model->into[c];
    return c;
}

/* By the ledger alone. */
static size_t place_of(const struct model *model, int64_t item, size_t home)
{
    for (size_t i = model->moves_n; i > 0; i--) {
        const struct model_move *move = &model->moves[i - 1];
        for (size_t k = 0; k < move->n && !move->is_undone; k++)
            if (move->items[k] == item)
                return move->to;
    }
    return home;
}

static bool was_moved(const struct model *model, int64_t item)
{
    for (size_t i = 0; i < model->moves_n; i++)
        for (size_t k = 0; k < model->moves[i].n; k++)
            if (model->moves[i].items[k] == item)
                return true;
    return false;
}

static size_t index_of(const struct model *model, int64_t id)
{
    for (size_t i = 0; i < model->cases_n; i++)
        if (model->cases[i].n == id)
            return i;
    return CASES_MAX;
}

/* --- what there is ------------------------------------------------------------------------- */

static bool take_message(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    struct model *model = arg;
    struct model_message *message = &model->messages[model->messages_n];

    (void)columns, (void)n, (void)err;
    for (size_t i = 0; i < model->messages_n; i++)
        if (model->messages[i].id == cells[0].i)
            return true;
    *message = (struct model_message){ cells[0].i, cells[1].i, index_of(model, cells[2].i) };
    for (size_t i = 0; i < CASES; i++)
        if (model->conversations[i].id == 0 ||
            model->conversations[i].id == message->conversation) {
            if (model->conversations[i].id == 0)
                model->conversations[i].home = message->home;
            model->conversations[i].id = message->conversation;
            break;
        }
    model->messages_n++;
    return true;
}

/* Those that aren't known yet, at the place where they came in. */
static bool learn_messages(struct tx *tx, void *model, struct err *err)
{
    return db_each(tx,
                   "SELECT id, conversation_id, COALESCE(place_case_id, case_id) FROM messages"
                   " ORDER BY id",
                   NO_ARGS, take_message, model, err);
}

struct comparing {
    const struct model *model;
    size_t counts[CASES_MAX];
    const char *wrong;
};

static bool compare_message(void *arg, const char *const *columns, const struct cell *cells,
                            size_t n, struct err *err)
{
    struct comparing *comparing = arg;
    const struct model *model = comparing->model;

    (void)columns, (void)n, (void)err;
    for (size_t i = 0; i < model->messages_n; i++) {
        const struct model_message *message = &model->messages[i];
        size_t place = place_of(model, message->id, message->home);

        if (message->id != cells[0].i)
            continue;
        if (cells[1].i != model->cases[root_of(model, place)].n)
            comparing->wrong = "a message stands in the wrong case";
        if (cells[2].i != model->cases[place].n)
            comparing->wrong = "a message lives in the wrong place";
        comparing->counts[root_of(model, place)]++;
    }
    return true;
}

static bool compare_case(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    struct comparing *comparing = arg;
    size_t c = index_of(comparing->model, cells[0].i), root;

    (void)columns, (void)n, (void)err;
    root = root_of(comparing->model, c);
    if (cells[1].i != (root == c ? 0 : comparing->model->cases[root].n))
        comparing->wrong = "a case has the wrong root";
    if (cells[2].i != (int64_t)(root == c ? comparing->counts[c] : 0))
        comparing->wrong = "a case counts its messages wrongly";
    if (cells[3].i != 0 && root != c)
        comparing->wrong = "a case that was merged stands in the lists";
    return true;
}

static bool compare(struct tx *tx, void *arg, struct err *err)
{
    struct comparing *comparing = arg;
    static const char kinds[] = "message_without_case case_merged_badly message_out_of_place "
                                "case_with_other_count case_label_out_of_order "
                                "conversation_without_case case_with_other_name "
                                "message_without_conversation ";
    const char *kind;

    memset(comparing->counts, 0, sizeof(comparing->counts));
    if (!db_each(tx,
                 "SELECT id, case_id, COALESCE(place_case_id, case_id) FROM messages ORDER BY id",
                 NO_ARGS, compare_message, comparing, err) ||
        !db_each(tx,
                 "SELECT id, COALESCE(root_id, 0), messages_n, CASE WHEN is_active THEN 1 ELSE 0 "
                 "END FROM cases ORDER BY id",
                 NO_ARGS, compare_case, comparing, err))
        return false;
    if (!find_difference(tx, kinds, &kind, err))
        return false;
    if (kind)
        comparing->wrong = kind;
    return true;
}

static bool take_text(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                      struct err *err)
{
    struct buf *out = arg;

    (void)err;
    for (size_t i = 0; i < n; i++) {
        buf_printf(out, " %s=", columns[i]);
        if (cells[i].kind == CELL_INT)
            buf_int(out, cells[i].i);
        else if (cells[i].kind == CELL_TEXT)
            buf_add(out, cells[i].data, cells[i].len);
    }
    buf_char(out, '\n');
    return true;
}

/* All that is to be as it was; what splits made and lost again is nowhere to be seen. */
static bool dump(struct tx *tx, void *arg, struct err *err)
{
    /* In brackets: clang takes joined texts in a list for a forgotten comma. */
    static const char *const texts[] = {
        ("SELECT id, status, CASE WHEN is_active THEN 1 ELSE 0 END AS active, preview, messages_n,"
         " waiting_since, waiting_order, emotion, urgency, snoozed_until, root_id, merged_into,"
         " own_status FROM cases WHERE messages_n > 0 ORDER BY id"),
        "SELECT id, case_id, place_case_id FROM messages ORDER BY id",
        "SELECT id, case_id, place_case_id FROM conversations ORDER BY id",
        "SELECT id, case_id, place_case_id FROM notes ORDER BY id",
        ("SELECT label_id, case_id, CASE WHEN is_own THEN 1 ELSE 0 END AS own FROM case_labels"
         " ORDER BY label_id, case_id"),
    };
    struct buf *out = arg;

    buf_clear(out);
    for (size_t i = 0; i < COUNT(texts); i++)
        if (!db_each(tx, texts[i], NO_ARGS, take_text, out, err))
            return false;
    return true;
}

/* --- doing --------------------------------------------------------------------------------- */

enum act { MERGE, UNMERGE, MOVE, SPLIT, UNDO_MOVE };

struct doing {
    enum act act;
    case_id a, b;
    case_merge_id merge;
    case_move_id move;
    const char *texts[ITEMS_MAX];
    size_t n;
    struct case_merge merged;
    struct case_move moved;
};

static bool act(struct tx *tx, void *arg, struct err *err)
{
    struct doing *doing = arg;
    struct case_picks picks = {
        .messages = { doing->texts, doing->n }
    };
    struct casefile a, b;

    if (doing->act == UNMERGE)
        return case_unmerge(tx, doing->merge, &a, &doing->merged, err);
    if (!case_get(tx, doing->a, &a, err))
        return false;
    if (doing->act == UNDO_MOVE)
        return case_move_undo(tx, doing->move, &a, &doing->moved, err);
    if (doing->act == SPLIT)
        return case_split(tx, &picks, NULL, &a, &doing->moved, err);
    if (!case_get(tx, doing->b, &b, err))
        return false;
    return doing->act == MERGE ? case_merge(tx, &a, &b, NULL, &doing->merged, err)
                               : case_move_to(tx, &picks, &a, &b, &doing->moved, err);
}

static bool try_merge(struct world *w, struct model *model)
{
    size_t a = draw(model, model->cases_n), b = draw(model, model->cases_n);
    struct doing doing = { MERGE, .a = model->cases[a], .b = model->cases[b] };
    size_t loser = root_of(model, a), winner = root_of(model, b);

    if (loser == winner)
        return !world_write(w, act, &doing) && w->err.code == ERR_INVALID;
    if (!world_write(w, act, &doing))
        return false;
    model->into[loser] = (int)winner;
    model->merges[model->merges_n++] = (struct model_merge){ doing.merged.id, loser, false };
    return true;
}

static bool undo_merge(struct world *w, struct model_merge *merge, struct model *model)
{
    struct doing doing = { UNMERGE, .merge = merge->id };

    if (merge->is_undone)
        return !world_write(w, act, &doing) && w->err.code == ERR_GONE;
    merge->is_undone = true;
    model->into[merge->loser] = -1;
    return world_write(w, act, &doing);
}

/* Up to ITEMS_MAX messages of one case, but not all of it; how many. */
static size_t pick_some(struct world *w, struct model *model, size_t root, struct doing *doing,
                        struct model_move *move)
{
    size_t there = 0;

    for (size_t i = 0; i < model->messages_n; i++)
        there +=
            root_of(model, place_of(model, model->messages[i].id, model->messages[i].home)) == root;
    for (size_t i = 0; i < model->messages_n && move->n < ITEMS_MAX && move->n + 1 < there; i++) {
        const struct model_message *message = &model->messages[i];
        size_t place = place_of(model, message->id, message->home);

        if (root_of(model, place) != root || draw(model, 3) > 0)
            continue;
        move->from[move->n] = place;
        move->items[move->n++] = message->id;
        doing->texts[doing->n++] = arena_text(w->mem, id_text("msg", message->id).s);
    }
    return move->n;
}

/* A conversation goes along with its newest message. */
static void add_conversations(const struct model *model, struct model_move *move)
{
    size_t n = move->n;

    for (size_t c = 0; c < CASES; c++) {
        int64_t newest = 0, id = model->conversations[c].id;
        for (size_t i = 0; i < model->messages_n; i++)
            if (model->messages[i].conversation == id && model->messages[i].id > newest)
                newest = model->messages[i].id;
        for (size_t i = 0; i < n; i++)
            if (newest != 0 && move->items[i] == newest) {
                move->from[move->n] = place_of(model, id, model->conversations[c].home);
                move->items[move->n++] = id;
            }
    }
}

static bool try_move(struct world *w, struct model *model, bool is_split)
{
    size_t root = root_of(model, draw(model, model->cases_n)), to = draw(model, model->cases_n);
    struct doing doing = { is_split ? SPLIT : MOVE, .a = model->cases[root],
                           .b = model->cases[to] };
    struct model_move move = { .to = to };

    if (model->cases_n == CASES_MAX || pick_some(w, model, root, &doing, &move) == 0)
        return true;
    if (!is_split && root_of(model, to) == root)
        return !world_write(w, act, &doing) && w->err.code == ERR_INVALID;
    add_conversations(model, &move);
    if (!world_write(w, act, &doing))
        return false;
    if (is_split) {
        move.to = model->cases_n;
        model->into[model->cases_n] = -1;
        model->cases[model->cases_n++] = doing.moved.to_case_id;
    }
    move.id = doing.moved.id;
    model->moves[model->moves_n++] = move;
    return true;
}

/* What came later in a conversation that goes back goes with it. */
static void bring_later(struct model *model, size_t at, int64_t conversation, size_t was)
{
    size_t home = 0;

    for (size_t c = 0; c < CASES; c++)
        if (model->conversations[c].id == conversation)
            home = model->conversations[c].home;
    for (size_t i = 0; i < model->messages_n; i++) {
        struct model_message *message = &model->messages[i];
        if (message->conversation == conversation && message->id > model->moves[at].id.n &&
            !was_moved(model, message->id) && message->home == was)
            message->home = place_of(model, conversation, home);
    }
}

static bool undo_move(struct world *w, struct model *model, size_t at)
{
    struct model_move *move = &model->moves[at];
    struct doing doing = { UNDO_MOVE, .a = model->cases[move->to], .move = move->id };
    bool was_undone = move->is_undone;

    for (size_t k = 0; k < move->n && !was_undone; k++) {
        size_t was, is, home = CASES_MAX;
        for (size_t c = 0; c < CASES; c++)
            if (model->conversations[c].id == move->items[k])
                home = model->conversations[c].home;
        if (home == CASES_MAX)
            continue;
        was = place_of(model, move->items[k], home);
        move->is_undone = true;
        is = place_of(model, move->items[k], home);
        if (was != is)
            bring_later(model, at, move->items[k], was);
        move->is_undone = false;
    }
    move->is_undone = true;
    if (was_undone)
        return !world_write(w, act, &doing) && w->err.code == ERR_GONE;
    return world_write(w, act, &doing);
}

static bool step(struct world *w, struct model *model)
{
    switch (draw(model, 6)) {
    case 0:
    case 1:
        return try_merge(w, model);
    case 2:
        return model->merges_n == 0 ||
               undo_merge(w, &model->merges[draw(model, model->merges_n)], model);
    case 3:
        return try_move(w, model, false);
    case 4:
        return try_move(w, model, true);
    default:
        return model->moves_n == 0 || undo_move(w, model, draw(model, model->moves_n));
    }
}

/* --- the world of it ----------------------------------------------------------------------- */

static const char *const names[CASES] = { "anna", "bert", "cees", "dora", "els", "fien" };

/* Each writes twice or more; some were answered, one case is done, two have a label. */
static bool begin(struct api *api, struct model *model, const char **channel)
{
    struct world *w = api->w;
    const char *label, *path;

    *model = (struct model){ .seed = model->seed };
    *channel = add_channel(api);
    if (!*channel || api_call(api, POST, "/api/v1/labels", "{\"name\":\"Spoed\"}") != 201)
        return false;
    label = api_text(api, "id");
    for (size_t i = 0; i < CASES; i++) {
        const char *id;
        path = arrive(api, *channel, arena_printf(w->mem, "a%zu", i), names[i], "De kraan lekt");
        if (!path)
            return false;
        id = api_text(api, "case_id");
        if (!id_read("cas", id, strlen(id), &model->cases[i].n))
            return false;
        model->into[i] = -1;
        if (i % 3 == 1 && api_call(api, POST, arena_printf(w->mem, "%s/messages", path),
                                   "{\"text\":\"Wij komen morgen.\"}") != 201)
            return false;
        if (!arrive(api, *channel, arena_printf(w->mem, "b%zu", i), names[i], "En de deur klemt!"))
            return false;
        if (i % 3 == 2 && api_call(api, POST, arena_printf(w->mem, "%s/messages", path),
                                   "{\"text\":\"Dat is verholpen.\"}") != 201)
            return false;
        if (i == 5 && change(api, path, "{\"status\":\"done\"}") != 200)
            return false;
        if (i < 2 &&
            api_call(api, PUT, arena_printf(w->mem, "%s/labels/%s", path, label), NULL) != 204)
            return false;
    }
    model->cases_n = CASES;
    return world_read(w, learn_messages, model);
}

/* Steps drawn from a seed; what is wrong after one of them, NULL: nothing. */
static const char *play(struct api *api, struct model *model, const char *channel, bool arrives)
{
    for (int i = 0; i < STEPS; i++) {
        struct comparing comparing = { .model = model };

        if (!step(api->w, model))
            return arena_printf(api->w->mem, "step %d: %s", i, api->w->err.text);
        if (arrives && i % 3 == 0 &&
            (!arrive(api, channel, arena_printf(api->w->mem, "c%d", i), names[draw(model, CASES)],
                     "Nog steeds niets gehoord") ||
             !world_read(api->w, learn_messages, model)))
            return "nothing arrives";
        if (!world_read(api->w, compare, &comparing))
            return api->w->err.text;
        if (comparing.wrong)
            return arena_printf(api->w->mem, "step %d: %s", i, comparing.wrong);
    }
    return NULL;
}

TEST(cases_merge_split_and_come_apart_in_any_order_as_pointers_and_a_ledger_say)
{
    static const uint32_t seeds[] = { 1, 2, 3, 5, 8 };

    for (size_t i = 0; i < COUNT(seeds); i++) {
        WORLD(w);
        DESK(api, &w);
        struct model *model = NEW(w.mem, struct model);
        const char *channel, *wrong;

        model->seed = seeds[i];
        api_as(&api, ROLE_ADMIN);
        CHECK(begin(&api, model, &channel));
        wrong = play(&api, model, channel, true);
        if (wrong)
            test_fail(__FILE__, __LINE__, "seed %u: %s", seeds[i], wrong);
    }
}

/* In an order of its own. */
static bool undo_all(struct world *w, struct model *model)
{
    for (size_t i = 0; i < model->merges_n; i++) {
        size_t at = (i * 7 + 3) % model->merges_n;
        if (model->merges_n % 7 == 0)
            at = i;
        if (!model->merges[at].is_undone && !undo_merge(w, &model->merges[at], model))
            return false;
    }
    for (size_t i = 0; i < model->moves_n; i++)
        if (!model->moves[i].is_undone && !undo_move(w, model, i))
            return false;
    return true;
}

TEST(when_all_merges_and_moves_are_undone_everything_is_as_it_was)
{
    static const uint32_t seeds[] = { 11, 12, 13, 14, 15, 16 };

    for (size_t i = 0; i < COUNT(seeds); i++) {
        CLEANUP(buf_free) struct buf before = BUF(1 << 20), after = BUF(1 << 20);
        WORLD(w);
        DESK(api, &w);
        struct model *model = NEW(w.mem, struct model);
        const char *channel, *wrong;

        model->seed = seeds[i];
        api_as(&api, ROLE_ADMIN);
        CHECK(begin(&api, model, &channel));
        CHECK_OK(world_read(&w, dump, &before), &w.err);
        wrong = play(&api, model, channel, false);
        if (wrong)
            test_fail(__FILE__, __LINE__, "seed %u: %s", seeds[i], wrong);
        CHECK_OK(undo_all(&w, model), &w.err);
        CHECK_OK(world_read(&w, dump, &after), &w.err);
        CHECK_TEXT(buf_str(&after), buf_str(&before));
    }
}
