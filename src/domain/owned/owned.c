#include "owned.h"

#include "../../store/events.h"

bool owned_may_share(struct tx *tx, const struct owned_kind *kind, struct err *err)
{
    int64_t n;

    /* Two that are shared at the same moment wait for each other. */
    if (!db_run(tx, SQL_ORGANISATION_LOCK, ARGS(arg_organisation(tx)), err) ||
        !db_number(tx, kind->count_shared, ARGS(arg_organisation(tx)), &n, err))
        return false;
    return n < kind->shared_max ||
           err_set(err, ERR_CONFLICT, "there are %lld shared %ss: remove one first",
                   (long long)kind->shared_max, kind->noun);
}

bool owned_may_add(struct tx *tx, const struct owned_kind *kind, bool is_shared, struct err *err)
{
    int64_t n;

    if (!db_number(tx, kind->count_own, ARGS(arg_organisation(tx), arg_id_number(tx->actor.id)), &n,
                   err))
        return false;
    if (n >= kind->own_max)
        return err_set(err, ERR_CONFLICT, "you have %lld %ss: remove one first",
                       (long long)kind->own_max, kind->noun);
    return !is_shared || owned_may_share(tx, kind, err);
}

bool owned_tell(struct tx *tx, const struct owned_kind *kind, const char *what, int64_t id,
                bool is_shared, struct err *err)
{
    if (!is_shared)
        return true;
    return event_add(tx,
                     &(struct event){ .kind = arena_printf(tx->mem, "%s.%s", kind->noun, what),
                                      .about = arena_text(tx->mem, id_text(kind->prefix, id).s) },
                     err);
}

bool owned_was_changed(const struct owned_kind *kind, int64_t rows, struct err *err)
{
    return rows == 1 ||
           err_set(err, ERR_CHANGED, "somebody changed this %s a moment ago", kind->noun);
}

bool owned_may_change(const struct request *rq, user_id owner, struct err *err)
{
    return owner.n == rq->caller.user_id.n || has_right(rq->caller.rights, ORGANISATION_WRITE) ||
           err_set(err, ERR_DENIED, "it belongs to a colleague: make one of your own");
}
