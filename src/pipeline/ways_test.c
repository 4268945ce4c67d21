/* ways_test.c — a customer who is answered on whichever of his channels suits. */
#include "../jobs/drafts.h"
#include "../language/tokens.h"
#include "house.h"

/* Jan of the case has this address; its id. */
static const char *has(struct house *house, const char *path, const char *json)
{
    const char *person;

    if (api_call(house->api, GET, path, NULL) != 200)
        return NULL;
    person = api_text(house->api, "person_id");
    return api_call(house->api, POST,
                    arena_printf(house->w->mem, "/api/v1/people/%s/identities", person),
                    json) == 201
               ? api_text(house->api, "id")
               : NULL;
}

static const char phone[] = "{\"kind\":\"phone\",\"value\":\"+31612345678\","
                            "\"state\":\"verified\"}";

static bool lists(struct house *house, const char *path)
{
    return api_call(house->api, GET, arena_printf(house->w->mem, "%s/ways", path), NULL) == 200;
}

static int count(struct house *house)
{
    int n = 0;

    for (const char *found = house->api->body; (found = strstr(found, "\"channel_id\":")); found++)
        n++;
    return n;
}

/* Which stands first: the place of a channel's first way in the list, as a byte of the answer. */
static const char *at(struct house *house, const char *channel)
{
    return strstr(house->api->body, arena_printf(house->w->mem, "\"channel_id\":\"%s\"", channel));
}

TEST(the_ways_to_a_customer_begin_with_the_one_that_he_used_last_and_that_he_prefers)
{
    HOUSE(house, w);
    const char *path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage"), *number, *person;

    CHECK(path && lists(&house, path) && count(&house) == 1);
    CHECK(says(&api, "\"is_usual\":true") && says(&api, "\"quotes\":true"));
    number = has(&house, path, phone);
    CHECK(number && has(&house, path, "{\"kind\":\"email\",\"value\":\"j.jansen@werk.example\"}"));
    CHECK(lists(&house, path) && count(&house) == 3);
    CHECK(says(&api, "\"text_unit\":\"segments\",\"text_max\":5"));
    CHECK(says(&api, "\"why_not\":\"not_proven\"")); /* of what a colleague only wrote down */
    CHECK(at(&house, house.mail) < at(&house, house.sms));

    CHECK(texts(&house, "s1", "Is er al nieuws over de lekkage?"));
    CHECK(lists(&house, path) && at(&house, house.sms) < at(&house, house.mail));
    CHECK(mails(&house, "b@x", "service@bedrijf.example", "Iets heel anders"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    person = api_text(&api, "person_id");
    CHECK(lists(&house, path) && at(&house, house.mail) < at(&house, house.sms));
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "/api/v1/people/%s/preferences/answer", person),
                   arena_printf(w.mem, "{\"identity_id\":\"%s\"}", number)) < 300);
    CHECK(lists(&house, path) && at(&house, house.mail) < at(&house, house.sms));
    CHECK(says(&api, "\"is_preferred\":true"));
}

TEST(an_answer_by_sms_goes_to_his_number_and_what_comes_back_is_about_that_case)
{
    HOUSE(house, w);
    const char *old, *path, *text = "Komt de monteur gelegen?";

    CHECK(texts(&house, "s1", "Vraag over de huur van mijn garage"));
    old = newest(&house);
    CHECK(api_call(&api, GET, old, NULL) == 200);
    CHECK(api_call(&api, POST,
                   arena_printf(w.mem, "/api/v1/people/%s/identities", api_text(&api, "person_id")),
                   "{\"kind\":\"email\",\"value\":\"jan@klant.example\",\"state\":\"verified\"}") ==
          201);
    path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage in de keuken");
    CHECK(path && !text_equal(path, old));
    CHECK(answers_by(&house, path, house.sms, text) == 201);
    CHECK(says(&api, "+31612345678") && says(&api, "\"state\":\"queued\""));
    CHECK(texts(&house, "s2", "Ja hoor, morgen ben ik thuis"));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "morgen ben ik thuis"));
    CHECK(api_call(&api, GET, old, NULL) == 200 && !says(&api, "morgen ben ik thuis"));

    /* An answer about the old one, and his is about that one again. */
    CHECK(answers(&house, old, "{\"text\":\"De garage is van u\"}") == 201);
    CHECK(texts(&house, "s3", "Dank u wel, dat is fijn"));
    CHECK(api_call(&api, GET, old, NULL) == 200 && says(&api, "dat is fijn"));
}

/* Nobody stays logged in that long. */
static void pass_days(struct house *house, int64_t days)
{
    clock_advance(days * DAY_MS);
    api_as(house->api, ROLE_ADMIN);
}

