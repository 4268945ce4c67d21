/* A new conversation of somebody who has open cases. */
#include "pipeline.h"

#include "desk.h"

#include "../domain/cases/merge.h"
#include "../domain/cases/proposals.h"
#include "../domain/journeys/journeys.h"
#include "../domain/people/merges.h"

#define JOINING(api, w)                                                                            \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes,                \
        &case_merge_routes, &case_proposal_routes)

/* One address on each of two channels makes two conversations of one person. */
struct two {
    const char *app, *chat;
};

/* One more channel; its path. */
static const char *add_other(struct api *api, const char *name)
{
    const char *json = arena_printf(
        api->w->mem, "{\"type\":\"api\",\"name\":\"%s\",\"settings\":{\"address\":\"%s\"}}", name,
        name);

    if (api_call(api, POST, "/api/v1/channels", json) != 201)
        return NULL;
    return arena_printf(api->w->mem, "/api/v1/channels/%s", api_text(api, "id"));
}

static bool begin(struct api *api, struct two *out)
{
    api_as(api, ROLE_ADMIN);
    out->app = add_channel(api);
    out->chat = add_other(api, "chat");
    return out->app && out->chat;
}

static const char *case_of(struct api *api, const char *path)
{
    (void)api;
    return path ? strrchr(path, '/') + 1 : NULL;
}

TEST(a_message_that_names_the_same_order_joins_the_open_case_and_the_history_says_why)
{
    WORLD(w);
    JOINING(api, &w);
    struct two two;
    const char *first, *second, *third;

    CHECK(begin(&api, &two));
    first = case_of(
        &api, arrive(&api, two.app, "1", "jan", "Mijn bestelling 4711-88 is nog niet geleverd"));
    second = case_of(&api, arrive(&api, two.chat, "2", "jan",
                                  "waar blijft bestelling 4711-88 nou, nog niks geleverd"));
    CHECK_TEXT(second, first);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", first), NULL) == 200);
    CHECK(says(&api, "case.joined") && says(&api, "\"kind\":\"number\""));
    CHECK(says(&api, "\"messages_n\":2") && !says(&api, "\"proposals\""));
    /* Of somebody else it is another one. */
    third = case_of(&api, arrive(&api, two.chat, "3", "piet",
                                 "waar blijft bestelling 4711-88 nou, nog niks geleverd"));
    CHECK(third && strcmp(third, first) != 0);
}

TEST(another_thing_of_the_same_customer_is_a_case_of_its_own)
{
    WORLD(w);
    JOINING(api, &w);
    struct two two;
    const char *first, *second;

    CHECK(begin(&api, &two));
    first = case_of(&api, arrive(&api, two.app, "1", "jan", "De kraan in de badkamer lekt"));
    second = case_of(&api, arrive(&api, two.chat, "2", "jan", "Hoe vraag ik huurtoeslag aan?"));
    CHECK(first && second && strcmp(second, first) != 0);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", second), NULL) == 200);
    CHECK(!says(&api, "\"proposals\""));
}

TEST(a_vague_question_joins_the_only_case_that_waits_for_us)
{
    WORLD(w);
    JOINING(api, &w);
    struct two two;
    const char *first, *second;

    CHECK(begin(&api, &two));
    first = case_of(&api, arrive(&api, two.app, "1", "jan", "De kraan in de badkamer lekt"));
    second = case_of(&api, arrive(&api, two.chat, "2", "jan", "hebben jullie al nieuws?"));
    CHECK_TEXT(second, first);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", first), NULL) == 200);
    CHECK(says(&api, "\"kind\":\"only_one\"") && says(&api, "\"kind\":\"asks_news\""));
}

TEST(how_somebody_greets_and_what_he_is_called_is_no_reason)
{
    WORLD(w);
    JOINING(api, &w);
    struct two two;
    const char *first, *second;

    CHECK(begin(&api, &two));
    first = case_of(&api, arrive(&api, two.app, "1", "marieke de graaf",
                                 "Geachte heer, de badkamerkraan lekt. Bij voorbaat dank. "
                                 "Hoogachtend, Marieke de Graaf"));
    second = case_of(&api, arrive(&api, two.chat, "2", "marieke de graaf",
                                  "Geachte heer, de badkamerkraan lekt nog steeds, wanneer "
                                  "komt de loodgieter. Hoogachtend, Marieke de Graaf"));
    CHECK(first && second && strcmp(first, second) != 0);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", second), NULL) == 200);
    CHECK(says(&api, "\"words\":[\"badkamerkraan\",\"lekt\"]"));
}

