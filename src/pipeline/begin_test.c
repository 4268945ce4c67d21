/* begin_test.c — a case that a colleague begins, and what comes back to it. */
#include "house.h"

#define CASES "/api/v1/cases"

static int begins(struct house *house, const char *rest, ...) PRINTF(2, 3);
static int begins(struct house *house, const char *rest, ...)
{
    char *json;
    va_list args;

    va_start(args, rest);
    json = arena_vprintf(house->w->mem, rest, args);
    va_end(args);
    return api_call(house->api, POST, CASES, json);
}

/* Jan, whom nobody knows yet, is written a mail; the case's path. */
static const char *begins_by_mail(struct house *house)
{
    if (begins(house,
               "{\"subject\":\"Uw lekkage\",\"to\":\"Jan@klant.example\",\"name\":\"Jan\","
               "\"channel_id\":\"%s\",\"text\":\"Wij komen morgen.\"}",
               house->mail) != 201)
        return NULL;
    return arena_printf(house->w->mem, CASES "/%s", api_text(house->api, "id"));
}

static int cases_n(struct house *house)
{
    return api_call(house->api, GET, CASES "?status=all", NULL) == 200
               ? api_count(house->api, "cas")
               : -1;
}

static int people_n(struct house *house)
{
    return api_call(house->api, GET, "/api/v1/people", NULL) == 200 ? api_count(house->api, "per")
                                                                    : -1;
}

/* The person of a case, as a list of his addresses is asked for. */
static const char *person_of(struct house *house, const char *path)
{
    return api_call(house->api, GET, path, NULL) == 200
               ? arena_printf(house->w->mem, "/api/v1/people/%s", api_text(house->api, "person_id"))
               : NULL;
}

static bool has_nothing(struct house *house)
{
    return cases_n(house) == 0 && people_n(house) == 0;
}

TEST(a_case_that_has_only_a_note_is_found_by_its_title)
{
    HOUSE(house, w);

    CHECK(begins(&house, "{\"subject\":\"Meterkast\",\"to\":\"cees@klant.example\","
                         "\"channel_id\":null,\"note\":\"Kwam langs.\"}") == 201);
    CHECK(api_call(&api, GET, CASES "?q=meterkast", NULL) == 200 && api_count(&api, "cas") == 1);
    CHECK(api_call(&api, GET, CASES "?q=gaskast", NULL) == 200 && api_count(&api, "cas") == 0);
}

TEST(who_writes_first_has_a_case_whose_message_waits_to_be_sent)
{
    HOUSE(house, w);
    const char *path = begins_by_mail(&house);

    CHECK(path && says(&api, "\"status\":\"waiting\"") && says(&api, "\"waiting_since\":null"));
    CHECK_TEXT(api_text(&api, "title"), "Uw lekkage");
    CHECK_TEXT(api_text(&api, "channel_id"), house.mail);
    CHECK_TEXT(api_text(&api, "person_name"), "Jan");
    CHECK(api_text(&api, "assignee_id") != NULL);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "\"kind\":\"case.opened\"") && !says(&api, "\"kind\":\"case.changed\""));
    CHECK(says(&api, "\"actor_kind\":\"user\"") && says(&api, "\"subject\":\"Uw lekkage\""));
    CHECK(says(&api, "Jan@klant.example") && says(&api, "\"state\":\"queued\""));
    CHECK(api_call(&api, GET, "/api/v1/outbox", NULL) == 200 && says(&api, "Uw lekkage"));
    CHECK(person_of(&house, path) && api_call(&api, GET, person_of(&house, path), NULL) == 200);
    CHECK(says(&api, "\"state\":\"claimed\"") && says(&api, "\"state_by\":\"agent\""));
}

TEST(the_answer_to_what_we_began_joins_its_case_and_shows_whose_the_address_is)
{
    HOUSE(house, w);
    const char *path = begins_by_mail(&house), *conversation, *token, *person;
    conversation_id id;

    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    person = person_of(&house, path);
    conversation = strstr(api.body, "\"conversation_id\":\"cnv_") + 19;
    CHECK(id_read("cnv", conversation, 17, &id.n));
    token = conversation_token(w.mem, store_key(w.store), id);
    CHECK_TEXT(mails(&house, "a@x", arena_printf(w.mem, "service+%s@bedrijf.example", token),
                     "Re: Uw lekkage"),
               path);
    CHECK(cases_n(&house) == 1 && people_n(&house) == 1);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"status\":\"open\""));
    CHECK(api_call(&api, GET, person, NULL) == 200 && says(&api, "\"state\":\"verified\""));
    CHECK(answers(&house, path, "{\"text\":\"Tot morgen\"}") == 201);
    CHECK(says(&api, "\"subject\":\"Re: Uw lekkage\""));
}

