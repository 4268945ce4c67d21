/* chat_mail_test.c — a chat that goes on by mail: what is in that mail. */
#include "sending.h"

#include "../base/text.h"

/* A visitor who left his address, in a chat that goes on over this mailbox. */
static struct guest guest_with_mail(struct mailbox *box)
{
    struct api *api = box->api;
    struct guest guest;

    guest = guest_begin(
        api, add_chat(api, arena_printf(api->w->mem, ",\"file_mb\":20,\"mail_channel\":\"%s\"",
                                        id_text("chn", box->channel.n).s)));
    if (guest_write(api, &guest, "a1", "Hallo") != 201 ||
        guest_call(api, &guest, PUT, "contact", "{\"email\":\"jan@klant.example\"}") != 204)
        guest.token = NULL;
    return guest;
}

static bool answers(struct api *api, const char *json)
{
    const char *path = arena_printf(api->w->mem, "%s/messages", first_case(api, "?status=all"));

    return api_call(api, POST, path, json) == 201 && run_jobs(api->w, "send", job_send);
}

/* A colleague's file, ready to go with a message; NULL when it isn't taken. */
static const char *upload(struct api *api, const char *name, const char *bytes)
{
    const char *json = arena_printf(
        api->w->mem, "{\"name\":\"%s\",\"type\":\"image/png\",\"size\":%zu}", name, strlen(bytes));
    const char *id;

    if (api_call(api, POST, "/api/v1/files", json) != 201)
        return NULL;
    id = api_text(api, "id");
    api->header = "Upload-Offset: 0";
    return api_call(api, PATCH, arena_printf(api->w->mem, "/api/v1/files/%s", id), bytes) < 300
               ? id
               : NULL;
}

TEST(a_file_that_a_visitor_missed_is_in_the_mail_that_he_gets)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest = guest_with_mail(&box);
    const char *file = upload(&api, "schema.png", "the bytes of a drawing");

    CHECK(guest.token && file);
    CHECK(answers(&api,
                  arena_printf(w.mem, "{\"text\":\"Zie het schema\",\"files\":[\"%s\"]}", file)));
    CHECK(guest_call(&api, &guest, PUT, "presence", "{\"state\":\"away\"}") == 204);
    clock_advance(6 * MINUTE_MS);
    CHECK_OK(run_jobs(&w, "chat_mail", job_chat_mail), &w.err);
    CHECK(strstr(taker.mail, "Zie het schema") && strstr(taker.mail, "[schema.png]"));
    CHECK(strstr(taker.mail, "filename=schema.png"));
    CHECK(strstr(taker.mail, "dGhlIGJ5dGVzIG9mIGEgZHJhd2luZw==")); /* in base64 */
}

TEST(the_whole_of_a_chat_has_its_files_as_far_as_they_fit_and_names_the_others)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest = guest_with_mail(&box);
    size_t large = 18 << 20;
    char *bytes = arena_alloc(w.mem, large);

    memset(bytes, 'x', large);
    CHECK(guest.token != NULL);
    CHECK(guest_send_file(&api, &guest, "f1", "lek.png", "PNG!", 4) == 201);
    CHECK(guest_send_file(&api, &guest, "f2", "een.png", bytes, large) == 201);
    CHECK(guest_send_file(&api, &guest, "f3", "twee.png", bytes, large) == 201);
    CHECK(answers(&api, "{\"text\":\"Dank u\"}"));
    CHECK(guest_call(&api, &guest, POST, "transcript", "{\"email\":\"jan@klant.example\"}") == 204);
    CHECK_OK(run_jobs(&w, "chat_transcript", job_chat_transcript), &w.err);
    CHECK(strstr(taker.mail, "[lek.png]") && strstr(taker.mail, "[een.png]"));
    CHECK(strstr(taker.mail, "UE5HIQ=="));
    CHECK(strstr(taker.mail, "[twee.png: past niet in deze mail en staat in de chat]"));
    CHECK(!strstr(taker.mail, "filename=twee.png"));
    CHECK(api_call(&api, GET, first_case(&api, "?status=all"), NULL) == 200);
    CHECK(strstr(api.body, "\"chat.transcript_mailed\""));
}

/* What the visitor missed goes to him by mail. */
static bool gets_mail(struct api *api, const struct guest *guest)
{
    if (!answers(api, "{\"text\":\"Dag Jan\"}") ||
        guest_call(api, guest, PUT, "presence", "{\"state\":\"away\"}") != 204)
        return false;
    clock_advance(6 * MINUTE_MS);
    return run_jobs(api->w, "chat_mail", job_chat_mail);
}

/* The value of a header of the newest mail, of one line. */
static const char *taken_header(struct world *w, const struct mail_taker *taker, const char *name)
{
    const char *at = strstr(taker->mail, arena_printf(w->mem, "\r\n%s: ", name));

    at = at ? at + strlen(name) + 4 : NULL;
    return at ? arena_text_n(w->mem, at, strcspn(at, "\r")) : NULL;
}

