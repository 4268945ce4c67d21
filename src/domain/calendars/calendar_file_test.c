#include "calendar_file.h"

#include "../../base/buf.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define TUESDAY "2026-11-24T10:15:00+01:00"

static instant at(const char *s)
{
    instant out = { 0 };

    return instant_read(s, strlen(s), &out) ? out : (instant){ 0 };
}

static bool read_text(struct arena *mem, const char *text, struct calendar *out, struct err *err)
{
    return calendar_file_read(mem, test_exact(text, strlen(text)), at(TUESDAY), out, err);
}

static bool read_events(struct arena *mem, const char *events, struct calendar *out,
                        struct err *err)
{
    return read_text(mem, arena_printf(mem, "BEGIN:VCALENDAR\r\n%sEND:VCALENDAR\r\n", events), out,
                     err);
}

/* "09:00-12:30 13:30-17:00"; "" for a closed day. */
static const char *hours_on(struct arena *mem, const struct calendar *calendar, const char *date)
{
    struct opening openings[OPENINGS_MAX];
    const char *out = "";
    int year, month, day;
    size_t n;

    sscanf(date, "%d-%d-%d", &year, &month, &day);
    n = calendar->openings(calendar->arg, day_of(year, month, day), openings);
    for (size_t i = 0; i < n; i++)
        out = arena_printf(mem, "%s%s%02d:%02d-%02d:%02d", out, i > 0 ? " " : "",
                           openings[i].from_minute / 60, openings[i].from_minute % 60,
                           openings[i].to_minute / 60, openings[i].to_minute % 60);
    return out;
}

struct wanted {
    const char *date, *hours;
};

static void check_hours(const char *events, const struct wanted *wanted, size_t n)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct calendar calendar;
    struct err err;

    CHECK_OK(read_events(mem, events, &calendar, &err), &err);
    for (size_t i = 0; i < n; i++)
        CHECK_TEXT(
            arena_printf(mem, "%s %s", wanted[i].date, hours_on(mem, &calendar, wanted[i].date)),
            arena_printf(mem, "%s %s", wanted[i].date, wanted[i].hours));
}
#define CHECK_HOURS(events, ...)                                                                   \
    check_hours(events, (const struct wanted[]){ __VA_ARGS__ },                                    \
                COUNT(((const struct wanted[]){ __VA_ARGS__ })))

#define OPEN(from, to) "UID:open\r\nSUMMARY:Open\r\nDTSTART" from "\r\nDTEND" to "\r\n"
#define EVENT(lines)   "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define HERE           ";TZID=Europe/Amsterdam:"
#define ON_WORKDAYS    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\n"
#define MORNINGS       EVENT(OPEN(HERE "20260105T083000", HERE "20260105T120000") ON_WORKDAYS)

/* --- what events mean ----------------------------------------------------------------------- */

TEST(several_openings_a_day_have_a_break_between_them)
{
    CHECK_HOURS(MORNINGS EVENT("DTSTART" HERE "20260105T130000\r\nDURATION:PT4H\r\n"
                               "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH\r\n")
                    EVENT("DTSTART" HERE "20260108T180000\r\nDURATION:PT2H\r\n"
                          "RRULE:FREQ=WEEKLY\r\n"),
                { "2026-11-24", "08:30-12:00 13:00-17:00" },
                { "2026-11-26", "08:30-12:00 13:00-17:00 18:00-20:00" },
                { "2026-11-27", "08:30-12:00" }, { "2026-11-28", "" });
}

TEST(openings_that_touch_are_one)
{
    CHECK_HOURS(MORNINGS EVENT("DTSTART" HERE "20260105T113000\r\nDURATION:PT90M\r\n" ON_WORKDAYS),
                { "2026-11-24", "08:30-13:00" });
}

TEST(an_opening_over_midnight_is_one_of_each_day)
{
    CHECK_HOURS(EVENT(OPEN(HERE "20260109T200000", HERE "20260110T023000") "RRULE:FREQ=WEEKLY\r\n"),
                { "2026-11-27", "20:00-24:00" }, { "2026-11-28", "00:00-02:30" });
    CHECK_HOURS(EVENT(OPEN(HERE "20260101T000000", HERE "20260102T000000") "RRULE:FREQ=DAILY\r\n"),
                { "2026-11-28", "00:00-24:00" });
}

