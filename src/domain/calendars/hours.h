/* hours.h — a calendar out of the times that are opened and those that are closed.
 *
 * Pure. What is closed is cut out of what is opened.
 */
#pragma once

#include "../../base/buf.h"
#include "../../base/err.h"
#include "../../language/calendar.h"

/* Minutes of the calendar's zone since 1970: [from, to), not empty. */
struct span {
    int64_t from, to;
    const char *title; /* what it's called, for who asks; hours_make() doesn't */
    bool is_repeated;  /* of a series by a rule; likewise */
};

/* Both hold struct span, between the first and the last day, in any order; they are changed. Before
 * the first and behind the last day of `opened` it's calendar_office_hours(). ERR_INVALID when a
 * day is opened more than OPENINGS_MAX times. *out lives in mem, and borrows what the zone's arg
 * is. */
MUST_CHECK bool hours_make(struct arena *mem, struct buf *opened, struct buf *closed,
                           day_number first, day_number last, const struct calendar *zone,
                           struct calendar *out, struct err *err);
