#include "calendar_import.h"

#include "test.h"

#include "../../base/json.h"
#include "../../base/text.h"

#include <string.h>

static const instant now = { 1795511700000 }; /* 2026-11-24T09:15Z, a Tuesday */

static bool read_rules(struct arena *mem, const char *json, struct timetable *out, struct err *err)
{
    *out = (struct timetable){ 0 };
    return json_read(mem, (struct bytes){ (const uint8_t *)json, strlen(json) }, timetable_fields,
                     out, err) &&
           timetable_check(mem, out, err);
}

static bool import(struct arena *mem, const char *text, struct timetable *timetable,
                   struct err *err)
{
    return calendar_import(mem, test_exact(text, strlen(text)), "Europe/Amsterdam", now, timetable,
                           err);
}

/* The first day on which the two aren't open alike; 0: none. */
static day_number first_difference(struct arena *mem, const struct timetable *one,
                                   const struct timetable *other)
{
    struct calendar a, b;

    timetable_calendar(mem, one, "Europe/Amsterdam", now, &a);
    timetable_calendar(mem, other, "Europe/Amsterdam", now, &b);
    for (day_number day = (day_number)(now.ms / DAY_MS) - CALENDAR_IMPORT_BEFORE;
         day <= (day_number)(now.ms / DAY_MS) + CALENDAR_IMPORT_AFTER; day++) {
        struct opening x[OPENINGS_MAX], y[OPENINGS_MAX];
        size_t n = a.openings(a.arg, day, x);
        if (b.openings(b.arg, day, y) != n || memcmp(x, y, n * sizeof(x[0])) != 0)
            return day;
    }
    return 0;
}

TEST(what_was_exported_is_imported_as_it_was)
{
    static const char *const rows[] = {
        "{}",
        "{\"week\":[{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"17:00\"}]}",
        "{\"week\":[{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"12:30\"},"
        "{\"day\":\"mon\",\"from\":\"13:00\",\"to\":\"24:00\"},"
        "{\"day\":\"tue\",\"from\":\"00:00\",\"to\":\"17:00\"},"
        "{\"day\":\"sun\",\"from\":\"10:00\",\"to\":\"12:00\"}],"
        "\"holidays\":[\"easter\",\"easter_monday\",\"kings_day\",\"christmas\"],"
        "\"exceptions\":[{\"from\":\"2026-12-21\",\"to\":\"2027-01-02\",\"name\":\"Open dag\"},"
        "{\"from\":\"2026-12-25\",\"name\":\"Gesloten na 14 uur\","
        "\"periods\":[{\"from\":\"10:00\",\"to\":\"14:00\"}]},"
        "{\"from\":\"2026-12-28\",\"name\":\"x, y; z\\\\\","
        "\"periods\":[{\"from\":\"13:00\",\"to\":\"24:00\"}]},"
        "{\"from\":\"2026-03-29\",\"every_year\":true,"
        "\"periods\":[{\"from\":\"01:30\",\"to\":\"03:30\"}]}]}",
        "{\"time_zone\":\"America/New_York\","
        "\"week\":[{\"day\":\"sat\",\"from\":\"00:00\",\"to\":\"24:00\"},"
        "{\"day\":\"sun\",\"from\":\"00:00\",\"to\":\"24:00\"}],"
        "\"holidays\":[\"easter\"]}",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct timetable before, after;
        struct err err = { 0 };
        const char *file;
        CHECK_OK(read_rules(mem, rows[i], &before, &err), &err);
        after = (struct timetable){ .time_zone = before.time_zone };
        file = calendar_export(mem, "Winkel", &before, "Europe/Amsterdam", now);
        CHECK_OK(import(mem, file, &after, &err), &err);
        if (first_difference(mem, &before, &after) != 0)
            test_fail(__FILE__, __LINE__, "%zu: %s", i,
                      day_write(mem, first_difference(mem, &before, &after)));
        CHECK(after.week.n == before.week.n);
    }
}

#define EVENT(lines)    "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define FILE_OF(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"

/* The exceptions, as "2026-12-24..2026-12-25 Kerst 10:00-12:00; …" */
static const char *said(struct arena *mem, const struct timetable *timetable)
{
    const struct timetable_exception *items = timetable->exceptions.items;
    const char *text = "";

    for (size_t i = 0; i < timetable->exceptions.n; i++) {
        const struct timetable_period *periods = items[i].periods.items;
        text = arena_printf(mem, "%s%s%s..%s %s", text, i ? "; " : "", items[i].from, items[i].to,
                            items[i].name ? items[i].name : "-");
        for (size_t k = 0; k < items[i].periods.n; k++)
            text = arena_printf(mem, "%s %s-%s", text, periods[k].from, periods[k].to);
    }
    return text;
}

