/* Promises: what is said is owed until it is settled, and nothing lets it go silently. */
#include "promised.h"

TEST(a_case_that_owes_a_promise_is_not_closed_before_somebody_decides)
{
    static const struct {
        const char *what, *json;
        int status;
    } rows[] = {
        { "keep",     "{}",                        200 },
        { "withdraw", "{\"reason\":\"Verhuisd\"}", 200 },
        { "withdraw", "{}",                        422 },
        { "withdraw", "{\"reason\":\" \"}",        422 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        PROMISED(box, &w, api);
        FAKE_CLOCK(now);
        const char *path = ask(&box, "a@x"), *made = promise(&api, path, "callback", DAY_MS);

        (void)now;
        CHECK(made != NULL);
        CHECK(close_case(&api, path) == 409);
        CHECK(strstr(api.body, "still owes a promise"));
        CHECK(act(&api, made, rows[i].what, rows[i].json) == rows[i].status);
        CHECK(close_case(&api, path) == (rows[i].status == 200 ? 200 : 409));
    }
}

TEST(a_promise_that_is_moved_is_another_one_in_a_chain_and_owed_like_the_first)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *made = promise(&api, path, "callback", DAY_MS), *next;

    (void)now;
    CHECK(act(&api, made, "move",
              arena_printf(w.mem, "{\"due_at\":\"%s\",\"reason\":\"Ziek\"}",
                           from_now(&w, 2 * DAY_MS))) == 201);
    next = arena_printf(w.mem, "/api/v1/promises/%s", api_text(&api, "id"));
    CHECK_TEXT(api_text(&api, "state"), "open");
    CHECK_TEXT(api_text(&api, "previous_id"), made + strlen("/api/v1/promises/"));
    CHECK_TEXT(api_text(&api, "words"), "We bellen u.");
    CHECK_TEXT(state(&api, made), "moved");
    CHECK_TEXT(api_text(&api, "next_id"), next + strlen("/api/v1/promises/"));
    CHECK_TEXT(api_text(&api, "reason"), "Ziek");
    CHECK(close_case(&api, path) == 409);
    CHECK(act(&api, made, "move",
              arena_printf(w.mem, "{\"due_at\":\"%s\",\"reason\":\"x\"}", from_now(&w, DAY_MS))) ==
          409);
    CHECK(act(&api, made, "keep", "{}") == 409 && act(&api, made, "reopen", NULL) == 409);
    CHECK(act(&api, next, "keep", "{}") == 200);
    CHECK(close_case(&api, path) == 200);
}

TEST(a_promise_warns_its_owner_before_its_moment_and_is_broken_at_it_once)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *made = promise(&api, path, "callback", 4 * HOUR_MS);

    CHECK_OK(moments(&w), &w.err);
    CHECK_TEXT(state(&api, made), "open");
    CHECK(strstr(api.body, "\"is_at_risk\":false"));
    clock_fake((instant){ now + 3 * HOUR_MS - 1 }); /* a quarter before */
    CHECK_OK(moments(&w), &w.err);
    CHECK(told(&api, "promise.at_risk") == 0);
    for (int i = 0; i < 3; i++) {
        clock_fake((instant){ now + 3 * HOUR_MS + i });
        CHECK_OK(moments(&w), &w.err);
        CHECK_TEXT(state(&api, made), "open");
        CHECK(strstr(api.body, "\"is_at_risk\":true") && !strstr(api.body, "\"warned_at\":null"));
        CHECK(told(&api, "promise.at_risk") == 1);
    }
    clock_fake((instant){ now + 4 * HOUR_MS - 1 });
    CHECK_OK(moments(&w), &w.err);
    CHECK_TEXT(state(&api, made), "open");
    for (int i = 0; i < 3; i++) {
        clock_fake((instant){ now + 4 * HOUR_MS + i });
        CHECK_OK(moments(&w), &w.err);
        CHECK_TEXT(state(&api, made), "broken");
        CHECK(strstr(api.body, "\"is_owed\":true"));
        CHECK(told(&api, "promise.broken") == 1);
        CHECK(told(&api, "promise.at_risk") == 1);
    }
    CHECK(close_case(&api, path) == 409);
    CHECK(act(&api, made, "keep", "{}") == 200);
    CHECK(!strstr(api.body, "\"broken_at\":null")); /* late: that stays */
    CHECK(close_case(&api, path) == 200);
}

