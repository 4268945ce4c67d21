#include "calendars.h"

#include "api.h"
#include "test.h"

#include "../../auth/audit_api.h"
#include "../../auth/organisations_api.h"
#include "../../auth/teams_api.h"

#include <string.h>

#define PATH  "/api/v1/calendars"
#define HOURS "/api/v1/opening-hours"

static bool says(const struct api *api, const char *words)
{
    return strstr(api->body, words) != NULL;
}

#define EVENINGS                                                                                   \
    "\"week\":[{\"day\":\"mon\",\"from\":\"18:00\",\"to\":\"22:00\"},"                             \
    "{\"day\":\"tue\",\"from\":\"18:00\",\"to\":\"22:00\"}]"

/* The path of a new calendar; `more` begins with a comma or is empty. */
static const char *add(struct api *api, const char *name, const char *more)
{
    if (api_call(api, POST, PATH, arena_printf(api->w->mem, "{\"name\":\"%s\"%s}", name, more)) !=
        201)
        return NULL;
    return arena_printf(api->w->mem, PATH "/%s", api_text(api, "id"));
}

TEST(a_calendar_is_kept_changed_by_version_and_removed)
{
    WORLD(w);
    API(api, &w, &calendar_routes, &audit_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = add(&api, "Avond", "," EVENINGS ",\"holidays\":[\"kings_day\"]");
    CHECK(path != NULL);
    CHECK(add(&api, "Avond", "") == NULL && api.status == 409);
    CHECK(add(&api, " ", "") == NULL && api.status == 422);
    CHECK(add(&api, "Maan", ",\"time_zone\":\"Moon/Base\"") == NULL && api.status == 422);
    CHECK(add(&api, "Team", ",\"teams\":[\"tem_0000000000001\"]") == NULL && api.status == 422);
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Nacht\"}") == 428);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Nacht\"," EVENINGS "}") == 200);
    CHECK(says(&api, "\"version\":2") && says(&api, "\"holidays\":[]"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Laat\"}") == 412);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"18:00\""));
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "cal") == 1);
    CHECK(api_audit_has(&api, "calendar.changed"));
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, DELETE, path, NULL) == 403);
    api_as(&api, ROLE_ADMIN);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, DELETE, path, NULL) == 412);
    api.header = "If-Match: \"2\"";
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 404);
}

/* The calendar that a team counts in, by its path; "" for none. */
static const char *counts_in(struct api *api, const char *team)
{
    const char *id;

    if (api_call(api, GET, arena_printf(api->w->mem, HOURS "?team_id=%s", team), NULL) != 200)
        return "refused";
    id = api_text(api, "calendar_id");
    return id ? arena_printf(api->w->mem, PATH "/%s", id) : "";
}

TEST(a_team_counts_in_its_own_calendar_else_in_the_default_one)
{
    WORLD(w);
    API(api, &w, &calendar_routes, &team_routes);
    const char *team, *all, *own, *other;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/teams", "{\"name\":\"Front\"}") == 201);
    team = arena_text(w.mem, api_text(&api, "id"));
    CHECK_TEXT(counts_in(&api, team), "");
    all = add(&api, "Allen", ",\"is_default\":true");
    CHECK_TEXT(counts_in(&api, team), all);
    own = add(&api, "Eigen", arena_printf(w.mem, ",\"teams\":[\"%s\"]", team));
    CHECK_TEXT(counts_in(&api, team), own);
    other =
        add(&api, "Ander", arena_printf(w.mem, ",\"is_default\":true,\"teams\":[\"%s\"]", team));
    CHECK_TEXT(counts_in(&api, team), other);
    CHECK(api_call(&api, GET, own, NULL) == 200);
    CHECK(says(&api, "\"teams\":[]") && says(&api, "\"version\":2"));
    CHECK(api_call(&api, GET, all, NULL) == 200);
    CHECK(says(&api, "\"is_default\":false") && says(&api, "\"version\":2"));
    CHECK(api_call(&api, DELETE, other, NULL) == 428);
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, other, NULL) == 204);
    CHECK_TEXT(counts_in(&api, team), "");
}