TEST(who_has_the_address_already_is_the_customer)
{
    HOUSE(house, w);
    const char *old = mails(&house, "a@x", "service@bedrijf.example", "Lekkage"), *path, *person;

    CHECK(old && (path = begins_by_mail(&house)) && !text_equal(old, path));
    CHECK(people_n(&house) == 1);
    CHECK_TEXT(person_of(&house, path), person_of(&house, old));
    /* By who he is, too; and what is begun stands in no thread of another case. */
    person = person_of(&house, old) + strlen("/api/v1/people/");
    CHECK(begins(&house,
                 "{\"subject\":\"Nog iets\",\"person_id\":\"%s\",\"channel_id\":\"%s\","
                 "\"text\":\"Dag\"}",
                 person, house.mail) == 201);
    CHECK(says(&api, "\"messages_n\":1") && cases_n(&house) == 3);
}

TEST(an_address_that_is_written_to_for_a_person_is_his_unless_another_has_it)
{
    HOUSE(house, w);
    const char *path = begins_by_mail(&house), *jan = person_of(&house, path), *other;

    CHECK(path && api_call(&api, POST, "/api/v1/people", "{\"name\":\"Ans\"}") == 201);
    other = api_text(&api, "id");
    CHECK(begins(&house,
                 "{\"subject\":\"Iets\",\"person_id\":\"%s\",\"to\":\"jan@klant.example\","
                 "\"channel_id\":\"%s\",\"text\":\"Dag\"}",
                 other, house.mail) == 409);
    CHECK(cases_n(&house) == 1);
    for (int i = 0; i < 2; i++)
        CHECK(begins(&house,
                     "{\"subject\":\"Iets\",\"person_id\":\"%s\",\"to\":\"ans@klant.example\","
                     "\"channel_id\":\"%s\",\"text\":\"Dag\"}",
                     other, house.mail) == 201);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people/%s/ways", other), NULL) == 200);
    CHECK(says(&api, "ans@klant.example") && says(&api, "\"why_not\":null"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/ways", jan), NULL) == 200);
    CHECK(says(&api, "Jan@klant.example") && !says(&api, "ans@klant.example"));
}

TEST(an_sms_goes_into_the_one_thread_with_a_number_and_its_answer_comes_to_the_case)
{
    HOUSE(house, w);
    const char *old, *path;

    CHECK(texts(&house, "s1", "Vraag over de huur van mijn garage"));
    old = newest(&house);
    CHECK(begins(&house,
                 "{\"subject\":\"Afspraak\",\"to\":\"06-12345678\",\"channel_id\":\"%s\","
                 "\"text\":\"Komt de monteur gelegen?\"}",
                 house.sms) == 201);
    path = arena_printf(w.mem, CASES "/%s", api_text(&api, "id"));
    CHECK_TEXT(api_text(&api, "title"), "Afspraak");
    CHECK(people_n(&house) == 1);
    CHECK(texts(&house, "s2", "Ja hoor, morgen ben ik thuis"));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "morgen ben ik thuis"));
    CHECK(api_call(&api, GET, old, NULL) == 200 && !says(&api, "morgen ben ik thuis"));

    CHECK(texts(&house, "s3", "STOP"));
    CHECK(begins(&house, "{\"to\":\"+31612345678\",\"channel_id\":\"%s\",\"text\":\"Nog iets\"}",
                 house.sms) == 409);
    CHECK(says(&api, "STOP") && cases_n(&house) == 2);
}

TEST(what_cannot_be_begun_says_why_and_leaves_nothing)
{
    HOUSE(house, w);
    const struct {
        const char *what, *channel, *pointer, *words;
    } cases[] = {
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\",\"subject\":\"A\"",                    house.chat,
         "/channel_id",                                                                                                    "write first"  },
        { "\"to\":\"jan\",\"text\":\"Dag\",\"subject\":\"A\"",                                  house.net,  "/channel_id",
         "write first"                                                                                                                    },
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\"",                                      house.mail, "/subject",    "about"        },
        { "\"to\":\"jan\",\"text\":\"Dag\",\"subject\":\"A\"",                                  house.mail, "/to",         "mail address" },
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\"",                                      house.sms,  "/to",         "telephone"    },
        { "\"to\":\"Service@bedrijf.example\",\"text\":\"Dag\",\"subject\":\"A\"",              house.mail,
         "/to",                                                                                                            "your own"     },
        { "\"text\":\"Dag\",\"subject\":\"A\"",                                                 house.mail, "/to",         "to whom"      },
        { "\"to\":\"jan@klant.example\",\"subject\":\"A\"",                                     house.mail, "/text",       "note"         },
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\",\"subject\":\"A\",\"cc\":[\"x\"]",
         house.mail,                                                                                        "/cc/0",       "mail address" },
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\",\"subject\":\"A\",\"status\":\"new\"",
         house.mail,                                                                                        "/status",     "new"          },
        { "\"person_id\":\"per_0000000000001\",\"text\":\"Dag\",\"subject\":\"A\"",             house.mail,
         "/person_id",                                                                                                     "known"        },
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\",\"subject\":\"A\",\"team_id\":"
          "\"tem_0000000000001\"",                                                     house.mail, "/team_id",    "known"        },
        { "\"to\":\"jan@klant.example\",\"text\":\"Dag\",\"subject\":\"A\",\"promises\":[{"
          "\"words\":\"x\",\"due_at\":\"2001-01-01T00:00:00.000Z\"}]",                 house.mail, "/promises/0", ""             },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK(begins(&house, "{\"channel_id\":\"%s\",%s}", cases[i].channel, cases[i].what) == 422);
        CHECK(says(&api, cases[i].pointer) && says(&api, cases[i].words));
        CHECK(has_nothing(&house));
    }
    CHECK(begins(&house, "{\"to\":\"jan@klant.example\",\"text\":\"Dag\"}") == 422);
    CHECK(says(&api, "over which channel") && has_nothing(&house));
}

