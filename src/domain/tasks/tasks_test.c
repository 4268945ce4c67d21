#include "tasks.h"

#include "../../auth/teams_api.h"
#include "../calendars/calendars.h"

#include "explain.h"
#include "given.h"
#include "test.h"

#include "../../base/text.h"

#include <string.h>

#define TASKS(api, w)                                                                              \
    API(api, w, &task_kind_routes, &task_routes, &team_routes, &calendar_routes);                  \
    api_as(&api, ROLE_ADMIN)

static const char *team(struct api *api, const char *name)
{
    return api_call(api, POST, "/api/v1/teams",
                    arena_printf(api->w->mem, "{\"name\":\"%s\"}", name)) == 201
               ? arena_text(api->w->mem, api_text(api, "id"))
               : NULL;
}

static bool says(const struct api *api, const char *words)
{
    return strstr(api->body, words) != NULL;
}

static const struct {
    const char *what, *json, *state;
} ways[] = {
    { "take",   NULL,                                    "taken"            },
    { "wait",   "{\"for\":\"customer\"}",                "waiting_customer" },
    { "wait",   "{\"for\":\"other\",\"words\":\"x\"}",   "waiting_other"    },
    { "return", "{\"why\":\"unclear\",\"words\":\"x\"}", "returned"         },
    { "finish", "{}",                                    "done"             },
    { "reopen", NULL,                                    "taken"            },
};

/* Puts one into a state, and tries a way out of it. */
static int try_from(struct api *api, const char *state, size_t way)
{
    const char *path = make(api, "{\"title\":\"Bel de monteur\"}");

    for (size_t i = 0; i < COUNT(ways); i++)
        if (text_equal(ways[i].state, state) && !text_equal(ways[i].what, "reopen") &&
            act(api, path, ways[i].what, ways[i].json) != 200)
            return -1;
    return act(api, path, ways[way].what, ways[way].json);
}

TEST(a_task_goes_only_the_ways_that_its_state_allows)
{
    /* From each state: take, wait for the customer, for another, return, finish, reopen. */
    static const struct {
        const char *state, *allowed;
    } rows[] = {
        { "new",              "yyyyyn" },
        { "taken",            "yyyyyn" },
        { "waiting_customer", "ynyyyn" },
        { "waiting_other",    "yynyyn" },
        { "returned",         "ynnnyn" },
        { "done",             "nnnnny" },
    };
    WORLD(w);
    TASKS(api, &w);

    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(ways); k++) {
            int wanted = rows[i].allowed[k] == 'y' ? 200 : 409;
            if (try_from(&api, rows[i].state, k) != wanted)
                test_fail(__FILE__, __LINE__, "%s, %s: %d", rows[i].state, ways[k].what,
                          api.status);
            else if (wanted == 200 && !text_equal(api_text(&api, "state"), ways[k].state))
                test_fail(__FILE__, __LINE__, "%s, %s: %s", rows[i].state, ways[k].what, api.body);
        }
}

TEST(who_changes_a_task_that_somebody_changed_meanwhile_is_told)
{
    WORLD(w);
    TASKS(api, &w);
    const char *path = make(&api, "{\"title\":\"Bel\"}");

    CHECK(act(&api, path, "take", NULL) == 200);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/finish", path), "{}") == 412);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/finish", path), "{}") == 428);
}

