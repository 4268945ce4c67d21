/* drafts.h — the job "send_draft": what a colleague wrote goes at its moment. */
#pragma once

#include "job.h"

bool job_send_draft(struct job_run *run, struct err *err);