TEST(an_sms_about_something_else_long_after_the_last_is_a_case_of_its_own)
{
    STILL;
    HOUSE(house, w);
    const char *old, *later;

    CHECK(texts(&house, "s1", "De kraan in de keuken lekt"));
    old = newest(&house);
    CHECK(answers(&house, old, "{\"text\":\"De monteur komt morgen\"}") == 201);
    CHECK(change(&api, old, "{\"status\":\"done\"}") == 200);
    pass_days(&house, 1); /* soon after it, whatever it says, it stays */
    CHECK(texts(&house, "s2", "Hoe vraag ik huurtoeslag aan?"));
    CHECK_TEXT(newest(&house), old);
    pass_days(&house, 30); /* what says nothing of its own stays, too */
    CHECK(texts(&house, "s3", "Dank u wel"));
    CHECK_TEXT(newest(&house), old);
    pass_days(&house, 8);
    CHECK(texts(&house, "s4", "De kraan in de keuken lekt alweer"));
    CHECK_TEXT(newest(&house), old);
    pass_days(&house, 8);
    CHECK(texts(&house, "s5", "Er is ingebroken in mijn berging"));
    later = newest(&house);
    CHECK(later && !text_equal(later, old));
    CHECK(api_call(&api, GET, old, NULL) == 200 && !says(&api, "ingebroken"));

    /* The thread is about that one now: what he says next, and what he is answered. */
    CHECK(texts(&house, "s6", "Mijn fiets is weg"));
    CHECK(answers(&house, later, "{\"text\":\"Wat vervelend\"}") == 201);
    CHECK(api_call(&api, GET, later, NULL) == 200 && says(&api, "fiets is weg"));
    CHECK(says(&api, "Wat vervelend") && says(&api, "\"messages_n\":3"));
    CHECK_TEXT(newest(&house), later);
}

TEST(an_sms_that_names_another_case_belongs_to_that_one)
{
    HOUSE(house, w);
    const char *old, *other, *reference;

    CHECK(texts(&house, "s1", "Vraag over de huur van mijn garage"));
    old = newest(&house);
    CHECK(api_call(&api, GET, old, NULL) == 200);
    CHECK(api_call(&api, POST,
                   arena_printf(w.mem, "/api/v1/people/%s/identities", api_text(&api, "person_id")),
                   "{\"kind\":\"email\",\"value\":\"jan@klant.example\",\"state\":\"verified\"}") ==
          201);
    other = mails(&house, "a@x", "service@bedrijf.example", "Lekkage in de keuken");
    CHECK(other && api_call(&api, GET, other, NULL) == 200);
    reference = api_text(&api, "reference");
    CHECK(texts(&house, "s2", arena_printf(w.mem, "%s: de monteur was er niet", reference)));
    CHECK(api_call(&api, GET, other, NULL) == 200 && says(&api, "monteur was er niet"));
    CHECK(api_call(&api, GET, old, NULL) == 200 && !says(&api, "monteur was er niet"));
}

TEST(an_answer_by_mail_begins_a_thread_whose_answers_come_back_to_the_case)
{
    HOUSE(house, w);
    const char *path, *message, *token, *conversation;
    conversation_id id;

    CHECK(texts(&house, "s1", "Mijn kraan lekt al drie dagen"));
    path = newest(&house);
    CHECK(answers_by(&house, path, house.mail, "x") == 422); /* he has no mail address */
    CHECK(has(&house, path,
              "{\"kind\":\"email\",\"value\":\"jan@klant.example\",\"state\":\"verified\"}"));
    CHECK(answers_by(&house, path, house.mail, "Hierbij de lange uitleg") == 201);
    CHECK_TEXT(api_text(&api, "subject"), "Mijn kraan lekt al drie dagen");
    message = api_text(&api, "external_id");
    conversation = api_text(&api, "conversation_id");
    CHECK(id_read("cnv", conversation, strlen(conversation), &id.n));
    token = conversation_token(w.mem, store_key(w.store), id);
    CHECK(message && mails(&house, "a@x", arena_printf(w.mem, "service+%s@bedrijf.example", token),
                           "Iets anders"));
    CHECK(api_call(&api, GET, "/api/v1/cases?status=all", NULL) == 200);
    CHECK(api_count(&api, "cas") == 1);
    CHECK(answers_by(&house, path, house.mail, "Nog iets") == 201);
    CHECK_TEXT(api_text(&api, "conversation_id"), conversation);
}

TEST(what_a_channel_of_a_demo_sends_counts_as_sent_and_reaches_nobody)
{
    HOUSE(house, w);
    const char *path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage");
    const char *channel = arena_printf(w.mem, "/api/v1/channels/%s", house.mail);

    CHECK(path != NULL);
    api_as(&api, ROLE_ADMIN);
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, channel, "{\"is_demo\":true}") == 200);
    CHECK(says(&api, "\"is_demo\":true"));
    CHECK(answers_by(&house, path, house.mail, "Wij komen morgen") == 201);
    CHECK(run_jobs(&w, "send", job_send));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"state\":\"sent\""));
    CHECK(api_call(&api, GET, channel, NULL) == 200 && says(&api, "\"send_error\":null"));
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/test", channel), NULL) == 409);
}

