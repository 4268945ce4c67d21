/* ingest.c — hands messages to a server's API channels and measures it.
 *
 * usage: bench_ingest PORT KEY CLIENTS PER_SECOND SECONDS WARM_UP REQUESTS CASES STEP SEED CHANNEL…
 *
 * KEY is the channels' secret (whsec_…): each message is signed; or a token. PER_SECOND 0: each
 * client sends the next one as soon as it has the answer. The messages belong to random active
 * cases. Prints `per_second`, `p50_ms`, `p99_ms`, `messages` and `failures`.
 */
#include "database.h"
#include "load.h"
#include "plan.h"

#include "../src/base/text.h"
#include "../src/channel/api.h"

#include <stdio.h>
#include <string.h>

struct sending {
    struct bytes *requests;
    struct samples latencies;
    size_t failures;
    int a_failure; /* its status */
};

static struct bytes request(void *arg, size_t i)
{
    return ((struct sending *)arg)->requests[i];
}

static void answered(void *arg, size_t i, const struct reply *reply, int64_t us)
{
    struct sending *sending = arg;

    (void)i;
    if (reply->status == 201) {
        samples_add(&sending->latencies, us);
        return;
    }
    sending->failures++;
    sending->a_failure = reply->status;
}

static struct bytes make_request(struct arena *mem, const char *channel, const char *key,
                                 const char *body, size_t i)
{
    struct bytes bytes = { (const uint8_t *)body, strlen(body) };
    long long now_s = clock_now().ms / SECOND_MS;
    const char *who, *id = arena_printf(mem, "load_%zu", i), *text;

    if (text_starts(key, "whsec_"))
        who =
            arena_printf(mem, "webhook-id: %s\r\nwebhook-timestamp: %lld\r\nwebhook-signature: %s",
                         id, now_s, api_sign(mem, key, id, now_s, bytes));
    else
        who = arena_printf(mem, "Authorization: Bearer %s", key);
    text = arena_printf(mem,
                        "POST /api/v1/channels/%s/messages HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/json\r\n%s\r\nContent-Length: %zu\r\n\r\n%s",
                        channel, who, bytes.len, body);
    return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("ingest");
    struct sending sending = { .latencies = { .mem = mem } };
    struct plan *plan;
    struct random random;
    size_t cases, step;
    double seconds;

    if (argc != 11 + PLAN_CHANNELS) {
        fputs("usage: bench_ingest PORT KEY CLIENTS PER_SECOND SECONDS WARM_UP REQUESTS CASES STEP "
              "SEED CHANNEL…\n",
              stderr);
        return 2;
    }
    crypt_init();
    struct load load = { .port = (int)number_of(argv[1]),
                         .clients_n = (size_t)number_of(argv[3]),
                         .per_second = (double)number_of(argv[4]),
                         .seconds = (double)number_of(argv[5]),
                         .warm_up_s = (double)number_of(argv[6]),
                         .requests_n = (size_t)number_of(argv[7]),
                         .request = request,
                         .answered = answered,
                         .arg = &sending };
    cases = (size_t)number_of(argv[8]);
    step = (size_t)number_of(argv[9]);
    plan = plan_new(mem, (uint64_t)number_of(argv[10]));
    random = plan_random(plan_seed(plan), 0);
    sending.requests = NEW_ARRAY(mem, struct bytes, load.requests_n);
    for (size_t i = 0; i < load.requests_n; i++) {
        size_t of_case = plan_active(&random, cases, step);
        sending.requests[i] = make_request(mem, argv[11 + plan_channel(of_case, step)], argv[2],
                                           plan_message(plan, mem, &random, i, of_case), i);
    }
    seconds = load_run(mem, &load);
    printf("per_second %.1f\np50_ms %.3f\np99_ms %.3f\nmessages %zu\nfailures %zu %d\n",
           (double)sending.latencies.n / seconds, samples_ms(&sending.latencies, 0.5),
           samples_ms(&sending.latencies, 0.99), sending.latencies.n, sending.failures,
           sending.a_failure);
    return 0;
}
