#include "channels.h"

#include "api.h"
#include "test.h"

#include "../../base/text.h"

#include <string.h>

TEST(a_channel_says_what_is_wrong_with_it)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"name\":null}",                     "must not be null"                    },
        { "{\"name\":\"\"}",                     "must not be empty"                   },
        { "{\"name\":\" \"}",                    "must say what the channel is called" },
        { "{\"team_id\":\"tem_0000000000001\"}", "isn't known here"                    },
        { "{\"type\":\"email\"}",                "can't be changed"                    },
        { "{\"settings\":{\"address\":7}}",      "/settings/address"                   },
        { "{\"settings\":{\"colour\":\"red\"}}", "isn't a field here"                  },
    };
    WORLD(w);
    API(api, &w, &channel_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   "{\"type\":\"api\",\"name\":\"App\",\"settings\":{\"address\":\"app\"}}") ==
          201);
    path = arena_printf(w.mem, "/api/v1/channels/%s", api_text(&api, "id"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        api.header = "If-Match: \"1\"";
        if (api_call(&api, PATCH, path, rows[i].json) != 422 || !strstr(api.body, rows[i].words))
            test_fail(__FILE__, __LINE__, "%s: %d %s", rows[i].json, api.status, api.body);
    }
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Chat\",\"enabled\":false}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "Chat");
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"x\"}") == 403);
}
