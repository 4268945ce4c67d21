/* work_test.c — counting in opening hours, against somebody who looks at his watch each minute. */
#include "work_clock.h"

#include <string.h>

#include "test.h"

#include "../../base/arena.h"
#include "system_zones.h"
#include "timetable.h"

static instant moment(const char *text)
{
    instant at = { 0 };

    instant_read(text, strlen(text), &at);
    return at;
}

/* --- hours that depend on the number of the day alone ---------------------------------------- */

struct odd_hours {
    struct calendar zone;
    uint32_t seed;
};

static uint32_t mixed(uint32_t n)
{
    n = (n ^ n >> 16) * 0x45d9f3bu;
    n = (n ^ n >> 16) * 0x45d9f3bu;
    return n ^ n >> 16;
}

/* Up to three periods at any minute, whole days, and days without any. */
static size_t odd_openings(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    const struct odd_hours *odd = arg;
    uint32_t random = mixed(odd->seed + (uint32_t)day);
    int32_t at = 0;
    size_t n = 0;

    if (random % 7 == 0) {
        out[0] = (struct opening){ 0, 24 * 60 };
        return 1;
    }
    for (uint32_t i = 0; i < random % 4; i++) {
        int32_t from = at + (int32_t)(mixed(random + i) % 300);
        int32_t to = from + 1 + (int32_t)(mixed(random + i + 9) % 400);
        if (to > 24 * 60)
            break;
        out[n++] = (struct opening){ (int16_t)from, (int16_t)to };
        at = to + 1;
    }
    return n;
}

static int32_t odd_offset(const void *arg, instant at)
{
    const struct odd_hours *odd = arg;

    return odd->zone.offset_s(odd->zone.arg, at);
}

/* --- the watch ------------------------------------------------------------------------------ */

static bool slow_is_open(const struct odd_hours *odd, instant at)
{
    int64_t local_s = at.ms / 1000 + odd->zone.offset_s(odd->zone.arg, at);
    struct opening openings[OPENINGS_MAX] = { 0 };
    size_t n = odd_openings(odd, (day_number)(local_s / 86400), openings);
    int64_t minute = local_s % 86400 / 60;

    for (size_t i = 0; i < n; i++)
        if (minute >= openings[i].from_minute && minute < openings[i].to_minute)
            return true;
    return false;
}

static int64_t slow_minutes(const struct odd_hours *odd, instant from, instant to)
{
    int64_t n = 0;

    for (; from.ms < to.ms; from.ms += MINUTE_MS)
        n += slow_is_open(odd, from);
    return n;
}

static instant slow_after(const struct odd_hours *odd, instant at, int64_t minutes)
{
    for (; minutes > 0; at.ms += MINUTE_MS)
        minutes -= slow_is_open(odd, at);
    return at;
}

static instant slow_next(const struct odd_hours *odd, instant at)
{
    while (!slow_is_open(odd, at))
        at.ms += MINUTE_MS;
    return at;
}

static bool agree(const struct calendar *calendar, const struct odd_hours *odd, instant at,
                  uint32_t random)
{
    instant to = instant_plus(at, random % 20000 * MINUTE_MS);
    int64_t minutes = 1 + random / 7 % 3000;
    struct work_span next;
    instant due, later = instant_plus(at, random % 60000);

    return work_is_open(calendar, later) == slow_is_open(odd, later) &&
           work_between(calendar, at, to) == slow_minutes(odd, at, to) * MINUTE_MS &&
           work_between(calendar, to, at) == -work_between(calendar, at, to) &&
           work_after(calendar, at, minutes * MINUTE_MS, &due) &&
           due.ms == slow_after(odd, at, minutes).ms &&
           work_between(calendar, at, due) == minutes * MINUTE_MS &&
           work_next(calendar, at, &next) && next.from.ms == slow_next(odd, at).ms &&
           next.from.ms < next.to.ms && !slow_is_open(odd, next.to) &&
           work_between(calendar, next.from, next.to) == next.to.ms - next.from.ms;
}

TEST(counting_agrees_with_a_watch_in_every_zone_around_every_clock_change)
{
    static const char *const zones[] = {
        "Europe/Amsterdam", "Europe/London",   "America/New_York", "America/St_Johns",
        "Asia/Kolkata",     "Atlantic/Azores", "Pacific/Auckland", "Australia/Lord_Howe",
    };
    static const char *const starts[] = {
        "2026-03-06T00:00:00Z", "2026-03-27T00:00:00Z", "2026-04-03T00:00:00Z",
        "2026-07-01T00:00:00Z", "2026-10-02T00:00:00Z", "2026-10-23T00:00:00Z",
        "2026-10-30T00:00:00Z", "2027-01-01T00:00:00Z",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t z = 0; z < COUNT(zones); z++)
        for (uint32_t i = 0; i < 40 * COUNT(starts); i++) {
            uint32_t random = mixed(i * 977 + (uint32_t)z);
            instant at = instant_plus(moment(starts[i % COUNT(starts)]), random % 4320 * MINUTE_MS);
            struct odd_hours odd = { .seed = i * 31 };
            const struct calendar calendar = { &odd, odd_openings, odd_offset, false };
            CHECK(system_zone(mem, zones[z], at, &odd.zone));
            CHECK(agree(&calendar, &odd, at, mixed(random)));
        }
}