static bool shows(struct api *api, const char *words)
{
    return api_call(api, GET, first_case(api, "?status=all"), NULL) == 200 &&
           strstr(api->body, words);
}

#define PROVEN                                                                                     \
    "\"value\":\"jan@klant.example\",\"label\":\"jan@klant.example\",\"state\":\"verified\""

TEST(who_answers_the_mail_of_a_chat_has_shown_that_the_address_is_his)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest = guest_with_mail(&box);
    const char *refers;

    CHECK(guest.token && gets_mail(&api, &guest));
    refers = arena_printf(w.mem, "In-Reply-To: %s\r\n", taken_header(&w, &taker, "Message-ID"));
    /* Whom he forwarded it to has shown nothing. */
    CHECK_OK(deliver(&box, mail(&box, "a@x", "piet@elders.example", "Re", refers, "Ik")), &w.err);
    CHECK(shows(&api, "\"proof\":\"said\"") && strstr(api.body, "\"state\":\"claimed\""));
    CHECK_OK(deliver(&box, mail(&box, "b@x", "Jan Bos <Jan@klant.example>", "Re", refers, "Ja")),
             &w.err);
    CHECK(count_cases(&api, "?status=all") == 1);
    CHECK(shows(&api, "\"messages_n\":4") && strstr(api.body, "\"proof\":\"proven\""));
    CHECK(strstr(api.body, PROVEN));
}

TEST(what_our_server_found_to_be_forged_proves_nothing_by_the_mail_of_a_chat)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest = guest_with_mail(&box);
    const char *refers;

    CHECK(guest.token && gets_mail(&api, &guest));
    refers = arena_printf(w.mem,
                          "In-Reply-To: %s\r\n"
                          "Authentication-Results: mx.bedrijf.example; dmarc=fail\r\n",
                          taken_header(&w, &taker, "Message-ID"));
    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Re", refers, "Ja")), &w.err);
    CHECK(shows(&api, "\"messages_n\":3") && strstr(api.body, "\"proof\":\"refuted\""));
    CHECK(!strstr(api.body, PROVEN));
}

TEST(the_token_of_a_chat_mail_proves_no_other_address)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest = guest_with_mail(&box);
    const char *token, *to;

    /* He gets a mail at his own address, says that he has another one, and writes as from there. */
    CHECK(guest.token && gets_mail(&api, &guest));
    token = strchr(taken_header(&w, &taker, "Message-ID"), '+');
    to =
        arena_printf(w.mem, "Cc: service%.*s@bedrijf.example\r\n", (int)strcspn(token, "@"), token);
    CHECK(guest_call(&api, &guest, PUT, "contact", "{\"email\":\"els@klant.example\"}") == 204);
    CHECK_OK(deliver(&box, mail(&box, "a@x", "els@klant.example", "Re", to, "Ik ben Els")), &w.err);
    CHECK(count_cases(&api, "?status=all") == 1);
    CHECK(shows(&api, "\"messages_n\":3") && !strstr(api.body, "\"proof\":\"proven\""));
    CHECK(!strstr(api.body, "els@klant.example\",\"state\":\"verified\""));
    /* As from where he got it, it does. */
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", "Re", to, "Ik")), &w.err);
    CHECK(shows(&api, "\"proof\":\"proven\"") && strstr(api.body, PROVEN));
}

TEST(an_address_that_another_customer_has_stays_his_when_he_answers_the_mail_of_a_chat)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest;

    CHECK(api_call(&api, POST, "/api/v1/people", "{\"name\":\"De Bakker\"}") == 201);
    CHECK(api_call(&api, POST,
                   arena_printf(w.mem, "/api/v1/people/%s/identities", api_text(&api, "id")),
                   "{\"kind\":\"email\",\"value\":\"jan@klant.example\"}") == 201);
    guest = guest_with_mail(&box);
    CHECK(guest.token && gets_mail(&api, &guest));
    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Re",
                                arena_printf(w.mem, "In-Reply-To: %s\r\n",
                                             taken_header(&w, &taker, "Message-ID")),
                                "Wat is dit?")),
             &w.err);
    CHECK(count_cases(&api, "?status=all") == 1);
    CHECK(shows(&api, "\"proof\":\"proven\""));
    CHECK(!strstr(api.body, "\"person_name\":\"De Bakker\""));
    CHECK(strstr(api.body, "\"state\":\"claimed\""));
}

TEST(what_goes_on_by_mail_of_a_demo_leads_nowhere_and_counts_as_sent)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest = guest_with_mail(&box);

    CHECK(change(&api, arena_printf(w.mem, "/api/v1/channels/%s", id_text("chn", box.channel.n).s),
                 "{\"is_demo\":true}") == 200);
    CHECK(guest.token && gets_mail(&api, &guest));
    CHECK(taker.mail[0] == '\0' && shows(&api, "\"chat.mailed\""));
}
