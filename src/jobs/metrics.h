/* metrics.h — what GET /metrics tells beside the server's own: how the work goes.
 *
 * Jobs are counted over all organisations, without a word on whose they are: how far behind the
 * workers are is for who runs the server. Channels and what waits for a person are only those of
 * the organisation that asks. Counts end at COUNTED_MAX, so that looking costs the same however
 * much lies there.
 */
#pragma once

#include "../http/http.h"

enum { COUNTED_MAX = 10000 };

struct worker;

/* Appends to `out`, or leaves it as it was and fails. `worker` is NULL where nothing is worked. */
MUST_CHECK bool metrics_write(const struct worker *worker, struct request *rq, struct buf *out,
                              struct err *err);