TEST(whole_days_are_closed_and_closed_wins)
{
    CHECK_HOURS(MORNINGS EVENT("SUMMARY:Kerst\r\nDTSTART;VALUE=DATE:20261224\r\n"
                               "DTEND;VALUE=DATE:20261227\r\nTRANSP:TRANSPARENT\r\n")
                    EVENT("SUMMARY:Bijeenkomst\r\nDTSTART;VALUE=DATE:20261201\r\n"),
                { "2026-11-30", "08:30-12:00" }, { "2026-12-01", "" },
                { "2026-12-02", "08:30-12:00" }, { "2026-12-23", "08:30-12:00" },
                { "2026-12-24", "" }, { "2026-12-25", "" }, { "2026-12-28", "08:30-12:00" });
    CHECK_HOURS(MORNINGS EVENT("SUMMARY:Kerst\r\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\nDTSTART" HERE
                               "20261224T000000\r\nDTEND" HERE "20261225T000000\r\n"),
                { "2026-12-24", "" }, { "2026-12-25", "08:30-12:00" });
}

TEST(what_began_before_the_first_day_looked_at_reaches_into_it)
{
    CHECK_HOURS(EVENT("SUMMARY:Verbouwing\r\nDTSTART;VALUE=DATE:20241118\r\n"
                      "DTEND;VALUE=DATE:20241202\r\nRRULE:FREQ=YEARLY\r\n"),
                { "2025-11-24", "" }, { "2025-12-02", "09:00-17:00" });
}

TEST(a_time_called_closed_is_cut_out_of_the_openings)
{
    static const char *const closed[] = {
        "SUMMARY:Balie gesloten\\, personeelsdag\r\n",
        "SUMMARY:Fermé\r\n",
        "SUMMARY:Overleg\r\nCATEGORIES:Team,Gesloten\r\n",
        "SUMMARY:Overleg\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n",
    };

    for (size_t i = 0; i < COUNT(closed); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        const char *events =
            arena_printf(mem,
                         "%sBEGIN:VEVENT\r\n%sDTSTART" HERE "20261124T100000\r\nDTEND" HERE
                         "20261124T110000\r\nEND:VEVENT\r\n",
                         MORNINGS, closed[i]);

        CHECK_HOURS(events, { "2026-11-24", "08:30-10:00 11:00-12:00" },
                    { "2026-11-25", "08:30-12:00" });
    }
}

TEST(what_is_cancelled_or_only_to_be_remembered_means_nothing)
{
    static const char *const nothing[] = {
        "SUMMARY:Gesloten\r\nSTATUS:CANCELLED\r\n",
        "SUMMARY:Sinterklaas\r\nDESCRIPTION:Viering\\nGa naar de instellingen\r\n",
        "SUMMARY:Geopend\r\n",
    };

    for (size_t i = 0; i < COUNT(nothing); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");

        CHECK_HOURS(arena_printf(mem,
                                 "%sBEGIN:VEVENT\r\n%sDTSTART;VALUE=DATE:20261124\r\n"
                                 "END:VEVENT\r\n",
                                 MORNINGS, nothing[i]),
                    { "2026-11-24", "08:30-12:00" });
    }
}

TEST(a_file_of_closed_days_only_keeps_the_usual_hours)
{
    CHECK_HOURS(EVENT("SUMMARY:Koningsdag\r\nDTSTART;VALUE=DATE:20270427\r\n")
                    EVENT("SUMMARY:Nationale feestdag\r\nDTSTART;VALUE=DATE:20260721\r\n"
                          "RRULE:FREQ=YEARLY\r\n"),
                { "2026-11-24", "09:00-17:00" }, { "2026-11-28", "" },
                { "2027-04-26", "09:00-17:00" }, { "2027-04-27", "" }, { "2027-07-21", "" },
                { "2028-07-21", "" }, { "2026-12-25", "09:00-17:00" } /* not in the file */);
    CHECK_HOURS("", { "2026-11-24", "09:00-17:00" });
}