TEST(with_several_that_wait_a_vague_question_is_proposed_to_the_longest_waiting_first)
{
    WORLD(w);
    JOINING(api, &w);
    struct two two;
    const char *first, *other, *asked, *path, *proposal, *body;

    CHECK(begin(&api, &two));
    first = case_of(&api, arrive(&api, two.app, "1", "jan", "De kraan in de badkamer lekt"));
    other = case_of(&api, arrive(&api, add_other(&api, "site"), "2", "jan",
                                 "Hoe vraag ik huurtoeslag aan voor mijn moeder?"));
    asked = case_of(&api, arrive(&api, two.chat, "3", "jan", "hebben jullie al nieuws?"));
    CHECK(first && other && asked && strcmp(first, other) != 0);
    CHECK(strcmp(asked, first) != 0 && strcmp(asked, other) != 0);
    path = arena_printf(w.mem, "/api/v1/cases/%s", asked);
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cpr") == 2);
    body = strstr(api.body, "\"proposals\":[");
    CHECK(body && strstr(body, first) < strstr(body, other));
    proposal = arena_printf(w.mem, "%s/proposals/%.17s", path, strstr(body, "cpr_"));
    /* Refused it's gone, and comes back when that is taken back. */
    CHECK(api_call(&api, PUT, proposal, "{\"state\":\"refused\"}") == 200);
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cpr") == 1);
    CHECK(api_call(&api, PUT, proposal, "{\"state\":\"open\"}") == 200);
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cpr") == 2);
    CHECK(api_call(&api, PUT, proposal, "{\"state\":\"accepted\"}") == 422);
    /* Merged it's accepted; undone it was none. */
    api.header = "If-Match: *";
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/merge", path),
                   arena_printf(w.mem, "{\"into\":\"%s\"}", first)) == 201);
    body = api_text(&api, "id");
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cpr") == 0);
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/cases/%s/merges/%s", first, body),
                   NULL) == 200);
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cpr") == 1);
}

TEST(what_has_no_subject_may_name_its_case_in_its_words)
{
    WORLD(w);
    JOINING(api, &w);
    struct two two;
    const char *first, *reference, *text;

    CHECK(begin(&api, &two));
    first = case_of(&api, arrive(&api, two.app, "1", "jan", "De kraan in de badkamer lekt"));
    reference = api_text(&api, "reference");
    text = arena_printf(w.mem, "dit gaat over %s, groeten", reference);
    CHECK_TEXT(case_of(&api, arrive(&api, two.chat, "2", "jan", text)), first);
    CHECK(strcmp(case_of(&api, arrive(&api, two.chat, "3", "piet", text)), first) != 0);
}

TEST(when_two_people_become_one_what_the_newer_asked_is_proposed_for_the_olders_case)
{
    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes,
        &case_merge_routes, &case_proposal_routes, &merge_routes);
    struct two two;
    const char *first, *second, *other, *jan, *same, *path;

    CHECK(begin(&api, &two));
    first = case_of(&api, arrive(&api, two.app, "1", "jan", "De kraan in de badkamer lekt"));
    second = case_of(&api, arrive(&api, two.chat, "2", "j.bos",
                                  "de badkamerkraan lekt nog steeds, wanneer komt de loodgieter"));
    other = case_of(
        &api, arrive(&api, add_other(&api, "site"), "3", "j.bos", "Hoe vraag ik huurtoeslag aan?"));
    CHECK(first && second && other && strcmp(first, second) != 0);
    path = arena_printf(w.mem, "/api/v1/cases/%s", second);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", first), NULL) == 200);
    jan = api_text(&api, "person_id");
    CHECK(api_call(&api, GET, path, NULL) == 200 && !says(&api, "cpr_"));
    same = api_text(&api, "person_id");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "/api/v1/people/%s/merges", jan),
                   arena_printf(w.mem, "{\"person_id\":\"%s\"}", same)) == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "cpr") == 1);
    CHECK(says(&api, first));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", other), NULL) == 200);
    CHECK(!says(&api, "cpr_"));
}

