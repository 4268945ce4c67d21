/* chat_test.c — a visitor of somebody's site and a colleague at the desk, over HTTP. */
#include "guests.h"

#include "../channel/chat_token.h"
#include "by_hand.h"
#include "called.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

/* Runs the jobs that are due, as a worker would; false when one fails that must not. */
static bool work(struct world *w)
{
    struct job_run run;

    for (;;) {
        if (!take_job(w, &run))
            return false;
        if (run.job.id.n == 0)
            return true;
        if (text_equal(run.job.kind, "send") && !job_send(&run, &w->err))
            return false;
        if (text_equal(run.job.kind, "chat_mail") && !job_chat_mail(&run, &w->err))
            return false;
        if (text_equal(run.job.kind, "chat_transcript") && !job_chat_transcript(&run, &w->err))
            return false;
    }
}

/* What the visitor sees; the number of messages in it. */
static int look(struct api *api, const struct guest *guest, const char *after)
{
    int n = 0;

    if (guest_call(api, guest, GET, arena_printf(api->w->mem, "messages%s", after), NULL) != 200)
        return -1;
    for (const char *at = api->body; (at = strstr(at, "\"position\":")); at++)
        n++;
    return n;
}

/* The path of the only case. */
static const char *the_case(struct api *api)
{
    const char *id;

    if (api_call(api, GET, "/api/v1/cases?status=all", NULL) != 200 || api_count(api, "cas") != 1)
        return NULL;
    id = strstr(api->body, "\"id\":\"cas_") + 6;
    return arena_printf(api->w->mem, "/api/v1/cases/%.17s", id);
}

static bool answers(struct api *api, const char *path, const char *text)
{
    return api_call(api, POST, arena_printf(api->w->mem, "%s/messages", path),
                    arena_printf(api->w->mem, "{\"text\":\"%s\"}", text)) == 201 &&
           work(api->w);
}

TEST(what_a_visitor_writes_is_a_case_and_the_answer_lies_ready_for_him)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest;
    const char *path;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    CHECK(guest.token && look(&api, &guest, "") == 0);
    CHECK(guest_write(&api, &guest, "a1", "Mijn kraan lekt") == 201);
    CHECK(says(&api, "\"position\":1") && api_text(&api, "reference"));
    path = the_case(&api);
    CHECK(path && answers(&api, path, "Waar lekt het?"));
    CHECK(look(&api, &guest, "?after=1") == 1 && says(&api, "Waar lekt het?"));
    CHECK(!says(&api, "Mijn kraan") && says(&api, "\"newest\":2"));
    CHECK(look(&api, &guest, "") == 2 && says(&api, "\"id\":\"a1\""));

    /* Nobody says that he has it before his browser does. */
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"state\":\"sent\""));
    CHECK(guest_call(&api, &guest, PUT, "presence", "{\"state\":\"here\",\"delivered\":2}") == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"state\":\"delivered\""));
    CHECK(guest_call(&api, &guest, PUT, "presence",
                     "{\"state\":\"here\",\"delivered\":1,\"read\":99}") == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"state\":\"read\""));
    CHECK(look(&api, &guest, "") == 2 && says(&api, "\"read\":2"));
    CHECK(answers(&api, path, "Bent u daar nog?"));
    CHECK(look(&api, &guest, "?after=2") == 1 && says(&api, "\"state\":\"sent\""));
}

TEST(the_same_message_twice_is_once_and_keeps_its_place)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    CHECK(guest_write(&api, &guest, "a1", "een") == 201);
    CHECK(guest_write(&api, &guest, "a2", "twee") == 201);
    CHECK(guest_write(&api, &guest, "a1", "een") == 201);
    CHECK(says(&api, "\"position\":1") && says(&api, "\"id\":\"a1\""));
    CHECK(look(&api, &guest, "") == 2);
    CHECK(the_case(&api) != NULL);
}

