/* taker.h — the jobs that this node has taken: one thread takes them for all its workers and
 * renews their leases. Several would want the same rows at the same time, and get in each other's
 * way. It takes them under a name that nobody else ever has. Only worker.c includes this.
 */
#pragma once

#include "job.h"

struct taker;

struct held {
    struct arena *mem; /* its own; the run's too */
    struct job job;
    bool is_begun;
    struct held *next;
};

/* For so many workers. First tidies up what those left behind that are gone. */
MUST_CHECK bool taker_start(struct store *store, size_t workers_n, struct taker **out,
                            struct err *err);
/* Waits for a job; NULL: it is time to stop. */
struct held *taker_next(struct taker *taker);
/* It was run, whatever became of it; frees it. */
void taker_done(struct taker *taker, struct held *held);
/* Takes nothing new; the workers get no more. */
void taker_stop(struct taker *taker);
/* After the workers have ended: others may have what wasn't begun. */
void taker_release(struct taker *taker);
/* After the store is closed: until then it may still wake it. */
void taker_free(struct taker *taker);
