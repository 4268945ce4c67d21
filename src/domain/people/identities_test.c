#include "merges.h"
#include "people.h"

#include "api.h"
#include "test.h"

#include <string.h>

struct writing {
    enum identity_kind kind;
    const char *address, *name;
    person_id person;
    bool is_new;
};

static bool write_in(struct tx *tx, void *arg, struct err *err)
{
    struct writing *writing = arg;

    return person_by_address(tx, writing->kind, writing->address, writing->name, BY_MESSAGE,
                             &writing->person, &writing->is_new, err);
}

/* The person of a message from this address, under this name. */
static person_id writes(struct world *w, const char *address, const char *name)
{
    struct writing writing = { IDENTITY_EMAIL, address, name, { 0 }, false };

    return world_write(w, write_in, &writing) ? writing.person : (person_id){ -1 };
}

static const char *path_of(struct world *w, person_id id, const char *rest)
{
    return arena_printf(w->mem, "/api/v1/people/%s%s", id_text("per", id.n).s, rest);
}

static int post(struct api *api, person_id id, const char *json)
{
    return api_call(api, POST, path_of(api->w, id, "/identities"), json);
}

/* Adds an address and says what became of it. */
static const char *added(struct api *api, person_id id, const char *json)
{
    return post(api, id, json) == 201 ? api_text(api, "id") : NULL;
}

static const char *identity_path(struct world *w, person_id id, const char *identity,
                                 const char *rest)
{
    return arena_printf(w->mem, "/api/v1/people/%s/identities/%s%s", id_text("per", id.n).s,
                        identity, rest);
}

/* The id of the address that is told of: it stands before its value. */
static const char *id_of(struct api *api, const char *value)
{
    const char *at = strstr(api->body, arena_printf(api->w->mem, "\"value\":\"%s\"", value));
    const char *id = NULL;

    for (const char *next = api->body; at && (next = strstr(next, "idn_")) && next < at; next++)
        id = next;
    return id;
}

static bool claim(struct tx *tx, void *arg, struct err *err)
{
    const struct writing *writing = arg;
    const struct identity_draft draft = { .kind = IDENTITY_EMAIL,
                                          .state = IDENTITY_CLAIMED,
                                          .value = writing->address };
    struct identity identity;

    return identity_add(tx, writing->person, &draft, BY_MESSAGE, &identity, err);
}

TEST(who_only_says_himself_that_an_address_is_his_gets_none_of_its_mail)
{
    WORLD(w);
    person_id visitor = writes(&w, "visitor@example.org", "Visitor"), jan;
    struct writing claimed = { IDENTITY_EMAIL, "jan@example.org", NULL, visitor, false };

    CHECK_OK(world_write(&w, claim, &claimed), &w.err);
    jan = writes(&w, "jan@example.org", "Jan");
    CHECK(jan.n > 0 && jan.n != visitor.n);
    CHECK(writes(&w, "jan@example.org", "Jan").n == jan.n);
    CHECK(writes(&w, "visitor@example.org", NULL).n == visitor.n);
}

TEST(a_person_gets_addresses_of_every_kind_each_compared_in_its_own_way)
{
    static const struct {
        const char *json, *value;
    } rows[] = {
        { "{\"kind\":\"email\",\"value\":\" Jan@Werk.example \"}",                "jan@werk.example" },
        { "{\"kind\":\"phone\",\"value\":\"06 - 1234 5678\"}",                    "+31612345678"     },
        { "{\"kind\":\"handle\",\"value\":\"@jan\",\"state\":\"suspected\"}",     "@jan"             },
        { "{\"kind\":\"login\",\"value\":\"jan77\"}",                             "jan77"            },
        { "{\"kind\":\"external\",\"value\":\"4711\"}",                           "4711"             },
        { "{\"kind\":\"postal\",\"value\":\"Dorpsstraat 12\\n1234 AB Utrecht\"}",
         "dorpsstraat121234abutrecht"                                                                },
    };
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan");

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(added(&api, jan, rows[i].json));
        CHECK_TEXT(api_text(&api, "value"), rows[i].value);
        CHECK_TEXT(api_text(&api, "state_by"), "agent");
        CHECK(post(&api, jan, rows[i].json) == 409);
    }
    CHECK(api_call(&api, GET, path_of(&w, jan, ""), NULL) == 200);
    CHECK(api_count(&api, "idn") == 1 + COUNT(rows));
    CHECK(api_count_pages(&api, "/api/v1/people?q=dorpsstraat", "per", 5) == 1);
    CHECK(strstr(api.body, "\"id\":\""));
}

