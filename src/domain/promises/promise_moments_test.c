#include "promise_moments.h"

#include "test.h"

#include <string.h>

static instant moment(const char *text)
{
    instant at = { 0 };

    instant_read(text, strlen(text), &at);
    return at;
}

/* Monday to Friday, 9 to 17, in Amsterdam: an hour ahead of UTC in winter. */
static const struct {
    const char *made, *due, *risk, *lead;
} rows[] = {
    /* Within a day: a quarter of what is left of it, half an hour at least. */
    { "2026-12-01T08:00:00Z", "2026-12-01T16:00:00Z", "2026-12-01T14:00:00Z",
     "2026-12-01T15:00:00Z" },
    { "2026-12-01T12:00:00Z", "2026-12-01T13:00:00Z", "2026-12-01T12:30:00Z",
     "2026-12-01T12:45:00Z" },
    { "2026-12-01T12:00:00Z", "2026-12-01T12:20:00Z", "2026-12-01T12:10:00Z",
     "2026-12-01T12:15:00Z" },
    /* Over a night and a weekend: there is nobody then. */
    { "2026-12-04T15:30:00Z", "2026-12-07T11:00:00Z", "2026-12-07T10:07:30Z",
     "2026-12-07T10:33:45Z" },
    { "2026-12-04T15:00:00Z", "2026-12-07T08:30:00Z", "2026-12-04T16:00:00Z",
     "2026-12-07T08:15:00Z" },
    /* Of weeks: a working day before. */
    { "2026-11-02T08:00:00Z", "2026-12-01T12:00:00Z", "2026-11-30T12:00:00Z",
     "2026-11-30T16:00:00Z" },
    /* It is never open until then. */
    { "2026-12-05T08:00:00Z", "2026-12-05T16:00:00Z", "2026-12-05T14:00:00Z",
     "2026-12-05T15:00:00Z" },
};

TEST(a_promise_is_at_risk_while_there_is_still_time_to_work_on_it)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        instant due = moment(rows[i].due);
        instant risk = promise_risk_at(&calendar_dutch, moment(rows[i].made), due);
        instant lead = promise_lead_at(&calendar_dutch, risk, due);
        if (risk.ms != moment(rows[i].risk).ms || lead.ms != moment(rows[i].lead).ms)
            test_fail(__FILE__, __LINE__, "row %zu: %lld and %lld s before", i,
                      (long long)(due.ms - risk.ms) / 1000, (long long)(due.ms - lead.ms) / 1000);
    }
}

TEST(without_hours_the_clock_counts)
{
    instant made = moment("2026-12-05T08:00:00Z"), due = instant_plus(made, 8 * HOUR_MS);

    CHECK(due.ms - promise_risk_at(NULL, made, due).ms == 2 * HOUR_MS);
    due = instant_plus(made, 40 * DAY_MS);
    CHECK(due.ms - promise_risk_at(NULL, made, due).ms == DAY_MS);
    CHECK(due.ms - promise_lead_at(NULL, instant_plus(due, -DAY_MS), due).ms == DAY_MS / 2);
}

TEST(who_is_warned_is_so_before_the_moment_whatever_it_is)
{
    instant made = moment("2026-10-23T06:00:00Z");

    for (int64_t ms = MINUTE_MS; ms < 20 * DAY_MS; ms += 13 * MINUTE_MS) {
        instant due = instant_plus(made, ms);
        instant risk = promise_risk_at(&calendar_dutch, made, due);
        instant lead = promise_lead_at(&calendar_dutch, risk, due);
        if (risk.ms < made.ms || lead.ms < risk.ms || due.ms <= lead.ms)
            test_fail(__FILE__, __LINE__, "due after %lld minutes", (long long)(ms / MINUTE_MS));
    }
}
