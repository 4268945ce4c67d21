/* live.c — opens many streams of events, lets messages come in one at a time, and measures when
 * the last stream has heard of each.
 *
 * usage: bench_live PORT TOKEN,… STREAMS ROUNDS PID CHANNEL SECRET CASES
 *
 * The streams are shared out among the tokens: a user may have only so many.
 * PID is the server's. Prints `opened_ms`, `kb_each` (the server's memory for one), `last_ms` (the
 * median from sending the message to the last stream) and `descriptors_kept` after hanging up.
 */
#include "database.h"
#include "load.h"
#include "plan.h"

#include "../src/channel/api.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    AT_ONCE = 128,
    EVENTS_MAX = 512,
    WAIT_MS = 30000,
    FIRST = 1000,
    KEPT_MAX = 16,
    TOKENS_MAX = 1000
};

struct streams {
    struct arena *mem;
    int port, epoll, pid;
    int *fds;
    bool *heard; /* since it was last looked for */
    size_t n;
};

/* --- the server, from outside -------------------------------------------------------------------
 */

static int64_t memory_kb(int pid)
{
    char path[64], line[256];
    int64_t kb = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/status", pid);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof(line), file))
        if (strncmp(line, "VmRSS:", 6) == 0)
            kb = strtoll(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return kb;
}

static int64_t descriptors(int pid)
{
    char path[64];
    int64_t n = 0;
    DIR *folder;

    snprintf(path, sizeof(path), "/proc/%d/fd", pid);
    folder = opendir(path);
    while (folder && readdir(folder))
        n++;
    if (folder)
        closedir(folder);
    return n;
}

/* --- streams ------------------------------------------------------------------------------------
 */

/* Reads until `wanted` streams said `sign`; the moment the last one did. */
static int64_t wait_for(struct streams *streams, size_t wanted, const char *sign)
{
    struct epoll_event events[EVENTS_MAX];
    int64_t until_us = clock_monotonic_us() + WAIT_MS * 1000;
    char text[8192];

    while (wanted > 0 && clock_monotonic_us() < until_us) {
        int n = epoll_wait(streams->epoll, events, EVENTS_MAX, 100);
        for (int i = 0; i < n; i++) {
            size_t at = events[i].data.u64;
            ssize_t len = recv(streams->fds[at], text, sizeof(text) - 1, MSG_DONTWAIT);
            if (len == 0 || (len < 0 && errno != EAGAIN))
                give_up("streams", &(struct err){ .text = "the server hung up" });
            text[len > 0 ? len : 0] = '\0';
            if (streams->heard[at] || !strstr(text, sign))
                continue;
            streams->heard[at] = true;
            wanted--;
        }
    }
    if (wanted > 0)
        give_up("streams", &(struct err){ .text = "not all of them heard it" });
    return clock_monotonic_us();
}

/* A request by each token. */
static struct list requests_of(struct arena *mem, const char *tokens)
{
    const char *requests[TOKENS_MAX];
    size_t n = 0;

    for (const char *at = tokens; *at && n < TOKENS_MAX; at += at[0] == ',') {
        size_t len = strcspn(at, ",");
        requests[n++] =
            arena_printf(mem,
                         "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
                         "Accept: text/event-stream\r\nAuthorization: Bearer %.*s\r\n\r\n",
                         (int)len, at);
        at += len;
    }
    return (struct list){ memcpy(NEW_ARRAY(mem, const char *, n), requests, n * sizeof(char *)),
                          n };
}

/* Some at a time, as the server accepts them. */
static void open_all(struct streams *streams, const char *tokens)
{
    struct list requests = requests_of(streams->mem, tokens);

    for (size_t from = 0; from < streams->n; from += AT_ONCE) {
        size_t to = from + AT_ONCE < streams->n ? from + AT_ONCE : streams->n;
        for (size_t i = from; i < to; i++) {
            struct epoll_event event = { .events = EPOLLIN, .data.u64 = i };
            const char *request = ((const char **)requests.items)[i % requests.n];
            streams->fds[i] = load_connect(streams->port);
            if (epoll_ctl(streams->epoll, EPOLL_CTL_ADD, streams->fds[i], &event) != 0 ||
                send(streams->fds[i], request, strlen(request), MSG_NOSIGNAL) < 0)
                give_up("streams", &(struct err){ .text = "cannot open a stream" });
        }
        wait_for(streams, to - from, "\n\n"); /* the first line says that it works */
    }
}

static struct bytes message(struct arena *mem, const struct plan *plan, const char *channel,
                            const char *secret, size_t number, size_t cases)
{
    struct random random = plan_random(plan_seed(plan), number);
    size_t of_case = random_below(&random, cases / PLAN_CHANNELS) * PLAN_CHANNELS;
    const char *body = plan_message(plan, mem, &random, number, of_case);
    struct bytes bytes = { (const uint8_t *)body, strlen(body) };
    long long now_s = clock_now().ms / SECOND_MS;
    const char *text =
        arena_printf(mem,
                     "POST /api/v1/channels/%s/messages HTTP/1.1\r\nHost: localhost\r\n"
                     "Content-Type: application/json\r\nwebhook-id: live_%zu\r\n"
                     "webhook-timestamp: %lld\r\nwebhook-signature: %s\r\n"
                     "Content-Length: %zu\r\n\r\n%s",
                     channel, number, now_s,
                     api_sign(mem, secret, arena_printf(mem, "live_%zu", number), now_s, bytes),
                     bytes.len, body);

    return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

/* The server hears of a client that is gone when it next writes to it: at a heartbeat. What it
 * keeps for good are connections to its database. */
static int64_t hang_up(struct streams *streams, int64_t before)
{
    int64_t until_ms = clock_monotonic_ms() + 2 * WAIT_MS, kept;

    for (size_t i = 0; i < streams->n; i++)
        close(streams->fds[i]);
    do {
        usleep(100000);
        kept = descriptors(streams->pid) - before;
    } while (kept >= KEPT_MAX && clock_monotonic_ms() < until_ms);
    return kept > 0 ? kept : 0;
}

/* What each round took. */
static void run_rounds(struct streams *streams, const struct plan *plan, char **argv,
                       struct samples *out)
{
    for (size_t i = 0; i < (size_t)number_of(argv[4]); i++) {
        struct bytes request =
            message(streams->mem, plan, argv[6], argv[7], i, (size_t)number_of(argv[8]));
        int64_t sent_us = clock_monotonic_us();
        memset(streams->heard, 0, streams->n * sizeof(bool));
        load_ask(streams->port, request);
        samples_add(out, wait_for(streams, streams->n, "data:") - sent_us);
    }
}

static void raise_descriptors(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("live");
    struct streams streams = { .mem = mem, .epoll = epoll_create1(EPOLL_CLOEXEC) };
    struct samples samples = { .mem = mem };
    struct plan *plan = plan_new(mem, 1);
    int64_t began_us, opened_us, before_kb, before_n;
    double kb_each;

    if (argc != 9) {
        fputs("usage: bench_live PORT TOKEN,… STREAMS ROUNDS PID CHANNEL SECRET CASES\n", stderr);
        return 2;
    }
    crypt_init();
    raise_descriptors();
    streams.port = (int)number_of(argv[1]);
    streams.n = (size_t)number_of(argv[3]);
    streams.pid = (int)number_of(argv[5]);
    streams.fds = NEW_ARRAY(mem, int, streams.n);
    streams.heard = NEW_ARRAY(mem, bool, streams.n);
    /* One before, so that what the first message needs isn't counted. */
    load_ask(streams.port, message(mem, plan, argv[6], argv[7], FIRST, (size_t)number_of(argv[8])));
    usleep(500000);
    before_kb = memory_kb(streams.pid);
    before_n = descriptors(streams.pid);

    began_us = clock_monotonic_us();
    open_all(&streams, argv[2]);
    opened_us = clock_monotonic_us();
    kb_each = (double)(memory_kb(streams.pid) - before_kb) / (double)streams.n;
    run_rounds(&streams, plan, argv, &samples);
    printf("opened_ms %.1f\nkb_each %.2f\nlast_ms %.1f\ndescriptors_kept %lld\n",
           (double)(opened_us - began_us) / 1000, kb_each, samples_ms(&samples, 0.5),
           (long long)hang_up(&streams, before_n));
    return 0;
}
