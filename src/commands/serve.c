/* serve.c — the server: HTTP for the web, workers and receivers for the work, until it is told
 * to stop.
 */
#include "commands.h"

#include "../base/fetch.h"
#include "../base/log.h"
#include "../base/memory.h"
#include "../base/text.h"
#include "../channel/email_parse.h"
#include "../http/server.h"
#include "../jobs/metrics.h"
#include "../jobs/receivers.h"
#include "../jobs/worker.h"
#include "../store/events.h"
#include "node.h"
#include "open.h"
#include "routes.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum part { PART_ALL, PART_WEB, PART_WORK };
static const char *const part_names[] = { "all", "web", "work", NULL };
static const char *const log_level_names[] = { "debug", "info", "warn", "error", NULL };

enum { PUBLIC_ADDRESS_MAX = 200 };
#define PUBLIC_ADDRESS_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]"

struct serve_options {
    const char *data, *database, *listen, *public_address;
    unsigned role;
    bool allow_private;
    unsigned log;
};

struct serving {
    const struct serve_options *options;
    struct arena *mem;
    struct store *store;
    struct node *node;
    struct sealer *sealer;
    struct worker *worker;
    struct receivers *receivers;
    pthread_mutex_t lock;
    struct server *server; /* under the lock: the sealer's thread looks at it */
};

/* --- where to listen ----------------------------------------------------------------------- */

static bool read_listen(struct arena *mem, const char *listen, const char **address, int *port,
                        struct err *err)
{
    const char *colon = strrchr(listen, ':');
    int64_t n = 0;

    if (!colon || colon == listen || !int_read(colon + 1, strlen(colon + 1), &n) || n < 0 ||
        n > UINT16_MAX)
        return err_set(err, ERR_MALFORMED,
                       "--listen wants an address and a port, as 127.0.0.1:8080, not '%s'", listen);
    *address = arena_text_n(mem, listen, (size_t)(colon - listen));
    *port = (int)n;
    return true;
}

/* As a browser would write an origin: nothing behind the host and the port. */
static bool check_public_address(const char *address, struct err *err)
{
    const char *host = address ? strstr(address, "://") : NULL;

    if (!address ||
        (host && (text_starts(address, "https://") || text_starts(address, "http://")) && host[3] &&
         strlen(address) <= PUBLIC_ADDRESS_MAX &&
         strspn(host + 3, PUBLIC_ADDRESS_LETTERS) == strlen(host + 3)))
        return true;
    return err_set(err, ERR_MALFORMED,
                   "--public-address wants an address without a path, as "
                   "https://help.example.org, not '%s'",
                   address);
}

/* --- what the system gives us -------------------------------------------------------------- */

/* Each connection is a descriptor; the usual limit of 1024 is for programs that use select(). */
static void raise_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        LOG_WARN("serve.start", "err=\"cannot raise the limit of open files: %s\"",
                 strerror(errno));
}

/* Before any thread, so that only the main thread gets the signals, by asking for them. */
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

/* --- running ------------------------------------------------------------------------------- */

static void has_news(void *arg, unsigned wake)
{
    struct serving *s = arg;

    pthread_mutex_lock(&s->lock);
    if (s->server)
        server_has_news(s->server, wake);
    pthread_mutex_unlock(&s->lock);
}

static bool ask_database(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx, SQL_ORGANISATIONS_COUNT, NO_ARGS, n, err);
}

static bool is_ready(void *arg, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("ready");
    struct serving *s = arg;
    struct scope scope = { .mem = mem };
    int64_t n;

    return store_read(s->store, &scope, ask_database, &n, err);
}

static bool write_work(void *arg, struct request *rq, struct buf *out, struct err *err)
{
    struct serving *s = arg;

    return metrics_write(s->worker, rq, out, err);
}

static bool start_web(struct serving *s, const char *address, int port, struct err *err)
{
    struct server_settings settings = {
        .store = s->store,
        .address = address,
        .port = port,
        .public_address = s->options->public_address,
        .routes = all_routes,
        .routes_n = all_routes_n,
        .assets = &desk_assets,
        .is_ready = is_ready,
        .metrics = write_work,
        .arg = s,
    };
    struct server *server;

    if (!server_start(&settings, &server, err))
        return false;
    pthread_mutex_lock(&s->lock);
    s->server = server;
    pthread_mutex_unlock(&s->lock);
    printf("listening on http://%s:%d\n", address, server_port(server));
    fflush(stdout);
    return true;
}