TEST(a_task_that_is_returned_goes_back_to_who_gave_it_and_is_counted)
{
    WORLD(w);
    TASKS(api, &w);
    const char *giver, *path, *installation, *repairs = team(&api, "Reparaties");
    user_id user;

    installation = team(&api, "Installatie");
    user = api_as(&api, ROLE_AGENT);
    giver = name_of(&w, user);
    path =
        make(&api, arena_printf(w.mem, "{\"title\":\"Printplaat\",\"team_id\":\"%s\"}", repairs));
    CHECK(act(&api, path, "", arena_printf(w.mem, "{\"team_id\":\"%s\"}", installation)) == 200);
    CHECK_TEXT(api_text(&api, "from_user_id"), giver);
    CHECK_TEXT(api_text(&api, "from_team_id"), repairs);

    api_as(&api, ROLE_EXPERT);
    CHECK(act(&api, path, "take", NULL) == 200);
    CHECK(act(&api, path, "return", "{\"why\":\"misrouted\",\"words\":\" \"}") == 422);
    CHECK(act(&api, path, "return", "{\"why\":\"misrouted\",\"words\":\"Geen nieuwbouw\"}") == 200);
    CHECK_TEXT(api_text(&api, "state"), "returned");
    CHECK_TEXT(api_text(&api, "team_id"), repairs);
    CHECK_TEXT(api_text(&api, "assignee_id"), giver);
    CHECK_TEXT(api_text(&api, "return_words"), "Geen nieuwbouw");
    CHECK(says(&api, "\"returned_n\":1,\"misrouted_n\":1"));
    CHECK(says(&api, "\"kind\":\"task.returned\""));

    CHECK(api_call(&api, GET, TASKS_PATH "/workload", NULL) == 200);
    CHECK(says(&api, "\"name\":\"Installatie\",\"new_n\":0,\"taken_n\":0,\"waiting_n\":0,"
                     "\"returned_n\":0,\"late_n\":0,\"misrouted_n\":1"));
    CHECK(says(&api, "\"name\":\"Reparaties\",\"new_n\":0,\"taken_n\":0,\"waiting_n\":0,"
                     "\"returned_n\":1,\"late_n\":0,\"misrouted_n\":0"));
    /* Given again it is as new, and what it came back for is said no more. */
    CHECK(act(&api, path, "", "{\"assignee_id\":null}") == 200);
    CHECK_TEXT(api_text(&api, "state"), "new");
    CHECK(says(&api, "\"return_words\":null") && says(&api, "\"returned_n\":1"));
}

TEST(who_has_a_task_is_who_took_it_or_to_whom_it_was_given)
{
    WORLD(w);
    TASKS(api, &w);
    const char *path = make(&api, "{\"title\":\"Bel\"}"), *first, *second;
    user_id user = api_as(&api, ROLE_EXPERT);

    first = name_of(&w, user);
    CHECK(act(&api, path, "take", NULL) == 200);
    CHECK_TEXT(api_text(&api, "assignee_id"), first);
    user = api_as(&api, ROLE_EXPERT);
    second = name_of(&w, user);
    CHECK(act(&api, path, "", arena_printf(w.mem, "{\"assignee_id\":\"%s\"}", second)) == 200);
    CHECK_TEXT(api_text(&api, "state"), "taken"); /* to himself */
    CHECK(act(&api, path, "", arena_printf(w.mem, "{\"assignee_id\":\"%s\"}", first)) == 200);
    CHECK_TEXT(api_text(&api, "state"), "new");
    CHECK(act(&api, path, "", "{\"assignee_id\":\"usr_0000000000001\"}") == 422);
    CHECK(act(&api, path, "finish", "{\"words\":\"Komt morgen\"}") == 200);
    CHECK_TEXT(api_text(&api, "assignee_id"), first);
    CHECK_TEXT(api_text(&api, "outcome"), "Komt morgen");
    CHECK(act(&api, path, "", arena_printf(w.mem, "{\"assignee_id\":\"%s\"}", second)) == 409);
    CHECK(act(&api, path, "", "{\"title\":\" \"}") == 422);
}

