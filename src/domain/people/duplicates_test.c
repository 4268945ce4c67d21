#include "duplicates.h"

#include "../../base/text.h"
#include "api.h"
#include "merges.h"
#include "test.h"

#include <string.h>

/* An address as another system has it. */
struct more {
    enum identity_kind kind;
    const char *value;
};

static const struct more mobile = { IDENTITY_PHONE, "0612345678" };
static const struct more mobile_abroad = { IDENTITY_PHONE, "+31 6 1234 5678" };
static const struct more dorp = { IDENTITY_POSTAL, "Dorp 1, 1234 AB Utrecht" };
static const struct more dorp_upstairs = { IDENTITY_POSTAL, "Dorp 1 1234ab UTRECHT (boven)" };
static const struct more elsewhere = { IDENTITY_POSTAL, "Dorp 1, 1234 AC Utrecht" };

/* Two people with an address each beside their mail; what is proposed of them. */
static const struct pair {
    const char *mail_a, *name_a;
    const struct more *more_a; /* NULL: none */
    const char *mail_b, *name_b;
    const struct more *more_b;
    const char *reason; /* that is named; NULL: no proposal */
    int score;          /* at least */
} pairs[] = {
    { "jan@gmail.com",   "Jan Bos",     &mobile, "jb@live.nl",     "Bos, Jan", &mobile_abroad, "name_phone",
     90                                                                                                            },
    { "jan@gmail.com",   "Jan Bos",     &mobile, "jb@live.nl",     "Piet Bos", &mobile_abroad, NULL,            0  },
    { "jan@gmail.com",   "Jan Bos",     &dorp,   "jb@live.nl",     "J. Bos",   &dorp_upstairs, "name_postcode",
     65                                                                                                            },
    { "jan@gmail.com",   "Jan Bos",     &dorp,   "jb@live.nl",     "Piet Bos", &dorp_upstairs, NULL,            0  },
    { "jan@gmail.com",   "Jan Bos",     &dorp,   "jb@live.nl",     "Jan Bos",  &elsewhere,     NULL,            0  },
    { "jan@bos.example", "Jan Bos",     NULL,    "jb@bos.example", "Jan Bos",  NULL,           "name_domain",   60 },
    { "h@bos.example",   "Hendrik Bos", NULL,    "hb@bos.example", "H. Bos",   NULL,           "name_domain",   50 },
    { "h@gmail.com",     "Hendrik Bos", &dorp,   "hb@live.nl",     "H. Bos",   &dorp_upstairs, "name_postcode",
     65                                                                                                            },
    { "h@bos.example",   "Hendrik Bos", NULL,    "hb@bos.example", "Piet Bos", NULL,           NULL,            0  },
    { "jan@bos.example", "Jan Bos",     &mobile, "jb@bos.example", "Jan Bos",  &mobile,        "name_domain",
     96                                                                                                            },
    { "jan@gmail.com",   "Jan Bos",     NULL,    "jb@gmail.com",   "Jan Bos",  NULL,           NULL,            0  },
};

struct writing {
    const char *address, *name;
    person_id person;
};

static bool write_in(struct tx *tx, void *arg, struct err *err)
{
    struct writing *writing = arg;
    bool is_new;

    return person_by_address(tx, IDENTITY_EMAIL, writing->address, writing->name, BY_MESSAGE,
                             &writing->person, &is_new, err) &&
           duplicate_find(tx, writing->person, err);
}

static person_id writes(struct world *w, const char *address, const char *name)
{
    struct writing writing = { address, name, { 0 } };

    return world_write(w, write_in, &writing) ? writing.person : (person_id){ -1 };
}

static const char *path_of(struct world *w, person_id id, const char *rest)
{
    return arena_printf(w->mem, "/api/v1/people/%s%s", id_text("per", id.n).s, rest);
}

struct giving {
    person_id person;
    const struct more *more;
};

static bool give(struct tx *tx, void *arg, struct err *err)
{
    const struct giving *giving = arg;
    struct identity_draft draft = { .kind = giving->more->kind, .value = giving->more->value };
    struct identity identity;

    return identity_add(tx, giving->person, &draft, BY_IMPORT, &identity, err);
}

static bool receives(struct world *w, person_id id, const struct more *more)
{
    struct giving giving = { id, more };

    return !more || world_write(w, give, &giving);
}

