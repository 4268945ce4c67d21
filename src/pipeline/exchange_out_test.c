/* exchange_out_test.c — an app that fetches what we answer, with nothing but its channel's secret.
 */
#include "desk.h"

#include "../channel/api.h"
#include "../domain/files/files.h"
#include "by_hand.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

/* A channel whose secret is known; its path. */
static const char *add_app(struct api *api, const char *name)
{
    const char *json = arena_printf(api->w->mem,
                                    "{\"type\":\"api\",\"name\":\"%s\",\"settings\":{\"address\":"
                                    "\"%s\",\"secret\":\"" SECRET "\"}}",
                                    name, name);

    if (api_call(api, POST, "/api/v1/channels", json) != 201)
        return NULL;
    return arena_printf(api->w->mem, "/api/v1/channels/%s", api_text(api, "id"));
}

/* As the app, that knows no login. */
static int call_signed(struct api *api, enum method method, const char *path, const char *body)
{
    const char *token = api->token, *cookie = api->cookie;
    int64_t now_s = clock_wall().ms / SECOND_MS;
    struct bytes bytes = { (const uint8_t *)body, body ? strlen(body) : 0 };
    int status;

    api->token = api->cookie = NULL;
    api->header = arena_printf(api->w->mem,
                               "webhook-id: 1\r\nwebhook-timestamp: %lld\r\nwebhook-signature: %s",
                               (long long)now_s, api_sign(api->w->mem, SECRET, "1", now_s, bytes));
    status = api_call(api, method, path, body);
    api->token = token;
    api->cookie = cookie;
    return status;
}

/* The id of an upload of these words. */
static const char *upload(struct api *api, const char *name, const char *words)
{
    const char *id;

    if (api_call(api, POST, "/api/v1/files",
                 arena_printf(api->w->mem, "{\"name\":\"%s\",\"type\":\"text/plain\",\"size\":%zu}",
                              name, strlen(words))) != 201)
        return NULL;
    id = api_text(api, "id");
    api->header = "Upload-Offset: 0";
    if (api_call(api, PATCH, arena_printf(api->w->mem, "/api/v1/files/%s", id), words) != 200)
        return NULL;
    return id;
}

struct answered {
    const char *path, *reference; /* the case's */
    const char *id, *file;        /* of the answer */
};

/* A customer writes in a thread, and is answered with a file. */
static struct answered answer_in(struct api *api, const char *channel)
{
    struct answered out = { 0 };

    if (api_call(
            api, POST, arena_printf(api->w->mem, "%s/messages", channel),
            "{\"external_id\":\"1\",\"from\":\"jan\",\"thread\":\"draad-7\",\"subject\":\"Lek\","
            "\"text\":\"Het lekt\"}") != 201)
        return out;
    out.path = arena_printf(api->w->mem, "/api/v1/cases/%s", api_text(api, "case_id"));
    out.reference = api_text(api, "reference");
    out.file = upload(api, "plan.txt", "Morgen om tien.");
    if (api_call(api, POST, arena_printf(api->w->mem, "%s/messages", out.path),
                 arena_printf(api->w->mem, "{\"text\":\"Zie het plan\",\"files\":[\"%s\"]}",
                              out.file)) == 201)
        out.id = api_text(api, "id");
    return out;
}

#define APP(api, w)                                                                                \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &exchange_out_routes,         \
        &message_routes, &file_routes);                                                            \
    api_as(&api, ROLE_ADMIN)

TEST(who_fetches_an_answer_is_told_what_a_webhook_would_be)
{
    APP(api, w);
    const char *app = add_app(&api, "App");
    struct answered answered = answer_in(&api, app);

    CHECK(answered.id != NULL);
    CHECK(call_signed(&api, GET, arena_printf(w.mem, "%s/outgoing", app), NULL) == 200);
    CHECK(api_count(&api, "msg") == 1 && says(&api, answered.id));
    CHECK(says(&api, "\"to\":\"jan\"") && says(&api, "\"thread\":\"draad-7\""));
    CHECK(says(&api, arena_printf(w.mem, "\"reference\":\"%s\"", answered.reference)));
    CHECK(says(&api, "\"subject\":\"Re: Lek\"") || says(&api, "\"subject\":\"Lek\""));
    CHECK(says(&api, "\"text\":\"Zie het plan\"") && says(&api, "\"at\":\"20"));
    CHECK(says(&api, arena_printf(w.mem,
                                  "\"files\":[{\"id\":\"%s\",\"name\":\"plan.txt\",\"type\":"
                                  "\"text/plain\",\"size\":15}]",
                                  answered.file)));
}

TEST(who_signs_for_a_channel_gets_the_files_that_lie_ready_there_and_no_others)
{
    APP(api, w);
    const char *app = add_app(&api, "App"), *other = add_app(&api, "Ander");
    struct answered answered = answer_in(&api, app);
    const char *loose = upload(&api, "los.txt", "Van niemand."), *file, *message;

    CHECK(answered.id && loose);
    message = arena_printf(w.mem, "%s/outgoing/%s", app, answered.id);
    file = arena_printf(w.mem, "%s/files/%s", message, answered.file);
    CHECK(call_signed(&api, GET, file, NULL) == 200);
    CHECK_TEXT(api.body, "Morgen om tien.");
    CHECK(strstr(api_header(&api, "Content-Disposition"), "plan.txt"));

    CHECK(call_signed(&api, GET, arena_printf(w.mem, "%s/files/%s", message, loose), NULL) == 404);
    CHECK(call_signed(
              &api, GET,
              arena_printf(w.mem, "%s/outgoing/%s/files/%s", other, answered.id, answered.file),
              NULL) == 404);
    api.header = "webhook-id: 1\r\nwebhook-timestamp: 2\r\nwebhook-signature: v1,AAAA";
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, file, NULL) == 401);
    /* Once it is delivered nothing more of it goes out. */
    CHECK(call_signed(&api, POST, arena_printf(w.mem, "%s/state", message),
                      "{\"state\":\"delivered\"}") == 204);
    CHECK(call_signed(&api, GET, file, NULL) == 404);
}
