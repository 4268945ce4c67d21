/* duplicates.h — looks who may be one person: of those who came in, every minute; of all, every
 * day. One job of nobody's, for all organisations.
 */
#pragma once

#include "job.h"

bool job_duplicates(struct job_run *run, struct err *err);
/* Makes sure that the job is in the table; at every start. */
MUST_CHECK bool duplicates_schedule(struct store *store, struct err *err);
