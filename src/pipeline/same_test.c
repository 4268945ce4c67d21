/* same_test.c — which mails are one message, and which only look like it. */
#include "mailbox.h"

/* How many envelopes became this. */
static int count_state(struct api *api, const char *state)
{
    const char *wanted = arena_printf(api->w->mem, "\"state\":\"%s\"", state);
    int n = 0;

    if (api_call(api, GET, "/api/v1/envelopes?all=true", NULL) != 200)
        return -1;
    for (const char *at = api->body; (at = strstr(at, wanted)); at++)
        n++;
    return n;
}

#define FROM_JAN "From: jan@klant.example\r\nSubject: Scan\r\n"
#define DATED    "Date: Mon, 1 Jan 2024 10:00:00 +0100\r\n"
#define FILED(content)                                                                             \
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"                       \
    "--b\r\nContent-Type: text/plain\r\n\r\nEen\r\n"                                               \
    "--b\r\nContent-Type: application/octet-stream; name=a\r\n\r\n" content "\r\n--b--\r\n"

TEST(a_mail_without_an_id_is_told_by_what_stays_the_same_on_each_way)
{
    static const struct {
        const char *one, *other;
        bool is_same;
    } rows[] = {
        { "Received: from a\r\n" FROM_JAN DATED "\r\nEen\r\n",
         "Received: from b\r\nReceived: from c\r\n" FROM_JAN DATED "\r\nEen\r\n",                                    true  },
        { FROM_JAN DATED "\r\nEen\r\n",                        FROM_JAN DATED "\r\nTwee\r\n",                        false },
        { FROM_JAN DATED "\r\nEen\r\n",
         FROM_JAN "Date: Mon, 1 Jan 2024 10:00:01 +0100\r\n\r\nEen\r\n",                                             false },
        { FROM_JAN DATED "\r\nEen\r\n",
         "From: piet@klant.example\r\nSubject: Scan\r\n" DATED "\r\nEen\r\n",                                        false },
        { FROM_JAN DATED "\r\nEen\r\n",
         "From: jan@klant.example\r\nSubject: Skan\r\n" DATED "\r\nEen\r\n",                                         false },
        { "Received: from a\r\n" FROM_JAN DATED FILED("een"),  FROM_JAN DATED FILED("een"),                          true  },
        { FROM_JAN DATED FILED("een"),                         FROM_JAN DATED FILED("twee"),                         false },
        /* Nothing tells these apart, so both count. */
        { "Received: from a\r\n" FROM_JAN "\r\nEen\r\n",       FROM_JAN "\r\nEen\r\n",                               false },
        /* Which ids it has decides first. */
        { FROM_JAN DATED "\r\nEen\r\n",                        "Message-ID: <a@x>\r\n" FROM_JAN DATED "\r\nEen\r\n",
         false                                                                                                             },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        MAILBOX(box, &w, api);

        CHECK_OK(deliver(&box, rows[i].one), &w.err);
        CHECK_OK(deliver(&box, rows[i].other), &w.err);
        if (count_state(&api, "duplicate") != (rows[i].is_same ? 1 : 0) ||
            count_state(&api, "understood") != (rows[i].is_same ? 1 : 2))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
}

/* An answer of ours, and the case that it is in. */
struct ours {
    const char *path, *id, *message_id;
};

static struct ours answer_to(struct mailbox *box, const char *to)
{
    struct api *api = box->api;
    struct ours ours = { 0 };

    if (!deliver(box, mail(box, "a@x", "jan@klant.example", "Vraag", "", "Een")))
        return ours;
    ours.path = first_case(api, "");
    if (api_call(api, POST, arena_printf(api->w->mem, "%s/messages", ours.path),
                 arena_printf(api->w->mem, "{\"text\":\"Wij komen\\nmorgen.\",\"to\":\"%s\"}",
                              to)) == 201) {
        ours.id = api_text(api, "id");
        ours.message_id = api_text(api, "external_id");
    }
    return ours;
}

/* Another mailbox of the same organisation. */
static bool open_other(struct mailbox *other, const struct mailbox *box)
{
    struct api *api = box->api;
    const char *id;

    *other = *box;
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"email\",\"name\":\"Verkoop\",\"settings\":{\"address\":"
                 "\"verkoop@bedrijf.example\",\"imap_host\":\"127.0.0.1\","
                 "\"imap_password\":\"geheim\"}}") != 201)
        return false;
    id = api_text(api, "id");
    return id_read("chn", id, strlen(id), &other->channel.n);
}

#define COMPANY "Bedrijf <Service@Bedrijf.example>"