TEST(a_task_is_due_by_the_norm_of_its_kind_in_the_hours_of_who_does_it)
{
    WORLD(w);
    TASKS(api, &w);
    FAKE_CLOCK(now);
    const char *repairs = team(&api, "Reparaties"), *kind;

    (void)now;
    /* Tuesday 16:00 in Amsterdam: open from eight to five, two hours more are Wednesday 9:00. */
    clock_fake((instant){ 1796137200000 });
    CHECK(api_call(&api, POST, "/api/v1/calendars",
                   arena_printf(w.mem,
                                "{\"name\":\"Werkplaats\",\"teams\":[\"%s\"],\"time_zone\":"
                                "\"Europe/Amsterdam\",\"week\":["
                                "{\"day\":\"tue\",\"from\":\"08:00\",\"to\":\"17:00\"},"
                                "{\"day\":\"wed\",\"from\":\"08:00\",\"to\":\"17:00\"}]}",
                                repairs)) == 201);
    CHECK(api_call(&api, POST, "/api/v1/task-kinds",
                   arena_printf(w.mem,
                                "{\"name\":\"Storing\",\"norm_minutes\":120,\"team_id\":\"%s\","
                                "\"checklist\":[\"Besteld\",\"Geplaatst\"]}",
                                repairs)) == 201);
    kind = api_text(&api, "id");
    CHECK(make(&api, arena_printf(w.mem, "{\"title\":\"x\",\"kind_id\":\"%s\"}", kind)));
    CHECK_TEXT(api_text(&api, "due_at"), "2026-12-02T08:00:00.000Z");
    CHECK_TEXT(api_text(&api, "team_id"), repairs);
    CHECK(says(&api, "\"steps_n\":2,\"steps_done_n\":0"));
    CHECK(make(&api, arena_printf(w.mem, "{\"title\":\"x\",\"kind_id\":\"%s\",\"due_at\":\"%s\"}",
                                  kind, from_now(&w, HOUR_MS))));
    CHECK(says(&api, from_now(&w, HOUR_MS)));
    CHECK(make(&api, "{\"title\":\"x\"}") && says(&api, "\"due_at\":null"));
    CHECK(
        !make(&api, arena_printf(w.mem, "{\"title\":\"x\",\"due_at\":\"%s\"}", from_now(&w, -1))));
    CHECK(api.status == 422);
}

TEST(the_steps_of_a_task_are_ticked_and_its_history_says_so)
{
    WORLD(w);
    TASKS(api, &w);
    const char *path =
        make(&api, "{\"title\":\"x\",\"checklist\":[{\"text\":\"a\"},{\"text\":\"b\"}]}");

    CHECK(act(&api, path, "",
              "{\"checklist\":[{\"text\":\"a\",\"is_done\":true},{\"text\":\"b\"}],\"due_at\":"
              "null}") == 200);
    CHECK(says(&api, "\"steps_n\":2,\"steps_done_n\":1"));
    CHECK(says(&api, "\"changed\":[\"checklist\"]"));
    CHECK(says(&api, "{\"text\":\"a\",\"is_done\":true}"));
    CHECK(act(&api, path, "", "{\"checklist\":[{\"text\":\" \"}]}") == 422);
}

TEST(a_colleague_watches_a_task_until_he_does_not)
{
    WORLD(w);
    TASKS(api, &w);
    const char *path = make(&api, "{\"title\":\"x\"}"), *watcher;
    user_id user = api_as(&api, ROLE_AGENT);

    watcher = arena_printf(w.mem, "%s/watchers/%s", path, name_of(&w, user));
    CHECK(api_call(&api, PUT, watcher, NULL) == 204 && api_call(&api, PUT, watcher, NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, arena_printf(w.mem, "\"watchers\":[\"%s\"]", name_of(&w, user))));
    CHECK(api_call(&api, DELETE, watcher, NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"watchers\":[]") == false);
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/watchers/usr_0000000000001", path), NULL) ==
          422);
}

/* --- lists ---------------------------------------------------------------------------------- */

/* The titles of a list, one after the other. */
static const char *titles(struct api *api, const char *query)
{
    char *out = arena_text(api->w->mem, "");

    if (api_call(api, GET, arena_printf(api->w->mem, TASKS_PATH "%s", query), NULL) != 200)
        return "no list";
    for (const char *at = api->body; (at = strstr(at, "\"title\":\"")); at++)
        out = arena_printf(api->w->mem, "%s%c", out, at[strlen("\"title\":\"")]);
    return out;
}

