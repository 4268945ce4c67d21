/* reports_test.c — delivery reports: what the other side says later of a mail of ours. */
#include "mailbox.h"

/* A delivery report about `ours`, with `header` above it; `blocks` says of whom. */
static const char *report(struct mailbox *box, const char *ours, const char *header,
                          const char *blocks)
{
    return arena_printf(
        box->w->mem,
        "%sTo: service@bedrijf.example\r\nMessage-ID: <%u@mx>\r\nSubject: Undelivered\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "%s--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <%s>\r\n\r\nx\r\n--b--\r\n",
        header, box->reports_n++, blocks, ours);
}

#define BY_SERVER "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\n"
#define REPORTED(recipient, action, words)                                                         \
    "Final-Recipient: rfc822; " recipient "\r\nAction: " action                                    \
    "\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; " words "\r\n\r\n"

TEST(a_delivery_report_lands_on_the_message_it_is_about)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *message;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = first_case(&api, "");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Antwoord\"}") == 201);
    message = api_text(&api, "id");
    CHECK_OK(deliver(&box, report(&box, api_text(&api, "external_id"), BY_SERVER,
                                  REPORTED("jan@klant.example", "failed", "550 no such user"))),
             &w.err);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/messages/%s", message), NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "failed");
    CHECK_TEXT(api_text(&api, "state_words"), "jan@klant.example: 5.1.1 550 no such user");
    CHECK(count_cases(&api, "") == 1);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "open");
    CHECK(strstr(api.body, "\"messages_n\":2"));
}

TEST(a_delivery_report_that_anybody_could_have_made_changes_nothing_and_is_a_mail_of_the_case)
{
    static const struct {
        const char *header, *blocks;
    } rows[] = {
        /* What the customer's neighbour sends, who saw our mail: */
        { "Return-Path: <buur@klant.example>\r\nFrom: MAILER-DAEMON@mx.example\r\n",
         REPORTED("jan@klant.example",                                                                                 "failed", "ha") },
        { "Return-Path: <buur@klant.example>\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\n"
          "From: buur@klant.example\r\n",                                   REPORTED("jan@klant.example",     "failed", "ha") },
        { "From: buur@klant.example\r\n",                                            REPORTED("jan@klant.example",     "failed", "ha") },
        /* Of somebody to whom we didn't write: */
        { BY_SERVER,                                                                 REPORTED("piet@klant.example",    "failed", "ha") },
        { BY_SERVER,                                                                 REPORTED("jan@klant.example.org", "failed", "ha") },
    };
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *message, *ours;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = first_case(&api, "");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Antwoord\"}") == 201);
    message = api_text(&api, "id");
    ours = api_text(&api, "external_id");
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_OK(deliver(&box, report(&box, ours, rows[i].header, rows[i].blocks)), &w.err);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/messages/%s", message), NULL) ==
              200);
        CHECK_TEXT(api_text(&api, "state"), "queued");
        CHECK(count_cases(&api, "") == 1);
        CHECK(api_call(&api, GET, path, NULL) == 200);
        if (!strstr(api.body, arena_printf(w.mem, "\"messages_n\":%zu", i + 3)))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
}

/* A message to jan@klant.example, in copy to piet@klant.example, that was sent. */
struct sent {
    const char *id;
    struct message message;
};

static bool send_to_two(struct tx *tx, void *arg, struct err *err)
{
    struct sent *sent = arg;
    struct party to[] = {
        { "", "jan@klant.example"  },
        { "", "piet@klant.example" }
    };
    struct parties parties = {
        .to = { &to[0], 1 },
          .cc = { &to[1], 1 }
    };
    bool found;

    if (!message_by_external_id(tx, "a@x", &sent->message, &found, err))
        return false;
    sent->message = (struct message){ .conversation_id = sent->message.conversation_id,
                                      .case_id = sent->message.case_id,
                                      .channel_id = sent->message.channel_id,
                                      .direction = DIRECTION_OUT,
                                      .state = MESSAGE_SENT,
                                      .external_id = sent->id,
                                      .subject = "Re: Vraag",
                                      .text = "Antwoord",
                                      .parties = { parties_write(tx->mem, &parties) } };
    return message_add(tx, &sent->message, "", err);
}

