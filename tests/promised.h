/* promised.h — for tests: promises of a customer's case, and the moments at which they are looked
 * at.
 */
#pragma once

#include "../src/auth/audit_api.h"
#include "../src/base/text.h"
#include "../src/domain/alerts/alerts.h"
#include "../src/domain/cases/merge.h"
#include "../src/domain/promises/chances.h"
#include "../src/domain/promises/promises.h"
#include "../src/domain/tasks/tasks.h"
#include "../src/jobs/promising.h"
#include "../src/store/events.h"
#include "differs.h"
#include "mailbox.h"

#define PROMISED(box, w, api)                                                                      \
    API(api, w, &case_routes, &channel_routes, &message_routes, &chance_routes, &promise_routes,   \
        &audit_routes, &alert_routes, &case_merge_routes, &case_many_routes, &task_routes);        \
    struct mailbox box;                                                                            \
    CHECK_OK(open_mailbox(&box, w, &api), &(w)->err)

static inline void use_real_clock(const int64_t *unused)
{
    (void)unused;
    clock_fake((instant){ 0 });
}
#define FAKE_CLOCK(name)                                                                           \
    CLEANUP(use_real_clock) int64_t name = clock_now().ms;                                         \
    clock_fake((instant){ name })

/* A customer's case; its path. */
static inline const char *ask(struct mailbox *box, const char *id)
{
    return deliver(box, mail(box, id, "jan@klant.example", "Lekkage", "", "Mijn kraan lekt."))
               ? first_case(box->api, "?status=all&sort=newest")
               : NULL;
}

/* So long from now, as RFC 3339. */
static inline const char *from_now(struct world *w, int64_t ms)
{
    char text[INSTANT_TEXT_MAX];

    instant_write(instant_plus(clock_now(), ms), text);
    return arena_text(w->mem, text);
}

static inline const char *promise_json(struct world *w, const char *kind, int64_t ms)
{
    return arena_printf(w->mem, "{\"kind\":\"%s\",\"words\":\"We bellen u.\",\"due_at\":\"%s\"}",
                        kind, from_now(w, ms));
}

/* Its path; NULL when it isn't made. */
static inline const char *promise(struct api *api, const char *path, const char *kind, int64_t ms)
{
    struct world *w = api->w;

    if (api_call(api, POST, arena_printf(w->mem, "%s/promises", path), promise_json(w, kind, ms)) !=
        201)
        return NULL;
    return arena_printf(w->mem, "/api/v1/promises/%s", api_text(api, "id"));
}

/* What is done with one as it is now; the status of the answer. */
static inline int act(struct api *api, const char *path, const char *what, const char *json)
{
    if (api_call(api, GET, path, NULL) != 200)
        return -1;
    api->header = arena_printf(api->w->mem, "If-Match: %s", api_header(api, "ETag"));
    return api_call(api, POST, arena_printf(api->w->mem, "%s/%s", path, what), json);
}

static inline const char *state(struct api *api, const char *path)
{
    return api_call(api, GET, path, NULL) == 200 ? api_text(api, "state") : "gone";
}

static inline int close_case(struct api *api, const char *path)
{
    api->header = "If-Match: *";
    return api_call(api, PATCH, path, "{\"status\":\"done\"}");
}

/* How often history tells it. */
static inline int told(struct api *api, const char *kind)
{
    const char *path = arena_printf(api->w->mem, "/api/v1/audit?kind=%s", kind);
    struct sealing sealing = { .max = 1000 };

    if (!world_write(api->w, events_seal, &sealing) || api_call(api, GET, path, NULL) != 200)
        return -1;
    return api_count(api, "evt");
}

static inline bool moments(struct world *w)
{
    return run_jobs(w, "promise", job_promise);
}
