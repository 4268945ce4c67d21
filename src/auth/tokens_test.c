#include "tokens.h"
#include "tokens_api.h"
#include "users_api.h"

#include "api.h"
#include "test.h"

#include "../base/text.h"

#include <string.h>

#define TOKENS "/api/v1/tokens"

TEST(a_token_is_shown_once_and_works_until_revoked)
{
    WORLD(w);
    API(api, &w, &token_routes, &user_routes);
    struct api program = api;
    const char *path;

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"import\",\"scopes\":\"user:read\"}") == 201);
    path = arena_printf(w.mem, TOKENS "/%s", api_text(&api, "id"));
    program.token = api_text(&api, "secret");
    CHECK(text_starts(program.token, "gst_") && strlen(program.token) == 44);
    CHECK(api_call(&api, GET, TOKENS, NULL) == 200);
    CHECK(strstr(api.body, "\"import\"") && !strstr(api.body, program.token));
    CHECK(api_call(&program, GET, "/api/v1/users", NULL) == 200);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&program, GET, "/api/v1/users", NULL) == 401);
}

TEST(a_token_names_only_rights_that_its_user_has)
{
    static const struct {
        const char *scopes;
        int status;
    } rows[] = {
        { "case:read",            201 },
        { "*",                    201 },
        { "case:read case:write", 201 },
        { "user:write",           422 },
        { "case:read user:write", 422 },
        { "* user:write",         422 },
        { "case:fly",             422 },
        { "",                     422 },
        { "  ",                   422 },
    };
    WORLD(w);
    API(api, &w, &token_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        api_call(&api, POST, TOKENS,
                 arena_printf(w.mem, "{\"name\":\"n\",\"scopes\":\"%s\"}", rows[i].scopes));
        if (api.status != rows[i].status)
            test_fail(__FILE__, __LINE__, "\"%s\": %d %s", rows[i].scopes, api.status, api.body);
    }
}

TEST(a_token_makes_no_token_with_more_rights_than_its_own)
{
    WORLD(w);
    API(api, &w, &token_routes);

    api_as_token(&api, ROLE_ADMIN, "case:read");
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"n\",\"scopes\":\"*\"}") == 403);
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"n\",\"scopes\":\"user:write\"}") == 403);
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"n\",\"scopes\":\"case:read\"}") == 201);
}

TEST(a_token_that_ends_makes_none_that_outlives_it)
{
    WORLD(w);
    API(api, &w, &token_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, TOKENS,
                   "{\"name\":\"n\",\"scopes\":\"*\",\"expires_at\":\"2999-01-01T00:00:00Z\"}") ==
          201);
    api.token = api_text(&api, "secret");
    api.cookie = api.csrf = NULL;
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"n\",\"scopes\":\"*\"}") == 422);
    CHECK(api_call(&api, POST, TOKENS,
                   "{\"name\":\"n\",\"scopes\":\"*\",\"expires_at\":\"2999-01-02T00:00:00Z\"}") ==
          422);
    CHECK(api_call(&api, POST, TOKENS,
                   "{\"name\":\"n\",\"scopes\":\"*\",\"expires_at\":\"2998-01-01T00:00:00Z\"}") ==
          201);
}

TEST(a_token_that_is_asked_for_twice_with_one_key_is_made_once_and_its_secret_is_told_once)
{
    WORLD(w);
    API(api, &w, &token_routes);
    const char *secret;

    api_as(&api, ROLE_AGENT);
    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"n\",\"scopes\":\"*\"}") == 201);
    secret = api_text(&api, "secret");
    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, TOKENS, "{\"name\":\"n\",\"scopes\":\"*\"}") == 409);
    CHECK(secret && !strstr(api.body, secret) && strstr(api.body, "revoke the token"));
    api.header = NULL;
    CHECK(api_call(&api, GET, TOKENS, NULL) == 200);
    CHECK(api_count(&api, "tok") == 1);
}

TEST(only_an_administrator_sees_to_the_tokens_of_others)
{
    WORLD(w);
    API(api, &w, &token_routes);
    user_id robot = api_as(&api, ROLE_INTEGRATION);
    char id[ID_TEXT_MAX];
    const char *json, *list, *path;

    id_write("usr", robot.n, id);
    json = arena_printf(w.mem, "{\"name\":\"n\",\"scopes\":\"*\",\"user_id\":\"%s\"}", id);
    list = arena_printf(w.mem, TOKENS "?user=%s", id);
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, POST, TOKENS, json) == 403);
    CHECK(api_call(&api, GET, list, NULL) == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, TOKENS, json) == 201);
    CHECK_TEXT(api_text(&api, "user_id"), id);
    path = arena_printf(w.mem, TOKENS "/%s", api_text(&api, "id"));
    CHECK(api_call(&api, GET, list, NULL) == 200);
    CHECK(strstr(api.body, id) != NULL);
    CHECK(api_call(&api, GET, TOKENS "?all=true", NULL) == 200);
    CHECK(strstr(api.body, id));
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, GET, TOKENS "?all=true", NULL) == 403);
    CHECK(api_call(&api, DELETE, path, NULL) == 404);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, GET, TOKENS "?all=true", NULL) == 200);
    CHECK(!strstr(api.body, strrchr(path, '/') + 1));
}

static void real_clock(const instant *at)
{
    (void)at;
    clock_fake((instant){ 0 });
}

TEST(a_token_ends_when_it_said_it_would)
{
    WORLD(w);
    API(api, &w, &token_routes, &user_routes);
    CLEANUP(real_clock) instant at = { 1800000000000 }; /* 2027-01-15 08:00 UTC */
    struct api program = api;

    clock_fake(at);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, TOKENS,
                   "{\"name\":\"n\",\"scopes\":\"*\",\"expires_at\":\"2027-01-15T07:00:00Z\"}") ==
          422);
    CHECK(api_call(&api, POST, TOKENS,
                   "{\"name\":\"n\",\"scopes\":\"*\",\"expires_at\":\"2027-01-15T09:00:00Z\"}") ==
          201);
    program.token = api_text(&api, "secret");
    clock_advance(HOUR_MS - 1);
    CHECK(api_call(&program, GET, "/api/v1/users", NULL) == 200);
    clock_advance(1);
    CHECK(api_call(&program, GET, "/api/v1/users", NULL) == 401);
}