/* How many are proposed of a person. */
static int proposed(struct api *api, person_id id)
{
    if (api_call(api, GET, path_of(api->w, id, "/duplicates"), NULL) != 200)
        return -1;
    return api_count(api, "dup");
}

static int64_t number_after(const char *body, const char *name)
{
    const char *at = strstr(body, name);
    int64_t number = -1;

    if (at)
        at += strlen(name);
    return at && int_read(at, strspn(at, "0123456789"), &number) ? number : -1;
}

TEST(who_may_be_one_is_proposed_with_its_reasons_from_both_sides)
{
    for (size_t i = 0; i < COUNT(pairs); i++) {
        const struct pair *pair = &pairs[i];
        WORLD(w);
        API(api, &w, &person_routes, &identity_routes, &duplicate_routes);
        person_id a = writes(&w, pair->mail_a, pair->name_a);
        person_id b = writes(&w, pair->mail_b, pair->name_b);
        int wanted = pair->reason ? 1 : 0;

        api_as(&api, ROLE_AGENT);
        CHECK_OK(receives(&w, a, pair->more_a) && receives(&w, b, pair->more_b), &w.err);
        if (proposed(&api, a) != wanted || proposed(&api, b) != wanted) {
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
            return;
        }
        if (!pair->reason)
            continue;
        CHECK(strstr(api.body, pair->reason));
        CHECK(number_after(api.body, "\"score\":") >= pair->score);
        CHECK(number_after(api.body, "\"score\":") < DUPLICATE_SURE);
        CHECK(api_count_pages(&api, "/api/v1/duplicates", "dup", 1) == 1);
    }
}

static bool prove(struct tx *tx, void *arg, struct err *err)
{
    const struct writing *writing = arg;
    struct identity_draft draft = { .kind = IDENTITY_EMAIL,
                                    .state = IDENTITY_VERIFIED,
                                    .value = writing->address };
    struct identity identity;

    return identity_add(tx, writing->person, &draft, BY_LINK, &identity, err);
}

TEST(two_who_have_proven_the_same_address_are_surely_one_but_not_those_who_share_it)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes, &duplicate_routes);
    person_id a = writes(&w, "thuis@gmail.com", "Jan");
    struct writing proof = { "thuis@gmail.com", NULL, writes(&w, "piet@gmail.com", "Piet") };
    person_id c = writes(&w, "kees@gmail.com", "Kees");

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, path_of(&w, c, "/identities"),
                   "{\"kind\":\"email\",\"value\":\"thuis@gmail.com\","
                   "\"state\":\"verified\",\"is_shared\":true}") == 201);
    CHECK(proposed(&api, a) == 0 && proposed(&api, c) == 0);
    CHECK_OK(world_write(&w, prove, &proof), &w.err);
    CHECK(proposed(&api, a) == 1 && proposed(&api, proof.person) == 1 && proposed(&api, c) == 0);
    CHECK(proposed(&api, a) == 1 && strstr(api.body, "\"is_sure\":true"));
}

/* Two who have one telephone number and one name; the path of their proposal. */
static const char *propose(struct api *api, person_id *a, person_id *b)
{
    *a = writes(api->w, "jan@gmail.com", "Jan de Vries");
    *b = writes(api->w, "jan@hotmail.com", "Jan de Vries");
    if (!receives(api->w, *a, &mobile) || !receives(api->w, *b, &mobile) || proposed(api, *a) != 1)
        return "/";
    return arena_printf(api->w->mem, "/api/v1/duplicates/dup_%.13s",
                        strstr(api->body, "\"dup_") + strlen("\"dup_"));
}

TEST(a_proposal_that_is_accepted_is_a_merge_and_stands_again_when_that_is_undone)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes, &duplicate_routes, &merge_routes);
    person_id a, b;
    const char *path, *merges;

    api_as(&api, ROLE_AGENT);
    path = propose(&api, &a, &b);
    merges = arena_printf(w.mem, "%s/merges", path);
    CHECK(api_call(&api, POST, merges, "{\"person_id\":\"per_0000000000001\"}") == 404);
    CHECK(api_call(&api, POST, merges,
                   arena_printf(w.mem, "{\"person_id\":\"%s\"}", id_text("per", b.n).s)) == 201);
    CHECK_TEXT(api_text(&api, "winner_id"), id_text("per", b.n).s);
    CHECK(strstr(api.body, "\"reasons\":{\"name_phone\":\"0612345678\"}"));
    merges = arena_printf(w.mem, "/merges/%s", api_text(&api, "id"));
    CHECK(proposed(&api, a) == 0 && api_count_pages(&api, "/api/v1/duplicates", "dup", 2) == 0);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/merges", path), "{}") == 409);
    CHECK(api_call(&api, DELETE, path_of(&w, a, merges), NULL) == 204);
    CHECK(proposed(&api, a) == 1 && proposed(&api, b) == 1);
}

