/* Is a mail from whom it says? */
#include "mailbox.h"

#include "../domain/cases/proposals.h"

#define SENDERS(box, w, api)                                                                       \
    API(api, w, &case_routes, &case_proposal_routes, &channel_routes, &envelope_routes,            \
        &message_routes, &outbox_routes, &person_routes, &identity_routes);                        \
    struct mailbox box;                                                                            \
    CHECK_OK(open_mailbox(&box, w, &api), &(w)->err)

#define JAN     "Jan Bos <jan@klant.example>"
#define PASSED  "Authentication-Results: mx.bedrijf.example; dmarc=pass\r\n"
#define FAILED  "Authentication-Results: mx.bedrijf.example; dmarc=fail\r\n"
#define FOREIGN "Authentication-Results: mx.elders.example; dmarc=pass\r\n"

/* The path of the newest case. */
static const char *newest(struct api *api)
{
    return first_case(api, "?sort=newest");
}

static bool shows(struct api *api, const char *path, const char *text)
{
    return path && api_call(api, GET, path, NULL) == 200 && strstr(api->body, text);
}

/* Answers a case; the Message-ID of the answer. */
static const char *answer(struct api *api, const char *path, const char *text)
{
    if (api_call(api, POST, arena_printf(api->w->mem, "%s/messages", path),
                 arena_printf(api->w->mem, "{\"text\":\"%s\"}", text)) != 201)
        return NULL;
    return api_text(api, "external_id");
}

static const char *refers_to(struct api *api, const char *id)
{
    return arena_printf(api->w->mem, "In-Reply-To: <%s>\r\n", id);
}

TEST(only_what_our_own_mail_server_found_proves_an_address)
{
    static const struct {
        const char *header, *state, *proof;
    } rows[] = {
        { "",                                 "claimed",  "said"    },
        { FOREIGN,                            "claimed",  "said"    },
        { FOREIGN PASSED,                     "verified", "proven"  },
        { FAILED,                             "claimed",  "refuted" },
        { FAILED FOREIGN,                     "claimed",  "refuted" },
        { PASSED "Reply-To: x@y.example\r\n", "claimed",  "said"    },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        SENDERS(box, &w, api);
        CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Lekkage", rows[i].header, "Lek")), &w.err);
        if (!shows(&api, newest(&api), arena_printf(w.mem, "\"state\":\"%s\"", rows[i].state)) ||
            !strstr(api.body, arena_printf(w.mem, "\"proof\":\"%s\"", rows[i].proof)))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
}

TEST(who_answers_what_we_sent_him_has_shown_that_the_address_is_his)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *path, *ours;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Lekkage", "", "Lek")), &w.err);
    path = newest(&api);
    ours = answer(&api, path, "Waar?");
    CHECK(ours);
    /* A forward of his is answered by another one, who has shown nothing of himself. */
    CHECK_OK(
        deliver(&box, mail(&box, "b@x", "piet@elders.example", "Re", refers_to(&api, ours), "Ik")),
        &w.err);
    CHECK(shows(&api, path, "\"proof\":\"said\"") && strstr(api.body, "\"state\":\"claimed\""));
    /* A server on the way spoilt what shows where it is from: it's his case, and said to be so. */
    CHECK_OK(deliver(&box, mail(&box, "c@x", JAN, "Re",
                                arena_printf(w.mem, "%s" FAILED, refers_to(&api, ours)), "Boven")),
             &w.err);
    CHECK(shows(&api, path, "\"proof\":\"refuted\"") && strstr(api.body, "\"state\":\"claimed\""));
    CHECK(strstr(api.body, "\"messages_n\":4"));
    CHECK_OK(deliver(&box, mail(&box, "d@x", JAN, "Re", refers_to(&api, ours), "Rechts")), &w.err);
    CHECK(shows(&api, path, "\"proof\":\"proven\"") && strstr(api.body, "\"state\":\"verified\""));
}

TEST(who_got_a_copy_of_what_we_sent_cannot_be_the_one_it_was_sent_to)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *path, *ours;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Lekkage", "", "Lek")), &w.err);
    path = newest(&api);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Waar?\",\"cc\":[\"wim@elders.example\"]}") == 201);
    ours = api_text(&api, "external_id");
    CHECK_OK(deliver(&box, mail(&box, "b@x", JAN, "Re", refers_to(&api, ours), "Boven")), &w.err);
    CHECK(shows(&api, path, "\"messages_n\":3") && !strstr(api.body, "\"state\":\"verified\""));
    /* Nor does he get the answers. */
    CHECK_OK(deliver(&box, mail(&box, "c@x", JAN, "Re",
                                arena_printf(w.mem, "%s" FAILED "Reply-To: wim@elders.example\r\n",
                                             refers_to(&api, ours)),
                                "Ander rekeningnummer")),
             &w.err);
    CHECK(shows(&api, path, "\"messages_n\":3") && count_cases(&api, "") == 2);
}

