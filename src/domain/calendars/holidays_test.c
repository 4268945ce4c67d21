#include "holidays.h"

#include "test.h"

#include "timetable.h"

TEST(public_holidays_are_on_the_days_that_the_governments_say)
{
    static const struct {
        const char *name;
        int year;
        const char *day; /* NULL: it isn't in that year */
    } rows[] = {
        { "easter",               2026, "2026-04-05" },
        { "easter_monday",        2027, "2027-03-29" },
        { "good_friday",          2026, "2026-04-03" },
        { "kings_day",            2026, "2026-04-27" },
        { "kings_day",            2025, "2025-04-26" }, /* the 27th was a Sunday */
        { "kings_day",            2031, "2031-04-26" },
        { "liberation_day",       2026, "2026-05-05" },
        { "liberation_day_fifth", 2026, NULL         },
        { "liberation_day_fifth", 2030, "2030-05-05" },
        { "ascension",            2026, "2026-05-14" },
        { "whit_monday",          2026, "2026-05-25" },
        { "whit_monday",          2038, "2038-06-14" },
        { "belgian_day",          2026, "2026-07-21" },
        { "assumption",           2026, "2026-08-15" },
        { "second_christmas",     2026, "2026-12-26" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int number = holiday_named(rows[i].name);
        day_number day, wanted;
        CHECK(number >= 0);
        CHECK(holiday_in(&public_holidays[number], rows[i].year, &day) == (rows[i].day != NULL));
        CHECK(!rows[i].day || (day_read(rows[i].day, &wanted) && day == wanted));
        CHECK(!rows[i].day || holiday_on((uint32_t)1 << number, day) == number);
        CHECK(!rows[i].day || holiday_on((uint32_t)1 << number, day + 1) < 0);
    }
    CHECK(holiday_named("bank_holiday") < 0);
}

TEST(the_usual_holidays_are_those_of_the_calendars_of_the_countries)
{
    static const struct {
        unsigned country;
        const struct calendar *calendar;
    } rows[] = {
        { HOLIDAY_NETHERLANDS, &calendar_dutch   },
        { HOLIDAY_BELGIUM,     &calendar_belgian },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t usual = holidays_usual(rows[i].country);
        for (day_number day = day_of(2020, 1, 1); day < day_of(2041, 1, 1); day++)
            CHECK(weekday_of(day) >= 5 ||
                  calendar_is_open(rows[i].calendar, day) == (holiday_on(usual, day) < 0));
    }
}