static bool start_work(struct serving *s, struct err *err)
{
    return worker_start(s->store, 0, &s->worker, err) &&
           receivers_start(s->store, &s->receivers, err);
}

static void wait_for_signal(struct serving *s, const sigset_t *set)
{
    static const struct timespec pause = { .tv_sec = NODE_RENEW_MS / 1000 };

    while (sigtimedwait(set, NULL, &pause) < 0)
        if (errno == EAGAIN)
            node_renew(s->node);
}

/* Answers what came in, then ends what works on, then what seals; the store is closed last. */
static void stop(struct serving *s)
{
    struct server *server;

    pthread_mutex_lock(&s->lock);
    server = s->server;
    s->server = NULL;
    pthread_mutex_unlock(&s->lock);
    server_stop(server);
    receivers_stop(s->receivers);
    worker_stop(s->worker);
    sealer_stop(s->sealer);
    if (s->node)
        node_release(s->node);
    store_close(s->store);
    worker_free(s->worker);
    receivers_free(s->receivers);
}

static bool start(struct serving *s, struct err *err)
{
    const struct serve_options *options = s->options;
    bool has_key = key_is_there(options->data);
    struct store_settings settings = { .data = options->data,
                                       .database = options->database,
                                       .is_node = true };
    const char *address = NULL;
    int port = 0;

    if (options->role != PART_WORK && !options->listen)
        return err_set(err, ERR_MALFORMED, "--listen is missing: add --listen 127.0.0.1:8080");
    if (!check_public_address(options->public_address, err))
        return false;
    if (options->listen && !read_listen(s->mem, options->listen, &address, &port, err))
        return false;
    if (!store_open(&settings, &s->store, err) || (!has_key && !check_new_key(s->store, err)) ||
        !node_take(s->store, s->mem, &s->node, err))
        return false;
    s->sealer = sealer_start(s->store, has_news, s);
    if (options->role != PART_WEB && !start_work(s, err))
        return false;
    return options->role == PART_WORK || start_web(s, address, port, err);
}

static bool serve(struct arena *mem, const void *arg, struct err *err)
{
    struct serving s = { .options = arg, .mem = mem, .lock = PTHREAD_MUTEX_INITIALIZER };
    sigset_t signals;
    bool ok;

    log_set_level(s.options->log);
    fetch_allow_private(s.options->allow_private);
    email_init();
    raise_descriptors();
    memory_keep();
    block_signals(&signals);
    ok = start(&s, err);
    if (ok) {
        LOG_INFO("serve.start", "version=%s role=%s node=%d", GESTAND_VERSION,
                 part_names[s.options->role], node_number(s.node));
        wait_for_signal(&s, &signals);
    }
    stop(&s);
    if (ok)
        LOG_INFO("serve.stop", "reason=signal");
    return ok;
}

static const struct serve_options defaults = { .log = LOG_INFO };

static const struct option options[] = {
    PLACE_OPTIONS(serve_options),
    OPTION(serve_options, listen, "ADDR:PORT",
           .doc = "where to answer, as 127.0.0.1:8080 or 0.0.0.0:80"),
    OPTION(serve_options, public_address, "URL",
           .doc = "how people reach it, for links in messages, as https://help.example.org"),
    OPTION(serve_options, role, "ROLE", .names = part_names,
           .doc = "web answers, work fetches and sends; all (the default) does both"),
    OPTION(serve_options, allow_private, NULL,
           .doc = "let channels and webhooks reach private and loopback addresses"),
    OPTION(serve_options, log, "LEVEL", .names = log_level_names,
           .doc = "what to write (default info)"),
};

const struct command serve_command = {
    "serve",
    serve,
    "Starts the server",
    OPTIONS(options, serve_options),
    &defaults,
    "Stops on SIGTERM or SIGINT, after answering what came in. The log goes to standard error.\n",
    0
};
