#include "called.h"

#include "../src/commands/routes.h"
#include "../src/http/inside.h"
#include "test.h"

#include <assert.h>
#include <string.h>

enum { ROUTES_MAX = 256 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena *volatile kept; /* until the end, and in sight of the leak checker */
static struct router *router;
static const struct route *const *routes;
static size_t routes_n;
static _Atomic bool is_called[ROUTES_MAX];

static void make_router(void)
{
    kept = arena_new("called");
    router = router_new(kept, all_routes, all_routes_n);
    routes = router_all(router, &routes_n);
    assert(routes_n <= ROUTES_MAX);
}

void called(const char *method, const char *target, int status)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("called");
    struct param params[HTTP_PARAMS_MAX];
    const struct route *route;
    size_t params_n;
    struct err err;

    /* A page of forms says yes by where it goes on. */
    if ((status < 200 || status > 299) && status != 303)
        return;
    pthread_once(&once, make_router);
    route = router_find(router, method, arena_text_n(mem, target, strcspn(target, "?")), mem,
                        params, &params_n, &err);
    for (size_t i = 0; i < routes_n; i++)
        if (routes[i] == route)
            is_called[i] = true;
}

TEST_AT_END(every_route_is_called_by_a_test_and_says_yes)
{
    CLEANUP(buf_free) struct buf missing = BUF(1 << 16);

    pthread_once(&once, make_router);
    for (size_t i = 0; i < routes_n; i++)
        if (!is_called[i])
            buf_printf(&missing, "\n  %s %s", method_names[routes[i]->method], routes[i]->path);
    if (missing.len > 0)
        test_fail(__FILE__, __LINE__, "no test got an answer of 200 to 299, or 303, from%s",
                  buf_str(&missing));
}
