#include "understand_api.h"

#include "../../auth/organisations_api.h"
#include "../../auth/teams_api.h"
#include "../calendars/calendars.h"
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
    CHECK(says(&api, "\"language\":\"nl\"") && says(&api, "\"read\":40,"));
    CHECK(says(&api, "\"action\":\"callback\"") &&
          says(&api, "\"due\":\"2024-03-13T12:00:00+01:00\"") && says(&api, "\"firm\":true"));
}

TEST(what_looks_like_a_promise_in_french_counts_only_once_somebody_says_so)
{
    WORLD(w);
    API(api, &w, &understand_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH,
                   "{\"text\":\"Vous devez payer avant vendredi.\",\"outgoing\":true}") == 200);
    CHECK(says(&api, "\"language\":\"fr\"") && !says(&api, "\"ticked\":true"));
    CHECK(api_call(&api, POST, PATH,
                   "{\"text\":\"We call you back on Friday.\",\"outgoing\":true}") == 200);
    CHECK(says(&api, "\"language\":\"en\"") && says(&api, "\"ticked\":true"));
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

/* A channel with these settings; its id. */
static const char *add_channel_with(struct api *api, const char *address, const char *settings)
{
    if (api_call(
            api, POST, "/api/v1/channels",
            arena_printf(
                api->w->mem,
                "{\"type\":\"api\",\"name\":\"Berichten\",\"settings\":{\"address\":\"%s\"%s}}",
                address, settings)) != 201)
        return "none";
    return api_text(api, "id");
}

static bool understand_for(struct api *api, const char *channel, const char *text)
{
    return api_call(api, POST, PATH,
                    arena_printf(api->w->mem,
                                 "{\"text\":\"%s\",\"outgoing\":true,\"channel_id\":\"%s\"}", text,
                                 channel)) == 200;
}

TEST(a_private_link_of_ours_sends_nobody_away)
{
    WORLD(w);
    API(api, &w, &understand_routes);
    const char *text =
        "{\"text\":\"Hierover gaan we graag privé verder. Deze link werkt één keer, 24 "
        "uur lang: http://%s/p/abcdefghijklmnopqrst\",\"outgoing\":true}";
    const char *hosts[] = { arena_printf(w.mem, "127.0.0.1:%d", server_port(api.server)),
                            "elders.example" };

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(hosts); i++) {
        CHECK(api_call(&api, POST, PATH, arena_printf(w.mem, text, hosts[i])) == 200);
        CHECK(says(&api, i == 0 ? "\"own\":true" : "\"own\":false"));
    }
    /* A server of a network may have a name without a dot. */
    api.header = "Host: gestand:8080";
    CHECK(api_call(&api, POST, PATH, arena_printf(w.mem, text, "gestand:8080")) == 200);
    CHECK(says(&api, "\"own\":true"));
}

TEST(a_text_is_too_long_for_a_channel_by_what_that_channel_counts)
{
    static const struct {
        const char *settings, *text, *wanted;
    } rows[] = {
        { "",                                            "abcdef",           "\"style\":[]"                                           },
        { ",\"text_max\":5",                             "abcde",            "\"style\":[]"                                           },
        { ",\"text_max\":5",                             "abcdefg",          "\"kind\":\"too_long\",\"from\":5,\"to\":7,\"number\":2" },
        { ",\"text_max\":2,\"text_unit\":\"graphemes\"", "e\\u0301e\\u0301", "\"style\":[]"                                           },
        { ",\"text_max\":1,\"text_unit\":\"graphemes\"", "e\\u0301e\\u0301",
         "\"kind\":\"too_long\",\"from\":3"                                                                                           },
        { ",\"text_max\":1,\"text_unit\":\"segments\"",  "Dag \\u4f60.",     "\"kind\":\"not_gsm\""                                   },
    };
    WORLD(w);
    API(api, &w, &understand_routes, &channel_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *channel =
            add_channel_with(&api, arena_printf(w.mem, "app %zu", i), rows[i].settings);

        if (!understand_for(&api, channel, rows[i].text) || !strstr(api.body, rows[i].wanted))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
}

TEST(a_channel_of_somebody_else_is_refused)
{
    WORLD(w);
    API(api, &w, &understand_routes, &channel_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH, "{\"text\":\"x\",\"channel_id\":\"chn_0000000000001\"}") ==
          422);
    CHECK(says(&api, "\"/channel_id\""));
}

