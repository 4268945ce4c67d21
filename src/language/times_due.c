/* From what was said to a moment: the rules stand in times.h and are told by times_test.c. */
#include "times_said.h"

enum {
    NOON = 12 * 60,
    AFTERNOON_ENDS = 17 * 60,
    EVENING_ENDS = 22 * 60,
    NIGHT_ENDS = 6 * 60,
    DAY_MINUTES = 24 * 60,
    LATEST_LOOSE = 20 * 60, /* a bare hour that has passed is meant in the evening up to here */
    AROUND_MINUTES = 30,
    VAGUE_MINUTES = 10, /* "enkele minuten" */
    VAGUE_DAYS = 3,     /* "enkele dagen", in open days */
    WORKDAYS_MAX = 260,
    DAYS_MAX = 3650,
    PASSED_DAYS = 45, /* a date without a year so short ago is that one, not next year's */
};

struct counting {
    const struct said *said;
    const struct calendar *calendar;
    instant reference;
    struct local_time now;
};

/* Days [first, last]; a period ends on an open day inside it, a point is literal. */
struct span {
    day_number first, last;
    bool is_period;
};

/* --- days --- */

static int days_in(int year, int month)
{
    int next_year = month == 12 ? year + 1 : year, next = month == 12 ? 1 : month + 1;

    return day_of(next_year, next, 1) - day_of(year, month, 1);
}

static day_number monday_of(day_number day)
{
    return day - weekday_of(day);
}

static day_number plus_months(day_number day, int32_t months)
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
    int32_t middle = days <= 7 ? 3 : days <= 31 ? 15 : days <= 92 ? 46 : 182;

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

static struct span week_of_month(const struct said_day *day, day_number from)
{
    struct said_day whole = *day;
    struct span month = whole.month != 0 ? named_month(&whole, from) : period_span(&whole, from);
    day_number monday = monday_of(month.first) + 7 * (day->offset - 1);

    if (weekday_of(month.first) > 3) /* most of that week is in the month before */
        monday += 7;
    if (day->offset > 5)
        monday = monday_of(month.last);
    return (struct span){ monday, monday + 6, true };
}

static struct span span_of(const struct counting *c, const struct said_day *day, day_number from)
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
        at = from + 1;
        break;
    case DAY_PERIOD:
        return cut_to_edge(period_span(day, from), day);
    case DAY_MONTH:
        return cut_to_edge(named_month(day, from), day);
    case DAY_WEEK:
        return cut_to_edge(numbered_week(day->offset, from), day);
    case DAY_WEEK_OF:
        at = monday_of(date_near(c, day, from));
        return cut_to_edge((struct span){ at, at + 6, true }, day);
    case DAY_NTH_QUARTER:
        return cut_to_edge(numbered_quarter(day, from), day);
    case DAY_WEEK_OF_MONTH:
        return week_of_month(day, from);
    }
    return (struct span){ at, at, false };
}

/* --- moments --- */

static day_number last_open_in(const struct calendar *calendar, day_number first, day_number last)
{
    for (day_number day = last; day >= first && day > last - 31; day--)
        if (calendar_is_open(calendar, day))
            return day;
    return last;
}

/* The last day on which a period is kept. */
static day_number kept_on(const struct counting *c, struct span span)
{
    day_number first = span.first > c->now.day ? span.first : c->now.day;

    if (!span.is_period || span.last < first)
        return span.last;
    /* "begin volgende week" is Tuesday; when that is closed the day after, not Monday. */
    if (c->said->day.edge != EDGE_NONE && c->said->day.edge != EDGE_END &&
        c->said->day.form == DAY_PERIOD && c->said->day.period == UNIT_WEEK)
        return calendar_open_day(c->calendar, span.last - 1, 1);
    return last_open_in(c->calendar, first, span.last);
}

static int32_t end_of_part(enum day_part part, const struct calendar *calendar, day_number day)
{
    switch (part) {
    case PART_EARLY:
    case PART_MORNING:
        return NOON;
    case PART_MIDDAY:
    case PART_AFTERNOON:
        return AFTERNOON_ENDS;
    case PART_EVENING:
        return EVENING_ENDS;
    case PART_NIGHT:
        return DAY_MINUTES + NIGHT_ENDS;
    case PART_NONE:
        break;
    }
    return calendar_end_of_day(calendar, day);
}

