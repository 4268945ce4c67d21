/* server.c — libmicrohttpd: its threads parse requests, collect bodies and send replies; what
 * may block runs on a pool of ours, while the connection is suspended.
 *
 * Only this file and sse.c know the library.
 */
#include "inside.h"

#include "../auth/login_limits.h"
#include "../base/log.h"
#include "../base/text.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_DEFAULT = 8, STOP_WAIT_MS = 10000 };

/* --- what request smuggling needs is refused before a body byte is read --------------------- */

struct guard {
    int hosts, lengths, encodings;
    bool is_bad;
};

static bool is_token(const char *name)
{
    static const char allowed[] = "!#$%&'*+-.^_`|~0123456789"
                                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return *name != '\0' && name[strspn(name, allowed)] == '\0';
}

static enum MHD_Result guard_header(void *arg, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    struct guard *guard = arg;

    (void)kind;
    if (!is_token(name) || !value)
        guard->is_bad = true;
    else if (strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0)
        guard->hosts++;
    else if (strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0)
        guard->lengths++, guard->is_bad |= value[strspn(value, "0123456789")] != '\0';
    else if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0)
        guard->encodings++, guard->is_bad |= strcasecmp(value, "chunked") != 0;
    return MHD_YES;
}

static bool is_smuggling(struct MHD_Connection *connection)
{
    struct guard guard = { 0 };

    MHD_get_connection_values(connection, MHD_HEADER_KIND, guard_header, &guard);
    return guard.is_bad || guard.hosts != 1 || guard.lengths + guard.encodings > 1;
}

const char *request_header(const struct request *rq, const char *name)
{
    return MHD_lookup_connection_value(((const struct exchange *)rq)->connection, MHD_HEADER_KIND,
                                       name);
}

/* --- sending -------------------------------------------------------------------------------- */

static const struct {
    const char *name, *value;
} security_headers[] = {
    { "X-Content-Type-Options",       "nosniff"                                             },
    { "X-Frame-Options",              "DENY"                                                },
    { "Referrer-Policy",              "no-referrer"                                         },
    { "Content-Security-Policy",      "default-src 'none'; frame-ancestors 'none'; sandbox" },
    { "Cross-Origin-Resource-Policy", "same-origin"                                         },
    { "Cache-Control",                "no-store"                                            },
};

static void add_headers(struct exchange *ex, struct MHD_Response *response)
{
    for (size_t i = 0; i < COUNT(security_headers); i++)
        MHD_add_response_header(response, security_headers[i].name, security_headers[i].value);
    if (ex->rq.is_secure)
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
    if (ex->reply_type)
        MHD_add_response_header(response, "Content-Type", ex->reply_type);
    for (const struct reply_header *header = ex->headers; header; header = header->next)
        MHD_add_response_header(response, header->name, header->value);
}

static void add_timing(struct exchange *ex, struct MHD_Response *response)
{
    char text[48];

    snprintf(text, sizeof(text), "app;dur=%.3f",
             (double)(clock_monotonic_us() - ex->began_us) / 1000);
    MHD_add_response_header(response, "Server-Timing", text);
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
    add_headers(ex, response);
    add_timing(ex, response);
    result = MHD_queue_response(ex->connection, (unsigned)ex->status, response);
    MHD_destroy_response(response);
    return result;
}

static void exchange_free(struct exchange *ex)
{
    struct arena *mem = ex->rq.mem;

    buf_free(&ex->body);
    buf_free(&ex->reply);
    arena_free(mem);
}

/* A stream lives long: nothing of its request is kept. */
static enum MHD_Result send_stream(struct exchange *ex, void **state)
{
    struct MHD_Response *response = streams_response(
        ex->server->streams, ex->connection, ex->rq.caller.organisation_id, ex->stream_after);
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    ex->reply_type = "text/event-stream";
    add_headers(ex, response);
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    result = MHD_queue_response(ex->connection, 200, response);
    MHD_destroy_response(response);
    *state = NULL;
    exchange_free(ex);
    return result;
}

/* --- receiving ------------------------------------------------------------------------------ */

