/* What is done for promises, and for cases: tasks. */
#include "promised.h"

/* A task for it; its path. */
static const char *give(struct api *api, const char *promise)
{
    struct world *w = api->w;
    const char *id = promise + strlen("/api/v1/promises/");

    return api_call(api, POST, "/api/v1/tasks",
                    arena_printf(w->mem, "{\"title\":\"Bel\",\"promise_id\":\"%s\"}", id)) == 201
               ? arena_printf(w->mem, "/api/v1/tasks/%s", api_text(api, "id"))
               : NULL;
}

TEST(a_promise_is_kept_when_all_that_is_done_for_it_is_done_and_the_customer_was_told)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *made = promise(&api, path, "repair", DAY_MS), *answers,
               *first = give(&api, made), *second = give(&api, made);

    (void)now;
    answers = arena_printf(w.mem, "%s/messages", path);
    CHECK(first && second && act(&api, first, "finish", "{}") == 200);
    CHECK(api_call(&api, POST, answers, "{\"text\":\"We zijn bezig.\"}") == 201);
    CHECK_TEXT(state(&api, made), "open");
    CHECK(act(&api, second, "finish", "{}") == 200);
    CHECK_TEXT(state(&api, made), "open"); /* nobody told him */
    CHECK(api_call(&api, POST, answers, "{\"text\":\"Het is gemaakt.\"}") == 201);
    CHECK_TEXT(state(&api, made), "kept");
    CHECK_TEXT(api_text(&api, "evidence"), "task");
    CHECK(act(&api, made, "reopen", NULL) == 200);
    CHECK(close_case(&api, path) == 409);
}

TEST(a_task_is_done_for_a_promise_of_its_own_case_and_goes_on_for_what_that_becomes)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *made = promise(&api, path, "repair", DAY_MS),
               *task = give(&api, made), *next;

    (void)now;
    CHECK(task != NULL && strstr(api.body, from_now(&w, DAY_MS))); /* due with it */
    CHECK_TEXT(api_text(&api, "case_id"), path + strlen("/api/v1/cases/"));
    CHECK(act(&api, made, "move",
              arena_printf(w.mem, "{\"due_at\":\"%s\",\"reason\":\"Ziek\"}",
                           from_now(&w, 2 * DAY_MS))) == 201);
    next = api_text(&api, "id");
    CHECK(api_call(&api, GET, task, NULL) == 200);
    CHECK_TEXT(api_text(&api, "promise_id"), next);
    CHECK(give(&api, made) == NULL && api.status == 422); /* that isn't owed any more */
    CHECK(deliver(&box, mail(&box, "b@x", "els@klant.example", "Sleutel", "", "Mijn sleutel.")));
    CHECK(api_call(&api, POST, "/api/v1/tasks",
                   arena_printf(
                       w.mem, "{\"title\":\"x\",\"promise_id\":\"%s\",\"case_id\":\"%s\"}", next,
                       first_case(&api, "?sort=newest") + strlen("/api/v1/cases/"))) == 422);
}

TEST(a_task_goes_along_when_cases_are_merged_and_parted)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *one = ask(&box, "a@x"), *other, *list, *id;

    CHECK(api_call(&api, POST, "/api/v1/tasks",
                   arena_printf(w.mem, "{\"title\":\"x\",\"case_id\":\"%s\"}",
                                one + strlen("/api/v1/cases/"))) == 201);
    clock_fake((instant){ now + SECOND_MS });
    other = ask(&box, "b@x");
    list = arena_printf(w.mem, "%s/tasks", other);
    api.header = "If-Match: *";
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/merge", one),
                   arena_printf(w.mem, "{\"into\":\"%s\"}", other + strlen("/api/v1/cases/"))) ==
          201);
    id = arena_text(w.mem, api_text(&api, "id"));
    CHECK(api_call(&api, GET, list, NULL) == 200 && api_count(&api, "tsk") == 1);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/tasks", one), NULL) == 200);
    CHECK(api_count(&api, "tsk") == 1); /* it leads to the other one */
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "%s/merges/%s", other, id), NULL) == 200);
    CHECK(api_call(&api, GET, list, NULL) == 200 && api_count(&api, "tsk") == 0);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/tasks", one), NULL) == 200);
    CHECK(api_count(&api, "tsk") == 1);
}

TEST(a_case_is_closed_over_a_task_that_goes_on_and_says_in_its_timeline_what_became_of_it)
{
    WORLD(w);
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x"), *task;

    CHECK(api_call(&api, POST, "/api/v1/tasks",
                   arena_printf(w.mem, "{\"title\":\"Bel\",\"case_id\":\"%s\"}",
                                path + strlen("/api/v1/cases/"))) == 201);
    task = arena_printf(w.mem, "/api/v1/tasks/%s", api_text(&api, "id"));
    CHECK(close_case(&api, path) == 200);
    CHECK(act(&api, task, "take", NULL) == 200);
    CHECK(act(&api, task, "return", "{\"why\":\"unclear\",\"words\":\"Wie?\"}") == 200);
    CHECK(act(&api, task, "finish", "{\"words\":\"Gebeld\"}") == 200);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(strstr(api.body, "task.made") && strstr(api.body, "task.taken"));
    CHECK(strstr(api.body, "task.returned") && strstr(api.body, "task.done"));
    CHECK(strstr(api.body, "\"words\":\"Gebeld\""));
}
