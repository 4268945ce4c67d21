#include "audit_api.h"

#include "api.h"
#include "explain.h"
#include "test.h"

#include "../base/text.h"
#include "../store/events.h"

#include <string.h>

#define AUDIT "/api/v1/audit"

struct telling {
    const char *kind;
    case_id case_id;
    struct actor actor;
};

static bool tell(struct tx *tx, void *arg, struct err *err)
{
    const struct telling *telling = arg;
    struct sealing sealing = { .max = 1000 };
    organisation_id own = tx->organisation;

    tx->actor = telling->actor;
    if (!event_add(tx, &(struct event){ .kind = telling->kind, .case_id = telling->case_id },
                   err) ||
        !events_seal(tx, &sealing, err))
        return false;
    tx->organisation = own;
    return true;
}

static void add(struct world *w, const char *kind, int64_t about, unsigned actor_kind,
                int64_t actor)
{
    struct telling telling = {
        kind, { about },
         { actor_kind, actor }
    };

    if (!world_write(w, tell, &telling))
        test_fail(__FILE__, __LINE__, "%s", w->err.text);
}

static size_t count(const char *body, const char *what)
{
    size_t n = 0;

    for (const char *at = body; (at = strstr(at, what)); at++)
        n++;
    return n;
}

TEST(history_is_read_newest_first_with_its_place_in_the_chain)
{
    WORLD(w);
    API(api, &w, &audit_routes);

    api_as(&api, ROLE_ADMIN);
    add(&w, "test.first", 0, ACTOR_SYSTEM, 0);
    add(&w, "test.second", 0, ACTOR_SYSTEM, 0);
    CHECK(api_call(&api, GET, AUDIT, NULL) == 200);
    CHECK(strstr(api.body, "test.second") < strstr(api.body, "test.first"));
    CHECK(strstr(api.body, "\"position\":3,\"hash\":\"") && strstr(api.body, "\"position\":1,"));
}

TEST(history_is_filtered_by_case_actor_and_kind)
{
    static const struct {
        bool by_case, by_actor;
        const char *kind;
        size_t n;
    } rows[] = {
        { false, false, "test.a",       2 },
        { false, false, "test.nothing", 0 },
        { true,  false, "",             2 },
        { false, true,  "",             2 },
        { true,  false, "test.a",       1 },
        { false, true,  "test.a",       1 },
        { true,  true,  "test.b",       1 },
        { true,  true,  "test.a",       0 },
        { true,  true,  "",             1 },
    };
    WORLD(w);
    API(api, &w, &audit_routes);
    char about[ID_TEXT_MAX], actor[ID_TEXT_MAX];

    api_as(&api, ROLE_ADMIN);
    id_write("cas", 5, about);
    id_write("usr", 7, actor);
    add(&w, "test.a", 5, ACTOR_SYSTEM, 0);
    add(&w, "test.a", 6, ACTOR_USER, 7);
    add(&w, "test.b", 5, ACTOR_INTEGRATION, 7);
    add(&w, "test.b", 6, ACTOR_CUSTOMER, 7);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, GET,
                       arena_printf(w.mem, AUDIT "?%s%s%s%s%s%s", rows[i].by_case ? "case=" : "",
                                    rows[i].by_case ? about : "", rows[i].by_actor ? "&actor=" : "",
                                    rows[i].by_actor ? actor : "", *rows[i].kind ? "&kind=" : "",
                                    rows[i].kind),
                       NULL) == 200);
        if (count(api.body, "\"position\"") != rows[i].n)
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
    add(&w, "test.me", 0, ACTOR_USER, api_as(&api, ROLE_ADMIN).n);
    CHECK(api_call(&api, GET, AUDIT "?kind=test.a&actor=me", NULL) == 200);
    CHECK(count(api.body, "\"position\"") == 0);
    CHECK(api_call(&api, GET, AUDIT "?kind=test.me&actor=me", NULL) == 200);
    CHECK(count(api.body, "\"position\"") == 1);
    CHECK(api_call(&api, GET, AUDIT "?actor=cas_0000000000001", NULL) == 422);
}

TEST(history_comes_in_pages_without_a_gap)
{
    WORLD(w);
    API(api, &w, &audit_routes);
    const char *next = "", *all = "";

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < 4; i++)
        add(&w, "test.a", 0, ACTOR_SYSTEM, 0);
    for (size_t page = 0; next && page < 4; page++) {
        CHECK(api_call(&api, GET, arena_printf(w.mem, AUDIT "?kind=test.a&limit=2&cursor=%s", next),
                       NULL) == 200);
        all = arena_printf(w.mem, "%s%s", all, api.body);
        next = api_text(&api, "next");
    }
    CHECK(!next && count(all, "\"position\"") == 4);
    for (int i = 2; i <= 5; i++)
        CHECK(count(all, arena_printf(w.mem, "\"position\":%d,", i)) == 1);
}

static void real_clock(const int *still)
{
    (void)still;
    clock_fake((instant){ 0 });
}

TEST(history_is_read_from_a_moment_back)
{
    WORLD(w);
    API(api, &w, &audit_routes);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1800000000000 }), 0);
    (void)still;

    api_as(&api, ROLE_ADMIN);
    for (int i = 0; i < 5; i++) {
        add(&w, arena_printf(w.mem, "test.%d", i), 0, ACTOR_SYSTEM, 0);
        clock_advance(HOUR_MS);
    }
    /* The first is of 08:00 in UTC. */
    CHECK(api_call(&api, GET, AUDIT "?until=2027-01-15T10:00:00Z", NULL) == 200);
    CHECK(strstr(api.body, "test.1") && !strstr(api.body, "test.2"));
    CHECK(api_call(&api, GET, AUDIT "?until=2027-01-15T10:00:01Z&limit=1", NULL) == 200);
    CHECK(strstr(api.body, "test.2") && !strstr(api.body, "test.1"));
    CHECK(api_call(&api, GET, AUDIT "?until=2020-01-15T10:00:00Z", NULL) == 200);
    CHECK(count(api.body, "\"position\"") == 0);
    CHECK(api_call(&api, GET, AUDIT "?until=2030-01-15T10:00:00Z", NULL) == 200);
    CHECK(strstr(api.body, "test.4"));
}

TEST(only_who_has_the_right_reads_history_and_only_of_their_own_organisation)
{
    WORLD(w);
    API(api, &w, &audit_routes);
    organisation_id own = w.scope.organisation;

    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, GET, AUDIT, NULL) == 403);
    api_as(&api, ROLE_ADMIN);
    w.scope.organisation.n = own.n + 1;
    add(&w, "test.elsewhere", 0, ACTOR_SYSTEM, 0);
    CHECK(api_call(&api, GET, AUDIT, NULL) == 200);
    CHECK(!strstr(api.body, "test.elsewhere"));
}

static bool explain(struct tx *tx, void *arg, struct err *err)
{
    const int *filters = arg;

    return explain_is_indexed(tx, audit_statement(*filters & 1, *filters & 2, *filters & 4), err);
}

TEST(history_is_found_by_an_index_whatever_the_filters)
{
    FRESH_WORLD(w);

    for (int filters = 0; filters < 8; filters++)
        CHECK_OK(world_read(&w, explain, &filters), &w.err);
}
