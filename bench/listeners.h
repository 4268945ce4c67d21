/* listeners.h — many streams of events on one thread, and what they cost the server: seen from
 * outside.
 *
 * Ends the program with the reason when one can't be opened, or doesn't say what it should in time.
 */
#pragma once

#include "../src/base/arena.h"
#include "../src/base/field.h"

struct listeners {
    struct arena *mem;
    int port, epoll, pid; /* the server's */
    int *fds;
    bool *heard; /* since it was last looked for */
    size_t n;
};

/* Room for so many, of which none is open. */
struct listeners listeners_new(struct arena *mem, int port, int pid, size_t n);
/* Opens them with these requests (texts), each used again for the next; some at a time, as the
 * server accepts them. Each must say something first. */
void listeners_open(struct listeners *streams, const struct list *requests);
/* Reads until `wanted` of them said `sign`; the moment the last one did. */
int64_t listeners_wait(struct listeners *streams, size_t wanted, const char *sign);
/* Reads what was said until now: nobody said anything yet. */
void listeners_forget(struct listeners *streams);
/* Closes them, and waits for the server to see it; descriptors that it keeps, of those since
 * `before`. */
int64_t listeners_hang_up(struct listeners *streams, int64_t before);

int64_t server_memory_kb(int pid);
int64_t server_descriptors(int pid);
