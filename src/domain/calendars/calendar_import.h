/* calendar_import.h — a timetable out of a calendar file, and a calendar file out of a timetable.
 *
 * Read is what calendar_file.h says of a file, for the days from CALENDAR_IMPORT_BEFORE before `at`
 * to CALENDAR_IMPORT_AFTER behind it. Written are the same days, so that what was written is read
 * back as it was; the week goes on behind them, without holidays.
 */
#pragma once

#include "timetable.h"

enum { CALENDAR_IMPORT_BEFORE = 31, CALENDAR_IMPORT_AFTER = 1096 };

/* Adds to *timetable (checked) what a file says. Where it has hours that repeat, they take the
 * place of the week that was; a day on which it differs, or that it opens just once, becomes an
 * exception, in the place of those of exactly the same days. `zone`: where the timetable says none.
 * ERR_INVALID and ERR_TOO_LARGE as calendar_file_read(). */
MUST_CHECK bool calendar_import(struct arena *mem, struct bytes file, const char *zone, instant at,
                                struct timetable *timetable, struct err *err);
/* The file, iCalendar (RFC 5545), in mem. */
char *calendar_export(struct arena *mem, const char *name, const struct timetable *timetable,
                      const char *zone, instant at);
