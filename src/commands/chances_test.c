/* Is it feasible? From what became of the promises before, through the API. */
#include "promised.h"

#include <stdlib.h>

/* Friday 15 January 2027, at 09:00 in Amsterdam; office hours, as nobody said others. */
static const int64_t FRIDAY = 1800000000000;

#define AT_WORK                                                                                    \
    CLEANUP(use_real_clock) int64_t friday = FRIDAY;                                               \
    clock_fake((instant){ friday })

static double number(struct api *api, const char *name)
{
    const char *at = strstr(api->body, arena_printf(api->w->mem, "\"%s\":", name));

    return at ? atof(at + strlen(name) + 3) : -1;
}

/* So many were promised for the next day, and took so long, one after the other. */
static bool many(struct api *api, const char *path, const char *kind, int n, int64_t ms)
{
    for (int i = 0; i < n; i++) {
        int64_t begun = clock_now().ms;
        const char *made = promise(api, path, kind, 3 * DAY_MS);
        clock_fake((instant){ begun + ms });
        if (!made || act(api, made, "keep", "{}") != 200)
            return false;
        clock_fake((instant){ begun });
    }
    return true;
}

static bool ask_chance(struct api *api, const char *kind, int64_t ms, const char *more)
{
    struct world *w = api->w;

    return api_call(api, GET,
                    arena_printf(w->mem, "/api/v1/promises/chance?kind=%s&due=%s%s", kind,
                                 from_now(w, ms), more),
                    NULL) == 200;
}

TEST(with_too_few_promises_before_it_nothing_is_said_about_a_chance)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x");

    CHECK(ask_chance(&api, "callback", DAY_MS, ""));
    CHECK(strstr(api.body, "\"is_known\":false") && !strstr(api.body, "\"chance\""));
    CHECK(strstr(api.body, "\"safe_at\":null") && strstr(api.body, "\"cases_n\":0"));
    CHECK(many(&api, path, "callback", 9, HOUR_MS));
    CHECK(ask_chance(&api, "callback", DAY_MS, "") && strstr(api.body, "\"is_known\":false"));
}

TEST(the_chance_is_how_often_it_was_done_in_so_much_opening_time)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x");

    CHECK(many(&api, path, "callback", 8, HOUR_MS) &&
          many(&api, path, "callback", 12, 3 * HOUR_MS));
    clock_fake((instant){ friday + 5 * HOUR_MS }); /* 14:00 */
    CHECK(ask_chance(&api, "callback", 2 * HOUR_MS, ""));
    CHECK(strstr(api.body, "\"is_known\":true") && number(&api, "cases_n") == 20);
    CHECK(number(&api, "chance") > 0.39 && number(&api, "chance") < 0.41);
    CHECK(number(&api, "low") < 0.3 && number(&api, "high") > 0.5);
    CHECK(number(&api, "work_minutes") == 120 && number(&api, "weight") > 19.9);
    CHECK_TEXT(api_text(&api, "safe_at"), "2027-01-15T16:00:00.000Z"); /* 17:00, that day */
    CHECK(ask_chance(&api, "callback", 3 * HOUR_MS, "") && number(&api, "chance") == 0.99);
    clock_fake((instant){ friday + 7 * HOUR_MS }); /* 16:00: an hour, and two on Monday */
    CHECK(ask_chance(&api, "callback", 64 * HOUR_MS, ""));
    CHECK_TEXT(api_text(&api, "safe_at"), "2027-01-18T10:00:00.000Z");
    CHECK(number(&api, "chance") > 0.39 && number(&api, "chance") < 0.41); /* before Monday */
    CHECK(ask_chance(&api, "callback", 67 * HOUR_MS, "") && number(&api, "chance") == 0.99);
}

TEST(who_has_few_of_a_kind_borrows_from_what_else_was_promised)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x");

    CHECK(many(&api, path, "callback", 20, HOUR_MS));
    CHECK(ask_chance(&api, "visit", 2 * HOUR_MS, "&team=tem_0000000000001"));
    CHECK(strstr(api.body, "\"is_known\":true") && number(&api, "cases_n") == 0);
    CHECK(number(&api, "chance") > 0.9 && number(&api, "borrowed") == number(&api, "weight"));
}

TEST(a_promise_keeps_the_chance_that_was_said_and_a_chain_lasts_since_its_first)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x"), *made, *next;

    CHECK(many(&api, path, "callback", 20, 2 * HOUR_MS));
    clock_fake((instant){ friday + 2 * HOUR_MS });
    made = promise(&api, path, "callback", HOUR_MS);
    CHECK_TEXT(state(&api, made), "open");
    CHECK(number(&api, "chance") == 0.01);
    clock_fake((instant){ friday + 2 * HOUR_MS + HOUR_MS / 2 });
    CHECK(act(&api, made, "move",
              arena_printf(w.mem, "{\"due_at\":\"%s\",\"reason\":\"x\"}",
                           from_now(&w, 2 * HOUR_MS))) == 201);
    CHECK(number(&api, "chance") > 0.9); /* half an hour of its two is over */
    CHECK_TEXT(api_text(&api, "begun_at"), "2027-01-15T10:00:00.000Z");
    next = arena_text(w.mem, api_text(&api, "id"));
    CHECK(ask_chance(&api, "callback", HOUR_MS, arena_printf(w.mem, "&promise=%s", next)));
    CHECK(number(&api, "chance") < 0.1);
    CHECK_TEXT(api_text(&api, "safe_at"), "2027-01-15T12:00:00.000Z");
    next = arena_printf(w.mem, "/api/v1/promises/%s", next);
    CHECK(act(&api, next, "keep", "{}") == 200);
    /* Of 21 chains one took half an hour, and what was moved is none. */
    CHECK(ask_chance(&api, "callback", HOUR_MS, "") && number(&api, "cases_n") == 21);
    CHECK(number(&api, "chance") > 0.03 && number(&api, "chance") < 0.06);
}

