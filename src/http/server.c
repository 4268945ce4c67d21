/* server.c — libmicrohttpd: its threads parse requests, collect bodies and send replies; what
 * may block runs on a pool of ours, while the connection is suspended.
 *
 * Only this file, listener.c, server_connection.c and sse.c know the library.
 */
#include "server_connection.h"

#include "../auth/login_limits.h"
#include "../base/log.h"
#include "listener.h"
#include "sse_hints.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    THREADS_DEFAULT = 8,
    SEND_WAIT_MS = 3000, /* at the end, for those who read slowly */
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
    /* A thread that is free but not awake yet counts, too. */
    taken = server->queued < HTTP_QUEUE_MAX &&
            lane->queued + lane->running < lane->queued_max + lane->running_max &&
            !server->stopping;
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
    if (!listener_start(server, &server->listener, err)) {
        server_stop(server);
        return false;
    }
    *out = server;
    return true;
}

int server_port(const struct server *server)
{
    return listener_port(server->listener);
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
    listener_stop(server->listener);
    streams_free(server->streams);
    hints_free(server->hints);
    clients_free(server->clients);
    pthread_cond_destroy(&server->has_work);
    pthread_mutex_destroy(&server->lock);
    arena_free(server->mem);
}