/* The hour as it's meant on that part of the day; without one from 1 to 6 is the afternoon. */
static int32_t minute_of(const struct said *said, const struct said_clock *clock)
{
    if (said->part == PART_MORNING || said->part == PART_EARLY)
        return clock->minute;
    if (said->part == PART_NIGHT)
        return clock->minute >= 18 * 60 && clock->minute < DAY_MINUTES ? clock->minute
                                                                       : clock->minute % NOON;
    if (said->part != PART_NONE && clock->minute < NOON && clock->minute > 0 &&
        !(said->part == PART_MIDDAY && clock->minute >= 11 * 60))
        return clock->minute + NOON;
    if (said->part == PART_NONE && clock->is_loose)
        return clock->minute + NOON;
    return clock->minute;
}

static instant moment(const struct counting *c, day_number day, int32_t minute)
{
    return calendar_instant(c->calendar, day, minute);
}

static bool limits_day(enum qualifier qualifier)
{
    return qualifier == QUALIFIER_BEFORE || qualifier == QUALIFIER_UNTIL ||
           qualifier == QUALIFIER_FROM || qualifier == QUALIFIER_AFTER ||
           qualifier == QUALIFIER_SINCE;
}

/* A clock time without a day that has passed: this evening, or tomorrow. */
static day_number day_of_clock(const struct counting *c, int32_t *minute)
{
    if (*minute > c->now.minute || c->said->day.form != DAY_NONE)
        return c->now.day;
    if (limits_day(c->said->clock_qualifier))
        return c->now.day;
    if (c->said->part != PART_NONE || !c->said->clock.is_bare)
        return c->now.day + 1;
    if (*minute < NOON && *minute + NOON > c->now.minute && *minute + NOON <= LATEST_LOOSE) {
        *minute += NOON;
        return c->now.day;
    }
    return c->now.day + 1;
}

static void clock_due(const struct counting *c, day_number day, struct time_found *out)
{
    const struct said *said = c->said;
    int32_t minute = minute_of(said, said->has_window ? &said->clock_to : &said->clock);
    int32_t from = minute_of(said, &said->clock);

    if (said->day.form == DAY_NONE)
        day = day_of_clock(c, &minute);
    if (said->part == PART_NIGHT && minute < NOON && said->day.form != DAY_NONE)
        day += c->now.minute < NIGHT_ENDS && said->day.form == DAY_RELATIVE ? 0 : 1;
    out->kind = said->has_window ? TIME_WINDOW : TIME_POINT;
    out->due_at = moment(c, day, minute);
    switch (said->clock_qualifier) {
    case QUALIFIER_BETWEEN:
        out->starts_at = moment(c, day, from <= minute ? from : minute);
        break;
    case QUALIFIER_AROUND:
        out->due_at = moment(c, day, minute + AROUND_MINUTES);
        break;
    case QUALIFIER_FROM:
    case QUALIFIER_AFTER:
        out->kind = TIME_WINDOW;
        out->starts_at = out->due_at;
        minute = minute < calendar_end_of_day(c->calendar, day)
                     ? calendar_end_of_day(c->calendar, day)
                     : EVENING_ENDS;
        out->due_at = moment(c, day, minute);
        if (out->due_at.ms < out->starts_at.ms)
            out->due_at = out->starts_at;
        break;
    case QUALIFIER_BEFORE:
        out->is_exclusive = true;
        break;
    case QUALIFIER_NONE:
    case QUALIFIER_WITHIN:
    case QUALIFIER_OVER:
    case QUALIFIER_IN:
    case QUALIFIER_AT:
    case QUALIFIER_ON:
    case QUALIFIER_BY:
    case QUALIFIER_UNTIL:
    case QUALIFIER_SINCE:
        break;
    }
    out->is_closed_day = !calendar_is_open(c->calendar, day);
}

/* Before a day is on the open day before it; before the end of a period is in it. */
static bool is_excluded(const struct said *said)
{
    return said->qualifier == QUALIFIER_BEFORE && !said->is_for && said->day.edge != EDGE_END;
}