TEST(nobody_sees_another_visitors_chat)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest one, other, forged;
    const char *chat, *second;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    second = add_chat(&api, ",\"title\":\"Twee\",\"greeting\":\"x\"");
    CHECK(chat && !second); /* the same address twice */
    one = guest_begin(&api, chat);
    other = guest_begin(&api, chat);
    CHECK(guest_write(&api, &one, "a1", "geheim") == 201);
    CHECK(look(&api, &other, "") == 0 && !says(&api, "geheim"));
    CHECK(guest_write(&api, &other, "a1", "ook een") == 201); /* its own id */
    forged = (struct guest){ chat, arena_printf(w.mem, "%.*s%s", (int)strcspn(one.token, "."),
                                                one.token, strchr(other.token, '.')) };
    CHECK(guest_call(&api, &forged, GET, "messages", NULL) == 401);
    forged.token = NULL;
    CHECK(guest_call(&api, &forged, GET, "messages", NULL) == 401);
    CHECK(guest_write(&api, &forged, "a2", "x") == 401);
    CHECK(guest_call(&api, &forged, GET, "stream", NULL) == 401);
}

TEST(a_challenge_begins_one_chat)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest = { NULL, NULL };
    const char *json, *challenge;

    api_as(&api, ROLE_ADMIN);
    guest.chat = add_chat(&api, "");
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 200);
    challenge = api_text(&api, "challenge");
    json = arena_printf(w.mem, "{\"challenge\":\"%s\",\"number\":\"%s\"}", challenge,
                        chat_challenge_solve(w.mem, challenge));
    CHECK(guest_call(&api, &guest, POST, "visitors", json) == 201);
    CHECK(guest_call(&api, &guest, POST, "visitors", json) == 403);
    CHECK(guest_call(&api, &guest, POST, "visitors",
                     "{\"challenge\":\"1.2.3.4\",\"number\":\"1\"}") == 403);
}

TEST(outside_the_opening_hours_a_message_takes_an_address_to_answer_to)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *path;

    /* 2027-01-15 is a Friday, 09:00 in Amsterdam. */
    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ",\"hours\":\"mon-fri 09:30-17:00\""));
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 200 && says(&api, "\"is_open\":false"));
    CHECK_TEXT(api_text(&api, "opens_at"), "2027-01-15T08:30:00.000Z");
    CHECK(guest_write(&api, &guest, "a1", "Is er iemand?") == 409);
    CHECK(guest_call(&api, &guest, PUT, "contact", "{\"email\":\"jan@\"}") == 422);
    CHECK(guest_call(&api, &guest, PUT, "contact",
                     "{\"email\":\"jan@klant.example\",\"name\":\"Jan\"}") == 204);
    CHECK(guest_write(&api, &guest, "a1", "Is er iemand?") == 201);
    path = the_case(&api);
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "\"value\":\"jan@klant.example\"") && says(&api, "\"state\":\"claimed\""));
    CHECK_TEXT(api_text(&api, "person_name"), "Jan");
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/visitor", path), NULL) == 200);
    CHECK(says(&api, "\"email_is_verified\":false"));
    clock_advance(HOUR_MS);
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 200 && says(&api, "\"is_open\":true"));
}

TEST(a_chat_opens_and_closes_with_the_calendar_that_it_names)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *calendar;

    /* 2027-01-15 is a Friday, 09:00 in Amsterdam. */
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/calendars",
                   "{\"name\":\"Chat\",\"week\":[{\"day\":\"fri\",\"from\":\"08:00\","
                   "\"to\":\"18:00\"},{\"day\":\"sat\",\"from\":\"10:00\",\"to\":\"12:00\"}],"
                   "\"exceptions\":[{\"from\":\"2027-01-15\"}]}") == 201);
    calendar = arena_text(w.mem, api_text(&api, "id"));
    guest = guest_begin(&api, add_chat(&api, arena_printf(w.mem,
                                                          ",\"hours\":\"mon-fri 08:00-17:00\","
                                                          "\"calendar\":\"%s\"",
                                                          calendar)));
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 200 && says(&api, "\"is_open\":false"));
    CHECK_TEXT(api_text(&api, "opens_at"), "2027-01-16T09:00:00.000Z");
    CHECK(guest_write(&api, &guest, "a1", "Is er iemand?") == 409);
    CHECK(guest_call(&api, &guest, GET, "messages", NULL) == 200);
    CHECK(says(&api, "\"is_open\":false"));
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/calendars/%s", calendar), NULL) ==
          204);
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 200 && says(&api, "\"is_open\":true"));
}

