/* sending.h — for tests: a mailbox whose mails go to a server of the test, and visitors of a chat.
 */
#pragma once

#include "guests.h"
#include "mail_taker.h"
#include "mailbox.h"

/* A mailbox that sends by a server of the test. */
static inline bool open_sender(struct mailbox *box, struct api *api, const struct mail_taker *taker)
{
    const char *id;

    *box = (struct mailbox){ .w = api->w, .api = api };
    api_as(api, ROLE_ADMIN);
    if (api_call(api, POST, "/api/v1/channels",
                 arena_printf(api->w->mem,
                              "{\"type\":\"email\",\"name\":\"Mail\",\"settings\":{\"address\":"
                              "\"service@bedrijf.example\",\"smtp_host\":\"127.0.0.1\","
                              "\"smtp_port\":%d,\"smtp_security\":\"plain\","
                              "\"checked_by\":\"mx.bedrijf.example\"}}",
                              taker->port)) != 201)
        return false;
    id = api_text(api, "id");
    return id_read("chn", id, strlen(id), &box->channel.n);
}

#define SENDER(box, w, api, taker)                                                                 \
    CHAT(api, w);                                                                                  \
    struct mail_taker taker;                                                                       \
    struct mailbox box;                                                                            \
    CHECK(mail_taker_start(&taker));                                                               \
    CLEANUP(mail_taker_stop) struct mail_taker *stopped = &taker;                                  \
    (void)stopped;                                                                                 \
    CHECK(open_sender(&box, &api, &taker))
