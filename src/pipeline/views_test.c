/* Views of cases that really came in. */
#include "../domain/views/views.h"

#include "../auth/teams_api.h"
#include "../store/events.h"

#include "desk.h"

#define VIEWS_DESK(api, w)                                                                         \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &view_routes, &label_routes,   \
        &team_routes)

static bool counts(struct api *api, const char *view, int n)
{
    return api_call(api, GET, "/api/v1/views/counts", NULL) == 200 &&
           says(api, arena_printf(api->w->mem, "\"view\":\"%s\",\"cases\":%d,\"is_more\":false",
                                  view, n));
}

TEST(a_view_counts_the_cases_that_its_list_shows)
{
    WORLD(w);
    VIEWS_DESK(api, &w);
    const char *channel, *path, *view;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(arrive(&api, channel, "1", "jan", "een") && arrive(&api, channel, "2", "piet", "twee"));
    path = arrive(&api, channel, "3", "klaas", "drie");
    CHECK(path && change(&api, path, "{\"status\":\"done\"}") == 200);
    CHECK(counts(&api, "ours", 2) && counts(&api, "active", 2) && counts(&api, "new", 2) &&
          counts(&api, "unassigned", 2) && counts(&api, "mine", 0));

    CHECK(api_call(&api, POST, "/api/v1/views",
                   "{\"name\":\"Alles\",\"status\":\"all\",\"sort\":\"newest\"}") == 201);
    view = api_text(&api, "id");
    CHECK(counts(&api, view, 3));
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Klaar\",\"status\":\"done\"}") == 201);
    CHECK(counts(&api, api_text(&api, "id"), 1));
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Wacht\",\"waits\":true}") == 201);
    CHECK(says(&api, "\"waits\":true") && counts(&api, api_text(&api, "id"), 2));
    CHECK(api_call(&api, POST, "/api/v1/views",
                   "{\"name\":\"Spoed\",\"urgent\":true,\"emotion\":\"anger\"}") == 201);
    CHECK(says(&api, "\"urgent\":true,\"emotion\":\"anger\"") &&
          counts(&api, api_text(&api, "id"), 0));
}

TEST(a_view_keeps_a_customer_and_times_and_counts_by_them)
{
    WORLD(w);
    VIEWS_DESK(api, &w);
    const char *channel, *path, *view;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "een");
    CHECK(path && arrive(&api, channel, "2", "piet", "twee"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(api_call(&api, POST, "/api/v1/views",
                   arena_printf(w.mem,
                                "{\"name\":\"Jan\",\"person_id\":\"%s\",\"opened\":\"7d\","
                                "\"last_message\":\"2020-01-01T00:00:00Z..\"}",
                                api_text(&api, "person_id"))) == 201);
    view = arena_text(w.mem, api_text(&api, "id"));
    CHECK(counts(&api, view, 1));
    path = arena_printf(w.mem, "/api/v1/views/%s", view);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Kort\",\"opened\":\"30d\"}") == 200);
    CHECK(says(&api, "\"person_id\":null") && says(&api, "\"opened\":\"30d\""));
    CHECK(counts(&api, view, 2));
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Mis\",\"opened\":\"gisteren\"}") ==
          422);
}

TEST(what_a_team_has_to_do_is_counted)
{
    WORLD(w);
    VIEWS_DESK(api, &w);
    const char *channel, *path, *team;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "een");
    CHECK(api_call(&api, POST, "/api/v1/teams", "{\"name\":\"Balie\"}") == 201);
    team = api_text(&api, "id");
    CHECK(counts(&api, team, 0));
    CHECK(path && change(&api, path, arena_printf(w.mem, "{\"team_id\":\"%s\"}", team)) == 200);
    CHECK(counts(&api, team, 1));
}

TEST(a_view_is_its_owners_until_it_is_shared_and_he_changes_it)
{
    WORLD(w);
    VIEWS_DESK(api, &w);
    const char *path;

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Van mij\",\"assignee\":\"me\"}") ==
          201);
    path = arena_printf(w.mem, "/api/v1/views/%s", api_text(&api, "id"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Van ons\",\"is_shared\":true}") == 200);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Te laat\"}") == 412);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Geheim\"}") == 201);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, "/api/v1/views", NULL) == 200 && api_count(&api, "viw") == 1);
    CHECK(says(&api, "Van ons"));
    CHECK(api_call(&api, DELETE, path, NULL) == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, DELETE, path, NULL) == 404);
}

static bool read_events(struct tx *tx, void *arg, struct err *err)
{
    return events_after(tx, 0, 100, arg, err);
}

/* The kinds of all that happened, each behind a space. */
static const char *kinds_of(struct world *w)
{
    struct sealing sealing = { .max = 100 };
    struct list events;
    const char *all = "";

    if (!world_write(w, events_seal, &sealing) || !world_read(w, read_events, &events))
        return w->err.text;
    for (size_t i = 0; i < events.n; i++)
        all = arena_printf(w->mem, "%s %s", all, ((const struct event *)events.items)[i].kind);
    return all;
}

TEST(who_had_a_view_hears_of_it_when_it_is_shared_no_more_and_nobody_of_one_that_never_was)
{
    WORLD(w);
    VIEWS_DESK(api, &w);
    const char *path;

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Geheim\"}") == 201);
    CHECK(strstr(kinds_of(&w), "view.") == NULL);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Van ons\",\"is_shared\":true}") ==
          201);
    CHECK(strstr(kinds_of(&w), " view.added") != NULL);
    path = arena_printf(w.mem, "/api/v1/views/%s", api_text(&api, "id"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Van mij\"}") == 200);
    CHECK(strstr(kinds_of(&w), " view.changed") != NULL);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(strstr(kinds_of(&w), " view.removed") == NULL);
}

TEST(who_only_reads_makes_no_view_for_everybody)
{
    WORLD(w);
    VIEWS_DESK(api, &w);

    api_as_token(&api, ROLE_ADMIN, "case:read");
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"Spam\",\"is_shared\":true}") == 403);
}

TEST(a_view_that_no_list_could_show_is_refused)
{
    WORLD(w);
    VIEWS_DESK(api, &w);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"x\",\"team\":\"onzin\"}") == 422);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"x\",\"assignee\":\"jij\"}") == 422);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"  \"}") == 422);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"x\",\"status\":\"gone\"}") == 422);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"x\",\"q\":\"lekkage\"}") == 201);
    CHECK(api_call(&api, GET, "/api/v1/views/counts", NULL) == 200 && !says(&api, "viw_"));
}

TEST(nobody_has_more_views_than_a_person_can_oversee)
{
    WORLD(w);
    VIEWS_DESK(api, &w);

    api_as(&api, ROLE_AGENT);
    for (int i = 0; i < VIEWS_MAX; i++)
        CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"x\"}") == 201);
    CHECK(api_call(&api, POST, "/api/v1/views", "{\"name\":\"x\"}") == 409);
}
