/* worker.h — the threads that take jobs and run them.
 *
 * Several nodes may each have workers: a job is taken with a lease, and taken again when its
 * worker vanished.
 */
#pragma once

#include "job.h"

struct worker;

/* What a process of this machine took that has ended is free again at once. threads 0: the
 * default. */
MUST_CHECK bool worker_start(struct store *store, int threads, struct worker **out,
                             struct err *err);
/* Since it started: runs of the kind of that row of job_types, or behind its end of any other. Safe
 * on any thread. */
struct job_counts {
    int64_t runs, failures;
};
struct job_counts worker_counts(const struct worker *worker, size_t type);
/* Finishes what runs, takes nothing new. NULL is fine. */
void worker_stop(struct worker *worker);
/* After the store is closed: until then it may still wake the worker. */
void worker_free(struct worker *worker);
