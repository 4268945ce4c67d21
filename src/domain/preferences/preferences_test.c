#include "preferences.h"

#include "api.h"
#include "test.h"

#include <string.h>

#define PATH "/api/v1/me/preferences"

static int put(struct api *api, const char *version, const char *json)
{
    api->header = arena_printf(api->w->mem, "If-Match: \"%s\"", version);
    return api_call(api, PUT, PATH, json);
}

TEST(preferences_are_ones_own_and_two_windows_never_overwrite_each_other)
{
    WORLD(w);
    API(api, &w, &preferences_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"0\"");
    CHECK(put(&api, "0", "{\"signature\":\"Groet, Jo\",\"settings\":{\"theme\":\"dark\"}}") == 200);
    CHECK(put(&api, "0", "{\"signature\":\"\",\"settings\":{}}") == 412);
    CHECK(put(&api, "1", "{\"signature\":\"Groet, Jo\",\"settings\":{\"theme\":\"light\"}}") ==
          200);
    CHECK(api_call(&api, GET, PATH, NULL) == 200);
    CHECK(strstr(api.body, "Groet, Jo") && strstr(api.body, "\"theme\":\"light\""));
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && strstr(api.body, "\"settings\":{}"));
}

TEST(a_token_has_no_desk)
{
    WORLD(w);
    API(api, &w, &preferences_routes);

    api_as_token(&api, ROLE_AGENT, "case:read");
    CHECK(put(&api, "0", "{\"signature\":\"Spam\",\"settings\":{}}") == 403);
}

TEST(preferences_have_a_size)
{
    WORLD(w);
    API(api, &w, &preferences_routes);
    char *large = arena_alloc(w.mem, SETTINGS_MAX + 1);

    memset(large, 'x', SETTINGS_MAX);
    large[SETTINGS_MAX] = '\0';
    api_as(&api, ROLE_AGENT);
    CHECK(put(&api, "0",
              arena_printf(w.mem, "{\"signature\":\"\",\"settings\":{\"a\":\"%s\"}}", large)) ==
          422);
    CHECK(put(&api, "0", "{\"signature\":\"\",\"settings\":[1]}") == 422);
}