TEST(nobody_puts_words_into_a_customers_case_by_his_address_in_reply_to)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *path;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Bestelling 4711-88", PASSED,
                                "Mijn bestelling 4711-88 is nog niet geleverd")),
             &w.err);
    path = newest(&api);
    CHECK_OK(deliver(&box, mail(&box, "b@x", "wim@elders.example", "Bestelling 4711-88",
                                PASSED "Reply-To: jan@klant.example\r\n",
                                "waar blijft bestelling 4711-88 nou, nog niks geleverd")),
             &w.err);
    CHECK(count_cases(&api, "") == 2);
    CHECK(shows(&api, path, "\"messages_n\":1"));
    CHECK(shows(&api, newest(&api), "\"proposals\""));
}

TEST(what_we_send_has_an_id_that_nobody_can_guess)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *one, *other;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Lekkage", "", "Lek")), &w.err);
    one = answer(&api, newest(&api), "Een");
    other = answer(&api, newest(&api), "Twee");
    CHECK(one && other && strchr(one, '.') && strchr(other, '.'));
    CHECK(strncmp(strchr(one, '.'), strchr(other, '.'), 11) != 0);
}

TEST(a_forged_mail_comes_into_no_case_of_whom_it_names)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *path, *subject;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Bestelling 4711-88", PASSED,
                                "Mijn bestelling 4711-88 is nog niet geleverd")),
             &w.err);
    path = newest(&api);
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    subject = arena_printf(w.mem, "Over %s", api_text(&api, "reference"));
    /* By what it says, by the reference of the case, by what the customer wrote himself. */
    CHECK_OK(deliver(&box, mail(&box, "b@x", JAN, "Bestelling 4711-88", FAILED,
                                "waar blijft bestelling 4711-88 nou, nog niks geleverd")),
             &w.err);
    /* A colleague is told that it may belong there, and decides. */
    CHECK(shows(&api, newest(&api), "\"proposals\""));
    CHECK_OK(deliver(&box, mail(&box, "c@x", JAN, subject, FAILED, "Ander rekeningnummer")),
             &w.err);
    CHECK_OK(deliver(&box, mail(&box, "d@x", JAN, "Re", FAILED "References: <a@x>\r\n", "Graag")),
             &w.err);
    CHECK(count_cases(&api, "") == 4);
    CHECK(shows(&api, path, "\"messages_n\":1"));
    /* What our server says nothing bad of joins by itself. */
    CHECK_OK(deliver(&box, mail(&box, "e@x", JAN, subject, "", "Nog iets")), &w.err);
    CHECK(shows(&api, path, "\"messages_n\":2"));
}

TEST(who_wants_the_answers_elsewhere_is_who_reads_them_there)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *path;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Bestelling 4711-88", PASSED,
                                "Mijn bestelling 4711-88 is nog niet geleverd")),
             &w.err);
    path = newest(&api);
    CHECK_OK(deliver(&box, mail(&box, "b@x", JAN, "Bestelling 4711-88",
                                PASSED "Reply-To: wim@elders.example\r\n",
                                "waar blijft bestelling 4711-88 nou, nog niks geleverd")),
             &w.err);
    CHECK(count_cases(&api, "") == 2);
    CHECK(shows(&api, path, "\"messages_n\":1"));
    CHECK(shows(&api, newest(&api), "\"value\":\"wim@elders.example\""));
    CHECK(!strstr(api.body, "\"value\":\"jan@klant.example\""));
}

TEST(a_form_on_a_site_makes_a_case_of_who_filled_it_in)
{
    WORLD(w);
    SENDERS(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "Website <form@stad.example>", "Contact",
                                "Reply-To: Jan Bos <jan@klant.example>\r\n", "Lek")),
             &w.err);
    CHECK_OK(deliver(&box, mail(&box, "b@x", "Website <form@stad.example>", "Contact",
                                "Reply-To: Piet Vis <piet@klant.example>\r\n", "Stuk")),
             &w.err);
    CHECK(count_cases(&api, "") == 2);
    CHECK(strstr(api.body, "\"person_name\":\"Jan Bos\""));
    CHECK(strstr(api.body, "\"person_name\":\"Piet Vis\""));
}

TEST(another_address_of_the_same_customer_changes_nothing)
{
    WORLD(w);
    SENDERS(box, &w, api);
    const char *path;

    CHECK_OK(deliver(&box, mail(&box, "a@x", JAN, "Bestelling 4711-88", PASSED,
                                "Mijn bestelling 4711-88 is nog niet geleverd")),
             &w.err);
    path = newest(&api);
    CHECK(shows(&api, path, "\"person_id\""));
    CHECK(api_call(&api, POST,
                   arena_printf(w.mem, "/api/v1/people/%s/identities", api_text(&api, "person_id")),
                   "{\"kind\":\"email\",\"value\":\"thuis@klant.example\"}") == 201);
    CHECK_OK(deliver(&box, mail(&box, "b@x", JAN, "Bestelling 4711-88",
                                PASSED "Reply-To: thuis@klant.example\r\n",
                                "waar blijft bestelling 4711-88 nou, nog niks geleverd")),
             &w.err);
    CHECK(shows(&api, path, "\"messages_n\":2"));
}
