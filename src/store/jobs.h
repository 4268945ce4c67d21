/* jobs.h — work on the outside world as rows, written with the change that asks for it.
 *
 * jobs/ takes and runs them; here is what everybody may do: add one.
 */
#pragma once

#include "db.h"

/* Adds a job of a kind of jobs/job_types.c about a row, due at a moment; wakes the worker. */
MUST_CHECK bool job_add(struct tx *tx, const char *kind, int64_t about, instant due_at,
                        struct err *err);
/* The same for one that waits for another side, named by an id (a channel's): of all jobs of a
 * lane only a few run at the same time, so that the others have workers when that side is slow. */
MUST_CHECK bool job_add_to_lane(struct tx *tx, const char *kind, int64_t about, int64_t lane,
                                instant due_at, struct err *err);
/* Asks for one run after this commit, as soon as can be: of all who ask for the same kind about the
 * same row before it begins, one job comes; and never do two run at the same time, on any node. */
MUST_CHECK bool job_ask(struct tx *tx, const char *kind, int64_t about, struct err *err);
