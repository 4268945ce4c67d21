/* server.c — libmicrohttpd: its threads parse requests, collect bodies and send replies; what
 * may block runs on a pool of ours, while the connection is suspended.
 *
 * Only this file, server_connection.c and sse.c know the library.
 */
#include "server_connection.h"

#include "../auth/login_limits.h"
#include "../base/log.h"
#include "sse_hints.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    THREADS_DEFAULT = 8,
    DESCRIPTORS_KEPT = 1000, /* for the store, the channels and the log */
    SEND_WAIT_MS = 3000,     /* at the end, for those who read slowly */
};

/* --- the pool --------------------------------------------------------------------------------- */

/* Finding out who calls is quick whatever is asked. */
static struct lane *lane_of(struct server *server, const struct exchange *ex)
{
    if (ex->stage != AT_CALLER && ex->rq.route && ex->rq.route->kind == OUTSIDE)
        return &server->lanes[LANE_OUTSIDE];
    if (ex->stage != AT_CALLER && ex->rq.route && ex->rq.route->kind == PASSWORD)
        return &server->lanes[LANE_PASSWORD];
    return &server->lanes[LANE_COMMON];
}

static void set_lanes(struct server *server, size_t threads)
{
    size_t share = threads > HTTP_LANE_SHARE ? threads / HTTP_LANE_SHARE : 1;
    struct lane slow = { .queued_max = HTTP_LANE_QUEUE_MAX, .running_max = share };

    server->lanes[LANE_COMMON] =
        (struct lane){ .queued_max = HTTP_QUEUE_MAX, .running_max = threads };
    server->lanes[LANE_OUTSIDE] = server->lanes[LANE_PASSWORD] = slow;
}

bool server_hand_over(struct server *server, struct exchange *ex)
{
    struct lane *lane = lane_of(server, ex);
    bool taken;

    pthread_mutex_lock(&server->lock);
    taken = server->queued < HTTP_QUEUE_MAX && lane->queued < lane->queued_max && !server->stopping;
    if (taken) {
        MHD_suspend_connection(ex->connection); /* before anybody can answer */
        if (!ex->is_counted)
            atomic_fetch_add(&server->unsent, 1);
        ex->is_counted = true;
        ex->next = NULL;
        if (lane->last)
            lane->last->next = ex;
        else
            lane->first = ex;
        lane->last = ex;
        lane->queued++;
        server->queued++;
        atomic_fetch_add(&server->running, 1);
    }
    pthread_mutex_unlock(&server->lock);
    if (taken)
        pthread_cond_signal(&server->has_work); /* who is woken finds the lock free */
    return taken;
}

void exchange_done(struct exchange *ex)
{
    struct server *server = ex->server;

    MHD_resume_connection(ex->connection); /* from here on *ex is the library's thread's */
    atomic_fetch_sub(&server->running, 1);
}

/* The lane whose first request came in first, of those that may run one more; NULL for none. */
static struct lane *next_lane(struct server *server)
{
    struct lane *next = NULL;

    for (size_t i = 0; i < LANES; i++) {
        struct lane *lane = &server->lanes[i];
        if (lane->first && lane->running < lane->running_max &&
            (!next || lane->first->began_us < next->first->began_us))
            next = lane;
    }
    return next;
}

static struct exchange *take(struct server *server, struct lane *lane)
{
    struct exchange *ex = lane->first;

    lane->first = ex->next;
    if (!lane->first)
        lane->last = NULL;
    lane->queued--;
    lane->running++;
    server->queued--;
    return ex;
}

/* Who prepares and answers gives way to the store's one writer, for which all of them wait: with
 * 256 clients on two cores that is a twentieth more messages. */
enum { GIVE_WAY = 5 };

