/* calendar.h — when somebody works: what the deadlines of language/times are counted on.
 *
 * An interface without memory of its own: whoever knows the hours (an organisation, a brand, a
 * team; a file for the command) fills a struct. Days are local; conversion between local time and
 * moments goes by the zone, across daylight saving.
 */
#pragma once

#include "../base/clock.h"

/* A day of the (proleptic Gregorian) calendar as a number: 0 is 1970-01-01. */
typedef int32_t day_number;

struct opening {
    int16_t from_minute, to_minute; /* of the local day; [from, to) */
};

enum { OPENINGS_MAX = 6 }; /* periods a day */

struct calendar {
    const void *arg;
    /* The opening periods of a day, in order; 0: closed. */
    size_t (*openings)(const void *arg, day_number day, struct opening out[OPENINGS_MAX]);
    /* Seconds east of UTC at a moment. */
    int32_t (*offset_s)(const void *arg, instant at);
    /* Terms in days that end on a closed day: false: on the last open day inside (the customer must
     * see it kept); true: on the first open day after, as statutory terms do. */
    bool rolls_forward;
};

/* Mon-Fri 9-17 in Europe/Amsterdam without the public holidays of the Netherlands (5 May only in
 * years divisible by 5). */
extern const struct calendar calendar_dutch;
/* The same hours in Europe/Brussels, without the public holidays of Belgium. */
extern const struct calendar calendar_belgian;
/* An `openings`: Mon-Fri 9-17 and no holidays; what holds where nothing is said. */
size_t calendar_office_hours(const void *arg, day_number day, struct opening out[OPENINGS_MAX]);
/* An offset_s: Central European time with the summer time of the Union, as since 1996. */
int32_t calendar_central_europe(const void *arg, instant at);

/* Parts of a moment in the calendar's zone. */
struct local_time {
    day_number day;
    int32_t minute; /* of the day, 0 … 1439 */
    int32_t second;
};
struct local_time calendar_local(const struct calendar *calendar, instant at);
/* The moment of a local time; in the hour that daylight saving skips the one an hour later, in the
 * hour that comes twice the first. */
instant calendar_instant(const struct calendar *calendar, day_number day, int32_t minute);
bool calendar_is_open(const struct calendar *calendar, day_number day);
/* The last minute of work on a day; 17:00 where the day is closed. */
int32_t calendar_end_of_day(const struct calendar *calendar, day_number day);
/* The nth open day after `day` (n > 0) or before it (n < 0); looks no further than ten years. */
day_number calendar_open_day(const struct calendar *calendar, day_number day, int32_t n);
/* When so many minutes of opening have passed since `at`; looks no further than ten years. */
instant calendar_after_work(const struct calendar *calendar, instant at, int32_t minutes);

/* 0 = Monday. */
int weekday_of(day_number day);
day_number day_of(int year, int month, int dayofmonth);
void date_of(day_number day, int *year, int *month, int *dayofmonth);
day_number easter_of(int year);
