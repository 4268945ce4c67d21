/* outside.c — transactions of handlers that run outside of one, because they wait for something
 * slow: another server, or the hash of a password.
 */
#include "inside.h"

struct closure {
    struct exchange *ex;
    store_fn *fn;
    void *arg;
};

static struct scope scope_of(const struct request *rq)
{
    return (struct scope){ rq->mem, rq->caller.organisation_id, rq->caller.actor };
}

bool request_read(struct request *rq, store_fn *fn, void *arg, struct err *err)
{
    struct scope scope = scope_of(rq);

    return store_read(rq->store, &scope, fn, arg, err);
}

static bool run(struct tx *tx, void *arg, struct err *err)
{
    struct closure *closure = arg;
    struct exchange *ex = closure->ex;
    bool answered = false;

    reply_reset(ex);
    if (!ex->idempotency_key)
        return closure->fn(tx, closure->arg, err);
    return idempotency_begin(ex, tx, &answered, err) &&
           (answered || (closure->fn(tx, closure->arg, err) && idempotency_end(ex, tx, err)));
}

bool request_write(struct request *rq, store_fn *fn, void *arg, struct err *err)
{
    struct exchange *ex = (struct exchange *)rq; /* its first member */
    struct closure closure = { ex, fn, arg };
    struct scope scope = scope_of(rq);

    if (rq->caller.organisation_id.n != 0 && rq->route->method == POST)
        ex->idempotency_key = request_header(rq, "Idempotency-Key");
    return store_write(rq->store, &scope, run, &closure, err);
}