TEST(an_address_where_everybody_has_his_mail_makes_only_itself_our_own)
{
    WORLD(w);
    API(api, &w, &understand_routes, &channel_routes);

    api_as(&api, ROLE_ADMIN);
    add_channel_with(&api, "winkel@gmail.com", "");
    CHECK(api_call(&api, POST, PATH, "{\"text\":\"Mail winkel@gmail.com\"}") == 200);
    CHECK(says(&api, "\"personal\":[]"));
    CHECK(api_call(&api, POST, PATH, "{\"text\":\"Mail jan@gmail.com\"}") == 200);
    CHECK(says(&api, "\"kind\":\"email\""));
}

TEST(deadlines_are_counted_on_the_office_of_the_organisations_country)
{
    /* 30 April 2025 is a Wednesday; 1 May is a holiday in Belgium alone. */
    static const struct {
        const char *zone, *due;
    } rows[] = {
        { "Europe/Amsterdam", "2025-05-01T17:00:00+02:00" },
        { "Europe/Brussels",  "2025-05-02T17:00:00+02:00" },
    };
    WORLD(w);
    API(api, &w, &understand_routes, &organisation_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        api.header = "If-Match: *";
        CHECK(api_call(&api, PATCH,
                       arena_printf(w.mem, "/api/v1/organisations/%s",
                                    id_text("org", w.scope.organisation.n).s),
                       arena_printf(w.mem, "{\"time_zone\":\"%s\"}", rows[i].zone)) == 200);
        CHECK(api_call(
                  &api, POST, PATH,
                  "{\"text\":\"U krijgt binnen een werkdag antwoord van ons.\",\"outgoing\":true,"
                  "\"at\":\"2025-04-30T10:00:00+02:00\"}") == 200);
        if (!strstr(api.body, rows[i].due))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].zone, api.body);
    }
}

/* When an answer within a working day, promised on a Wednesday at 10:00, is due. */
static const char *due_of(struct api *api, const char *more)
{
    const char *found;

    if (api_call(api, POST, PATH,
                 arena_printf(api->w->mem,
                              "{\"text\":\"U krijgt binnen een werkdag antwoord van ons.\","
                              "\"outgoing\":true,\"at\":\"2025-04-30T10:00:00+02:00\"%s}",
                              more)) != 200)
        return "refused";
    found = strstr(api->body, "\"due\":\"");
    return found ? arena_text_n(api->w->mem, found + 7, 16) : api->body;
}

TEST(deadlines_are_counted_in_the_calendar_of_the_team_that_keeps_them)
{
    WORLD(w);
    API(api, &w, &understand_routes, &calendar_routes, &team_routes, &channel_routes);
    const char *front, *channel;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/teams", "{\"name\":\"Front\"}") == 201);
    front = arena_text(w.mem, api_text(&api, "id"));
    CHECK(api_call(&api, POST, "/api/v1/calendars",
                   "{\"name\":\"Allen\",\"is_default\":true,\"week\":[{\"day\":\"fri\","
                   "\"from\":\"09:00\",\"to\":\"12:00\"}]}") == 201);
    CHECK(api_call(&api, POST, "/api/v1/calendars",
                   arena_printf(w.mem,
                                "{\"name\":\"Front\",\"teams\":[\"%s\"],\"week\":[{\"day\":\"sat\","
                                "\"from\":\"10:00\",\"to\":\"16:00\"}]}",
                                front)) == 201);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   arena_printf(w.mem,
                                "{\"type\":\"api\",\"name\":\"Kassa\",\"team_id\":\"%s\","
                                "\"settings\":{\"address\":\"kassa\"}}",
                                front)) == 201);
    channel = arena_text(w.mem, api_text(&api, "id"));
    CHECK_TEXT(due_of(&api, ""), "2025-05-02T12:00");
    CHECK_TEXT(due_of(&api, arena_printf(w.mem, ",\"team_id\":\"%s\"", front)), "2025-05-03T16:00");
    CHECK_TEXT(due_of(&api, arena_printf(w.mem, ",\"channel_id\":\"%s\"", channel)),
               "2025-05-03T16:00");
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