/* The first thing the library tells of a request: its target, undecoded. */
static void *begin_exchange(void *arg, const char *uri, struct MHD_Connection *connection)
{
    struct server *server = arg;
    struct arena *mem = arena_new("request");
    struct exchange *ex = NEW(mem, struct exchange);
    const char *mark = strchr(uri, '?');

    ex->rq.mem = mem;
    ex->rq.limits = server->limits;
    ex->rq.store = server->store;
    ex->server = server;
    ex->connection = connection;
    ex->query = mark ? arena_text(mem, mark + 1) : "";
    ex->began_us = clock_monotonic_us();
    ex->reply = (struct buf)BUF(HTTP_REPLY_MAX);
    atomic_fetch_add_explicit(&server->requests, 1, memory_order_relaxed);
    return ex;
}

static void end_exchange(void *arg, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)arg, (void)connection, (void)code;
    if (*state)
        exchange_free(*state);
    *state = NULL;
}

/* The client's address; a proxy on this machine is believed about whom it speaks for. */
static void find_address(struct exchange *ex)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(ex->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const char *forwarded = request_header(&ex->rq, "X-Forwarded-For"), *last;
    char text[INET6_ADDRSTRLEN] = "";

    if (info && info->client_addr->sa_family == AF_INET)
        inet_ntop(AF_INET, &((struct sockaddr_in *)info->client_addr)->sin_addr, text,
                  sizeof(text));
    else if (info && info->client_addr->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)info->client_addr)->sin6_addr, text,
                  sizeof(text));
    ex->rq.address = arena_text(ex->rq.mem, text);
    if (!text_starts(text, "127.") && !text_equal(text, "::1"))
        return;
    ex->rq.is_secure = text_equal(request_header(&ex->rq, "X-Forwarded-Proto"), "https");
    if (!forwarded)
        return;
    last = strrchr(forwarded, ',');
    ex->rq.address = text_trim(ex->rq.mem, last ? last + 1 : forwarded);
}

static size_t body_limit(const struct route *route)
{
    return route->in.max > 0 ? route->in.max : HTTP_BODY_MAX;
}

/* Finds the route and refuses what is known to be wrong from the headers alone. */
static bool accept_headers(struct exchange *ex, const char *url, const char *method,
                           struct err *err)
{
    const char *length = request_header(&ex->rq, MHD_HTTP_HEADER_CONTENT_LENGTH);
    int64_t n = 0;

    if (is_smuggling(ex->connection))
        return err_set(err, ERR_MALFORMED, "the request's headers contradict one another");
    find_address(ex);
    ex->rq.route =
        router_find(ex->server->router, method, url, ex->rq.mem, ex->params, &ex->params_n, err);
    if (!ex->rq.route)
        return false;
    ex->body = (struct buf)BUF(body_limit(ex->rq.route));
    if (length && (!int_read(length, strlen(length), &n) || n > (int64_t)ex->body.max))
        return err_set(err, ERR_TOO_LARGE, "the body is larger than %zu bytes", ex->body.max);
    return true;
}

static enum MHD_Result refuse(struct exchange *ex, const struct err *err)
{
    atomic_fetch_add_explicit(&ex->server->refused, 1, memory_order_relaxed);
    ex->refused = true;
    reply_problem(ex, err);
    if (err->code == ERR_MALFORMED)
        reply_header(&ex->rq, "Connection", "close");
    return send_reply(ex);
}

/* Hands the exchange to the pool; the connection sleeps until exchange_done(). */
static bool hand_over(struct exchange *ex)
{
    struct server *server = ex->server;
    bool taken;

    ex->handed_over = true;
    ex->rq.raw = (struct bytes){ (const uint8_t *)buf_str(&ex->body), ex->body.len };
    MHD_suspend_connection(ex->connection); /* before anybody can answer */
    pthread_mutex_lock(&server->lock);
    taken = server->queued < HTTP_QUEUE_MAX && !server->stopping;
    if (taken) {
        if (server->last)
            server->last->next = ex;
        else
            server->first = ex;
        server->last = ex;
        server->queued++;
        server->running++;
        pthread_cond_signal(&server->has_work);
    }
    pthread_mutex_unlock(&server->lock);
    return taken;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_len, void **state)
{
    struct exchange *ex = *state;
    struct err err;

    (void)arg, (void)version, (void)connection;
    err_clear(&err);
    if (!ex->rq.route)
        return ex->refused || accept_headers(ex, url, method, &err) ? MHD_YES : refuse(ex, &err);
    if (*upload_len > 0) {
        buf_add(&ex->body, upload, *upload_len);
        *upload_len = 0;
        /* It did not say how long it would be: the library can't answer before the end. */
        return ex->body.full ? MHD_NO : MHD_YES;
    }
    if (ex->handed_over)
        return ex->is_stream ? send_stream(ex, state) : send_reply(ex);
    if (hand_over(ex))
        return MHD_YES;
    err_set(&err, ERR_BUSY, "too many requests are waiting: try again");
    err.retry_after_ms = SECOND_MS;
    reply_problem(ex, &err);
    MHD_resume_connection(ex->connection);
    return MHD_YES;
}