TEST(in_a_year_each_promise_warns_once_and_is_broken_once_at_its_moment)
{
    enum { DAYS = 365, EACH_DAYS = 5, STEP_HOURS = 6 };
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x");

    for (int day = EACH_DAYS; day <= DAYS; day += EACH_DAYS)
        CHECK(promise(&api, path, "callback", day * DAY_MS) != NULL);
    for (int hour = STEP_HOURS; hour <= DAYS * 24; hour += STEP_HOURS) {
        clock_fake((instant){ now + hour * HOUR_MS });
        CHECK_OK(moments(&w), &w.err);
        if (hour % (30 * 24) != 0)
            continue;
        api_as(&api, ROLE_ADMIN); /* who logged in a month ago is logged out */
        CHECK(told(&api, "promise.broken&limit=200") == hour / 24 / EACH_DAYS);
        /* A day ahead of each moment. */
        CHECK(told(&api, "promise.at_risk&limit=200") == (hour + 24) / 24 / EACH_DAYS);
    }
    CHECK(told(&api, "promise.broken&limit=200") == DAYS / EACH_DAYS);
    CHECK(told(&api, "promise.at_risk&limit=200") == DAYS / EACH_DAYS);
}

TEST(a_server_that_was_away_at_all_moments_of_a_promise_says_that_it_is_broken)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *made = promise(&api, ask(&box, "a@x"), "visit", HOUR_MS);

    clock_fake((instant){ now + 9 * DAY_MS });
    CHECK_OK(moments(&w), &w.err);
    CHECK_TEXT(state(&api, made), "broken");
    CHECK_TEXT(api_text(&api, "broken_at"), api_text(&api, "due_at"));
}

TEST(what_was_promised_as_an_answer_is_kept_by_an_answer_and_can_be_corrected)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *reply = promise(&api, path, "reply", DAY_MS),
               *call = promise(&api, path, "callback", DAY_MS), *answers, *said;

    answers = arena_printf(w.mem, "%s/messages", path);
    CHECK(api_call(&api, POST, answers, "{\"text\":\"De monteur komt.\"}") == 201);
    said = arena_text(w.mem, api_text(&api, "id"));
    CHECK_TEXT(state(&api, reply), "kept");
    CHECK_TEXT(api_text(&api, "evidence"), "message");
    CHECK_TEXT(api_text(&api, "evidence_message_id"), said);
    CHECK_TEXT(state(&api, call), "open");
    CHECK(act(&api, reply, "reopen", NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "open");
    clock_fake((instant){ now + DAY_MS });
    CHECK_OK(moments(&w), &w.err);
    CHECK_TEXT(state(&api, reply), "broken");
    CHECK(act(&api, reply, "keep", arena_printf(w.mem, "{\"message_id\":\"%s\"}", said)) == 200);
    CHECK_TEXT(api_text(&api, "evidence_message_id"), said);
    CHECK(act(&api, call, "keep", "{\"message_id\":\"msg_0000000000001\"}") == 422);
}

TEST(what_was_settled_is_owed_again_only_in_a_case_that_is_open)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *made = promise(&api, path, "callback", DAY_MS);

    (void)now;
    CHECK(act(&api, made, "keep", "{}") == 200 && close_case(&api, path) == 200);
    CHECK(act(&api, made, "reopen", NULL) == 409);
    CHECK_TEXT(state(&api, made), "kept");
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, path, "{\"status\":\"open\"}") == 200);
    CHECK(act(&api, made, "reopen", NULL) == 200);
}