TEST(what_came_back_leads_the_list_then_what_is_late_then_what_is_due_next)
{
    WORLD(w);
    TASKS(api, &w);
    FAKE_CLOCK(now);
    const char *repairs = team(&api, "Reparaties"), *done, *back;
    user_id me = api_as(&api, ROLE_EXPERT);

    CHECK(make(&api, "{\"title\":\"n\"}")); /* never due */
    CHECK(make(&api, arena_printf(w.mem, "{\"title\":\"s\",\"due_at\":\"%s\",\"team_id\":\"%s\"}",
                                  from_now(&w, 2 * DAY_MS), repairs)));
    CHECK(
        make(&api, arena_printf(w.mem, "{\"title\":\"l\",\"due_at\":\"%s\",\"assignee_id\":\"%s\"}",
                                from_now(&w, HOUR_MS), name_of(&w, me))));
    back = make(
        &api, arena_printf(w.mem, "{\"title\":\"b\",\"due_at\":\"%s\"}", from_now(&w, 3 * DAY_MS)));
    done = make(&api, "{\"title\":\"d\"}");
    CHECK(act(&api, back, "return", "{\"why\":\"misrouted\",\"words\":\"x\"}") == 200);
    CHECK(act(&api, done, "finish", "{}") == 200);
    clock_fake((instant){ now + 2 * HOUR_MS });
    done = make(&api, "{\"title\":\"e\"}");
    CHECK(act(&api, done, "finish", "{}") == 200);

    CHECK_TEXT(titles(&api, ""), "blsn");
    CHECK_TEXT(titles(&api, "?state=all"), "blsned");
    CHECK_TEXT(titles(&api, "?state=done"), "ed");
    CHECK_TEXT(titles(&api, "?state=returned"), "b");
    CHECK_TEXT(titles(&api, "?late=true"), "l");
    CHECK(says(&api, "\"is_late\":true"));
    CHECK_TEXT(titles(&api, "?late=true&state=done"), "no list");
    CHECK_TEXT(titles(&api, arena_printf(w.mem, "?until=%s", from_now(&w, 2 * DAY_MS))), "ls");
    CHECK_TEXT(titles(&api, arena_printf(w.mem, "?team=%s", repairs)), "s");
    CHECK_TEXT(titles(&api, "?team=none"), "bln");
    CHECK_TEXT(titles(&api, "?assignee=me"), "bl"); /* what came back is his again */
    CHECK_TEXT(titles(&api, "?assignee=none&team=none"), "n");
    CHECK_TEXT(titles(&api, "?assignee=x"), "no list");
    CHECK(api_count_pages(&api, TASKS_PATH "?state=all&", "tsk", 1) == 6);
    CHECK(api_call(&api, GET, TASKS_PATH "/workload", NULL) == 200);
    CHECK(says(&api, "\"mine_n\":2,\"mine_late_n\":2"));
}

/* One list: is its statement found by an index, from the cursor on? */
static bool explain(struct tx *tx, void *arg, struct err *err)
{
    struct arg values[TASK_LIST_VALUES_MAX];
    enum sql sql;
    size_t n;

    return task_list_sql(tx, arg, &sql, values, &n, err) && explain_is_indexed(tx, sql, err) &&
           explain_goes_on(tx, sql, "k", err);
}

TEST(every_list_of_tasks_walks_an_index_from_its_cursor_on)
{
    static const char *const owners[] = { NULL, "none", "1" };
    enum { STATES = TASKS_ALL + 1, OWNERS = 3, ALL = STATES * OWNERS * OWNERS * 8 };
    FRESH_WORLD(w);

    for (unsigned i = 0; i < ALL; i++) {
        const char *team = owners[i % OWNERS], *assignee = owners[i / OWNERS % OWNERS];
        unsigned rest = i / (OWNERS * OWNERS * STATES);
        struct task_query query = {
            .state = i / (OWNERS * OWNERS) % STATES,
            .team = text_equal(team, "1") ? "tem_0000000000001" : team,
            .assignee = text_equal(assignee, "1") ? "usr_0000000000001" : assignee,
            .kind = { rest & 1 },
            .case_id = { rest >> 1 & 1 },
            .until = { rest >> 2 & 1 },
        };
        if (!world_read(&w, explain, &query))
            test_fail(__FILE__, __LINE__, "state %u, team %s, assignee %s, rest %u: %s",
                      query.state, team ? team : "-", assignee ? assignee : "-", rest, w.err.text);
    }
}