TEST(closed_days_of_a_file_are_added_to_the_week_that_is_there)
{
    static const char file[] = FILE_OF(
        EVENT(
            "SUMMARY:Kerstvakantie\r\nDTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20270104\r\n")
            EVENT(
                "SUMMARY:Vergadering: gesloten\r\nDTSTART;TZID=Europe/Amsterdam:20261201T120000\r\n"
                "DTEND;TZID=Europe/Amsterdam:20261201T140000\r\n")
                EVENT("SUMMARY:Hemelvaart\r\nDTSTART;VALUE=DATE:20270506\r\n"));
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct timetable timetable;
    struct err err = { 0 };
    const char *once;

    CHECK_OK(read_rules(mem,
                        "{\"week\":[{\"day\":\"tue\",\"from\":\"09:00\",\"to\":\"17:00\"}],"
                        "\"exceptions\":[{\"from\":\"2027-05-06\",\"name\":\"Oud\"},"
                        "{\"from\":\"2027-08-02\",\"to\":\"2027-08-06\"}]}",
                        &timetable, &err),
             &err);
    CHECK_OK(import(mem, file, &timetable, &err), &err);
    CHECK(timetable.week.n == 1);
    once = said(mem, &timetable);
    CHECK_TEXT(once, "2027-08-02..2027-08-06 -; "
                     "2026-12-01..2026-12-01 Vergadering: gesloten 09:00-12:00 14:00-17:00; "
                     "2026-12-21..2027-01-03 Kerstvakantie; 2027-05-06..2027-05-06 Hemelvaart");
    CHECK_OK(import(mem, file, &timetable, &err), &err);
    CHECK_TEXT(said(mem, &timetable), once);
}

TEST(opening_hours_of_a_file_become_the_week_and_what_differs_from_it)
{
    static const char file[] = FILE_OF(
        EVENT("SUMMARY:Open\r\nDTSTART;TZID=Europe/Amsterdam:20260105T090000\r\n"
              "DTEND;TZID=Europe/Amsterdam:20260105T170000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n"
              "EXDATE;TZID=Europe/Amsterdam:20261203T090000\r\n")
            EVENT("SUMMARY:Lunch (gesloten)\r\nDTSTART;TZID=Europe/Amsterdam:20260105T120000\r\n"
                  "DTEND;TZID=Europe/Amsterdam:20260105T130000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\n")
                EVENT("SUMMARY:Koopavond\r\nDTSTART;TZID=Europe/London:20261203T170000\r\n"
                      "DTEND;TZID=Europe/London:20261203T200000\r\n") "BEGIN:VTIMEZONE\r\nTZID:"
                                                                      "Europe/"
                                                                      "London\r\nBEGIN:"
                                                                      "STANDARD\r\nDTSTART:"
                                                                      "19961027T020000\r\n"
                                                                      "TZOFFSETFROM:+"
                                                                      "0100\r\nTZOFFSETTO:+"
                                                                      "0000\r\nEND:STANDARD\r\nEND:"
                                                                      "VTIMEZONE\r\n");
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct timetable_period *week;
    struct timetable timetable;
    struct err err = { 0 };

    CHECK_OK(read_rules(mem, "{\"week\":[{\"day\":\"sun\",\"from\":\"09:00\",\"to\":\"17:00\"}]}",
                        &timetable, &err),
             &err);
    CHECK_OK(import(mem, file, &timetable, &err), &err);
    week = timetable.week.items;
    CHECK(timetable.week.n == 3 && week[0].day == 0 && week[2].day == 3);
    CHECK_TEXT(week[0].to, "12:00");
    CHECK_TEXT(week[2].to, "17:00");
    CHECK_TEXT(said(mem, &timetable), "2026-12-03..2026-12-03 - 18:00-21:00");
}

TEST(a_day_that_a_file_opens_once_leaves_the_week_as_it_is)
{
    static const char file[] =
        FILE_OF(EVENT("SUMMARY:Koopzondag\r\nDTSTART;TZID=Europe/Amsterdam:20261213T120000\r\n"
                      "DTEND;TZID=Europe/Amsterdam:20261213T170000\r\n")
                    EVENT("SUMMARY:Gesloten\r\nDTSTART;TZID=Europe/Amsterdam:20261209T150000\r\n"
                          "DTEND;TZID=Europe/Amsterdam:20261209T170000\r\n"));
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct timetable timetable;
    struct err err = { 0 };

    CHECK_OK(read_rules(mem, "{\"week\":[{\"day\":\"tue\",\"from\":\"09:00\",\"to\":\"17:00\"}]}",
                        &timetable, &err),
             &err);
    CHECK_OK(import(mem, file, &timetable, &err), &err);
    CHECK(timetable.week.n == 1);
    CHECK_TEXT(said(mem, &timetable), "2026-12-13..2026-12-13 - 12:00-17:00");
}