TEST(an_answer_and_what_it_promises_come_together_or_not_at_all)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *answers = arena_printf(w.mem, "%s/messages", path), *said;

    (void)now;
    CHECK(api_call(&api, POST, answers,
                   arena_printf(w.mem,
                                "{\"text\":\"We bellen u.\",\"promises\":[%s,{\"words\":\"x\","
                                "\"kind\":\"reply\",\"due_at\":\"%s\"}]}",
                                promise_json(&w, "callback", DAY_MS), from_now(&w, -1))) == 422);
    CHECK(strstr(api.body, "/promises/1/due_at"));
    CHECK(api_call(&api, GET, path, NULL) == 200 && !strstr(api.body, "We bellen u."));
    CHECK(api_call(&api, POST, answers,
                   arena_printf(w.mem, "{\"text\":\"We bellen u.\",\"promises\":[%s,%s]}",
                                promise_json(&w, "callback", DAY_MS),
                                promise_json(&w, "reply", DAY_MS))) == 201);
    said = arena_text(w.mem, api_text(&api, "id"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/promises", path), NULL) == 200);
    CHECK(api_count(&api, "prm") == 2);
    CHECK(strstr(api.body, arena_printf(w.mem, "\"message_id\":\"%s\"", said)));
    CHECK(!strstr(api.body, "\"state\":\"kept\"")); /* not by itself */
    CHECK(api_call(&api, POST, answers, "{\"text\":\"Klaar.\",\"status\":\"done\"}") == 409);
    CHECK(api_call(&api, GET, path, NULL) == 200 && !strstr(api.body, "Klaar."));
}

TEST(the_board_shows_what_is_owed_by_moment_for_all_a_team_somebody_or_a_customer)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *late, *team, *his;

    late = promise(&api, path, "visit", 3 * DAY_MS);
    for (int i = 0; i < 3; i++)
        CHECK(promise(&api, path, "callback", DAY_MS + i));
    CHECK(api_call(&api, GET, "/api/v1/promises", NULL) == 200 && api_count(&api, "prm") == 4);
    CHECK(strstr(api.body, "\"person_name\":\"jan@klant.example\"") ||
          strstr(api.body, "\"person_name\":\""));
    CHECK(api_count_pages(&api, "/api/v1/promises", "prm", 2) == 4);
    CHECK(api_call(&api, GET,
                   arena_printf(w.mem, "/api/v1/promises?until=%s", from_now(&w, DAY_MS + 1)),
                   NULL) == 200);
    CHECK(api_count(&api, "prm") == 2);
    CHECK(api_call(&api, GET, late, NULL) == 200);
    team = arena_text(w.mem, api_text(&api, "owner_id"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/promises?owner=%s", team), NULL) == 200);
    CHECK(api_count(&api, "prm") == 4);
    CHECK(api_call(&api, GET, "/api/v1/promises?team=tem_0000000000001", NULL) == 200);
    CHECK(api_count(&api, "prm") == 0);
    CHECK(deliver(&box, mail(&box, "b@x", "piet@klant.example", "Dak", "", "Het dak lekt.")));
    CHECK(promise(&api, first_case(&api, "?status=all&sort=newest"), "reply", DAY_MS));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    his = arena_printf(w.mem, "/api/v1/promises?person=%s", api_text(&api, "person_id"));
    CHECK(api_call(&api, GET, his, NULL) == 200 && api_count(&api, "prm") == 4);
    CHECK(api_count_pages(&api, his, "prm", 1) == 4);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s&owner=%s", his, team), NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/promises?person=per_0000000000001", NULL) == 200);
    CHECK(api_count(&api, "prm") == 0);
    CHECK(act(&api, late, "keep", "{}") == 200);
    CHECK(api_call(&api, GET, his, NULL) == 200 && api_count(&api, "prm") == 3);
    clock_fake((instant){ now + 2 * DAY_MS });
    CHECK_OK(moments(&w), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/promises", NULL) == 200 && api_count(&api, "prm") == 4);
    CHECK(strstr(api.body, "\"state\":\"broken\""));
}

TEST(the_promises_of_a_case_that_is_merged_stand_in_the_other_and_come_back_with_it)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *one = ask(&box, "a@x"), *other, *list, *merges, *id;

    CHECK(promise(&api, one, "visit", DAY_MS));
    clock_fake((instant){ now + SECOND_MS });
    other = ask(&box, "b@x");
    CHECK(!text_equal(one, other));
    list = arena_printf(w.mem, "%s/promises", other);
    api.header = "If-Match: *";
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/merge", one),
                   arena_printf(w.mem, "{\"into\":\"%s\"}", other + strlen("/api/v1/cases/"))) ==
          201);
    id = arena_text(w.mem, api_text(&api, "id"));
    CHECK(api_call(&api, GET, list, NULL) == 200 && api_count(&api, "prm") == 1);
    CHECK(close_case(&api, other) == 409);
    merges = arena_printf(w.mem, "%s/merges/%s", other, id);
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, merges, NULL) == 200);
    CHECK(api_call(&api, GET, list, NULL) == 200 && api_count(&api, "prm") == 0);
    CHECK(close_case(&api, other) == 200);
    CHECK(close_case(&api, one) == 409);
}

