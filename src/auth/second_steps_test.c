#include "second_steps.h"
#include "second_steps_api.h"

#include "api.h"
#include "test.h"

#include "../base/crypt.h"
#include "../base/text.h"
#include "organisations_api.h"
#include "sessions_api.h"
#include "totp.h"
#include "users_api.h"

#include <string.h>

#define EMAIL    "anna@example.org"
#define PASSWORD "correct horse battery"
#define OWN      "/api/v1/me/second-step"
#define PROOF    "{\"password\":\"" PASSWORD "\",\"code\":\"%s\"}"

static bool make_anna(struct tx *tx, void *arg, struct err *err)
{
    /* Made once: it takes long on purpose. */
    static char hash[PASSWORD_HASH_MAX];

    if (*hash == '\0' && !password_hash(PASSWORD, hash, err))
        return false;
    return user_make(tx, &(struct user_draft){ .email = EMAIL, .name = "Anna", .role = ROLE_AGENT },
                     hash, arg, err);
}

static void real_clock(const instant *at)
{
    (void)at;
    clock_fake((instant){ 0 });
}

#define FAKE_CLOCK(at)                                                                             \
    CLEANUP(real_clock) instant at = { 1800000000000 };                                            \
    clock_fake(at)

#define SITE(api, w)                                                                               \
    API(api, w, &session_routes, &second_step_routes, &user_routes, &organisation_routes)

/* What Anna's app shows now. */
static const char *code_of(struct api *api, const char *secret)
{
    struct bytes key;

    if (!totp_key_read(api->w->mem, secret, &key))
        test_fail(__FILE__, __LINE__, "no secret: %s", secret);
    return arena_printf(api->w->mem, "%06u", totp_code(key, totp_step(clock_now())));
}

static int log_in(struct api *api, const char *code)
{
    api_as_nobody(api);
    return api_call(api, POST, "/api/v1/login",
                    arena_printf(api->w->mem,
                                 "{\"email\":\"" EMAIL "\",\"password\":\"" PASSWORD
                                 "\",\"code\":\"%s\"}",
                                 code));
}

/* Anna has one, and is logged in; *secret is what her app knows. */
static void add_second_step(struct api *api, const char **secret)
{
    struct user anna;

    *secret = "aa";
    CHECK_OK(world_write(api->w, make_anna, &anna), &api->w->err);
    CHECK(api_login(api, EMAIL, PASSWORD) == 200);
    CHECK(api_call(api, PUT, OWN, "{\"password\":\"" PASSWORD "\"}") == 200);
    *secret = api_text(api, "secret");
    CHECK(api_call(api, PUT, OWN "/confirmation",
                   arena_printf(api->w->mem, "{\"code\":\"%s\"}", code_of(api, *secret))) == 200);
}

static const char *first_recovery_code(const struct api *api)
{
    return arena_text_n(api->w->mem, strstr(api->body, "[\"") + 2, RECOVERY_CODE_LEN + 3);
}

TEST(a_second_step_counts_only_once_the_app_has_shown_a_code)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    struct user anna;
    const char *secret;

    CHECK_OK(world_write(&w, make_anna, &anna), &w.err);
    CHECK(api_login(&api, EMAIL, PASSWORD) == 200);
    CHECK(api_call(&api, PUT, OWN, "{\"password\":\"wrong password\"}") == 422);
    CHECK(api_call(&api, PUT, OWN, "{\"password\":\"" PASSWORD "\"}") == 200);
    secret = api_text(&api, "secret");
    CHECK(strlen(secret) == TOTP_SECRET_LEN);
    CHECK(text_starts(api_text(&api, "uri"), "otpauth://totp/Test:anna%40example.org?secret="));
    CHECK(api_call(&api, GET, OWN, NULL) == 200 && strstr(api.body, "\"is_on\":false"));
    CHECK(api_login(&api, EMAIL, PASSWORD) == 200);
    CHECK(api_call(&api, PUT, OWN "/confirmation", "{\"code\":\"12345\"}") == 422);
    CHECK(api_call(&api, GET, OWN, NULL) == 200 && strstr(api.body, "\"is_on\":false"));
    CHECK(api_call(&api, PUT, OWN "/confirmation",
                   arena_printf(w.mem, "{\"code\":\"%s\"}", code_of(&api, secret))) == 200);
    CHECK(strstr(api.body, "{\"codes\":[\""));
    CHECK(api_call(&api, GET, OWN, NULL) == 200 && strstr(api.body, "\"is_on\":true") &&
          strstr(api.body, "\"recovery_codes_n\":10"));
    CHECK(api_call(&api, PUT, OWN, "{\"password\":\"" PASSWORD "\"}") == 409);
}

