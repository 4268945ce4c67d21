/* Who is alerted to tasks, also when their moment comes. */
#include "due_task.h"

#include "../domain/alerts/alerts.h"
#include "../domain/tasks/tasks.h"

#include "by_hand.h"
#include "given.h"
#include "test.h"

#include <string.h>

#define TASKS(api, w)                                                                              \
    API(api, w, &task_routes, &alert_routes);                                                      \
    api_as(&api, ROLE_ADMIN)

/* What one is alerted to, newest first. */
static const char *alerts(struct api *api)
{
    const char *out = "";

    if (api_call(api, GET, "/api/v1/me/alerts", NULL) != 200)
        return "no list";
    for (const char *at = api->body; (at = strstr(at, "\"kind\":\"task_")); at++)
        out = arena_printf(api->w->mem, "%s %.*s", out, (int)strcspn(at + 13, "\""), at + 13);
    return out;
}

/* A user with his session, to call as later. */
struct colleague {
    const char *id, *cookie, *csrf;
};

static struct colleague colleague(struct api *api, enum role role)
{
    user_id user = api_as(api, role);

    return (struct colleague){ name_of(api->w, user), api->cookie, api->csrf };
}

static void as(struct api *api, const struct colleague *who)
{
    api->cookie = who->cookie;
    api->csrf = who->csrf;
}

TEST(a_colleague_is_alerted_to_what_he_is_given_what_comes_back_what_is_done_and_what_is_late)
{
    WORLD(w);
    TASKS(api, &w);
    FAKE_CLOCK(now);
    struct colleague agent = colleague(&api, ROLE_AGENT), expert = colleague(&api, ROLE_EXPERT),
                     other = colleague(&api, ROLE_AGENT);
    const char *path;

    as(&api, &agent);
    path = make(&api,
                arena_printf(w.mem, "{\"title\":\"Bel\",\"assignee_id\":\"%s\",\"due_at\":\"%s\"}",
                             expert.id, from_now(&w, HOUR_MS)));
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/watchers/%s", path, other.id), NULL) == 204);
    CHECK_TEXT(alerts(&api), ""); /* it is his own doing */
    as(&api, &expert);
    CHECK_TEXT(alerts(&api), " given");
    CHECK(strstr(api.body, "\"case_id\":null"));
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/seen", path), NULL) == 204);
    CHECK_TEXT(alerts(&api), "");
    for (int i = 0; i < 2; i++) {
        clock_fake((instant){ now + HOUR_MS + i });
        CHECK_OK(run_jobs(&w, "task", job_task), &w.err);
    }
    CHECK_TEXT(alerts(&api), " late");
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(strstr(strstr(api.body, "task.late"), "task.late\"") &&
          !strstr(strstr(api.body, "task.late") + 1, "task.late"));
    CHECK(act(&api, path, "return", "{\"why\":\"unclear\",\"words\":\"Wie?\"}") == 200);
    as(&api, &agent);
    CHECK_TEXT(alerts(&api), " returned");
    CHECK(act(&api, path, "", arena_printf(w.mem, "{\"assignee_id\":\"%s\"}", expert.id)) == 200);
    as(&api, &expert);
    clock_fake((instant){ now + 2 * HOUR_MS });
    CHECK(act(&api, path, "finish", "{}") == 200);
    as(&api, &other);
    CHECK_TEXT(alerts(&api), " done returned");
    as(&api, &agent);
    CHECK_TEXT(alerts(&api), " done returned");
}

TEST(a_task_that_is_done_or_due_later_by_now_is_not_called_late)
{
    WORLD(w);
    TASKS(api, &w);
    FAKE_CLOCK(now);
    const char *json = arena_printf(w.mem, "{\"title\":\"x\",\"due_at\":\"%s\"}",
                                    from_now(&w, HOUR_MS)),
               *done = make(&api, json), *later = make(&api, json);

    CHECK(act(&api, done, "finish", "{}") == 200);
    CHECK(act(&api, later, "",
              arena_printf(w.mem, "{\"due_at\":\"%s\"}", from_now(&w, 2 * HOUR_MS))) == 200);
    clock_fake((instant){ now + HOUR_MS + 1 });
    CHECK_OK(run_jobs(&w, "task", job_task), &w.err);
    CHECK(api_call(&api, GET, later, NULL) == 200 && !strstr(api.body, "task.late"));
    clock_fake((instant){ now + 2 * HOUR_MS });
    CHECK_OK(run_jobs(&w, "task", job_task), &w.err);
    CHECK(api_call(&api, GET, later, NULL) == 200 && strstr(api.body, "task.late"));
    CHECK(api_call(&api, GET, done, NULL) == 200 && !strstr(api.body, "task.late"));
}