TEST(a_visitor_of_the_chat_goes_on_there_about_the_case_that_he_is_answered_in)
{
    HOUSE(house, w);
    struct guest guest = guest_begin(&api, arena_printf(w.mem, "/chat/%s", house.chat));
    const char *path, *chat;

    CHECK(guest.token && guest_write(&api, &guest, "a1", "Hallo, een vraag over de huur") == 201);
    chat = newest(&house);
    CHECK(has(&house, chat,
              "{\"kind\":\"email\",\"value\":\"jan@klant.example\",\"state\":\"verified\"}"));
    path = mails(&house, "a@x", "service@bedrijf.example", "Mijn verwarmingsketel");
    CHECK(path && !text_equal(path, chat) && lists(&house, path) && at(&house, house.chat));
    CHECK(answers_by(&house, path, house.chat, "Over uw ketel") == 201);
    CHECK(run_jobs(&w, "send", job_send));
    CHECK(guest_call(&api, &guest, GET, "messages", NULL) == 200 && says(&api, "Over uw ketel"));
    CHECK(guest_write(&api, &guest, "a2", "Hij doet het weer") == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "Hij doet het weer"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/visitor", path), NULL) == 200);

    CHECK(guest_call(&api, &guest, DELETE, "visitor", NULL) == 204);
    CHECK(answers_by(&house, path, house.chat, "Bent u er nog?") == 409);
    CHECK(says(&api, "removed this chat"));
}

TEST(another_channel_stands_in_the_history_with_its_reason_and_in_the_journey)
{
    HOUSE(house, w);
    const char *path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage");

    CHECK(path && has(&house, path, phone));
    CHECK(answers(&house, path,
                  arena_printf(w.mem,
                               "{\"channel_id\":\"%s\",\"reason\":\"privacy\",\"text\":\"Dag\"}",
                               house.sms)) == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "case.channel_changed") && says(&api, "\"reason\":\"privacy\""));
    CHECK(strstr(api.body, "case.channel_changed") < strstr(api.body, "\"text\":\"Dag\""));
    CHECK(answers_by(&house, path, house.sms, "Nog iets") == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(!strstr(strstr(api.body, "case.channel_changed") + 1, "case.channel_changed"));
    CHECK(texts(&house, "s1", "Goed zo"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/journey", path), NULL) == 200);
    CHECK(says(&api, "\"moves_n\":1") && says(&api, "\"switches_n\":1"));
    CHECK(says(&api, "\"kind\":\"ours\",\"reason\":\"privacy\""));
    CHECK(says(&api, "\"forced_switches_n\":0"));
}

TEST(what_a_channel_does_not_carry_is_refused)
{
    static const struct {
        const char *json, *field, *words;
    } rows[] = {
        { "\"cc\":[\"piet@klant.example\"]",           "/cc",          "can't be sent"      },
        { "\"files\":[\"fil_0000000000001\"]",         "/files",       "can't be sent"      },
        { "\"subject\":\"Iets\"",                      "/subject",     "can't be sent"      },
        { "\"to\":\"geen nummer\"",                    "/to",          "telephone number"   },
        { "\"identity_id\":\"idn_0000000000001\"",     "/identity_id", "is no way to reach" },
        { "\"reason\":\"zomaar\"",                     "/reason",      ""                   },
        { "\"conversation_id\":\"cnv_0000000000001\"", "",             "isn't here"         },
    };
    HOUSE(house, w);
    const char *path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage");

    CHECK(path && has(&house, path, phone));
    for (size_t i = 0; i < COUNT(rows); i++) {
        int status = answers(&house, path,
                             arena_printf(w.mem, "{\"channel_id\":\"%s\",\"text\":\"Dag\",%s}",
                                          house.sms, rows[i].json));
        bool is_named = !*rows[i].field || says(&api, rows[i].field);
        if ((status != 422 && *rows[i].field) || status < 400 || !is_named ||
            (*rows[i].field && !says(&api, rows[i].words)))
            test_fail(__FILE__, __LINE__, "%s: %d %s", rows[i].json, status, api.body);
    }
    CHECK(answers(&house, path,
                  arena_printf(w.mem, "{\"channel_id\":\"%s\",\"text\":\"Dag\"}", house.chat)) ==
          422);
    CHECK(answers(&house, path, "{\"text\":\"Dag\",\"cc\":[\"a@x.test\",\"geen\"]}") == 422);
    CHECK(says(&api, "/cc/1"));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"messages_n\":1"));
}

TEST(a_channel_that_cannot_be_used_now_says_why_and_takes_no_answer)
{
    HOUSE(house, w);
    STILL;
    const char *path, *net, *handle;

    api_as(&api, ROLE_ADMIN); /* the login of before is long over */
    path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage");
    CHECK(path && has(&house, path, phone));
    CHECK(texts(&house, "s1", "STOP"));
    CHECK(lists(&house, path) && says(&api, "\"why_not\":\"stopped\""));
    CHECK(answers_by(&house, path, house.sms, "Toch even") == 409 && says(&api, "wrote STOP"));
    CHECK(answers(&house, newest(&house), "{\"text\":\"Begrepen\"}") ==
          201); /* what he said it in */
    CHECK(texts(&house, "s2", "Toch graag"));
    CHECK(lists(&house, path) && !says(&api, "stopped"));

    handle = arena_printf(w.mem, "/api/v1/channels/%s", house.net);
    net = arrive(&api, handle, "n1", "@jan", "Wat een service");
    CHECK(net && lists(&house, net) && says(&api, "\"is_public\":true"));
    CHECK(says(&api, "\"open_until\":\"2027-01-16T08:00:00.000Z\""));
    CHECK(answers(&house, net, "{\"text\":\"123456789012345678901\"}") == 422);
    CHECK(says(&api, "takes 20"));
    CHECK(answers(&house, net, "{\"text\":\"Wij kijken ernaar\"}") == 201);
    CHECK(answers(&house, net, "{\"text\":\"NL91ABNA0417164300\"}") == 422);
    CHECK(says(&api, "/personal") && says(&api, "iban"));
    CHECK(answers(&house, net, "{\"text\":\"NL91ABNA0417164300\",\"personal\":[\"iban\"]}") == 201);
    CHECK(answers(&house, net, "{\"text\":\"Dag\",\"subject\":\"NL91ABNA0417164300\"}") == 422);
    CHECK(says(&api, "/personal"));
    clock_advance(DAY_MS + 1);
    CHECK(lists(&house, net) && says(&api, "\"why_not\":\"window\""));
    CHECK(answers(&house, net, "{\"text\":\"Nog iets\"}") == 409 && says(&api, "too long ago"));
    CHECK(answers_by(&house, net, house.net, "Nog iets") == 409);
}

TEST(however_long_a_public_answer_is_it_gives_nothing_away)
{
    HOUSE(house, w);
    /* At its end, and on the border of what is looked at once. */
    const int blanks[] = { 90000, LANGUAGE_MAX - 9, LANGUAGE_MAX };
    const char *open, *net, *body;

    api_as(&api, ROLE_ADMIN);
    open = add(&house, "{\"type\":\"api\",\"name\":\"Forum\",\"settings\":{\"address\":"
                       "\"forum\",\"is_public\":true}}");
    CHECK(open);
    net = arrive(&api, arena_printf(w.mem, "/api/v1/channels/%s", open), "f1", "@jan", "Dag");
    CHECK(net);
    for (size_t i = 0; i < COUNT(blanks); i++) {
        body = arena_printf(w.mem, "{\"text\":\"Uw%*sNL91ABNA0417164300\"}", blanks[i], "");
        CHECK(answers(&house, net, body) == 422 && says(&api, "iban"));
    }
    CHECK(answers(&house, net, "{\"text\":\"Dank voor uw bericht\"}") == 201);
}

TEST(a_draft_keeps_the_way_that_was_chosen_for_it)
{
    HOUSE(house, w);
    const char *path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage"), *draft, *number;
    const char *json;

    CHECK(path && (number = has(&house, path, phone)));
    draft = arena_printf(w.mem, "%s/drafts/reply", path);
    json = arena_printf(w.mem,
                        "{\"text\":\"Dag\",\"channel_id\":\"%s\",\"identity_id\":\"%s\","
                        "\"reason\":\"choice\"}",
                        house.sms, number);
    api.header = "If-Match: \"0\"";
    CHECK(api_call(&api, PUT, draft, json) == 200);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/drafts", path), NULL) == 200);
    CHECK(at(&house, house.sms) && says(&api, number) && says(&api, "\"reason\":\"choice\""));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/sending", draft),
                   arena_printf(w.mem, "{\"in_seconds\":0,\"content\":%s}", json)) == 200);
    CHECK(run_jobs(&w, "send_draft", job_send_draft));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"reason\":\"choice\""));
    CHECK(says(&api, "+31612345678"));
}

TEST(nobody_sees_the_ways_without_reading_cases)
{
    HOUSE(house, w);
    const char *path = mails(&house, "a@x", "service@bedrijf.example", "Lekkage");

    api_as_token(&api, ROLE_ADMIN, "person:read");
    CHECK(path && !lists(&house, path) && api.status == 403);
}
