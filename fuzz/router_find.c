/* Whatever path a request names: a route is found only when its pattern fits, and what {…} stands
 * for is valid UTF-8 without NUL, and never empty. The first line of the input is the method. */
#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/http/inside.h"

#include <string.h>

static bool answer(struct request *rq, struct tx *tx, struct err *err)
{
    (void)rq, (void)tx, (void)err;
    return true;
}

static const struct route rows[] = {
    { GET,  "/",                                     READ, answer, ANYONE, NOTHING, NOTHING, "Root." },
    { GET,  "/cases",                                READ, answer, ANYONE, NOTHING, NOTHING, "List." },
    { POST, "/cases",                                READ, answer, ANYONE, NOTHING, NOTHING, "Add."  },
    { GET,  "/cases/{id}",                           READ, answer, ANYONE, NOTHING, NOTHING, "Read." },
    { GET,  "/cases/{id}/notes/{note}/files/{file}", READ, answer, ANYONE, NOTHING, NOTHING,
     "Deep."                                                                                         },
};
static const struct routes routes = ROUTES(rows);

static size_t count(const char *text, char c)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == c;
    return n;
}

static void check_found(const struct route *route, const char *method, const char *path,
                        const struct param *params, size_t n)
{
    fuzz_promise(text_equal(method, method_names[route->method]) ||
                     (text_equal(method, "HEAD") && route->method == GET),
                 "the method is the route's");
    fuzz_promise(n == count(route->path, '{') && count(path, '/') == count(route->path, '/'),
                 "each {…} has its segment");
    for (size_t i = 0; i < n; i++) {
        fuzz_promise(*params[i].value != '\0' && strlen(params[i].value) <= strlen(path),
                     "a parameter is neither empty nor longer than the path");
        fuzz_promise(utf8_is_valid(params[i].value, strlen(params[i].value)),
                     "a parameter is valid text");
        fuzz_promise(params[i].name_len > 0 && params[i].name[params[i].name_len] == '}',
                     "a parameter knows its name");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct routes *const all[] = { &routes };
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const struct router *router = router_new(mem, all, 1);
    struct param params[HTTP_PARAMS_MAX];
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    size_t method_len = end ? (size_t)(end - data) : 0, n = 0;
    const char *method = arena_text_n(mem, data, method_len);
    const char *path =
        end ? arena_text_n(mem, end + 1, size - method_len - 1) : arena_text_n(mem, data, size);
    const struct route *route;
    struct err err;

    err_clear(&err);
    route = router_find(router, method, path, mem, params, &n, &err);
    if (route)
        check_found(route, method, path, params, n);
    else
        fuzz_promise(err.code == ERR_METHOD || err.code == ERR_NOT_FOUND,
                     "what isn't found says why");
    fuzz_promise(err.code != ERR_METHOD || *router_allowed(router, path, mem) != '\0',
                 "what has a method says which");
    fuzz_promise(utf8_is_valid(err.text, strlen(err.text)), "a refusal is valid text");
    return 0;
}
