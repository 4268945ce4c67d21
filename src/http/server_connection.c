/* server_connection.c — what libmicrohttpd calls for each request: guard it, take its body, hand
 * it to the pool, send the reply.
 *
 * A request without a body is refused at its end, so that the connection lives on; one with a
 * body at its headers, and then the library closes the connection.
 */
#include "server_connection.h"

#include "../base/log.h"
#include "../base/text.h"
#include "sse_hints.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* --- what request smuggling needs is refused before a body byte is read --------------------- */

/* The library keeps the head of a request as it came, with NULs for line ends and colons, and
 * hands out places in it. So where a header begins must be where the one before it ended: a
 * folded line, a line end of one character, a NUL, and a line without a name (with which the
 * library would end the head) all leave a gap. */
struct guard {
    const char *at; /* where the next line must begin */
    size_t n;
    int hosts, lengths, encodings;
    bool is_bad;
    const char *length, *forwarded;
};

static bool is_token(const char *name)
{
    static const char allowed[] = "!#$%&'*+-.^_`|~0123456789"
                                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return *name != '\0' && name[strspn(name, allowed)] == '\0';
}

/* Texts are checked at the border: here is the one of headers. */
static bool is_header_text(const char *value)
{
    for (const char *c = value; *c; c++)
        if ((*c > 0 && *c < ' ' && *c != '\t') || *c == 0x7f)
            return false;
    return utf8_is_valid(value, strlen(value));
}

static void guard_length(struct guard *guard, const char *value)
{
    guard->lengths++;
    guard->length = value;
    if (*value == '\0' || value[strspn(value, "0123456789")] != '\0')
        guard->is_bad = true;
}

static enum MHD_Result guard_header(void *arg, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    struct guard *guard = arg;

    (void)kind;
    if (name != guard->at || !value || !is_token(name) || !is_header_text(value)) {
        guard->is_bad = true;
        return MHD_NO;
    }
    guard->at = value + strlen(value) + 2;
    guard->n++;
    if (strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0)
        guard->hosts++;
    else if (strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0)
        guard_length(guard, value);
    else if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0)
        guard->encodings++, guard->is_bad |= strcasecmp(value, "chunked") != 0;
    else if (strcasecmp(name, "X-Forwarded-For") == 0)
        guard->forwarded = value; /* the last one is the nearest proxy's */
    return MHD_YES;
}

static size_t head_size(const struct exchange *ex)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(ex->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    return info ? info->header_size : 0;
}

/* Fills the guard; is the request fit to be looked at? */
static bool guard_head(const struct exchange *ex, const char *method, const char *version,
                       struct guard *guard)
{
    *guard = (struct guard){ .at = version + strlen(version) + 2 };
    MHD_get_connection_values(ex->connection, MHD_HEADER_KIND, guard_header, guard);
    if (guard->at + 2 != method + head_size(ex))
        return false;
    if (guard->is_bad || guard->hosts != 1 || guard->lengths + guard->encodings > 1)
        return false;
    return guard->encodings == 0 || strcmp(version, MHD_HTTP_VERSION_1_1) == 0;
}

const char *request_header(const struct request *rq, const char *name)
{
    return MHD_lookup_connection_value(((const struct exchange *)rq)->connection, MHD_HEADER_KIND,
                                       name);
}

/* --- who is there ----------------------------------------------------------------------------- */

static const char *peer_address(struct exchange *ex)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(ex->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";

    if (info && info->client_addr->sa_family == AF_INET)
        inet_ntop(AF_INET, &((struct sockaddr_in *)info->client_addr)->sin_addr, text,
                  sizeof(text));
    else if (info && info->client_addr->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)info->client_addr)->sin6_addr, text,
                  sizeof(text));
    return arena_text(ex->rq.mem, text);
}