/* When nothing may run and the server stops, what is left is for the threads that run now. */
static void *work_loop(void *arg)
{
    struct server *server = arg;
    struct exchange *ex;
    struct lane *lane;

    setpriority(PRIO_PROCESS, (id_t)gettid(), GIVE_WAY);
    pthread_mutex_lock(&server->lock);
    for (;;) {
        while (!(lane = next_lane(server)) && !server->stopping)
            pthread_cond_wait(&server->has_work, &server->lock);
        if (!lane)
            break;
        ex = take(server, lane);
        pthread_mutex_unlock(&server->lock);
        dispatch(ex);
        pthread_mutex_lock(&server->lock);
        lane->running--;
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
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

/* A connection that isn't taken costs nothing more. Nobody is taken while the server stops. Not by
 * MHD_quiesce_daemon(): it and the daemon's threads both take the listening socket out of the same
 * epoll set, and who comes second ends the program (0.9.75 and later ones). */
static enum MHD_Result take_connection(void *arg, const struct sockaddr *address, socklen_t len)
{
    struct server *server = arg;
    const _Atomic int32_t *n = per_address_place(&server->per_address, address);

    (void)len;
    if (atomic_load(&server->stopping))
        return MHD_NO;
    return !n || *n < HTTP_PER_ADDRESS_MAX ? MHD_YES : MHD_NO;
}

/* As many connections as there are descriptors for. */
static unsigned connections_max(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
        limit.rlim_cur >= HTTP_CONNECTIONS_MAX + DESCRIPTORS_KEPT)
        return HTTP_CONNECTIONS_MAX;
    return (unsigned)(limit.rlim_cur > 2 * DESCRIPTORS_KEPT ? limit.rlim_cur - DESCRIPTORS_KEPT
                                                            : limit.rlim_cur / 2);
}

static bool start_daemon(struct server *server, struct err *err)
{
    const struct server_settings *settings = &server->settings;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)settings->port) };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_EXTERNAL_LOGGER,         (intptr_t)log_library,       NULL   }, /* first: used by the others */
        { MHD_OPTION_SOCK_ADDR,               0,                           &at    },
        { MHD_OPTION_THREAD_POOL_SIZE,        cores > 1 ? cores : 2,       NULL   },
        { MHD_OPTION_CONNECTION_LIMIT,        connections_max(),           NULL   },
        { MHD_OPTION_CONNECTION_TIMEOUT,      HTTP_TIMEOUT_S,              NULL   },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_CONNECTION_MEMORY,      NULL   },
        { MHD_OPTION_URI_LOG_CALLBACK,        (intptr_t)connection_begin,  server },
        { MHD_OPTION_NOTIFY_COMPLETED,        (intptr_t)connection_end,    server },
        { MHD_OPTION_NOTIFY_CONNECTION,       (intptr_t)connection_notify, server },
        { MHD_OPTION_UNESCAPE_CALLBACK,       (intptr_t)keep_escapes,      NULL   },
        { MHD_OPTION_LISTEN_BACKLOG_SIZE,     1024,                        NULL   },
        { MHD_OPTION_END,                     0,                           NULL   },
    };

    if (inet_pton(AF_INET, settings->address, &at.sin_addr) != 1)
        return err_set(err, ERR_INVALID, "%s is not an IPv4 address", settings->address);
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
        (uint16_t)settings->port, take_connection, server, connection_handle, server,
        MHD_OPTION_ARRAY, options, MHD_OPTION_END);
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
    per_address_init(&server->per_address);
    server->store = settings->store;
    server->router = router_new(mem, settings->routes, settings->routes_n);
    server->openapi = openapi_write(mem, server->router);
    server->limits = login_limits_new(mem);
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->has_work, NULL);
    server->streams = streams_new(server);
    server->hints = hints_new(server);
    server->clients = clients_new();
    set_lanes(server, threads);
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

void server_has_news(struct server *server, unsigned wake)
{
    streams_wake(server->streams, wake);
    if (wake & WAKE_PRESENCE)
        hints_wake(server->hints);
}

/* --- stopping --------------------------------------------------------------------------------- */

static void pause_shortly(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
}

/* The library asks that nothing is suspended when it stops. A handler that was begun ends by
 * itself: all that it waits for has a limit. */
static void wait_for_handlers(struct server *server)
{
    while (atomic_load(&server->running) > 0)
        pause_shortly();
}

static void wait_for_readers(struct server *server)
{
    int64_t until = clock_monotonic_ms() + SEND_WAIT_MS;

    while (atomic_load(&server->unsent) > 0 && clock_monotonic_ms() < until)
        pause_shortly();
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    pthread_mutex_lock(&server->lock);
    server->stopping = true;
    pthread_cond_broadcast(&server->has_work);
    pthread_mutex_unlock(&server->lock);
    for (size_t i = 0; i < server->threads_n; i++)
        pthread_join(server->threads[i], NULL);
    wait_for_handlers(server);
    wait_for_readers(server);
    streams_end(server->streams);
    hints_end(server->hints);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    streams_free(server->streams);
    hints_free(server->hints);
    clients_free(server->clients);
    pthread_cond_destroy(&server->has_work);
    pthread_mutex_destroy(&server->lock);
    arena_free(server->mem);
}
