#include "sessions.h"
#include "sessions_api.h"
#include "users.h"

#include "api.h"
#include "test.h"

#include "../base/crypt.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../http/limits.h"
#include "../store/events.h"
#include "organisations.h"

#include <string.h>
#include <time.h>

#define PASSWORD "correct horse battery"

struct making {
    const char *email;
    const char *elsewhere; /* a new organisation; NULL: the world's own */
    const char *hash;      /* NULL: of PASSWORD */
    user_id id;
    organisation_id organisation;
};

static bool make_user(struct tx *tx, void *arg, struct err *err)
{
    /* Made once: it takes long on purpose. */
    static char hash[PASSWORD_HASH_MAX];
    struct making *making = arg;
    struct organisation other;
    struct user user;

    if (*hash == '\0' && !password_hash(PASSWORD, hash, err))
        return false;
    if (making->elsewhere &&
        !organisation_make(tx, making->elsewhere, "nl", "Europe/Amsterdam", &other, err))
        return false;
    if (!user_make(
            tx, &(struct user_draft){ .email = making->email, .name = "Anna", .role = ROLE_AGENT },
            making->hash ? making->hash : hash, &user, err))
        return false;
    making->id = user.id;
    making->organisation = tx->organisation;
    return true;
}

static user_id add_user(struct world *w, const char *email)
{
    struct making making = { .email = email };

    if (!world_write(w, make_user, &making))
        test_fail(__FILE__, __LINE__, "%s", w->err.text);
    return making.id;
}

static bool seal(struct tx *tx, void *arg, struct err *err)
{
    return events_seal(tx, arg, err);
}

static bool read_events(struct tx *tx, void *arg, struct err *err)
{
    return events_after(tx, 0, 1000, arg, err);
}

/* Some are written by somebody who doesn't wait: so do we, a little. */
static void wait_a_little(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
}

static void real_clock(const instant *at)
{
    (void)at;
    clock_fake((instant){ 0 });
}

#define FAKE_CLOCK(at)                                                                             \
    CLEANUP(real_clock) instant at = { 1800000000000 };                                            \
    clock_fake(at)

/* How many events of a kind about a user there are. */
static size_t count_events(struct world *w, const char *kind, user_id user)
{
    struct sealing sealing = { .max = 1000 };
    struct list events;
    char about[ID_TEXT_MAX];
    size_t n = 0;

    id_write("usr", user.n, about);
    if (!world_write(w, seal, &sealing) || !world_read(w, read_events, &events))
        return 999;
    for (size_t i = 0; i < events.n; i++) {
        const struct event *event = &((struct event *)events.items)[i];
        n += text_equal(event->kind, kind) && text_equal(event->about, about) &&
             json_text_at(w->mem, event->data.s, "address");
    }
    return n;
}

TEST(a_login_sets_a_cookie_that_no_script_reads)
{
    WORLD(w);
    API(api, &w, &session_routes);
    user_id anna = add_user(&w, "anna@example.org");
    const char *cookie;

    CHECK(api_login(&api, " ANNA@example.org", PASSWORD) == 200);
    cookie = api_header(&api, "Set-Cookie");
    CHECK(strstr(cookie, "; HttpOnly") && strstr(cookie, "; SameSite=Lax") &&
          strstr(cookie, "; Path=/") && !strstr(cookie, "Secure"));
    CHECK(strlen(api.cookie) >= 52);
    CHECK(strstr(api.body, "\"organisation\":{") && strstr(api.body, "\"name\":\"Test\""));
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200);
    CHECK(strstr(api.body, "anna@example.org") && strstr(api.body, "\"case:write\"") &&
          !strstr(api.body, "\"user:write\""));
    CHECK_TEXT(api_text(&api, "csrf"), api.csrf);
    CHECK(count_events(&w, "audit.login", anna) == 1);
}

TEST(behind_a_proxy_with_tls_the_cookie_is_secure)
{
    WORLD(w);
    API(api, &w, &session_routes);

    add_user(&w, "anna@example.org");
    api.header = "X-Forwarded-Proto: https";
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
    CHECK(strstr(api_header(&api, "Set-Cookie"), "; Secure") != NULL);
}

TEST(nobody_learns_whether_there_is_an_account)
{
    WORLD(w);
    API(api, &w, &session_routes);
    user_id anna = add_user(&w, "anna@example.org");
    const char *wrong;

    CHECK(api_login(&api, "anna@example.org", "wrong password") == 401);
    wrong = api.body;
    CHECK(api_header(&api, "Set-Cookie") == NULL);
    CHECK(api_login(&api, "nobody@example.org", PASSWORD) == 401);
    CHECK_TEXT(api.body, wrong);
    CHECK(count_events(&w, "audit.login", anna) == 0);
    for (int i = 0; i < 400 && count_events(&w, "audit.login_failed", anna) == 0; i++)
        wait_a_little();
    CHECK(count_events(&w, "audit.login_failed", anna) == 1);
}

