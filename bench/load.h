/* load.h — a client of HTTP/1.1 with many kept connections on one thread: what it sends was made
 * before, so that its own work doesn't count.
 *
 * Ends the program with the reason when the server can't be reached.
 */
#pragma once

#include "../src/base/arena.h"
#include "../src/base/buf.h"

enum { REPLY_HEAD_MAX = 4096 };

struct reply {
    int status;
    size_t body_len;
    double server_ms; /* of Server-Timing; 0 without */
};

struct client {
    int fd;
    bool is_busy;
    size_t request;      /* the number of what it asks */
    struct bytes unsent; /* the rest of the request */
    int64_t due_us;      /* when it should have been sent */
    char head[REPLY_HEAD_MAX + 1];
    size_t head_len, body_left;
    bool has_head;
    struct reply reply;
};

struct load {
    int port;
    size_t clients_n, requests_n;
    double per_second; /* 0: each client asks again at once */
    double seconds, warm_up_s;
    /* The bytes of request i, borrowed. */
    struct bytes (*request)(void *arg, size_t i);
    /* What came back; `us` since it was due. Not called for what was asked while warming up. */
    void (*answered)(void *arg, size_t i, const struct reply *reply, int64_t us);
    void *arg;
};
/* Runs until the time is over or the requests are; returns the seconds measured. */
double load_run(struct arena *mem, const struct load *load);

int load_connect(int port);
/* Sends all of it and waits for the whole reply: for single requests. */
struct reply load_ask(int port, struct bytes request);

/* Samples of which parts are wanted. */
struct samples {
    struct arena *mem;
    int64_t *v;
    size_t n, cap;
};
void samples_add(struct samples *samples, int64_t us);
/* Sorts; the value that `share` (0 … 1) of them don't exceed, in milliseconds; 0 for none. */
double samples_ms(struct samples *samples, double share);
