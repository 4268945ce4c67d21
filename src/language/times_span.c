/* Which days are meant. */
#include "times_span.h"

enum {
    PASSED_DAYS = 45, /* a date without a year so short ago is that one, not next year's */
    WEEK_REACH = 4,   /* the week before a Friday is its own, before a Thursday the one in front */
};

static int days_in(int year, int month)
{
    int next_year = month == 12 ? year + 1 : year, next = month == 12 ? 1 : month + 1;

    return day_of(next_year, next, 1) - day_of(year, month, 1);
}

day_number monday_of(day_number day)
{
    return day - weekday_of(day);
}

day_number plus_months(day_number day, int32_t months)
{
    int year, month, dayofmonth, at, days;

    date_of(day, &year, &month, &dayofmonth);
    at = year * 12 + month - 1 + months;
    days = days_in(at / 12, at % 12 + 1);
    return day_of(at / 12, at % 12 + 1, dayofmonth < days ? dayofmonth : days);
}

static struct span month_span(int year, int month)
{
    day_number first = day_of(year, month, 1);

    return (struct span){ first, first + days_in(year, month) - 1, true };
}

static bool is_deadline_like(enum qualifier qualifier)
{
    return qualifier == QUALIFIER_BY || qualifier == QUALIFIER_BEFORE ||
           qualifier == QUALIFIER_UNTIL;
}

/* A day and month without a year: the next one, or the one that has just passed. */
static day_number date_near(const struct counting *c, const struct said_day *day, day_number from)
{
    int year, month, dayofmonth;
    day_number at;

    date_of(from, &year, &month, &dayofmonth);
    if (day->year != 0)
        return day_of(day->year, day->month, day->dayofmonth);
    if (day->has_in_year)
        return day_of(year + day->in_year, day->month, day->dayofmonth);
    at = day_of(year, day->month, day->dayofmonth);
    if (day->is_last)
        return at >= from ? day_of(year - 1, day->month, day->dayofmonth) : at;
    if (at < from && (from - at > PASSED_DAYS || is_deadline_like(c->said->qualifier)))
        return day_of(year + 1, day->month, day->dayofmonth);
    return at;
}

static day_number weekday_near(const struct said_day *day, day_number from)
{
    day_number monday = monday_of(from);
    int32_t ahead = (day->weekday - weekday_of(from) + 6) % 7 + 1; /* 1 … 7: strictly after */

    if (day->has_week)
        return monday + 7 * day->shift + day->weekday;
    if (day->is_last)
        return from + ahead - (ahead == 7 ? 14 : 7);
    if (day->is_next)
        return monday + 7 + day->weekday;
    if (day->is_this && weekday_of(from) == day->weekday)
        return from;
    return from + ahead + 7 * day->plus_weeks;
}

/* A feast that is not over on `from`. */
static struct span feast_span(int32_t feast, day_number from)
{
    int year, month, dayofmonth;
    day_number first = 0;

    date_of(from, &year, &month, &dayofmonth);
    for (int i = -1; i < 2; i++) {
        int32_t feast_month = FEAST_MONTH(feast), feast_day = FEAST_DAY(feast);

        first = feast_month == 0 ? easter_of(year + i) + feast_day
                                 : day_of(year + i, feast_month, feast_day);
        /* Koningsdag is not kept on a Sunday. */
        if (feast == FEAST(4, 27, 1) && weekday_of(first) == 6)
            first--;
        if (first + FEAST_DAYS(feast) - 1 >= from)
            break;
    }
    return (struct span){ first, first + FEAST_DAYS(feast) - 1, FEAST_DAYS(feast) > 1 };
}

static struct span cut_to_edge(struct span span, const struct said_day *day)
{
    int32_t days = span.last - span.first + 1;
    int32_t begin = days <= 7 ? 2 : days <= 31 ? 10 : 31;
    int32_t middle = days <= 7 ? 3 : days <= 31 ? 15 : days <= 92 ? 46 : 181;

    if (day->edge == EDGE_BEGIN)
        span.last = span.first + begin - 1;
    else if (day->edge == EDGE_MIDDLE)
        span.last = span.first + middle - 1;
    return span;
}

static struct span period_span(const struct said_day *day, day_number from)
{
    int year, month, dayofmonth, at;
    day_number monday = monday_of(from) + 7 * day->shift;

