/* given.h — for tests of tasks: making one, and doing something with it. */
#pragma once

#include "../src/base/text.h"
#include "api.h"

#define TASKS_PATH "/api/v1/tasks"

static inline void use_real_clock(const int64_t *unused)
{
    (void)unused;
    clock_fake((instant){ 0 });
}
#define FAKE_CLOCK(name)                                                                           \
    CLEANUP(use_real_clock) int64_t name = clock_now().ms;                                         \
    clock_fake((instant){ name })

static inline const char *from_now(struct world *w, int64_t ms)
{
    char text[INSTANT_TEXT_MAX];

    instant_write(instant_plus(clock_now(), ms), text);
    return arena_text(w->mem, text);
}

/* Its path; NULL when it isn't made. */
static inline const char *make(struct api *api, const char *json)
{
    return api_call(api, POST, TASKS_PATH, json) == 201
               ? arena_printf(api->w->mem, TASKS_PATH "/%s", api_text(api, "id"))
               : NULL;
}

/* What is done with one as it is now; the status of the answer. */
static inline int act(struct api *api, const char *path, const char *what, const char *json)
{
    api->header = "If-Match: *";
    return api_call(api, *what ? POST : PATCH,
                    *what ? arena_printf(api->w->mem, "%s/%s", path, what) : path, json);
}

/* As the API names a user. */
static inline const char *name_of(struct world *w, user_id user)
{
    return arena_text(w->mem, id_text("usr", user.n).s);
}
