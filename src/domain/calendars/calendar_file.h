/* calendar_file.h — opening hours and closed days out of a calendar file (iCalendar, RFC 5545).
 *
 *   in the file                                            means
 *   a whole day                                            closed on it
 *   from … to, also AVAILABLE of a VAVAILABILITY           open then
 *   the same, called closed ("gesloten", "fermé", …) or    closed then
 *     shown as out of office
 *   a whole day called open ("open", "geopend", …)         nothing: no hours are said
 *   STATUS:CANCELLED; an observance of Google's holidays   nothing
 *
 * Closed wins over open. RRULE (by days, weeks, months, years), RDATE, EXDATE and RECURRENCE-ID
 * count. TRANSP doesn't: people's opening hours are "busy" and their holidays "free". Before the
 * first and behind the last day that the file opens, so always when it opens none, it's Monday to
 * Friday 9-17, without the closed days of the file. The zone is the one that the events name first,
 * else X-WR-TIMEZONE, else Central European Time; times in another one are converted.
 *
 * Pure, in time bounded by the limits here and in entries.h; an instant's lookup is one in a table.
 */
#pragma once

#include "../../base/buf.h"
#include "../../base/err.h"
#include "../../language/calendar.h"

enum {
    CALENDAR_BYTES_MAX = 1 << 20,
    CALENDAR_DAYS_BEFORE = 366, /* what is longer ago than that counts as Monday to Friday 9-17 */
    CALENDAR_DAYS_AFTER = 3660, /* and what is later; as far as the functions of a calendar look */
    CALENDAR_PERIODS_MAX = 100000, /* of opening, and as many of closing */
};

/* What holds around `at`; *out lives in mem. Else ERR_INVALID or ERR_TOO_LARGE with a text that
 * begins with "line N: " where one is to blame: put the name of the file before it. */
MUST_CHECK bool calendar_file_read(struct arena *mem, struct bytes file, instant at,
                                   struct calendar *out, struct err *err);

/* The same, not put together: of struct span (hours.h), in any order, cut to these days, in minutes
 * of `zone`; what has no zone is in it. Empty before; free it also after a failure. */
struct calendar_spans {
    struct buf opened, closed;
};
MUST_CHECK bool calendar_file_spans(struct arena *mem, struct bytes file,
                                    const struct calendar *zone, day_number first, day_number last,
                                    struct calendar_spans *out, struct err *err);
void calendar_spans_free(struct calendar_spans *spans);
