/* clients_test.c — a byte now and then keeps no connection. The sweep is asked at moments to come.
 */
#include "site_test.h"

#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <string.h>
#include <time.h>

enum { WAIT_MS = 20000 };
enum { SOON_MS = (HTTP_RECEIVE_S - 10) * SECOND_MS, LATE_MS = (HTTP_RECEIVE_S + 1) * SECOND_MS };

/* How many it has hung up on after a sweep in so many ms. */
static int64_t sweep_in(struct site *site, int64_t ms)
{
    clients_sweep(site->server->clients, clock_monotonic_ms() + ms);
    return clients_cut_off(site->server->clients);
}

/* The same until it is so many: a connection may not be accepted yet. */
static bool sweep_until(struct site *site, int64_t ms, int64_t n)
{
    int64_t until = clock_monotonic_ms() + WAIT_MS;

    while (sweep_in(site, ms) < n && clock_monotonic_ms() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    return clients_cut_off(site->server->clients) == n;
}

static bool is_told(struct site *site, int fd)
{
    return socket_read(site->mem, fd, false).status == 408 && socket_is_closed(fd);
}

TEST(a_head_that_is_not_there_in_time_is_waited_for_no_longer)
{
    static const char *const parts[] = { "", "GET /te", "GET /test/list HTTP/1.1\r\nHost: x\r\nX" };

    WORLD(w);
    SITE(site, &w);
    for (size_t i = 0; i < COUNT(parts); i++) {
        CLEANUP(close_socket) int fd = site_connect(&site);
        CHECK(socket_send(fd, parts[i]));
        CHECK(sweep_in(&site, SOON_MS) == (int64_t)i);
        CHECK(sweep_until(&site, LATE_MS, (int64_t)i + 1) && is_told(&site, fd));
        CHECK(sweep_in(&site, LATE_MS) == (int64_t)i + 1);
    }
    CHECK(site_ask(&site, "GET", "/test/list", "", NULL).status == 200);
}

TEST(a_kept_connection_begins_anew_with_each_request)
{
    static const char get_list[] = "GET /test/list HTTP/1.1\r\nHost: x\r\n\r\n";

    WORLD(w);
    SITE(site, &w);
    CLEANUP(close_socket) int fd = site_connect(&site);

    for (int i = 0; i < 3; i++) {
        CHECK(socket_send(fd, get_list) && socket_read(site.mem, fd, false).status == 200);
        CHECK(becomes(&site.server->unsent, 0) && sweep_in(&site, SOON_MS) == 0);
    }
    CHECK(socket_send(fd, "GET /test/list HTT"));
    CHECK(sweep_in(&site, LATE_MS) == 1 && is_told(&site, fd));
}

/* A body of this size of which so much is there. */
static int send_part(struct site *site, size_t size, size_t part)
{
    int fd = site_connect(site);
    const char *head = arena_printf(
        site->mem, "PUT /test/raw HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", size);
    char *body = arena_alloc(site->mem, part + 1);

    memset(body, 'x', part);
    if (!socket_send(fd, head) || !socket_send(fd, body) ||
        !becomes(&site->server->unknown_body_bytes, (int64_t)part))
        test_fail(__FILE__, __LINE__, "the body isn't there");
    return fd;
}

TEST(a_body_has_as_much_time_as_a_slow_line_needs_for_what_came)
{
    enum { EXTRA_S = 20, PART = EXTRA_S * HTTP_RATE_MIN };

    WORLD(w);
    SITE(site, &w);
    CLEANUP(close_socket) int fd = send_part(&site, 2 * PART, PART);

    CHECK(sweep_in(&site, LATE_MS) == 0);
    CHECK(sweep_in(&site, LATE_MS + (EXTRA_S - 10) * SECOND_MS) == 0);
    CHECK(sweep_in(&site, LATE_MS + EXTRA_S * SECOND_MS) == 1 && is_told(&site, fd));
    CHECK(becomes(&site.server->unknown_body_bytes, 0));
}

TEST(who_waits_for_an_answer_or_for_events_owes_nothing)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(close_socket) int waiting = site_connect(&site);
    CLEANUP(close_socket) int listening = site_connect(&site);

    gate_close();
    CHECK(socket_send(waiting, "GET /test/gate HTTP/1.1\r\nHost: x\r\n\r\n"));
    CHECK(becomes(&site.server->running, 1));
    CHECK(socket_send(listening, arena_printf(site.mem,
                                              "GET /api/v1/events HTTP/1.1\r\nHost: x\r\n"
                                              "Authorization: Bearer %s\r\n\r\n",
                                              site.token)));
    CHECK(socket_read(site.mem, listening, true).status == 200);
    CHECK(sweep_in(&site, HOUR_MS) == 0);
    gate_open();
    CHECK(socket_read(site.mem, waiting, false).status == 200);
    CHECK(!socket_is_closed(listening));
}
