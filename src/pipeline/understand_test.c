/* What is kept of what a customer's words say. */
#include "pipeline.h"

#include "desk.h"

TEST(what_comes_in_is_judged_and_the_case_has_the_mood_of_the_newest)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "Schandalig, ik wacht al drie weken op een monteur!");
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "\"understood\":{\"language\":\"nl\"") &&
          says(&api, "\"intent\":\"complaint\""));
    CHECK_TEXT(api_text(&api, "emotion"), "anger");

    CHECK(arrive(&api, channel, "2", "jan", "Het ruikt hier naar gas, kom alstublieft snel!") !=
          NULL);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "urgency"), "critical");
    CHECK(api_call(&api, GET, "/api/v1/cases", NULL) == 200);
    CHECK(says(&api, "\"urgency\":\"critical\""));
}

TEST(what_we_answer_is_not_judged_and_leaves_the_mood_of_the_case)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "Schandalig, ik wacht al drie weken op een monteur!");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Dank u wel, wat fijn!\"}") == 201);
    CHECK(says(&api, "\"understood\":null"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "emotion"), "anger");
}

TEST(a_few_words_are_in_the_language_of_the_message_before)
{
    static const struct {
        const char *first, *language;
    } rows[] = {
        { "Could you please tell me when the engineer is coming?",  "en" },
        { "Kunt u mij laten weten wanneer de monteur langskomt?",   "nl" },
        { "Pourriez-vous me dire quand le technicien va passer ?",  "fr" },
        { "Könnten Sie mir bitte sagen, wann der Techniker kommt?", "de" },
    };

    WORLD(w);
    DESK(api, &w);
    const char *channel;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *who = arena_printf(w.mem, "person%zu", i), *path, *second;
        path = arrive(&api, channel, arena_printf(w.mem, "a%zu", i), who, rows[i].first);
        CHECK(path && arrive(&api, channel, arena_printf(w.mem, "b%zu", i), who, "123 ok") != NULL);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/messages?limit=1", path), NULL) == 200);
        second = strstr(api.body, "\"understood\":");
        CHECK(second &&
              strstr(second, arena_printf(w.mem, "{\"language\":\"%s\"", rows[i].language)));
    }
}

TEST(what_has_no_words_is_in_the_language_of_the_organisation)
{
    WORLD(w);
    DESK(api, &w);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = arrive(&api, add_channel(&api), "1", "jan", "\xf0\x9f\x98\xa1 4711");
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "\"understood\":{\"language\":\"nl\""));
}
