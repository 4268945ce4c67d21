#include "teams.h"
#include "teams_api.h"

#include "api.h"
#include "test.h"

#include "../base/text.h"

#include <string.h>

#define TEAMS "/api/v1/teams"

static const char *add_team(struct api *api, const char *name)
{
    if (api_call(api, POST, TEAMS, arena_printf(api->w->mem, "{\"name\":\"%s\"}", name)) != 201)
        return NULL;
    return arena_printf(api->w->mem, TEAMS "/%s", api_text(api, "id"));
}

TEST(a_team_is_added_renamed_and_removed)
{
    WORLD(w);
    API(api, &w, &team_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = add_team(&api, "Front");
    CHECK(path != NULL);
    CHECK(add_team(&api, "Front") == NULL && api.status == 409);
    CHECK(add_team(&api, " ") == NULL && api.status == 422);
    CHECK(add_team(&api, "Back") != NULL);
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Desk\"}") == 428);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Back\"}") == 409);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Desk\"}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "Desk");
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Late\"}") == 412);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, DELETE, path, NULL) == 412);
    api.header = "If-Match: \"2\"";
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 404);
}

TEST(a_team_shows_its_members_and_no_others)
{
    WORLD(w);
    API(api, &w, &team_routes);
    user_id member = api_as(&api, ROLE_AGENT);
    char id[ID_TEXT_MAX];
    const char *front, *back, *seat;

    id_write("usr", member.n, id);
    api_as(&api, ROLE_ADMIN);
    front = add_team(&api, "Front");
    back = add_team(&api, "Back");
    CHECK(front && back);
    seat = arena_printf(w.mem, "%s/members/%s", back, id);
    CHECK(api_call(&api, PUT, seat, NULL) == 200);
    CHECK(api_call(&api, PUT, seat, NULL) == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
    CHECK(strstr(api.body, id) != NULL);
    CHECK(api_call(&api, GET, front, NULL) == 200);
    CHECK(!strstr(api.body, id));
    CHECK(api_call(&api, GET, TEAMS, NULL) == 200);
    CHECK(strstr(api.body, id) && strstr(api.body, "\"members\":[]"));
    CHECK(strstr(api.body, "\"members\":[]") < strstr(api.body, id));
    CHECK(api_call(&api, DELETE, seat, NULL) == 200);
    CHECK(!strstr(api.body, id));
}

TEST(only_users_of_the_organisation_come_into_a_team)
{
    WORLD(w);
    API(api, &w, &team_routes);
    const char *path;
    char id[ID_TEXT_MAX];

    api_as(&api, ROLE_ADMIN);
    path = add_team(&api, "Front");
    id_write("usr", id_new(), id);
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/members/%s", path, id), NULL) == 404);
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/members/nobody", path), NULL) == 404);
}

static bool give_it_a_channel(struct tx *tx, void *arg, struct err *err)
{
    const char *path = arg, *id = strrchr(path, '/') + 1;
    team_id team;

    return id_read("tem", id, strlen(id), &team.n) &&
           db_script(tx,
                     arena_printf(tx->mem,
                                  "INSERT INTO channels (organisation_id, id, type, name, address,"
                                  " settings, team_id, enabled, created_at)"
                                  " VALUES (%lld, 1, 'api', 'API', '', '{}', %lld, TRUE, 0)",
                                  (long long)tx->organisation.n, (long long)team.n),
                     err);
}

TEST(a_team_with_which_something_stands_is_not_removed)
{
    WORLD(w);
    API(api, &w, &team_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = add_team(&api, "Front");
    CHECK_OK(world_write(&w, give_it_a_channel, (void *)path), &w.err);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, DELETE, path, NULL) == 409);
    CHECK(api_call(&api, GET, path, NULL) == 200);
}

TEST(who_may_not_write_users_only_reads_teams)
{
    WORLD(w);
    API(api, &w, &team_routes);

    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, GET, TEAMS, NULL) == 200);
    CHECK(add_team(&api, "Front") == NULL && api.status == 403);
}
