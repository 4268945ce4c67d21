/* mailbox.h — for tests of what comes in by mail: a mail channel whose mails and jobs the test
 * hands in and runs itself.
 */
#pragma once

#include "../src/domain/people/people.h"
#include "../src/pipeline/pipeline.h"
#include "api.h"
#include "by_hand.h"
#include "test.h"

#include <string.h>

/* A mailbox of the world, and what its jobs do, run by the test itself. */
struct mailbox {
    struct world *w;
    struct api *api;
    channel_id channel;
    unsigned reports_n;
};

static inline bool open_mailbox(struct mailbox *box, struct world *w, struct api *api)
{
    const char *id;

    *box = (struct mailbox){ .w = w, .api = api };
    api_as(api, ROLE_ADMIN);
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"email\",\"name\":\"Mail\",\"settings\":{\"address\":"
                 "\"service@bedrijf.example\",\"has_reply_token\":true,\"checked_by\":\"MX.bedrijf."
                 "example\",\"imap_host\":\"127.0.0.1\","
                 "\"imap_password\":\"geheim\"}}") != 201)
        return false;
    id = api_text(api, "id");
    return id_read("chn", id, strlen(id), &box->channel.n);
}

/* Runs the jobs that are due, as a worker would; false when one of the kind `inbound` fails. */
static inline bool run_inbound(struct mailbox *box)
{
    return run_jobs(box->w, "inbound", job_inbound);
}

/* A mail comes in, as a folder's reader says of it, and is understood. */
static inline bool receive(struct mailbox *box, const char *mail, struct received item)
{
    size_t n;

    item.raw = (struct bytes){ (const uint8_t *)mail, strlen(mail) };
    return pipeline_receive(box->w->store, &box->w->scope, box->channel, &item, 1, NULL, NULL, &n,
                            &box->w->err) &&
           run_inbound(box);
}

static inline bool deliver(struct mailbox *box, const char *mail)
{
    return receive(box, mail, (struct received){ 0 });
}

/* A mail of these values. */
static inline const char *mail(struct mailbox *box, const char *id, const char *from,
                               const char *subject, const char *more, const char *text)
{
    return arena_printf(box->w->mem,
                        "From: %s\r\nTo: service@bedrijf.example\r\nMessage-ID: <%s>\r\n"
                        "Subject: %s\r\n%s\r\n%s\r\n",
                        from, id, subject, more, text);
}

static inline int count_cases(struct api *api, const char *query)
{
    int n = 0;

    if (api_call(api, GET, arena_printf(api->w->mem, "/api/v1/cases%s", query), NULL) != 200)
        return -1;
    for (const char *at = api->body; (at = strstr(at, "\"id\":\"cas_")); at += 10)
        n++;
    return n;
}

/* The first case of a list. */
static inline const char *first_case(struct api *api, const char *query)
{
    const char *id;

    if (count_cases(api, query) < 1)
        return NULL;
    id = arena_text_n(api->w->mem, strstr(api->body, "\"id\":\"cas_") + 6, 17);
    return arena_printf(api->w->mem, "/api/v1/cases/%s", id);
}

#define MAILBOX(box, w, api)                                                                       \
    API(api, w, &case_routes, &channel_routes, &envelope_routes, &message_routes, &outbox_routes,  \
        &person_routes);                                                                           \
    struct mailbox box;                                                                            \
    CHECK_OK(open_mailbox(&box, w, &api), &(w)->err)
