#include "push.h"

#include "by_hand.h"
#include "desk.h"
#include "test.h"

#include "../base/fetch.h"
#include "../domain/devices/devices.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* A push service that takes one message, keeps it and answers. */
struct service {
    int listener;
    pthread_t thread;
    const char *answer;
    char url[64];
    char asked[4096];
    size_t len;
};

/* All of the request: its head, and as much behind it as that says. */
static bool is_whole(const struct service *s)
{
    const char *body = strstr(s->asked, "\r\n\r\n"), *length = strstr(s->asked, "Content-Length: ");

    return body && length &&
           s->len >= (size_t)(body + 4 - s->asked) + (size_t)strtol(length + 16, NULL, 10);
}

static void *serve(void *what)
{
    struct service *s = what;
    int peer = accept(s->listener, NULL, NULL);
    ssize_t got;

    while (peer >= 0 && !is_whole(s) &&
           (got = read(peer, s->asked + s->len, sizeof(s->asked) - 1 - s->len)) > 0)
        s->len += (size_t)got;
    if (peer >= 0 && write(peer, s->answer, strlen(s->answer)) > 0)
        shutdown(peer, SHUT_WR);
    close(peer);
    return NULL;
}

static bool service_start(struct service *s, const char *answer)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t len = sizeof(address);

    *s = (struct service){ .answer = answer };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(s->listener, (struct sockaddr *)&address, len) < 0 || listen(s->listener, 4) < 0 ||
        getsockname(s->listener, (struct sockaddr *)&address, &len) < 0)
        return false;
    snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%d/send/1", ntohs(address.sin_port));
    return pthread_create(&s->thread, NULL, serve, s) == 0;
}

static void service_stop(struct service *s)
{
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
}

/* Runs the first job that tells somebody; *ran is false when there is none. */
static bool run_push(struct world *w, bool *ran)
{
    struct job_run run;

    do {
        if (!take_job(w, &run))
            return false;
    } while (run.job.id.n != 0 && !text_equal(run.job.kind, "push"));
    *ran = run.job.id.n != 0;
    err_clear(&w->err);
    return !*ran || job_push(&run, &w->err);
}

/* A service that answers so, an agent with a device there, and a case that became his. */
#define PUSHED(w, api, service, words)                                                             \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &device_routes);              \
    CLEANUP(service_stop) struct service service;                                                  \
    const char *path;                                                                              \
    user_id agent;                                                                                 \
    bool ran;                                                                                      \
    fetch_allow_private(true);                                                                     \
    CHECK(service_start(&service, words));                                                         \
    agent = api_as(&api, ROLE_AGENT);                                                              \
    CHECK(api_call(&api, PUT, "/api/v1/me/devices",                                                \
                   arena_printf(w.mem,                                                             \
                                "{\"name\":\"Telefoon\",\"language\":\"nl\","                      \
                                "\"notify_assigned\":true,\"endpoint\":\"%s\","                    \
                                "\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-"  \
                                "AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\","                         \
                                "\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}",                            \
                                service.url)) == 200);                                             \
    api_as(&api, ROLE_ADMIN);                                                                      \
    path = arrive(&api, add_channel(&api), "1", "jan", "Waar blijft mijn pakket?");                \
    CHECK(path != NULL);                                                                           \
    CHECK(change(&api, path,                                                                       \
                 arena_printf(w.mem, "{\"assignee_id\":\"%s\"}", id_text("usr", agent.n).s)) ==    \
          200)

static bool has_device(struct tx *tx, void *arg, struct err *err)
{
    struct list devices;

    if (!device_list(tx, *(const user_id *)arg, (session_id){ 0 }, &devices, err))
        return false;
    return devices.n == 1 || err_set(err, ERR_NOT_FOUND, "it's gone");
}

TEST(a_push_service_gets_a_sealed_text_signed_and_with_a_time_to_live)
{
    PUSHED(w, api, service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");

    CHECK(run_push(&w, &ran) && ran);
    CHECK(strncmp(service.asked, "POST /send/1 HTTP/1.1\r\n", 23) == 0);
    CHECK(strstr(service.asked, "Content-Encoding: aes128gcm\r\n") != NULL);
    CHECK(strstr(service.asked, "TTL: 14400\r\n") && strstr(service.asked, "Urgency: normal\r\n"));
    CHECK(strstr(service.asked, "Authorization: vapid t=") != NULL);
    CHECK(!strstr(service.asked, "assigned")); /* sealed */
    CHECK(run_push(&w, &ran) && !ran);
    CHECK(world_read(&w, has_device, &agent));
}

TEST(a_device_that_is_gone_is_forgotten)
{
    PUSHED(w, api, service, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");

    CHECK(run_push(&w, &ran) && ran);
    CHECK(!world_read(&w, has_device, &agent));
    CHECK(run_push(&w, &ran) && !ran);
}

TEST(a_push_service_that_is_busy_is_asked_again_later)
{
    PUSHED(w, api, service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");

    CHECK(!run_push(&w, &ran) && w.err.code == ERR_BUSY);
    CHECK(world_read(&w, has_device, &agent));
}

TEST(a_push_service_that_refuses_a_message_is_not_asked_again)
{
    PUSHED(w, api, service, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");

    CHECK(!run_push(&w, &ran) && w.err.code == ERR_UPSTREAM);
}

TEST(a_private_address_is_told_nothing)
{
    PUSHED(w, api, service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");

    fetch_allow_private(false);
    CHECK(!run_push(&w, &ran) && w.err.code == ERR_UPSTREAM);
    CHECK(service.len == 0);
    fetch_allow_private(true);
}
