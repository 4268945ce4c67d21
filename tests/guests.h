/* guests.h — for tests: a chat channel, and visitors who write to it over HTTP. */
#pragma once

#include "../src/channel/chat_challenge.h"
#include "../src/domain/calendars/calendars.h"
#include "../src/domain/files/files.h"
#include "../src/domain/presence/presence.h"
#include "../src/domain/read_marks/read_marks.h"
#include "../src/pipeline/chat.h"
#include "desk.h"

#include <curl/curl.h>

#define CHAT(api, w)                                                                               \
    API(api, w, &case_routes, &channel_routes, &message_routes, &outbox_routes, &person_routes,    \
        &identity_routes, &presence_routes, &visitor_routes, &chat_begin_routes, &chat_in_routes,  \
        &chat_visit_routes, &read_mark_routes, &calendar_routes, &file_routes)

/* The clock stands: on Friday 15 January 2027, at 09:00 in Amsterdam. */
#define STILL                                                                                      \
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1800000000000 }), 0);                   \
    (void)still

struct guest {
    const char *chat;  /* "/chat/chn_…" */
    const char *token; /* of X-Visitor */
};

/* Connects a chat with these more settings (`,"title":…`); "/chat/chn_…", NULL when refused. */
static inline const char *add_chat(struct api *api, const char *more)
{
    const char *json =
        arena_printf(api->w->mem,
                     "{\"type\":\"chat\",\"name\":\"Site\",\"settings\":{\"address\":\"www.x.nl\","
                     "\"challenge_bits\":1%s}}",
                     more);

    if (api_call(api, POST, "/api/v1/channels", json) != 201)
        return NULL;
    return arena_printf(api->w->mem, "/chat/%s", api_text(api, "id"));
}

/* A request of a page: nobody's login goes along. */
static inline int guest_call(struct api *api, const struct guest *guest, enum method method,
                             const char *path, const char *json)
{
    const char *token = api->token, *cookie = api->cookie;
    int status;

    api->token = api->cookie = NULL;
    if (guest->token)
        api->header = arena_printf(api->w->mem, "X-Visitor: %s", guest->token);
    status = api_call(api, method, arena_printf(api->w->mem, "%s/%s", guest->chat, path), json);
    api->token = token;
    api->cookie = cookie;
    return status;
}

/* Somebody opens the chat; without a token when he may not. */
static inline struct guest guest_begin(struct api *api, const char *chat)
{
    struct guest guest = { chat, NULL };
    const char *challenge, *number;

    if (guest_call(api, &guest, GET, "site", NULL) != 200)
        return guest;
    challenge = api_text(api, "challenge");
    number = chat_challenge_solve(api->w->mem, challenge);
    if (guest_call(api, &guest, POST, "visitors",
                   arena_printf(api->w->mem,
                                "{\"challenge\":\"%s\",\"number\":\"%s\",\"language\":\"nl\","
                                "\"page\":\"https://www.x.nl/huren\"}",
                                challenge, number)) == 201)
        guest.token = api_text(api, "token");
    return guest;
}

static inline int guest_write(struct api *api, const struct guest *guest, const char *id,
                              const char *text)
{
    return guest_call(api, guest, POST, "messages",
                      arena_printf(api->w->mem, "{\"id\":\"%s\",\"text\":\"%s\"}", id, text));
}

static inline void add_part(curl_mime *form, const char *name, const char *file, const void *data,
                            size_t len)
{
    curl_mimepart *part = curl_mime_addpart(form);

    curl_mime_name(part, name);
    curl_mime_data(part, data, len);
    if (file)
        curl_mime_filename(part, file);
    if (file)
        curl_mime_type(part, "image/png");
}

static inline int guest_send_file(struct api *api, const struct guest *guest, const char *id,
                                  const char *name, const char *data, size_t len)
{
    curl_mime *form = curl_mime_init(api->curl);

    add_part(form, "id", NULL, id, strlen(id));
    add_part(form, "file", name, data, len);
    api->form = form;
    return guest_call(api, guest, POST, "files", NULL);
}
