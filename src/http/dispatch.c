/* dispatch.c — one request from its route to its reply: who, may they, what, then the handler
 * in its transaction.
 */
#include "inside.h"

#include "../auth/sessions.h"
#include "../base/json.h"
#include "../base/log.h"
#include "../base/text.h"
#include "../store/events.h"

#include <string.h>

/* --- who, and may they ------------------------------------------------------------------------ */

/* What a browser sends by itself doesn't say that its user wants it: a change takes the token that
 * only our own pages know. */
static bool proves_itself(const struct exchange *ex)
{
    const struct caller *caller = &ex->rq.caller;
    const char *csrf = request_header(&ex->rq, "X-CSRF-Token");

    if (caller->session_id.n == 0 || ex->rq.route->method == GET)
        return true;
    return csrf &&
           secret_equal((struct bytes){ (const uint8_t *)csrf, strlen(csrf) },
                        (struct bytes){ (const uint8_t *)caller->csrf, strlen(caller->csrf) });
}

static bool check_right(struct exchange *ex, struct err *err)
{
    const struct route *route = ex->rq.route;
    struct caller *caller = &ex->rq.caller;

    if (route->right == ANYONE) {
        /* Its handler may still ask who calls. Logging in again needs no token. */
        if (!proves_itself(ex))
            *caller = (struct caller){ 0 };
        return true;
    }
    if (caller->organisation_id.n == 0)
        return err_set(err, ERR_UNAUTHENTICATED, "log in, or send a token");
    if (caller->lacks_second_step && route->right != LOGGED_IN)
        return err_set(err, ERR_DENIED, "add a second step to your login first");
    if (!has_right(caller->rights, route->right))
        return err_set(err, ERR_DENIED, "this needs the right %s", right_name(route->right));
    return proves_itself(ex) ||
           err_set(err, ERR_DENIED, "X-CSRF-Token doesn't hold the session's token");
}

static bool authenticate(struct tx *tx, void *arg, struct err *err)
{
    struct exchange *ex = arg;

    return caller_find(tx, request_header(&ex->rq, "Authorization"),
                       request_header(&ex->rq, "Cookie"), &ex->rq.caller, err) &&
           check_right(ex, err);
}

static bool find_caller(struct exchange *ex, struct err *err)
{
    struct scope scope = { .mem = ex->rq.mem };

    if (!request_header(&ex->rq, "Authorization") && !request_header(&ex->rq, "Cookie"))
        return check_right(ex, err);
    return store_read(ex->rq.store, &scope, authenticate, ex, err);
}

/* --- what ---------------------------------------------------------------------------------------
 */

static bool read_input(struct exchange *ex, struct err *err)
{
    static const struct field none[] = { { 0 } };
    struct request *rq = &ex->rq;
    const struct shape *in = &rq->route->in;
    void *out;

    if (in->is_foreign)
        return true;
    if (rq->route->method == GET || rq->route->method == DELETE) {
        rq->body = out = arena_alloc(rq->mem, in->size);
        return query_read(rq->mem, ex->query, strlen(ex->query), in->fields ? in->fields : none,
                          out, &rq->named, err);
    }
    if (!in->fields || in->size == 0)
        return true; /* raw, or nothing: its length was checked when it came in */
    rq->body = out = arena_alloc(rq->mem, in->size);
    if (rq->raw.len > 0) {
        const char *type = request_header(rq, "Content-Type");
        if (!type || strncasecmp(type, "application/json", 16) != 0 || !strchr("; ", type[16]))
            return err_set(err, ERR_UNSUPPORTED, "the body must be application/json");
    }
    return json_read_named(rq->mem, rq->raw, in->fields, out, &rq->named, err);
}

static bool check_condition(const struct exchange *ex, struct err *err)
{
    return !ex->rq.route->is_versioned || request_header(&ex->rq, "If-Match") ||
           err_set(err, ERR_PRECONDITION,
                   "say with If-Match which version this change is about (the ETag)");
}

/* --- the handler in its transaction
 * --------------------------------------------------------------- */

static struct scope scope_of(struct exchange *ex)
{
    return (struct scope){ ex->rq.mem, ex->rq.caller.organisation_id, ex->rq.caller.actor };
}

