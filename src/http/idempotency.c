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

static void hash_request(struct exchange *ex)
{
    const struct bytes parts[] = {
        { (const uint8_t *)ex->rq.route->path,                            strlen(ex->rq.route->path) + 1 },
        { (const uint8_t *)(ex->params_n > 0 ? ex->params[0].value : ""),
         ex->params_n > 0 ? strlen(ex->params[0].value) + 1 : 0                                          },
        ex->rq.raw,
    };

    hash_parts(parts, COUNT(parts), ex->request_hash);
}

bool idempotency_begin(struct exchange *ex, struct tx *tx, bool *answered, struct err *err)
{
    struct stored stored;

    if (strlen(ex->idempotency_key) > KEY_MAX)
        return err_set(err, ERR_MALFORMED, "Idempotency-Key is longer than %d bytes", KEY_MAX);
    hash_request(ex);
    if (!db_find(tx, SQL_IDEMPOTENCY_FIND,
                 ARGS(arg_organisation(tx), arg_int(tx->actor.id), arg_text(ex->idempotency_key)),
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
        ARGS(arg_organisation(tx), arg_int(tx->actor.id), arg_text(ex->idempotency_key),
             arg_bytes((struct bytes){ ex->request_hash, HASH_LEN }), arg_int(ex->status),
             arg_bytes((struct bytes){ (const uint8_t *)buf_str(&ex->reply), ex->reply.len }),
             arg_time(tx->now)),
        err);
}
