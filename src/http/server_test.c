/* server_test.c — many clients, clients that go away, and the end of the server. */
#include "site_test.h"

#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <curl/curl.h>
#include <string.h>
#include <time.h>

enum { WAIT_MS = 20000, PROMPT_MS = 5000 };

static void pause_shortly(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

static bool waits_at_gate(int n)
{
    int64_t until = clock_monotonic_ms() + WAIT_MS;

    while (gate_waiting() != n && clock_monotonic_ms() < until)
        pause_shortly();
    return gate_waiting() == n;
}

struct crowd {
    int *fds;
    size_t n;
};

static void close_crowd(struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->n; i++)
        close_socket(&crowd->fds[i]);
}

/* n clients that have connected and sent this. */
static struct crowd crowd_of(struct site *site, size_t n, const char *text)
{
    struct crowd crowd = { NEW_ARRAY(site->mem, int, n), n };

    for (size_t i = 0; i < n; i++) {
        crowd.fds[i] = site_connect(site);
        if (crowd.fds[i] < 0 || !socket_send(crowd.fds[i], text))
            test_fail(__FILE__, __LINE__, "client %zu can't", i);
    }
    return crowd;
}

/* How many of them get this status. */
static size_t count_answers(struct site *site, const struct crowd *crowd, int status)
{
    size_t n = 0;

    for (size_t i = 0; i < crowd->n; i++)
        n += socket_read(site->mem, crowd->fds[i], false).status == status;
    return n;
}

#define CROWD(name, site, n, text) CLEANUP(close_crowd) struct crowd name = crowd_of(site, n, text)

static const char get_list[] = "GET /test/list HTTP/1.1\r\nHost: x\r\n\r\n";
static const char get_gate[] = "GET /test/gate HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(five_hundred_clients_at_once_are_all_answered)
{
    WORLD(w);
    SITE(site, &w);
    CROWD(crowd, &site, 500, get_list);

    CHECK(count_answers(&site, &crowd, 200) == 500);
}

TEST(who_sends_slowly_or_not_at_all_holds_nobody_up)
{
    WORLD(w);
    SITE(site, &w);
    CROWD(silent, &site, 100, "");
    CROWD(slow, &site, 100, "GET /test/list HTTP/1.1\r\nHos");
    CROWD(bodies, &site, 100, "PUT /test/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");

    CHECK(site_ask(&site, "GET", "/test/list", "", NULL).status == 200);
    CHECK(becomes(&site.server->running, 0));
    for (size_t i = 0; i < slow.n; i++)
        CHECK(socket_send(slow.fds[i], "t: x\r\n\r\n"));
    for (size_t i = 0; i < bodies.n; i++)
        CHECK(socket_send(bodies.fds[i], "defghi"));
    CHECK(count_answers(&site, &slow, 200) == 100);
    CHECK(count_answers(&site, &bodies, 200) == 100);
    CHECK(silent.n == 100);
}

TEST(who_goes_away_while_his_request_runs_harms_nobody)
{
    WORLD(w);
    SITE(site, &w);
    const char *post = arena_printf(site.mem,
                                    "POST /test/things HTTP/1.1\r\nHost: x\r\n"
                                    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
                                    "Content-Length: 12\r\n\r\n{\"name\":\"a\"}",
                                    site.token);
    struct crowd writers, waiters;

    gate_close();
    waiters = crowd_of(&site, 8, get_gate);
    CHECK(waits_at_gate(8));
    writers = crowd_of(&site, 50, post);
    close_crowd(&waiters);
    close_crowd(&writers);
    gate_open();
    CHECK(becomes(&site.server->running, 0));
    CHECK(becomes(&site.server->unsent, 0));
    CHECK(site_ask(&site, "GET", "/test/list", "", NULL).status == 200);
}

TEST(of_many_posts_with_one_key_at_the_same_moment_one_is_done_and_all_get_its_answer)
{
    WORLD(w);
    SITE(site, &w);
    const char *post = arena_printf(site.mem,
                                    "POST /test/numbers HTTP/1.1\r\nHost: x\r\n"
                                    "Authorization: Bearer %s\r\nIdempotency-Key: k1\r\n\r\n",
                                    site.token);
    CROWD(crowd, &site, 50, post);
    const char *number = NULL;
    size_t first_n = 0;

    for (size_t i = 0; i < crowd.n; i++) {
        struct answer answer = socket_read(site.mem, crowd.fds[i], false);

        CHECK(answer.status == 200);
        number = number ? number : answer.body;
        CHECK_TEXT(answer.body, number);
        first_n += !has_header(&answer, "Idempotency-Replayed", NULL);
    }
    CHECK(first_n == 1);
}

TEST(a_full_queue_is_busy_and_says_when_to_come_again)
{
    enum { THREADS = 8 };

    WORLD(w);
    SITE(site, &w);
    gate_close();
    CROWD(running, &site, THREADS, get_gate);
    CHECK(waits_at_gate(THREADS));
    CROWD(queued, &site, HTTP_QUEUE_MAX, get_list);
    CHECK(becomes(&site.server->running, THREADS + HTTP_QUEUE_MAX));

    struct answer answer = site_ask(&site, "GET", "/test/list", "", NULL);
    CHECK(answer.status == 503);
    CHECK(has_header(&answer, "Retry-After", "1"));
    gate_open();
    CHECK(count_answers(&site, &running, 200) == THREADS);
    CHECK(count_answers(&site, &queued, 200) == HTTP_QUEUE_MAX);
    CHECK(site_ask(&site, "GET", "/test/list", "", NULL).status == 200);
}

