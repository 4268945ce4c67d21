#include "fuzz.h"

#include "../src/base/err.h"
#include "../src/domain/calendars/calendar_import.h"

#include <string.h>

static const instant at = { 1795511700000 }; /* 2026-11-24T09:15Z */

/* Whatever a file holds: what is imported is a timetable that may be stored, and its own export
 * says the same hours again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct timetable first = { 0 }, again = { 0 };
    day_number today = (day_number)(at.ms / DAY_MS);
    struct calendar one, other;
    struct err err = { 0 };
    const char *file;

    if (!calendar_import(mem, (struct bytes){ data, size }, "Europe/Amsterdam", at, &first, &err)) {
        fuzz_promise((err.code == ERR_INVALID || err.code == ERR_TOO_LARGE) && *err.text,
                     "what is refused has a reason");
        return 0;
    }
    fuzz_promise(timetable_check(mem, &first, &err), "what is imported may be stored");
    file = calendar_export(mem, "x", &first, "Europe/Amsterdam", at);
    fuzz_promise(calendar_import(mem, (struct bytes){ (const uint8_t *)file, strlen(file) },
                                 "Europe/Amsterdam", at, &again, &err),
                 "what is exported can be imported");
    timetable_calendar(mem, &first, "Europe/Amsterdam", at, &one);
    timetable_calendar(mem, &again, "Europe/Amsterdam", at, &other);
    for (day_number day = today - CALENDAR_IMPORT_BEFORE; day <= today + CALENDAR_IMPORT_AFTER;
         day++) {
        struct opening a[OPENINGS_MAX], b[OPENINGS_MAX];
        size_t n = one.openings(one.arg, day, a);
        fuzz_promise(other.openings(other.arg, day, b) == n && memcmp(a, b, n * sizeof(a[0])) == 0,
                     "what is exported is what was imported");
    }
    return 0;
}
