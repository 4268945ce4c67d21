#include "effort.h"

#include "by_hand.h"
#include "desk.h"

#include "../domain/journeys/efforts.h"

static bool becomes(struct api *api, const char *path, const char *status)
{
    api->header = "If-Match: *";
    return api_call(api, PATCH, path, arena_printf(api->w->mem, "{\"status\":\"%s\"}", status)) ==
           200;
}

/* A case in which a customer wrote twice, and which is closed; its path. */
static const char *finish(struct api *api, const char *channel, int n)
{
    struct arena *mem = api->w->mem;
    const char *from = arena_printf(mem, "klant %d", n);
    const char *path = arrive(api, channel, arena_printf(mem, "a%d", n), from, "Mijn kraan lekt.");

    for (int i = 0; i < n % 3; i++) {
        clock_advance(2 * HOUR_MS);
        if (!arrive(api, channel, arena_printf(mem, "b%d.%d", n, i), from, "Hallo?"))
            return NULL;
    }
    return becomes(api, path, "done") ? path : NULL;
}

TEST(what_is_usual_is_told_once_enough_cases_are_done_and_of_each_only_its_last_end)
{
    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &journey_routes);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1900000000000 }), 0);
    const char *channel, *path = NULL;

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (int n = 0; n < USUAL_CASES_MIN; n++) {
        CHECK((path = finish(&api, channel, n)) != NULL);
        CHECK(run_jobs(&w, "effort", job_effort));
        CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/journey", path), NULL) == 200);
        CHECK(says(&api, "\"usual_n\":0") || n == USUAL_CASES_MIN - 1);
    }
    CHECK(says(&api, "\"usual_n\":20,\"usual_contacts_n\":2,"));
    CHECK(says(&api, "\"usual_repeats_n\":1,") && says(&api, "\"usual_waiting_minutes\":120"));
    CHECK(says(&api, "\"usual_dead_ends_n\":2,"));

    /* Opened again and closed again: the same case. */
    CHECK(becomes(&api, path, "open"));
    CHECK(run_jobs(&w, "effort", job_effort));
    CHECK(becomes(&api, path, "done"));
    CHECK(run_jobs(&w, "effort", job_effort));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/journey", path), NULL) == 200);
    CHECK(says(&api, "\"usual_n\":20,"));
}
