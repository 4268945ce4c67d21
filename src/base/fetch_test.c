#include "fetch.h"

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A server that gives each caller the same answer. */
struct server {
    int listener;
    pthread_t thread;
    const char *answer; /* "": none, the connection stays open */
    char url[64];
    char asked[2048];
    _Atomic int calls;
};

static void answer_one(struct server *s, int peer)
{
    size_t len = 0;
    ssize_t got;

    /* Until the body, or the end of a request without one, is there. */
    while ((got = read(peer, s->asked + len, sizeof(s->asked) - 1 - len)) > 0) {
        const char *body;

        len += (size_t)got;
        s->asked[len] = '\0';
        body = strstr(s->asked, "\r\n\r\n");
        if (body && (!strstr(s->asked, "Content-Length: 4") || strlen(body) >= 8))
            break;
    }
    if (*s->answer == '\0')
        got = read(peer, s->asked, 1); /* until the other side gives up */
    else if (write(peer, s->answer, strlen(s->answer)) < 0)
        return;
}

static void *serve(void *what)
{
    struct server *s = what;
    int peer;

    while ((peer = accept(s->listener, NULL, NULL)) >= 0) {
        s->calls++;
        answer_one(s, peer);
        shutdown(peer, SHUT_WR);
        close(peer);
    }
    return NULL;
}

static bool server_start(struct server *s, const char *answer)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(address);

    s->answer = answer;
    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&address, len) < 0 ||
        listen(s->listener, 8) < 0 ||
        getsockname(s->listener, (struct sockaddr *)&address, &len) < 0)
        return false;
    snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%d/hook", ntohs(address.sin_port));
    return pthread_create(&s->thread, NULL, serve, s) == 0;
}

static void server_stop(struct server *s)
{
    fetch_allow_private(false);
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
}

__attribute__((constructor)) static void start_curl(void)
{
    fetch_init();
}

TEST(a_request_goes_out_and_its_answer_comes_back)
{
    CLEANUP(server_stop) struct server s = { 0 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct fetch_header headers[] = {
        { "X-One",   "1" },
        { "X-Empty", ""  }
    };
    struct fetched got;
    struct err err = { 0 };

    CHECK(
        server_start(&s, "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\nlater"));
    fetch_allow_private(true);
    CHECK_OK(fetch(mem,
                   &(struct fetch){
                       .method = "POST",
                       .url = s.url,
                       .headers = headers,
                       .headers_n = 2,
                       .body = { (const uint8_t *)"body", 4 }
    },
                   &got, &err),
             &err);
    CHECK(got.status == 503 && got.retry_after_ms == 7000 && got.body.len == 5);
    CHECK(memcmp(got.body.data, "later", 5) == 0);
    CHECK(strncmp(s.asked, "POST /hook HTTP/1.1\r\n", 21) == 0);
    CHECK(strstr(s.asked, "X-One: 1\r\n") && strstr(s.asked, "X-Empty:\r\n"));
    CHECK(strstr(s.asked, "\r\n\r\nbody") && !strstr(s.asked, "Content-Type"));
    CHECK(!strstr(s.asked, "Expect"));
}

TEST(a_redirect_is_an_answer_not_an_order)
{
    CLEANUP(server_stop) struct server s = { 0 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct fetched got;
    struct err err = { 0 };

    CHECK(server_start(&s, "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"));
    fetch_allow_private(true);
    CHECK_OK(fetch(mem, &(struct fetch){ .method = "GET", .url = s.url }, &got, &err), &err);
    CHECK(got.status == 302 && s.calls == 1);
}

TEST(private_addresses_are_refused_before_a_connection_is_made)
{
    CLEANUP(server_stop) struct server s = { 0 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    int port;
    struct fetched got;

    CHECK(server_start(&s, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    port = (int)strtol(strrchr(s.url, ':') + 1, NULL, 10);
    const char *urls[] = {
        s.url,
        arena_printf(mem, "http://localhost:%d/", port), /* a name that resolves to one */
        arena_printf(mem, "http://[::ffff:127.0.0.1]:%d/", port),
        arena_printf(mem, "http://2130706433:%d/", port), /* 127.0.0.1 as one number */
        arena_printf(mem, "http://0x7f.1:%d/", port),
        arena_printf(mem, "http://0.0.0.0:%d/", port),
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct err err = { 0 };

        fetch_allow_private(false); /* whatever an earlier test left */
        CHECK(!fetch(mem, &(struct fetch){ .method = "GET", .url = urls[i] }, &got, &err));
        CHECK(err.code == ERR_UPSTREAM && strstr(err.text, "not a public one"));
    }
    CHECK(s.calls == 0);
}

TEST(only_http_and_https_are_spoken)
{
    static const char *const urls[] = { "file:///etc/passwd",
                                        "ftp://127.0.0.1/",
                                        "gopher://127.0.0.1/",
                                        "telnet://127.0.0.1:1/",
                                        "",
                                        "not a url",
                                        "http://" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(urls); i++) {
        struct fetched got;
        struct err err = { 0 };

        if (fetch(mem, &(struct fetch){ .method = "GET", .url = urls[i] }, &got, &err) ||
            err.code != ERR_UPSTREAM)
            test_fail(__FILE__, __LINE__, "%s: %s", urls[i], err.text);
    }
}

TEST(an_answer_larger_than_asked_for_is_refused)
{
    CLEANUP(server_stop) struct server s = { 0 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct fetched got;
    struct err err = { 0 };

    CHECK(server_start(&s, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"));
    fetch_allow_private(true);
    CHECK(fetch(mem, &(struct fetch){ .method = "GET", .url = s.url, .max = 10 }, &got, &err));
    CHECK(!fetch(mem, &(struct fetch){ .method = "GET", .url = s.url, .max = 9 }, &got, &err));
    CHECK(err.code == ERR_UPSTREAM);
    CHECK_TEXT(err.text, "the answer is larger than 9 bytes");
}

TEST(silence_and_closed_doors_are_worth_another_try)
{
    CLEANUP(server_stop) struct server s = { 0 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct fetch rq = { .method = "GET", .url = s.url, .timeout_ms = 100 };
    struct fetched got;
    struct err err = { 0 };

    CHECK(server_start(&s, ""));
    fetch_allow_private(true);
    CHECK(!fetch(mem, &rq, &got, &err) && err.code == ERR_BUSY && got.was_asked);
    rq.url = "http://127.0.0.1:1/";
    err_clear(&err);
    CHECK(!fetch(mem, &rq, &got, &err) && err.code == ERR_BUSY && !got.was_asked);
}

TEST(a_header_cannot_smuggle_another_one_in)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct fetch_header rows[] = {
        { "A",    "b\r\nC: d" },
        { "A\nB", "c"         },
        { "A: b", "c"         }
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetched got;
        struct err err = { 0 };

        CHECK(!fetch(mem,
                     &(struct fetch){ .method = "GET",
                                      .url = "http://127.0.0.1:1/",
                                      .headers = &rows[i],
                                      .headers_n = 1 },
                     &got, &err));
        CHECK(strstr(err.text, "must be one line"));
    }
}

TEST(the_proxy_of_the_environment_is_not_used)
{
    CLEANUP(server_stop) struct server s = { 0 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct fetched got;
    struct err err = { 0 };
    bool ok;

    CHECK(server_start(&s, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    fetch_allow_private(true);
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    ok = fetch(mem, &(struct fetch){ .method = "GET", .url = s.url }, &got, &err);
    unsetenv("http_proxy");
    CHECK_OK(ok, &err);
}
