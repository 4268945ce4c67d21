/* repeats.h — the days that a rule of iCalendar (RRULE) names, one after the other.
 *
 * Our own and not libical's iterator: that one looks for a day that never comes ("30 February")
 * up to the year 20000, which takes seconds. Here every day looked at is counted. Only what opening
 * hours and holidays need: days, weeks, months and years. Pure.
 */
#pragma once

#include "../../language/calendar.h"

enum { REPEAT_DAYS_MAX = 32, REPEAT_POSITIONS_MAX = 16 };

enum repeat_unit { REPEAT_DAILY, REPEAT_WEEKLY, REPEAT_MONTHLY, REPEAT_YEARLY };

struct repeat_day {
    int weekday; /* 0 = Monday */
    int nth;     /* of the month or year, from its end when negative; 0: each */
};

struct repeat {
    enum repeat_unit unit;
    int32_t interval;   /* every so many units, > 0 */
    int32_t count;      /* so many days; 0: for ever */
    int week_start;     /* 0 = Monday */
    uint32_t months;    /* bit 1: January; 0: any, as with all below */
    uint32_t days;      /* bit 1: the first of the month */
    uint32_t last_days; /* bit 1: the last of the month */
    struct repeat_day weekdays[REPEAT_DAYS_MAX];
    size_t weekdays_n;
    int positions[REPEAT_POSITIONS_MAX]; /* of the days of one unit; from its end when negative */
    size_t positions_n;
};

/* Borrows the rule. Its members are its own. */
struct repeats {
    const struct repeat *rule;
    day_number start, first, last;
    int32_t unit; /* the number of the day, week, month or year that is looked at next */
    int32_t given;
    day_number found[366];
    size_t found_n, at;
    int64_t *work;
};

/* Those that begin on `start` (DTSTART), from `first` to `last`. *work goes down by the days that
 * were looked at; below zero nothing comes any more, and the answer is not to be used. */
void repeats_begin(struct repeats *r, const struct repeat *rule, day_number start, day_number first,
                   day_number last, int64_t *work);
/* False after the last one. */
bool repeats_next(struct repeats *r, day_number *out);
