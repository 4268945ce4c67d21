/* idempotency.c — the same POST twice is once: the first answer is kept with what it did. */
#include "inside.h"

#include <string.h>

enum { KEY_MAX = 200 };

struct stored {
    struct bytes request_hash;
    int64_t status;
    struct bytes body;
};

static const struct field stored_fields[] = {
    FIELD(stored, request_hash),
    FIELD(stored, status),
    FIELD(stored, body),
    { 0 },
};

/* With the key: a body may hold a password, and a bare hash of it could be tried out. */
static void hash_request(struct exchange *ex)
{
    struct bytes parts[2 + HTTP_PARAMS_MAX + 1] = {
        { store_key(ex->rq.store),             KEY_LEN                        },
        { (const uint8_t *)ex->rq.route->path, strlen(ex->rq.route->path) + 1 },
    };
    size_t n = 2;

    for (size_t i = 0; i < ex->params_n; i++)
        parts[n++] =
            (struct bytes){ (const uint8_t *)ex->params[i].value, strlen(ex->params[i].value) + 1 };
    parts[n++] = ex->rq.raw;
    hash_parts(parts, n, ex->request_hash);
}

/* Whose key it is: the caller's. The handler may have made the transaction a channel's. */
#define OWNER(ex) arg_id((ex)->rq.caller.organisation_id), arg_int((ex)->rq.caller.actor.id)

bool idempotency_begin(struct exchange *ex, struct tx *tx, bool *answered, struct err *err)
{
    struct stored stored;

    if (strlen(ex->idempotency_key) > KEY_MAX)
        return err_set(err, ERR_MALFORMED, "Idempotency-Key is longer than %d bytes", KEY_MAX);
    hash_request(ex);
    if (!db_find(tx, SQL_IDEMPOTENCY_FIND, ARGS(OWNER(ex), arg_text(ex->idempotency_key)),
                 stored_fields, &stored, answered, err))
        return false;
    if (!*answered)
        return true;
    if (!secret_equal(stored.request_hash, (struct bytes){ ex->request_hash, HASH_LEN }))
        return err_set(err, ERR_CONFLICT, "this Idempotency-Key came with another request before");
    ex->status = (int)stored.status;
    ex->reply_type = stored.body.len > 0 ? "application/json" : NULL;
    buf_add(&ex->reply, stored.body.data, stored.body.len);
    reply_header(&ex->rq, "Idempotency-Replayed", "true");
    return true;
}

bool idempotency_end(struct exchange *ex, struct tx *tx, struct err *err)
{
    return db_run(
        tx, SQL_IDEMPOTENCY_ADD,
        ARGS(OWNER(ex), arg_text(ex->idempotency_key),
             arg_bytes((struct bytes){ ex->request_hash, HASH_LEN }), arg_int(ex->status),
             arg_bytes((struct bytes){ (const uint8_t *)buf_str(&ex->reply), ex->reply.len }),
             arg_time(tx->now)),
        err);
}
