#include "waking.h"

#include "by_hand.h"
#include "desk.h"

#include "../domain/alerts/alerts.h"
#include "../domain/read_marks/read_marks.h"
#include "../domain/views/views.h"

static const instant NOON = { 1900000000000 };
#define AT_ONE "2030-03-17T18:46:40Z" /* an hour after NOON */
#define AT_TWO "2030-03-17T19:46:40Z"

static bool run_wakings(struct world *w)
{
    return run_jobs(w, "wake", job_wake);
}

static int listed(struct api *api, const char *query)
{
    const char *path = arena_printf(api->w->mem, "/api/v1/cases%s", query);

    return api_call(api, GET, path, NULL) == 200 ? api_count(api, "cas") : -1;
}

static bool counts_snoozed(struct api *api, int n)
{
    return api_call(api, GET, "/api/v1/views/counts", NULL) == 200 &&
           says(api, arena_printf(api->w->mem, "\"view\":\"snoozed\",\"cases\":%d,", n));
}

/* A case in which Jan wrote, on a channel, and a clock that stands. */
#define CASE_TO_SNOOZE(w, api, channel, path)                                                      \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &case_many_routes, &channel_routes, &exchange_in_routes,            \
        &exchange_out_routes, &message_routes, &label_routes, &view_routes, &read_mark_routes,     \
        &alert_routes);                                                                            \
    CLEANUP(real_clock) int still = 0;                                                             \
    const char *channel, *path;                                                                    \
    (void)still;                                                                                   \
    clock_fake(NOON);                                                                              \
    api_as(&api, ROLE_ADMIN);                                                                      \
    channel = add_channel(&api);                                                                   \
    path = arrive(&api, channel, "1", "jan", "Waar blijft mijn pakket?");                          \
    CHECK(path != NULL)

TEST(what_is_snoozed_stands_in_its_own_list_alone_until_its_moment)
{
    static const char *const hidden[] = { "",
                                          "?status=new",
                                          "?assignee=none",
                                          "?team=none",
                                          "?sort=newest",
                                          "?waits=true",
                                          "?status=done",
                                          "?waits=true&sort=oldest" };
    static const char *const seen[] = { "?status=snoozed",
                                        "?status=all",
                                        "?status=all&waits=true",
                                        "?status=all&sort=newest&waits=true",
                                        "?status=snoozed&sort=newest&waits=true",
                                        "?q=pakket" };
    CASE_TO_SNOOZE(w, api, channel, path);
    const char *label;

    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"spoed\"}") == 201);
    label = api_text(&api, "id");
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/labels/%s", path, label), NULL) == 204);
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(says(&api, "\"snoozed_until\":\"2030-03-17T18:46:40.000Z\""));
    for (size_t i = 0; i < COUNT(hidden); i++)
        if (listed(&api, hidden[i]) != 0)
            test_fail(__FILE__, __LINE__, "%s: %s", hidden[i], api.body);
    for (size_t i = 0; i < COUNT(seen); i++)
        if (listed(&api, seen[i]) != 1)
            test_fail(__FILE__, __LINE__, "%s: %s", seen[i], api.body);
    CHECK(listed(&api, arena_printf(w.mem, "?label=%s", label)) == 0);
    CHECK(listed(&api, arena_printf(w.mem, "?label=%s&status=snoozed", label)) == 1);
    CHECK(counts_snoozed(&api, 1));

    clock_fake(instant_plus(NOON, HOUR_MS - 1));
    CHECK_OK(run_wakings(&w), &w.err);
    CHECK(listed(&api, "") == 0);
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/read", path), NULL) == 204);
    clock_fake(instant_plus(NOON, HOUR_MS));
    CHECK_OK(run_wakings(&w), &w.err);
    CHECK(listed(&api, "?status=new") == 1 && says(&api, "\"snoozed_until\":null"));
    CHECK(says(&api, "\"is_unread\":true") && says(&api, "\"waiting_since\":\"2030-"));
    CHECK(listed(&api, arena_printf(w.mem, "?label=%s", label)) == 1);
    CHECK(counts_snoozed(&api, 0));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "case.woke") && says(&api, "{\"why\":\"moment\"}"));
    (void)channel;
}

