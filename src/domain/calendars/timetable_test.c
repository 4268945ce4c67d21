#include "timetable.h"

#include "test.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "holidays.h"

#include <string.h>

static const instant now = { 1795511700000 }; /* 2026-11-24T09:15Z, a Tuesday */

static bool read_rules(struct arena *mem, const char *json, struct timetable *out, struct err *err)
{
    *out = (struct timetable){ 0 };
    return json_read(mem, (struct bytes){ (const uint8_t *)json, strlen(json) }, timetable_fields,
                     out, err) &&
           timetable_check(mem, out, err);
}

/* "09:00-12:00 13:00-17:00" */
static const char *hours_on(struct arena *mem, const struct calendar *calendar, const char *date)
{
    struct opening openings[OPENINGS_MAX];
    const char *text = "";
    day_number day;
    size_t n;

    if (!day_read(date, &day))
        return "no day";
    n = calendar->openings(calendar->arg, day, openings);
    for (size_t i = 0; i < n; i++)
        text = arena_printf(mem, "%s%s%s-%s", text, i ? " " : "",
                            minute_write(mem, openings[i].from_minute),
                            minute_write(mem, openings[i].to_minute));
    return text;
}

static const char shop[] =
    "{\"week\":["
    "{\"day\":\"tue\",\"from\":\"13:00\",\"to\":\"17:00\"},"
    "{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"17:00\"},"
    "{\"day\":\"tue\",\"from\":\"09:00\",\"to\":\"12:00\"},"
    "{\"day\":\"fri\",\"from\":\"09:00\",\"to\":\"12:00\"},"
    "{\"day\":\"fri\",\"from\":\"12:00\",\"to\":\"24:00\"},"
    "{\"day\":\"sat\",\"from\":\"10:00\",\"to\":\"16:00\"}],"
    "\"holidays\":[\"christmas\",\"second_christmas\",\"new_year\",\"kings_day\"],"
    "\"exceptions\":["
    "{\"from\":\"2026-12-21\",\"to\":\"2027-01-02\",\"name\":\"Winter\"},"
    "{\"from\":\"2026-12-22\",\"periods\":[{\"from\":\"10:00\",\"to\":\"11:00\"}]},"
    "{\"from\":\"2026-12-26\",\"name\":\"Open\",\"periods\":[{\"from\":\"12:00\",\"to\":\"17:00\"}]"
    "},"
    "{\"from\":\"2025-12-05\",\"to\":\"2025-12-05\",\"every_year\":true,"
    "\"periods\":[{\"from\":\"09:00\",\"to\":\"13:00\"}]},"
    "{\"from\":\"2026-12-30\",\"to\":\"2027-01-04\",\"every_year\":true}]}";

TEST(a_day_that_differs_wins_over_a_holiday_and_that_one_over_the_week)
{
    static const struct {
        const char *day, *hours;
    } rows[] = {
        { "2026-11-24", "09:00-12:00 13:00-17:00" },
        { "2026-11-25", ""                        },
        { "2026-11-27", "09:00-24:00"             },
        { "2027-04-27", ""                        }, /* King's Day */
        { "2026-12-21", ""                        },
        { "2026-12-22", "10:00-11:00"             }, /* the shorter one wins */
        { "2026-12-26", "12:00-17:00"             },
        { "2025-12-26", ""                        },
        { "2024-12-05", ""                        }, /* before its first year: a Thursday */
        { "2025-12-05", "09:00-13:00"             },
        { "2030-12-05", "09:00-13:00"             },
        { "2028-01-04", ""                        }, /* over the turn of each year */
        { "2028-01-11", "09:00-12:00 13:00-17:00" },
        { "2060-01-02", ""                        }, /* far behind the table */
        { "2060-12-05", "09:00-13:00"             },
        { "1999-04-26", "09:00-17:00"             },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct timetable timetable;
    struct calendar calendar;
    struct err err = { 0 };

    CHECK_OK(read_rules(mem, shop, &timetable, &err), &err);
    timetable_calendar(mem, &timetable, "Europe/Amsterdam", now, &calendar);
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(hours_on(mem, &calendar, rows[i].day), rows[i].hours);
}

/* The table of days must say what is computed for a day outside of it. */
TEST(the_table_of_days_agrees_with_the_rules)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct calendar near, far;
    struct timetable timetable;
    struct err err = { 0 };

    CHECK_OK(read_rules(mem, shop, &timetable, &err), &err);
    timetable_calendar(mem, &timetable, "Europe/Amsterdam", now, &near);
    timetable_calendar(mem, &timetable, "Europe/Amsterdam", instant_plus(now, 60 * 366 * DAY_MS),
                       &far);
    for (day_number day = day_of(2021, 1, 1); day < day_of(2040, 1, 1); day++) {
        struct opening one[OPENINGS_MAX], other[OPENINGS_MAX];
        size_t n = near.openings(near.arg, day, one);
        CHECK(far.openings(far.arg, day, other) == n);
        CHECK(memcmp(one, other, n * sizeof(one[0])) == 0);
    }
}

TEST(what_makes_no_sense_is_refused_by_name)
{
    static const struct {
        const char *json, *field;
    } rows[] = {
        { "{\"week\":[{\"day\":\"mon\",\"from\":\"9:000\",\"to\":\"17:00\"}]}", "/week/0"                 },
        { "{\"week\":[{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"24:01\"}]}", "/week/0"                 },
        { "{\"week\":[{\"day\":\"mon\",\"from\":\"22:00\",\"to\":\"06:00\"}]}", "/week/0"                 },
        { "{\"week\":[{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"12:00\"},"
          "{\"day\":\"mon\",\"from\":\"11:00\",\"to\":\"13:00\"}]}",   "/week"                   },
        { "{\"holidays\":[\"easter\",\"pi_day\"]}",                             "/holidays/1"             },
        { "{\"exceptions\":[{\"from\":\"2026-02-29\"}]}",                       "/exceptions/0/from"      },
        { "{\"exceptions\":[{\"from\":\"2026-02-01\",\"to\":\"2026-01-01\"}]}",
         "/exceptions/0/to"                                                                               },
        { "{\"exceptions\":[{\"from\":\"2026-02-01\",\"to\":\"2027-03-01\"}]}",
         "/exceptions/0/to"                                                                               },
        { "{\"exceptions\":[{\"from\":\"2026-02-01\",\"periods\":[{\"from\":\"10:00\","
          "\"to\":\"10:00\"}]}]}",                                     "/exceptions/0/periods/0" },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct timetable timetable;
        struct err err = { 0 };
        CHECK(!read_rules(mem, rows[i].json, &timetable, &err));
        CHECK(err.code == ERR_INVALID);
        CHECK_TEXT(err.fields[0].pointer, rows[i].field);
    }
}

TEST(where_nothing_is_said_it_is_an_office_of_its_country)
{
    static const struct {
        const char *zone;
        const struct calendar *same;
    } rows[] = {
        { "Europe/Amsterdam", &calendar_dutch   },
        { "Europe/Brussels",  &calendar_belgian },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct timetable usual;
        struct calendar calendar;
        timetable_usual(mem, rows[i].zone, &usual);
        timetable_calendar(mem, &usual, rows[i].zone, now, &calendar);
        for (day_number day = day_of(2020, 1, 1); day < day_of(2045, 1, 1); day++)
            CHECK(calendar_is_open(&calendar, day) == calendar_is_open(rows[i].same, day));
    }
}
