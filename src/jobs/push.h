/* push.h — tells a device what happened, through its browser's push service. */
#pragma once

#include "job.h"

/* A push service keeps it so long for a device that is off; older than that nobody is told. */
#define NOTICE_MS (4 * HOUR_MS)

job_fn job_push;
