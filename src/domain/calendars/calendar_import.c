#include "calendar_import.h"

#include <stdlib.h>
#include <string.h>

#include "../../base/text.h"
#include "calendar_file.h"
#include "hours.h"
#include "system_zones.h"

enum { DAY_MINUTES = 24 * 60, WEEK = 7, WEEKS_LOOKED_AT = 53 };

struct day_plan {
    size_t n;
    struct opening openings[OPENINGS_MAX];
    bool is_said;    /* what is open on it is what the file opens */
    bool is_shut;    /* closed all day by the file */
    bool is_touched; /* the file closes a part of it */
    const char *title;
};

struct importing {
    struct arena *mem;
    day_number first, last;
    bool has_week; /* the file says hours that repeat */
    struct day_plan *days;
    struct day_plan week[WEEK];
    struct timetable_exception *found;
    size_t found_n;
    struct err *err;
};

static void free_spans(struct calendar_spans *spans)
{
    calendar_spans_free(spans);
}

static day_number day_at(int64_t minute)
{
    return (day_number)(minute / DAY_MINUTES - (minute % DAY_MINUTES < 0 ? 1 : 0));
}

/* --- days ----------------------------------------------------------------------------------- */

static bool same_hours(const struct day_plan *one, const struct day_plan *other)
{
    if (one->n != other->n)
        return false;
    for (size_t i = 0; i < one->n; i++)
        if (one->openings[i].from_minute != other->openings[i].from_minute ||
            one->openings[i].to_minute != other->openings[i].to_minute)
            return false;
    return true;
}

/* What a file calls a day on which it closes something. */
static void take_titles(struct importing *im, const struct buf *closed)
{
    const struct span *items = (const void *)closed->data;

    for (size_t i = 0; i < closed->len / sizeof(items[0]); i++)
        for (day_number day = day_at(items[i].from); day <= day_at(items[i].to - 1); day++) {
            struct day_plan *plan = &im->days[day - im->first];
            plan->is_touched = true;
            if (!plan->title && items[i].title && text_is_line(items[i].title))
                plan->title = text_preview(im->mem, items[i].title, TIMETABLE_NAME_MAX);
            if (items[i].from <= (int64_t)day * DAY_MINUTES &&
                items[i].to >= ((int64_t)day + 1) * DAY_MINUTES)
                plan->is_shut = true;
        }
}

/* Between the first and the last day that it opens, a file of a week says all of what is open; one
 * without only of the days that it opens. */
static void take_said(struct importing *im, const struct buf *opened)
{
    const struct span *items = (const void *)opened->data;
    day_number first = im->last + 1, last = im->first - 1;

    for (size_t i = 0; i < opened->len / sizeof(items[0]); i++) {
        day_number from = day_at(items[i].from), to = day_at(items[i].to - 1);
        im->has_week = im->has_week || items[i].is_repeated;
        for (day_number day = from; day <= to; day++)
            im->days[day - im->first].is_said = true;
        first = from < first ? from : first;
        last = to > last ? to : last;
    }
    for (day_number day = first; day <= last && im->has_week; day++)
        im->days[day - im->first].is_said = true;
}

static void take_hours(struct importing *im, const struct calendar *calendar)
{
    for (day_number day = im->first; day <= im->last; day++) {
        struct day_plan *plan = &im->days[day - im->first];
        plan->n = calendar->openings(calendar->arg, day, plan->openings);
        /* Where no hours are said at all, hours.h has those of an office. */
        if (!im->has_week && !plan->is_said && im->week[weekday_of(day)].n == 0)
            plan->n = 0;
    }
}

/* --- the week ------------------------------------------------------------------------------- */

/* The hours that most of the days of this name have, which the file opens; those of the first of as
 * many. */
static void usual_hours(const struct importing *im, int weekday, struct day_plan *out)
{
    const struct day_plan *looked[WEEKS_LOOKED_AT];
    size_t n = 0, best = 0;

    for (day_number day = im->first; day <= im->last && n < WEEKS_LOOKED_AT; day++) {
        const struct day_plan *plan = &im->days[day - im->first];
        if (weekday_of(day) == weekday && plan->is_said && !plan->is_shut)
            looked[n++] = plan;
    }
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++)
            same += same_hours(looked[i], looked[k]);
        if (same > best) {
            best = same;
            *out = *looked[i];
        }
    }
}

static void take_week(struct importing *im, struct timetable *timetable)
{
    struct timetable_period *items =
        NEW_ARRAY(im->mem, struct timetable_period, WEEK * OPENINGS_MAX);
    size_t n = 0;

    for (unsigned day = 0; day < WEEK; day++) {
        struct day_plan *usual = &im->week[day];
        if (im->has_week)
            usual_hours(im, (int)day, usual);
        for (size_t i = 0; i < usual->n; i++)
            items[n++] =
                (struct timetable_period){ day,
                                           minute_write(im->mem, usual->openings[i].from_minute),
                                           minute_write(im->mem, usual->openings[i].to_minute) };
    }
    if (im->has_week)
        timetable->week = (struct list){ items, n };
}