/* A token that the site of this chat signs. */
static const char *site_signs(struct api *api, const char *chat, const char *claims)
{
    const char *secret;

    if (api_call(api, GET,
                 arena_printf(api->w->mem, "/api/v1/channels/%s/secret", chat + strlen("/chat/")),
                 NULL) != 200)
        return NULL;
    secret = api_text(api, "secret");
    return arena_printf(
        api->w->mem, "{\"token\":\"%s\"}",
        chat_token_write(api->w->mem, claims,
                         (struct bytes){ (const uint8_t *)secret, strlen(secret) }));
}

TEST(whom_the_site_signs_for_is_known_and_the_same_on_every_device)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    static const char claims[] = "{\"sub\":\"h-1042\",\"email\":\"jan@klant.example\","
                                 "\"name\":\"Jan Jansen\",\"exp\":1800000060}";
    struct guest one, other;
    const char *chat, *token, *person;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    token = site_signs(&api, chat, claims);
    one = guest_begin(&api, chat);
    other = guest_begin(&api, chat);
    CHECK(guest_call(&api, &one, PUT, "identity", "{\"token\":\"a.b.c\"}") == 401);
    CHECK(token && guest_call(&api, &one, PUT, "identity", token) == 204);
    CHECK(look(&api, &one, "") == 0 && says(&api, "\"is_known\":true"));
    CHECK(guest_write(&api, &one, "a1", "Hallo") == 201);
    CHECK(api_call(&api, GET, the_case(&api), NULL) == 200);
    CHECK_TEXT(api_text(&api, "person_name"), "Jan Jansen");
    person = api_text(&api, "person_id");
    CHECK(says(&api, "\"value\":\"h-1042\"") && says(&api, "\"state_by\":\"token\""));
    CHECK(says(&api, "\"value\":\"jan@klant.example\"") && !says(&api, "claimed"));

    CHECK(guest_write(&api, &other, "b1", "Vanaf mijn telefoon") == 201);
    CHECK(guest_call(&api, &other, PUT, "identity", token) == 204);
    CHECK(guest_write(&api, &other, "b2", "Ik ben het") == 201);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases?status=all&person=%s", person),
                   NULL) == 200);
    CHECK(api_count(&api, "cas") == 2); /* what he wrote without a name is his, too */
    CHECK(guest_call(&api, &other, PUT, "identity",
                     site_signs(&api, chat, "{\"sub\":\"h-1043\",\"exp\":1800000060}")) == 409);
    /* By this the widget knows that it has to begin anew; other conflicts have another type. */
    CHECK_TEXT(api_text(&api, "type"), "urn:gestand:chat-of-another");
    CHECK(guest_call(&api, &other, POST, "transcript", "{\"email\":\"jan@klant.example\"}") == 409);
    CHECK_TEXT(api_text(&api, "type"), "about:blank");
}

TEST(an_address_that_a_visitor_only_said_is_proven_when_the_site_signs_for_it)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *chat, *path;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    guest = guest_begin(&api, chat);
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    CHECK(guest_call(&api, &guest, PUT, "contact", "{\"email\":\"Jan@klant.example\"}") == 204);
    path = the_case(&api);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"state\":\"claimed\""));
    CHECK(guest_call(&api, &guest, PUT, "identity",
                     site_signs(&api, chat,
                                "{\"sub\":\"h-7\",\"email\":\"jan@klant.example\","
                                "\"name\":\"Jan Jansen\",\"exp\":1800000060}")) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200 && !says(&api, "\"state\":\"claimed\""));
    CHECK_TEXT(api_text(&api, "person_name"), "Jan Jansen");
}

TEST(a_colleague_sees_where_a_visitor_is_and_the_visitor_who_types)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *path, *visitor;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    path = the_case(&api);
    visitor = arena_printf(w.mem, "%s/visitor", path);
    CHECK(api_call(&api, GET, visitor, NULL) == 200 && says(&api, "\"state\":\"here\""));
    CHECK_TEXT(api_text(&api, "page"), "https://www.x.nl/huren");
    CHECK(guest_call(&api, &guest, PUT, "presence",
                     "{\"state\":\"typing\",\"page\":\"https://www.x.nl/contact\"}") == 204);
    CHECK(api_call(&api, GET, visitor, NULL) == 200 && says(&api, "\"state\":\"typing\""));
    CHECK_TEXT(api_text(&api, "page"), "https://www.x.nl/contact");
    clock_advance(VISITOR_TYPING_MS + 1);
    CHECK(api_call(&api, GET, visitor, NULL) == 200 && says(&api, "\"state\":\"away\""));
    CHECK(api_text(&api, "page") == NULL);

    CHECK(look(&api, &guest, "") == 1 && says(&api, "\"colleague\":null"));
    CHECK(api_call(&api, PUT, arena_printf(w.mem, "%s/presence", path), "{\"state\":\"typing\"}") ==
          200);
    CHECK(look(&api, &guest, "") == 1 && says(&api, "\"colleague_state\":\"typing\""));
    CHECK(!says(&api, "\"colleague\":null"));
}

