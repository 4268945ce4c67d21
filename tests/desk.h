/* desk.h — for tests: a desk with one API channel, and messages that really come in. */
#pragma once

#include "../src/base/text.h"
#include "../src/domain/labels/labels.h"
#include "../src/domain/notes/notes.h"
#include "../src/domain/people/people.h"
#include "../src/pipeline/pipeline.h"
#include "api.h"
#include "test.h"

#include <string.h>

#define DESK(api, w)                                                                               \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &exchange_out_routes,          \
        &message_routes, &outbox_routes, &label_routes, &person_routes, &note_routes)

/* Connects an API channel; its path. */
static inline const char *add_channel(struct api *api)
{
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"api\",\"name\":\"App\",\"settings\":{\"address\":\"app\"}}") != 201)
        return NULL;
    return arena_printf(api->w->mem, "/api/v1/channels/%s", api_text(api, "id"));
}

/* A message comes in; the path of its case. */
static inline const char *arrive(struct api *api, const char *channel, const char *id,
                                 const char *from, const char *text)
{
    const char *path = arena_printf(api->w->mem, "%s/messages", channel);
    const char *json = arena_printf(
        api->w->mem, "{\"external_id\":\"%s\",\"from\":\"%s\",\"text\":\"%s\"}", id, from, text);

    if (api_call(api, POST, path, json) != 201)
        return NULL;
    return arena_printf(api->w->mem, "/api/v1/cases/%s", api_text(api, "case_id"));
}

static inline bool says(const struct api *api, const char *words)
{
    return strstr(api->body, words) != NULL;
}

/* Changes the case as it is now. */
static inline int change(struct api *api, const char *path, const char *json)
{
    if (api_call(api, GET, path, NULL) != 200)
        return api->status;
    api->header = arena_printf(api->w->mem, "If-Match: %s", api_header(api, "ETag"));
    return api_call(api, PATCH, path, json);
}

static inline void real_clock(const int *still)
{
    (void)still;
    clock_fake((instant){ 0 });
}
