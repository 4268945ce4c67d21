/* Read marks and changes of many, on cases that really came in. */
#include "read_marks.h"

#include "desk.h"

#define LIST "/api/v1/cases"
#define MANY_DESK(api, w)                                                                          \
    API(api, w, &case_routes, &case_many_routes, &read_mark_routes, &channel_routes,               \
        &exchange_in_routes, &label_routes)

static bool is_unread(struct api *api, const char *path, bool expected)
{
    bool in_list, alone;

    if (api_call(api, GET, LIST, NULL) != 200)
        return false;
    in_list = says(api, "\"is_unread\":true");
    if (api_call(api, GET, path, NULL) != 200)
        return false;
    alone = says(api, "\"is_unread\":true");
    return in_list == expected && alone == expected;
}

TEST(a_case_is_unread_to_each_colleague_until_he_reads_it_and_again_when_its_customer_writes)
{
    WORLD(w);
    MANY_DESK(api, &w);
    const char *channel, *path, *mark;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    CHECK(path && is_unread(&api, path, true));
    mark = arena_printf(w.mem, "%s/read", path);
    CHECK(api_call(&api, PUT, mark, NULL) == 204 && api_call(&api, PUT, mark, NULL) == 204);
    CHECK(is_unread(&api, path, false));
    /* What we do ourselves is no news. */
    CHECK(change(&api, path, "{\"title\":\"Anders\"}") == 200 && is_unread(&api, path, false));
    CHECK(arrive(&api, channel, "2", "jan", "nog iets") && is_unread(&api, path, true));
    CHECK(api_call(&api, PUT, mark, NULL) == 204 && is_unread(&api, path, false));
    CHECK(api_call(&api, DELETE, mark, NULL) == 204 && is_unread(&api, path, true));
    CHECK(api_call(&api, PUT, mark, NULL) == 204 && is_unread(&api, path, false));

    api_as(&api, ROLE_AGENT);
    CHECK(is_unread(&api, path, true));
    CHECK(api_call(&api, PUT, LIST "/cas_0000000000001/read", NULL) == 404);
}

TEST(of_a_long_page_each_case_gets_its_own_mark)
{
    enum { CASES = 70 };
    WORLD(w);
    MANY_DESK(api, &w);
    const char *channel;
    int unread = 0;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (int i = 0; i < CASES; i++) {
        const char *name = arena_printf(w.mem, "m%d", i);
        const char *path = arrive(&api, channel, name, name, "hallo");
        CHECK(path != NULL);
        if (i % 3 == 0)
            CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/read", path), NULL) == 204);
    }
    CHECK(api_call(&api, GET, LIST "?limit=200", NULL) == 200);
    for (const char *at = api.body; (at = strstr(at, "\"is_unread\":true")); at++)
        unread++;
    CHECK(unread == CASES - (CASES + 2) / 3);
}

static const char *id_of(const char *path)
{
    return strrchr(path, '/') + 1;
}

TEST(many_cases_are_changed_at_once_and_each_says_what_became_of_it)
{
    WORLD(w);
    MANY_DESK(api, &w);
    const char *channel, *one, *two, *label, *body;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    one = arrive(&api, channel, "1", "jan", "een");
    two = arrive(&api, channel, "2", "piet", "twee");
    CHECK(one && two);
    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"Spoed\"}") == 201);
    label = api_text(&api, "id");
    body = arena_printf(w.mem,
                        "{\"cases\":[{\"id\":\"%s\"},{\"id\":\"%s\",\"version\":9},"
                        "{\"id\":\"cas_0000000000001\"}],"
                        "\"status\":\"done\",\"add_labels\":[\"%s\"],\"is_unread\":false}",
                        id_of(one), id_of(two), label);
    CHECK(api_call(&api, POST, LIST "/changes", body) == 200);
    CHECK(says(&api, "\"version\":2}"));
    CHECK(says(&api, "\"problem\":\"changed\"") && says(&api, "\"problem\":\"missing\""));

    CHECK(api_call(&api, GET, one, NULL) == 200 && says(&api, "\"status\":\"done\"") &&
          says(&api, "Spoed") && says(&api, "case.changed") && !says(&api, "\"is_unread\":true"));
    CHECK(api_call(&api, GET, two, NULL) == 200 && says(&api, "\"status\":\"new\"") &&
          !says(&api, "Spoed") && says(&api, "\"is_unread\":true"));
}

