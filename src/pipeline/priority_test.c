/* What goes before its turn, and who said so: the customer's words, or a colleague. */
#include "pipeline.h"

#include "desk.h"

static const char gas[] = "Het ruikt hier naar gas, kom alstublieft snel!";

/* How many are listed as urgent. */
static int urgent_n(struct api *api)
{
    return api_call(api, GET, "/api/v1/cases?urgent=true", NULL) == 200 ? api_count(api, "cas")
                                                                        : -1;
}

TEST(a_colleague_decides_the_priority_of_a_case_over_its_customers_words_and_says_why)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *loud, *quiet;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    loud = arrive(&api, channel, "1", "jan", gas);
    quiet = arrive(&api, channel, "2", "piet", "Dank u wel voor uw antwoord");
    CHECK(loud && quiet && urgent_n(&api) == 1);

    CHECK(change(&api, quiet, "{\"priority\":\"high\",\"priority_why\":\"hij is 91\"}") == 200);
    CHECK(change(&api, loud, "{\"priority\":\"normal\"}") == 200);
    CHECK(urgent_n(&api) == 1 && says(&api, "\"priority\":\"high\""));
    CHECK(says(&api, "\"priority_why\":\"hij is 91\""));
    CHECK(api_call(&api, GET, quiet, NULL) == 200);
    CHECK(says(&api, "{\"priority\":\"high\",\"priority_why\":\"hij is 91\"}"));
    /* What the customer says next is judged, and changes nothing of what was decided. */
    CHECK(arrive(&api, channel, "3", "jan", gas) != NULL);
    CHECK(urgent_n(&api) == 1 && says(&api, "\"priority\":\"high\""));
}

TEST(another_priority_leaves_the_reason_behind_and_none_is_as_the_customers_words_are_again)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", gas);
    CHECK(path && change(&api, path, "{\"priority\":\"low\",\"priority_why\":\"gebeld\"}") == 200);
    CHECK(change(&api, path, "{\"priority\":\"normal\"}") == 200);
    CHECK(says(&api, "\"priority\":\"normal\"") && says(&api, "\"priority_why\":null"));
    CHECK(change(&api, path, "{\"priority_why\":\"  \"}") == 200 &&
          says(&api, "\"priority_why\":null"));
    CHECK(urgent_n(&api) == 0);
    CHECK(change(&api, path, "{\"priority\":\"judged\"}") == 200 && urgent_n(&api) == 1);
    /* Without a priority there is nothing to give a reason for. */
    CHECK(change(&api, path, "{\"priority_why\":\"zomaar\"}") == 200 && !says(&api, "zomaar"));
    CHECK(change(&api, path, "{\"priority\":\"soon\"}") == 422);
    CHECK(says(&api, "must be one of judged, low, normal, high, critical"));
}

TEST(many_cases_get_a_priority_at_once)
{
    WORLD(w);
    API(api, &w, &case_routes, &case_many_routes, &channel_routes, &exchange_in_routes);
    const char *channel, *one, *other;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    one = arrive(&api, channel, "1", "jan", "Dank u wel") + strlen("/api/v1/cases/");
    other = arrive(&api, channel, "2", "piet", "Dank u wel") + strlen("/api/v1/cases/");
    CHECK(api_call(&api, POST, "/api/v1/cases/changes",
                   arena_printf(w.mem,
                                "{\"cases\":[{\"id\":\"%s\"},{\"id\":\"%s\"}],"
                                "\"priority\":\"critical\",\"priority_why\":\"storing\"}",
                                one, other)) == 200);
    CHECK(urgent_n(&api) == 2);
}
