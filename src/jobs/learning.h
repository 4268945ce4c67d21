/* learning.h — the job "learn": what people corrected weighs in what is judged from now on. */
#pragma once

#include "job.h"

bool job_learn(struct job_run *run, struct err *err);
