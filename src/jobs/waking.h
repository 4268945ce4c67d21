/* waking.h — the job "wake": a case that was put away comes back at its moment. */
#pragma once

#include "job.h"

bool job_wake(struct job_run *run, struct err *err);
