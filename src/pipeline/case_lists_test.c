/* Lists of cases as the API shows them. */
#include "pipeline.h"

#include "../domain/people/merges.h"
#include "../domain/people/relations.h"

#include "desk.h"

static const char *titles(struct api *api, const char *path)
{
    const char *all = "", *at;

    if (api_call(api, GET, path, NULL) != 200)
        return api->body;
    for (at = api->body; (at = strstr(at, "\"title\":\"")); at++)
        all = arena_printf(api->w->mem, "%s%.1s", all, at + strlen("\"title\":\""));
    return all;
}

TEST(a_persons_new_name_stands_in_the_list_of_cases_and_in_each_of_his_own)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *his, *person;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    his = arrive(&api, channel, "1", "jan", "Hallo");
    CHECK(his && arrive(&api, channel, "2", "piet", "Dag"));
    CHECK(api_call(&api, GET, his, NULL) == 200);
    CHECK_TEXT(api_text(&api, "person_name"), "jan");
    person = arena_printf(w.mem, "/api/v1/people/%s", api_text(&api, "person_id"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, person, "{\"name\":\"Jan de Boer\"}") == 200);
    CHECK(api_call(&api, GET, "/api/v1/cases", NULL) == 200);
    CHECK(says(&api, "\"person_name\":\"Jan de Boer\"") && says(&api, "\"person_name\":\"piet\""));
    CHECK(!says(&api, "\"person_name\":\"jan\""));
    CHECK(api_call(&api, GET, his, NULL) == 200);
    CHECK_TEXT(api_text(&api, "person_name"), "Jan de Boer");
}

TEST(lists_page_through_every_case_once)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *sorts[] = { "waiting", "newest", "oldest" };

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (int i = 0; i < 25; i++) {
        const char *id = arena_printf(w.mem, "m%d", i);
        CHECK(arrive(&api, channel, id, id, "hallo"));
    }
    for (size_t i = 0; i < COUNT(sorts); i++) {
        const char *path = arena_printf(w.mem, "/api/v1/cases?sort=%s", sorts[i]);
        CHECK(api_count_pages(&api, path, "cas", 10) == 25);
    }
}

TEST(a_case_is_listed_by_the_words_of_its_title_though_no_message_says_them)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *his, *hers;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    his = arrive(&api, channel, "1", "anna", "De kraan lekt");
    hers = arrive(&api, channel, "2", "bert", "Hallo");
    CHECK(his && hers && change(&api, his, "{\"title\":\"Spoed: kraan\"}") == 200);
    CHECK_TEXT(titles(&api, "/api/v1/cases?q=spoed"), "S");
    CHECK_TEXT(titles(&api, "/api/v1/cases?q=spoed&status=done"), "");
    /* Found by its title and by a message: once. */
    for (int limit = 1; limit <= 3; limit++)
        CHECK(api_count_pages(&api, "/api/v1/cases?q=kraan", "cas", limit) == 1);
    CHECK(change(&api, his, "{\"title\":\"Gootsteen\"}") == 200);
    CHECK_TEXT(titles(&api, "/api/v1/cases?q=spoed"), "");
}

/* The first letters of the people's names. */
static const char *names(struct api *api, const char *path)
{
    const char *all = "", *at;

    if (api_call(api, GET, path, NULL) != 200)
        return api->body;
    for (at = api->body; (at = strstr(at, "\"name\":\"")); at++)
        all = arena_printf(api->w->mem, "%s%.1s", all, at + strlen("\"name\":\""));
    return all;
}

#define SEEN "/api/v1/people?sort=seen"

TEST(people_are_listed_by_when_they_were_last_spoken_with_each_once)
{
    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes, &merge_routes);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1900000000000 }), 0);
    const char *channel, *his, *person, *all = "";

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (int i = 0; i < 9; i++) {
        static const char *const who[] = { "anna", "bert", "cees" };
        clock_advance(HOUR_MS);
        CHECK(arrive(&api, channel, arena_printf(w.mem, "%d", i), who[i % 3], "Hallo"));
    }
    clock_advance(HOUR_MS);
    CHECK((his = arrive(&api, channel, "10", "bert", "Nog iets")));
    CHECK(change(&api, his, "{\"status\":\"done\"}") == 200);
    CHECK_TEXT(names(&api, SEEN), "bca");
    CHECK(says(&api, "\"seen_at\":"));
    for (const char *cursor = ""; cursor;) {
        all = arena_printf(w.mem, "%s%s", all,
                           names(&api, arena_printf(w.mem, SEEN "&limit=1%s", cursor)));
        cursor = strstr(api.body, "\"next\":null")
                     ? NULL
                     : arena_printf(w.mem, "&cursor=%s", api_text(&api, "next"));
    }
    CHECK_TEXT(all, "bca");
    CHECK(api_call(&api, GET, his, NULL) == 200);
    person = arena_text(w.mem, api_text(&api, "person_id"));
    CHECK(api_call(&api, POST, "/api/v1/people", "{\"name\":\"Dirk\"}") == 201);
    CHECK(api_call(&api, POST,
                   arena_printf(w.mem, "/api/v1/people/%s/merges", api_text(&api, "id")),
                   arena_printf(w.mem, "{\"person_id\":\"%s\"}", person)) == 201);
    CHECK_TEXT(names(&api, SEEN), "Dca");
    CHECK(api_call(&api, GET, SEEN "&q=anna", NULL) == 422);
}

