#include "called.h"

#include "../src/commands/routes.h"
#include "../src/http/inside.h"
#include "test.h"

#include <assert.h>
#include <string.h>

enum { ROUTES_MAX = 256 };

static _Atomic bool is_called[ROUTES_MAX]; /* in the order of router_all() */

void called(const char *method, const char *target, int status)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("called");
    struct router *router = router_new(mem, all_routes, all_routes_n);
    struct param params[HTTP_PARAMS_MAX];
    const struct route *route, *const *rows;
    size_t params_n, n;
    struct err err;

    if (status < 200 || status > 299)
        return;
    route = router_find(router, method, arena_text_n(mem, target, strcspn(target, "?")), mem,
                        params, &params_n, &err);
    rows = router_all(router, &n);
    assert(n <= ROUTES_MAX);
    for (size_t i = 0; i < n; i++)
        if (rows[i] == route)
            is_called[i] = true;
}

TEST_AT_END(every_route_is_called_by_a_test_and_says_yes)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("called");
    CLEANUP(buf_free) struct buf missing = BUF(1 << 16);
    size_t n;
    const struct route *const *rows = router_all(router_new(mem, all_routes, all_routes_n), &n);

    for (size_t i = 0; i < n; i++)
        if (!is_called[i])
            buf_printf(&missing, "\n  %s %s", method_names[rows[i]->method], rows[i]->path);
    if (missing.len > 0)
        test_fail(__FILE__, __LINE__, "no test got an answer of 200 to 299 from%s",
                  buf_str(&missing));
}