/* Of two people who were made one for a while. */
struct parting {
    struct two two;
    const char *first, *merges, *person; /* Jan's case, his merges, the other one */
};

static bool make_one(struct api *api, struct parting *p)
{
    if (!begin(api, &p->two))
        return false;
    p->first = arrive(api, p->two.app, "1", "jan", "Mijn bestelling 4711-88 is nog niet geleverd");
    if (api_call(api, GET, p->first, NULL) != 200)
        return false;
    p->merges = arena_printf(api->w->mem, "/api/v1/people/%s/merges", api_text(api, "person_id"));
    if (api_call(api, POST, "/api/v1/people", "{\"name\":\"Jan Bos\"}") != 201)
        return false;
    p->person = api_text(api, "id");
    if (api_call(api, POST, arena_printf(api->w->mem, "/api/v1/people/%s/identities", p->person),
                 "{\"kind\":\"external\",\"value\":\"j.bos\"}") != 201)
        return false;
    return api_call(api, POST, p->merges,
                    arena_printf(api->w->mem, "{\"person_id\":\"%s\"}", p->person)) == 201;
}

/* Undoes it. */
static bool make_two(struct api *api, const struct parting *p)
{
    const char *merge;

    if (api_call(api, GET, p->merges, NULL) != 200)
        return false;
    merge = arena_printf(api->w->mem, "%s/%.17s", p->merges, strstr(api->body, "mrg_"));
    return api_call(api, DELETE, merge, NULL) == 204;
}

#define PARTING(api, w)                                                                            \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes,                \
        &case_merge_routes, &case_proposal_routes, &merge_routes, &identity_routes)

TEST(when_two_turn_out_to_be_two_what_joined_between_becomes_a_case_of_its_own)
{
    WORLD(w);
    PARTING(api, &w);
    struct parting p;
    const char *joined;

    CHECK(make_one(&api, &p));
    joined = arrive(&api, add_other(&api, "site"), "3", "j.bos",
                    "waar blijft bestelling 4711-88 nou, nog niks geleverd");
    CHECK_TEXT(joined, p.first);
    CHECK(api_call(&api, GET, p.first, NULL) == 200 && says(&api, "\"messages_n\":2"));
    CHECK(make_two(&api, &p));
    CHECK(api_call(&api, GET, p.first, NULL) == 200 && says(&api, "\"messages_n\":1"));
    CHECK(says(&api, "case.split") && !says(&api, "waar blijft"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases?person=%s", p.person), NULL) ==
          200);
    CHECK(api_count(&api, "cas") == 1 && says(&api, "waar blijft"));
    /* One again after all: a colleague is asked whether it belongs there. */
    CHECK(api_call(&api, POST, p.merges, arena_printf(w.mem, "{\"person_id\":\"%s\"}", p.person)) ==
          201);
    CHECK(make_two(&api, &p));
    CHECK(api_call(&api, GET, p.first, NULL) == 200 && says(&api, "\"messages_n\":1"));
}

TEST(what_was_proposed_of_two_who_turn_out_to_be_two_is_proposed_no_more)
{
    WORLD(w);
    PARTING(api, &w);
    struct parting p;
    const char *likely, *ids = "";

    CHECK(make_one(&api, &p));
    likely = arrive(&api, add_other(&api, "site"), "3", "j.bos",
                    "Is de bestelling al onderweg, of wordt het volgende week geleverd?");
    CHECK(likely && api_call(&api, GET, likely, NULL) == 200 && says(&api, "cpr_"));
    ids = api_text(&api, "id");
    CHECK(make_two(&api, &p));
    CHECK(api_call(&api, GET, likely, NULL) == 200 && !says(&api, "cpr_"));
    CHECK_TEXT(api_text(&api, "id"), ids);
}

/* --- coming back ------------------------------------------------------------------------------ */

#define COMING_BACK(api, w)                                                                        \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &person_routes,                \
        &case_merge_routes, &case_proposal_routes, &merge_routes, &identity_routes,                \
        &journey_routes, &message_routes)

