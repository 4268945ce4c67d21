#include "fuzz.h"

#include "../src/base/err.h"
#include "../src/domain/calendars/calendar_file.h"

#include <string.h>

static const instant at = { 1795511700000 }; /* 2026-11-24T09:15Z */

static void check_day(const struct calendar *calendar, day_number day)
{
    struct opening openings[OPENINGS_MAX];
    size_t n = calendar->openings(calendar->arg, day, openings);

    fuzz_promise(n <= OPENINGS_MAX, "a day has so many periods at most");
    for (size_t i = 0; i < n; i++) {
        fuzz_promise(openings[i].from_minute >= 0 && openings[i].to_minute <= 24 * 60 &&
                         openings[i].from_minute < openings[i].to_minute,
                     "a period is a part of the day");
        fuzz_promise(i == 0 || openings[i - 1].to_minute < openings[i].from_minute,
                     "periods come in order, with a break between two");
    }
}

/* Whatever a file holds: the calendar is one that deadlines can be counted on, or an error that
 * says why not in one line. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    day_number today = (day_number)(at.ms / DAY_MS);
    struct calendar calendar;
    struct err err = { 0 };

    if (!calendar_file_read(mem, (struct bytes){ data, size }, at, &calendar, &err)) {
        fuzz_promise((err.code == ERR_INVALID || err.code == ERR_TOO_LARGE) && *err.text &&
                         !strpbrk(err.text, "\r\n"),
                     "what is refused has a reason in one line");
        return 0;
    }
    for (day_number day = today - CALENDAR_DAYS_BEFORE - 2; day < today + CALENDAR_DAYS_AFTER + 2;
         day++) {
        int64_t offset_s = calendar.offset_s(calendar.arg, (instant){ day * DAY_MS });
        fuzz_promise(offset_s > -86400 && offset_s < 86400, "a zone is less than a day from UTC");
        check_day(&calendar, day);
    }
    return 0;
}