TEST(sessions_that_began_without_the_second_step_end_when_it_is_added)
{
    WORLD(w);
    SITE(api, &w);
    struct user anna;
    struct api other = api;
    const char *secret;

    CHECK_OK(world_write(&w, make_anna, &anna), &w.err);
    CHECK(api_login(&other, EMAIL, PASSWORD) == 200 && api_login(&api, EMAIL, PASSWORD) == 200);
    CHECK(api_call(&api, PUT, OWN, "{\"password\":\"" PASSWORD "\"}") == 200);
    secret = api_text(&api, "secret");
    CHECK(api_call(&api, PUT, OWN "/confirmation",
                   arena_printf(w.mem, "{\"code\":\"%s\"}", code_of(&api, secret))) == 200);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200);
    CHECK(api_call(&other, GET, "/api/v1/me", NULL) == 401);
}

TEST(a_login_with_a_second_step_asks_for_a_code_that_is_good_once)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret;

    add_second_step(&api, &secret);
    CHECK(log_in(&api, "") == 422 && strstr(api.body, "/code"));
    CHECK(api_header(&api, "Set-Cookie") == NULL);
    /* The one with which it was added. */
    CHECK(log_in(&api, code_of(&api, secret)) == 422);
    clock_advance(TOTP_STEP_MS);
    CHECK(log_in(&api, code_of(&api, secret)) == 200);
    CHECK(log_in(&api, code_of(&api, secret)) == 422);
    clock_advance(TOTP_STEP_MS);
    CHECK(log_in(&api, "000000") == 422);
    CHECK(log_in(&api, code_of(&api, secret)) == 200);
}

TEST(a_code_alone_opens_nothing)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret;

    add_second_step(&api, &secret);
    clock_advance(TOTP_STEP_MS);
    api_as_nobody(&api);
    CHECK(api_call(&api, POST, "/api/v1/login",
                   arena_printf(w.mem,
                                "{\"email\":\"" EMAIL
                                "\",\"password\":\"wrong password\",\"code\":\"%s\"}",
                                code_of(&api, secret))) == 401);
    CHECK(!strstr(api.body, "code"));
    CHECK(log_in(&api, code_of(&api, secret)) == 200);
}

TEST(a_recovery_code_is_good_for_one_login_with_or_without_its_dashes)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret, *code;

    add_second_step(&api, &secret);
    code = first_recovery_code(&api);
    CHECK(code && strlen(code) == RECOVERY_CODE_LEN + 3);
    CHECK(log_in(&api, code) == 200);
    CHECK(log_in(&api, code) == 422);
    CHECK(log_in(&api, "aaaa-aaaa-aaaa-aaaa") == 422);
}

TEST(a_recovery_code_is_read_as_people_type_it)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret, *code;
    char *bare;

    add_second_step(&api, &secret);
    code = first_recovery_code(&api);
    bare = arena_printf(w.mem, "%.4s%.4s %.4s%.4s", code, code + 5, code + 10, code + 15);
    for (char *at_letter = bare; *at_letter; at_letter++)
        if (*at_letter >= 'a')
            *at_letter = (char)(*at_letter - 'a' + 'A');
    CHECK(log_in(&api, bare) == 200);
}

TEST(who_guesses_codes_waits_longer_each_time_and_a_right_one_ends_it)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret;

    add_second_step(&api, &secret);
    clock_advance(TOTP_STEP_MS);
    for (int i = 0; i < SECOND_STEP_TRIES; i++)
        CHECK(log_in(&api, "000000") == 422);
    CHECK(log_in(&api, code_of(&api, secret)) == 429);
    CHECK_TEXT(api_header(&api, "Retry-After"), "60");
    clock_advance(MINUTE_MS);
    CHECK(log_in(&api, "000000") == 422);
    CHECK(log_in(&api, "000000") == 429);
    CHECK_TEXT(api_header(&api, "Retry-After"), "120");
    clock_advance(2 * MINUTE_MS);
    CHECK(log_in(&api, code_of(&api, secret)) == 200);
    clock_advance(MINUTE_MS);
    CHECK(log_in(&api, "000000") == 422);
    CHECK(log_in(&api, code_of(&api, secret)) == 200);
}

TEST(a_password_without_the_code_is_no_way_to_guess_for_ever)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret;

    add_second_step(&api, &secret);
    for (int i = 0; i < LOGIN_TRIES_MAX; i++)
        CHECK(log_in(&api, "") == 422);
    CHECK(log_in(&api, "") == 429);
}

TEST(removing_it_takes_the_password_and_a_code)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret, *recovery;

    add_second_step(&api, &secret);
    recovery = first_recovery_code(&api);
    CHECK(api_call(&api, POST, OWN "/remove", arena_printf(w.mem, PROOF, "000000")) == 422);
    CHECK(api_call(&api, POST, OWN "/remove",
                   arena_printf(w.mem, "{\"password\":\"wrong password\",\"code\":\"%s\"}",
                                recovery)) == 422);
    CHECK(api_call(&api, GET, OWN, NULL) == 200 && strstr(api.body, "\"is_on\":true"));
    clock_advance(TOTP_STEP_MS);
    CHECK(api_call(&api, POST, OWN "/remove", arena_printf(w.mem, PROOF, code_of(&api, secret))) ==
          204);
    CHECK(api_login(&api, EMAIL, PASSWORD) == 200);
    CHECK(api_call(&api, POST, OWN "/remove", arena_printf(w.mem, PROOF, recovery)) == 409);
}

