/* From what was said to a moment: the rules stand in times.h and are told by times_test.c. */
#include "times_span.h"

enum {
    NOON = 12 * 60,
    AFTERNOON_ENDS = 17 * 60,
    EVENING_ENDS = 22 * 60,
    NIGHT_ENDS = 6 * 60,
    DAY_MINUTES = 24 * 60,
    EARLIEST_EVENING = 5 * 60, /* a smaller hour of an evening is in the night behind it */
    LATEST_LOOSE = 20 * 60,    /* a bare hour that has passed is meant in the evening up to here */
    AROUND_MINUTES = 30,
    VAGUE_MINUTES = 10, /* "enkele minuten" */
    VAGUE_HOURS = 3,    /* "een paar uur", "a couple of hours" */
    VAGUE_DAYS = 3,     /* "enkele dagen", in open days */
    WORKDAYS_MAX = 260,
    DAYS_MAX = 3650,
};

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

/* "Thursday night at 3": no 15:00. */
static bool is_late(const struct said *said, const struct said_clock *clock)
{
    return said->part == PART_EVENING && clock->minute > 0 && clock->minute < EARLIEST_EVENING;
}

/* The hour as it's meant on that part of the day; without one from 1 to 6 is the afternoon. */
static int32_t minute_of(const struct counting *c, const struct said_clock *clock)
{
    const struct said *said = c->said;

    if (clock->minute == CLOCK_NOW)
        return c->now.minute;
    if (said->part == PART_MORNING || said->part == PART_EARLY)
        return clock->minute;
    if (clock->is_am || is_late(said, clock))
        return clock->minute;
    if ((said->part == PART_NIGHT || said->part == PART_EVENING) && clock->minute == NOON)
        return DAY_MINUTES;
    if (said->part == PART_NIGHT)
        return clock->minute >= 18 * 60 && clock->minute <= DAY_MINUTES ? clock->minute
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

/* "vrijdagnacht om 2 uur", "tonight at 2 am": on the day after; not "vrijdag om 2 uur 's nachts".
 */
static bool is_behind_day(const struct said *said)
{
    return said->day.form != DAY_NONE && !said->is_in_night &&
           (said->part == PART_NIGHT ||
            (said->part == PART_EVENING && (said->clock.is_am || is_late(said, &said->clock))));
}

static void clock_due(const struct counting *c, day_number day, struct time_found *out)
{
    const struct said *said = c->said;
    int32_t minute = minute_of(c, said->has_window ? &said->clock_to : &said->clock);
    int32_t from = minute_of(c, &said->clock);

    if (said->day.form == DAY_NONE && !said->has_length)
        day = day_of_clock(c, &minute);
    if (is_behind_day(said) && minute < NOON)
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
    bool is_weekend = said->day.form == DAY_PERIOD && said->day.period == UNIT_WEEKEND &&
                      said->day.shift == 0 && !said->day.is_this;

    bool is_feast = said->day.form == DAY_FEAST && FEAST_DAYS(said->day.feast) > 1;

    if (said->qualifier == QUALIFIER_BY)
        return is_weekend || is_feast; /* "by the weekend", "tegen Pasen" */
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
    out->due_at = moment(c, day,
                         said->is_in_night && said->day.form != DAY_NONE
                             ? NIGHT_ENDS
                             : end_of_part(said->part, c->calendar, day));
}

static void moment_due(const struct counting *c, struct time_found *out)
{
    const struct said *said = c->said;
    struct span span = said_span(c);

    /* "this time next week" */
    if (said->clock.minute == CLOCK_NOW && said->day.form == DAY_PERIOD &&
        said->day.period == UNIT_WEEK)
        span.first = c->now.day + 7 * said->day.shift;
    /* "first thing in the morning" */
    if (said->is_early && said->part == PART_MORNING && said->day.form == DAY_NONE &&
        !said->has_clock && c->now.minute >= NIGHT_ENDS)
        span.first = span.last = c->now.day + 1;
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
    *out = said->is_before ? plus_months(today, -months) - days : plus_months(today, months) + days;
    return true;
}

/* The last open day up to the end of a term, or, as the calendar wants it, the first behind it; a
 * moment ("over een week") is never earlier than it says. */
static day_number end_of_term(const struct counting *c, day_number from, day_number end)
{
    bool is_moment = c->said->qualifier == QUALIFIER_OVER || c->said->qualifier == QUALIFIER_IN ||
                     c->said->qualifier == QUALIFIER_AFTER;
    day_number day;

    if (is_moment || (c->calendar->rolls_forward && !c->said->is_before))
        return calendar_open_day(c->calendar, end - 1, 1);
    day = last_open_in(c->calendar, c->said->is_before ? c->now.day + 1 : from + 1, end);
    return calendar_is_open(c->calendar, day) ? day : calendar_open_day(c->calendar, end - 1, 1);
}

/* The day that so many days are counted from. */
static day_number counted_from(const struct counting *c)
{
    struct span anchor;

    if (!c->said->has_anchor)
        return c->now.day;
    anchor = span_of(c, &c->said->anchor, c->now.day);
    return c->said->is_before ? anchor.first : anchor.last;
}

static bool day_of_length(const struct counting *c, day_number *out)
{
    const struct said *said = c->said;
    day_number from = counted_from(c), end;

    if (said->unit == UNIT_WORKDAY || (said->unit == UNIT_DAY && said->is_vague)) {
        int32_t days = said->unit == UNIT_DAY ? VAGUE_DAYS : (said->halves + 1) / 2;

        if (days > WORKDAYS_MAX)
            return false;
        *out = calendar_open_day(c->calendar, from, said->is_before ? -days : days);
        return true;
    }
    if (!days_after(said, from, &end))
        return false;
    /* "over twee weken op vrijdag": of the week that it is then */
    *out = said->day.form == DAY_WEEKDAY ? monday_of(end) + said->day.weekday
                                         : end_of_term(c, from, end);
    return true;
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
        if (said->is_vague && said->unit == UNIT_HOUR)
            minutes = VAGUE_HOURS * 60;
        out->due_at = instant_plus(c->reference, minutes * MINUTE_MS);
        return minutes <= DAYS_MAX * DAY_MINUTES;
    }
    out->kind = TIME_TERM;
    if (said->unit == UNIT_WORK_HOUR) {
        out->due_at = calendar_after_work(c->calendar, c->reference, said->halves * 30);
        return true;
    }
    if (!day_of_length(c, &day))
        return false;
    if (said->has_clock)
        clock_due(c, day, out);
    else
        out->due_at = moment(c, day, end_of_part(said->part, c->calendar, day));
    return true;
}

