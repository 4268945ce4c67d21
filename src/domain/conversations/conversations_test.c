#include "conversations.h"

#include "api.h"
#include "somebody.h"
#include "test.h"

enum { MANY = 5 };

/* So many of one person in one case, and one of somebody else in another. */
struct adding {
    conversation_id first;
    int n;
};

static bool add_conversations(struct tx *tx, void *arg, struct err *err)
{
    struct adding *adding = arg;
    struct conversation other = {
        .channel_id = { 1 }, .person_id = { 4 }, .case_id = { 5 }, .subject = "Something else"
    };

    if (!somebody(tx, 2, err) || !somebody(tx, 4, err))
        return false;
    for (int i = 0; i < adding->n; i++) {
        struct conversation c = {
            .channel_id = { 1 }, .person_id = { 2 }, .case_id = { 3 }, .subject = "About the bill"
        };
        if (!conversation_add(tx, &c, err))
            return false;
        if (i == 0)
            adding->first = c.id;
    }
    return conversation_add(tx, &other, err);
}

static const char *list_of(struct world *w, const char *name, const char *prefix, int64_t id)
{
    char text[ID_TEXT_MAX];

    id_write(prefix, id, text);
    return arena_printf(w->mem, "/api/v1/conversations?%s=%s", name, text);
}

static const char *path_of(struct world *w, conversation_id id)
{
    char text[ID_TEXT_MAX];

    id_write("cnv", id.n, text);
    return arena_printf(w->mem, "/api/v1/conversations/%s", text);
}

TEST(a_conversation_is_read_by_its_id)
{
    WORLD(w);
    API(api, &w, &conversation_routes);
    struct adding adding = { .n = 1 };

    CHECK_OK(world_write(&w, add_conversations, &adding), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, path_of(&w, adding.first), NULL) == 200);
    CHECK_TEXT(api_text(&api, "subject"), "About the bill");
    CHECK(api_call(&api, GET, path_of(&w, (conversation_id){ 77 }), NULL) == 404);
    CHECK(api_call(&api, GET, "/api/v1/conversations/cas_0000000000001", NULL) == 404);
}

TEST(conversations_are_listed_of_a_person_page_by_page_or_of_a_case_in_one)
{
    WORLD(w);
    API(api, &w, &conversation_routes);
    struct adding adding = { .n = MANY };

    CHECK_OK(world_write(&w, add_conversations, &adding), &w.err);
    api_as(&api, ROLE_AGENT);
    for (int limit = 1; limit <= MANY + 1; limit++)
        CHECK(api_count_pages(&api, list_of(&w, "person", "per", 2), "cnv", limit) == MANY);
    CHECK(api_count_pages(&api, list_of(&w, "person", "per", 4), "cnv", 2) == 1);
    CHECK(api_count_pages(&api, list_of(&w, "person", "per", 9), "cnv", 2) == 0);
    CHECK(api_call(&api, GET, list_of(&w, "of_case", "cas", 3), NULL) == 200);
    CHECK(api_count(&api, "cnv") == MANY && !api_text(&api, "next"));
    CHECK(api_call(&api, GET, list_of(&w, "of_case", "cas", 5), NULL) == 200);
    CHECK(api_count(&api, "cnv") == 1);
}

TEST(a_list_of_conversations_says_what_it_must_be_asked)
{
    static const char *const queries[] = {
        "",
        "?limit=2",
        "?person=per_0000000000002&of_case=cas_0000000000003",
        "?person=cas_0000000000002",
        "?person=per_0000000000002&limit=0",
        "?person=per_0000000000002&cursor=x",
        "?colour=red",
    };
    WORLD(w);
    API(api, &w, &conversation_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(queries); i++)
        if (api_call(&api, GET, arena_printf(w.mem, "/api/v1/conversations%s", queries[i]), NULL) !=
            422)
            test_fail(__FILE__, __LINE__, "%s: %d %s", queries[i], api.status, api.body);
}

TEST(conversations_are_for_who_may_read_cases_of_their_organisation)
{
    WORLD(w);
    API(api, &w, &conversation_routes);
    struct adding adding = { .n = 1 };

    CHECK_OK(world_write(&w, add_conversations, &adding), &w.err);
    api_as_token(&api, ROLE_ADMIN, "person:read");
    CHECK(api_call(&api, GET, list_of(&w, "person", "per", 2), NULL) == 403);
    CHECK(api_call(&api, GET, path_of(&w, adding.first), NULL) == 403);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, path_of(&w, adding.first), NULL) == 404);
    CHECK(api_count_pages(&api, list_of(&w, "person", "per", 2), "cnv", 2) == 0);
}