TEST(a_report_of_one_of_several_recipients_says_no_more_than_is_true)
{
    static const struct {
        const char *blocks[2], *state, *words; /* one report after the other */
    } rows[] = {
        { { REPORTED("jan@klant.example", "delivered", "250 ok"), NULL },         "sent", NULL                                                                    },
        { { REPORTED("jan@klant.example", "delivered", "250 ok")
                REPORTED("piet@klant.example", "delivered", "250 ok"),
            NULL },
         "delivered",                                                                     "jan@klant.example: 5.1.1 250 ok; piet@klant.example: 5.1.1 250 ok"     },
        { { REPORTED("jan@klant.example", "delivered", "250 ok")
                REPORTED("piet@klant.example", "failed", "550 gone"),
            NULL },
         "failed",                                                                        "piet@klant.example: 5.1.1 550 gone"                                    },
        { { REPORTED("buur@klant.example", "failed", "550 ha")
                REPORTED("jan@klant.example", "delayed", "450 full"),
            NULL },
         "sent",                                                                          "still trying: jan@klant.example: 5.1.1 450 full"                       },
        { { REPORTED("jan@klant.example", "delayed", "450 full"),
            REPORTED("jan@klant.example", "failed", "550 gone") },
         "failed",                                                                        "jan@klant.example: 5.1.1 550 gone"                                     },
        { { REPORTED("jan@klant.example", "failed", "550 gone"),
            REPORTED("piet@klant.example", "delayed", "450 full") },
         "failed",                                                                        "jan@klant.example: 5.1.1 550 gone"                                     },
        { { REPORTED("jan@klant.example", "delayed", "450 full"),
            REPORTED("jan@klant.example", "delivered", "250 ok")
                REPORTED("piet@klant.example", "delivered", "250 ok") },
         "delivered",                                                                     "jan@klant.example: 5.1.1 250 ok; piet@klant.example: 5.1.1 250 ok"     },
        { { REPORTED("jan@klant.example", "failed", "550 gone"),
            REPORTED("Piet@Klant.example", "failed", "550 full") },
         "failed",                                                                        "jan@klant.example: 5.1.1 550 gone; piet@klant.example: 5.1.1 550 full" },
    };
    WORLD(w);
    MAILBOX(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sent sent = { .id = arena_printf(w.mem, "ours-%zu@x", i) };
        char id[ID_TEXT_MAX];

        CHECK_OK(world_write(&w, send_to_two, &sent), &w.err);
        for (size_t k = 0; k < 2 && rows[i].blocks[k]; k++)
            CHECK_OK(deliver(&box, report(&box, sent.id, BY_SERVER, rows[i].blocks[k])), &w.err);
        id_write("msg", sent.message.id.n, id);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/messages/%s", id), NULL) == 200);
        CHECK_TEXT(api_text(&api, "state"), rows[i].state);
        if (rows[i].words)
            CHECK_TEXT(api_text(&api, "state_words"), rows[i].words);
    }
}

/* The history of a case says it too, and the case stays with whoever waits. */
TEST(a_report_of_a_delay_stands_in_the_history_and_brings_no_case_back)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct sent sent = { .id = "ours@x" };
    const char *path;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = first_case(&api, "");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Antwoord\"}") == 201);
    CHECK_OK(world_write(&w, send_to_two, &sent), &w.err);
    CHECK_OK(deliver(&box, report(&box, sent.id, BY_SERVER,
                                  REPORTED("jan@klant.example", "delayed", "450 full"))),
             &w.err);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "waiting");
    CHECK(strstr(api.body, "\"kind\":\"message.delayed\""));
}

TEST(a_report_about_no_mail_of_ours_waits_among_what_is_not_understood)
{
    static const struct {
        const char *about, *why;
    } rows[] = {
        { "",       "a delivery report that doesn't say which mail it is about" },
        { "lost@x", "a delivery report about a mail that we don't have"         },
        { "a@x",    "a delivery report about a mail that we don't have"         }, /* his */
    };
    WORLD(w);
    MAILBOX(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_OK(deliver(&box, report(&box, rows[i].about, BY_SERVER,
                                      REPORTED("jan@klant.example", "failed", "550 gone"))),
                 &w.err);
        CHECK(api_call(&api, GET, "/api/v1/envelopes?limit=1", NULL) == 200);
        CHECK(api_count(&api, "env") == 1 && strstr(api.body, rows[i].why));
    }
    CHECK(api_call(&api, GET, "/api/v1/envelopes", NULL) == 200);
    CHECK(api_count(&api, "env") == COUNT(rows) && count_cases(&api, "") == 1);
}
