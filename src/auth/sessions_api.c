/* sessions_api.c — logging in and out, and who is logged in. */
#include "sessions_api.h"

#include "../base/json.h"
#include "../base/log.h"
#include "../base/text.h"
#include "../store/events.h"
#include "login_limits.h"
#include "organisations.h"
#include "sessions.h"
#include "users.h"

#include <pthread.h>
#include <string.h>

enum { COOKIE_SECONDS = 365 * 24 * 3600, ADDRESS_MAX = 64, EVENT_DATA_MAX = 1000 };

struct login {
    const char *email, *password;
    organisation_id organisation;
};

static const struct field login_fields[] = {
    FIELD(login, email, .flags = REQUIRED, .max = 254),
    FIELD(login, password, .flags = REQUIRED | SECRET, .max = PASSWORD_MAX),
    FIELD(login, organisation, .doc = "needed when the address has users in several"),
    { 0 },
};

struct me {
    struct json_text user, organisation;
    struct list rights;
    const char *csrf;
};

static const struct field me_fields[] = {
    FIELD(me, user),
    FIELD(me, organisation),
    FIELD(me, rights, .doc = "names of what the caller may do"),
    FIELD(me, csrf,
          .doc = "what X-CSRF-Token must hold in every request that isn't a GET; null "
                 "for a token"),
    { 0 },
};

static struct json_text json_of(struct arena *mem, const struct field *fields, const void *row)
{
    struct buf out = BUF(HTTP_BODY_MAX);
    struct json_text json;

    json_write(&out, fields, row);
    json.s = arena_text(mem, buf_str(&out));
    buf_free(&out);
    return json;
}

static struct list right_names(struct arena *mem, uint64_t rights)
{
    const char **names = NEW_ARRAY(mem, const char *, RIGHTS_N);
    struct list list = { names, 0 };

    for (unsigned i = LOGGED_IN + 1; i < RIGHTS_N; i++)
        if (has_right(rights, i))
            names[list.n++] = right_name(i);
    return list;
}

static bool reply_me(struct request *rq, const struct user *user,
                     const struct organisation *organisation, uint64_t rights, const char *csrf)
{
    struct me me = { json_of(rq->mem, user_fields, user),
                     json_of(rq->mem, organisation_fields, organisation),
                     right_names(rq->mem, rights), csrf };

    return reply(rq, 200, me_fields, &me);
}

/* GET /api/v1/me */
static bool get_me(struct request *rq, struct tx *tx, struct err *err)
{
    struct organisation organisation;
    struct user user;

    return user_get(tx, rq->caller.user_id, &user, err) &&
           organisation_get(tx, &organisation, err) &&
           reply_me(rq, &user, &organisation, rq->caller.rights, rq->caller.csrf);
}

/* --- logging in ----------------------------------------------------------------------------- */

struct attempt {
    const struct login *login;
    bool found;
    struct user user;
    struct organisation organisation;
    struct session session;
};

/* Whom the address stands for; nobody when it could be several. */
static bool find_account(struct tx *tx, void *arg, struct err *err)
{
    struct attempt *attempt = arg;
    organisation_id wanted = attempt->login->organisation;
    const struct user *users;
    struct list list;
    size_t n = 0;

    if (!user_by_email(tx, attempt->login->email, &list, err))
        return false;
    users = list.items;
    for (size_t i = 0; i < list.n; i++)
        if (wanted.n == 0 || users[i].organisation_id.n == wanted.n) {
            attempt->user = users[i];
            n++;
        }
    attempt->found = n == 1;
    return true;
}

static char no_account_hash[PASSWORD_HASH_MAX];

static void make_no_account_hash(void)
{
    struct arena *mem = arena_new("hash");
    struct err err;

    err_clear(&err);
    if (!password_hash(random_text(mem, 32), no_account_hash, &err))
        LOG_ERROR("login.hash", "err=\"%s\"", err.text);
    arena_free(mem);
}

/* Takes the same time whether there is such an account or not. */
static bool is_right(const struct attempt *attempt)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    bool can_log_in = attempt->found && !attempt->user.disabled && attempt->user.password_hash;

    pthread_once(&once, make_no_account_hash);
    return password_verify(can_log_in ? attempt->user.password_hash : no_account_hash,
                           attempt->login->password) &&
           can_log_in;
}

static bool tell(struct tx *tx, const char *kind, user_id user, const char *address,
                 struct err *err)
{
    char about[ID_TEXT_MAX];
    struct buf data = BUF(EVENT_DATA_MAX);
    bool ok;

    id_write("usr", user.n, about);
    buf_text(&data, "{\"address\":");
    /* A proxy says it, so it may be anything. */
    json_write_text(
        &data, text_preview(tx->mem, utf8_repair(tx->mem, address, strlen(address)), ADDRESS_MAX));
    buf_char(&data, '}');
    ok = event_add(tx, &(struct event){ .kind = kind, .about = about, .data = { buf_str(&data) } },
                   err);
    buf_free(&data);
    return ok;
}

struct failure {
    user_id user;
    const char *address;
};

static bool write_failure(struct tx *tx, void *arg, struct err *err)
{
    const struct failure *failure = arg;

    return tell(tx, "audit.login_failed", failure->user, failure->address, err);
}

static void free_failure(struct work *work)
{
    if (!work->ok)
        LOG_WARN("login.failed", "err=\"%s\"", work->err.text);
    arena_free(work->scope.mem);
}

