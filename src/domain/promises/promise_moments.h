/* promise_moments.h — when somebody is warned about a promise: in the opening hours of who does it,
 * so that there is still time to work on it. Pure.
 */
#pragma once

#include "../calendars/work.h"

/* When a promise made at `now` is at risk by time alone: when a quarter of the open time until
 * `due` is left, half an hour of it at least and eight hours at most; half of what there is when
 * that is less. Without a calendar (NULL), or where it isn't open until then, the clock counts, and
 * a day is the most. */
instant promise_risk_at(const struct calendar *calendar, instant now, instant due);
/* When who leads is warned, too: halfway from there. */
instant promise_lead_at(const struct calendar *calendar, instant risk_at, instant due);
