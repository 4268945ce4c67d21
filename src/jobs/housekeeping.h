/* housekeeping.h — what is swept every hour, for all organisations, by one job of nobody's. */
#pragma once

#include "job.h"

bool job_housekeeping(struct job_run *run, struct err *err);
/* Makes sure that the job is in the table; at every start. */
MUST_CHECK bool housekeeping_schedule(struct store *store, struct err *err);
