#include "sessions.h"

#include "../base/crypt.h"
#include "../base/log.h"

#include <string.h>

enum { SECRET_LEN = 52, CSRF_LEN = 32 }; /* of 5 bits each: 260 and 160 bits */

const struct field session_fields[] = {
    FIELD(session, id, .flags = REQUIRED),
    FIELD(session, created_at, .flags = REQUIRED),
    FIELD(session, seen_at, .flags = REQUIRED, .doc = "when it was last used, to the hour"),
    FIELD(session, expires_at, .flags = REQUIRED),
    FIELD(session, browser, .flags = REQUIRED, .doc = "as Firefox; empty when it isn't known"),
    FIELD(session, device, .flags = REQUIRED, .doc = "as Windows; empty when it isn't known"),
    FIELD(session, is_current, .doc = "the one that asks"),
    { 0 },
};

bool session_make(struct tx *tx, user_id user, struct browser browser, struct session *out,
                  struct err *err)
{
    uint8_t hash[HASH_LEN];

    *out = (struct session){
        .id = { id_new() },
        .user_id = user,
        .created_at = tx->now,
        .seen_at = tx->now,
        .browser = browser.name,
        .device = browser.device,
        .expires_at = instant_plus(tx->now, SESSION_MS),
        .secret = random_text(tx->mem, SECRET_LEN),
        .csrf = random_text(tx->mem, CSRF_LEN),
    };
    hash_bytes((struct bytes){ (const uint8_t *)out->secret, SECRET_LEN }, hash);
    return db_run(tx, SQL_SESSION_SWEEP,
                  ARGS(arg_organisation(tx), arg_id(user), arg_time(tx->now)), err) &&
           db_run(tx, SQL_SESSION_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_id(user),
                       arg_bytes((struct bytes){ hash, HASH_LEN }), arg_text(out->csrf),
                       arg_time(tx->now), arg_time(out->expires_at), arg_text(out->browser),
                       arg_text(out->device)),
                  err);
}

bool session_list(struct tx *tx, user_id user, struct list *out, struct err *err)
{
    return db_all(tx, SQL_SESSION_LIST, ARGS(arg_organisation(tx), arg_id(user), arg_time(tx->now)),
                  session_fields, sizeof(struct session), out, err);
}

bool session_end(struct tx *tx, user_id user, session_id id, bool *found, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_SESSION_END, ARGS(arg_organisation(tx), arg_id(user), arg_id(id)), &rows,
                   err))
        return false;
    *found = rows > 0;
    return true;
}

bool session_end_all(struct tx *tx, user_id user, session_id keep, struct err *err)
{
    return db_run(tx, SQL_SESSION_END_ALL,
                  ARGS(arg_organisation(tx), arg_id(user), arg_int(keep.n)), err);
}

static bool keep(struct tx *tx, void *arg, struct err *err)
{
    const session_id *id = arg;

    return db_run(tx, SQL_SESSION_KEEP,
                  ARGS(arg_organisation(tx), arg_id(*id), arg_time(tx->now),
                       arg_time(instant_plus(tx->now, SESSION_MS)),
                       arg_time(instant_plus(tx->now, -SESSION_SEEN_MS))),
                  err);
}

static void free_keeping(struct work *work)
{
    if (!work->ok)
        LOG_WARN("session.keep", "err=\"%s\"", work->err.text);
    arena_free(work->scope.mem);
}

void session_keep(struct store *store, const struct caller *caller)
{
    struct arena *mem;
    struct work *work;
    session_id *id;

    if (caller->session_id.n == 0 || clock_now().ms - caller->seen_at.ms < SESSION_SEEN_MS)
        return;
    mem = arena_new("session");
    work = NEW(mem, struct work);
    id = NEW(mem, session_id);
    *id = caller->session_id;
    *work = (struct work){
        .scope = { mem, caller->organisation_id, caller->actor },
        .fn = keep,
        .arg = id,
        .done = free_keeping
    };
    store_write_async(store, work);
}
