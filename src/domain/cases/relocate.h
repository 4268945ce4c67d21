/* relocate.h — puts messages, notes and conversations from one place to another, and makes their
 * cases anew. For move.c alone.
 */
#pragma once

#include "cluster.h"

enum item_kind { ITEM_MESSAGE, ITEM_NOTE, ITEM_CONVERSATION };
extern const char *const item_kind_names[];

struct move_item {
    int64_t item_id;
    unsigned kind;
    case_id case_id;              /* the root that it stands in */
    case_id from_place, to_place; /* where it lives, and is to live */
    conversation_id conversation_id;
    unsigned direction; /* of a message; the rest, too */
    bool is_auto;
    instant at;
    int64_t moved; /* its newest move, if its customer waited for an answer then; -1: he didn't; 0:
                      it never was */
    bool waits;    /* he does, where it is found now: relocate() says so */
    const char *subject, *text;
    case_id came_from; /* of one that is being put back: where the move found it */
};

/* Reads where it stands now: all but to_place and came_from. ERR_NOT_FOUND when there is none. */
MUST_CHECK bool move_item_read(struct tx *tx, enum item_kind kind, int64_t id,
                               struct move_item *out, struct err *err);
/* A case by itself: as a move found it, which brought things there. */
struct place_state {
    case_id place;
    unsigned status;
    instant waiting;
    int64_t since; /* the move's id */
};

/* What it is now. */
MUST_CHECK bool place_state(struct tx *tx, case_id place, struct place_state *out, struct err *err);
/* Puts each of `items` to its to_place. The cases that they leave or come to count, wait and look
 * as what is in them says; they are in *out (by value, of struct casefile). `was` (NULL: nothing)
 * is what a case was before a move that is undone, so far as nothing happened to it since. */
MUST_CHECK bool relocate(struct tx *tx, struct move_item *items, size_t n,
                         const struct place_state *was, struct list *out, struct err *err);
