/* claim_test.c — addresses that stand in what somebody wrote. */
#include "house.h"

#define MAIL_BEGINS                                                                                \
    "From: Jan <jan@klant.example>\r\nTo: service@bedrijf.example\r\nMessage-ID: <%s>\r\n"         \
    "Subject: Kraan\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s"

/* Jan mails this; then his page is the last answer. */
static bool jan_mails(struct house *house, const char *id, const char *text)
{
    const char *raw = arena_printf(house->w->mem, MAIL_BEGINS, id, text), *path;
    struct received item = {
        .raw = { (const uint8_t *)raw, strlen(raw) }
    };
    size_t n;

    if (!pipeline_receive(house->w->store, &house->w->scope, house->mailbox, &item, 1, NULL, NULL,
                          &n, &house->w->err) ||
        !run_jobs(house->w, "inbound", job_inbound) || !(path = newest(house)) ||
        api_call(house->api, GET, path, NULL) != 200)
        return false;
    return api_call(
               house->api, GET,
               arena_printf(house->w->mem, "/api/v1/people/%s", api_text(house->api, "person_id")),
               NULL) == 200;
}

TEST(an_address_in_what_somebody_writes_or_under_it_is_suspected_to_be_his)
{
    HOUSE(house, w);

    CHECK(jan_mails(&house, "a@x",
                    "De kraan lekt. Bel me op 06-12345678.\r\n\r\n-- \r\nJan Jansen\r\n"
                    "j.jansen@werk.example\r\n"));
    CHECK(says(&api, "\"value\":\"+31612345678\"") && says(&api, "j.jansen@werk.example"));
    CHECK(api_count(&api, "idn") == 3);
    CHECK(says(&api, "\"state\":\"suspected\"") && says(&api, "\"state_by\":\"text\""));
    /* Again it's no news. */
    CHECK(jan_mails(&house, "b@x", "Mijn nummer is dus 06 12345678."));
    CHECK(api_count(&api, "idn") == 3);
}

TEST(who_writes_from_an_address_that_was_suspected_of_another_is_somebody_of_his_own)
{
    HOUSE(house, w);
    const char *jan;

    CHECK(jan_mails(&house, "a@x", "De kraan lekt. Mijn nummer is 06-12345678."));
    jan = arena_text(w.mem, api_text(&api, "id"));
    CHECK(texts(&house, "s1", "Ik heb een vraag over de huur van mijn garage"));
    CHECK(api_call(&api, GET, newest(&house), NULL) == 200);
    CHECK(strcmp(api_text(&api, "person_id"), jan) != 0);
}

TEST(nothing_is_sent_to_an_address_that_is_only_suspected)
{
    HOUSE(house, w);
    const char *path;

    CHECK(jan_mails(&house, "a@x", "De kraan lekt. Mijn nummer is 06-12345678."));
    path = newest(&house);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/ways", path), NULL) == 200);
    CHECK(says(&api, "+31612345678") || says(&api, "06-12345678"));
    CHECK(says(&api, "\"why_not\":\"not_proven\""));
    CHECK(answers_by(&house, path, house.sms, "Wij komen") == 409);
}

TEST(our_own_addresses_and_those_of_others_are_not_suspected_of_who_mentions_them)
{
    HOUSE(house, w);

    CHECK(texts(&house, "s1", "Ik heb een vraag"));
    CHECK(jan_mails(&house, "a@x",
                    "Uw collega planning@bedrijf.example verwees mij, en mijn buurman op "
                    "06-12345678 heeft het ook.\r\n\r\n> mail ook eens naar x@y.example\r\n"));
    CHECK(api_count(&api, "idn") == 1);
}
