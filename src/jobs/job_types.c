#include "../pipeline/pipeline.h"
#include "housekeeping.h"
#include "job.h"

const struct job_type job_types[] = {
    { "inbound",      job_inbound,      INBOUND_TRIES_MAX, 2 * SECOND_MS }, /* stored envelopes -> cases */
    { "send",         job_send,         36,                5 * SECOND_MS }, /* queued message  -> channel   */
    { "housekeeping", job_housekeeping, 0,                 MINUTE_MS     }, /* sweeps what is old, hourly   */
};
const size_t job_types_n = COUNT(job_types);
