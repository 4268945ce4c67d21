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