TEST(what_cannot_be_an_address_is_refused_with_the_reason)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"kind\":\"email\",\"value\":\"jan\"}",  "isn't a mail address"     },
        { "{\"kind\":\"phone\",\"value\":\"12\"}",   "isn't a telephone number" },
        { "{\"kind\":\"postal\",\"value\":\" . \"}", "says nothing"             },
        { "{\"kind\":\"fax\",\"value\":\"1\"}",      "kind"                     },
    };
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan");

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(post(&api, jan, rows[i].json) == 422);
        CHECK(strstr(api.body, rows[i].words));
    }
    CHECK(post(&api, (person_id){ 77 }, "{\"kind\":\"login\",\"value\":\"x\"}") == 404);
}

TEST(of_several_people_with_one_address_the_name_in_from_says_who_writes_else_its_main_holder)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "thuis@example.org", "Jan de Vries");
    person_id piet = writes(&w, "piet@example.org", "Piet de Vries");
    const char *his;

    api_as(&api, ROLE_AGENT);
    CHECK(post(&api, piet, "{\"kind\":\"email\",\"value\":\"Thuis@example.org\"}") == 409);
    CHECK(strstr(api.body, "Jan de Vries has this address"));
    his = added(&api, piet,
                "{\"kind\":\"email\",\"value\":\"Thuis@example.org\",\"is_shared\":true}");
    CHECK(his);
    CHECK(writes(&w, "thuis@example.org", "Vries, Piet de").n == piet.n);
    CHECK(writes(&w, "thuis@example.org", "P. de Vries").n == piet.n);
    CHECK(writes(&w, "thuis@example.org", "Jan de Vries").n == jan.n);
    CHECK(writes(&w, "thuis@example.org", "").n == jan.n);
    CHECK(writes(&w, "thuis@example.org", "Klaas de Vries").n == jan.n);
    CHECK(api_call(&api, GET, path_of(&w, jan, ""), NULL) == 200);
    CHECK(strstr(api.body, "\"others\":[{\"person_id\":\"") && strstr(api.body, "Piet de Vries"));

    CHECK(api_call(&api, PATCH, identity_path(&w, piet, his, ""), "{\"is_main\":true}") == 200);
    CHECK(writes(&w, "thuis@example.org", "").n == piet.n);
    CHECK(api_call(&api, DELETE, identity_path(&w, piet, his, ""), NULL) == 204);
    CHECK(writes(&w, "thuis@example.org", "Piet de Vries").n == jan.n);
    CHECK(api_call(&api, POST, identity_path(&w, piet, his, "/restore"), NULL) == 200);
    CHECK(writes(&w, "thuis@example.org", "Piet de Vries").n == piet.n);
}

TEST(an_address_that_was_claimed_is_verified_by_a_message_from_it)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan");

    api_as(&api, ROLE_AGENT);
    CHECK(added(&api, jan, "{\"kind\":\"email\",\"value\":\"jan@werk.example\"}"));
    CHECK_TEXT(api_text(&api, "state"), "claimed");
    CHECK(writes(&w, "jan@werk.example", "J.").n == jan.n);
    CHECK(api_call(&api, GET, path_of(&w, jan, ""), NULL) == 200);
    CHECK(!strstr(api.body, "\"claimed\""));
}

TEST(an_address_that_was_removed_is_nobodys_until_it_comes_back)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan"), other;
    const char *work;

    api_as(&api, ROLE_AGENT);
    work = added(&api, jan, "{\"kind\":\"email\",\"value\":\"werk@example.org\"}");
    CHECK(work);
    CHECK(api_count_pages(&api, "/api/v1/people?q=werk@example.org", "per", 5) == 1);
    CHECK(api_call(&api, DELETE, identity_path(&w, jan, work, ""), NULL) == 204);
    CHECK(api_call(&api, DELETE, identity_path(&w, jan, work, ""), NULL) == 204);
    CHECK(api_call(&api, PATCH, identity_path(&w, jan, work, ""), "{\"state\":\"verified\"}") ==
          409);
    CHECK(api_count_pages(&api, "/api/v1/people?q=werk@example.org", "per", 5) == 0);
    other = writes(&w, "werk@example.org", "Werk");
    CHECK(other.n > 0 && other.n != jan.n);
    CHECK(api_call(&api, POST, identity_path(&w, jan, work, "/restore"), NULL) == 409);
    CHECK(api_call(&api, DELETE, identity_path(&w, other, work, ""), NULL) == 404);
}