TEST(what_was_refused_is_proposed_again_only_for_a_new_reason)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes, &duplicate_routes);
    person_id a, b;
    const char *refusal;

    api_as(&api, ROLE_AGENT);
    refusal = arena_printf(w.mem, "%s/refusal", propose(&api, &a, &b));
    CHECK(api_call(&api, PUT, refusal, NULL) == 204);
    CHECK(api_call(&api, PUT, refusal, NULL) == 204);
    CHECK(proposed(&api, a) == 0);
    writes(&w, "jan@gmail.com", "Jan de Vries"); /* looks again */
    CHECK(proposed(&api, a) == 0);
    CHECK(api_call(&api, DELETE, refusal, NULL) == 204);
    CHECK(proposed(&api, a) == 1);
    CHECK(api_call(&api, PUT, refusal, NULL) == 204);
    CHECK(receives(&w, a, &dorp));
    CHECK(proposed(&api, a) == 0);
    CHECK(receives(&w, b, &dorp_upstairs));
    CHECK(proposed(&api, b) == 1);
    CHECK(strstr(api.body, "name_postcode"));
    api_as(&api, ROLE_EXPERT);
    CHECK(api_call(&api, PUT, refusal, NULL) == 403);
}

TEST(a_proposal_goes_when_its_reason_does)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes, &duplicate_routes);
    person_id a = writes(&w, "jan@bakkerij.example", "Jan de Vries");
    person_id b = writes(&w, "jdv@bakkerij.example", "Jan de Vries");

    api_as(&api, ROLE_AGENT);
    CHECK(proposed(&api, a) == 1);
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, path_of(&w, b, ""), "{\"name\":\"Karel Bos\"}") == 200);
    CHECK(proposed(&api, a) == 0);
}

TEST(what_many_have_is_no_reason)
{
    WORLD(w);
    API(api, &w, &person_routes, &identity_routes, &duplicate_routes);
    person_id last = { 0 };

    for (int i = 0; i < DUPLICATE_MANY + 2; i++)
        last = writes(&w, arena_printf(w.mem, "jan%d@bakkerij.example", i), "Jan de Vries");
    api_as(&api, ROLE_AGENT);
    CHECK(proposed(&api, last) == 0);
}

static bool says_it_is_his(struct tx *tx, void *arg, struct err *err)
{
    const struct writing *writing = arg;
    struct identity_draft draft = { .kind = IDENTITY_EMAIL,
                                    .state = IDENTITY_CLAIMED,
                                    .value = writing->address,
                                    .is_shared = true };
    struct identity made;

    return identity_add(tx, writing->person, &draft, BY_MESSAGE, &made, err);
}

TEST(an_address_that_somebody_only_says_is_his_is_a_reason_if_he_has_the_name_too)
{
    static const char *const names[] = { "Bos, Jan", "Piet Smit" };

    for (size_t i = 0; i < COUNT(names); i++) {
        WORLD(w);
        API(api, &w, &person_routes, &duplicate_routes);
        person_id jan = writes(&w, "jan@gmail.com", "Jan Bos");
        struct writing chats = { "jan@gmail.com", names[i],
                                 writes(&w, "visitor@live.nl", names[i]) };

        CHECK_OK(world_write(&w, says_it_is_his, &chats), &w.err);
        api_as(&api, ROLE_AGENT);
        /* From both sides, and also after the other one was looked at again. */
        jan = writes(&w, "jan@gmail.com", "Jan Bos");
        CHECK(api_call(&api, GET,
                       arena_printf(w.mem, "/api/v1/people/%s/duplicates", id_text("per", jan.n).s),
                       NULL) == 200);
        CHECK((strstr(api.body, "\"name_mail\":\"jan@gmail.com\"") != NULL) == (i == 0));
        CHECK(!strstr(api.body, "same_address"));
    }
}
