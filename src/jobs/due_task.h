/* due_task.h — the moment of a task: one job about each, that says that it is late. */
#pragma once

#include "job.h"

bool job_task(struct job_run *run, struct err *err);