TEST(what_two_who_are_one_person_have_is_one_address)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes, &merge_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan");
    struct writing says = { IDENTITY_EMAIL, "jan@example.org", NULL,
                            writes(&w, "j@elders.example", "J."), false };
    const char *shown;

    CHECK_OK(world_write(&w, claim, &says), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, path_of(&w, says.person, "/merges"),
                   arena_printf(w.mem, "{\"person_id\":\"%s\"}", id_text("per", jan.n).s)) == 201);
    CHECK(api_call(&api, GET, path_of(&w, says.person, ""), NULL) == 200);
    CHECK(api_count(&api, "idn") == 2 && !strstr(api.body, "\"claimed\""));
    shown = strstr(api.body, "\"value\":\"jan@example.org\"");
    CHECK(shown && !strstr(shown + 1, "\"value\":\"jan@example.org\""));
    /* Removed it's gone altogether, and comes back whole. */
    shown = arena_printf(w.mem, "%.17s", id_of(&api, "jan@example.org"));
    CHECK(api_call(&api, PATCH, identity_path(&w, says.person, shown, ""),
                   "{\"state\":\"suspected\"}") == 200);
    CHECK(api_call(&api, GET, path_of(&w, says.person, ""), NULL) == 200);
    CHECK(strstr(api.body, "\"suspected\"") && !strstr(api.body, "\"claimed\""));
    CHECK(api_call(&api, DELETE, identity_path(&w, says.person, shown, ""), NULL) == 204);
    CHECK(api_call(&api, GET, path_of(&w, says.person, ""), NULL) == 200);
    CHECK(api_count(&api, "idn") == 1);
    CHECK(api_call(&api, POST, identity_path(&w, says.person, shown, "/restore"), NULL) == 200);
    CHECK(api_call(&api, GET, path_of(&w, says.person, ""), NULL) == 200);
    CHECK(api_count(&api, "idn") == 2);
}

TEST(one_address_is_preferred_for_each_purpose)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan");
    const char *phone, *json;

    api_as(&api, ROLE_AGENT);
    phone = added(&api, jan, "{\"kind\":\"phone\",\"value\":\"0612345678\"}");
    CHECK(phone);
    json = arena_printf(w.mem, "{\"identity_id\":\"%s\"}", phone);
    CHECK(api_call(&api, PUT, path_of(&w, jan, "/preferences/callback"), json) == 204);
    CHECK(api_call(&api, PUT, path_of(&w, jan, "/preferences/answer"), json) == 204);
    CHECK(api_call(&api, GET, path_of(&w, jan, ""), NULL) == 200);
    CHECK(strstr(api.body, "\"preferred_for\":[\"answer\",\"callback\"]"));
    CHECK(api_call(&api, DELETE, path_of(&w, jan, "/preferences/answer"), NULL) == 204);
    CHECK(api_call(&api, GET, path_of(&w, jan, ""), NULL) == 200);
    CHECK(strstr(api.body, "\"preferred_for\":[\"callback\"]"));
    CHECK(api_call(&api, PUT, path_of(&w, jan, "/preferences/fax"), json) == 404);
    CHECK(api_call(&api, PUT,
                   path_of(&w, writes(&w, "piet@example.org", "Piet"), "/preferences/answer"),
                   json) == 422);
}

TEST(a_person_can_be_added_before_he_ever_wrote)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, "/api/v1/people",
                   "{\"name\":\"Lindewerf\",\"kind\":\"organisation\"}") == 201);
    CHECK_TEXT(api_text(&api, "kind"), "organisation");
    CHECK(api_call(&api, POST, "/api/v1/people", "{\"name\":\" \"}") == 422);
    CHECK(api_call(&api, POST, "/api/v1/people", "{}") == 422);
    CHECK(api_count_pages(&api, "/api/v1/people?q=lindewerf", "per", 5) == 1);
}

TEST(addresses_are_changed_by_who_may_change_people)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes);
    person_id jan = writes(&w, "jan@example.org", "Jan");

    api_as(&api, ROLE_EXPERT);
    CHECK(post(&api, jan, "{\"kind\":\"login\",\"value\":\"x\"}") == 403);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(post(&api, jan, "{\"kind\":\"login\",\"value\":\"x\"}") == 404);
}
