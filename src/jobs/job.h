/* job.h — work on the outside world: rows written with the change that asks for it, taken with
 * a lease, run, and finished in the transaction of their last effect.
 */
#pragma once

#include "../store/store.h"

struct job {
    job_id id;
    organisation_id organisation_id;
    const char *kind;
    int64_t about;
    int64_t lane;  /* whom it waits for: an id; 0: nobody */
    int64_t asks;  /* how often it was asked for (job_ask); 0: it was added */
    int64_t tries; /* this one included */
    instant due_at, created_at, given_up_at;
    const char *last_error;
    const char *taker; /* us, while it runs (leases.h) */
};
extern const struct field job_fields[];

/* A job that runs, on a worker thread. */
struct job_run {
    struct store *store;
    struct arena *mem; /* reset after the run */
    struct job job;
    struct scope scope; /* of its organisation, as the system */
    bool is_last_try;
};

/* Returns true when it finished the job (job_finish in its last transaction). False: tried again
 * later, as the table says; what helps nobody to try again (anything but ERR_BUSY, ERR_FULL and
 * ERR_INTERNAL) is given up at once. */
typedef bool job_fn(struct job_run *run, struct err *err);

struct job_type {
    const char *kind;
    job_fn *run;
    int64_t tries_max;  /* 0: for ever */
    int64_t backoff_ms; /* before the second try; doubles, up to BACKOFF_MAX_MS */
};
enum { BACKOFF_MAX_MS = 60 * 60 * 1000 };
extern const struct job_type job_types[];
extern const size_t job_types_n;

/* Takes the job's row away, inside the transaction of its last effect; if it was asked for while it
 * ran, it runs once more instead. ERR_BUSY when another has taken it meanwhile, as we seemed to
 * have vanished: then all of it is his to do. */
MUST_CHECK bool job_finish(struct tx *tx, const struct job *job, struct err *err);
/* It has more to do, and lets others go first. ERR_BUSY as above. */
MUST_CHECK bool job_once_more(struct tx *tx, const struct job *job, struct err *err);
/* A part of the job is done for good, in the same transaction: what is left has been tried once.
 * Who is killed again and again while much waits would otherwise run out of tries. */
MUST_CHECK bool job_progress(struct tx *tx, const struct job *job, struct err *err);
/* False, too, when another has finished it. */
MUST_CHECK bool job_is_ours(struct tx *tx, const struct job *job, bool *out, struct err *err);
