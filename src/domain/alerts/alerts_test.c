#include "alerts.h"

#include "desk.h"
#include "test.h"

#include "../../auth/teams_api.h"
#include "../../auth/users_api.h"
#include "../notes/notes.h"
#include "../read_marks/read_marks.h"

#include <string.h>

#define ALERTS "/api/v1/me/alerts"

TEST(who_is_named_behind_an_at_is_mentioned)
{
    static const struct {
        const char *text;
        bool as_person, as_team;
    } rows[] = {
        { "@joost kijk jij?",   true,  false },
        { "kijk jij, @joost?",  true,  false },
        { "@joost brouwer: nu", true,  true  },
        { "@joost brouwers",    true,  false },
        { "@joosten",           false, false },
        { "joost",              false, false },
        { "mail anna@joost",    false, false },
        { "(@joost)",           true,  false },
        { "@anna, @joost",      true,  false },
        { "",                   false, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(text_mentions(rows[i].text, "joost brouwer", true) == rows[i].as_person);
        CHECK(text_mentions(rows[i].text, "joost brouwer", false) == rows[i].as_team);
    }
}

/* Who the calls are made as. */
struct who {
    const char *cookie, *csrf;
    user_id id;
};

static void join(struct api *api, const char *name, struct who *out)
{
    const char *path;

    out->id = api_as(api, ROLE_AGENT);
    out->cookie = api->cookie;
    out->csrf = api->csrf;
    path = arena_printf(api->w->mem, "/api/v1/users/%s", id_text("usr", out->id.n).s);
    api_as(api, ROLE_ADMIN);
    api->header = "If-Match: *";
    CHECK(api_call(api, PATCH, path, arena_printf(api->w->mem, "{\"name\":\"%s\"}", name)) == 200);
}

static void become(struct api *api, struct who who)
{
    api->cookie = who.cookie;
    api->csrf = who.csrf;
}

static int alerts(struct api *api, struct who who)
{
    int n = 0;

    become(api, who);
    if (api_call(api, GET, ALERTS, NULL) != 200)
        return -1;
    for (const char *at = api->body; (at = strstr(at, "\"kind\":")); at++)
        n++;
    return n;
}

#define ALERTED(w, api, joost, anna, path)                                                         \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &note_routes, &alert_routes,  \
        &read_mark_routes, &user_routes, &team_routes);                                            \
    struct who joost, anna;                                                                        \
    const char *path;                                                                              \
    join(&api, "Joost Brouwer", &joost);                                                           \
    join(&api, "Anna Vos", &anna);                                                                 \
    path = arrive(&api, add_channel(&api), "1", "jan", "Waar blijft mijn pakket?");                \
    CHECK(path != NULL)

TEST(whom_a_note_names_finds_it_in_his_desk_until_he_has_read_the_case)
{
    ALERTED(w, api, joost, anna, path);
    const char *notes = arena_printf(w.mem, "%s/notes", path);
    const char *read = arena_printf(w.mem, "%s/read", path);

    become(&api, anna);
    CHECK(api_call(&api, POST, notes, "{\"text\":\"@Joost en @Anna, kijken jullie?\"}") == 201);
    CHECK(api_call(&api, POST, notes, "{\"text\":\"Dank, @Joost Brouwer\"}") == 201);
    CHECK(alerts(&api, anna) == 0); /* her own doing */
    CHECK(alerts(&api, joost) == 1);
    CHECK(says(&api, "\"kind\":\"mentioned\"") && says(&api, "Waar blijft mijn pakket?") &&
          says(&api, id_text("usr", anna.id.n).s));
    CHECK(api_call(&api, DELETE, read, NULL) == 204 && alerts(&api, joost) == 1);
    CHECK(api_call(&api, PUT, read, NULL) == 204 && alerts(&api, joost) == 0);
}

TEST(a_team_is_named_by_its_name_and_each_of_it_finds_it)
{
    ALERTED(w, api, joost, anna, path);
    const char *team;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/teams", "{\"name\":\"Balie\"}") == 201);
    team = api_text(&api, "id");
    CHECK(api_call(&api, PUT,
                   arena_printf(w.mem, "/api/v1/teams/%s/members/%s", team,
                                id_text("usr", joost.id.n).s),
                   NULL) == 200);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/notes", path),
                   "{\"text\":\"@Balie wie pakt dit?\"}") == 201);
    CHECK(alerts(&api, joost) == 1 && alerts(&api, anna) == 0);
}

TEST(what_one_is_alerted_to_is_nobody_elses_and_needs_the_right_to_read_cases)
{
    ALERTED(w, api, joost, anna, path);

    become(&api, anna);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/notes", path), "{\"text\":\"@Joost!\"}") ==
          201);
    CHECK(alerts(&api, anna) == 0 && alerts(&api, joost) == 1);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, ALERTS, NULL) == 200 && !says(&api, "mentioned"));
    api_as_token(&api, ROLE_ADMIN, "user:read");
    CHECK(api_call(&api, GET, ALERTS, NULL) == 403);
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, ALERTS, NULL) == 401);
}