TEST(before_and_behind_what_the_file_opens_hours_are_the_usual_ones)
{
    CHECK_HOURS(EVENT(OPEN(HERE "20261201T100000",
                           HERE "20261201T110000") "RRULE:FREQ=DAILY;UNTIL=20261204\r\n")
                    EVENT("DTSTART;VALUE=DATE:20261207\r\n"),
                { "2026-11-30", "09:00-17:00" }, { "2026-12-01", "10:00-11:00" },
                { "2026-12-04", "10:00-11:00" }, { "2026-12-05", "" }, { "2026-12-07", "" },
                { "2026-12-08", "09:00-17:00" });
    CHECK_HOURS(MORNINGS, { "2025-11-24", "09:00-17:00" }, { "2026-01-05", "08:30-12:00" },
                { "2036-11-28", "08:30-12:00" }, { "2036-12-05", "09:00-17:00" });
}

TEST(availability_of_rfc_7953_is_read)
{
    CHECK_HOURS("BEGIN:VAVAILABILITY\r\nDTSTART:20260101T000000\r\nBEGIN:AVAILABLE\r\n"
                "DTSTART" HERE "20260105T090000\r\nDTEND" HERE "20260105T160000\r\n" ON_WORKDAYS
                "END:AVAILABLE\r\nEND:VAVAILABILITY\r\n",
                { "2026-11-24", "09:00-16:00" }, { "2026-11-28", "" });
}

/* --- series --------------------------------------------------------------------------------- */

TEST(dates_are_taken_out_of_a_series_and_added_to_it)
{
    CHECK_HOURS(EVENT(OPEN(HERE "20260105T083000", HERE "20260105T120000") ON_WORKDAYS
                      "EXDATE" HERE "20261124T083000,20261125T083000\r\n"
                      "EXDATE;VALUE=DATE:20261126\r\n"
                      "EXDATE:20261127T073000Z\r\n"
                      "RDATE" HERE "20261128T140000\r\n"),
                { "2026-11-23", "08:30-12:00" }, { "2026-11-24", "" }, { "2026-11-25", "" },
                { "2026-11-26", "" }, { "2026-11-27", "" }, { "2026-11-28", "14:00-17:30" },
                { "2026-11-30", "08:30-12:00" });
}

TEST(one_of_a_series_can_be_another_time_or_cancelled)
{
    CHECK_HOURS(MORNINGS EVENT("UID:open\r\nRECURRENCE-ID" HERE "20261124T083000\r\n"
                               "DTSTART" HERE "20261124T100000\r\nDURATION:PT1H\r\n")
                    EVENT("UID:open\r\nRECURRENCE-ID" HERE "20261125T083000\r\n"
                          "DTSTART" HERE "20261125T083000\r\nSTATUS:CANCELLED\r\n")
                        EVENT("UID:open\r\nRECURRENCE-ID" HERE "20261127T083000\r\n"
                              "DTSTART" HERE "20261127T083000\r\nDURATION:PT1H\r\n")
                            EVENT("UID:other\r\nRECURRENCE-ID" HERE "20261126T083000\r\n"
                                  "DTSTART" HERE "20261126T140000\r\nDURATION:PT1H\r\n"),
                { "2026-11-24", "10:00-11:00" }, { "2026-11-25", "" },
                { "2026-11-26", "08:30-12:00 14:00-15:00" }, { "2026-11-27", "08:30-09:30" });
}