TEST(a_list_of_people_says_how_many_cases_are_open_and_an_address)
{
    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes,
        &identity_routes);
    const char *channel, *first;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK((first = arrive(&api, channel, "1", "anna", "Hallo")));
    CHECK(api_call(&api, GET, "/api/v1/people", NULL) == 200 && says(&api, "\"open_n\":1"));
    CHECK(change(&api, first, "{\"status\":\"done\"}") == 200);
    CHECK(api_call(&api, GET, "/api/v1/people?q=anna", NULL) == 200 && !says(&api, "\"open_n\""));
    CHECK(!says(&api, "\"address\""));
    CHECK(api_call(&api, GET, first, NULL) == 200);
    CHECK(api_call(&api, POST,
                   arena_printf(w.mem, "/api/v1/people/%s/identities", api_text(&api, "person_id")),
                   "{\"kind\":\"email\",\"value\":\"Anna@klant.test\",\"state\":\"claimed\"}") ==
          201);
    CHECK(api_call(&api, GET, "/api/v1/people", NULL) == 200 &&
          says(&api, "\"address\":\"Anna@klant.test\""));
}

TEST(a_case_with_many_hits_is_found_on_one_page)
{
    static const char *const senders[] = { "anna", "bert", "cees" };
    WORLD(w);
    DESK(api, &w);
    const char *channel;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (int i = 0; i < 12; i++)
        CHECK(arrive(&api, channel, arena_printf(w.mem, "m%d", i), senders[i % 3],
                     i % 2 == 0 ? "De kraan lekt" : "Hallo"));
    for (int limit = 1; limit <= 4; limit++)
        CHECK(api_count_pages(&api, "/api/v1/cases?q=kraan", "cas", limit) == COUNT(senders));
}

TEST(lists_show_what_is_asked_for_and_nothing_else)
{
    static const struct {
        const char *query;
        int n;
    } rows[] = {
        { "",                                    2 },
        { "?status=new",                         2 },
        { "?status=done",                        1 },
        { "?status=all",                         3 },
        { "?assignee=none",                      2 },
        { "?team=none",                          2 },
        { "?team=none&status=done",              1 },
        { "?sort=newest",                        2 },
        { "?q=kraan",                            1 },
        { "?q=kranen",                           1 },
        { "?q=nergens",                          0 },
        { "?q=KRA",                              1 },
        { "?q=bedankt",                          1 },
        { "?q=bedankt&status=all",               1 },
        { "?q=bedankt&status=active",            0 },
        { "?q=kraan&status=active",              1 },
        { "?q=kraan&sort=newest",                1 },
        { "?q=kraan&status=done",                0 },
        { "?q=bedankt&status=done",              1 },
        { "?q=kraan&team=none",                  1 },
        { "?q=kraan&team=tem_0000000000001",     0 },
        { "?q=kraan&assignee=usr_0000000000001", 0 },
        { "?q=kraan&label=lab_0000000000001",    0 },
    };
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(arrive(&api, channel, "1", "jan", "De kraan lekt"));
    CHECK(arrive(&api, channel, "2", "piet", "Mijn rekening klopt niet"));
    path = arrive(&api, channel, "3", "joris", "Bedankt");
    api.header = "If-Match: \"1\"";
    CHECK(path && api_call(&api, PATCH, path, "{\"status\":\"done\"}") == 200);
    for (size_t i = 0; i < COUNT(rows); i++) {
        path = arena_printf(w.mem, "/api/v1/cases%s", rows[i].query);
        CHECK(api_call(&api, GET, path, NULL) == 200);
        if (api_count(&api, "cas") != rows[i].n)
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].query, api.body);
    }
    CHECK(api_call(&api, GET, "/api/v1/cases?team=cas_1", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/cases?team=me", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/cases?cursor=xyz", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/cases?q=kraan&sort=waiting", NULL) == 422);
    CHECK(strstr(api.body, "\"pointer\":\"/sort\"") && strstr(api.body, "left out"));
    CHECK(api_call(&api, GET, "/api/v1/cases?q=kraan&sort=oldest", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/cases?q=%20&sort=oldest", NULL) == 200);
}

TEST(a_list_by_label_shows_its_cases_in_every_state_that_is_asked_for)
{
    static const struct {
        const char *query;
        int n;
    } rows[] = {
        { "",                        1 },
        { "&status=all",             2 },
        { "&status=done",            1 },
        { "&team=none",              1 },
        { "&sort=newest",            1 },
        { "&sort=oldest&status=all", 2 },
    };
    WORLD(w);
    DESK(api, &w);
    const char *channel, *label, *paths[3];

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"spoed\"}") == 201);
    label = api_text(&api, "id");
    for (size_t i = 0; i < COUNT(paths); i++) {
        const char *id = arena_printf(w.mem, "l%zu", i);
        paths[i] = arrive(&api, channel, id, id, "hallo");
        CHECK(paths[i] != NULL);
        if (i < 2)
            CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/labels/%s", paths[i], label), NULL) ==
                  204);
    }
    CHECK(api_call(&api, GET, paths[0], NULL) == 200);
    api.header = arena_printf(w.mem, "If-Match: %s", api_header(&api, "ETag"));
    CHECK(api_call(&api, PATCH, paths[0], "{\"status\":\"done\"}") == 200);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *path = arena_printf(w.mem, "/api/v1/cases?label=%s%s", label, rows[i].query);
        CHECK(api_call(&api, GET, path, NULL) == 200);
        if (api_count(&api, "cas") != rows[i].n)
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].query, api.body);
    }
}