static bool is_address(const char *text)
{
    uint8_t bytes[16];

    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

/* The client's address; a proxy on this machine is believed about whom it speaks for. */
static void find_address(struct exchange *ex, const char *forwarded)
{
    const char *address = peer_address(ex), *last;

    ex->rq.address = address;
    if (!text_starts(address, "127.") && !text_equal(address, "::1"))
        return;
    ex->rq.is_secure = text_equal(request_header(&ex->rq, "X-Forwarded-Proto"), "https");
    if (!forwarded)
        return;
    last = strrchr(forwarded, ',');
    address = text_trim(ex->rq.mem, last ? last + 1 : forwarded);
    if (is_address(address))
        ex->rq.address = address;
}

/* --- sending -------------------------------------------------------------------------------- */

struct header {
    const char *name, *value;
};

static const struct header security_headers[] = {
    { "X-Content-Type-Options",       "nosniff"                                             },
    { "X-Frame-Options",              "DENY"                                                },
    { "Referrer-Policy",              "no-referrer"                                         },
    { "Content-Security-Policy",      "default-src 'none'; frame-ancestors 'none'; sandbox" },
    { "Cross-Origin-Resource-Policy", "same-origin"                                         },
    { "Cache-Control",                "no-store"                                            },
};

/* The page may load what comes from here, and run no script and no style that stands in it. The
 * policies of trusted types are the one with which Svelte makes its templates, and the one that
 * names the service worker. */
static const struct header asset_headers[] = {
    { "X-Content-Type-Options",       "nosniff"                                              },
    { "X-Frame-Options",              "DENY"                                                 },
    { "Referrer-Policy",              "no-referrer"                                          },
    { "Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
      "connect-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
      "require-trusted-types-for 'script'; trusted-types svelte-trusted-html gestand-worker" },
    { "Cross-Origin-Resource-Policy", "same-origin"                                          },
    { "Cross-Origin-Opener-Policy",   "same-origin"                                          },
    { "Permissions-Policy",           "camera=(), geolocation=()"                            },
    { "Vary",                         "Accept-Encoding"                                      },
};

const int64_t duration_limits_us[DURATIONS] = { 1000,   2000,   5000,   10000,   20000,   50000,
                                                100000, 200000, 500000, 1000000, 2000000, 5000000 };

static bool has_own(const struct exchange *ex, const char *name)
{
    for (const struct reply_header *header = ex->headers; header; header = header->next)
        if (strcasecmp(header->name, name) == 0)
            return true;
    return false;
}

/* What a handler says itself takes the place of what is said of all. */
static void add_table(const struct exchange *ex, struct MHD_Response *response,
                      const struct header *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!has_own(ex, rows[i].name))
            MHD_add_response_header(response, rows[i].name, rows[i].value);
}

static void add_headers(struct exchange *ex, struct MHD_Response *response)
{
    if (ex->asset)
        add_table(ex, response, asset_headers, COUNT(asset_headers));
    else
        add_table(ex, response, security_headers, COUNT(security_headers));
    if (ex->rq.is_secure)
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
    if (ex->reply_type)
        MHD_add_response_header(response, "Content-Type", ex->reply_type);
    for (const struct reply_header *header = ex->headers; header; header = header->next)
        if (header->value)
            MHD_add_response_header(response, header->name, header->value);
}

/* Counts how long it took, and tells the client. */
static void add_timing(struct exchange *ex, struct MHD_Response *response)
{
    int64_t took_us = clock_monotonic_us() - ex->began_us;
    size_t i = 0;
    char text[48];

    snprintf(text, sizeof(text), "app;dur=%.3f", (double)took_us / 1000);
    MHD_add_response_header(response, "Server-Timing", text);
    if (!ex->rq.route)
        return;
    while (i < DURATIONS && took_us > duration_limits_us[i])
        i++;
    atomic_fetch_add_explicit(&ex->server->durations[ex->rq.route->kind].counts[i], 1,
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&ex->server->durations[ex->rq.route->kind].sum_us, took_us,
                              memory_order_relaxed);
}

static enum MHD_Result send_reply(struct exchange *ex)
{
    struct MHD_Response *response;
    enum MHD_Result result;
    size_t len;
    char *data = buf_take(&ex->reply, &len);