TEST(what_is_owed_has_lasted_until_now_and_what_was_withdrawn_until_then)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x");

    CHECK(many(&api, path, "visit", 10, HOUR_MS));
    for (int i = 0; i < 10; i++) {
        const char *made = promise(&api, path, "visit", 3 * HOUR_MS);
        clock_fake((instant){ friday + 2 * HOUR_MS });
        CHECK(made && (i % 2 || act(&api, made, "withdraw", "{\"reason\":\"x\"}") == 200));
        clock_fake((instant){ friday });
    }
    clock_fake((instant){ friday + 4 * HOUR_MS });
    CHECK_OK(moments(&w), &w.err); /* the others are broken, and still owed */
    CHECK(ask_chance(&api, "visit", 3 * HOUR_MS, "") && number(&api, "cases_n") == 20);
    CHECK(number(&api, "chance") > 0.4 && number(&api, "chance") < 0.6);
    CHECK(api_text(&api, "safe_at") == NULL);
    CHECK(number(&api, "load") == 6);
}

TEST(a_chance_is_asked_for_a_moment_to_come_of_something_that_is_owed)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *made = promise(&api, ask(&box, "a@x"), "visit", HOUR_MS), *id;

    CHECK(!ask_chance(&api, "visit", 0, "") && strstr(api.body, "/due"));
    CHECK(!ask_chance(&api, "dance", HOUR_MS, "") && strstr(api.body, "/kind"));
    CHECK(!ask_chance(&api, "visit", HOUR_MS, "&promise=prm_0000000000001"));
    id = made + strlen("/api/v1/promises/");
    CHECK(ask_chance(&api, "visit", HOUR_MS, arena_printf(w.mem, "&promise=%s", id)));
    CHECK(act(&api, made, "keep", "{}") == 200);
    CHECK(!ask_chance(&api, "visit", HOUR_MS, arena_printf(w.mem, "&promise=%s", id)));
}

TEST(what_was_said_is_held_against_what_came_once_the_moment_is_there)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x"), *made[6];

    CHECK(many(&api, path, "callback", 20, HOUR_MS));
    clock_fake((instant){ friday + 2 * HOUR_MS });
    for (size_t i = 0; i < COUNT(made); i++)
        CHECK((made[i] = promise(&api, path, "callback", 2 * HOUR_MS)) != NULL);
    CHECK(act(&api, made[0], "keep", "{}") == 200);
    CHECK(act(&api, made[1], "withdraw", "{\"reason\":\"x\"}") == 200);
    CHECK(act(&api, made[2], "move",
              arena_printf(w.mem, "{\"due_at\":\"%s\",\"reason\":\"x\"}",
                           from_now(&w, 9 * DAY_MS))) == 201);
    CHECK(api_call(&api, GET, "/api/v1/promises/calibration", NULL) == 200);
    CHECK(number(&api, "n") == 0 && strstr(api.body, "\"from\":null"));
    clock_fake((instant){ friday + 5 * HOUR_MS });
    CHECK_OK(moments(&w), &w.err);
    CHECK(act(&api, made[3], "keep", "{}") == 200); /* late */
    CHECK(act(&api, made[4], "withdraw", "{\"reason\":\"x\"}") == 200);
    CHECK(api_call(&api, GET, "/api/v1/promises/calibration", NULL) == 200);
    CHECK(number(&api, "n") == 5 && number(&api, "base_rate") == 0.2);
    CHECK(number(&api, "brier") > 0.16 && number(&api, "skill") < 0.01); /* it was too sure */
    CHECK_TEXT(api_text(&api, "from"), "2027-01-15T12:00:00.000Z");
}

TEST(a_promise_is_at_risk_once_it_is_not_done_when_others_were_and_its_owner_hears_it)
{
    WORLD(w);
    AT_WORK;
    PROMISED(box, &w, api);
    const char *path = ask(&box, "a@x"), *made;

    CHECK(many(&api, path, "visit", 15, HOUR_MS) && many(&api, path, "visit", 5, 7 * HOUR_MS));
    clock_fake((instant){ friday + 72 * HOUR_MS }); /* Monday, 09:00 */
    made = promise(&api, path, "visit", 6 * HOUR_MS);
    CHECK_TEXT(state(&api, made), "open");
    CHECK(number(&api, "chance") > 0.7 && strstr(api.body, "\"is_at_risk\":false"));
    clock_fake((instant){ friday + 73 * HOUR_MS - MINUTE_MS });
    CHECK_OK(moments(&w), &w.err);
    CHECK(told(&api, "promise.at_risk") == 0);
    clock_fake((instant){ friday + 73 * HOUR_MS }); /* by time it has hours */
    CHECK_OK(moments(&w), &w.err);
    CHECK(told(&api, "promise.at_risk") == 1);
    CHECK(strstr(state(&api, made), "open") && strstr(api.body, "\"is_at_risk\":true"));
}
