/* house.h — for tests: an organisation that is reached by mail, SMS, chat and a network that
 * everybody reads, and Jan who writes to it.
 */
#pragma once

#include "../src/channel/sms_kannel.h"
#include "../src/domain/cases/begin.h"
#include "../src/domain/cases/merge.h"
#include "../src/domain/cases/ways.h"
#include "../src/domain/drafts/drafts.h"
#include "../src/domain/journeys/journeys.h"
#include "../src/domain/labels/labels.h"
#include "../src/domain/notes/notes.h"
#include "../src/pipeline/hooks.h"
#include "api.h"
#include "by_hand.h"
#include "guests.h"

#define SECRET "een-geheim-van-de-proef"
#define NUMBER "%%2B31612345678"

/* An organisation that is reached by mail, SMS, chat and a network that everybody reads. */
struct house {
    struct world *w;
    struct api *api;
    const char *mail, *sms, *chat, *net; /* ids of channels */
    channel_id mailbox;
};

static inline const char *add(struct house *house, const char *json)
{
    return api_call(house->api, POST, "/api/v1/channels", json) == 201 ? api_text(house->api, "id")
                                                                       : NULL;
}

static inline bool open_house(struct house *house, struct world *w, struct api *api)
{
    *house = (struct house){ .w = w, .api = api };
    api_as(api, ROLE_ADMIN);
    house->mail = add(house, "{\"type\":\"email\",\"name\":\"Mail\",\"settings\":{\"address\":"
                             "\"service@bedrijf.example\",\"has_reply_token\":true,"
                             "\"imap_host\":\"127.0.0.1\",\"imap_password\":\"geheim\"}}");
    house->sms = add(house, "{\"type\":\"sms_kannel\",\"name\":\"SMS\",\"settings\":{"
                            "\"address\":\"1008\",\"send_url\":\"http://127.0.0.1:1/sendsms\","
                            "\"username\":\"gestand\",\"password\":\"geheim\","
                            "\"our_url\":\"https://bedrijf.test/\",\"secret\":\"" SECRET "\"}}");
    house->chat = add(house, "{\"type\":\"chat\",\"name\":\"Site\",\"settings\":{\"address\":"
                             "\"www.x.nl\",\"challenge_bits\":1}}");
    house->net = add(house, "{\"type\":\"api\",\"name\":\"Net\",\"settings\":{\"address\":"
                            "\"@bedrijf\",\"is_public\":true,\"window_hours\":24,"
                            "\"text_unit\":\"graphemes\",\"text_max\":20}}");
    return house->mail && house->sms && house->chat && house->net &&
           id_read("chn", house->mail, strlen(house->mail), &house->mailbox.n);
}

#define HOUSE(house, w)                                                                            \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &way_routes, &channel_routes, &message_routes, &outbox_routes,      \
        &person_routes, &identity_routes, &presence_routes, &visitor_routes, &chat_begin_routes,   \
        &chat_in_routes, &chat_visit_routes, &exchange_in_routes, &hook_kannel_routes,             \
        &draft_routes, &journey_routes, &conversation_routes, &case_begin_routes,                  \
        &case_merge_routes, &note_routes, &label_routes);                                          \
    struct house house;                                                                            \
    CHECK_OK(open_house(&house, &w, &api), &w.err)

static inline const char *newest(struct house *house)
{
    if (api_call(house->api, GET, "/api/v1/cases?status=all&sort=newest", NULL) != 200 ||
        api_count(house->api, "cas") == 0)
        return NULL;
    return arena_printf(house->w->mem, "/api/v1/cases/%.17s",
                        strstr(house->api->body, "\"id\":\"cas_") + 6);
}

/* A mail from Jan; the path of the case that it is in. */
static inline const char *mails(struct house *house, const char *id, const char *to,
                                const char *subject)
{
    const char *text = arena_printf(house->w->mem,
                                    "From: Jan <jan@klant.example>\r\nTo: %s\r\n"
                                    "Message-ID: <%s>\r\nSubject: %s\r\n\r\nDag.\r\n",
                                    to, id, subject);
    struct received item = {
        .raw = { (const uint8_t *)text, strlen(text) }
    };
    size_t n;

    return pipeline_receive(house->w->store, &house->w->scope, house->mailbox, &item, 1, NULL, NULL,
                            &n, &house->w->err) &&
                   run_jobs(house->w, "inbound", job_inbound)
               ? newest(house)
               : NULL;
}

static inline bool texts(struct house *house, const char *id, const char *text)
{
    const char *path =
        arena_printf(house->w->mem, "/api/v1/channels/%s/kannel/" SECRET "?from=" NUMBER "&id=%s",
                     house->sms, id);

    return api_call(house->api, POST, path, text) == 200 &&
           run_jobs(house->w, "inbound", job_inbound);
}

static inline int answers(struct house *house, const char *path, const char *json)
{
    return api_call(house->api, POST, arena_printf(house->w->mem, "%s/messages", path), json);
}

static inline int answers_by(struct house *house, const char *path, const char *channel,
                             const char *text)
{
    return answers(
        house, path,
        arena_printf(house->w->mem, "{\"channel_id\":\"%s\",\"text\":\"%s\"}", channel, text));
}
