/* work.h — counting in the hours of a calendar: is it open, since when, how long, until when.
 *
 * A moment is in the opening hours when the clock on the wall says so: what stands in the hour that
 * daylight saving skips never comes, what stands in the hour that comes twice comes twice. Lengths
 * are of real time: a day that is open round the clock has 23, 24 or 25 hours. Everything is [from,
 * to), and looks at most WORK_DAYS_MAX days far. Pure; a day costs some tens of nanoseconds.
 *
 * Of two clock changes within a day only one may be seen; no zone has them.
 */
#pragma once

#include "../../language/calendar.h"

enum { WORK_DAYS_MAX = 3660 };

struct work_span {
    instant from, to;
};

bool work_is_open(const struct calendar *calendar, instant at);
/* The first time that it's open behind `at`, cut at `at` when it's open then. False: never. */
bool work_next(const struct calendar *calendar, instant at, struct work_span *out);
/* How long it's open from `from` to `to`; negative when `to` comes first. */
int64_t work_between(const struct calendar *calendar, instant from, instant to);
/* The first moment, not before `at`, until which it was open so long since `at`: a deadline. At the
 * end of a day it's that end, and not the next morning. False: it never is. */
bool work_after(const struct calendar *calendar, instant at, int64_t work_ms, instant *out);
/* The nth day with opening hours behind the one of `at`, or before it for a negative n: from its
 * first opening to its last closing. 0: the day of `at`, when it has any. False: there is none. */
bool work_day(const struct calendar *calendar, instant at, int32_t n, struct work_span *out);