TEST(a_visitor_hears_when_a_colleague_has_read_all_that_he_wrote)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *read;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    CHECK(look(&api, &guest, "") == 0 && says(&api, "\"is_seen\":false"));
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    CHECK(look(&api, &guest, "") == 1 && says(&api, "\"is_seen\":false"));
    read = arena_printf(w.mem, "%s/read", the_case(&api));
    CHECK(api_call(&api, PUT, read, NULL) == 204);
    CHECK(look(&api, &guest, "") == 1 && says(&api, "\"is_seen\":true"));
    CHECK(guest_write(&api, &guest, "a2", "Bent u daar?") == 201);
    CHECK(look(&api, &guest, "") == 2 && says(&api, "\"is_seen\":false"));
    CHECK(api_call(&api, PUT, read, NULL) == 204);
    CHECK(api_call(&api, DELETE, read, NULL) == 204); /* unread again */
    CHECK(look(&api, &guest, "") == 2 && says(&api, "\"is_seen\":false"));
}

TEST(who_is_shut_out_can_neither_write_nor_begin_again)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest, neighbour;
    const char *path, *chat;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    guest = guest_begin(&api, chat);
    CHECK(guest_write(&api, &guest, "a1", "!!!") == 201);
    path = arena_printf(w.mem, "%s/visitor/block", the_case(&api));
    CHECK(api_call(&api, POST, path, "{\"reason\":\"scheldt\"}") == 201);
    CHECK(guest_write(&api, &guest, "a2", "!!!") == 403);
    neighbour = guest_begin(&api, chat);
    CHECK(neighbour.token && guest_write(&api, &neighbour, "b1", "Hallo") == 201);
    CHECK(api_call(&api, POST, path, "{\"with_address\":true,\"hours\":1}") == 201);
    CHECK(guest_write(&api, &neighbour, "b2", "Hallo") == 403);
    CHECK(guest_begin(&api, chat).token == NULL && api.status == 403);

    CHECK(api_call(&api, GET, "/api/v1/chat-blocks", NULL) == 200);
    CHECK(api_count(&api, "blk") == 2 && says(&api, "scheldt"));
    while (api_count(&api, "blk") > 0) {
        const char *id = strstr(api.body, "blk_");
        CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/chat-blocks/%.17s", id), NULL) ==
              204);
        CHECK(api_call(&api, GET, "/api/v1/chat-blocks", NULL) == 200);
    }
    CHECK(guest_write(&api, &guest, "a3", "Sorry") == 201);
}

TEST(who_writes_too_fast_is_told_to_wait)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    int n = 0;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    while (n < 100 && guest_write(&api, &guest, arena_printf(w.mem, "a%d", n), "x") == 201)
        n++;
    CHECK(n == 30 && api.status == 429 && api_header(&api, "Retry-After"));
    clock_advance(MINUTE_MS);
    CHECK(guest_write(&api, &guest, "later", "x") == 201);
}

TEST(nobody_waits_for_what_another_visitor_wrote)
{
    enum { LOUD = 4, SENT_MAX = 30, QUIET = 300 };

    WORLD(w);
    CHAT(api, &w);
    STILL;
    const char *chat;
    struct guest guest;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    for (int i = 0; i < LOUD; i++) {
        guest = guest_begin(&api, chat);
        for (int n = 0; n < SENT_MAX; n++)
            CHECK(guest_write(&api, &guest, arena_printf(w.mem, "a%d", n), "x") == 201);
    }
    for (int i = 0; i < QUIET; i++) {
        guest = guest_begin(&api, chat);
        CHECK(guest_write(&api, &guest, "a", "x") == 201);
    }
}