TEST(what_a_case_refuses_stops_no_other_and_what_is_wrong_for_all_changes_none)
{
    WORLD(w);
    MANY_DESK(api, &w);
    const char *channel, *one, *two, *cases;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    one = arrive(&api, channel, "1", "jan", "een");
    two = arrive(&api, channel, "2", "piet", "twee");
    CHECK(one && two && change(&api, one, "{\"status\":\"open\"}") == 200);
    cases = arena_printf(w.mem, "{\"cases\":[{\"id\":\"%s\"},{\"id\":\"%s\"}],", id_of(one),
                         id_of(two));
    CHECK(api_call(&api, POST, LIST "/changes",
                   arena_printf(w.mem, "%s\"status\":\"new\",\"is_unread\":true}", cases)) == 200);
    CHECK(says(&api, "\"problem\":\"refused\",\"words\":\"can't go back to new\"") &&
          says(&api, "\"version\":1}"));
    CHECK(api_call(&api, POST, LIST "/changes",
                   arena_printf(w.mem, "%s\"status\":\"done\",\"add_labels\":[\"x\"]}", cases)) ==
          422);
    CHECK(api_call(&api, POST, LIST "/changes", "{\"cases\":[],\"status\":\"done\"}") == 422);
    CHECK(api_call(&api, GET, LIST "?status=done", NULL) == 200 && api_count(&api, "cas") == 0);
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, POST, LIST "/changes",
                   arena_printf(w.mem, "%s\"status\":\"done\"}", cases)) == 403);
}

TEST(a_list_of_who_waits_leaves_out_who_was_answered)
{
    static const char *const queries[] = { "?waits=true", "?waits=true&sort=newest",
                                           "?waits=true&status=all",
                                           "?waits=true&status=all&sort=oldest" };
    WORLD(w);
    MANY_DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(arrive(&api, channel, "1", "jan", "een") && arrive(&api, channel, "2", "piet", "twee"));
    path = arrive(&api, channel, "3", "klaas", "drie");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Ja.\"}") == 201);
    CHECK(api_call(&api, GET, LIST, NULL) == 200 && api_count(&api, "cas") == 3);
    for (size_t i = 0; i < COUNT(queries); i++)
        CHECK(api_call(&api, GET, arena_printf(w.mem, LIST "%s", queries[i]), NULL) == 200 &&
              api_count(&api, "cas") == 2);
}

TEST(a_list_by_mood_shows_only_those)
{
    static const struct {
        const char *query;
        int n;
    } rows[] = {
        { "?emotion=anger",                        1  },
        { "?emotion=joy",                          1  },
        { "?emotion=anger&sort=newest&status=all", 1  },
        { "?emotion=worry",                        0  },
        { "?emotion=neutral",                      0  },
        { "?emotion=none",                         -1 },
    };
    WORLD(w);
    MANY_DESK(api, &w);
    const char *channel;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(arrive(&api, channel, "1", "jan",
                 "Ik ben woedend! Dit is schandalig, wat een waardeloze organisatie.") &&
          arrive(&api, channel, "2", "piet", "Hartelijk dank, wat ben ik hier blij mee!"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        int status = api_call(&api, GET, arena_printf(w.mem, LIST "%s", rows[i].query), NULL);
        int n = status == 200 ? api_count(&api, "cas") : -1;
        if (n != rows[i].n)
            test_fail(__FILE__, __LINE__, "%s: %d %s", rows[i].query, n, api.body);
    }
}