TEST(new_recovery_codes_make_the_earlier_ones_worthless)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    const char *secret, *before, *after;

    add_second_step(&api, &secret);
    before = first_recovery_code(&api);
    clock_advance(TOTP_STEP_MS);
    CHECK(api_call(&api, PUT, OWN "/recovery-codes",
                   arena_printf(w.mem, PROOF, code_of(&api, secret))) == 200);
    after = first_recovery_code(&api);
    CHECK(log_in(&api, before) == 422);
    CHECK(log_in(&api, after) == 200);
}

TEST(an_administrator_takes_it_off_a_colleague_but_not_off_oneself)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    struct api admin = api;
    const char *secret, *path, *own;

    add_second_step(&api, &secret);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200);
    path = arena_printf(w.mem, "/api/v1/users/%s/second-step",
                        arena_text_n(w.mem, strstr(api.body, "usr_"), 17));
    CHECK(api_call(&api, DELETE, path, NULL) == 403);
    own = arena_printf(w.mem, "/api/v1/users/%s/second-step",
                       id_text("usr", api_as(&admin, ROLE_ADMIN).n).s);
    CHECK(api_call(&admin, DELETE, own, NULL) == 403);
    CHECK(api_call(&admin, GET, "/api/v1/users", NULL) == 200 &&
          strstr(admin.body, "\"has_second_step\":true"));
    CHECK(api_call(&admin, DELETE, path, NULL) == 204);
    CHECK(api_login(&api, EMAIL, PASSWORD) == 200);
    CHECK(api_call(&admin, DELETE, path, NULL) == 409);
}

TEST(where_everybody_needs_one_who_has_none_can_only_add_it)
{
    WORLD(w);
    SITE(api, &w);
    FAKE_CLOCK(at);
    struct api admin = api;
    struct user anna;
    const char *secret;

    CHECK_OK(world_write(&w, make_anna, &anna), &w.err);
    api_as(&admin, ROLE_ADMIN);
    admin.header = "If-Match: *";
    CHECK(api_call(&admin, PATCH,
                   arena_printf(w.mem, "/api/v1/organisations/%s",
                                id_text("org", w.scope.organisation.n).s),
                   "{\"needs_second_step\":true}") == 200);
    CHECK(api_call(&admin, GET, "/api/v1/users", NULL) == 403);
    CHECK(strstr(admin.body, "add a second step to your login first"));
    CHECK(api_login(&api, EMAIL, PASSWORD) == 200);
    CHECK(strstr(api.body, "\"lacks_second_step\":true") && strstr(api.body, "\"rights\":[]"));
    CHECK(api_call(&api, GET, "/api/v1/users", NULL) == 403);
    CHECK(api_call(&api, PUT, OWN, "{\"password\":\"" PASSWORD "\"}") == 200);
    secret = api_text(&api, "secret");
    CHECK(api_call(&api, PUT, OWN "/confirmation",
                   arena_printf(w.mem, "{\"code\":\"%s\"}", code_of(&api, secret))) == 200);
    CHECK(api_call(&api, GET, "/api/v1/users", NULL) == 200);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200 &&
          strstr(api.body, "\"lacks_second_step\":false"));
}

TEST(a_token_neither_sets_up_nor_removes_a_second_step)
{
    WORLD(w);
    SITE(api, &w);

    api_as_token(&api, ROLE_ADMIN, "*");
    CHECK(api_call(&api, PUT, OWN, "{\"password\":\"" PASSWORD "\"}") == 403);
    CHECK(api_call(&api, PUT, OWN "/confirmation", "{\"code\":\"123456\"}") == 403);
    CHECK(api_call(&api, POST, OWN "/remove", arena_printf(w.mem, PROOF, "123456")) == 403);
}

struct look {
    const char *secret;
    bool is_sealed;
};

static bool take_secret(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                        struct err *err)
{
    struct look *look = arg;

    (void)columns, (void)n, (void)err;
    look->is_sealed = cells[0].len > TOTP_SECRET_LEN &&
                      !memmem(cells[0].data, cells[0].len, look->secret, strlen(look->secret));
    return true;
}

static bool look_for_secret(struct tx *tx, void *arg, struct err *err)
{
    return db_each(tx, "SELECT secret FROM second_steps", NO_ARGS, take_secret, arg, err);
}

TEST(the_secret_is_sealed_in_the_database)
{
    WORLD(w);
    SITE(api, &w);
    struct look look = { 0 };

    add_second_step(&api, &look.secret);
    CHECK_OK(world_read(&w, look_for_secret, &look), &w.err);
    CHECK(look.is_sealed);
}
