#include "sessions_api.h"
#include "users.h"
#include "users_api.h"

#include "api.h"
#include "test.h"

#include "../base/text.h"

#include <stdio.h>
#include <string.h>

#define ANNA     "{\"email\":\"Anna@Example.org\",\"name\":\"Anna\",\"role\":\"agent\"}"
#define PASSWORD "correct horse battery"

static const char *path_of(struct api *api, user_id user, const char *rest)
{
    char id[ID_TEXT_MAX];

    id_write("usr", user.n, id);
    return arena_printf(api->w->mem, "/api/v1/users/%s%s", id, rest);
}

/* How many users there are with this address, in all organisations. */
struct counting {
    const char *email;
    struct list list;
};

static bool find(struct tx *tx, void *arg, struct err *err)
{
    struct counting *counting = arg;

    return user_by_email(tx, counting->email, &counting->list, err);
}

static size_t count_users(struct world *w, const char *email)
{
    struct counting counting = { email, { 0 } };

    return world_read(w, find, &counting) ? counting.list.n : 999;
}

TEST(a_user_is_added_once_and_found_by_the_folded_address)
{
    WORLD(w);
    API(api, &w, &user_routes);

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 201);
    CHECK_TEXT(api_text(&api, "email"), "anna@example.org");
    CHECK_TEXT(api_text(&api, "role"), "agent");
    CHECK(!strstr(api.body, "password"));
    CHECK(count_users(&w, " ANNA@example.ORG ") == 1);
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 409);
    CHECK(count_users(&w, "anna@example.org") == 1);
}

TEST(a_user_that_makes_no_sense_is_refused_with_the_field)
{
    static const struct {
        const char *json, *pointer;
    } rows[] = {
        { "{\"name\":\"A\",\"role\":\"agent\"}",                                                   "/email"    },
        { "{\"email\":\"no address\",\"name\":\"A\",\"role\":\"agent\"}",                          "/email"    },
        { "{\"email\":\"a@example.org\",\"name\":\" \",\"role\":\"agent\"}",                       "/name"     },
        { "{\"email\":\"a@example.org\",\"name\":\"A\"}",                                          "/role"     },
        { "{\"email\":\"a@example.org\",\"name\":\"A\",\"role\":\"king\"}",                        "/role"     },
        { "{\"email\":\"a@example.org\",\"name\":\"A\",\"role\":null}",                            "/role"     },
        { "{\"email\":\"a@example.org\",\"name\":\"A\",\"role\":\"lead\",\"language\":\"xx\"}",
         "/language"                                                                                           },
        { "{\"email\":\"a@example.org\",\"name\":\"A\",\"role\":\"lead\",\"password\":\"short\"}",
         "/password"                                                                                           },
        { "{\"email\":\"a@example.org\",\"name\":\"A\",\"role\":\"lead\","
          "\"password\":\"A@Example.org\"}",                                              "/password" },
    };
    WORLD(w);
    API(api, &w, &user_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, POST, "/api/v1/users", rows[i].json) == 422);
        CHECK(strstr(api.body, arena_printf(w.mem, "\"pointer\":\"%s\"", rows[i].pointer)) != NULL);
    }
    CHECK(count_users(&w, "a@example.org") == 0);
}

TEST(an_idempotency_key_adds_one_user_and_gives_the_same_answer_twice)
{
    WORLD(w);
    API(api, &w, &user_routes);
    const char *first;

    api_as(&api, ROLE_ADMIN);
    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 201);
    first = api.body;
    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 201);
    CHECK_TEXT(api.body, first);
    CHECK_TEXT(api_header(&api, "Idempotency-Replayed"), "true");
    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, "/api/v1/users",
                   "{\"email\":\"ben@example.org\",\"name\":\"Ben\",\"role\":\"agent\"}") == 409);
    CHECK(count_users(&w, "anna@example.org") == 1);
    CHECK(count_users(&w, "ben@example.org") == 0);
}

TEST(a_session_changes_nothing_without_its_csrf_token)
{
    WORLD(w);
    API(api, &w, &user_routes);

    api_as(&api, ROLE_ADMIN);
    api.csrf = NULL;
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 403);
    api.csrf = "guessed";
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 403);
    CHECK(count_users(&w, "anna@example.org") == 0);
    CHECK(api_call(&api, GET, "/api/v1/users", NULL) == 200);
}

TEST(only_who_has_the_right_adds_users)
{
    WORLD(w);
    API(api, &w, &user_routes);

    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 403);
    api_as_token(&api, ROLE_ADMIN, "user:read");
    CHECK(api_call(&api, GET, "/api/v1/users", NULL) == 200);
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 403);
    api_as_token(&api, ROLE_ADMIN, "*");
    CHECK(api_call(&api, POST, "/api/v1/users", ANNA) == 201);
}

TEST(a_token_makes_nobody_mightier_than_itself)
{
    WORLD(w);
    API(api, &w, &user_routes);
    user_id other = api_as(&api, ROLE_ADMIN);

    api_as_token(&api, ROLE_ADMIN, "user:read user:write");
    CHECK(api_call(&api, POST, "/api/v1/users",
                   "{\"email\":\"a@example.org\",\"name\":\"A\",\"role\":\"admin\"}") == 403);
    CHECK(api_call(&api, PUT, path_of(&api, other, "/password"),
                   "{\"password\":\"" PASSWORD "\"}") == 403);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&api, other, ""), "{\"disabled\":true}") == 403);
}

TEST(a_user_is_changed_with_the_version_that_was_read)
{
    WORLD(w);
    API(api, &w, &user_routes);
    user_id agent = api_as(&api, ROLE_AGENT);
    const char *path = path_of(&api, agent, "");

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"New\"}") == 428);
    api.header = "If-Match: \"7\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"New\"}") == 412);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"role\":null}") == 422);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"New\",\"role\":\"lead\",\"language\":null}") ==
          200);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "New");
    CHECK_TEXT(api_text(&api, "role"), "lead");
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
}