TEST(a_snoozed_case_is_back_at_once_when_its_customer_writes)
{
    CASE_TO_SNOOZE(w, api, channel, path);
    const char *json =
        "{\"external_id\":\"2\",\"from\":\"jan\",\"text\":\"Hallo?\",\"thread\":\"t\"}";

    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", channel),
                   "{\"external_id\":\"3\",\"from\":\"jan\",\"text\":\"Dag\",\"thread\":\"t\"}") ==
          201);
    path = arena_printf(w.mem, "/api/v1/cases/%s", api_text(&api, "case_id"));
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(listed(&api, "") == 1);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", channel), json) == 201);
    CHECK(listed(&api, "") == 2 && listed(&api, "?status=snoozed") == 0);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "{\"why\":\"customer\"}"));

    /* Put away for longer, it isn't woken by what was asked for before. */
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_TWO "\"}") == 200);
    clock_fake(instant_plus(NOON, HOUR_MS));
    CHECK_OK(run_wakings(&w), &w.err);
    CHECK(listed(&api, "?status=snoozed") == 1);
    clock_fake(instant_plus(NOON, 2 * HOUR_MS));
    CHECK_OK(run_wakings(&w), &w.err);
    CHECK(listed(&api, "?status=snoozed") == 0);
}

TEST(our_answer_leaves_a_case_snoozed_until_it_could_not_be_delivered)
{
    CASE_TO_SNOOZE(w, api, channel, path);
    const char *message;

    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Morgen.\"}") == 201);
    message = api_text(&api, "id");
    CHECK(listed(&api, "") == 0 && listed(&api, "?status=snoozed") == 1);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"failed\"}") == 204);
    CHECK(listed(&api, "?status=open") == 1);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "{\"why\":\"delivery\"}"));
}

TEST(a_case_is_snoozed_only_until_a_moment_to_come_and_never_when_it_is_done)
{
    static const char *const refused[] = { "2030-03-17T17:46:40Z", "2020-01-01T00:00:00Z",
                                           "2031-05-01T00:00:00Z" };
    CASE_TO_SNOOZE(w, api, channel, path);

    for (size_t i = 0; i < COUNT(refused); i++)
        CHECK(change(&api, path, arena_printf(w.mem, "{\"snoozed_until\":\"%s\"}", refused[i])) ==
                  422 &&
              says(&api, "/snoozed_until"));
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(change(&api, path, "{\"snoozed_until\":null}") == 200 && listed(&api, "") == 1);
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    CHECK(says(&api, "\"snoozed_until\":null") && listed(&api, "?status=snoozed") == 0);
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 422);
    CHECK(change(&api, path, "{\"status\":\"open\",\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(listed(&api, "?status=snoozed") == 1);
    (void)channel;
}

TEST(many_cases_are_snoozed_at_once_and_listed_by_when_they_come_back)
{
    CASE_TO_SNOOZE(w, api, channel, path);
    const char *first = path + strlen("/api/v1/cases/"), *second;

    second = arrive(&api, channel, "2", "piet", "Dag");
    CHECK(second != NULL);
    second += strlen("/api/v1/cases/");
    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_TWO "\"}") == 200);
    CHECK(api_call(&api, POST, "/api/v1/cases/changes",
                   arena_printf(w.mem,
                                "{\"cases\":[{\"id\":\"%s\"}],\"snoozed_until\":\"" AT_ONE "\"}",
                                second)) == 200);
    CHECK(!says(&api, "problem"));
    CHECK(api_count_pages(&api, "/api/v1/cases?status=snoozed", "cas", 1) == 2);
    CHECK(listed(&api, "?status=snoozed") == 2);
    CHECK(strstr(api.body, second) < strstr(api.body, first));
    CHECK(api_call(&api, POST, "/api/v1/cases/changes",
                   arena_printf(w.mem,
                                "{\"cases\":[{\"id\":\"%s\"},{\"id\":\"%s\"}],"
                                "\"snoozed_until\":null}",
                                first, second)) == 200);
    CHECK(listed(&api, "") == 2);
}