    date_of(from, &year, &month, &dayofmonth);
    year = day->year != 0 ? day->year : year;
    switch (day->period) {
    case UNIT_WEEK:
        return (struct span){ monday, monday + 6, true };
    case UNIT_WEEKEND:
        return (struct span){ monday + 5, monday + 6, true };
    case UNIT_MONTH:
        at = year * 12 + month - 1 + day->shift;
        return month_span(at / 12, at % 12 + 1);
    case UNIT_QUARTER:
        at = year * 12 + (month - 1) / 3 * 3 + 3 * day->shift;
        return (struct span){ day_of(at / 12, at % 12 + 1, 1),
                              month_span(at / 12, at % 12 + 3).last, true };
    case UNIT_YEAR:
        return (struct span){ day_of(year + day->shift, 1, 1), day_of(year + day->shift, 12, 31),
                              true };
    case UNIT_DAY:
    case UNIT_MINUTE:
    case UNIT_HOUR:
    case UNIT_WORK_HOUR:
    case UNIT_DAY_AND_NIGHT:
    case UNIT_WORKDAY:
    case UNIT_FORTNIGHT:
    case UNIT_QUARTER_HOUR:
        break;
    }
    return (struct span){ from + day->shift, from + day->shift, false };
}

static struct span named_month(const struct said_day *day, day_number from)
{
    int year, month, dayofmonth;

    date_of(from, &year, &month, &dayofmonth);
    if (day->year != 0)
        return month_span(day->year, day->month);
    if (day->has_in_year)
        return month_span(year + day->in_year, day->month);
    if (day->is_last)
        return month_span(day->month < month ? year : year - 1, day->month);
    return month_span(day->month >= month ? year : year + 1, day->month);
}

static day_number nth_of_month(const struct counting *c, int32_t dayofmonth)
{
    int year, month, today;

    date_of(c->now.day, &year, &month, &today);
    for (int at = year * 12 + month - 1, i = dayofmonth > today ? 0 : 1; i < 3; i++)
        if (dayofmonth <= days_in((at + i) / 12, (at + i) % 12 + 1))
            return day_of((at + i) / 12, (at + i) % 12 + 1, dayofmonth);
    return c->now.day;
}

/* Week 1 of a year is the one with 4 January. */
static struct span numbered_week(int32_t number, day_number from)
{
    int year, month, dayofmonth;
    day_number monday;

    date_of(from, &year, &month, &dayofmonth);
    monday = monday_of(day_of(year, 1, 4)) + 7 * (number - 1);
    if (monday + 6 < from - PASSED_DAYS)
        monday = monday_of(day_of(year + 1, 1, 4)) + 7 * (number - 1);
    return (struct span){ monday, monday + 6, true };
}

static struct span numbered_quarter(const struct said_day *day, day_number from)
{
    int year, month, dayofmonth, last = 3 * day->offset;

    date_of(from, &year, &month, &dayofmonth);
    year = day->year != 0 ? day->year : last < month ? year + 1 : year;
    return (struct span){ day_of(year, last - 2, 1), month_span(year, last).last, true };
}

/* Counted from the end from here on: 99 is the last. */
enum { FROM_LAST = 90, LAST = 99 };

static struct span nth_week(struct span whole, int32_t nth)
{
    day_number monday = monday_of(whole.first) + 7 * (nth - 1);

    if (weekday_of(whole.first) > 3) /* most of that week is in the month before */
        monday += 7;
    if (nth <= 5)
        return (struct span){ monday, monday + 6, true };
    monday = monday_of(whole.last) - 7 * (nth >= FROM_LAST ? LAST - nth : 0);
    return (struct span){ monday, monday + 6 < whole.last ? monday + 6 : whole.last, true };
}

/* The nth of that weekday in [first, last]. */
static day_number nth_weekday(struct span whole, int32_t weekday, int32_t nth)
{
    if (nth >= FROM_LAST)
        return whole.last - (weekday_of(whole.last) - weekday + 7) % 7 - 7 * (LAST - nth);
    return whole.first + (weekday - weekday_of(whole.first) + 7) % 7 + 7 * (nth - 1);
}

static struct span nth_in(const struct counting *c, const struct said_day *day, struct span whole)
{
    int32_t nth = day->offset;
    day_number at = whole.first;

    switch (day->nth) {
    case NTH_DAY:
        at = nth >= FROM_LAST ? whole.last - (LAST - nth) : whole.first + nth - 1;
        at = at < whole.last ? at : whole.last;
        break;
    case NTH_WORKDAY:
        at = nth >= FROM_LAST ? calendar_open_day(c->calendar, whole.last + 1, nth - LAST - 1)
                              : calendar_open_day(c->calendar, whole.first - 1, nth);
        break;
    case NTH_WEEKDAY:
        at = nth_weekday(whole, day->weekday, nth);
        break;
    case NTH_WEEKEND:
        at = nth_weekday(whole, 5, nth);
        return (struct span){ at, at + 1, true };
    case NTH_WEEK:
        return nth_week(whole, nth);
    }
    return (struct span){ at, at, false };
}

