#include "caller.h"

#include "../base/crypt.h"
#include "../base/text.h"

#include <string.h>

/* A session or a token with its user, whichever it was. */
struct found {
    organisation_id organisation_id;
    user_id user_id;
    session_id session_id;
    token_id token_id;
    const char *csrf, *scopes;
    unsigned role;
    instant seen_at, expires_at, revoked_at, disabled_at;
    bool has_second_step, needs_second_step; /* of a session */
};

static const struct field found_fields[] = {
    FIELD(found, organisation_id),
    FIELD(found, user_id),
    FIELD(found, session_id),
    FIELD(found, token_id),
    FIELD(found, csrf),
    FIELD(found, scopes),
    FIELD(found, role, .names = role_names),
    FIELD(found, seen_at),
    FIELD(found, expires_at),
    FIELD(found, revoked_at),
    FIELD(found, disabled_at),
    FIELD(found, has_second_step),
    FIELD(found, needs_second_step),
    { 0 },
};

char *cookie_value(struct arena *mem, const char *header, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = header; at && *at;) {
        at += strspn(at, "; ");
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            return arena_text_n(mem, at + len + 1, strcspn(at + len + 1, ";"));
        at = strchr(at, ';');
    }
    return NULL;
}

static bool find(struct tx *tx, enum sql sql, const char *secret, struct found *out, bool *found,
                 struct err *err)
{
    uint8_t hash[HASH_LEN];

    hash_bytes((struct bytes){ (const uint8_t *)secret, strlen(secret) }, hash);
    *out = (struct found){ 0 };
    return db_find(tx, sql, ARGS(arg_bytes((struct bytes){ hash, HASH_LEN })), found_fields, out,
                   found, err);
}

static bool is_over(instant at, instant now)
{
    return at.ms != 0 && at.ms <= now.ms;
}

uint64_t session_rights(enum role role, bool lacks_second_step)
{
    return lacks_second_step ? (uint64_t)1 << ANYONE | (uint64_t)1 << LOGGED_IN : role_rights(role);
}

static bool take(struct tx *tx, const struct found *found, struct caller *out, struct err *err)
{
    bool lacks = found->needs_second_step && !found->has_second_step;
    char unknown[64];

    if (found->disabled_at.ms != 0)
        return err_set(err, ERR_UNAUTHENTICATED, "this account was switched off");
    *out = (struct caller){
        .organisation_id = found->organisation_id,
        .user_id = found->user_id,
        .session_id = found->session_id,
        .token_id = found->token_id,
        .expires_at = found->token_id.n != 0 ? found->expires_at : (instant){ 0 },
        .csrf = found->csrf,
        .seen_at = found->seen_at,
        .role = found->role,
        .lacks_second_step = lacks,
        .rights = session_rights(found->role, lacks),
        .actor = { ACTOR_USER, found->user_id.n },
    };
    if (found->token_id.n != 0 && !scopes_read(found->scopes, out->rights, &out->rights, unknown))
        return err_set(err, ERR_UNAUTHENTICATED, "the token has a scope that is not known here");
    if (found->role == ROLE_INTEGRATION)
        out->actor = (struct actor){ ACTOR_INTEGRATION, found->user_id.n };
    tx->organisation = found->organisation_id;
    return true;
}

bool caller_find(struct tx *tx, const char *authorization, const char *cookie, struct caller *out,
                 struct err *err)
{
    const char *session = cookie ? cookie_value(tx->mem, cookie, SESSION_COOKIE) : NULL;
    struct found found;
    bool is_found;

    *out = (struct caller){ 0 };
    if (authorization) {
        if (strncasecmp(authorization, "Bearer ", 7) != 0)
            return err_set(err, ERR_UNAUTHENTICATED, "Authorization must be Bearer and a token");
        if (!find(tx, SQL_CALLER_BY_TOKEN, authorization + 7, &found, &is_found, err))
            return false;
        if (!is_found || is_over(found.expires_at, tx->now) || is_over(found.revoked_at, tx->now))
            return err_set(err, ERR_UNAUTHENTICATED, "this token isn't valid (any more)");
        return take(tx, &found, out, err);
    }
    if (!session)
        return true;
    if (!find(tx, SQL_CALLER_BY_SESSION, session, &found, &is_found, err))
        return false;
    /* A browser keeps sending an old cookie: then nobody calls, and login must work. */
    if (!is_found || is_over(found.expires_at, tx->now))
        return true;
    return take(tx, &found, out, err);
}

bool caller_covers(const struct caller *caller, uint64_t rights, struct err *err)
{
    for (unsigned i = 0; i < RIGHTS_N; i++)
        if (has_right(rights, i) && !has_right(caller->rights, i))
            return err_set(err, ERR_DENIED, "this would give the right %s, which you don't have",
                           right_name(i));
    return true;
}

int64_t caller_touched_by(const struct event *event)
{
    static const struct {
        const char *kind, *prefix;
    } rows[] = {
        { "audit.logout",           "usr" },
        { "token.revoked",          "tok" },
        { "user.changed",           "usr" },
        { "user.password_changed",  "usr" },
        { "user.second_step_added", "usr" },
    };
    int64_t id;

    for (size_t i = 0; i < COUNT(rows) && event->about; i++)
        if (text_equal(event->kind, rows[i].kind) &&
            id_read(rows[i].prefix, event->about, strlen(event->about), &id))
            return id;
    return 0;
}
