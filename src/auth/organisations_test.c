#include "organisations.h"
#include "organisations_api.h"

#include "api.h"
#include "test.h"

#include <string.h>

static bool make_two(struct tx *tx, void *arg, struct err *err)
{
    struct organisation *made = arg;

    return organisation_make(tx, "One", "nl", "Europe/Amsterdam", &made[0], err) &&
           organisation_make(tx, "Two", "fr", "Europe/Brussels", &made[1], err) &&
           tx->organisation.n == made[1].id.n;
}

static bool get_list(struct tx *tx, void *arg, struct err *err)
{
    return organisation_list(tx, arg, err);
}

static bool get_own(struct tx *tx, void *arg, struct err *err)
{
    return organisation_get(tx, arg, err);
}

TEST(organisations_are_listed_over_all_and_read_from_within)
{
    WORLD(w);
    struct organisation made[2], got;
    struct list list;

    CHECK_OK(world_write(&w, make_two, made), &w.err);
    CHECK_OK(world_read(&w, get_list, &list), &w.err);
    CHECK(list.n == 3);
    CHECK_TEXT(((struct organisation *)list.items)[2].name, "Two");
    w.scope.organisation = made[0].id;
    CHECK_OK(world_read(&w, get_own, &got), &w.err);
    CHECK_TEXT(got.name, "One");
    CHECK(got.version == 1 && got.created_at.ms > 0);
}

struct attempt {
    const char *name, *language, *time_zone, *pointer;
};

static bool make_one(struct tx *tx, void *arg, struct err *err)
{
    const struct attempt *attempt = arg;
    struct organisation made;

    return organisation_make(tx, attempt->name, attempt->language, attempt->time_zone, &made, err);
}

TEST(an_organisation_that_makes_no_sense_is_refused_with_its_field)
{
    static struct attempt rows[] = {
        { " ",   "nl", "Europe/Amsterdam",    "/name"      },
        { "One", "de", "Europe/Amsterdam",    "/language"  },
        { "One", NULL, "Europe/Amsterdam",    "/language"  },
        { "One", "nl", "Europe/Nowhere",      "/time_zone" },
        { "One", "nl", "../../../etc/passwd", "/time_zone" },
        { "One", "nl", "/etc/passwd",         "/time_zone" },
        { "One", "nl", "Europe/",             "/time_zone" },
        { "One", "nl", "",                    "/time_zone" },
        { "One", "nl", NULL,                  "/time_zone" },
    };
    WORLD(w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(!world_write(&w, make_one, &rows[i]));
        CHECK(w.err.code == ERR_INVALID);
        CHECK_TEXT(w.err.fields[0].pointer, rows[i].pointer);
    }
}

static const char *own_path(struct api *api)
{
    char id[ID_TEXT_MAX];

    id_write("org", api->w->scope.organisation.n, id);
    return arena_printf(api->w->mem, "/api/v1/organisations/%s", id);
}

TEST(an_organisation_is_changed_with_the_version_that_was_read)
{
    WORLD(w);
    API(api, &w, &organisation_routes);
    const char *path = own_path(&api);

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"1\"");
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"New\"}") == 428);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"New\"}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "New");
    CHECK_TEXT(api_text(&api, "language"), "nl");
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Newer\"}") == 412);
    CHECK(api_call(&api, GET, "/api/v1/organisations", NULL) == 200);
    CHECK(strstr(api.body, "\"New\"") && !strstr(api.body, "\"Newer\""));
}

TEST(nobody_sees_another_organisation)
{
    WORLD(w);
    API(api, &w, &organisation_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    w.scope.organisation.n = id_new();
    path = own_path(&api);
    CHECK(api_call(&api, GET, path, NULL) == 404);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Mine\"}") == 404);
}

TEST(only_an_administrator_changes_the_organisation)
{
    WORLD(w);
    API(api, &w, &organisation_routes);

    api_as(&api, ROLE_LEAD);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, own_path(&api), "{\"name\":\"New\"}") == 403);
}