TEST(a_team_that_is_removed_leaves_its_calendar)
{
    WORLD(w);
    API(api, &w, &calendar_routes, &team_routes);
    const char *team, *path;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/teams", "{\"name\":\"Front\"}") == 201);
    team = arena_text(w.mem, api_text(&api, "id"));
    path = add(&api, "Eigen", arena_printf(w.mem, ",\"teams\":[\"%s\"]", team));
    CHECK(path && says(&api, team));
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/teams/%s", team), NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"teams\":[]"));
}

TEST(a_calendar_says_when_it_opens_and_when_work_is_due)
{
    WORLD(w);
    API(api, &w, &calendar_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = add(&api, "Avond", "," EVENINGS ",\"time_zone\":\"Europe/London\"");
    CHECK(path != NULL);
    CHECK(api_call(&api, GET,
                   arena_printf(w.mem,
                                HOURS "?calendar_id=%s&at=2026-11-24T12:00:00Z&work_minutes=300"
                                      "&until=2026-12-01T00:00:00Z&work_days=1",
                                path + strlen(PATH "/")),
                   NULL) == 200);
    CHECK(says(&api, "\"is_open\":false"));
    CHECK_TEXT(api_text(&api, "opens_at"), "2026-11-24T18:00:00.000Z");
    CHECK_TEXT(api_text(&api, "closes_at"), "2026-11-24T22:00:00.000Z");
    CHECK_TEXT(api_text(&api, "due_at"), "2026-11-30T19:00:00.000Z");
    CHECK_TEXT(api_text(&api, "day_from"), "2026-11-30T18:00:00.000Z");
    CHECK(says(&api, "\"open_seconds\":28800"));
    CHECK(api_call(&api, GET, HOURS "?calendar_id=cal_0000000000001", NULL) == 422);
    CHECK(api_call(&api, GET, HOURS "?at=2026-11-28T12:00:00Z", NULL) == 200);
    CHECK_TEXT(api_text(&api, "opens_at"), "2026-11-30T08:00:00.000Z");
}

TEST(a_calendar_goes_out_as_a_file_and_comes_in_from_one)
{
    WORLD(w);
    API(api, &w, &calendar_routes);
    const char *from, *to, *file;

    api_as(&api, ROLE_ADMIN);
    from = add(&api, "Avond", "," EVENINGS ",\"exceptions\":[{\"from\":\"2027-03-01\"}]");
    to = add(&api, "Kopie", "");
    CHECK(from && to);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/export", from), NULL) == 200);
    CHECK(strstr(api_header(&api, "Content-Type"), "text/calendar"));
    CHECK(strstr(api_header(&api, "Content-Disposition"), "attachment"));
    file = arena_text(w.mem, api.body);
    CHECK(says(&api, "BEGIN:VTIMEZONE") && says(&api, "RRULE:FREQ=WEEKLY"));
    to = arena_printf(w.mem, "%s/import", to);
    CHECK(api_call(&api, POST, to, file) == 428);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, POST, to, file) == 200);
    CHECK(says(&api, "\"22:00\"") && says(&api, "\"version\":2"));
    api.header = "If-Match: *";
    CHECK(api_call(&api, POST, to, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n") == 422);
    CHECK(says(&api, "line 2: "));
    api_as(&api, ROLE_AGENT);
    api.header = "If-Match: *";
    CHECK(api_call(&api, POST, to, file) == 403);
}

TEST(the_public_holidays_of_a_year_are_listed)
{
    WORLD(w);
    API(api, &w, &calendar_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, "/api/v1/holidays?year=2025", NULL) == 200);
    CHECK(says(&api, "\"name\":\"kings_day\",\"date\":\"2025-04-26\""));
    CHECK(api_call(&api, GET, "/api/v1/holidays?year=2026", NULL) == 200);
    CHECK(says(&api, "\"name\":\"liberation_day_fifth\",\"date\":null"));
}
