#include "part.h"

#include "move.h"

/* What is split off has moved, and isn't found again; what nothing else is left beside stays, and
 * would be. */
enum { JOINED_MAX = 2000, ROUNDS_MAX = 50 };

struct joined {
    message_id id;
    case_id case_id;
};

static const struct field joined_fields[] = {
    FIELD(joined, id),
    FIELD(joined, case_id),
    { 0 },
};

/* Those of one case become a case of their own. */
static bool split(struct tx *tx, const struct joined *rows, size_t n, struct err *err)
{
    const char **ids = NEW_ARRAY(tx->mem, const char *, n);
    struct case_picks picks = {
        .messages = { ids, n }
    };
    struct casefile from;
    struct case_move move;

    for (size_t i = 0; i < n; i++)
        ids[i] = arena_text(tx->mem, id_text("msg", rows[i].id.n).s);
    if (!case_get(tx, rows[0].case_id, &from, err))
        return false;
    /* Nothing else is in it any more: then it stays with them. */
    return from.messages_n <= (int64_t)n || case_split(tx, &picks, NULL, &from, &move, err);
}

/* So many as are read at once; *is_more: there may be others. */
static bool take_some(struct tx *tx, merge_id since, person_id own, person_id other, bool *is_more,
                      struct err *err)
{
    const struct joined *rows;
    struct list found;
    size_t begin = 0;

    if (!db_all(tx, SQL_PART_JOINED,
                ARGS(arg_organisation(tx), arg_id(own), arg_id(other), arg_id(since),
                     arg_int(JOINED_MAX)),
                joined_fields, sizeof(struct joined), &found, err))
        return false;
    rows = found.items;
    *is_more = found.n == JOINED_MAX;
    for (size_t i = 1; i <= found.n; i++) {
        if (i < found.n && rows[i].case_id.n == rows[begin].case_id.n)
            continue;
        if (!split(tx, rows + begin, i - begin, err))
            return false;
        begin = i;
    }
    return true;
}

/* What came from people with the one face, out of the cases of those with the other. */
static bool take_out(struct tx *tx, merge_id since, person_id own, person_id other, struct err *err)
{
    bool is_more = true;

    for (int i = 0; i < ROUNDS_MAX && is_more; i++)
        if (!take_some(tx, since, own, other, &is_more, err))
            return false;
    return true;
}

static bool forget_proposals(struct tx *tx, person_id a, person_id b, struct err *err)
{
    return db_run(tx, SQL_PART_PROPOSALS, ARGS(arg_organisation(tx), arg_id(a), arg_id(b)), err);
}

bool cases_part(struct tx *tx, merge_id since, person_id a, person_id b, struct err *err)
{
    return take_out(tx, since, a, b, err) && take_out(tx, since, b, a, err) &&
           forget_proposals(tx, a, b, err) && forget_proposals(tx, b, a, err);
}
