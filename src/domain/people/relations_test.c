#include "relations.h"

#include "api.h"
#include "test.h"

#include <string.h>

/* Adds somebody by the API; his id as text. */
static const char *made(struct api *api, const char *kind, const char *name)
{
    const char *json = arena_printf(api->w->mem, "{\"kind\":\"%s\",\"name\":\"%s\"}", kind, name);

    return api_call(api, POST, "/api/v1/people", json) == 201 ? api_text(api, "id") : "per_";
}

static int relate(struct api *api, const char *person, const char *kind, const char *other,
                  const char *rest)
{
    return api_call(
        api, POST, arena_printf(api->w->mem, "/api/v1/people/%s/relations", person),
        arena_printf(api->w->mem, "{\"kind\":\"%s\",\"other_id\":\"%s\"%s}", kind, other, rest));
}

static int listed(struct api *api, const char *person)
{
    if (api_call(api, GET, arena_printf(api->w->mem, "/api/v1/people/%s/relations", person),
                 NULL) != 200)
        return -1;
    return api_count(api, "rel");
}

TEST(a_relation_is_seen_from_both_sides_and_can_be_taken_away_and_given_back)
{
    WORLD(w);
    API(api, &w, &person_routes, &relation_routes);
    const char *anna, *mother, *path;

    api_as(&api, ROLE_AGENT);
    anna = made(&api, "person", "Anna");
    mother = made(&api, "person", "Mevrouw Bos");
    CHECK(relate(&api, anna, "represents", mother,
                 ",\"note\":\"belt voor haar\",\"since\":\"2026-01-01T00:00:00Z\"") == 201);
    CHECK_TEXT(api_text(&api, "other_name"), "Mevrouw Bos");
    path = arena_printf(w.mem, "/api/v1/people/%s/relations/%s", mother, api_text(&api, "id"));
    CHECK(listed(&api, anna) == 1 && listed(&api, mother) == 1);
    CHECK(api_call(&api, PATCH, path, "{\"until\":\"2025-01-01T00:00:00Z\"}") == 422);
    CHECK(api_call(&api, PATCH, path, "{\"until\":\"2026-06-01T00:00:00Z\",\"note\":null}") == 200);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(listed(&api, anna) == 0 && listed(&api, mother) == 0);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/restore", path), NULL) == 200);
    CHECK(listed(&api, anna) == 1);
}

TEST(only_those_are_related_who_can_be)
{
    WORLD(w);
    API(api, &w, &person_routes, &relation_routes);
    const char *anna, *bob, *firm;

    api_as(&api, ROLE_AGENT);
    anna = made(&api, "person", "Anna");
    bob = made(&api, "person", "Bob");
    firm = made(&api, "organisation", "Lindewerf");
    CHECK(relate(&api, anna, "contact_of", firm, "") == 201);
    CHECK(relate(&api, firm, "represents", bob, "") == 201);
    CHECK(relate(&api, bob, "family_of", anna, "") == 201);
    CHECK(relate(&api, anna, "contact_of", bob, "") == 422);
    CHECK(relate(&api, firm, "member_of", firm, "") == 422);
    CHECK(relate(&api, anna, "family_of", firm, "") == 422);
    CHECK(relate(&api, anna, "family_of", anna, "") == 422);
    CHECK(relate(&api, anna, "family_of", "per_0000000000001", "") == 404);
    CHECK(listed(&api, anna) == 2);
    api_as(&api, ROLE_EXPERT);
    CHECK(relate(&api, bob, "member_of", firm, "") == 403);
    CHECK(listed(&api, bob) == 2);
}
