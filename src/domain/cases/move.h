/* move.h — messages and notes of a case are put into another one, or become one of their own.
 *
 * A ledger: each thing is where its newest move brought it that isn't undone, else where its first
 * one came from. So moves are undone in any order, for ever. A conversation goes along when its
 * newest message does: later answers follow. Works inside the caller's transaction and
 * organisation.
 */
#pragma once

#include "cases.h"

enum { MOVED_MAX = 200 };

struct case_move {
    case_move_id id;
    unsigned kind; /* enum case_move_kind */
    case_id from_case_id, to_case_id;
    int64_t messages_n, notes_n;
    instant at;
    unsigned actor_kind;
    int64_t actor_id;
    user_id user_id;
    instant undone_at;
    user_id undone_by;
    unsigned to_status; /* what the case that they came to was by itself before; not in a reply */
    instant to_waiting;
};
enum case_move_kind { MOVE_SPLIT, MOVE_TO };
extern const char *const case_move_kind_names[];
extern const struct field case_move_fields[];

/* What is picked: ids as texts, all of one case. */
struct case_picks {
    struct list messages, notes;
};

/* Puts them into another case (`to` as case_get gives it). *from is as it is then. ERR_INVALID when
 * one of them isn't in it, or nothing would be left of it. */
MUST_CHECK bool case_move_to(struct tx *tx, const struct case_picks *picks, struct casefile *from,
                             const struct casefile *to, struct case_move *out, struct err *err);
/* Makes a case of its own of them; title NULL or blank: what the first of them says. */
MUST_CHECK bool case_split(struct tx *tx, const struct case_picks *picks, const char *title,
                           struct casefile *from, struct case_move *out, struct err *err);
/* Takes a move back; *c, which must have had a part in it, is as it is then. ERR_GONE when it was
 * taken back before. */
MUST_CHECK bool case_move_undo(struct tx *tx, case_move_id id, struct casefile *c,
                               struct case_move *out, struct err *err);
