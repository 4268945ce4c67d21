#include "consents.h"

#include "../../base/text.h"
#include "api.h"
#include "merges.h"
#include "test.h"

#include <string.h>

static const int64_t NOW_MS = 1800000000000;

static void real_clock(const int *still)
{
    (void)still;
    clock_fake((instant){ 0 });
}

#define CONSENTS(api, w)                                                                           \
    WORLD(w);                                                                                      \
    API(api, &w, &person_routes, &consent_routes, &merge_routes);                                  \
    CLEANUP(real_clock) int still = (clock_fake((instant){ NOW_MS }), 0);                          \
    (void)still;                                                                                   \
    api_as(&api, ROLE_AGENT)

/* The path of somebody new. */
static const char *add(struct api *api, const char *name)
{
    return api_call(api, POST, "/api/v1/people",
                    arena_printf(api->w->mem, "{\"name\":\"%s\"}", name)) == 201
               ? arena_printf(api->w->mem, "/api/v1/people/%s", api_text(api, "id"))
               : NULL;
}

static int says(struct api *api, const char *person, const char *purpose, const char *json)
{
    return api_call(api, json ? PUT : DELETE,
                    arena_printf(api->w->mem, "%s/consents/%s", person, purpose), json);
}

/* What holds, a line each. */
static const char *holding(struct api *api, const char *person)
{
    const char *out = "", *at;

    if (api_call(api, GET, arena_printf(api->w->mem, "%s/consents", person), NULL) != 200)
        return NULL;
    for (at = api->body; (at = strstr(at, "\"purpose\":\"")); at++) {
        const char *purpose = at + 11, *state = strstr(at, "\"state\":\"") + 9;
        if (strncmp(strstr(at, "\"holds\":") + 8, "true", 4) == 0)
            out = arena_printf(api->w->mem, "%s%.*s %.*s\n", out, (int)strcspn(purpose, "\""),
                               purpose, (int)strcspn(state, "\""), state);
    }
    return out;
}

TEST(what_somebody_allowed_holds_until_he_says_otherwise_and_all_of_it_is_kept)
{
    CONSENTS(api, w);
    const char *jan = add(&api, "Jan");

    CHECK(jan && says(&api, jan, "nieuwsbrief",
                      "{\"state\":\"given\",\"how\":\"aan de telefoon\"}") == 200);
    CHECK(says(&api, jan, "onderzoek", "{\"state\":\"withdrawn\"}") == 200);
    CHECK_TEXT(holding(&api, jan), "onderzoek withdrawn\nnieuwsbrief given\n");
    CHECK(strstr(api.body, "aan de telefoon") && strstr(api.body, "\"user_id\":\"usr_"));
    clock_fake((instant){ NOW_MS + HOUR_MS });
    CHECK(says(&api, jan, "Nieuwsbrief", NULL) == 200);
    CHECK_TEXT(holding(&api, jan), "Nieuwsbrief withdrawn\nonderzoek withdrawn\n");
    CHECK(api_count(&api, "cst") == 3);
    /* What he had said before is no news. */
    CHECK(says(&api, jan, "nieuwsbrief", "{\"state\":\"given\",\"at\":\"2027-01-15T07:00:00Z\"}") ==
          200);
    CHECK_TEXT(holding(&api, jan), "Nieuwsbrief withdrawn\nonderzoek withdrawn\n");
}

TEST(who_turn_out_to_be_one_have_said_it_all_and_apart_each_his_own_again)
{
    CONSENTS(api, w);
    const char *jan = add(&api, "Jan"), *bos = add(&api, "J. Bos"), *merge;

    CHECK(says(&api, jan, "nieuwsbrief", "{\"state\":\"given\"}") == 200);
    clock_fake((instant){ NOW_MS + HOUR_MS });
    CHECK(says(&api, bos, "nieuwsbrief", NULL) == 200);
    CHECK(says(&api, bos, "onderzoek", "{\"state\":\"given\"}") == 200);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/merges", jan),
                   arena_printf(w.mem, "{\"person_id\":\"%s\"}", strrchr(bos, '/') + 1)) == 201);
    merge = api_text(&api, "id");
    CHECK_TEXT(holding(&api, jan), "onderzoek given\nnieuwsbrief withdrawn\n");
    CHECK_TEXT(holding(&api, bos), "onderzoek given\nnieuwsbrief withdrawn\n");
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "%s/merges/%s", jan, merge), NULL) == 204);
    CHECK_TEXT(holding(&api, jan), "nieuwsbrief given\n");
    CHECK_TEXT(holding(&api, bos), "onderzoek given\nnieuwsbrief withdrawn\n");
}

TEST(a_consent_is_refused_that_is_still_to_come_or_stands_in_no_message_of_his)
{
    CONSENTS(api, w);
    const char *jan = add(&api, "Jan");

    CHECK(says(&api, jan, "x", "{\"state\":\"given\",\"at\":\"2030-01-01T00:00:00Z\"}") == 422);
    CHECK(says(&api, jan, "x", "{\"state\":\"given\",\"message_id\":\"msg_0000000000001\"}") ==
          422);
    CHECK(says(&api, jan, "%20", "{\"state\":\"given\"}") == 422);
    CHECK(says(&api, "/api/v1/people/per_0000000000001", "x", "{\"state\":\"given\"}") == 404);
    CHECK_TEXT(holding(&api, jan), "");
}
