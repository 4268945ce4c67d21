/* automatic_test.c — what a mail of ours says of who wrote it, a person or nobody. */
#include "guests.h"
#include "sending.h"

#define AUTOMATIC "\r\nAuto-Submitted: auto-generated\r\n"

TEST(what_goes_on_by_mail_from_a_chat_says_that_no_person_wrote_it)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest;
    const char *answer, *path;

    guest = guest_begin(&api, add_chat(&api, arena_printf(w.mem, ",\"mail_channel\":\"%s\"",
                                                          id_text("chn", box.channel.n).s)));
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    CHECK(guest_call(&api, &guest, PUT, "contact", "{\"email\":\"jan@klant.example\"}") == 204);
    path = first_case(&api, "?status=all");
    answer = arena_printf(w.mem, "%s/messages", path);
    CHECK(api_call(&api, POST, answer, "{\"text\":\"Dag Jan\"}") == 201);
    CHECK_OK(run_jobs(&w, "send", job_send), &w.err);
    CHECK(guest_call(&api, &guest, PUT, "presence", "{\"state\":\"away\"}") == 204);
    clock_advance(6 * MINUTE_MS);
    CHECK_OK(run_jobs(&w, "chat_mail", job_chat_mail), &w.err);
    CHECK(strstr(taker.mail, "Dag Jan") && strstr(taker.mail, AUTOMATIC));
    taker.mail[0] = '\0';
    CHECK(guest_call(&api, &guest, POST, "transcript", "{\"email\":\"jan@klant.example\"}") == 204);
    CHECK_OK(run_jobs(&w, "chat_transcript", job_chat_transcript), &w.err);
    CHECK(strstr(taker.mail, "Hallo") && strstr(taker.mail, AUTOMATIC));
    CHECK(api_call(&api, GET, path, NULL) == 200); /* its history tells one from the other */
    CHECK(strstr(api.body, "\"chat.mailed\"") && strstr(api.body, "\"chat.transcript_mailed\""));
}

TEST(who_missed_an_answer_and_got_no_mail_of_it_either_waits_again)
{
    WORLD(w);
    STILL;
    SENDER(box, &w, api, taker);
    struct guest guest;
    const char *path;

    taker.refuses = true;
    guest = guest_begin(&api, add_chat(&api, arena_printf(w.mem, ",\"mail_channel\":\"%s\"",
                                                          id_text("chn", box.channel.n).s)));
    CHECK(guest_write(&api, &guest, "a1", "Hallo") == 201);
    CHECK(guest_call(&api, &guest, PUT, "contact", "{\"email\":\"jan@klant.example\"}") == 204);
    path = first_case(&api, "?status=all");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Dag Jan\"}") == 201);
    CHECK_OK(run_jobs(&w, "send", job_send), &w.err);
    CHECK(guest_call(&api, &guest, PUT, "presence", "{\"state\":\"away\"}") == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "waiting");
    clock_advance(6 * MINUTE_MS);
    CHECK_OK(run_jobs(&w, "chat_mail", job_chat_mail), &w.err);
    CHECK(api_call(&api, GET, path, NULL) == 200 && strstr(api.body, "\"chat.mail_failed\""));
    CHECK_TEXT(api_text(&api, "status"), "open");
    CHECK(!strstr(api.body, "\"waiting_since\":null"));
}

TEST(what_a_colleague_answers_by_mail_says_nothing_of_machines)
{
    WORLD(w);
    SENDER(box, &w, api, taker);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", first_case(&api, "")),
                   "{\"text\":\"Antwoord\"}") == 201);
    CHECK_OK(run_jobs(&w, "send", job_send), &w.err);
    CHECK(strstr(taker.mail, "Antwoord") && !strstr(taker.mail, "Auto-Submitted"));
}