/* Nobody waits for it: that would show that there is such an account. */
static void note_failure(const struct request *rq, const struct attempt *attempt)
{
    struct arena *mem;
    struct failure *failure;
    struct work *work;

    if (!attempt->found)
        return;
    mem = arena_new("login");
    failure = NEW(mem, struct failure);
    *failure = (struct failure){ attempt->user.id, arena_text(mem, rq->address) };
    work = NEW(mem, struct work);
    *work = (struct work){
        .scope = { .mem = mem, .organisation = attempt->user.organisation_id },
        .fn = write_failure,
        .arg = failure,
        .done = free_failure
    };
    store_write_async(rq->store, work);
}

struct beginning {
    struct request *rq;
    struct attempt *attempt;
};

static bool begin_session(struct tx *tx, void *arg, struct err *err)
{
    const struct beginning *beginning = arg;
    struct attempt *attempt = beginning->attempt;
    struct user now;

    if (!user_get(tx, attempt->user.id, &now, err))
        return false;
    if (now.disabled || !text_equal(now.password_hash, attempt->user.password_hash))
        return err_set(err, ERR_UNAUTHENTICATED, "this account was changed a moment ago");
    return organisation_get(tx, &attempt->organisation, err) &&
           session_make(tx, attempt->user.id, &attempt->session, err) &&
           tell(tx, "audit.login", attempt->user.id, beginning->rq->address, err);
}

/* The browser keeps the cookie for long: the server says when the session is over. */
static void set_cookie(struct request *rq, const char *secret, int64_t seconds)
{
    reply_header(rq, "Set-Cookie",
                 arena_printf(rq->mem,
                              SESSION_COOKIE "=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
                              secret, (long long)seconds, rq->is_secure ? "; Secure" : ""));
}

static bool log_in(struct request *rq, struct attempt *attempt, struct err *err)
{
    struct beginning beginning = { rq, attempt };
    struct scope scope = {
        rq->mem, attempt->user.organisation_id, { ACTOR_USER, attempt->user.id.n }
    };

    if (!store_write(rq->store, &scope, begin_session, &beginning, err))
        return false;
    set_cookie(rq, attempt->session.secret, COOKIE_SECONDS);
    return reply_me(rq, &attempt->user, &attempt->organisation, role_rights(attempt->user.role),
                    attempt->session.csrf);
}

/* POST /api/v1/login */
static bool post_login(struct request *rq, struct tx *tx, struct err *err)
{
    struct attempt attempt = { .login = rq->body };
    const char *email = user_email(rq->mem, attempt.login->email);
    int64_t wait = login_limits_try(rq->limits, rq->address, email, clock_now());

    (void)tx;
    if (wait > 0) {
        err_set(err, ERR_TOO_MANY, "too many tries to log in failed: wait a while");
        err->retry_after_ms = wait;
        return false;
    }
    if (!request_read(rq, find_account, &attempt, err))
        return false;
    if (!is_right(&attempt)) {
        note_failure(rq, &attempt);
        return err_set(err, ERR_UNAUTHENTICATED,
                       "the mail address or the password isn't right (who works for several "
                       "organisations must name one)");
    }
    login_limits_succeeded(rq->limits, rq->address, email);
    return log_in(rq, &attempt, err);
}

/* --- sessions ------------------------------------------------------------------------------- */

static bool check_is_session(const struct request *rq, struct err *err)
{
    return rq->caller.session_id.n != 0 ||
           err_set(err, ERR_DENIED, "only who is logged in can do this, not a token");
}

/* POST /api/v1/logout */
static bool post_logout(struct request *rq, struct tx *tx, struct err *err)
{
    const struct caller *caller = &rq->caller;
    bool found;

    if (!check_is_session(rq, err) ||
        !session_end(tx, caller->user_id, caller->session_id, &found, err) ||
        !tell(tx, "audit.logout", caller->user_id, rq->address, err))
        return false;
    set_cookie(rq, "", 0);
    return reply_nothing(rq);
}

/* GET /api/v1/sessions */
static bool list_sessions(struct request *rq, struct tx *tx, struct err *err)
{
    struct session *sessions;
    struct list list;

    if (!check_is_session(rq, err) || !session_list(tx, rq->caller.user_id, &list, err))
        return false;
    sessions = list.items;
    for (size_t i = 0; i < list.n; i++)
        sessions[i].is_current = sessions[i].id.n == rq->caller.session_id.n;
    return reply_list(rq, session_fields, sizeof(struct session), &list, NULL);
}

/* DELETE /api/v1/sessions/{id} */
static bool delete_session(struct request *rq, struct tx *tx, struct err *err)
{
    session_id id;
    bool found;

    if (!check_is_session(rq, err) || !request_id(rq, "id", "ses", &id.n, err) ||
        !session_end(tx, rq->caller.user_id, id, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no such session of yours");
    return tell(tx, "audit.logout", rq->caller.user_id, rq->address, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/login", PASSWORD, post_login, ANYONE, BODY(login), ONE(me),
          "Logs in with a mail address and a password: sets the session's cookie."),
    ROUTE(POST, "/api/v1/logout", WRITE, post_logout, LOGGED_IN, NOTHING, NOTHING,
          "Ends the session."),
    ROUTE(GET, "/api/v1/me", READ, get_me, LOGGED_IN, NOTHING, ONE(me),
          "Says who calls, and what they may do."),
    ROUTE(GET, "/api/v1/sessions", READ, list_sessions, LOGGED_IN, NOTHING, MANY(session),
          "Lists where the user is logged in."),
    ROUTE(DELETE, "/api/v1/sessions/{id}", WRITE, delete_session, LOGGED_IN, NOTHING, NOTHING,
          "Logs the user out there."),
};
const struct routes session_routes = ROUTES(rows);