TEST(an_address_that_a_proxy_invented_doesn_t_break_history)
{
    WORLD(w);
    API(api, &w, &session_routes);
    user_id anna = add_user(&w, "anna@example.org");
    char header[300];

    memset(header, '"', sizeof(header) - 1);
    header[sizeof(header) - 1] = '\0';
    memcpy(header, "X-Forwarded-For: ", 17);
    api.header = header;
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
    CHECK(count_events(&w, "audit.login", anna) == 1);
}

TEST(too_many_wrong_passwords_have_to_wait_even_for_the_right_one)
{
    WORLD(w);
    API(api, &w, &session_routes);
    FAKE_CLOCK(at);

    add_user(&w, "anna@example.org");
    for (int i = 0; i < LOGIN_TRIES_MAX; i++)
        CHECK(api_login(&api, "anna@example.org", "wrong password") == 401);
    clock_advance(MINUTE_MS);
    CHECK(api_login(&api, "Anna@example.org", PASSWORD) == 429);
    CHECK_TEXT(api_header(&api, "Retry-After"), "840");
    clock_advance(LOGIN_WINDOW_MS - MINUTE_MS);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
}

static int log_in_to(struct api *api, const char *organisation)
{
    return api_call(api, POST, "/api/v1/login",
                    arena_printf(api->w->mem,
                                 "{\"email\":\"anna@example.org\",\"password\":\"" PASSWORD
                                 "\",\"organisation\":\"%s\"}",
                                 organisation));
}

TEST(an_account_in_another_organisation_locks_nobody_out)
{
    WORLD(w);
    API(api, &w, &session_routes);
    char hash[PASSWORD_HASH_MAX];
    struct making other = { .email = "anna@example.org", .elsewhere = "Twee", .hash = hash };

    CHECK_OK(password_hash("another password", hash, &w.err), &w.err);
    add_user(&w, "anna@example.org");
    CHECK_OK(world_write(&w, make_user, &other), &w.err);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
    CHECK(strstr(api.body, "\"name\":\"Test\"") != NULL);
    CHECK(api_login(&api, "anna@example.org", "another password") == 200);
    CHECK(strstr(api.body, "\"name\":\"Twee\"") != NULL);
    CHECK(api_login(&api, "anna@example.org", "neither password") == 401);
    CHECK(!strstr(api.body, "Twee"));
}

TEST(whom_a_password_fits_in_several_organisations_chooses_one)
{
    WORLD(w);
    API(api, &w, &session_routes);
    struct making other = { .email = "anna@example.org", .elsewhere = "Twee" };
    char own[ID_TEXT_MAX], id[ID_TEXT_MAX];

    add_user(&w, "anna@example.org");
    CHECK_OK(world_write(&w, make_user, &other), &w.err);
    id_write("org", w.scope.organisation.n, own);
    id_write("org", other.organisation.n, id);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 422);
    CHECK(api_header(&api, "Set-Cookie") == NULL);
    CHECK(
        strstr(api.body,
               arena_printf(w.mem, "{\"pointer\":\"/organisation\",\"detail\":\"%s Test\"}", own)));
    CHECK(
        strstr(api.body,
               arena_printf(w.mem, "{\"pointer\":\"/organisation\",\"detail\":\"%s Twee\"}", id)));
    CHECK(log_in_to(&api, own) == 200 && strstr(api.body, own));
    CHECK(log_in_to(&api, id) == 200 && strstr(api.body, id));
    CHECK(log_in_to(&api, "Twee") == 200 && strstr(api.body, id));
    CHECK(log_in_to(&api, "Drie") == 401);
}

TEST(who_was_there_first_is_not_pushed_out_by_many_newer_accounts)
{
    WORLD(w);
    API(api, &w, &session_routes);
    char hash[PASSWORD_HASH_MAX];
    struct making other = { .email = "anna@example.org", .hash = hash };

    CHECK_OK(password_hash("another password", hash, &w.err), &w.err);
    add_user(&w, "anna@example.org");
    for (int i = 0; i <= LOGIN_ACCOUNTS_MAX; i++) {
        other.elsewhere = arena_printf(w.mem, "Other %d", i);
        CHECK_OK(world_write(&w, make_user, &other), &w.err);
    }
    CHECK(log_in_to(&api, "Test") == 200);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
    CHECK(strstr(api.body, "\"name\":\"Test\"") != NULL);
}

static bool disable(struct tx *tx, void *arg, struct err *err)
{
    const user_id *id = arg;
    struct user user;

    if (!user_get(tx, *id, &user, err))
        return false;
    user.disabled = true;
    return user_change(tx, &user, user.version, err);
}

TEST(who_is_disabled_cannot_log_in)
{
    WORLD(w);
    API(api, &w, &session_routes);
    user_id anna = add_user(&w, "anna@example.org");

    CHECK_OK(world_write(&w, disable, &anna), &w.err);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 401);
}

static bool make_without_password(struct tx *tx, void *arg, struct err *err)
{
    return user_make(tx, &(struct user_draft){ .email = "robot@example.org", .name = "Robot" },
                     NULL, arg, err);
}

