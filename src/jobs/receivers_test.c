#include "receivers.h"

#include "../base/fetch.h"
#include "../base/text.h"
#include "../domain/channels/channels.h"

#include "api.h"
#include "test.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A port on this machine where nobody answers: bound, but nobody listens. */
static int silent_port(int *out)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        return -1;
    *out = ntohs(at.sin_port);
    return fd;
}

static void close_socket(const int *fd)
{
    close(*fd);
}

/* Freed behind the world's store, stopped before it: two variables, around the world. */
static void free_receivers(struct receivers *const *receivers)
{
    receivers_free(*receivers);
}

static void stop_receivers(struct receivers *const *receivers)
{
    receivers_stop(*receivers);
}

static const char *add_mailbox(struct api *api, int port)
{
    const char *body = arena_printf(
        api->w->mem,
        "{\"type\":\"email\",\"name\":\"Post\",\"settings\":{\"address\":\"%s@bedrijf.test\","
        "\"imap_host\":\"127.0.0.1\",\"imap_port\":%d,\"imap_password\":\"geheim\"}}",
        random_text(api->w->mem, 12), port);

    if (api_call(api, POST, "/api/v1/channels", body) != 201)
        return NULL;
    return arena_printf(api->w->mem, "/api/v1/channels/%s", api_text(api, "id"));
}

