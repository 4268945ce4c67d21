#include "calendar.h"

#include "../base/text.h"
#include "test.h"

#include <string.h>

/* "2024-03-12T10:15+01:00" */
static instant at(const char *s)
{
    char seconds[40];
    instant out = { 0 };

    memcpy(seconds, s, 16);
    memcpy(seconds + 16, ":00", 3);
    memcpy(seconds + 19, s + 16, strlen(s + 16) + 1);
    return instant_read(seconds, strlen(seconds), &out) ? out : (instant){ 0 };
}

/* The slow obvious reference: one day after the other. */
static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

TEST(a_day_number_and_a_date_are_the_same_for_five_centuries)
{
    day_number day = day_of(1800, 1, 1);
    int weekday = 2; /* it was a Wednesday */

    for (int year = 1800; year < 2300; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= month_days[month - 1] + (month == 2 && is_leap(year)); d++) {
                int y, m, dayofmonth;

                CHECK(day_of(year, month, d) == day);
                date_of(day, &y, &m, &dayofmonth);
                CHECK(y == year && m == month && dayofmonth == d);
                CHECK(weekday_of(day) == weekday);
                weekday = (weekday + 1) % 7;
                day++;
            }
    CHECK(day_of(1970, 1, 1) == 0);
}

TEST(easter_is_when_the_church_keeps_it)
{
    static const struct {
        int year, month, day;
    } cases[] = {
        { 1818, 3, 22 },
        { 1943, 4, 25 },
        { 2000, 4, 23 },
        { 2008, 3, 23 },
        { 2011, 4, 24 },
        { 2019, 4, 21 },
        { 2023, 4, 9  },
        { 2024, 3, 31 },
        { 2025, 4, 20 },
        { 2026, 4, 5  },
        { 2027, 3, 28 },
        { 2028, 4, 16 },
        { 2038, 4, 25 },
        { 2049, 4, 18 },
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK(easter_of(cases[i].year) == day_of(cases[i].year, cases[i].month, cases[i].day));
    for (int year = 1600; year < 2400; year++) {
        CHECK(weekday_of(easter_of(year)) == 6);
        CHECK(easter_of(year) >= day_of(year, 3, 22) && easter_of(year) <= day_of(year, 4, 25));
    }
}

TEST(offices_are_closed_on_the_public_holidays_of_their_country)
{
    static const struct {
        int year, month, day;
        bool dutch, belgian; /* open */
    } cases[] = {
        { 2024, 1,  1,  false, false },
        { 2024, 3,  29, true,  true  }, /* Good Friday */
        { 2024, 4,  1,  false, false },
        { 2026, 4,  27, false, true  },
        { 2025, 4,  25, true,  true  },
        { 2025, 5,  5,  false, true  },
        { 2026, 5,  5,  true,  true  },
        { 2026, 5,  1,  true,  false },
        { 2024, 5,  9,  false, false },
        { 2024, 5,  20, false, false },
        { 2025, 7,  21, true,  false },
        { 2025, 8,  15, true,  false },
        { 2027, 11, 1,  true,  false },
        { 2025, 11, 11, true,  false },
        { 2025, 12, 25, false, false },
        { 2025, 12, 26, false, true  },
        { 2025, 12, 27, false, false }, /* a Saturday */
        { 2025, 12, 31, true,  true  },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        day_number day = day_of(cases[i].year, cases[i].month, cases[i].day);

        CHECK(calendar_is_open(&calendar_dutch, day) == cases[i].dutch);
        CHECK(calendar_is_open(&calendar_belgian, day) == cases[i].belgian);
    }
    /* A King's Day on a Sunday is kept on the Saturday, 2025 and 2031; nothing moves to Monday. */
    CHECK(calendar_is_open(&calendar_dutch, day_of(2025, 4, 28)));
}

TEST(local_time_follows_daylight_saving)
{
    static const struct {
        const char *utc;
        int month, day, minute;
    } cases[] = {
        { "2024-03-31T00:59Z", 3,  31, 119  },
        { "2024-03-31T01:00Z", 3,  31, 180  },
        { "2024-10-27T00:59Z", 10, 27, 179  },
        { "2024-10-27T01:00Z", 10, 27, 120  },
        { "2024-07-01T22:30Z", 7,  2,  30   },
        { "2024-12-31T22:59Z", 12, 31, 1439 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct local_time local = calendar_local(&calendar_dutch, at(cases[i].utc));

        CHECK(local.day == day_of(2024, cases[i].month, cases[i].day));
        CHECK(local.minute == cases[i].minute);
    }
}

TEST(a_local_time_is_one_moment)
{
    static const struct {
        int year, month, day, minute;
        const char *moment;
    } cases[] = {
        { 2024, 3,  12, 615,  "2024-03-12T10:15+01:00" },
        { 2024, 3,  31, 90,   "2024-03-31T01:30+01:00" },
        { 2024, 3,  31, 150,  "2024-03-31T03:30+02:00" }, /* skipped */
        { 2024, 3,  31, 180,  "2024-03-31T03:00+02:00" },
        { 2024, 10, 27, 119,  "2024-10-27T01:59+02:00" },
        { 2024, 10, 27, 150,  "2024-10-27T02:30+02:00" }, /* twice */
        { 2024, 10, 27, 180,  "2024-10-27T03:00+01:00" },
        { 2024, 10, 26, 1440, "2024-10-27T00:00+02:00" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        instant got = calendar_instant(
            &calendar_dutch, day_of(cases[i].year, cases[i].month, cases[i].day), cases[i].minute);

        CHECK(got.ms == at(cases[i].moment).ms);
    }
}

/* Every quarter of an hour of four years, there and back. */
TEST(a_moment_goes_through_local_time_unchanged_but_in_the_hour_that_comes_twice)
{
    int64_t changed = 0;

    for (int64_t ms = at("2023-01-01T00:00Z").ms; ms < at("2027-01-01T00:00Z").ms;
         ms += 15 * MINUTE_MS) {
        struct local_time local = calendar_local(&calendar_dutch, (instant){ ms });
        instant back = calendar_instant(&calendar_dutch, local.day, local.minute);

        CHECK(back.ms == ms || back.ms == ms - HOUR_MS);
        changed += back.ms != ms;
    }
    CHECK(changed == 4 * 4); /* the second time of that hour, in each of four autumns */
}

TEST(the_nth_open_day_has_so_many_open_days_up_to_it)
{
    for (day_number from = day_of(2024, 12, 1); from < day_of(2026, 2, 1); from++)
        for (int32_t n = 1; n <= 30; n++) {
            day_number later = calendar_open_day(&calendar_dutch, from, n);
            day_number earlier = calendar_open_day(&calendar_dutch, from, -n);
            int32_t seen = 0;

            for (day_number day = from + 1; day <= later; day++)
                seen += calendar_is_open(&calendar_dutch, day);
            CHECK(seen == n && calendar_is_open(&calendar_dutch, later));
            for (day_number day = from - 1; day >= earlier; day--)
                seen -= calendar_is_open(&calendar_dutch, day);
            CHECK(seen == 0 && calendar_is_open(&calendar_dutch, earlier));
        }
    CHECK(calendar_open_day(&calendar_dutch, 0, 0) == 0);
}

/* --- a calendar of another shop --- */

/* Tuesday to Saturday with a break, Friday evening too. */
static size_t shop_hours(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    (void)arg;
    if (weekday_of(day) == 0 || weekday_of(day) == 6)
        return 0;
    out[0] = (struct opening){ 10 * 60, 12 * 60 };
    out[1] = (struct opening){ 13 * 60, 18 * 60 };
    out[2] = (struct opening){ 19 * 60, 21 * 60 };
    return weekday_of(day) == 4 ? 3 : 2;
}

static size_t never_open(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    (void)arg, (void)day, (void)out;
    return 0;
}

static const struct calendar shop = { NULL, shop_hours, calendar_central_europe, false };
static const struct calendar nobody = { NULL, never_open, calendar_central_europe, false };

TEST(a_day_ends_with_its_last_opening)
{
    CHECK(calendar_end_of_day(&shop, day_of(2024, 3, 14)) == 18 * 60);
    CHECK(calendar_end_of_day(&shop, day_of(2024, 3, 15)) == 21 * 60);
    CHECK(calendar_end_of_day(&shop, day_of(2024, 3, 18)) == 17 * 60);
}

TEST(work_is_counted_only_while_it_is_open)
{
    static const struct {
        const char *from;
        int32_t minutes;
        const char *until;
    } cases[] = {
        { "2024-03-12T10:15+01:00", 60,  "2024-03-12T11:15+01:00" },
        { "2024-03-12T11:30+01:00", 60,  "2024-03-12T13:30+01:00" },
        { "2024-03-12T08:00+01:00", 120, "2024-03-12T12:00+01:00" },
        { "2024-03-15T20:30+01:00", 60,  "2024-03-16T10:30+01:00" },
        { "2024-03-16T17:00+01:00", 180, "2024-03-19T12:00+01:00" },
        { "2024-03-30T17:30+01:00", 60,  "2024-04-02T10:30+02:00" },
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK(calendar_after_work(&shop, at(cases[i].from), cases[i].minutes).ms ==
              at(cases[i].until).ms);
}

TEST(who_never_opens_is_not_waited_for)
{
    instant from = at("2024-03-12T10:15+01:00");

    CHECK(calendar_open_day(&nobody, 19000, 3) == 19000 + 3653);
    CHECK(calendar_open_day(&nobody, 19000, -3) == 19000 - 3653);
    CHECK(calendar_after_work(&nobody, from, 1).ms < from.ms + 3655 * DAY_MS);
}
