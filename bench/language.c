/* language.c — how long it takes to understand a text.
 *
 * usage: bench_language SET…
 *
 * SET: files with a text a line, in front of a tab; the first line is skipped. Texts are put
 * together to messages of about 600 bytes, and each is understood as one that came in and as one
 * that goes out. Prints `p50_us`, `p99_us`, `longest_us`, `arena_kb` (the most memory), and
 * `hostile_ms`: the longest that one of several texts of 50 MB, made to be slow, takes.
 */
#include "database.h"

#include "../src/base/buf.h"
#include "../src/base/text.h"
#include "../src/language/understand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_BYTES = 600, ROUNDS = 20, HOSTILE_BYTES = 50 << 20, TEXTS_MAX = 4 << 20 };

struct timing {
    struct arena *mem;
    int64_t *us;
    size_t n, cap, arena_most;
};

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int64_t understand_us(struct timing *timing, const char *text, size_t len, bool is_outgoing)
{
    struct understand_context context = { .is_outgoing = is_outgoing, .at = clock_now() };
    struct understanding u;
    int64_t began = clock_monotonic_us();

    understand(timing->mem, text, len, &context, &u);
    began = clock_monotonic_us() - began;
    if (arena_used(timing->mem) > timing->arena_most)
        timing->arena_most = arena_used(timing->mem);
    arena_reset(timing->mem);
    return began;
}

static void measure(struct timing *timing, const char *text, size_t len)
{
    for (int i = 0; i < 2 && timing->n < timing->cap; i++)
        timing->us[timing->n++] = understand_us(timing, text, len, i == 1);
}

/* The texts of a set with blanks between, into messages. */
static void measure_set(struct timing *timing, const char *path)
{
    char line[64 * 1024];
    struct buf message = BUF(MESSAGE_BYTES * 4);
    FILE *file = fopen(path, "r");

    if (!file || !fgets(line, sizeof(line), file)) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    while (fgets(line, sizeof(line), file)) {
        buf_add(&message, line, strcspn(line, "\t\n"));
        buf_text(&message, message.len < MESSAGE_BYTES ? " " : "");
        if (message.len < MESSAGE_BYTES)
            continue;
        measure(timing, message.data, utf8_cut(message.data, message.len, MESSAGE_BYTES));
        buf_clear(&message);
    }
    fclose(file);
    buf_free(&message);
}

/* What many a parser is slow at, over and over. */
static const char *const hostile[] = {
    "a",
    "1",
    "(",
    "@a",
    "http://",
    "1.1.1.1-",
    "\xf0\x9f\x91\xa8\xe2\x80\x8d",
    "aa ",
    "we bellen",
    "voor ",
    "binnen 3 ",
    "!morgen ",
    "1 2 3 4 5 ",
    "e\xcc\x81",
    "\n\n",
    "u je ",
    "NL13TEST0123456789 ",
};

static int64_t measure_hostile(struct timing *timing)
{
    char *text = arena_alloc(timing->mem, HOSTILE_BYTES);
    int64_t longest = 0;
    struct timing own = { .mem = arena_new("hostile") };

    for (size_t i = 0; i < COUNT(hostile); i++) {
        size_t len = strlen(hostile[i]), whole = HOSTILE_BYTES / len * len;
        for (size_t at = 0; at < whole; at++)
            text[at] = hostile[i][at % len];
        for (int outgoing = 0; outgoing < 2; outgoing++) {
            int64_t us = understand_us(&own, text, whole, outgoing == 1);
            longest = us > longest ? us : longest;
        }
    }
    arena_free(own.mem);
    return longest;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *keep = arena_new("timings"), *mem = arena_new("message");
    struct timing timing = { .mem = mem, .cap = 2000000 };

    if (argc < 2) {
        fputs("usage: bench_language SET…\n", stderr);
        return 2;
    }
    timing.us = NEW_ARRAY(keep, int64_t, timing.cap);
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 1; i < argc; i++)
            measure_set(&timing, argv[i]);
    qsort(timing.us, timing.n, sizeof(*timing.us), by_size);
    printf("p50_us %lld\np99_us %lld\nlongest_us %lld\narena_kb %zu\nmessages %zu\n",
           (long long)timing.us[timing.n / 2], (long long)timing.us[timing.n * 99 / 100],
           (long long)timing.us[timing.n - 1], timing.arena_most / 1024, timing.n);
    timing.mem = keep;
    printf("hostile_ms %.1f\n", (double)measure_hostile(&timing) / 1000);
    return 0;
}