static void *stop_site(void *site)
{
    site_stop(site);
    return NULL;
}

TEST(who_waits_for_other_servers_leaves_threads_to_the_others)
{
    static const char get_far[] = "GET /test/far HTTP/1.1\r\nHost: x\r\n\r\n";
    enum { SHARE = 2 };

    WORLD(w);
    SITE(site, &w);
    gate_close();
    CROWD(far, &site, SHARE + HTTP_LANE_QUEUE_MAX, get_far);
    CHECK(becomes(&site.server->running, SHARE + HTTP_LANE_QUEUE_MAX));
    CHECK(waits_at_gate(SHARE));

    struct answer answer = site_ask(&site, "GET", "/test/far", "", NULL);
    CHECK(answer.status == 503 && has_header(&answer, "Retry-After", "1"));
    CHECK(site_ask(&site, "GET", "/test/list", "", NULL).status == 200);
    CHECK(site_ask(&site, "GET", "/healthz", "", NULL).status == 200);
    CHECK(gate_waiting() == SHARE);
    gate_open();
    CHECK(count_answers(&site, &far, 200) == SHARE + HTTP_LANE_QUEUE_MAX);
}

TEST(a_server_that_stops_also_answers_what_waits_for_its_share)
{
    WORLD(w);
    SITE(site, &w);
    pthread_t thread;

    gate_close();
    CROWD(far, &site, 20, "GET /test/far HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(becomes(&site.server->running, 20) && waits_at_gate(2));
    CHECK(pthread_create(&thread, NULL, stop_site, &site) == 0);
    gate_open();
    CHECK(count_answers(&site, &far, 200) == 20);
    pthread_join(thread, NULL);
}

TEST(a_server_that_stops_answers_what_came_in)
{
    WORLD(w);
    SITE(site, &w);
    pthread_t thread;

    gate_close();
    CROWD(crowd, &site, 30, get_gate);
    CHECK(becomes(&site.server->running, 30));
    CHECK(pthread_create(&thread, NULL, stop_site, &site) == 0);
    nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
    gate_open();
    CHECK(count_answers(&site, &crowd, 200) == 30);
    pthread_join(thread, NULL);
    CHECK(socket_is_closed(crowd.fds[0]));
    CHECK(site_connect(&site) < 0);
}

TEST(who_comes_while_a_server_stops_is_not_taken_in)
{
    WORLD(w);
    SITE(site, &w);
    struct server *server = site.server;
    CLEANUP(close_socket) int waiting = site_connect(&site);
    pthread_t thread;

    gate_close();
    CHECK(socket_send(waiting, get_gate));
    CHECK(waits_at_gate(1));
    CHECK(pthread_create(&thread, NULL, stop_site, &site) == 0);
    while (!atomic_load(&server->stopping))
        sched_yield();

    CLEANUP(close_socket) int late = site_connect(&site);
    CHECK(socket_is_closed(late));
    gate_open();
    CHECK(socket_read(site.mem, waiting, false).status == 200);
    pthread_join(thread, NULL);
}

TEST(a_server_stops_promptly_with_streams_and_silent_clients)
{
    WORLD(w);
    SITE(site, &w);
    const char *get_events = arena_printf(
        site.mem, "GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n",
        site.token);
    CROWD(streams, &site, 50, get_events);
    CROWD(silent, &site, 50, "");
    CROWD(idle, &site, 50, get_list);
    int64_t began;

    CHECK(count_answers(&site, &idle, 200) == 50);
    for (size_t i = 0; i < streams.n; i++)
        CHECK(socket_read(site.mem, streams.fds[i], true).status == 200);
    CHECK(streams_count(site.server->streams) == 50);
    began = clock_monotonic_ms();
    site_stop(&site);
    CHECK(clock_monotonic_ms() - began < PROMPT_MS);
    CHECK(socket_is_closed(silent.fds[0]));
    CHECK(socket_is_closed(idle.fds[0]));
}

static size_t keep_nothing(char *data, size_t size, size_t n, void *arg)
{
    (void)data;
    *(size_t *)arg += size * n;
    return size * n;
}

static void clean_curl(CURL **curl)
{
    curl_easy_cleanup(*curl);
}

TEST(curl_uploads_and_keeps_its_connection)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(clean_curl) CURL *curl = curl_easy_init();
    char *body = arena_alloc(site.mem, 250000);
    long status = 0, connections = 0;
    size_t got = 0;

    curl_easy_setopt(curl, CURLOPT_URL,
                     arena_printf(site.mem, "http://127.0.0.1:%d/test/raw", site.port));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_nothing);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &got);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PUT");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, 250000L);
    for (int i = 0; i < 3; i++) {
        CHECK(curl_easy_perform(curl) == CURLE_OK);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        CHECK(status == 200);
        curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connections);
        CHECK(connections == (i == 0));
    }
    CHECK(got == 3 * strlen("250000"));
}
