/* jobs.h — work on the outside world as rows, written with the change that asks for it.
 *
 * jobs/ takes and runs them; here is what everybody may do: add one.
 */
#pragma once

#include "db.h"

/* Adds a job of a kind of jobs/job_types.c about a row, due at a moment; wakes the worker. */
MUST_CHECK bool job_add(struct tx *tx, const char *kind, int64_t about, instant due_at,
                        struct err *err);