static void nap(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

/* What the channel's health says; NULL when it says nothing for ten seconds. */
static const char *wait_for_error(struct api *api, const char *path)
{
    for (int i = 0; i < 500; i++, nap())
        if (api_call(api, GET, path, NULL) == 200 && api_text(api, "last_error"))
            return api_text(api, "last_error");
    return NULL;
}

struct leases {
    int64_t n, holders_n;
};

static bool count_leases(struct tx *tx, void *arg, struct err *err)
{
    struct leases *leases = arg;

    return db_number(tx, sql_composed("SELECT count(*) FROM leases"), NO_ARGS, &leases->n, err) &&
           db_number(tx, sql_composed("SELECT count(DISTINCT holder) FROM leases"), NO_ARGS,
                     &leases->holders_n, err);
}

static bool count_failing(struct tx *tx, void *arg, struct err *err)
{
    return db_number(
        tx, sql_composed("SELECT count(*) FROM events_pending WHERE kind = 'channel.failing'"),
        NO_ARGS, arg, err);
}

TEST(a_server_that_cannot_be_reached_stands_in_the_health_of_the_channel_and_in_history_once)
{
    CLEANUP(free_receivers) struct receivers *receivers = NULL;
    WORLD(w);
    API(api, &w, &channel_routes);
    int port = 0;
    CLEANUP(close_socket) int fd = silent_port(&port);
    CLEANUP(stop_receivers) struct receivers *running = NULL;
    const char *path, *words;
    int64_t failing = 0;

    CHECK(fd >= 0);
    fetch_allow_private(true);
    api_as(&api, ROLE_ADMIN);
    CHECK_OK(receivers_start(w.store, &receivers, &w.err), &w.err);
    running = receivers;
    path = add_mailbox(&api, port); /* the watcher hears of it */
    words = path ? wait_for_error(&api, path) : NULL;
    for (int i = 0; i < 100; i++)
        nap(); /* it fails once more */
    CHECK(words != NULL);
    CHECK(strstr(words, "127.0.0.1 can't be reached at the moment") != NULL);
    CHECK_OK(world_read(&w, count_failing, &failing), &w.err);
    CHECK(failing == 1);
}

/* As if mailboxes had been taken and nobody heard of it: a COMMIT without an answer. */
struct stray {
    const char *channel; /* that is there */
    int64_t gone_n;      /* leases of one that isn't */
};

static bool add_strays(struct tx *tx, void *arg, struct err *err)
{
    const struct stray *stray = arg;
    int64_t id;

    return id_read("chn", stray->channel, strlen(stray->channel), &id) &&
           db_run(tx,
                  sql_composed("INSERT INTO leases (name, holder, until) "
                               "SELECT stray.name, holder, until FROM leases, "
                               "(SELECT 'channel:gone' AS name UNION ALL SELECT $1) AS stray "
                               "WHERE leases.name LIKE 'channel:%'"),
                  ARGS(arg_text(arena_printf(tx->mem, "channel:%lld", (long long)id))), err);
}

static bool count_gone(struct tx *tx, void *arg, struct err *err)
{
    return db_number(tx, sql_composed("SELECT count(*) FROM leases WHERE name = 'channel:gone'"),
                     NO_ARGS, &((struct stray *)arg)->gone_n, err);
}

static bool enable(struct api *api, const char *path, bool on)
{
    if (api_call(api, GET, path, NULL) != 200)
        return false;
    api->header = arena_printf(api->w->mem, "If-Match: %s", api_header(api, "ETag"));
    return api_call(api, PATCH, path, on ? "{\"enabled\":true}" : "{\"enabled\":false}") == 200;
}

TEST(a_mailbox_whose_lease_was_taken_unheard_is_read_or_given_back)
{
    CLEANUP(free_receivers) struct receivers *receivers = NULL;
    WORLD(w);
    API(api, &w, &channel_routes);
    int port = 0;
    CLEANUP(close_socket) int fd = silent_port(&port);
    CLEANUP(stop_receivers) struct receivers *running = NULL;
    struct stray stray = { .gone_n = 1 };
    const char *one, *two;

    CHECK(fd >= 0);
    fetch_allow_private(true);
    api_as(&api, ROLE_ADMIN);
    one = add_mailbox(&api, port);
    two = add_mailbox(&api, port);
    CHECK(one && two && enable(&api, two, false));
    CHECK_OK(receivers_start(w.store, &receivers, &w.err), &w.err);
    running = receivers;
    CHECK(wait_for_error(&api, one) != NULL);

    stray.channel = strrchr(two, '/') + 1;
    CHECK_OK(world_write(&w, add_strays, &stray), &w.err);
    CHECK(enable(&api, two, true));
    CHECK(wait_for_error(&api, two) != NULL);
    for (int i = 0; i < 500 && stray.gone_n > 0; i++, nap())
        CHECK_OK(world_read(&w, count_gone, &stray), &w.err);
    CHECK(stray.gone_n == 0);
}

TEST(two_nodes_share_the_mailboxes_and_give_them_back_when_they_stop)
{
    CLEANUP(free_receivers) struct receivers *one = NULL;
    CLEANUP(free_receivers) struct receivers *two = NULL;
    WORLD(w);
    API(api, &w, &channel_routes);
    int port = 0;
    CLEANUP(close_socket) int fd = silent_port(&port);
    CLEANUP(stop_receivers) struct receivers *first = NULL;
    CLEANUP(stop_receivers) struct receivers *second = NULL;
    struct leases leases = { 0 };
    const char *paths[3];

    CHECK(fd >= 0);
    fetch_allow_private(true);
    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(paths); i++) {
        paths[i] = add_mailbox(&api, port);
        CHECK(paths[i] != NULL);
    }
    CHECK_OK(receivers_start(w.store, &one, &w.err), &w.err);
    first = one;
    for (size_t i = 0; i < COUNT(paths); i++)
        CHECK(wait_for_error(&api, paths[i]) != NULL);
    CHECK_OK(receivers_start(w.store, &two, &w.err), &w.err);
    second = two;
    for (int i = 0; i < 25; i++)
        nap();
    CHECK_OK(world_read(&w, count_leases, &leases), &w.err);
    CHECK(leases.n == 3 && leases.holders_n == 1);

    receivers_stop(one);
    first = NULL;
    for (int i = 0; i < 250 && (leases.n != 3 || i == 0); i++, nap())
        CHECK_OK(world_read(&w, count_leases, &leases), &w.err);
    CHECK(leases.n == 3 && leases.holders_n == 1);
    receivers_stop(two);
    second = NULL;
    CHECK_OK(world_read(&w, count_leases, &leases), &w.err);
    CHECK(leases.n == 0);
}