static void day_due(const struct counting *c, struct span span, struct time_found *out)
{
    const struct said *said = c->said;
    day_number day = kept_on(c, span);

    out->kind = span.is_period ? TIME_WINDOW : TIME_POINT;
    if (span.is_period)
        out->starts_at = moment(c, span.first, 0);
    if (said->qualifier == QUALIFIER_FROM)
        out->starts_at = moment(c, span.first, 0);
    if (is_excluded(said) && said->part == PART_NONE) {
        day = calendar_open_day(c->calendar, span.first, -1);
        if (day < c->now.day)
            day = span.first - 1;
        out->kind = TIME_POINT;
        out->is_exclusive = true;
        out->starts_at = (instant){ 0 };
    } else if (said->qualifier == QUALIFIER_AFTER) {
        day = calendar_open_day(c->calendar, span.last, 1);
        out->kind = TIME_POINT;
        out->starts_at = (instant){ 0 };
    }
    if (said->part == PART_NIGHT && said->day.form == DAY_RELATIVE && said->day.offset == 0 &&
        c->now.minute < NIGHT_ENDS)
        day--;
    out->is_closed_day = !calendar_is_open(c->calendar, day);
    out->due_at = moment(c, day, end_of_part(said->part, c->calendar, day));
}

/* "voor donderdagmiddag" is before its beginning, when something was named before: at noon. */
static void moment_due(const struct counting *c, struct time_found *out)
{
    const struct said *said = c->said;
    day_number from = c->now.day;
    struct span span;

    if (said->has_anchor)
        from = span_of(c, &said->anchor, from).last;
    span = span_of(c, &said->day, from);
    if (said->has_clock)
        clock_due(c,
                  said->qualifier == QUALIFIER_AFTER && said->has_anchor ? span.last : span.first,
                  out);
    else
        day_due(c, span, out);
}

/* --- lengths --- */

static int32_t minutes_in(enum unit unit)
{
    switch (unit) {
    case UNIT_MINUTE:
        return 1;
    case UNIT_QUARTER_HOUR:
        return 15;
    case UNIT_HOUR:
        return 60;
    case UNIT_DAY_AND_NIGHT:
        return DAY_MINUTES;
    case UNIT_WORK_HOUR:
    case UNIT_DAY:
    case UNIT_WORKDAY:
    case UNIT_WEEK:
    case UNIT_FORTNIGHT:
    case UNIT_WEEKEND:
    case UNIT_MONTH:
    case UNIT_QUARTER:
    case UNIT_YEAR:
        break;
    }
    return 0;
}

static bool days_after(const struct said *said, day_number today, day_number *out)
{
    int32_t halves = said->halves, months = 0, days = 0;

    switch (said->unit) {
    case UNIT_DAY:
        days = (halves + 1) / 2;
        break;
    case UNIT_WEEK:
        days = halves * 7 / 2;
        break;
    case UNIT_FORTNIGHT:
        days = halves * 7;
        break;
    case UNIT_MONTH:
        months = halves / 2;
        days = halves % 2 * 15;
        break;
    case UNIT_QUARTER:
        months = halves * 3 / 2;
        break;
    case UNIT_YEAR:
        months = halves * 6;
        break;
    case UNIT_MINUTE:
    case UNIT_HOUR:
    case UNIT_WORK_HOUR:
    case UNIT_DAY_AND_NIGHT:
    case UNIT_WORKDAY:
    case UNIT_WEEKEND:
    case UNIT_QUARTER_HOUR:
        return false;
    }
    if (months > DAYS_MAX / 31 || days > DAYS_MAX)
        return false;
    *out = plus_months(today, months) + days;
    return true;
}

/* The last open day up to the end of a term, or, as the calendar wants it, the first behind it; a
 * moment ("over een week") is never earlier than it says. */
static day_number end_of_term(const struct counting *c, day_number end)
{
    bool is_moment = c->said->qualifier == QUALIFIER_OVER || c->said->qualifier == QUALIFIER_IN ||
                     c->said->qualifier == QUALIFIER_AFTER;
    day_number day;

    if (is_moment || c->calendar->rolls_forward)
        return calendar_open_day(c->calendar, end - 1, 1);
    day = last_open_in(c->calendar, c->now.day + 1, end);
    return calendar_is_open(c->calendar, day) ? day : calendar_open_day(c->calendar, end - 1, 1);
}

