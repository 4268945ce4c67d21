#include "repeats.h"

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

static day_number month_begin(int32_t month)
{
    return day_of(month / 12, month % 12 + 1, 1);
}

/* --- units ---------------------------------------------------------------------------------- */

static int32_t unit_of(const struct repeat *rule, day_number day)
{
    int year, month, dayofmonth;

    date_of(day, &year, &month, &dayofmonth);
    switch (rule->unit) {
    case REPEAT_DAILY:
        return day;
    case REPEAT_WEEKLY: /* day -3 was a Monday */
        return floor_div(day + 3 - rule->week_start, 7);
    case REPEAT_MONTHLY:
        return year * 12 + month - 1;
    case REPEAT_YEARLY:
        return year;
    }
    return day;
}

static day_number unit_begin(const struct repeat *rule, int32_t unit)
{
    switch (rule->unit) {
    case REPEAT_DAILY:
        return unit;
    case REPEAT_WEEKLY:
        return unit * 7 - 3 + rule->week_start;
    case REPEAT_MONTHLY:
        return month_begin(unit);
    case REPEAT_YEARLY:
        return day_of(unit, 1, 1);
    }
    return unit;
}

/* --- does a day fit? ------------------------------------------------------------------------ */

/* Is it the nth of its weekday in [from, to)? */
static bool is_nth(day_number day, int nth, day_number from, day_number to)
{
    return nth == 0 || (nth > 0 ? (day - from) / 7 + 1 == nth : (to - 1 - day) / 7 + 1 == -nth);
}

static bool fits_weekday(const struct repeat *rule, day_number day, int year, int month)
{
    bool is_of_year = rule->unit == REPEAT_YEARLY && rule->months == 0;
    int32_t months = year * 12 + month - 1;
    day_number from = is_of_year ? day_of(year, 1, 1) : month_begin(months);
    day_number to = is_of_year ? day_of(year + 1, 1, 1) : month_begin(months + 1);

    for (size_t i = 0; i < rule->weekdays_n; i++)
        if (rule->weekdays[i].weekday == weekday_of(day) &&
            (rule->unit < REPEAT_MONTHLY || is_nth(day, rule->weekdays[i].nth, from, to)))
            return true;
    return rule->weekdays_n == 0;
}

static bool fits_month_day(const struct repeat *rule, day_number day, int year, int month,
                           int dayofmonth)
{
    day_number next = month_begin(year * 12 + month);

    return (rule->days == 0 && rule->last_days == 0) || rule->days >> dayofmonth & 1 ||
           rule->last_days >> (next - day) & 1;
}

/* Where the rule names no day it is that of its start. */
static bool fits_start(const struct repeats *r, day_number day, int month, int dayofmonth)
{
    const struct repeat *rule = r->rule;
    int start_year, start_month, start_day;

    if (rule->unit == REPEAT_DAILY || rule->weekdays_n > 0 || rule->days || rule->last_days)
        return true;
    if (rule->unit == REPEAT_WEEKLY)
        return weekday_of(day) == weekday_of(r->start);
    date_of(r->start, &start_year, &start_month, &start_day);
    return dayofmonth == start_day &&
           (rule->unit == REPEAT_MONTHLY || rule->months || month == start_month);
}

static bool fits(const struct repeats *r, day_number day)
{
    int year, month, dayofmonth;

    date_of(day, &year, &month, &dayofmonth);
    return (r->rule->months == 0 || r->rule->months >> month & 1) &&
           fits_start(r, day, month, dayofmonth) && fits_weekday(r->rule, day, year, month) &&
           fits_month_day(r->rule, day, year, month, dayofmonth);
}

/* --- one after the other -------------------------------------------------------------------- */

static bool has_position(const struct repeat *rule, size_t at, size_t n)
{
    for (size_t i = 0; i < rule->positions_n; i++)
        if (rule->positions[i] == (int)at + 1 || rule->positions[i] == (int)at - (int)n)
            return true;
    return rule->positions_n == 0;
}

/* Fills `found` with the days of the next unit. */
static void look_at_unit(struct repeats *r)
{
    day_number from = unit_begin(r->rule, r->unit), to = unit_begin(r->rule, r->unit + 1);
    size_t n = 0;

    for (day_number day = from; day < to; day++)
        if (fits(r, day))
            r->found[n++] = day;
    r->found_n = r->at = 0;
    for (size_t i = 0; i < n; i++)
        if (has_position(r->rule, i, n))
            r->found[r->found_n++] = r->found[i];
    *r->work -= to - from;
    r->unit += r->rule->interval;
}

void repeats_begin(struct repeats *r, const struct repeat *rule, day_number start, day_number first,
                   day_number last, int64_t *work)
{
    int32_t interval = rule->interval, skipped;

    *r = (struct repeats){ .rule = rule,
                           .start = start,
                           .first = first,
                           .last = last,
                           .unit = unit_of(rule, start),
                           .work = work };
    if (rule->count > 0 || first <= start)
        return;
    skipped = unit_of(rule, first) - r->unit;
    r->unit += skipped / interval * interval;
}

bool repeats_next(struct repeats *r, day_number *out)
{
    const struct repeat *rule = r->rule;

    while (*r->work >= 0 && (rule->count == 0 || r->given < rule->count)) {
        if (r->at == r->found_n) {
            if (unit_begin(rule, r->unit) > r->last)
                return false;
            look_at_unit(r);
            continue;
        }
        *out = r->found[r->at++];
        if (*out > r->last)
            return false;
        r->given += *out >= r->start;
        if (*out >= r->start && *out >= r->first)
            return true;
    }
    return false;
}
