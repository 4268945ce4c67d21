/* router.c — from a path to a row of a table. */
#include "inside.h"

#include "../base/text.h"

#include <string.h>

const char *const method_names[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

struct router {
    const struct route **rows;
    size_t n;
};

struct router *router_new(struct arena *mem, const struct routes *const *routes, size_t n)
{
    struct router *router = NEW(mem, struct router);

    for (size_t i = 0; i < n; i++)
        router->n += routes[i]->n;
    router->rows = NEW_ARRAY(mem, const struct route *, router->n);
    router->n = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < routes[i]->n; k++)
            router->rows[router->n++] = &routes[i]->rows[k];
    return router;
}

const struct route *const *router_all(const struct router *router, size_t *n)
{
    *n = router->n;
    return router->rows;
}

/* Does the path have the pattern's form? {…} stands for one segment that isn't empty. */
static bool matches(const char *pattern, const char *path, struct param *params, size_t *params_n)
{
    *params_n = 0;
    for (;;) {
        if (*pattern == '{') {
            size_t len = strcspn(path, "/"), name_len = strcspn(pattern + 1, "}");
            if (len == 0 || *params_n == HTTP_PARAMS_MAX)
                return false;
            params[(*params_n)++] = (struct param){ pattern + 1, name_len, path };
            pattern += name_len + 2;
            path += len;
            continue;
        }
        if (*pattern != *path)
            return false;
        if (*pattern == '\0')
            return true;
        pattern++;
        path++;
    }
}

const char *router_allowed(const struct router *router, const char *path, struct arena *mem)
{
    struct param params[HTTP_PARAMS_MAX];
    const char *all = "";
    size_t n;

    for (size_t i = 0; i < router->n; i++) {
        const struct route *route = router->rows[i];
        if (!matches(route->path, path, params, &n))
            continue;
        all = arena_printf(mem, "%s%s%s%s", all, *all ? ", " : "", method_names[route->method],
                           route->method == GET ? ", HEAD" : "");
    }
    return all;
}

const struct route *router_find(const struct router *router, const char *method, const char *path,
                                struct arena *mem, struct param *params, size_t *params_n,
                                struct err *err)
{
    bool is_path = false;

    if (text_equal(method, "HEAD"))
        method = "GET";
    for (size_t i = 0; i < router->n; i++) {
        const struct route *route = router->rows[i];
        if (!matches(route->path, path, params, params_n))
            continue;
        is_path = true;
        if (!text_equal(method_names[route->method], method))
            continue;
        for (size_t k = 0; k < *params_n; k++) {
            const char *value = params[k].value;
            params[k].value = percent_decode(mem, value, strcspn(value, "/"), false);
            if (!params[k].value) {
                err_set(err, ERR_NOT_FOUND, "there is nothing at this address");
                return NULL;
            }
        }
        return route;
    }
    if (is_path)
        err_set(err, ERR_METHOD, "this method isn't possible here: Allow says which are");
    else
        err_set(err, ERR_NOT_FOUND, "there is nothing at this address");
    return NULL;
}