static void week_of(const struct timetable *timetable, struct day_plan week[WEEK])
{
    const struct timetable_period *items = timetable->week.items;

    for (size_t i = 0; i < timetable->week.n; i++) {
        struct day_plan *day = &week[items[i].day % WEEK];
        struct opening *next = &day->openings[day->n];
        if (day->n < OPENINGS_MAX && minute_read(items[i].from, &next->from_minute) &&
            minute_read(items[i].to, &next->to_minute))
            day->n++;
    }
}

/* --- the days that differ --------------------------------------------------------------------- */

/* What is left of the hours without what the file closes is in the plan already. */
static bool differs(const struct importing *im, day_number day)
{
    const struct day_plan *plan = &im->days[day - im->first];

    if (plan->is_shut)
        return true;
    return (plan->is_said || (!im->has_week && plan->is_touched)) &&
           !same_hours(plan, &im->week[weekday_of(day)]);
}

static bool goes_on(const struct day_plan *one, const struct day_plan *other)
{
    return same_hours(one, other) && one->is_shut == other->is_shut &&
           text_equal(one->title, other->title);
}

static void add_found(struct importing *im, day_number from, day_number to)
{
    const struct day_plan *plan = &im->days[from - im->first];
    struct timetable_period *periods = NEW_ARRAY(im->mem, struct timetable_period, plan->n);

    for (size_t i = 0; i < plan->n; i++)
        periods[i] =
            (struct timetable_period){ 0, minute_write(im->mem, plan->openings[i].from_minute),
                                       minute_write(im->mem, plan->openings[i].to_minute) };
    im->found[im->found_n++] = (struct timetable_exception){
        .from = day_write(im->mem, from),
        .to = day_write(im->mem, to),
        .name = plan->title,
        .periods = { periods, plan->n }
    };
}

static void find_exceptions(struct importing *im)
{
    day_number to;

    im->found = NEW_ARRAY(im->mem, struct timetable_exception, (size_t)(im->last - im->first) + 1);
    for (day_number day = im->first; day <= im->last; day = to + 1) {
        to = day;
        if (!differs(im, day))
            continue;
        while (to < im->last && to - day + 1 < TIMETABLE_SPAN_DAYS_MAX && differs(im, to + 1) &&
               goes_on(&im->days[day - im->first], &im->days[to + 1 - im->first]))
            to++;
        add_found(im, day, to);
    }
}

static bool is_replaced(const struct importing *im, const struct timetable_exception *e)
{
    for (size_t i = 0; i < im->found_n; i++)
        if (!e->every_year && text_equal(im->found[i].from, e->from) &&
            text_equal(im->found[i].to, e->to))
            return true;
    return false;
}

static bool take_exceptions(struct importing *im, struct timetable *timetable)
{
    const struct timetable_exception *were = timetable->exceptions.items;
    struct timetable_exception *items =
        NEW_ARRAY(im->mem, struct timetable_exception, timetable->exceptions.n + im->found_n);
    size_t n = 0;

    for (size_t i = 0; i < timetable->exceptions.n; i++)
        if (!is_replaced(im, &were[i]))
            items[n++] = were[i];
    for (size_t i = 0; i < im->found_n; i++)
        items[n++] = im->found[i];
    timetable->exceptions = (struct list){ items, n };
    return n <= TIMETABLE_EXCEPTIONS_MAX ||
           err_set(im->err, ERR_TOO_LARGE,
                   "there are more than %d days that differ; export fewer years",
                   TIMETABLE_EXCEPTIONS_MAX);
}

/* --- all of it ------------------------------------------------------------------------------ */

/* Where the file says no hours it's open as the week that was there says. */
static void add_week(const struct importing *im, struct buf *opened)
{
    for (day_number day = im->first; day <= im->last; day++) {
        const struct day_plan *usual = &im->week[weekday_of(day)];
        int64_t midnight = (int64_t)day * DAY_MINUTES;
        for (size_t i = 0; i < usual->n && !im->days[day - im->first].is_said; i++) {
            struct span span = { midnight + usual->openings[i].from_minute,
                                 midnight + usual->openings[i].to_minute, NULL, false };
            buf_add(opened, &span, sizeof(span));
        }
    }
}

bool calendar_import(struct arena *mem, struct bytes file, const char *zone, instant at,
                     struct timetable *timetable, struct err *err)
{
    CLEANUP(free_spans) struct calendar_spans spans = { 0 };
    day_number today = (day_number)(at.ms / DAY_MS);
    struct importing im = { .mem = mem,
                            .first = today - CALENDAR_IMPORT_BEFORE,
                            .last = today + CALENDAR_IMPORT_AFTER,
                            .err = err };
    struct calendar clock, calendar;

    system_zone(mem, text_is_blank(timetable->time_zone) ? zone : timetable->time_zone, at, &clock);
    if (!calendar_file_spans(mem, file, &clock, im.first, im.last, &spans, err))
        return false;
    im.days = NEW_ARRAY(mem, struct day_plan, (size_t)(im.last - im.first) + 1);
    take_titles(&im, &spans.closed);
    take_said(&im, &spans.opened);
    if (!im.has_week) {
        week_of(timetable, im.week);
        add_week(&im, &spans.opened);
    }
    if (!hours_make(mem, &spans.opened, &spans.closed, im.first, im.last, &clock, &calendar, err))
        return false;
    take_hours(&im, &calendar);
    take_week(&im, timetable);
    find_exceptions(&im);
    return take_exceptions(&im, timetable) && timetable_check(mem, timetable, err);
}