static bool length_due(const struct counting *c, struct time_found *out)
{
    const struct said *said = c->said;
    int32_t minutes = minutes_in(said->unit) * said->halves / 2;
    day_number day;

    if (minutes > 0) {
        out->kind = TIME_ELAPSED;
        if (said->is_vague && said->unit == UNIT_MINUTE)
            minutes = VAGUE_MINUTES;
        out->due_at = instant_plus(c->reference, minutes * MINUTE_MS);
        return minutes <= DAYS_MAX * DAY_MINUTES;
    }
    out->kind = TIME_TERM;
    if (said->unit == UNIT_WORK_HOUR) {
        out->due_at = calendar_after_work(c->calendar, c->reference, said->halves * 30);
        return true;
    }
    if (said->unit == UNIT_WORKDAY || (said->unit == UNIT_DAY && said->is_vague)) {
        int32_t days = said->unit == UNIT_DAY ? VAGUE_DAYS : (said->halves + 1) / 2;

        if (days > WORKDAYS_MAX)
            return false;
        day = calendar_open_day(c->calendar, c->now.day, days);
    } else {
        if (!days_after(said, c->now.day, &day))
            return false;
        day = end_of_term(c, day);
    }
    out->due_at = moment(c, day, calendar_end_of_day(c->calendar, day));
    return true;
}

/* --- all --- */

static void special_due(const struct counting *c, struct time_found *out)
{
    day_number day = c->now.day;

    out->is_weak = true;
    switch (c->said->special) {
    case SPECIAL_SOFT:
    case SPECIAL_NONE:
        out->kind = TIME_SOFT;
        out->is_soft = true;
        return;
    case SPECIAL_SOON:
        out->kind = TIME_ELAPSED;
        out->due_at = instant_plus(c->reference, c->said->minutes * MINUTE_MS);
        return;
    case SPECIAL_LATER:
        out->kind = TIME_POINT;
        out->due_at = moment(c, day, calendar_end_of_day(c->calendar, day));
        if (out->due_at.ms <= c->reference.ms)
            out->due_at = instant_plus(c->reference, HOUR_MS);
        return;
    }
}

/* What can be no deadline, whatever moment it has. */
static void settle(const struct counting *c, struct time_found *out)
{
    const struct said *said = c->said;

    out->is_soft = out->is_soft || said->is_vague;
    if (said->has_length && said->qualifier != QUALIFIER_WITHIN &&
        said->qualifier != QUALIFIER_OVER && said->qualifier != QUALIFIER_IN &&
        said->qualifier != QUALIFIER_BY) {
        out->kind = TIME_DURATION;
        out->is_weak = true;
    }
    if (said->is_event && !said->is_past && !said->is_recurring) {
        out->kind = TIME_SOFT;
        out->is_soft = true;
        out->is_weak = true;
        out->starts_at = out->due_at = (instant){ 0 };
    }
    if (said->day.form == DAY_FEAST && said->qualifier == QUALIFIER_NONE && !said->has_clock)
        out->is_weak = true;
    if (said->is_static)
        out->kind = TIME_DURATION;
    if (out->kind == TIME_DURATION && (said->is_static || !said->is_then) &&
        said->unit != UNIT_WORKDAY)
        out->due_at = (instant){ 0 };
    if (said->is_hours)
        out->kind = TIME_HOURS;
    if (said->is_past || (out->due_at.ms != 0 && out->due_at.ms <= c->reference.ms))
        out->kind = TIME_PAST;
    if (said->is_recurring)
        out->kind = TIME_RECURRING;
    if (out->kind == TIME_PAST || out->kind == TIME_RECURRING || out->kind == TIME_HOURS)
        out->starts_at = out->due_at = (instant){ 0 };
    out->is_future = out->kind <= TIME_SOFT ||
                     (out->kind == TIME_DURATION && out->due_at.ms != 0 && !said->is_static);
    out->is_closed_day = out->is_closed_day && out->is_future && !out->is_soft;
}

bool said_due(const struct said *said, const struct calendar *calendar, instant reference,
              struct time_found *out)
{
    struct counting c = { said, calendar, reference, calendar_local(calendar, reference) };

    *out = (struct time_found){ .kind = TIME_RECURRING };
    if (said->special != SPECIAL_NONE)
        special_due(&c, out);
    else if (said->has_length) {
        if (!length_due(&c, out) && said->qualifier != QUALIFIER_NONE)
            return false;
    } else if (said->has_clock || said->day.form != DAY_NONE || said->part != PART_NONE)
        moment_due(&c, out);
    settle(&c, out);
    return out->due_at.ms == 0 || (out->due_at.ms <= reference.ms + (DAYS_MAX + 366) * DAY_MS);
}