/* "de eerste maandag van mei"; "van de maand" is the next one, when in this one it has passed. */
static struct span nth_span(const struct counting *c, const struct said_day *day, day_number from)
{
    struct said_day whole = *day;
    struct span span;

    if (day->month != 0)
        return nth_in(c, day, named_month(&whole, from));
    span = nth_in(c, day, period_span(&whole, from));
    if (span.last >= from || day->shift != 0 || day->is_this || day->is_last)
        return span;
    whole.shift = 1;
    return nth_in(c, day, period_span(&whole, from));
}

/* "de week na Pasen", "the week before Christmas": the one beside that in which the day is; a day
 * in a weekend is half way. */
static struct span week_beside(struct span anchor, enum unit unit, bool is_before)
{
    day_number sunday = is_before ? monday_of(anchor.first) - 1 : monday_of(anchor.last + 1) + 6;
    day_number monday =
        is_before ? monday_of(anchor.first - WEEK_REACH) : monday_of(anchor.first) + 7;

    if (unit == UNIT_WEEKEND)
        return (struct span){ sunday - 1, sunday, true };
    return (struct span){ monday, monday + 6, true };
}

/* A day that is counted from another: `day` of c->said, whose anchor it is. */
static struct span span_beside(const struct counting *c, const struct said_day *day)
{
    struct span anchor = span_of(c, &c->said->anchor, c->now.day);
    bool is_before = c->said->is_before;
    day_number at;

    if (day->form == DAY_PERIOD && day->is_counted)
        return week_beside(anchor, day->period, is_before);
    if (!is_before)
        return span_of(c, day, anchor.last);
    at = anchor.first - day->offset;
    if (day->form == DAY_OPEN)
        at = calendar_open_day(c->calendar, anchor.first, -day->offset);
    else if (day->form == DAY_WEEKDAY)
        at = anchor.first - (weekday_of(anchor.first) - day->weekday + 6) % 7 - 1 -
             7 * day->plus_weeks;
    return (struct span){ at, at, false };
}

struct span said_span(const struct counting *c)
{
    return c->said->has_anchor ? span_beside(c, &c->said->day)
                               : span_of(c, &c->said->day, c->now.day);
}

/* A period, or its begin or middle: the next one's, when those of this have passed. */
static struct span edge_span(const struct said_day *day, day_number from)
{
    struct span span = cut_to_edge(period_span(day, from), day);
    struct said_day next = *day;

    if (span.last >= from || day->shift != 0 || day->is_this || day->is_last || day->year != 0 ||
        (day->edge != EDGE_BEGIN && day->edge != EDGE_MIDDLE))
        return span;
    next.shift = 1;
    return cut_to_edge(period_span(&next, from), &next);
}

/* The weekday that was named in a week, or all of it. */
static struct span picked(struct span week, const struct said_day *day)
{
    if (day->pick == 0)
        return cut_to_edge(week, day);
    week.first = week.last = monday_of(week.first) + day->pick - 1;
    week.is_period = false;
    return week;
}

struct span span_of(const struct counting *c, const struct said_day *day, day_number from)
{
    day_number at = from;

    switch (day->form) {
    case DAY_NONE:
        break;
    case DAY_RELATIVE:
        at = from + day->offset + 7 * day->plus_weeks;
        break;
    case DAY_WEEKDAY:
        at = weekday_near(day, from);
        break;
    case DAY_DATE:
        at = date_near(c, day, from);
        break;
    case DAY_OF_MONTH:
        at = nth_of_month(c, day->dayofmonth);
        break;
    case DAY_FEAST:
        if (!day->is_until)
            return feast_span(day->feast, from);
        at = feast_span(day->feast, from).first;
        return (struct span){ at - 7, at, true };
    case DAY_OPEN:
        at = calendar_open_day(c->calendar, from, day->offset);
        break;
    case DAY_FOLLOWING:
        at = from + day->offset;
        break;
    case DAY_PERIOD:
        return edge_span(day, from);
    case DAY_MONTH:
        return cut_to_edge(named_month(day, from), day);
    case DAY_WEEK:
        return picked(numbered_week(day->offset, from), day);
    case DAY_WEEK_OF:
        at = monday_of(date_near(c, day, from));
        return picked((struct span){ at, at + 6, true }, day);
    case DAY_NTH_QUARTER:
        return cut_to_edge(numbered_quarter(day, from), day);
    case DAY_NTH:
        return picked(nth_span(c, day, from), day);
    }
    return (struct span){ at, at, false };
}