/* The texts of a list's cases, which are their titles. */
TEST(a_label_has_its_cases_in_the_order_of_their_waiting_whatever_happens_to_them)
{
    WORLD(w);
    DESK(api, &w);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1800000000000 }), 0);
    const char *channel, *label, *list, *all, *paths[4];

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"spoed\"}") == 201);
    label = api_text(&api, "id");
    list = arena_printf(w.mem, "/api/v1/cases?label=%s", label);
    all = arena_printf(w.mem, "%s&status=all", list);
    for (size_t i = 0; i < COUNT(paths); i++) {
        const char *text = arena_printf(w.mem, "%zu", i);
        clock_advance(HOUR_MS);
        paths[i] = arrive(&api, channel, text, text, text);
        CHECK(paths[i] && api_call(&api, PUT, arena_printf(w.mem, "%s/labels/%s", paths[i], label),
                                   NULL) == 204);
    }
    CHECK_TEXT(titles(&api, list), "0123");
    /* Answered: nobody waits. Closed: only with the others. Opened again: as long as before. */
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", paths[0]), "{\"text\":\"x\"}") ==
          201);
    CHECK(change(&api, paths[1], "{\"status\":\"done\"}") == 200);
    CHECK_TEXT(titles(&api, list), "230");
    CHECK_TEXT(titles(&api, all), "2301");
    CHECK(change(&api, paths[1], "{\"status\":\"open\"}") == 200);
    CHECK_TEXT(titles(&api, list), "1230");
    CHECK(change(&api, paths[2], "{\"status\":\"done\"}") == 200);
    CHECK_TEXT(titles(&api, arena_printf(w.mem, "%s&status=done", list)), "2");
    CHECK_TEXT(titles(&api, arena_printf(w.mem, "%s&status=open", list)), "1");
}