TEST(a_series_ends_with_its_count_or_its_last_moment)
{
    static const struct {
        const char *end, *last, *behind;
    } cases[] = {
        { "COUNT=3",                "2026-11-26", "2026-11-27" },
        { "UNTIL=20261126",         "2026-11-26", "2026-11-27" },
        { "UNTIL=20261126T090000",  "2026-11-26", "2026-11-27" },
        { "UNTIL=20261126T080000Z", "2026-11-26", "2026-11-27" },
        { "UNTIL=20261126T075900Z", "2026-11-25", "2026-11-26" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct calendar calendar;
        struct err err;

        CHECK_OK(read_events(mem,
                             arena_printf(mem,
                                          "BEGIN:VEVENT\r\nDTSTART" HERE "20261124T090000\r\n"
                                          "DURATION:PT1H\r\nRRULE:FREQ=DAILY;%s\r\nEND:VEVENT\r\n",
                                          cases[i].end),
                             &calendar, &err),
                 &err);
        CHECK_TEXT(hours_on(mem, &calendar, cases[i].last), "09:00-10:00");
        CHECK_TEXT(hours_on(mem, &calendar, cases[i].behind), "09:00-17:00"); /* the usual ones */
    }
}

/* --- zones ---------------------------------------------------------------------------------- */

#define NEW_YORK                                                                                   \
    "BEGIN:VTIMEZONE\r\nTZID:Over the sea\r\n"                                                     \
    "BEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"       \
    "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\n"                                   \
    "BEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"      \
    "TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"

TEST(openings_keep_their_local_time_when_the_clocks_change)
{
    CHECK_HOURS(EVENT(OPEN(HERE "20260101T013000", HERE "20260101T040000") "RRULE:FREQ=DAILY\r\n"),
                { "2027-03-27", "01:30-04:00" }, { "2027-03-28", "01:30-04:00" },
                { "2027-10-31", "01:30-04:00" });
    /* In UTC they don't. */
    CHECK_HOURS("X-WR-TIMEZONE:Europe/Brussels\r\n" EVENT(
                    OPEN(":20260101T080000Z", ":20260101T160000Z") "RRULE:FREQ=DAILY\r\n"),
                { "2026-11-24", "09:00-17:00" }, { "2027-03-27", "09:00-17:00" },
                { "2027-03-28", "10:00-18:00" }, { "2027-10-31", "09:00-17:00" });
}

TEST(the_zone_is_that_of_the_events_or_the_one_that_the_calendar_names)
{
    static const struct {
        const char *events;
        int32_t winter_s, summer_s;
    } cases[] = {
        { "", 3600, 7200 },
        { "X-WR-TIMEZONE:UTC\r\n", 3600, 7200 },
        { "X-WR-TIMEZONE:Over the sea\r\n" NEW_YORK, -18000, -14400 },
        { "X-WR-TIMEZONE:UTC\r\n" NEW_YORK EVENT(
              OPEN(";TZID=Over the sea:20260101T090000", ";TZID=Over the sea:20260101T170000")),
         -18000, -14400 },
        { EVENT(OPEN(";TZID=W. Europe Standard Time:20260101T090000",
         ";TZID=W. Europe Standard Time:20260101T170000")),
         3600, 7200 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct calendar calendar;
        struct err err;

        CHECK_OK(read_events(mem, cases[i].events, &calendar, &err), &err);
        CHECK(calendar.offset_s(calendar.arg, at("2027-01-10T12:00:00Z")) == cases[i].winter_s);
        CHECK(calendar.offset_s(calendar.arg, at("2027-07-10T12:00:00Z")) == cases[i].summer_s);
    }
}

TEST(a_zone_that_the_file_describes_changes_when_it_says)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const struct {
        const char *at;
        int32_t offset_s;
    } cases[] = {
        { "2027-03-14T06:59:59Z", -18000 },
        { "2027-03-14T07:00:00Z", -14400 },
        { "2027-11-07T05:59:59Z", -14400 },
        { "2027-11-07T06:00:00Z", -18000 },
        { "1999-07-07T06:00:00Z", -18000 }, /* before all that it says */
    };
    struct calendar calendar;
    struct err err;

    CHECK_OK(read_events(mem, "X-WR-TIMEZONE:Over the sea\r\n" NEW_YORK, &calendar, &err), &err);
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK(calendar.offset_s(calendar.arg, at(cases[i].at)) == cases[i].offset_s);
}

TEST(times_of_another_zone_are_converted)
{
    CHECK_HOURS(
        MORNINGS NEW_YORK EVENT("SUMMARY:Dicht\r\nDTSTART;TZID=Over the sea:20261124T030000\r\n"
                                "DURATION:PT1H\r\n"),
        { "2026-11-24", "08:30-09:00 10:00-12:00" });
}

TEST(deadlines_are_counted_on_the_hours_of_the_file)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct calendar calendar;
    struct err err;

    CHECK_OK(read_events(mem, MORNINGS EVENT("SUMMARY:Brugdag\r\nDTSTART;VALUE=DATE:20261126\r\n"),
                         &calendar, &err),
             &err);
    CHECK(calendar_end_of_day(&calendar, day_of(2026, 11, 24)) == 12 * 60);
    CHECK(calendar_open_day(&calendar, day_of(2026, 11, 24), 3) == day_of(2026, 11, 30));
    CHECK(calendar_after_work(&calendar, at(TUESDAY), 6 * 60).ms ==
          at("2026-11-27T09:15:00+01:00").ms);
}