TEST(nonsense_is_no_promise_and_who_may_only_read_makes_none)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *made = arena_printf(w.mem, "%s/promises", path);
    static const struct {
        const char *json;
        int64_t ms;
        const char *field;
    } rows[] = {
        { "{\"kind\":\"visit\",\"words\":\"Ja\",\"due_at\":\"%s\"}", 0,             "/due_at"     },
        { "{\"kind\":\"visit\",\"words\":\"Ja\",\"due_at\":\"%s\"}", 2000 * DAY_MS, "/due_at"     },
        { "{\"kind\":\"visit\",\"words\":\" \",\"due_at\":\"%s\"}",  DAY_MS,        "/words"      },
        { "{\"kind\":\"dance\",\"words\":\"Ja\",\"due_at\":\"%s\"}", DAY_MS,        "/kind"       },
        { "{\"kind\":\"visit\",\"words\":\"Ja\",\"due_at\":\"%s\","
          "\"starts_at\":\"2030-01-01T00:00:00Z\"}",        DAY_MS,        "/starts_at"  },
        { "{\"kind\":\"visit\",\"words\":\"Ja\",\"due_at\":\"%s\","
          "\"team_id\":\"tem_0000000000001\"}",             DAY_MS,        "/team_id"    },
        { "{\"kind\":\"visit\",\"words\":\"Ja\",\"due_at\":\"%s\","
          "\"owner_id\":\"usr_0000000000001\"}",            DAY_MS,        "/owner_id"   },
        { "{\"kind\":\"visit\",\"words\":\"Ja\",\"due_at\":\"%s\","
          "\"message_id\":\"msg_0000000000001\"}",          DAY_MS,        "/message_id" },
    };

    (void)now;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *at = from_now(&w, rows[i].ms);
        const char *mark = strstr(rows[i].json, "%s");
        const char *json =
            arena_printf(w.mem, "%.*s%s%s", (int)(mark - rows[i].json), rows[i].json, at, mark + 2);

        CHECK(api_call(&api, POST, made, json) == 422);
        CHECK(strstr(api.body, rows[i].field));
    }
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, POST, made, promise_json(&w, "visit", DAY_MS)) == 403);
    CHECK(api_call(&api, GET, made, NULL) == 200);
}

TEST(a_day_shows_what_was_promised_for_it_and_what_became_of_that)
{
    WORLD(w);
    PROMISED(box, &w, api);
    FAKE_CLOCK(now);
    const char *path = ask(&box, "a@x"), *kept, *day, *withdrawn;

    kept = promise(&api, path, "visit", HOUR_MS);
    withdrawn = promise(&api, path, "visit", HOUR_MS);
    CHECK(promise(&api, path, "callback", 2 * HOUR_MS) &&
          promise(&api, path, "repair", 30 * HOUR_MS));
    CHECK(act(&api, kept, "keep", "{}") == 200);
    CHECK(act(&api, withdrawn, "withdraw", "{\"reason\":\"x\"}") == 200);
    day = arena_printf(w.mem, "/api/v1/promises/day?from=%s&until=%s", from_now(&w, 0),
                       from_now(&w, DAY_MS));
    CHECK(api_call(&api, GET, day, NULL) == 200);
    CHECK(api_count(&api, "prm") == 2 && strstr(api.body, "\"state\":\"kept\""));
    CHECK(strstr(api.body, "\"broken_n\":0,\"at_risk_n\":0,\"next_n\":1"));
    clock_fake((instant){ now + 2 * HOUR_MS - MINUTE_MS });
    CHECK(api_call(&api, GET, day, NULL) == 200);
    CHECK(strstr(api.body, "\"is_at_risk\":true") && strstr(api.body, "\"at_risk_n\":1"));
    clock_fake((instant){ now + 3 * HOUR_MS });
    CHECK(api_call(&api, GET, day, NULL) == 200 && strstr(api.body, "\"broken_n\":1"));
    /* Somebody else's is none of a colleague's. */
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s&owner=usr_0000000000001", day), NULL) == 200);
    CHECK(strstr(api.body, "\"promises\":[],\"broken_n\":0"));
    CHECK(api_call(&api, GET,
                   arena_printf(w.mem, "/api/v1/promises/day?from=%s&until=%s", from_now(&w, 0),
                                from_now(&w, 3 * DAY_MS)),
                   NULL) == 422);
}
