/* api.h — a server on a world, and requests to it as somebody.
 *
 *     WORLD(w);
 *     API(api, &w, &user_routes, &session_routes);
 *     api_as(&api, ROLE_ADMIN);
 *     CHECK(api_call(&api, GET, "/api/v1/users", NULL) == 200);
 */
#pragma once

#include "../src/auth/rights.h"
#include "../src/http/server.h"
#include "world.h"

enum { API_HEADERS_MAX = 8192 };

struct api {
    struct world *w;
    struct server *server;
    void *curl;
    /* What goes along with each request; NULL doesn't. */
    const char *cookie; /* the session's secret */
    const char *csrf;
    const char *token;
    const char *header; /* one more, as "If-Match: \"1\""; gone after the call */
    void *form;         /* a curl_mime that is the body; gone after the call */
    /* The last answer; lives as long as the world. */
    int status;
    const char *body; /* "" when there was none */
    const char *headers;
};

#define API(api, world, ...)                                                                       \
    CLEANUP(api_close)                                                                             \
    struct api api = api_open(world, (const struct routes *const[]){ __VA_ARGS__ },                \
                              COUNT(((const struct routes *const[]){ __VA_ARGS__ })))
struct api api_open(struct world *w, const struct routes *const *routes, size_t n);
void api_close(struct api *api);

/* The status of the answer; 0 when none came. `json` NULL: no body. */
int api_call(struct api *api, enum method method, const char *path, const char *json);
/* A header of the last answer, NULL when it isn't there. */
const char *api_header(struct api *api, const char *name);
/* A text in the last answer's object, NULL when it isn't there. */
const char *api_text(struct api *api, const char *name);
/* How many things with an id of this prefix ("cas") the last answer lists. */
int api_count(const struct api *api, const char *prefix);
/* The same over all pages of a list, `limit` a page; -1 when an id comes twice or a page doesn't
 * come. `path` has no query yet, or one that goes on with '&'. */
int api_count_pages(struct api *api, const char *path, const char *prefix, int limit);
/* Whether history holds such an event, for who may read the audit (its routes among the API's);
 * then it's in the last answer. What was read is written down behind the reply: a moment is waited.
 */
bool api_audit_has(struct api *api, const char *kind);

/* Makes a user of the world's organisation and calls as that one from now on: with a session,
 * without going through the login. */
user_id api_as(struct api *api, enum role role);
/* The same with a token of these scopes. */
user_id api_as_token(struct api *api, enum role role, const char *scopes);
/* Nobody calls from now on. */
void api_as_nobody(struct api *api);
/* Logs in over HTTP and calls as that user from now on; the status of the answer. */
int api_login(struct api *api, const char *email, const char *password);
