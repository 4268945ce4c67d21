#include "understand_api.h"

#include "../channels/channels.h"

#include "api.h"
#include "test.h"

#include <string.h>

#define PATH "/api/v1/understand"

static bool says(const struct api *api, const char *words)
{
    return strstr(api->body, words) != NULL;
}

TEST(a_text_that_we_write_says_what_it_promises_and_by_when)
{
    WORLD(w);
    API(api, &w, &understand_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH,
                   "{\"text\":\"We bellen u morgen voor 12.00 uur terug.\",\"outgoing\":true,"
                   "\"at\":\"2024-03-12T10:15:00+01:00\"}") == 200);
    CHECK(says(&api, "\"language\":\"nl\""));
    CHECK(says(&api, "\"action\":\"callback\"") &&
          says(&api, "\"due\":\"2024-03-13T12:00:00+01:00\"") && says(&api, "\"firm\":true"));
}

TEST(a_text_that_came_in_says_its_mood_and_what_is_personal_in_it)
{
    WORLD(w);
    API(api, &w, &understand_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH,
                   "{\"text\":\"Schandalig, ik wacht al drie weken. Mijn bsn is 123456782.\"}") ==
          200);
    CHECK(says(&api, "\"polarity\":\"neg\"") && says(&api, "\"emotion\":\"anger\""));
    CHECK(says(&api, "\"kind\":\"bsn\"") && says(&api, "\"certainty\":\"block\""));
    CHECK(says(&api, "\"promises\":[]"));
}

TEST(who_is_sent_to_our_own_channel_is_not_sent_away)
{
    WORLD(w);
    API(api, &w, &understand_routes, &channel_routes);

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   "{\"type\":\"api\",\"name\":\"Mail\",\"settings\":"
                   "{\"address\":\"hulp@bedrijf.example\"}}") == 201);
    CHECK(api_call(&api, POST, PATH,
                   "{\"text\":\"Mail naar hulp@bedrijf.example.\",\"outgoing\":true}") == 200);
    CHECK(says(&api, "\"target\":\"hulp@bedrijf.example\",\"own\":true"));
    CHECK(says(&api, "\"personal\":[]"));
    CHECK(api_call(&api, POST, PATH,
                   "{\"text\":\"Mail naar hulp@gemeente.example.\",\"outgoing\":true}") == 200);
    CHECK(says(&api, "\"target\":\"hulp@gemeente.example\",\"own\":false"));
}

TEST(only_who_may_read_cases_has_texts_understood_and_only_texts)
{
    WORLD(w);
    API(api, &w, &understand_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH, "{}") == 422);
    CHECK(api_call(&api, POST, PATH, "{\"text\":\"x\",\"language\":\"xx\"}") == 422);
    CHECK(api_call(&api, POST, PATH, "{\"text\":\"\"}") == 200);
    api_as_nobody(&api);
    CHECK(api_call(&api, POST, PATH, "{\"text\":\"x\"}") == 401);
}
