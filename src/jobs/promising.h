/* promising.h — the moments of promises: one job about each, when it is at risk and when it is due.
 */
#pragma once

#include "job.h"

bool job_promise(struct job_run *run, struct err *err);