TEST(a_visitors_file_hangs_on_his_message_and_only_he_and_colleagues_get_it)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest, other;
    const char *chat, *file;
    char *large = arena_alloc(w.mem, (1 << 20) + 1);

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, ",\"file_mb\":1");
    guest = guest_begin(&api, chat);
    other = guest_begin(&api, chat);
    CHECK(guest_send_file(&api, &guest, "f1", "lek <1>.png", "PNG!", 4) == 201);
    CHECK(guest_send_file(&api, &guest, "f1", "lek <1>.png", "PNG!", 4) == 201);
    CHECK(look(&api, &guest, "") == 1 && says(&api, "\"size\":4"));
    file = arena_printf(w.mem, "files/%.17s", strstr(api.body, "fil_"));
    CHECK(guest_call(&api, &guest, GET, file, NULL) == 200);
    CHECK_TEXT(api.body, "PNG!");
    CHECK(strstr(api_header(&api, "Content-Disposition"), "attachment"));
    CHECK(guest_call(&api, &other, GET, file, NULL) == 404);
    CHECK(guest_send_file(&api, &guest, "f2", "groot.png", large, (1 << 20) + 1) == 413);
    CHECK(guest_send_file(&api, &guest, "f3", "leeg.png", "", 0) == 422);
    other.token = NULL;
    CHECK(guest_send_file(&api, &other, "f4", "x.png", "PNG!", 4) == 401);
}

TEST(a_page_of_another_origin_is_not_spoken_with)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest = { NULL, NULL };

    api_as(&api, ROLE_ADMIN);
    guest.chat = add_chat(&api, ",\"origins\":\"https://www.x.nl\"");
    api.header = "Origin: https://www.x.nl";
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 403);
    api.header = arena_printf(w.mem, "Origin: http://127.0.0.1:%d", server_port(api.server));
    CHECK(guest_call(&api, &guest, GET, "site", NULL) == 200);
    CHECK(api_call(&api, GET, guest.chat, NULL) == 200);
    CHECK(strstr(api_header(&api, "Content-Security-Policy"),
                 "frame-ancestors 'self' https://www.x.nl"));
    CHECK(strstr(api_header(&api, "Content-Security-Policy"), "default-src 'none'"));
    CHECK(api_header(&api, "X-Frame-Options") == NULL);
    CHECK(api_call(&api, GET, "/chat/chn_0000000000001", NULL) == 404);
}

TEST(the_demo_page_is_there_for_the_demos_chat_and_for_no_other)
{
    WORLD(w);
    CHAT(api, &w);
    const char *chat;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/demo/%s", chat + strlen("/chat/")), NULL) ==
          404);
    CHECK(api_call(
              &api, POST, "/api/v1/channels",
              "{\"type\":\"chat\",\"name\":\"Demo\",\"settings\":{\"address\":\"" CHAT_DEMO_ADDRESS
              "\"}}") == 201);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/demo/%s", api_text(&api, "id")), NULL) == 200);
}

TEST(who_ends_his_chat_is_forgotten_and_an_answer_says_that_nobody_sees_it)
{
    WORLD(w);
    CHAT(api, &w);
    struct guest guest;
    const char *path;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    CHECK(guest_write(&api, &guest, "a1", "Laat maar") == 201);
    path = the_case(&api);
    CHECK(guest_call(&api, &guest, DELETE, "visitor", NULL) == 204);
    CHECK(guest_call(&api, &guest, GET, "messages", NULL) == 401);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/visitor", path), NULL) == 404);
    CHECK(answers(&api, path, "Zeker?"));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "Laat maar"));
    CHECK(says(&api, "\"state\":\"failed\"") && says(&api, "removed this chat"));
}

TEST(who_comes_back_long_after_it_was_done_begins_another_case)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *path;

    api_as(&api, ROLE_ADMIN);
    guest = guest_begin(&api, add_chat(&api, ""));
    CHECK(guest_write(&api, &guest, "a1", "Eerste vraag") == 201);
    path = the_case(&api);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    clock_advance(HOUR_MS);
    CHECK(guest_write(&api, &guest, "a2", "Dank u") == 201 && the_case(&api) != NULL);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    clock_advance(2 * DAY_MS);
    CHECK(guest_write(&api, &guest, "a3", "Tweede vraag") == 201 && the_case(&api) == NULL);
    CHECK(look(&api, &guest, "") == 3); /* he sees it all */
}

