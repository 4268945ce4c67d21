/* work_clock.h — the same counting as work.h, for many moments of the same years: a table.
 *
 * Pure; lives in the arena that it was made in.
 */
#pragma once

#include "../../base/arena.h"
#include "work.h"

struct work_clock {
    const struct work_clock_span *spans;
    size_t n;
};

/* Shows how long it was open, between both moments; no further than WORK_DAYS_MAX. */
void work_clock_make(struct arena *mem, const struct calendar *calendar, instant from, instant to,
                     struct work_clock *out);
/* What work_between() says, for moments within those that it was made for: what lies outside isn't
 * open. Negative when `to` comes first. */
int64_t work_clock_between(const struct work_clock *clock, instant from, instant to);
