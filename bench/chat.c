/* chat.c — opens the streams of many widgets of visitors, and listens as long as it's asked to.
 *
 * usage: bench_chat PORT PID CHANNEL TOKENS
 *
 * TOKENS is a file with a visitor's token a line, PID the server's. Prints `opened_ms` (until the
 * last one stands) and `kb_each` (the server's memory for one). Then, for each line on its input
 * that is a number n: `ready`, and when so many of them have heard of news since, `heard US`, the
 * moment by the monotonic clock. Ends with its input.
 */
#include "database.h"
#include "listeners.h"
#include "load.h"

#include "../src/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_MAX = 200, WIDGETS_MAX = 20000 };

static struct list requests_of(struct arena *mem, const char *path, const char *channel)
{
    const char **requests = NEW_ARRAY(mem, const char *, WIDGETS_MAX);
    FILE *file = fopen(path, "r");
    char token[TOKEN_MAX];
    size_t n = 0;

    while (file && n < WIDGETS_MAX && fgets(token, sizeof(token), file)) {
        token[strcspn(token, "\n")] = '\0';
        requests[n++] = arena_printf(mem,
                                     "GET /chat/%s/stream HTTP/1.1\r\nHost: localhost\r\n"
                                     "Accept: text/event-stream\r\nX-Visitor: %s\r\n\r\n",
                                     channel, token);
    }
    if (file)
        fclose(file);
    return (struct list){ requests, n };
}

static void print(const char *line)
{
    puts(line);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("chat");
    struct listeners streams;
    struct list requests;
    int64_t began_us, opened_us, before_kb;
    char line[64];

    if (argc != 5) {
        fputs("usage: bench_chat PORT PID CHANNEL TOKENS\n", stderr);
        return 2;
    }
    requests = requests_of(mem, argv[4], argv[3]);
    streams = listeners_new(mem, (int)number_of(argv[1]), (int)number_of(argv[2]), requests.n);
    before_kb = server_memory_kb(streams.pid);
    began_us = clock_monotonic_us();
    listeners_open(&streams, &requests);
    opened_us = clock_monotonic_us();
    print(arena_printf(mem, "opened_ms %.1f\nkb_each %.2f", (double)(opened_us - began_us) / 1000,
                       (double)(server_memory_kb(streams.pid) - before_kb) / (double)streams.n));
    while (fgets(line, sizeof(line), stdin)) {
        listeners_forget(&streams);
        print("ready");
        print(arena_printf(
            mem, "heard %lld",
            (long long)listeners_wait(&streams, strtoull(line, NULL, 10), "event: news")));
    }
    return 0;
}