TEST(who_has_no_address_on_a_channel_is_not_written_to_there)
{
    HOUSE(house, w);
    const char *path = begins_by_mail(&house), *person = person_of(&house, path);

    CHECK(path && begins(&house, "{\"person_id\":\"%s\",\"channel_id\":\"%s\",\"text\":\"Dag\"}",
                         person + strlen("/api/v1/people/"), house.sms) == 422);
    CHECK(says(&api, "/channel_id") && says(&api, "no address of this customer"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/ways", person), NULL) == 200);
    CHECK(!says(&api, house.sms) && !says(&api, house.chat) && says(&api, house.mail));
}

TEST(an_address_is_written_to_by_what_reaches_its_kind_whoever_has_it)
{
    HOUSE(house, w);
    const char *const mail = "/api/v1/ways?to=jan%40klant.example";

    CHECK(api_call(&api, GET, mail, NULL) == 200 && says(&api, house.mail));
    CHECK(!says(&api, house.sms) && !says(&api, house.chat) && !says(&api, house.net));
    CHECK(says(&api, "\"identity_id\":null") && says(&api, "\"why_not\":null"));
    CHECK(api_call(&api, GET, "/api/v1/ways?to=0612345678", NULL) == 200);
    CHECK(says(&api, house.sms) && !says(&api, house.mail) && says(&api, "+31612345678"));
    CHECK(begins_by_mail(&house) && api_call(&api, GET, mail, NULL) == 200);
    CHECK(says(&api, house.mail) && !says(&api, "\"identity_id\":null"));
    CHECK(api_call(&api, GET, "/api/v1/ways?to=jan", NULL) == 422 && says(&api, "telephone"));
    CHECK(api_call(&api, GET, "/api/v1/ways?to=service%40bedrijf.example", NULL) == 422);
}

TEST(who_called_is_noted_down_and_waits_for_us_without_a_message)
{
    HOUSE(house, w);
    const char *path;

    CHECK(begins(&house, "{\"to\":\"06 12345678\",\"name\":\"Ans\",\"note\":\"Belde: de lift staat "
                         "stil\"}") == 201);
    path = arena_printf(w.mem, CASES "/%s", api_text(&api, "id"));
    CHECK(says(&api, "\"channel_id\":null") && says(&api, "\"messages_n\":0"));
    CHECK(says(&api, "\"status\":\"open\"") && !says(&api, "\"waiting_since\":null"));
    CHECK_TEXT(api_text(&api, "title"), "Belde: de lift staat stil");
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"kind\":\"note\""));
    CHECK(api_call(&api, GET, "/api/v1/outbox", NULL) == 200 && !says(&api, "msg_"));
    CHECK(api_call(&api, GET, CASES "?status=all", NULL) == 200 && says(&api, "de lift"));
    /* She is answered at the number that she gave. */
    CHECK(answers_by(&house, path, house.sms, "Er is iemand onderweg") == 201);
    CHECK(texts(&house, "s1", "Dank u wel") && api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "Dank u wel"));
}