/* --- the bytes ------------------------------------------------------------------------------ */

TEST(lines_are_unfolded_whatever_ends_them)
{
    static const char *const files[] = {
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DA\r\n TE:2026112\r\n\t4\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        "\xef\xbb\xbf"
        "begin:vcalendar\nbegin:vevent\ndtstart;value=date:20261124\nend:vevent\nend:vcalendar",
        "BEGIN:VCALENDAR\rBEGIN:VEVENT\r\r\n\nDTSTART;VALUE=DATE:\r 20261124\rEND:VEVENT\r"
        "END:VCALENDAR\r",
    };

    for (size_t i = 0; i < COUNT(files); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct calendar calendar;
        struct err err;

        CHECK_OK(read_text(mem, files[i], &calendar, &err), &err);
        CHECK_TEXT(hours_on(mem, &calendar, "2026-11-24"), "");
        CHECK_TEXT(hours_on(mem, &calendar, "2026-11-25"), "09:00-17:00");
    }
}

#define BROKEN(lines) "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" lines "END:VEVENT\nEND:VCALENDAR\n"

TEST(what_cannot_be_read_is_named_by_its_line)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        { "",                                                             "line 1: it must begin with BEGIN:VCALENDAR" },
        { "<html>",                                                       "line 1: it must begin with BEGIN:VCALENDAR" },
        { "\n\nBEGIN:VCARD\nEND:VCARD\n",                                 "line 3: it must begin with BEGIN:VCALENDAR" },
        { "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
         "line 2: BEGIN:VEVENT has no END; the file is cut off"                                                        },
        { "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",               "line 3: END:VCALENDAR has no BEGIN"         },
        { BROKEN("SUMMARY:Open\n"),                                       "line 2: it has no DTSTART"                  },
        { BROKEN("SUMMARY:a\n b\n c\nDTSTART:morgen\n"),                  "line 6: DTSTART can't be read"              },
        { BROKEN("DTSTART:\n"),                                           "line 3: DTSTART can't be read"              },
        { BROKEN("DTSTART:20261131T100000\n"),                            "line 3: there is no such day"               },
        { BROKEN("DTSTART:20261130T250000\n"),                            "line 3: there is no such day or time"       },
        { BROKEN("DTSTART:20261130T100000\nDTEND;VALUE=DATE:20261201\n"),
         "line 2: DTSTART and DTEND must both be days or both moments"                                                 },
        { BROKEN("DTSTART:20261130T100000\nDTEND:20261130T090000\n"),
         "line 2: it ends before it begins"                                                                            },
        { BROKEN("DTSTART:20261130T100000\nDURATION:-PT1H\n"),
         "line 4: DURATION must be between nothing and a year"                                                         },
        { BROKEN("DTSTART:20261130T100000\nRRULE:FREQ=OFTEN\n"),          "line 4: RRULE can't be read"                },
        { BROKEN("DTSTART:20261130T100000\nRRULE:FREQ=SECONDLY\n"),
         "line 4: RRULE must repeat by days, weeks, months or years, with BYDAY, "
          "BYMONTHDAY, BYMONTH and BYSETPOS only"                                                                      },
        { BROKEN("DTSTART:20261130T100000\nRRULE:FREQ=DAILY;BYHOUR=9\n"),
         "line 4: RRULE must repeat by days, weeks, months or years, with BYDAY, "
          "BYMONTHDAY, BYMONTH and BYSETPOS only"                                                                      },
        { BROKEN("DTSTART;TZID=Mars/Olympus:20261130T100000\n"),
         "line 2: the time zone Mars/Olympus isn't known; export the calendar with "
          "its VTIMEZONE"                                                                                              },
        { BROKEN("DTSTART:20261130T100000\nRDATE;VALUE=PERIOD:"
                 "20261130T100000/PT1H\n"),
         "line 4: RDATE must be a day or a moment"                                                                     },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct calendar calendar;
        struct err err = { 0 };

        CHECK(!read_text(mem, cases[i].text, &calendar, &err));
        CHECK_TEXT(err.text, cases[i].error);
        CHECK(err.code == ERR_INVALID);
    }
}

