/* effort.h — the job "effort": what a case that is done cost its customer is written down. */
#pragma once

#include "job.h"

bool job_effort(struct job_run *run, struct err *err);
