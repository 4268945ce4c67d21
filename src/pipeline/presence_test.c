/* presence_test.c — who is where: said, seen, lapsed, taken over. */
#include "desk.h"

#include "../domain/presence/presence.h"

static void clock_back(const int *still)
{
    (void)still;
    clock_fake((instant){ 0 });
}
/* clang calls a variable unused that is only cleaned up. */
#define STILL                                                                                      \
    CLEANUP(clock_back) int still = (clock_fake((instant){ 1800000000000 }), 0);                   \
    (void)still

#define PRESENCE_DESK(api, w)                                                                      \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &presence_routes)

static int put(struct api *api, const char *path, const char *json)
{
    return api_call(api, PUT, arena_printf(api->w->mem, "%s/presence", path), json);
}

static int count_there(struct api *api)
{
    int n = 0;

    if (api_call(api, GET, "/api/v1/presence?limit=200", NULL) != 200)
        return -1;
    for (const char *at = api->body; (at = strstr(at, "\"user_id\"")); at++)
        n++;
    return n;
}

/* How many are anywhere, and is one of them in that state? */
static bool there(struct api *api, int n, const char *state)
{
    return count_there(api) == n && says(api, state);
}

struct seat {
    const char *cookie, *csrf;
};

static struct seat sit(struct api *api, enum role role)
{
    api_as(api, role);
    return (struct seat){ api->cookie, api->csrf };
}

static void move_to(struct api *api, struct seat seat)
{
    api->cookie = seat.cookie;
    api->csrf = seat.csrf;
}

TEST(who_opens_a_case_is_seen_until_he_leaves_or_says_nothing_more)
{
    WORLD(w);
    STILL;
    PRESENCE_DESK(api, &w);
    struct seat anna, bas;

    api_as(&api, ROLE_ADMIN);
    const char *path = arrive(&api, add_channel(&api), "m1", "jan", "Hallo");
    CHECK(path != NULL);
    anna = sit(&api, ROLE_AGENT);
    bas = sit(&api, ROLE_EDITOR);
    move_to(&api, anna);
    CHECK(put(&api, path, "{\"state\":\"open\"}") == 200 && says(&api, "\"state\":\"open\""));
    move_to(&api, bas);
    CHECK(there(&api, 1, "\"state\":\"open\""));

    clock_advance(PRESENCE_MS - 1);
    CHECK(count_there(&api) == 1);
    move_to(&api, anna);
    CHECK(put(&api, path, "{\"state\":\"open\"}") == 200);
    clock_advance(PRESENCE_MS - 1);
    CHECK(count_there(&api) == 1);
    clock_advance(1);
    CHECK(count_there(&api) == 0);

    CHECK(put(&api, path, "{\"state\":\"typing_note\"}") == 200);
    CHECK(there(&api, 1, "\"state\":\"typing_note\""));
    for (int i = 0; i < 2; i++)
        CHECK(api_call(&api, DELETE, arena_printf(w.mem, "%s/presence", path), NULL) == 204);
    CHECK(count_there(&api) == 0);
}

TEST(who_takes_over_types_alone_until_the_other_types_on)
{
    WORLD(w);
    STILL;
    PRESENCE_DESK(api, &w);
    struct seat anna, bas;

    api_as(&api, ROLE_ADMIN);
    const char *path = arrive(&api, add_channel(&api), "m1", "jan", "Hallo");
    anna = sit(&api, ROLE_AGENT);
    bas = sit(&api, ROLE_AGENT);
    move_to(&api, anna);
    CHECK(put(&api, path, "{\"state\":\"typing\"}") == 200);
    CHECK(says(&api, "\"since\":\"2027-01-15T08:00:00.000Z\""));
    clock_advance(1000);
    CHECK(put(&api, path, "{\"state\":\"typing\"}") == 200);
    CHECK(says(&api, "\"since\":\"2027-01-15T08:00:00.000Z\"")); /* it goes on */
    move_to(&api, bas);
    CHECK(put(&api, path, "{\"state\":\"typing\",\"takes_over\":true}") == 200);
    CHECK(says(&api, "\"since\":\"2027-01-15T08:00:01.000Z\""));
    CHECK(there(&api, 2, "\"state\":\"open\""));
    move_to(&api, anna);
    clock_advance(1000);
    CHECK(put(&api, path, "{\"state\":\"typing\"}") == 200);
    CHECK(says(&api, "\"since\":\"2027-01-15T08:00:02.000Z\"")); /* behind the other */
}

TEST(who_only_reads_is_seen_but_types_nothing)
{
    WORLD(w);
    PRESENCE_DESK(api, &w);

    api_as(&api, ROLE_ADMIN);
    const char *path = arrive(&api, add_channel(&api), "m1", "jan", "Hallo");
    api_as(&api, ROLE_EDITOR);
    CHECK(put(&api, path, "{\"state\":\"open\"}") == 200);
    CHECK(put(&api, path, "{\"state\":\"typing\"}") == 403);
    CHECK(put(&api, path, "{\"state\":\"open\",\"takes_over\":true}") == 403);
    CHECK(put(&api, "/api/v1/cases/cas_0000000000001", "{\"state\":\"open\"}") == 404);
    CHECK(put(&api, path, "{\"state\":\"asleep\"}") == 422);
    CHECK(count_there(&api) == 1);
}

TEST(one_user_is_in_so_many_cases_at_most_and_the_oldest_makes_room)
{
    WORLD(w);
    STILL;
    PRESENCE_DESK(api, &w);
    const char *paths[PRESENCE_MAX + 5];
    const char *channel;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (size_t i = 0; i < COUNT(paths); i++)
        paths[i] = arrive(&api, channel, arena_printf(w.mem, "m%zu", i),
                          arena_printf(w.mem, "jan%zu", i), "Hallo");
    for (size_t i = 0; i < COUNT(paths); i++) {
        clock_advance(10);
        CHECK(put(&api, paths[i], "{\"state\":\"open\"}") == 200);
    }
    CHECK(count_there(&api) == PRESENCE_MAX);
    CHECK(says(&api, strrchr(paths[COUNT(paths) - 1], '/') + 1));
    CHECK(!says(&api, strrchr(paths[4], '/') + 1));
    CHECK(api_call(&api, GET, "/api/v1/presence?limit=3", NULL) == 200 && api_text(&api, "next"));
    CHECK(api_call(
              &api, GET,
              arena_printf(w.mem, "/api/v1/presence?limit=200&cursor=%s", api_text(&api, "next")),
              NULL) == 200);
    CHECK(!says(&api, strrchr(paths[5], '/') + 1) && says(&api, strrchr(paths[8], '/') + 1));
}
