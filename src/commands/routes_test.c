/* What holds for every route of the program. */
#include "routes.h"

#include "api.h"
#include "test.h"

#include "../base/text.h"

#include <string.h>

/* A path that the route answers to: each {…} stands for something. */
static const char *path_for(struct arena *mem, const char *pattern)
{
    char *out = arena_alloc(mem, strlen(pattern) + 1);
    size_t n = 0;

    for (const char *at = pattern; *at; at++) {
        out[n++] = *at == '{' ? 'x' : *at;
        if (*at == '{')
            at = strchr(at, '}');
    }
    return out;
}

TEST(no_route_but_those_for_anyone_answers_without_login)
{
    WORLD(w);
    CLEANUP(api_close) struct api api = api_open(&w, all_routes, all_routes_n);

    for (size_t i = 0; i < all_routes_n; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *route = &all_routes[i]->rows[k];
            if (route->right == ANYONE)
                continue;
            if (api_call(&api, route->method, path_for(w.mem, route->path), NULL) != 401)
                test_fail(__FILE__, __LINE__, "%s %s: %d %s", method_names[route->method],
                          route->path, api.status, api.body);
        }
}

TEST(no_route_that_asks_for_a_right_answers_somebody_without_it)
{
    WORLD(w);
    CLEANUP(api_close) struct api api = api_open(&w, all_routes, all_routes_n);

    for (size_t i = 0; i < all_routes_n; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *route = &all_routes[i]->rows[k];
            if (route->right == ANYONE || route->right == LOGGED_IN)
                continue;
            api_as_token(&api, ROLE_ADMIN,
                         route->right == METRICS_READ ? "case:read" : "metrics:read");
            if (api_call(&api, route->method, path_for(w.mem, route->path), NULL) != 403 ||
                !strstr(api.body, right_name(route->right)))
                test_fail(__FILE__, __LINE__, "%s %s: %d %s", method_names[route->method],
                          route->path, api.status, api.body);
        }
}

TEST(every_route_is_documented_with_a_sentence)
{
    for (size_t i = 0; i < all_routes_n; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *route = &all_routes[i]->rows[k];
            size_t len = route->doc ? strlen(route->doc) : 0;
            if (len < 10 || route->doc[len - 1] != '.')
                test_fail(__FILE__, __LINE__, "%s %s", method_names[route->method], route->path);
        }
}

static size_t count(struct arena *mem, const struct route *like)
{
    size_t n = 0;

    for (size_t i = 0; i < all_routes_n; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++)
            n += all_routes[i]->rows[k].method == like->method &&
                 text_equal(path_for(mem, all_routes[i]->rows[k].path), path_for(mem, like->path));
    return n;
}

TEST(no_two_routes_answer_to_the_same)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < all_routes_n; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *route = &all_routes[i]->rows[k];
            if (count(mem, route) != 1)
                test_fail(__FILE__, __LINE__, "%s %s", method_names[route->method], route->path);
        }
}