TEST(a_case_is_begun_for_a_team_with_its_labels_and_as_done)
{
    HOUSE(house, w);
    const char *label, *path;

    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"Balie\"}") == 201);
    label = api_text(&api, "id");
    CHECK(begins(&house,
                 "{\"to\":\"06 12345678\",\"subject\":\"Sleutel\",\"note\":\"Opgehaald\","
                 "\"labels\":[\"%s\"],\"assignee_id\":null,\"status\":\"done\"}",
                 label) == 201);
    path = arena_printf(w.mem, CASES "/%s", api_text(&api, "id"));
    CHECK(says(&api, "\"name\":\"Balie\"") && says(&api, "\"assignee_id\":null"));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"status\":\"done\""));
    CHECK(!says(&api, "\"done_at\":null") && says(&api, "\"waiting_since\":null"));
    CHECK(
        begins(&house,
               "{\"to\":\"jan@klant.example\",\"subject\":\"Sleutel\",\"text\":\"Hij ligt klaar\","
               "\"channel_id\":\"%s\",\"assignee_id\":null}",
               house.mail) == 201);
    CHECK(says(&api, "\"assignee_id\":null") && says(&api, "\"status\":\"waiting\""));
}

TEST(the_same_beginning_twice_is_one_case_and_one_message)
{
    HOUSE(house, w);
    const char *first;

    api.header = "Idempotency-Key: begin-1";
    first = begins_by_mail(&house);
    api.header = "Idempotency-Key: begin-1";
    CHECK_TEXT(begins_by_mail(&house), first);
    CHECK(cases_n(&house) == 1);
    CHECK(api_call(&api, GET, "/api/v1/outbox", NULL) == 200 && api_count(&api, "msg") == 1);
}

/* A call is noted down; the case's path. */
static const char *notes_down(struct house *house, const char *note)
{
    if (begins(house, "{\"to\":\"06-12345678\",\"note\":\"%s\"}", note) != 201)
        return NULL;
    return arena_printf(house->w->mem, CASES "/%s", api_text(house->api, "id"));
}

TEST(what_was_noted_down_stands_in_the_list_whatever_it_was_merged_with)
{
    HOUSE(house, w);
    const char *one = notes_down(&house, "Belde over de lift"), *merge;
    const char *other = notes_down(&house, "Belde nog eens");

    CHECK(one && other && cases_n(&house) == 2);
    api.header = "If-Match: *";
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/merge", other),
                   arena_printf(w.mem, "{\"into\":\"%s\"}", one + strlen(CASES "/"))) == 201);
    merge = arena_printf(w.mem, "%s/merges/%s", one, api_text(&api, "id"));
    CHECK(cases_n(&house) == 1);
    CHECK(api_call(&api, GET, one, NULL) == 200 && says(&api, "\"status\":\"open\""));
    CHECK(!says(&api, "\"waiting_since\":null") && says(&api, "\"preview\":\"Belde"));
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, merge, NULL) == 200);
    CHECK(cases_n(&house) == 2);
    CHECK(api_call(&api, GET, other, NULL) == 200 && says(&api, "\"status\":\"open\""));
    CHECK(says(&api, "\"preview\":\"Belde nog eens\""));
}

TEST(what_was_noted_down_has_a_journey_without_a_channel)
{
    HOUSE(house, w);
    const char *path = notes_down(&house, "Belde over de lift");

    CHECK(path && api_call(&api, GET, arena_printf(w.mem, "%s/journey", path), NULL) == 200);
}

TEST(who_may_not_add_people_begins_with_those_who_are_known)
{
    HOUSE(house, w);
    const char *path = begins_by_mail(&house);
    const char *known = "{\"subject\":\"Iets\",\"to\":\"jan@klant.example\",\"channel_id\":\"%s\","
                        "\"text\":\"Dag\"}";
    const char *unknown = "{\"subject\":\"Iets\",\"to\":\"ans@klant.example\",\"channel_id\":"
                          "\"%s\",\"text\":\"Dag\"}";

    CHECK(path);
    api_as(&api, ROLE_EXPERT);
    CHECK(begins(&house, unknown, house.mail) == 403);
    CHECK(begins(&house, known, house.mail) == 201);
    api_as(&api, ROLE_ADMIN);
    CHECK(cases_n(&house) == 2 && people_n(&house) == 1);
}

TEST(nothing_is_sent_to_an_address_of_ours_however_it_is_named)
{
    HOUSE(house, w);
    const char *person;

    CHECK(begins(&house,
                 "{\"subject\":\"Iets\",\"to\":\"Service+x@bedrijf.example\",\"channel_id\":\"%s\","
                 "\"text\":\"Dag\"}",
                 house.mail) == 422);
    CHECK(api_call(&api, POST, "/api/v1/people", "{\"name\":\"Wij\"}") == 201);
    person = api_text(&api, "id");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "/api/v1/people/%s/identities", person),
                   "{\"kind\":\"email\",\"value\":\"service@bedrijf.example\","
                   "\"state\":\"verified\"}") == 201);
    CHECK(
        begins(&house,
               "{\"subject\":\"Iets\",\"person_id\":\"%s\",\"channel_id\":\"%s\",\"text\":\"Dag\"}",
               person, house.mail) == 422);
    CHECK(cases_n(&house) == 0);
}
