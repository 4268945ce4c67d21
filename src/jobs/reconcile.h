/* reconcile.h — the daily reconciliation (domain/differences/differences.h) as a job of each
 * organisation. It looks at everything in pieces, keeps how far it is, and lets others go first
 * now and then: it may be killed at any moment, and goes on.
 */
#pragma once

#include "job.h"

bool job_reconcile(struct job_run *run, struct err *err);
/* Begins those that are due; for the housekeeping. */
MUST_CHECK bool reconcile_when_due(struct job_run *run, struct err *err);
