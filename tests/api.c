#include "api.h"

#include "../src/auth/sessions.h"
#include "../src/auth/tokens.h"
#include "../src/auth/users.h"
#include "../src/base/buf.h"
#include "../src/base/json.h"
#include "../src/base/text.h"
#include "../src/jobs/metrics.h"
#include "../src/store/events.h"
#include "called.h"
#include "documented.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY_MAX = 16 << 20, TIMEOUT_S = 30 };

/* A server that doesn't start is not the fault of the test that wants it. */
static void must(bool ok, const struct err *err)
{
    if (ok)
        return;
    fprintf(stderr, "no API for the tests: %s\n", err->text);
    exit(1);
}

static bool write_work(void *arg, struct request *rq, struct buf *out, struct err *err)
{
    (void)arg;
    return metrics_write(NULL, rq, out, err);
}

/* The pages that handlers answer with, without the web's own build. */
static const struct asset pages[] = {
    { "/demo.html",
     "text/html; charset=utf-8", "\"1\"",
     false, { (const uint8_t *)"<!doctype html>", 15 },
     { NULL, 0 },
     { NULL, 0 } },
    { "/chat.html",
     "text/html; charset=utf-8", "\"1\"",
     false, { (const uint8_t *)"<!doctype html>", 15 },
     { NULL, 0 },
     { NULL, 0 } },
};
static const struct assets assets = { pages, COUNT(pages) };

struct api api_open(struct world *w, const struct routes *const *routes, size_t n)
{
    struct api api = { .w = w, .curl = curl_easy_init(), .body = "", .headers = "" };

    must(server_start(&(struct server_settings){ .store = w->store,
                                                 .address = "127.0.0.1",
                                                 .routes = routes,
                                                 .routes_n = n,
                                                 .assets = &assets,
                                                 .threads = 4,
                                                 .metrics = write_work },
                      &api.server, &w->err),
         &w->err);
    return api;
}

void api_close(struct api *api)
{
    curl_easy_cleanup(api->curl);
    server_stop(api->server);
}

static size_t add(char *data, size_t size, size_t n, void *arg)
{
    buf_add(arg, data, size * n);
    return size * n;
}

static struct curl_slist *headers_of(const struct api *api, bool is_json)
{
    struct arena *mem = api->w->mem;
    struct curl_slist *list = NULL;

    if (is_json)
        list = curl_slist_append(list, "Content-Type: application/json");
    if (api->cookie)
        list = curl_slist_append(list,
                                 arena_printf(mem, "Cookie: " SESSION_COOKIE "=%s", api->cookie));
    if (api->csrf)
        list = curl_slist_append(list, arena_printf(mem, "X-CSRF-Token: %s", api->csrf));
    if (api->token)
        list = curl_slist_append(list, arena_printf(mem, "Authorization: Bearer %s", api->token));
    if (api->header)
        list = curl_slist_append(list, api->header);
    return list;
}