TEST(what_is_ours_leaves_out_what_waits_for_its_customer_and_what_is_snoozed_or_done)
{
    static const char *const orders[] = { "", "&sort=newest", "&sort=oldest", "&assignee=none",
                                          "&team=none" };
    WORLD(w);
    DESK(api, &w);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1900000000000 }), 0);
    const char *channel, *label, *paths[6];

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"spoed\"}") == 201);
    label = api_text(&api, "id");
    for (size_t i = 0; i < COUNT(paths); i++) {
        const char *text = arena_printf(w.mem, "%zu", i);
        clock_advance(HOUR_MS);
        paths[i] = arrive(&api, channel, text, text, text);
        CHECK(paths[i] && api_call(&api, PUT, arena_printf(w.mem, "%s/labels/%s", paths[i], label),
                                   NULL) == 204);
    }
    CHECK(change(&api, paths[0], "{\"status\":\"waiting\"}") == 200);
    CHECK(change(&api, paths[1], "{\"status\":\"open\"}") == 200);
    CHECK(change(&api, paths[2], "{\"status\":\"done\"}") == 200);
    CHECK(change(&api, paths[3], "{\"snoozed_until\":\"2030-06-17T18:46:40Z\"}") == 200);
    CHECK_TEXT(titles(&api, "/api/v1/cases?status=ours"), "145");
    CHECK_TEXT(titles(&api, "/api/v1/cases?status=ours&waits=true"), "145");
    CHECK_TEXT(titles(&api, "/api/v1/cases?status=active"), "0145");
    CHECK(api_count_pages(&api, "/api/v1/cases?status=ours", "cas", 1) == 3);
    for (size_t i = 0; i < COUNT(orders); i++) {
        const char *path = arena_printf(w.mem, "/api/v1/cases?status=ours%s", orders[i]);
        CHECK(api_call(&api, GET, path, NULL) == 200);
        if (api_count(&api, "cas") != 3)
            test_fail(__FILE__, __LINE__, "%s: %s", orders[i], api.body);
        path = arena_printf(w.mem, "%s&label=%s", path, label);
        CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cas") == 3);
    }
    CHECK_TEXT(titles(&api, "/api/v1/cases?status=ours&q=4"), "4");
    CHECK_TEXT(titles(&api, "/api/v1/cases?status=ours&q=0"), "");
}

static size_t cases_in(struct api *api, const char *query)
{
    size_t n = 0;

    if (api_call(api, GET, arena_printf(api->w->mem, "/api/v1/cases?%s", query), NULL) != 200)
        return SIZE_MAX;
    for (const char *at = api->body; (at = strstr(at, "{\"id\":\"cas_")); at++)
        n++;
    return n;
}

TEST(a_list_has_the_cases_that_began_or_were_spoken_in_within_a_time)
{
    WORLD(w);
    DESK(api, &w);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1800000000000 }), 0); /* 2027-01-15 */
    const char *channel, *first;

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    first = arrive(&api, channel, "1", "jan", "een");
    clock_advance(10 * DAY_MS);
    CHECK(first && arrive(&api, channel, "2", "piet", "twee"));
    clock_advance(10 * DAY_MS);
    CHECK(arrive(&api, channel, "3", "jan", "nog een") &&
          arrive(&api, channel, "4", "els", "drie"));
    CHECK(cases_in(&api, "status=all") == 3);
    CHECK(cases_in(&api, "opened=7d") == 1 && says(&api, "drie"));
    CHECK(cases_in(&api, "opened=11d&sort=newest&status=all") == 2);
    CHECK(cases_in(&api, "last_message=7d") == 2 && !says(&api, "twee"));
    CHECK(cases_in(&api, "opened=..2027-01-20T00:00:00Z") == 1 && says(&api, "nog een"));
    CHECK(cases_in(&api, "opened=2027-01-20T00:00:00Z..2027-01-30T00:00:00Z&sort=oldest") == 1 &&
          says(&api, "twee"));
    CHECK(cases_in(&api, "opened=2027-01-20T00:00:00Z..&last_message=7d") == 1);
    /* What was changed is no message. */
    CHECK(change(&api, first, "{\"title\":\"Anders\"}") == 200);
    CHECK(cases_in(&api, "last_message=..2027-01-20T00:00:00Z&status=all") == 0);
    CHECK(api_call(&api, GET, "/api/v1/cases?opened=yesterday", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/cases?last_message=..", NULL) == 422);
}

TEST(the_cases_of_an_organisation_are_also_those_of_who_belongs_to_it)
{
    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes,
        &relation_routes);
    const char *channel, *his, *person, *company;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    his = arrive(&api, channel, "1", "jan", "een");
    CHECK(his && arrive(&api, channel, "2", "piet", "twee"));
    CHECK(api_call(&api, GET, his, NULL) == 200);
    person = arena_text(w.mem, api_text(&api, "person_id"));
    CHECK(api_call(&api, POST, "/api/v1/people",
                   "{\"name\":\"Lindewerf\",\"kind\":\"organisation\"}") == 201);
    company = arena_text(w.mem, api_text(&api, "id"));
    CHECK(cases_in(&api, arena_printf(w.mem, "person=%s", company)) == 0);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "/api/v1/people/%s/relations", person),
                   arena_printf(w.mem, "{\"kind\":\"contact_of\",\"other_id\":\"%s\"}", company)) ==
          201);
    CHECK(cases_in(&api, arena_printf(w.mem, "person=%s", company)) == 1 && says(&api, "een"));
    CHECK(cases_in(&api, arena_printf(w.mem, "person=%s", person)) == 1 && says(&api, "een"));
}