void exchange_done(struct exchange *ex)
{
    struct server *server = ex->server;

    MHD_resume_connection(ex->connection); /* from here on *ex is the library's thread's */
    server->running--;
}

static void *work_loop(void *arg)
{
    struct server *server = arg;
    struct exchange *ex;

    for (;;) {
        pthread_mutex_lock(&server->lock);
        while (!server->first && !server->stopping)
            pthread_cond_wait(&server->has_work, &server->lock);
        ex = server->first;
        if (ex) {
            server->first = ex->next;
            if (!server->first)
                server->last = NULL;
            server->queued--;
        }
        pthread_mutex_unlock(&server->lock);
        if (!ex)
            return NULL;
        dispatch(ex);
    }
}

/* --- starting and stopping ------------------------------------------------------------------ */

static size_t keep_escapes(void *arg, struct MHD_Connection *connection, char *s)
{
    (void)arg, (void)connection;
    return strlen(s); /* query.c and router.c decode, strictly */
}

static void log_library(void *arg, const char *format, va_list args)
{
    char text[256];

    (void)arg;
    vsnprintf(text, sizeof(text), format, args);
    text[strcspn(text, "\n")] = '\0';
    LOG_DEBUG("http.library", "note=\"%s\"", text);
}

static bool start_daemon(struct server *server, struct err *err)
{
    const struct server_settings *settings = &server->settings;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)settings->port) };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    if (inet_pton(AF_INET, settings->address, &at.sin_addr) != 1)
        return err_set(err, ERR_INVALID, "%s is not an IPv4 address", settings->address);
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
        (uint16_t)settings->port, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER,
        log_library, NULL, /* first: it is used by the others */
        MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)(cores > 1 ? cores : 2),
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTP_TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HTTP_CONNECTION_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, server,
        MHD_OPTION_NOTIFY_COMPLETED, end_exchange, server, MHD_OPTION_UNESCAPE_CALLBACK,
        keep_escapes, NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U, MHD_OPTION_LISTEN_BACKLOG_SIZE,
        1024U, MHD_OPTION_END);
    if (!server->daemon)
        return err_set(err, ERR_BUSY, "cannot listen on %s:%d: is something else there already?",
                       settings->address, settings->port);
    return true;
}

bool server_start(const struct server_settings *settings, struct server **out, struct err *err)
{
    struct arena *mem = arena_new("server");
    struct server *server = NEW(mem, struct server);
    size_t threads = settings->threads > 0 ? (size_t)settings->threads : THREADS_DEFAULT;

    server->mem = mem;
    server->settings = *settings;
    server->store = settings->store;
    server->router = router_new(mem, settings->routes, settings->routes_n);
    server->limits = login_limits_new(mem);
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->has_work, NULL);
    server->streams = streams_new(server);
    for (size_t i = 0; i < threads && i < COUNT(server->threads); i++)
        if (pthread_create(&server->threads[i], NULL, work_loop, server) == 0)
            server->threads_n++;
    if (!start_daemon(server, err)) {
        server_stop(server);
        return false;
    }
    *out = server;
    return true;
}

int server_port(const struct server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info ? info->port : 0;
}

void server_events_sealed(void *server)
{
    streams_wake(((struct server *)server)->streams);
}

/* The library asks that nothing is suspended when it stops. */
static void drain(struct server *server)
{
    int64_t until = clock_monotonic_ms() + STOP_WAIT_MS;

    while (server->running > 0 && clock_monotonic_ms() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    if (server->daemon) {
        MHD_socket listening = MHD_quiesce_daemon(server->daemon);
        if (listening != MHD_INVALID_SOCKET)
            close(listening);
    }
    pthread_mutex_lock(&server->lock);
    server->stopping = true;
    pthread_cond_broadcast(&server->has_work);
    pthread_mutex_unlock(&server->lock);
    for (size_t i = 0; i < server->threads_n; i++)
        pthread_join(server->threads[i], NULL);
    drain(server);
    streams_end(server->streams);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    streams_free(server->streams);
    arena_free(server->mem);
}
