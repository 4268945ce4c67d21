/* sessions_api.c — logging in and out, and who is logged in. */
#include "sessions_api.h"

#include "../base/json.h"
#include "../base/log.h"
#include "../base/text.h"
#include "../store/events.h"
#include "login_limits.h"
#include "organisations.h"
#include "second_steps.h"
#include "sessions.h"
#include "users.h"

#include <pthread.h>
#include <string.h>

enum {
    COOKIE_SECONDS = 365 * 24 * 3600,
    ADDRESS_MAX = 64,
    CHOICE_NAME_MAX = 100, /* what an error has room for beside the id */
    EVENT_DATA_MAX = 1000
};

struct login {
    const char *email, *password, *organisation, *code;
};

static const struct field login_fields[] = {
    FIELD(login, email, .flags = REQUIRED, .max = 254),
    FIELD(login, password, .flags = REQUIRED | SECRET, .max = PASSWORD_MAX),
    FIELD(login, organisation, .max = ORGANISATION_NAME_MAX,
          .doc = "Its id or name; needed when the password fits in several"),
    FIELD(login, code, .flags = SECRET, .max = CODE_MAX,
          .doc = "Of the app, or a recovery code; needed when the login has a second step"),
    { 0 },
};

struct me {
    const void *user, *organisation;
    struct list rights;
    bool lacks_second_step;
    const char *csrf;
};

static const struct field me_fields[] = {
    FIELD(me, user, .flags = REQUIRED, .of = user_fields),
    FIELD(me, organisation, .flags = REQUIRED, .of = organisation_fields),
    FIELD(me, rights, .doc = "names of what the caller may do"),
    FIELD(me, lacks_second_step,
          .doc = "the organisation asks for one: until it's there, nothing else can be done"),
    FIELD(me, csrf,
          .doc = "what X-CSRF-Token must hold in every request that isn't a GET; null "
                 "for a token"),
    { 0 },
};

static bool reply_me(struct request *rq, const struct user *user,
                     const struct organisation *organisation, const struct caller *caller)
{
    struct me me = { user, organisation, right_names(rq->mem, caller->rights),
                     caller->lacks_second_step, caller->csrf };

    return reply(rq, 200, me_fields, &me);
}

/* GET /api/v1/me */
static bool get_me(struct request *rq, struct tx *tx, struct err *err)
{
    struct organisation organisation;
    struct user user;

    return user_get(tx, rq->caller.user_id, &user, err) &&
           organisation_get(tx, &organisation, err) &&
           reply_me(rq, &user, &organisation, &rq->caller);
}

/* --- logging in ----------------------------------------------------------------------------- */

struct account {
    struct user user;
    struct organisation organisation;
};

struct attempt {
    const struct login *login;
    struct account accounts[LOGIN_ACCOUNTS_MAX]; /* whom the address can stand for */
    size_t n;
    int64_t tries; /* how many passwords are tried, however many accounts there are */
};

static bool is_meant(const char *wanted, const struct organisation *organisation)
{
    organisation_id id;

    if (!wanted)
        return true;
    if (id_read("org", wanted, strlen(wanted), &id.n))
        return id.n == organisation->id.n;
    return text_equal(wanted, organisation->name);
}

static bool find_accounts(struct tx *tx, void *arg, struct err *err)
{
    struct attempt *attempt = arg;
    struct list users;

    attempt->n = 0;
    if (!user_by_email(tx, attempt->login->email, &users, err) ||
        !db_number(tx, SQL_ORGANISATIONS_COUNT, NO_ARGS, &attempt->tries, err))
        return false;
    for (size_t i = 0; i < users.n && attempt->n < LOGIN_ACCOUNTS_MAX; i++) {
        struct account *account = &attempt->accounts[attempt->n];

        account->user = ((struct user *)users.items)[i];
        tx->organisation = account->user.organisation_id;
        if (!organisation_get(tx, &account->organisation, err))
            return false;
        attempt->n += is_meant(attempt->login->organisation, &account->organisation);
    }
    /* An address is in each organisation once at most. */
    if (attempt->login->organisation)
        attempt->tries = 1;
    if (attempt->tries > LOGIN_ACCOUNTS_MAX)
        attempt->tries = LOGIN_ACCOUNTS_MAX;
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

static bool is_right(const struct user *user, const char *password)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    bool can_log_in = user && !user->disabled && user->password_hash;

    pthread_once(&once, make_no_account_hash);
    return password_verify(can_log_in ? user->password_hash : no_account_hash, password) &&
           can_log_in;
}