static void free_reading(struct work *work)
{
    struct arena *mem = work->scope.mem;

    if (!work->ok)
        LOG_WARN("http.reading", "err=\"%s\"", work->err.text);
    arena_free(mem);
}

static bool write_reading(struct tx *tx, void *arg, struct err *err)
{
    const struct reading *reading = arg;

    return event_add(tx,
                     &(struct event){ .kind = reading->kind,
                                      .case_id = reading->case_id,
                                      .about = reading->about },
                     err);
}

/* Reading a customer is history too; the reader doesn't wait for it. */
static void note_reading(struct exchange *ex)
{
    struct arena *mem = arena_new("reading");
    struct reading *reading = NEW(mem, struct reading);
    struct work *work = NEW(mem, struct work);

    *reading = ex->reading;
    reading->about = arena_text(mem, ex->reading.about);
    *work = (struct work){
        .scope = scope_of(ex), .fn = write_reading, .arg = reading, .done = free_reading
    };
    work->scope.mem = mem;
    store_write_async(ex->rq.store, work);
}

static void finish(struct exchange *ex, bool ok, const struct err *err)
{
    if (!ok)
        reply_problem(ex, err);
    else if (ex->reply.full)
        reply_problem(ex, &(struct err){ .code = ERR_INTERNAL, .text = "the reply is too large" });
    else if (ex->reading.kind)
        note_reading(ex);
    exchange_done(ex);
}

static bool run_handler(struct tx *tx, void *arg, struct err *err)
{
    struct exchange *ex = arg;
    bool answered = false;

    reply_reset(ex);
    if (!ex->idempotency_key)
        return ex->rq.route->handler(&ex->rq, tx, err);
    return idempotency_begin(ex, tx, &answered, err) &&
           (answered || (ex->rq.route->handler(&ex->rq, tx, err) && idempotency_end(ex, tx, err)));
}

/* The caller is looked up once more in the snapshot that says where history stands: what takes the
 * right away later stands behind it, where the stream comes by. */
static bool run_stream(struct tx *tx, void *arg, struct err *err)
{
    return authenticate(tx, arg, err) && run_handler(tx, arg, err);
}

static void finish_write(struct work *work)
{
    struct exchange *ex = work->arg;

    finish(ex, work->ok, &work->err);
}

static void run_write(struct exchange *ex)
{
    if (ex->rq.caller.organisation_id.n != 0 && ex->rq.route->method == POST)
        ex->idempotency_key = request_header(&ex->rq, "Idempotency-Key");
    ex->work =
        (struct work){ .scope = scope_of(ex), .fn = run_handler, .arg = ex, .done = finish_write };
    store_write_async(ex->rq.store, &ex->work);
}

/* A large body is only read from somebody who may send it. */
static void check_caller(struct exchange *ex)
{
    struct err err;

    err_clear(&err);
    ex->is_known =
        find_caller(ex, &err) && (!ex->rq.route->admit || ex->rq.route->admit(&ex->rq, &err));
    if (!ex->is_known)
        reply_problem(ex, &err);
    exchange_done(ex);
}

void dispatch(struct exchange *ex)
{
    struct scope scope;
    struct err err;
    bool ok = false;

    if (ex->stage == AT_CALLER) {
        check_caller(ex);
        return;
    }
    err_clear(&err);
    if ((!ex->is_known && !find_caller(ex, &err)) || !read_input(ex, &err) ||
        !check_condition(ex, &err) ||
        (ex->rq.route->prepare && !ex->rq.route->prepare(&ex->rq, &err))) {
        finish(ex, false, &err);
        return;
    }
    session_keep(ex->rq.store, &ex->rq.caller);
    scope = scope_of(ex);
    switch (ex->rq.route->kind) {
    case WRITE:
        run_write(ex);
        return;
    case READ:
        ok = store_read(ex->rq.store, &scope, run_handler, ex, &err);
        break;
    case STREAM:
        ok = store_read(ex->rq.store, &scope, run_stream, ex, &err);
        break;
    case ALONE:
    case OUTSIDE:
    case PASSWORD:
        ok = run_handler(NULL, ex, &err);
        break;
    }
    finish(ex, ok, &err);
}
