#include "promise_moments.h"

static const int64_t LEAD_MIN_MS = 30 * MINUTE_MS, LEAD_MAX_MS = DAY_MS, LEAD_OPEN_MS = 8 * HOUR_MS;

/* The moment at which so much of the time between both has passed. */
static instant after(const struct calendar *calendar, instant from, instant to, int64_t ms)
{
    instant at;

    if (!calendar)
        return instant_plus(from, ms);
    return work_after(calendar, from, ms, &at) && at.ms < to.ms ? at : to;
}

/* How long there is; *calendar becomes NULL where it has nothing to say. */
static int64_t time_between(const struct calendar **calendar, instant from, instant to)
{
    int64_t open = *calendar ? work_between(*calendar, from, to) : 0;

    if (open > 0)
        return open;
    *calendar = NULL;
    return to.ms - from.ms;
}

instant promise_risk_at(const struct calendar *calendar, instant now, instant due)
{
    int64_t there = time_between(&calendar, now, due), lead = there / 4;
    int64_t most = calendar ? LEAD_OPEN_MS : LEAD_MAX_MS;

    if (lead < LEAD_MIN_MS)
        lead = LEAD_MIN_MS;
    if (lead > most)
        lead = most;
    return after(calendar, now, due, lead < there ? there - lead : there / 2);
}

instant promise_lead_at(const struct calendar *calendar, instant risk_at, instant due)
{
    int64_t there = time_between(&calendar, risk_at, due);

    return after(calendar, risk_at, due, there / 2);
}