TEST(a_table_of_a_time_says_for_all_moments_in_it_what_is_counted_one_by_one)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (uint32_t seed = 0; seed < 20; seed++) {
        instant begin = moment("2026-03-06T11:13:00Z"), end = instant_plus(begin, 60 * DAY_MS);
        struct odd_hours odd = { .seed = seed * 31 };
        const struct calendar calendar = { &odd, odd_openings, odd_offset, false };
        struct work_clock clock;
        CHECK(system_zone(mem, "Europe/Amsterdam", begin, &odd.zone));
        work_clock_make(mem, &calendar, begin, end, &clock);
        for (uint32_t i = 0; i < 500; i++) {
            instant a = instant_plus(begin, mixed(seed + i) % (60 * DAY_MS));
            instant b = instant_plus(begin, mixed(seed + i + 500) % (60 * DAY_MS));
            CHECK(work_clock_between(&clock, a, b) == work_between(&calendar, a, b));
        }
        CHECK(work_clock_between(&clock, begin, end) == work_between(&calendar, begin, end));
        CHECK(work_clock_between(&clock, begin, instant_plus(end, DAY_MS)) ==
              work_between(&calendar, begin, end));
    }
}

TEST(the_system_knows_when_the_clocks_of_a_zone_change)
{
    static const struct {
        const char *zone, *at;
        int32_t offset_s;
    } rows[] = {
        { "Europe/Paris",        "2026-03-29T00:59:59Z", 3600   },
        { "Europe/Paris",        "2026-03-29T01:00:00Z", 7200   },
        { "Europe/London",       "2026-10-25T00:59:59Z", 3600   },
        { "Europe/London",       "2026-10-25T01:00:00Z", 0      },
        { "America/Curacao",     "2026-07-01T00:00:00Z", -14400 },
        { "Australia/Lord_Howe", "2026-07-01T00:00:00Z", 37800  },
        { "Europe/Paris",        "2036-07-01T00:00:00Z", 7200   },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    instant at = moment("2026-11-24T09:15:00Z");
    struct calendar zone;

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(system_zone(mem, rows[i].zone, at, &zone));
        CHECK(zone.offset_s(zone.arg, moment(rows[i].at)) == rows[i].offset_s);
    }
    CHECK(!system_zone(mem, "Europe/Atlantis", at, &zone));
    CHECK(zone.offset_s(zone.arg, at) == 3600);
}

/* --- what people expect ---------------------------------------------------------------------- */

TEST(deadlines_skip_nights_weekends_and_holidays)
{
    static const struct {
        const char *at;
        int64_t minutes;
        const char *due;
    } rows[] = {
        { "2026-11-24T09:00:00Z", 60,     "2026-11-24T10:00:00.000Z" },
        { "2026-11-24T15:30:00Z", 60,     "2026-11-25T08:30:00.000Z" },
        { "2026-11-24T08:00:00Z", 8 * 60, "2026-11-24T16:00:00.000Z" }, /* that evening */
        { "2026-11-27T15:59:30Z", 1,      "2026-11-30T08:00:30.000Z" },
        { "2026-12-24T15:00:00Z", 120,    "2026-12-28T09:00:00.000Z" },
        { "2026-03-27T15:00:00Z", 120,    "2026-03-30T08:00:00.000Z" }, /* now summer time */
        { "2026-11-22T12:00:00Z", 0,      "2026-11-22T12:00:00.000Z" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[INSTANT_TEXT_MAX];
        instant due;
        CHECK(work_after(&calendar_dutch, moment(rows[i].at), rows[i].minutes * MINUTE_MS, &due));
        instant_write(due, text);
        CHECK_TEXT(text, rows[i].due);
    }
}

TEST(a_business_day_runs_from_its_first_opening_to_its_last_closing)
{
    instant friday = moment("2026-12-24T23:30:00Z"); /* Christmas in Amsterdam */
    struct work_span day;

    CHECK(!work_day(&calendar_dutch, friday, 0, &day));
    CHECK(work_day(&calendar_dutch, friday, 1, &day));
    CHECK(day.from.ms == moment("2026-12-28T08:00:00Z").ms);
    CHECK(day.to.ms == moment("2026-12-28T16:00:00Z").ms);
    CHECK(work_day(&calendar_dutch, friday, -1, &day));
    CHECK(day.from.ms == moment("2026-12-24T08:00:00Z").ms);
    CHECK(work_day(&calendar_dutch, friday, 5, &day));
    CHECK(day.from.ms == moment("2027-01-04T08:00:00Z").ms);
}

static size_t never(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    (void)arg, (void)day, (void)out;
    return 0;
}

TEST(what_never_opens_has_no_deadline)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct calendar closed = { NULL, never, calendar_central_europe, false };
    struct work_clock clock;
    instant at = moment("2026-11-24T09:15:00Z"), due;
    struct work_span span;

    CHECK(!work_is_open(&closed, at) && !work_next(&closed, at, &span));
    CHECK(!work_after(&closed, at, 1, &due) && !work_day(&closed, at, 1, &span));
    CHECK(work_between(&closed, at, instant_plus(at, 100 * DAY_MS)) == 0);
    work_clock_make(mem, &closed, at, instant_plus(at, DAY_MS), &clock);
    CHECK(work_clock_between(&clock, at, instant_plus(at, DAY_MS)) == 0);
}
