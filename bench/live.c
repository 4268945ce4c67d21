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
#include "listeners.h"
#include "load.h"
#include "plan.h"

#include "../src/channel/api.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FIRST = 1000, TOKENS_MAX = 1000 };

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

/* What each round took. */
static void run_rounds(struct listeners *streams, const struct plan *plan, char **argv,
                       struct samples *out)
{
    for (size_t i = 0; i < (size_t)number_of(argv[4]); i++) {
        struct bytes request =
            message(streams->mem, plan, argv[6], argv[7], i, (size_t)number_of(argv[8]));
        int64_t sent_us = clock_monotonic_us();
        listeners_forget(streams);
        load_ask(streams->port, request);
        samples_add(out, listeners_wait(streams, streams->n, "data:") - sent_us);
    }
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("live");
    struct listeners streams;
    struct list requests;
    struct samples samples = { .mem = mem };
    struct plan *plan = plan_new(mem, 1);
    int64_t began_us, opened_us, before_kb, before_n;
    double kb_each;

    if (argc != 9) {
        fputs("usage: bench_live PORT TOKEN,… STREAMS ROUNDS PID CHANNEL SECRET CASES\n", stderr);
        return 2;
    }
    crypt_init();
    streams = listeners_new(mem, (int)number_of(argv[1]), (int)number_of(argv[5]),
                            (size_t)number_of(argv[3]));
    requests = requests_of(mem, argv[2]);
    /* One before, so that what the first message needs isn't counted. */
    load_ask(streams.port, message(mem, plan, argv[6], argv[7], FIRST, (size_t)number_of(argv[8])));
    usleep(500000);
    before_kb = server_memory_kb(streams.pid);
    before_n = server_descriptors(streams.pid);

    began_us = clock_monotonic_us();
    listeners_open(&streams, &requests);
    opened_us = clock_monotonic_us();
    kb_each = (double)(server_memory_kb(streams.pid) - before_kb) / (double)streams.n;
    run_rounds(&streams, plan, argv, &samples);
    printf("opened_ms %.1f\nkb_each %.2f\nlast_ms %.1f\ndescriptors_kept %lld\n",
           (double)(opened_us - began_us) / 1000, kb_each, samples_ms(&samples, 0.5),
           (long long)listeners_hang_up(&streams, before_n));
    return 0;
}