int api_call(struct api *api, enum method method, const char *path, const char *json)
{
    struct arena *mem = api->w->mem;
    struct buf body = BUF(BODY_MAX), headers = BUF(API_HEADERS_MAX);
    bool is_json = json && !(api->header && text_starts(api->header, "Content-Type:"));
    struct curl_slist *list = headers_of(api, is_json);
    long status = 0;

    curl_easy_reset(api->curl);
    curl_easy_setopt(api->curl, CURLOPT_URL,
                     arena_printf(mem, "http://127.0.0.1:%d%s", server_port(api->server), path));
    curl_easy_setopt(api->curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(api->curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    curl_easy_setopt(api->curl, CURLOPT_CUSTOMREQUEST, method_names[method]);
    curl_easy_setopt(api->curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(api->curl, CURLOPT_WRITEFUNCTION, add);
    curl_easy_setopt(api->curl, CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(api->curl, CURLOPT_HEADERFUNCTION, add);
    curl_easy_setopt(api->curl, CURLOPT_HEADERDATA, &headers);
    if (json)
        curl_easy_setopt(api->curl, CURLOPT_POSTFIELDS, json);
    if (api->form)
        curl_easy_setopt(api->curl, CURLOPT_MIMEPOST, api->form);
    if (curl_easy_perform(api->curl) == CURLE_OK)
        curl_easy_getinfo(api->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(list);
    curl_mime_free(api->form);
    api->header = NULL;
    api->form = NULL;
    api->status = (int)status;
    called(method_names[method], path, api->status);
    api->body = arena_text(mem, buf_str(&body));
    documented(method_names[method], path, api->status, api->body);
    api->headers = arena_text(mem, buf_str(&headers));
    buf_free(&body);
    buf_free(&headers);
    return api->status;
}

const char *api_header(struct api *api, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = api->headers; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncasecmp(at, name, len) == 0 && at[len] == ':')
            return text_trim(api->w->mem, arena_text_n(api->w->mem, at + len + 1,
                                                       strcspn(at + len + 1, "\r\n")));
    }
    return NULL;
}

const char *api_text(struct api *api, const char *name)
{
    return json_text_at(api->w->mem, api->body, name);
}

static const char *next_id(const struct api *api, const char *at, const char *prefix)
{
    const char *found = strstr(at, arena_printf(api->w->mem, "\"id\":\"%s_", prefix));

    return found ? found + strlen("\"id\":\"") : NULL;
}

int api_count(const struct api *api, const char *prefix)
{
    int n = 0;

    for (const char *at = api->body; (at = next_id(api, at, prefix)); n++)
        ;
    return n;
}

bool api_audit_has(struct api *api, const char *kind)
{
    const char *path = arena_printf(api->w->mem, "/api/v1/audit?kind=%s", kind);
    struct sealing sealing = { .max = 1000 };

    for (int i = 0; i < 1000; i++) {
        must(world_write(api->w, events_seal, &sealing), &api->w->err);
        if (api_call(api, GET, path, NULL) != 200)
            return false;
        if (strstr(api->body, kind))
            return true;
    }
    return false;
}

int api_count_pages(struct api *api, const char *path, const char *prefix, int limit)
{
    CLEANUP(buf_free) struct buf seen = BUF(BODY_MAX);
    const char *next = "", *join = strchr(path, '?') ? "&" : "?";
    int n = 0;

    do {
        if (api_call(api, GET,
                     arena_printf(api->w->mem, "%s%slimit=%d&cursor=%s", path, join, limit, next),
                     NULL) != 200)
            return -1;
        for (const char *at = api->body; (at = next_id(api, at, prefix)); n++) {
            const char *id = arena_text_n(api->w->mem, at, strcspn(at, "\""));
            if (strstr(buf_str(&seen), id))
                return -1;
            buf_text(&seen, id);
        }
        next = api_text(api, "next");
    } while (next);
    return n;
}

/* --- as whom -------------------------------------------------------------------------------- */

struct somebody {
    enum role role;
    const char *scopes; /* NULL: a session */
    struct user user;
    struct session session;
    struct token token;
};

static bool make_somebody(struct tx *tx, void *arg, struct err *err)
{
    struct somebody *somebody = arg;
    struct user_draft draft = {
        .email = arena_printf(tx->mem, "%s@example.org", random_text(tx->mem, 12)),
        .name = "Somebody",
        .role = somebody->role,
    };

    if (!user_make(tx, &draft, NULL, &somebody->user, err))
        return false;
    if (somebody->scopes)
        return token_make(tx, &somebody->user, "test", somebody->scopes, (instant){ 0 },
                          &somebody->token, err);
    return session_make(tx, somebody->user.id, (struct browser){ "", "" }, &somebody->session, err);
}

user_id api_as(struct api *api, enum role role)
{
    struct somebody somebody = { .role = role };

    must(world_write(api->w, make_somebody, &somebody), &api->w->err);
    api_as_nobody(api);
    api->cookie = somebody.session.secret;
    api->csrf = somebody.session.csrf;
    return somebody.user.id;
}

user_id api_as_token(struct api *api, enum role role, const char *scopes)
{
    struct somebody somebody = { .role = role, .scopes = scopes };

    must(world_write(api->w, make_somebody, &somebody), &api->w->err);
    api_as_nobody(api);
    api->token = somebody.token.secret;
    return somebody.user.id;
}

void api_as_nobody(struct api *api)
{
    api->cookie = api->csrf = api->token = NULL;
}

int api_login(struct api *api, const char *email, const char *password)
{
    const char *cookie;

    api_as_nobody(api);
    api_call(api, POST, "/api/v1/login",
             arena_printf(api->w->mem, "{\"email\":\"%s\",\"password\":\"%s\"}", email, password));
    cookie = api_header(api, "Set-Cookie");
    if (api->status == 200 && cookie) {
        api->cookie = cookie_value(api->w->mem, cookie, SESSION_COOKIE);
        api->csrf = api_text(api, "csrf");
    }
    return api->status;
}