/* Is whoever calls told that a case is back? -1 when that can't be said. */
static int woken(struct api *api)
{
    if (api_call(api, GET, "/api/v1/me/alerts", NULL) != 200)
        return -1;
    return says(api, "\"kind\":\"woke\"");
}

TEST(who_put_a_case_away_and_whose_it_is_are_told_when_it_is_back)
{
    CASE_TO_SNOOZE(w, api, channel, path);
    struct {
        user_id id;
        const char *cookie, *csrf;
    } users[2];

    for (size_t i = 0; i < COUNT(users); i++) {
        users[i].id = api_as(&api, ROLE_AGENT);
        users[i].cookie = api.cookie;
        users[i].csrf = api.csrf;
    }
    CHECK(change(&api, path,
                 arena_printf(w.mem, "{\"assignee_id\":\"%s\",\"snoozed_until\":\"" AT_ONE "\"}",
                              id_text("usr", users[0].id.n).s)) == 200);
    CHECK(
        says(&api, arena_printf(w.mem, "\"snoozed_by\":\"%s\"", id_text("usr", users[1].id.n).s)));
    CHECK(woken(&api) == 0);
    clock_fake(instant_plus(NOON, HOUR_MS));
    CHECK_OK(run_wakings(&w), &w.err);
    for (size_t i = 0; i < COUNT(users); i++) {
        api.cookie = users[i].cookie;
        api.csrf = users[i].csrf;
        CHECK(woken(&api) == 1);
    }
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"snoozed_by\":null"));
    (void)channel;
}

TEST(whose_customer_wakes_a_case_hears_it_from_the_list_and_who_put_it_away_is_told)
{
    CASE_TO_SNOOZE(w, api, channel, path);
    const char *messages = arena_printf(w.mem, "%s/messages", channel), *cookie, *csrf;
    user_id owner;

    CHECK(api_call(&api, POST, messages,
                   "{\"external_id\":\"3\",\"from\":\"jan\",\"text\":\"Dag\",\"thread\":\"t\"}") ==
          201);
    path = arena_printf(w.mem, "/api/v1/cases/%s", api_text(&api, "case_id"));
    owner = api_as(&api, ROLE_AGENT);
    cookie = api.cookie;
    csrf = api.csrf;
    api_as(&api, ROLE_ADMIN);
    CHECK(change(&api, path,
                 arena_printf(w.mem, "{\"assignee_id\":\"%s\",\"snoozed_until\":\"" AT_ONE "\"}",
                              id_text("usr", owner.n).s)) == 200);
    CHECK(api_call(&api, POST, messages,
                   "{\"external_id\":\"4\",\"from\":\"jan\",\"text\":\"Nu?\",\"thread\":\"t\"}") ==
          201);
    CHECK(woken(&api) == 1);
    api.cookie = cookie;
    api.csrf = csrf;
    CHECK(woken(&api) == 0);
}

TEST(a_case_that_is_taken_back_by_hand_tells_nobody)
{
    CASE_TO_SNOOZE(w, api, channel, path);

    CHECK(change(&api, path, "{\"snoozed_until\":\"" AT_ONE "\"}") == 200);
    CHECK(change(&api, path, "{\"snoozed_until\":null}") == 200);
    clock_fake(instant_plus(NOON, HOUR_MS));
    CHECK_OK(run_wakings(&w), &w.err);
    CHECK(woken(&api) == 0);
    (void)channel;
}