    response = MHD_create_response_from_buffer(len, data, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    if (!client_must_hear(ex->client, len)) {
        MHD_destroy_response(response);
        return MHD_NO;
    }
    add_headers(ex, response);
    add_timing(ex, response);
    result = MHD_queue_response(ex->connection, (unsigned)ex->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Straight from the program: nothing is copied. */
static enum MHD_Result send_asset(struct exchange *ex)
{
    const struct asset *asset = ex->asset;
    bool is_known = asset_is_known(asset, request_header(&ex->rq, "If-None-Match"));
    const char *encoding;
    struct bytes content =
        asset_content(asset, request_header(&ex->rq, "Accept-Encoding"), &encoding);
    struct MHD_Response *response;
    enum MHD_Result result;

    if (is_known)
        content.len = 0;
    response = MHD_create_response_from_buffer(content.len, (void *)(intptr_t)content.data,
                                               MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    if (!client_must_hear(ex->client, content.len)) {
        MHD_destroy_response(response);
        return MHD_NO;
    }
    ex->reply_type = asset->type;
    add_headers(ex, response);
    MHD_add_response_header(response, "ETag", asset->etag);
    MHD_add_response_header(response, "Cache-Control",
                            asset->is_for_ever ? "public, max-age=31536000, immutable"
                                               : "no-cache");
    if (encoding && !is_known)
        MHD_add_response_header(response, "Content-Encoding", encoding);
    result = MHD_queue_response(ex->connection, is_known ? 304 : 200, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_busy(struct exchange *ex, const char *what)
{
    struct err err;

    err_clear(&err);
    err_set(&err, ERR_BUSY, "%s: try again", what);
    reply_problem(ex, &err);
    return send_reply(ex);
}

/* Bodies are counted apart: who doesn't say who he is can't take the room of who did. */
static _Atomic int64_t *body_bytes_of(struct exchange *ex)
{
    return ex->is_known ? &ex->server->body_bytes : &ex->server->unknown_body_bytes;
}

static int64_t body_bytes_max(const struct exchange *ex)
{
    return ex->is_known ? HTTP_BODIES_MAX : HTTP_UNKNOWN_ALL_MAX;
}

static void exchange_free(struct exchange *ex)
{
    struct server *server = ex->server;
    struct arena *mem = ex->rq.mem;

    if (ex->is_counted)
        atomic_fetch_sub(&server->unsent, 1);
    atomic_fetch_sub_explicit(body_bytes_of(ex), (int64_t)ex->body.len, memory_order_relaxed);
    buf_free(&ex->body);
    buf_free(&ex->reply);
    arena_free(mem);
}

/* A stream lives long: nothing of its request is kept. */
static enum MHD_Result send_stream(struct exchange *ex, void **state)
{
    struct MHD_Response *response;
    enum MHD_Result result;
    struct err err;

    err_clear(&err);
    if (ex->stream_topic != 0)
        response = hints_response(ex->server->hints, ex, &err);
    else
        response = streams_response(ex->server->streams, ex, &err);
    if (!response) {
        reply_problem(ex, &err);
        return send_reply(ex);
    }
    ex->reply_type = "text/event-stream";
    reply_header(&ex->rq, "X-Accel-Buffering", "no");
    add_headers(ex, response);
    add_timing(ex, response);
    result = MHD_queue_response(ex->connection, (unsigned)ex->status, response);
    MHD_destroy_response(response);
    *state = NULL;
    exchange_free(ex);
    return result;
}

/* The library answers only before a body or after it, and only where its memory has room for the
 * reply's headers. Else the reply is written past it: nothing else is on its way out then, and
 * the connection is closed at once. */
static enum MHD_Result cut_off(struct exchange *ex, const struct err *err)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(ex->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    CLEANUP(buf_free) struct buf out = BUF(HTTP_BODY_MAX);

    atomic_fetch_add_explicit(&ex->server->refused, 1, memory_order_relaxed);
    reply_problem(ex, err);
    buf_printf(&out, "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: %zu\r\n", ex->status,
               MHD_get_reason_phrase_for((unsigned)ex->status), ex->reply.len);
    buf_printf(&out, "Content-Type: %s\r\n", ex->reply_type);
    for (size_t i = 0; i < COUNT(security_headers); i++)
        buf_printf(&out, "%s: %s\r\n", security_headers[i].name, security_headers[i].value);
    for (const struct reply_header *header = ex->headers; header; header = header->next)
        if (header->value)
            buf_printf(&out, "%s: %s\r\n", header->name, header->value);
    buf_text(&out, "\r\n");
    buf_add(&out, buf_str(&ex->reply), ex->reply.len);
    if (info && send(info->connect_fd, buf_str(&out), out.len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        LOG_DEBUG("http.cut_off", "status=%d", ex->status);
    return MHD_NO;
}

/* --- receiving ------------------------------------------------------------------------------ */

static struct client *client_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info->socket_context;
}

void connection_notify(void *arg, struct MHD_Connection *connection, void **client,
                       enum MHD_ConnectionNotificationCode code)
{
    const union MHD_ConnectionInfo *address, *fd;
    struct server *server = arg;

    if (code != MHD_CONNECTION_NOTIFY_STARTED) {
        clients_remove(server->clients, *client);
        return;
    }
    fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *client = clients_add(server->clients, fd->connect_fd,
                          per_address_place(&server->per_address, address->client_addr));
}

void *connection_begin(void *arg, const char *uri, struct MHD_Connection *connection)
{
    struct server *server = arg;
    struct arena *mem = arena_new("request");
    struct exchange *ex = NEW(mem, struct exchange);
    const char *mark = strchr(uri, '?');

    ex->rq.mem = mem;
    ex->rq.limits = server->limits;
    ex->rq.store = server->store;
    ex->rq.public_address = server->settings.public_address;
    ex->server = server;
    ex->connection = connection;
    ex->client = client_of(connection);
    ex->query = mark ? arena_text(mem, mark + 1) : "";
    ex->began_us = clock_monotonic_us();
    ex->reply = (struct buf)BUF(HTTP_REPLY_MAX);
    atomic_fetch_add_explicit(&server->requests, 1, memory_order_relaxed);
    return ex;
}

void connection_end(void *arg, struct MHD_Connection *connection, void **state,
                    enum MHD_RequestTerminationCode code)
{
    (void)arg, (void)code;
    /* The next request is awaited; who was hung up on is closed anyway. */
    (void)!client_must_speak(client_of(connection), clock_monotonic_ms(), 0);
    if (*state)
        exchange_free(*state);
    *state = NULL;
}

/* Most bytes of the body; 0: nothing is expected. */
static size_t body_limit(const struct route *route)
{
    if (route->method == GET || route->method == DELETE)
        return 0;
    if (route->in.max > 0)
        return route->in.max;
    if (!route->in.fields)
        return 0;
    return route->right == ANYONE ? HTTP_ANYONE_MAX : HTTP_BODY_MAX;
}

/* Must it be known who sends a body before it's read? A small one is read first, as long as there
 * is much room: that saves a look-up ahead. */
static bool asks_first(const struct exchange *ex, const struct guard *guard, int64_t len)
{
    if (ex->rq.route->right == ANYONE && !ex->rq.route->admit)
        return false;
    return guard->encodings > 0 || len > HTTP_UNKNOWN_MAX ||
           (len > 0 && ex->server->unknown_body_bytes > HTTP_UNKNOWN_ALL_MAX / 2);
}

static bool refuse_length(const struct exchange *ex, struct err *err)
{
    if (ex->body.max == 0)
        return err_set(err, ERR_MALFORMED, "nothing is expected in the body");
    return err_set(err, ERR_TOO_LARGE, "the body is larger than %zu bytes", ex->body.max);
}

/* Finds the route and refuses what is known to be wrong from the headers alone. */
static bool check_route(struct exchange *ex, const struct guard *guard, const char *url,
                        const char *method, struct err *err)
{
    int64_t n = 0;

    ex->rq.route =
        router_find(ex->server->router, method, url, ex->rq.mem, ex->params, &ex->params_n, err);
    if (!ex->rq.route) {
        if (err->code == ERR_METHOD)
            ex->allowed = router_allowed(ex->server->router, url, ex->rq.mem);
        return false;
    }
    ex->body = (struct buf)BUF(body_limit(ex->rq.route));
    if (guard->length &&
        (!int_read(guard->length, strlen(guard->length), &n) || n > (int64_t)ex->body.max))
        return refuse_length(ex, err);
    if (asks_first(ex, guard, n))
        ex->stage = AT_CALLER;
    return true;
}

static enum MHD_Result refuse(struct exchange *ex, const struct err *err, bool must_close)
{
    atomic_fetch_add_explicit(&ex->server->refused, 1, memory_order_relaxed);
    reply_problem(ex, err);
    if (ex->allowed)
        reply_header(&ex->rq, "Allow", ex->allowed);
    ex->stage = AT_REPLY;
    return must_close ? send_reply(ex) : MHD_YES;
}

/* Is it a file of the desk that is asked for? It's answered at once: nobody needs to be known. */
static bool finds_asset(struct exchange *ex, const struct guard *guard, const char *url,
                        const char *method)
{
    bool has_body = guard->encodings > 0 || (guard->length && !text_equal(guard->length, "0"));

    if (!ex->server->settings.assets || has_body ||
        (!text_equal(method, "GET") && !text_equal(method, "HEAD")))
        return false;
    ex->asset = asset_find(ex->server->settings.assets, url);
    /* The one script that other people's pages name. */
    if (text_equal(url, "/widget.js"))
        reply_header(&ex->rq, "Cross-Origin-Resource-Policy", "cross-origin");
    return ex->asset != NULL;
}

/* From here on it's the client's turn. */
static enum MHD_Result await_body(struct exchange *ex)
{
    ex->body_since_ms = clock_monotonic_ms();
    return client_must_speak(ex->client, ex->body_since_ms, 0) ? MHD_YES : MHD_NO;
}

static enum MHD_Result accept_headers(struct exchange *ex, const char *url, const char *method,
                                      const char *version)
{
    struct guard guard;
    struct err err;

    err_clear(&err);
    ex->stage = AT_BODY;
    if (!guard_head(ex, method, version, &guard)) {
        err_set(&err, ERR_MALFORMED, "the request's headers are ambiguous");
        return cut_off(ex, &err);
    }
    if (head_size(ex) + guard.n * HTTP_HEADER_COST > HTTP_HEAD_MAX) {
        err_set(&err, ERR_TOO_LARGE, "the request's headers are too large or too many");
        return cut_off(ex, &err);
    }
    find_address(ex, guard.forwarded);
    if (finds_asset(ex, &guard, url, method)) {
        ex->stage = AT_REPLY;
        return MHD_YES;
    }
    if (!check_route(ex, &guard, url, method, &err))
        return refuse(ex, &err,
                      guard.encodings > 0 || (guard.length && !text_equal(guard.length, "0")));
    if (ex->stage != AT_CALLER)
        return await_body(ex);
    return server_hand_over(ex->server, ex) ? MHD_YES
                                            : send_busy(ex, "too many requests are waiting");
}

static enum MHD_Result accept_body(struct exchange *ex, const char *piece, size_t len)
{
    struct err err;
    int64_t all;

    if (!client_must_speak(ex->client, ex->body_since_ms, ex->body.len + len))
        return MHD_NO;
    all = atomic_fetch_add_explicit(body_bytes_of(ex), (int64_t)len, memory_order_relaxed);
    err_clear(&err);
    buf_add(&ex->body, piece, len);
    if (ex->body.full) {
        atomic_fetch_sub_explicit(body_bytes_of(ex), (int64_t)len, memory_order_relaxed);
        refuse_length(ex, &err);
        return cut_off(ex, &err);
    }
    if (all + (int64_t)len <= body_bytes_max(ex))
        return MHD_YES;
    err_set(&err, ERR_BUSY, "too much is being sent at this moment: try again");
    return cut_off(ex, &err);
}

enum MHD_Result connection_handle(void *arg, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **state)
{
    struct exchange *ex = *state;
    size_t len = *upload_len;

    (void)arg, (void)connection;
    *upload_len = 0;
    if (!client_owes_nothing(ex->client))
        return MHD_NO;
    switch (ex->stage) {
    case AT_HEADERS:
        return accept_headers(ex, url, method, version);
    case AT_CALLER:
        ex->stage = AT_BODY;
        return ex->is_known ? await_body(ex) : send_reply(ex);
    case AT_BODY:
        if (len > 0)
            return accept_body(ex, upload, len);
        ex->stage = AT_REPLY;
        ex->rq.raw = (struct bytes){ (const uint8_t *)buf_str(&ex->body), ex->body.len };
        return server_hand_over(ex->server, ex) ? MHD_YES
                                                : send_busy(ex, "too many requests are waiting");
    case AT_REPLY:
        break;
    }
    if (ex->asset)
        return send_asset(ex);
    return ex->is_stream ? send_stream(ex, state) : send_reply(ex);
}