TEST(who_has_no_password_cannot_log_in_with_an_empty_one)
{
    WORLD(w);
    API(api, &w, &session_routes);
    struct user robot;

    CHECK_OK(world_write(&w, make_without_password, &robot), &w.err);
    CHECK(api_login(&api, "robot@example.org", "") == 401);
}

TEST(after_the_logout_the_cookie_is_worth_nothing)
{
    WORLD(w);
    API(api, &w, &session_routes);
    user_id anna = api_as(&api, ROLE_AGENT);
    const char *csrf = api.csrf;

    api.csrf = NULL;
    CHECK(api_call(&api, POST, "/api/v1/logout", NULL) == 403);
    api.csrf = csrf;
    CHECK(api_call(&api, POST, "/api/v1/logout", NULL) == 204);
    CHECK(strstr(api_header(&api, "Set-Cookie"), "Max-Age=0") != NULL);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 401);
    CHECK(count_events(&w, "audit.logout", anna) == 1);
}

TEST(a_session_ends_two_weeks_after_its_last_use)
{
    WORLD(w);
    API(api, &w, &session_routes);
    FAKE_CLOCK(at);

    api_as(&api, ROLE_AGENT);
    clock_advance(13 * DAY_MS);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200);
    for (int i = 0; i < 400; i++) {
        CHECK(api_call(&api, GET, "/api/v1/sessions", NULL) == 200);
        if (strstr(api.body, "\"seen_at\":\"2027-01-28"))
            break;
        wait_a_little();
    }
    clock_advance(13 * DAY_MS);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200);
    clock_advance(14 * DAY_MS);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 401);
}

TEST(an_old_cookie_doesn_t_keep_anybody_from_logging_in)
{
    WORLD(w);
    API(api, &w, &session_routes);

    add_user(&w, "anna@example.org");
    api.cookie = "of-a-session-that-was";
    CHECK(api_call(&api, POST, "/api/v1/login",
                   "{\"email\":\"anna@example.org\",\"password\":\"" PASSWORD "\"}") == 200);
}

TEST(somebody_sees_and_ends_only_their_own_sessions)
{
    WORLD(w);
    API(api, &w, &session_routes);
    const char *at, *path;
    struct api other = api;

    api_as(&other, ROLE_AGENT);
    CHECK(api_call(&other, GET, "/api/v1/sessions", NULL) == 200);
    CHECK(strstr(other.body, "\"is_current\":true") != NULL);
    at = strstr(other.body, "ses_");
    path = arena_printf(w.mem, "/api/v1/sessions/%.17s", at);

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, "/api/v1/sessions", NULL) == 200);
    CHECK(!strstr(api.body, arena_text_n(w.mem, at, 17)));
    CHECK(api_call(&api, DELETE, path, NULL) == 404);
    CHECK(api_call(&other, DELETE, path, NULL) == 204);
    CHECK(api_call(&other, GET, "/api/v1/me", NULL) == 401);
    api_as_token(&api, ROLE_ADMIN, "*");
    CHECK(api_call(&api, GET, "/api/v1/sessions", NULL) == 403);
    CHECK(api_call(&api, POST, "/api/v1/logout", NULL) == 403);
}

static bool take_secret(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                        struct err *err)
{
    (void)columns, (void)n, (void)err;
    *(size_t *)arg += cells[0].len == HASH_LEN;
    return true;
}

static bool look_for_secret(struct tx *tx, void *arg, struct err *err)
{
    return db_each(tx, "SELECT secret_hash FROM sessions", NO_ARGS, take_secret, arg, err);
}

TEST(of_the_secret_only_a_hash_is_stored)
{
    WORLD(w);
    API(api, &w, &session_routes);
    size_t hashes = 0;

    api_as(&api, ROLE_AGENT);
    CHECK_OK(world_read(&w, look_for_secret, &hashes), &w.err);
    CHECK(hashes == 1);
}

TEST(all_other_sessions_of_a_user_end_at_once_and_nobody_else_s)
{
    WORLD(w);
    API(api, &w, &session_routes);
    struct api phone = api, colleague = api;

    add_user(&w, "anna@example.org");
    CHECK(api_login(&phone, "anna@example.org", PASSWORD) == 200);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
    api_as(&colleague, ROLE_AGENT);
    CHECK(api_call(&api, DELETE, "/api/v1/sessions", NULL) == 204);
    CHECK(api_call(&phone, GET, "/api/v1/me", NULL) == 401);
    CHECK(api_call(&colleague, GET, "/api/v1/me", NULL) == 200);
    CHECK(api_call(&api, GET, "/api/v1/sessions", NULL) == 200 && api_count(&api, "ses") == 1);
}

TEST(a_session_says_which_browser_it_is)
{
    WORLD(w);
    API(api, &w, &session_routes);

    add_user(&w, "anna@example.org");
    api.header = "User-Agent: Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0";
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);
    CHECK(api_call(&api, GET, "/api/v1/sessions", NULL) == 200);
    CHECK(strstr(api.body, "\"browser\":\"Firefox\",\"device\":\"Windows\""));
}
