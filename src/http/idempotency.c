/* idempotency.c — the same POST twice is once: the first answer is kept with what it did, but for
 * one with a secret in it (route->told_once): of that only that it was given.
 */
#include "inside.h"

#include "../base/text.h"

#include <string.h>

enum { KEY_MAX = 200 };

struct stored {
    struct bytes request_hash;
    int64_t status;
    struct bytes body;
    const char *headers; /* lines of "Name: value" */
};

static const struct field stored_fields[] = {
    FIELD(stored, request_hash),
    FIELD(stored, status),
    FIELD(stored, body),
    FIELD(stored, headers),
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

/* The type of what is in it is one of them. */
static const char *write_headers(const struct exchange *ex)
{
    struct arena *mem = ex->rq.mem;
    const char *lines =
        ex->reply_type ? arena_printf(mem, "Content-Type: %s\n", ex->reply_type) : "";

    for (const struct reply_header *header = ex->headers; header; header = header->next)
        if (header->value)
            lines = arena_printf(mem, "%s%s: %s\n", lines, header->name, header->value);
    return lines;
}

static void read_header(struct exchange *ex, const char *line, size_t len)
{
    static const char between[] = ": ";
    struct arena *mem = ex->rq.mem;
    char *name = arena_text_n(mem, line, len), *value = strstr(name, between);

    if (!value)
        return;
    *value = '\0';
    value += sizeof(between) - 1;
    if (text_equal(name, "Content-Type"))
        ex->reply_type = value;
    else
        reply_header(&ex->rq, name, value);
}

static void read_headers(struct exchange *ex, const char *lines)
{
    for (size_t len; *lines; lines += len + (lines[len] == '\n')) {
        len = strcspn(lines, "\n");
        read_header(ex, lines, len);
    }
}

static void repeat(struct exchange *ex, const struct stored *stored)
{
    ex->status = (int)stored->status;
    read_headers(ex, stored->headers);
    buf_add(&ex->reply, stored->body.data, stored->body.len);
    reply_header(&ex->rq, "Idempotency-Replayed", "true");
}

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
    if (ex->rq.route->told_once)
        return err_set(err, ERR_CONFLICT,
                       "this was done already, and its answer held a secret that is told once: %s",
                       ex->rq.route->told_once);
    repeat(ex, &stored);
    return true;
}

bool idempotency_end(struct exchange *ex, struct tx *tx, struct err *err)
{
    bool is_kept = !ex->rq.route->told_once;
    struct bytes body = { (const uint8_t *)buf_str(&ex->reply), is_kept ? ex->reply.len : 0 };

    return db_run(tx, SQL_IDEMPOTENCY_ADD,
                  ARGS(OWNER(ex), arg_text(ex->idempotency_key),
                       arg_bytes((struct bytes){ ex->request_hash, HASH_LEN }), arg_int(ex->status),
                       arg_bytes(body), arg_time(tx->now),
                       arg_text(is_kept ? write_headers(ex) : "")),
                  err);
}