static const int64_t BEGIN_MS = 1800000000000;

/* Jan's tap is answered and done; three days later j.bos, who is Jan, has this to say. Two weeks
 * later it is. */
static bool come_back(struct api *api, const char *text, const char **first, const char **later)
{
    struct two two;
    const char *jan;

    clock_fake((instant){ BEGIN_MS });
    if (!begin(api, &two))
        return false;
    *first = arrive(api, two.app, "1", "jan", "De kraan in de badkamer lekt");
    if (!*first || api_call(api, GET, *first, NULL) != 200)
        return false;
    jan = api_text(api, "person_id");
    if (api_call(api, POST, arena_printf(api->w->mem, "%s/messages", *first),
                 "{\"text\":\"Wij hebben hem gemaakt.\",\"status\":\"done\"}") != 201)
        return false;
    clock_fake((instant){ BEGIN_MS + 3 * DAY_MS });
    *later = arrive(api, two.chat, "2", "j.bos", text);
    if (!*later || api_call(api, GET, *later, NULL) != 200)
        return false;
    api->header = NULL;
    if (api_call(api, POST, arena_printf(api->w->mem, "/api/v1/people/%s/merges", jan),
                 arena_printf(api->w->mem, "{\"person_id\":\"%s\"}", api_text(api, "person_id"))) !=
        201)
        return false;
    clock_fake((instant){ BEGIN_MS + 14 * DAY_MS });
    return true;
}

static bool read_journey(struct api *api, const char *path)
{
    return api_call(api, GET, arena_printf(api->w->mem, "%s/journey", path), NULL) == 200;
}

TEST(a_case_that_its_customer_came_back_on_by_another_channel_was_not_solved_in_its_first_contact)
{
    WORLD(w);
    COMING_BACK(api, &w);
    CLEANUP(real_clock) int still = 0;
    const char *first, *later, *reference;

    (void)still;
    CHECK(come_back(&api, "de badkamerkraan lekt nog steeds, wanneer komt de loodgieter", &first,
                    &later));
    CHECK(strcmp(first, later) != 0);
    CHECK(api_call(&api, GET, later, NULL) == 200);
    reference = api_text(&api, "reference");
    CHECK(read_journey(&api, first));
    CHECK(says(&api, "\"first_contact\":\"no\"") && says(&api, "\"contacts_n\":1,"));
    CHECK(says(&api, reference) && says(&api, "\"is_earlier\":false"));
    CHECK(read_journey(&api, later));
    CHECK(says(&api, strrchr(first, '/') + 1) && says(&api, "\"is_earlier\":true"));
    CHECK(says(&api, "\"first_contact\":\"no\""));
    /* Within two days nobody came back. */
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/journey?days=2", first), NULL) == 200);
    CHECK(says(&api, "\"first_contact\":\"yes\"") && says(&api, "\"returns\":[]"));
}

TEST(a_case_whose_customer_came_back_about_something_else_was_solved_in_its_first_contact)
{
    WORLD(w);
    COMING_BACK(api, &w);
    CLEANUP(real_clock) int still = 0;
    const char *first, *later;

    (void)still;
    CHECK(come_back(&api, "Hoe vraag ik huurtoeslag aan voor mijn moeder?", &first, &later));
    CHECK(read_journey(&api, first));
    CHECK(says(&api, "\"first_contact\":\"yes\"") && says(&api, "\"returns\":[]"));
}

TEST(what_a_colleague_called_another_matter_is_no_coming_back)
{
    WORLD(w);
    COMING_BACK(api, &w);
    CLEANUP(real_clock) int still = 0;
    const char *first, *later;

    (void)still;
    CHECK(come_back(&api, "de badkamerkraan lekt nog steeds, wanneer komt de loodgieter", &first,
                    &later));
    CHECK(api_call(&api, GET, later, NULL) == 200 && says(&api, "cpr_"));
    CHECK(api_call(&api, PUT,
                   arena_printf(w.mem, "%s/proposals/%.17s", later, strstr(api.body, "cpr_")),
                   "{\"state\":\"refused\"}") == 200);
    CHECK(read_journey(&api, first));
    CHECK(says(&api, "\"first_contact\":\"yes\"") && says(&api, "\"returns\":[]"));
}
