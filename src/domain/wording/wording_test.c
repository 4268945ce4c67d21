#include "wording.h"

#include "../understanding/understand_api.h"

#include "api.h"
#include "test.h"

#include <string.h>

#define PATH "/api/v1/wording"

static int put(struct api *api, const char *version, const char *json)
{
    api->header = arena_printf(api->w->mem, "If-Match: \"%s\"", version);
    return api_call(api, PUT, PATH, json);
}

TEST(a_wording_is_kept_by_administrators_for_all_and_two_never_overwrite_each_other)
{
    WORLD(w);
    API(api, &w, &wording_routes);

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, PATH, NULL) == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"0\"");
    CHECK(strstr(api.body, "\"own\":[],\"forbidden\":[],\"address\":\"any\""));
    CHECK(put(&api, "0",
              "{\"own\":[\" 030 234 56 78 \"],\"address\":\"formal\","
              "\"forbidden\":[{\"text\":\"klacht\",\"in_compounds\":true},"
              "{\"text\":\" helaas pindakaas\"}]}") == 200);
    CHECK(put(&api, "0", "{}") == 412);
    CHECK(api_call(&api, PUT, PATH, "{}") == 428);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"1\"");
    CHECK(strstr(api.body, "\"own\":[\"030 234 56 78\"]") &&
          strstr(api.body, "{\"text\":\"helaas pindakaas\",\"in_compounds\":false}") &&
          strstr(api.body, "\"address\":\"formal\""));
    api_as(&api, ROLE_LEAD);
    CHECK(put(&api, "1", "{}") == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(put(&api, "1", "{}") == 200 && strstr(api.body, "\"own\":[]"));
}

TEST(a_wording_of_lines_that_say_nothing_is_refused_with_its_place)
{
    static const struct {
        const char *json, *pointer;
    } rows[] = {
        { "{\"own\":[\"ok\",\" \"]}",               "\"/own/1\""            },
        { "{\"own\":[\"a\\nb\"]}",                  "\"/own/0\""            },
        { "{\"forbidden\":[{\"text\":\"  \"}]}",    "\"/forbidden/0/text\"" },
        { "{\"forbidden\":[{\"text\":\"a\\tb\"}]}", "\"/forbidden/0/text\"" },
        { "{\"forbidden\":[{}]}",                   "\"/forbidden/0/text\"" },
        { "{\"address\":\"rude\"}",                 "\"/address\""          },
    };
    WORLD(w);
    API(api, &w, &wording_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(put(&api, "0", rows[i].json) == 422);
        CHECK(strstr(api.body, rows[i].pointer) != NULL);
    }
}

TEST(what_we_write_is_held_against_the_wording)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "Uw klachtnummer is bekend.", "\"kind\":\"forbidden\",\"from\":3,\"to\":15" },
        { "Het is helaas pindakaas.",   "\"kind\":\"forbidden\",\"from\":7,\"to\":23" },
        { "Kun je dat even nakijken?",  "\"kind\":\"wrong_address\""                  },
        { "Bel 030-2345678.",           "\"target\":\"030-2345678\",\"own\":true"     },
        { "Bel 030-2345678.",           "\"personal\":[]"                             },
        { "Mail info@loket.example.",   "\"personal\":[]"                             },
        { "Mail info@anders.example.",  "\"kind\":\"email\""                          },
    };
    WORLD(w);
    API(api, &w, &wording_routes, &understand_routes);

    api_as(&api, ROLE_ADMIN);
    CHECK(put(&api, "0",
              "{\"own\":[\"+31 30 234 56 78\",\"loket.example\"],\"address\":\"formal\","
              "\"forbidden\":[{\"text\":\"klacht\",\"in_compounds\":true},"
              "{\"text\":\"helaas pindakaas\"}]}") == 200);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, POST, "/api/v1/understand",
                       arena_printf(w.mem, "{\"text\":\"%s\",\"outgoing\":true}", rows[i].text)) ==
              200);
        if (!strstr(api.body, rows[i].wanted))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
}