/* --- all --- */

/* EOD, EOW, EOM */
static day_number end_of_this(const struct counting *c, int32_t which)
{
    struct said_day period = { DAY_PERIOD, .period = which == 1 ? UNIT_WEEK : UNIT_MONTH };
    struct span span;

    if (which == 0)
        return c->now.day;
    span = span_of(c, &period, c->now.day);
    return last_open_in(c->calendar, c->now.day, span.last);
}

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
        day = end_of_this(c, c->said->minutes);
        out->due_at = moment(c, day, calendar_end_of_day(c->calendar, day));
        if (out->due_at.ms <= c->reference.ms)
            out->due_at = instant_plus(c->reference, HOUR_MS);
        return;
    }
}

/* "Binnen 24 uur", which ends on another day, and nobody works on that one. */
static bool is_elsewhen_and_closed(const struct counting *c, instant due)
{
    day_number day = calendar_local(c->calendar, due).day;

    return day != c->now.day && !calendar_is_open(c->calendar, day);
}

/* What can be no deadline, whatever moment it has. */
static void settle(const struct counting *c, struct time_found *out)
{
    const struct said *said = c->said;

    out->is_soft =
        out->is_soft || said->is_vague || (said->is_about && minutes_in(said->unit) == 0);
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
    /* "het weekend tellen we mee" */
    if (said->day.form == DAY_PERIOD && said->day.period == UNIT_WEEKEND &&
        said->qualifier == QUALIFIER_NONE && said->day.shift == 0 && !said->day.is_this)
        out->is_weak = true;
    if (said->is_static) {
        out->kind = TIME_DURATION;
        out->is_weak = true;
    }
    if (out->kind == TIME_DURATION && (said->is_static || !said->is_then) &&
        said->unit != UNIT_WORKDAY)
        out->starts_at = out->due_at = (instant){ 0 };
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
    if (said->has_length && minutes_in(said->unit) > 0 && out->due_at.ms != 0)
        out->is_closed_day = is_elsewhen_and_closed(c, out->due_at);
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