TEST(what_a_customer_sends_on_of_ours_in_his_own_name_is_a_mail_of_his)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct ours ours = answer_to(&box, "jan@klant.example");

    CHECK(ours.id != NULL);
    CHECK_OK(deliver(&box, mail(&box, ours.message_id, "jan@klant.example", "Fwd: Vraag", "",
                                "Dat kan niet.\r\n\r\nWij komen\r\nmorgen.")),
             &w.err);
    CHECK(count_state(&api, "understood") == 2 && count_cases(&api, "?status=all") == 1);
    CHECK(api_call(&api, GET, ours.path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "open");
    CHECK(strstr(api.body, "Dat kan niet.") && strstr(api.body, "\"messages_n\":3"));
    /* The same of a list that puts its own name there is our mail and no more. */
    CHECK_OK(deliver(&box, mail(&box, ours.message_id, "lijst@klant.example", "Vraag",
                                "List-Id: <lijst>\r\n", "Wij komen\r\nmorgen.\r\n-- \r\nDe lijst")),
             &w.err);
    CHECK(count_state(&api, "duplicate") == 1);
}

TEST(our_own_mail_that_comes_back_is_known_unless_somebody_put_words_before_it)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct ours ours = answer_to(&box, "jan@klant.example");

    CHECK(ours.id != NULL);
    CHECK_OK(deliver(&box, mail(&box, ours.message_id, COMPANY, "Re: Vraag", "",
                                "Wij komen \r\nmorgen.\r\n\r\n-- \r\nVirusvrij")),
             &w.err);
    CHECK(count_state(&api, "duplicate") == 1);
    CHECK_OK(deliver(&box, mail(&box, ours.message_id, COMPANY, "Re: Vraag", "",
                                "Dit klopt niet.\r\n\r\nWij komen\r\nmorgen.")),
             &w.err);
    CHECK(count_state(&api, "duplicate") == 1 && count_state(&api, "not_understood") == 1);
    CHECK(strstr(api.body, "our own mail came back, with other words in it"));
    CHECK(count_cases(&api, "?status=all") == 1);
    /* In the folder of what was sent it is known, whatever it says. */
    CHECK_OK(receive(&box,
                     mail(&box, ours.message_id, COMPANY, "Re: Vraag", "", "Iets anders, van ons."),
                     (struct received){ .is_ours = true }),
             &w.err);
    CHECK(count_state(&api, "duplicate") == 2);
}

TEST(what_one_of_our_channels_sends_to_another_is_a_case_there_once)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct mailbox other;
    struct ours ours = answer_to(&box, "verkoop@bedrijf.example");
    const char *more = "In-Reply-To: <a@x>\r\n";

    CHECK(ours.id && open_other(&other, &box));
    CHECK_OK(deliver(&other, mail(&box, ours.message_id, COMPANY, "Re: Vraag", more,
                                  "Wij komen\r\nmorgen.")),
             &w.err);
    CHECK(count_cases(&api, "?status=all") == 2 && count_cases(&api, "?status=new") == 1);
    CHECK(api_call(&api, GET, ours.path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "waiting"); /* the customer's stays as it was */
    /* A rule that sends it round and round adds to it each time. */
    CHECK_OK(deliver(&other, mail(&box, ours.message_id, COMPANY, "Re: Vraag", more,
                                  "Wij komen\r\nmorgen.\r\n\r\n-- \r\nDoorgestuurd")),
             &w.err);
    CHECK(count_state(&api, "duplicate") == 1 && count_cases(&api, "?status=all") == 2);
    /* Whoever answers ours answers the customer's conversation. */
    CHECK_OK(
        deliver(&box, mail(&box, "b@x", "jan@klant.example", "Re: Vraag",
                           arena_printf(w.mem, "In-Reply-To: <%s>\r\n", ours.message_id), "Goed")),
        &w.err);
    CHECK(api_call(&api, GET, ours.path, NULL) == 200 && strstr(api.body, "\"Goed"));
}

TEST(what_a_colleague_wrote_elsewhere_to_another_channel_of_ours_is_ours_and_comes_in_there)
{
    static const struct {
        bool is_sent_first;
    } rows[] = { { true }, { false } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        MAILBOX(box, &w, api);
        struct mailbox other;
        const char *text = "From: Service@bedrijf.example\r\nTo: verkoop@bedrijf.example\r\n"
                           "Message-ID: <o@x>\r\nSubject: Vraag\r\n\r\nKunnen jullie dit?\r\n";

        CHECK(open_other(&other, &box));
        for (size_t k = 0; k < 2; k++) {
            bool is_sent = (k == 0) == rows[i].is_sent_first;
            CHECK_OK(
                receive(is_sent ? &box : &other, text, (struct received){ .is_ours = is_sent }),
                &w.err);
        }
        CHECK(count_state(&api, "understood") == 2 && count_cases(&api, "?status=all") == 2);
        CHECK(count_cases(&api, "?status=new") == 1);
    }
}