/* Keeps the accounts that the password fits. Takes the same time whether there is one or not. */
static size_t keep_right(const struct attempt *attempt, struct account *out)
{
    size_t n = 0;

    for (size_t i = 0; i < attempt->n || (int64_t)i < attempt->tries; i++) {
        const struct account *account = i < attempt->n ? &attempt->accounts[i] : NULL;
        if (is_right(account ? &account->user : NULL, attempt->login->password))
            out[n++] = *account;
    }
    return n;
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
static void note_failure(const struct request *rq, const struct user *user)
{
    struct arena *mem = arena_new("login");
    struct failure *failure = NEW(mem, struct failure);
    struct work *work = NEW(mem, struct work);

    *failure = (struct failure){ user->id, arena_text(mem, rq->address) };
    *work = (struct work){
        .scope = { .mem = mem, .organisation = user->organisation_id },
        .fn = write_failure,
        .arg = failure,
        .done = free_failure
    };
    store_write_async(rq->store, work);
}

struct beginning {
    struct request *rq;
    struct account *account;
    const char *code;
    struct second_step_check check;
    struct session session;
};

/* What isn't right about the code is no error yet: that it was tried must be committed. */
static bool begin_session(struct tx *tx, void *arg, struct err *err)
{
    struct beginning *beginning = arg;
    struct account *account = beginning->account;
    struct user now;

    if (!user_get(tx, account->user.id, &now, err))
        return false;
    if (now.disabled || !text_equal(now.password_hash, account->user.password_hash))
        return err_set(err, ERR_UNAUTHENTICATED, "this account was changed a moment ago");
    beginning->check = (struct second_step_check){ SECOND_STEP_RIGHT };
    if (now.has_second_step &&
        !second_step_use(tx, now.id, beginning->code, &beginning->check, err))
        return false;
    if (beginning->check.answer != SECOND_STEP_RIGHT)
        return true;
    account->user = now;
    return organisation_get(tx, &account->organisation, err) &&
           session_make(tx, now.id, browser_read(request_header(beginning->rq, "User-Agent")),
                        &beginning->session, err) &&
           tell(tx, "audit.login", now.id, beginning->rq->address, err);
}

/* The browser keeps the cookie for long: the server says when the session is over. */
static void set_cookie(struct request *rq, const char *secret, int64_t seconds)
{
    reply_header(rq, "Set-Cookie",
                 arena_printf(rq->mem,
                              SESSION_COOKIE "=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
                              secret, (long long)seconds, rq->is_secure ? "; Secure" : ""));
}

static bool log_in(struct request *rq, struct account *account, const char *code, struct err *err)
{
    struct beginning beginning = { .rq = rq, .account = account, .code = code };
    const struct user *user = &account->user;
    struct scope scope = {
        rq->mem, user->organisation_id, { ACTOR_USER, user->id.n }
    };
    struct caller caller = { 0 };

    if (!store_write(rq->store, &scope, begin_session, &beginning, err) ||
        !second_step_passed(&beginning.check, err))
        return false;
    login_limits_succeeded(rq->limits, rq->address, user->email);
    set_cookie(rq, beginning.session.secret, COOKIE_SECONDS);
    caller.csrf = beginning.session.csrf;
    caller.lacks_second_step = account->organisation.needs_second_step && !user->has_second_step;
    caller.rights = session_rights(user->role, caller.lacks_second_step);
    return reply_me(rq, user, &account->organisation, &caller);
}

/* Only who knows the password learns where else the address is known. */
static bool ask_which(struct request *rq, const struct account *accounts, size_t n, struct err *err)
{
    err_set(err, ERR_INVALID, "the password fits in several organisations: name one");
    for (size_t i = 0; i < n; i++) {
        const struct organisation *organisation = &accounts[i].organisation;

        err_field(err, "organisation", "%s %s", id_text("org", organisation->id.n).s,
                  text_preview(rq->mem, organisation->name, CHOICE_NAME_MAX));
    }
    return false;
}

/* POST /api/v1/login */
static bool post_login(struct request *rq, struct tx *tx, struct err *err)
{
    struct attempt attempt = { .login = rq->body };
    const char *email = user_email(rq->mem, attempt.login->email);
    int64_t wait = login_limits_try(rq->limits, rq->address, email, clock_now());
    struct account right[LOGIN_ACCOUNTS_MAX];
    size_t n;

    (void)tx;
    if (wait > 0) {
        err_set(err, ERR_TOO_MANY, "too many tries to log in failed: wait a while");
        err->retry_after_ms = wait;
        return false;
    }
    if (!request_read(rq, find_accounts, &attempt, err))
        return false;
    n = keep_right(&attempt, right);
    if (n == 0) {
        for (size_t i = 0; i < attempt.n; i++)
            note_failure(rq, &attempt.accounts[i].user);
        return err_set(err, ERR_UNAUTHENTICATED,
                       "the mail address, the password or the organisation isn't right");
    }
    if (n > 1)
        return ask_which(rq, right, n, err);
    return log_in(rq, &right[0], attempt.login->code, err);
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

/* DELETE /api/v1/sessions */
static bool delete_others(struct request *rq, struct tx *tx, struct err *err)
{
    const struct caller *caller = &rq->caller;

    return check_is_session(rq, err) &&
           session_end_all(tx, caller->user_id, caller->session_id, err) &&
           tell(tx, "audit.logout", caller->user_id, rq->address, err) && reply_nothing(rq);
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
    ROUTE(DELETE, "/api/v1/sessions", WRITE, delete_others, LOGGED_IN, NOTHING, NOTHING,
          "Logs the user out everywhere but here."),
    ROUTE(DELETE, "/api/v1/sessions/{id}", WRITE, delete_session, LOGGED_IN, NOTHING, NOTHING,
          "Logs the user out there."),
};
const struct routes session_routes = ROUTES(rows);