TEST(the_last_administrator_stays_one)
{
    WORLD(w);
    API(api, &w, &user_routes);
    user_id agent = api_as(&api, ROLE_AGENT), first = api_as(&api, ROLE_ADMIN), second;
    const char *path = path_of(&api, first, "");

    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&api, agent, ""), "{\"role\":\"lead\"}") == 200);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"role\":\"agent\"}") == 409);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"disabled\":true}") == 409);
    second = api_as(&api, ROLE_ADMIN);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"disabled\":true}") == 200);
    CHECK(strstr(api.body, "\"disabled\":true") != NULL);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&api, second, ""), "{\"role\":\"agent\"}") == 409);
}

TEST(who_is_disabled_is_logged_out_and_no_token_of_theirs_works)
{
    WORLD(w);
    API(api, &w, &user_routes);
    user_id agent = api_as(&api, ROLE_AGENT);
    struct api theirs = api, program = api;
    user_id robot = api_as_token(&program, ROLE_INTEGRATION, "*");

    CHECK(api_call(&theirs, GET, "/api/v1/users", NULL) == 200);
    CHECK(api_call(&program, GET, "/api/v1/users", NULL) == 200);
    api_as(&api, ROLE_ADMIN);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&api, agent, ""), "{\"disabled\":true}") == 200);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&api, robot, ""), "{\"disabled\":true}") == 200);
    CHECK(api_call(&theirs, GET, "/api/v1/users", NULL) == 401);
    CHECK(api_call(&program, GET, "/api/v1/users", NULL) == 401);
}

TEST(users_come_in_pages)
{
    WORLD(w);
    API(api, &w, &user_routes);
    size_t seen = 0;
    const char *next = "";

    for (size_t i = 0; i < 5; i++)
        api_as(&api, ROLE_AGENT);
    for (size_t page = 0; next && page < 5; page++) {
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/users?limit=2&cursor=%s", next),
                       NULL) == 200);
        for (const char *at = api.body; (at = strstr(at, "\"email\"")); at++)
            seen++;
        next = api_text(&api, "next");
    }
    CHECK(!next && seen == 5);
    CHECK(api_call(&api, GET, "/api/v1/users?limit=201", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/users?cursor=nonsense", NULL) == 422);
}

TEST(a_new_password_ends_the_other_sessions_and_takes_the_old_one)
{
    WORLD(w);
    API(api, &w, &user_routes, &session_routes);
    struct api other;
    user_id anna;
    const char *path, *id;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/users",
                   "{\"email\":\"anna@example.org\",\"name\":\"Anna\",\"role\":\"agent\","
                   "\"password\":\"" PASSWORD "\"}") == 201);
    id = api_text(&api, "id");
    CHECK(id_read("usr", id, strlen(id), &anna.n));
    path = path_of(&api, anna, "/password");
    other = api;
    CHECK(api_login(&other, "Anna@example.org", PASSWORD) == 200);
    CHECK(api_login(&api, "anna@example.org", PASSWORD) == 200);

    CHECK(api_call(&api, PUT, path, "{\"password\":\"another long one\"}") == 422);
    CHECK(api_call(&api, PUT, path,
                   "{\"password\":\"another long one\",\"old_password\":\"not this\"}") == 422);
    CHECK(api_call(&api, PUT, path,
                   "{\"password\":\"too short\",\"old_password\":\"" PASSWORD "\"}") == 422);
    CHECK(api_call(&other, GET, "/api/v1/me", NULL) == 200);
    CHECK(api_call(&api, PUT, path,
                   "{\"password\":\"another long one\",\"old_password\":\"" PASSWORD "\"}") == 204);
    CHECK(api_call(&api, GET, "/api/v1/me", NULL) == 200);
    CHECK(api_call(&other, GET, "/api/v1/me", NULL) == 401);
    CHECK(api_login(&other, "anna@example.org", PASSWORD) == 401);
    CHECK(api_login(&other, "anna@example.org", "another long one") == 200);
}

TEST(only_an_administrator_sets_the_password_of_another)
{
    WORLD(w);
    API(api, &w, &user_routes);
    user_id agent = api_as(&api, ROLE_AGENT);
    const char *path = path_of(&api, agent, "/password");

    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, PUT, path, "{\"password\":\"" PASSWORD "\"}") == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, PUT, path, "{\"password\":\"" PASSWORD "\"}") == 204);
}

TEST(everybody_gives_oneself_a_name_and_nothing_more)
{
    WORLD(w);
    API(api, &w, &user_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, PATCH, "/api/v1/me", "{\"name\":\"Anna\"}") == 428);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, "/api/v1/me", "{\"name\":\"Anna\",\"language\":\"fr\"}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "Anna");
    CHECK_TEXT(api_text(&api, "language"), "fr");
    api.header = "If-Match: \"2\"";
    CHECK(api_call(&api, PATCH, "/api/v1/me", "{\"role\":\"admin\"}") == 422 ||
          !strstr(api.body, "admin"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, "/api/v1/me", "{\"name\":\"Bea\"}") == 412);
}

TEST(what_a_role_may_do_is_said_as_the_table_of_rights_has_it)
{
    WORLD(w);
    API(api, &w, &user_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, "/api/v1/roles", NULL) == 200);
    CHECK(strstr(api.body, "{\"role\":\"editor\",\"rights\":[\"case:read\",\"person:read\","
                           "\"channel:read\",\"user:read\",\"record:read\",\"task:read\","
                           "\"task:write\"]}"));
    CHECK(strstr(api.body, "\"role\":\"integration\""));
}