/* --- hostile files -------------------------------------------------------------------------- */

static void free_buf(struct buf *b)
{
    buf_free(b);
}

/* `begin`, then `again` so often, then `end`. */
static const char *refused(struct arena *mem, const char *begin, const char *again, int n,
                           const char *end)
{
    CLEANUP(free_buf) struct buf file = BUF(4 << 20);
    struct calendar calendar;
    struct err err = { 0 };

    buf_text(&file, begin);
    for (int i = 0; i < n; i++)
        buf_text(&file, again);
    buf_text(&file, end);
    return calendar_file_read(mem, test_exact(file.data, file.len), at(TUESDAY), &calendar, &err)
               ? "read"
               : arena_text(mem, err.text);
}

TEST(what_is_too_much_is_refused_or_read_in_no_time)
{
#define CASE(begin, again, end, n, error)                                                          \
    { "BEGIN:VCALENDAR\n" begin, again, end "END:VCALENDAR\n", n, error }
#define BEGIN_EVENT "BEGIN:VEVENT\nDTSTART:20260101T090000\nDURATION:PT1H\n"
#define ONE(lines)  BEGIN_EVENT lines "END:VEVENT\n"
    static const struct {
        const char *begin, *again, *end;
        int n;
        const char *error;
    } cases[] = {
        CASE("", "X-LONG:\n", "", 200000, "it is larger than 1 MB; export fewer years"),
        CASE("", ONE(""), "", 5001,
             "line 20002: there are more than 5000 events; export fewer years"),
        CASE("", "BEGIN:X\n", "", 20, "line 9: more than 8 BEGINs are open"),
        CASE(BEGIN_EVENT "RRULE:FREQ=MONTHLY;BYSETPOS=1", ",1", "\nEND:VEVENT\n", 500,
             "line 5: RRULE is longer than 512 bytes; write several lines"),
        CASE(BEGIN_EVENT "EXDATE:20260101T090000", ",20260101T090000", "\nEND:VEVENT\n", 60000,
             "line 5: EXDATE is longer than 4096 bytes; write several lines"),
        CASE(BEGIN_EVENT "SUMMARY:", "Gesloten ", "\nEND:VEVENT\n", 100000, "read"),
        CASE(BEGIN_EVENT, "SUMMARY:a\n", "END:VEVENT\n", 90000, "read"),
        CASE(BEGIN_EVENT "CATEGORIES:a", ",a", "\nEND:VEVENT\n", 400000, "read"),
        CASE(BEGIN_EVENT, "EXDATE:20260101T090000\n", "END:VEVENT\n", 40000, "read"),
        CASE("", ONE("RRULE:FREQ=DAILY\n"), "", 30, "line 127: there are more than 100000 periods"),
        CASE("",
             "BEGIN:VEVENT\nDTSTART:16010101T090000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;"
             "COUNT=9\nEND:VEVENT\n",
             "", 2000, "line 202: there are too many rules that repeat; export fewer years"),
        CASE("", ONE("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n"), "", 1000, "read"),
        CASE("BEGIN:VEVENT\nDTSTART:20261124T000000\nDURATION:PT1M\n", "RDATE:20261124T000000\n",
             "END:VEVENT\n", 30000, "read"),
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");

        CHECK_TEXT(refused(mem, cases[i].begin, cases[i].again, cases[i].n, cases[i].end),
                   cases[i].error);
    }
}

TEST(a_day_has_no_more_periods_than_a_calendar_takes)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct calendar calendar;
    struct err err;

    CHECK(!read_events(mem,
                       EVENT("DTSTART:20261124T080000\nDURATION:PT1M\n"
                             "RDATE:20261124T080200,20261124T080400,20261124T080600\n"
                             "RDATE:20261124T080800,20261124T081000,20261124T081200\n"),
                       &calendar, &err));
    CHECK_TEXT(err.text, "2026-11-24 has more than 6 opening periods");
}
