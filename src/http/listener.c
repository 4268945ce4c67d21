/* listener.c — one socket that listens, and threads of libmicrohttpd that take connections from it.
 *
 * A thread of the library asks for up to 128 events at a time. When there are just so many it asks
 * for more before it looks at those, and waits as if it had none: for whoever comes next, or until
 * a connection has been silent for too long (0.9.75 and all others that are known). So each thread
 * has a clock among what it waits for. For that it has to be a daemon of its own: the library's own
 * pool hides what its threads wait for.
 */
#include "listener.h"

#include "../base/log.h"
#include "server_connection.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum {
    THREADS_MAX = 64,
    BACKLOG = 1024,
    DESCRIPTORS_KEPT = 1000, /* for the store, the channels and the log */
    TICK_MS = 100,           /* what just so many events wait at most */
};

struct listener {
    struct server *server;
    int fd; /* -1: none */
    struct MHD_Daemon *daemons[THREADS_MAX];
    int clocks[THREADS_MAX];
    size_t n;
};

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

/* The socket that all listen at; -1 with err. */
static int open_socket(const struct server_settings *settings, struct err *err)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)settings->port) };
    int yes = 1, fd;

    if (inet_pton(AF_INET, settings->address, &at.sin_addr) != 1) {
        err_set(err, ERR_INVALID, "%s is not an IPv4 address", settings->address);
        return -1;
    }
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
        bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    err_set(err, ERR_BUSY, "cannot listen on %s:%d: is something else there already?",
            settings->address, settings->port);
    return -1;
}

/* Wakes the daemon's thread again and again: the library passes over what has no pointer, and as
 * only its coming counts, nobody has to read it. */
static bool add_clock(struct MHD_Daemon *daemon, int *clock)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    const struct timespec tick = { .tv_nsec = TICK_MS * 1000000L };
    struct epoll_event event = { .events = EPOLLIN | EPOLLET };

    *clock = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    return info && *clock >= 0 &&
           timerfd_settime(*clock, 0, &(struct itimerspec){ tick, tick }, NULL) == 0 &&
           epoll_ctl(info->epoll_fd, EPOLL_CTL_ADD, *clock, &event) == 0;
}

/* One more thread, for its share of the connections. */
static bool add_daemon(struct listener *listener, size_t share, struct err *err)
{
    struct server *server = listener->server;
    int fd = dup(listener->fd); /* the library closes it */
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_EXTERNAL_LOGGER,         (intptr_t)log_library,       NULL   }, /* first: used by the others */
        { MHD_OPTION_LISTEN_SOCKET,           fd,                          NULL   },
        { MHD_OPTION_CONNECTION_LIMIT,        (intptr_t)share,             NULL   },
        { MHD_OPTION_CONNECTION_TIMEOUT,      HTTP_TIMEOUT_S,              NULL   },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_CONNECTION_MEMORY,      NULL   },
        { MHD_OPTION_URI_LOG_CALLBACK,        (intptr_t)connection_begin,  server },
        { MHD_OPTION_NOTIFY_COMPLETED,        (intptr_t)connection_end,    server },
        { MHD_OPTION_NOTIFY_CONNECTION,       (intptr_t)connection_notify, server },
        { MHD_OPTION_UNESCAPE_CALLBACK,       (intptr_t)keep_escapes,      NULL   },
        { MHD_OPTION_END,                     0,                           NULL   },
    };
    struct MHD_Daemon *daemon =
        fd < 0 ? NULL
               : MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                                      MHD_USE_ERROR_LOG,
                                  0, take_connection, server, connection_handle, server,
                                  MHD_OPTION_ARRAY, options, MHD_OPTION_END);

    if (!daemon)
        return err_set(err, ERR_INTERNAL, "cannot start a thread for connections");
    listener->daemons[listener->n] = daemon;
    listener->clocks[listener->n++] = -1;
    return add_clock(daemon, &listener->clocks[listener->n - 1]) ||
           err_set(err, ERR_INTERNAL, "cannot start the clock of a thread for connections");
}

bool listener_start(struct server *server, struct listener **out, struct err *err)
{
    struct listener *listener = NEW(server->mem, struct listener);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = cores < 2 ? 2 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;

    *out = listener;
    listener->server = server;
    listener->fd = open_socket(&server->settings, err);
    if (listener->fd < 0)
        return false;
    while (listener->n < n)
        if (!add_daemon(listener, connections_max() / n, err))
            return false;
    return true;
}

int listener_port(const struct listener *listener)
{
    struct sockaddr_in at;
    socklen_t len = sizeof(at);

    return getsockname(listener->fd, (struct sockaddr *)&at, &len) == 0 ? ntohs(at.sin_port) : 0;
}

void listener_stop(struct listener *listener)
{
    if (!listener)
        return;
    for (size_t i = 0; i < listener->n; i++) {
        MHD_stop_daemon(listener->daemons[i]);
        if (listener->clocks[i] >= 0)
            close(listener->clocks[i]);
    }
    if (listener->fd >= 0)
        close(listener->fd);
}