TEST(what_a_visitor_did_not_see_waits_for_him_as_long_as_he_is_there)
{
    WORLD(w);
    CHAT(api, &w);
    STILL;
    struct guest guest;
    const char *mail;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   "{\"type\":\"email\",\"name\":\"Mail\",\"settings\":{\"address\":"
                   "\"service@x.nl\",\"smtp_host\":\"127.0.0.1\",\"smtp_port\":1,"
                   "\"imap_password\":\"x\"}}") == 201);
    mail = arena_printf(w.mem, ",\"mail_channel\":\"%s\"", api_text(&api, "id"));
    guest = guest_begin(&api, add_chat(&api, mail));
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    CHECK(guest_call(&api, &guest, POST, "transcript", "{\"email\":\"jan@klant.example\"}") == 409);
    CHECK(guest_call(&api, &guest, PUT, "contact", "{\"email\":\"jan@klant.example\"}") == 204);
    CHECK(answers(&api, the_case(&api), "Dag Jan"));
    clock_advance(5 * MINUTE_MS + 1);
    CHECK(guest_call(&api, &guest, PUT, "presence", "{\"state\":\"here\"}") == 204);
    CHECK_OK(work(&w), &w.err); /* he is there: it looks again later */
    CHECK(guest_call(&api, &guest, PUT, "presence", "{\"state\":\"away\",\"read\":2}") == 204);
    clock_advance(5 * MINUTE_MS + 1);
    CHECK_OK(work(&w), &w.err); /* he saw it */
    CHECK(answers(&api, the_case(&api), "En nog iets"));
    clock_advance(5 * MINUTE_MS + 1);
    CHECK(!work(&w) && w.err.code == ERR_BUSY); /* it would go, but nobody is at port 1 */
    CHECK(guest_call(&api, &guest, POST, "transcript", "{\"email\":\"jan@klant.example\"}") == 204);
}

/* --- the stream ----------------------------------------------------------------------------- */

static void hang_up(int *fd)
{
    close(*fd);
}

static int open_stream(const struct api *api, const struct guest *guest)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)server_port(api->server)),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    const char *request =
        arena_printf(api->w->mem, "GET %s/stream HTTP/1.1\r\nHost: x\r\nX-Visitor: %s\r\n\r\n",
                     guest->chat, guest->token);
    struct timeval wait = { .tv_sec = 10 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) != 0 ||
        send(fd, request, strlen(request), MSG_NOSIGNAL) < 0)
        return -1;
    return fd;
}

/* Reads until so many hints came. */
static bool hears(int fd, int hints)
{
    char text[4096];
    size_t len = 0;
    int n = 0;

    while (n < hints && len < sizeof(text) - 1) {
        ssize_t got = recv(fd, text + len, sizeof(text) - 1 - len, 0);
        if (got <= 0)
            return false;
        len += (size_t)got;
        text[len] = '\0';
        n = 0;
        for (const char *at = text; (at = strstr(at, "event: news")); at++)
            n++;
    }
    return n >= hints;
}

/* Nothing came by now but what keeps the line alive. */
static bool heard_nothing(int fd)
{
    char text[4096];
    ssize_t got = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);

    text[got > 0 ? got : 0] = '\0';
    return !strstr(text, "event: news");
}

TEST(a_visitors_stream_hints_at_his_own_news_and_at_nobody_elses)
{
    WORLD(w);
    CHAT(api, &w);
    CLEANUP(hang_up) int fd = -1;
    CLEANUP(hang_up) int others = -1;
    struct guest guest, other;
    const char *chat;

    api_as(&api, ROLE_ADMIN);
    chat = add_chat(&api, "");
    guest = guest_begin(&api, chat);
    other = guest_begin(&api, chat);
    called("GET", arena_printf(w.mem, "%s/stream", chat), 200);
    fd = open_stream(&api, &guest);
    others = open_stream(&api, &other);
    /* At the beginning: ask what there is. */
    CHECK(fd >= 0 && others >= 0 && hears(fd, 1) && hears(others, 1));
    CHECK(guest_write(&api, &other, "b1", "Iets anders") == 201);
    server_has_news(api.server, WAKE_PRESENCE);
    CHECK(hears(others, 1)); /* now it was looked for whom there is news */
    CHECK(heard_nothing(fd));
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    server_has_news(api.server, WAKE_PRESENCE);
    CHECK(hears(fd, 1));
}
