#include "timetable.h"

#include "../../base/text.h"
#include "holidays.h"
#include "system_zones.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60, DAYS_BEFORE = 1100, DAYS_AFTER = 3700, WEEK = 7, CLOSED = 7 };

static const char *const day_names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

const struct field timetable_week_fields[] = {
    FIELD(timetable_period, day, .flags = REQUIRED, .names = day_names),
    FIELD(timetable_period, from, .flags = REQUIRED, .min = 5, .max = 5, .doc = "As 09:00"),
    FIELD(timetable_period, to, .flags = REQUIRED, .min = 5, .max = 5, .doc = "As 17:00, or 24:00"),
    { 0 },
};

static const struct field timetable_period_fields[] = {
    FIELD(timetable_period, from, .flags = REQUIRED, .min = 5, .max = 5, .doc = "As 09:00"),
    FIELD(timetable_period, to, .flags = REQUIRED, .min = 5, .max = 5, .doc = "As 17:00, or 24:00"),
    { 0 },
};

const struct field timetable_exception_fields[] = {
    FIELD(timetable_exception, from, .flags = REQUIRED, .min = 10, .max = 10,
          .doc = "A day, as 2026-12-24"),
    FIELD(timetable_exception, to, .max = 10, .doc = "The last day; the same one when left out"),
    FIELD(timetable_exception, name, .flags = LINE, .max = TIMETABLE_NAME_MAX),
    FIELD(timetable_exception, every_year, .doc = "On the same dates of each year"),
    FIELD(timetable_exception, periods, .of = timetable_period_fields,
          .size = sizeof(struct timetable_period), .max = OPENINGS_MAX,
          .doc = "When it's open then; none: closed"),
    { 0 },
};

struct stored_timetable {
    struct timetable timetable;
};

const struct field timetable_fields[] = {
    TIMETABLE_FIELDS(stored_timetable),
    { 0 },
};

/* --- days and minutes as texts -------------------------------------------------------------- */

static bool digits_read(const char *at, size_t n, int *out)
{
    int64_t number;

    if (strspn(at, "0123456789") < n || !int_read(at, n, &number))
        return false;
    *out = (int)number;
    return true;
}

bool day_read(const char *text, day_number *out)
{
    int year, month, dayofmonth, y, m, d;

    if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
        !digits_read(text, 4, &year) || !digits_read(text + 5, 2, &month) ||
        !digits_read(text + 8, 2, &dayofmonth) || year < 1970 || month < 1 || month > 12 ||
        dayofmonth < 1)
        return false;
    *out = day_of(year, month, dayofmonth);
    date_of(*out, &y, &m, &d);
    return d == dayofmonth && m == month;
}

char *day_write(struct arena *mem, day_number day)
{
    int year, month, dayofmonth;

    date_of(day, &year, &month, &dayofmonth);
    return arena_printf(mem, "%04d-%02d-%02d", year, month, dayofmonth);
}

bool minute_read(const char *text, int16_t *out)
{
    int hour, minute;

    if (!text || strlen(text) != 5 || text[2] != ':' || !digits_read(text, 2, &hour) ||
        !digits_read(text + 3, 2, &minute) || minute > 59 || hour * 60 + minute > DAY_MINUTES)
        return false;
    *out = (int16_t)(hour * 60 + minute);
    return true;
}

char *minute_write(struct arena *mem, int32_t minute)
{
    return arena_printf(mem, "%02d:%02d", minute / 60, minute % 60);
}

/* --- checking ------------------------------------------------------------------------------- */

static int by_begin(const void *a, const void *b)
{
    const struct timetable_period *one = a, *other = b;

    if (one->day != other->day)
        return one->day < other->day ? -1 : 1;
    return strcmp(one->from, other->from);
}

/* In order, without overlap, at most OPENINGS_MAX a day; what touches is left as it is. */
static bool check_periods(struct arena *mem, struct list *periods, const char *where,
                          struct err *err)
{
    struct timetable_period *items = NEW_ARRAY(mem, struct timetable_period, periods->n);
    int16_t from, to, end = 0;
    size_t n = 0;

    for (size_t i = 0; i < periods->n; i++) {
        items[i] = ((const struct timetable_period *)periods->items)[i];
        if (!minute_read(items[i].from, &from) || !minute_read(items[i].to, &to))
            return err_field(err, arena_printf(mem, "%s/%zu", where, i),
                             "must be times like 09:00 and 17:00");
        if (from >= to)
            return err_field(err, arena_printf(mem, "%s/%zu", where, i),
                             "ends before it begins; split what goes past midnight");
    }
    if (periods->n > 0)
        qsort(items, periods->n, sizeof(items[0]), by_begin);
    for (size_t i = 0; i < periods->n; i++) {
        bool is_new = i == 0 || items[i].day != items[i - 1].day;
        n = is_new ? 1 : n + 1;
        if (!minute_read(items[i].from, &from) || (!is_new && from < end) || n > OPENINGS_MAX)
            return err_field(err, where,
                             n > OPENINGS_MAX ? "has more than 6 periods on a day"
                                              : "has periods that overlap");
        if (!minute_read(items[i].to, &end))
            return false;
    }
    periods->items = items;
    return true;
}

static bool check_exception(struct arena *mem, struct timetable_exception *e, size_t i,
                            struct err *err)
{
    const char *where = arena_printf(mem, "exceptions/%zu", i);
    day_number from, to;

    if (text_is_blank(e->to))
        e->to = e->from;
    if (!day_read(e->from, &from))
        return err_field(err, arena_printf(mem, "%s/from", where), "must be a day like 2026-12-24");
    if (!day_read(e->to, &to))
        return err_field(err, arena_printf(mem, "%s/to", where), "must be a day like 2026-12-24");
    if (to < from)
        return err_field(err, arena_printf(mem, "%s/to", where), "is before its first day");
    if (to - from >= TIMETABLE_SPAN_DAYS_MAX)
        return err_field(err, arena_printf(mem, "%s/to", where), "is more than a year later");
    return check_periods(mem, &e->periods, arena_printf(mem, "%s/periods", where), err);
}

static bool check_holidays(struct arena *mem, const struct list *holidays, struct err *err)
{
    const char *const *names = holidays->items;

    for (size_t i = 0; i < holidays->n; i++)
        if (holiday_named(names[i]) < 0)
            return err_field(err, arena_printf(mem, "holidays/%zu", i),
                             "isn't one of /api/v1/holidays");
    return true;
}

bool timetable_check(struct arena *mem, struct timetable *timetable, struct err *err)
{
    struct timetable_exception *items =
        NEW_ARRAY(mem, struct timetable_exception, timetable->exceptions.n);

    if (!check_periods(mem, &timetable->week, "week", err) ||
        !check_holidays(mem, &timetable->holidays, err))
        return false;
    for (size_t i = 0; i < timetable->exceptions.n; i++) {
        items[i] = ((const struct timetable_exception *)timetable->exceptions.items)[i];
        if (!check_exception(mem, &items[i], i, err))
            return false;
    }
    timetable->exceptions.items = items;
    return true;
}

/* --- the calendar --------------------------------------------------------------------------- */

struct day_hours {
    size_t n;
    struct opening openings[OPENINGS_MAX];
};

struct exception {
    day_number from, to; /* of the first year */
    bool every_year;
    const char *name;
};

/* What calendar.arg is. Kinds of days: 0-6 the week's, 7 closed, then the exceptions'. */
struct plan {
    struct calendar zone;
    uint32_t holidays;
    size_t exceptions_n;
    struct exception *exceptions; /* of the most days first */
    struct day_hours *hours;      /* of each kind */
    day_number first;
    uint16_t kinds[DAYS_BEFORE + DAYS_AFTER];
};

/* The first day of an exception in the year that could have it on `day`. */
static bool is_on(const struct exception *e, day_number day)
{
    int year, month, dayofmonth, unused;

    if (day < e->from)
        return false;
    if (day <= e->to || !e->every_year)
        return day <= e->to;
    date_of(day, &year, &unused, &dayofmonth);
    date_of(e->from, &unused, &month, &dayofmonth);
    for (int back = 0; back <= 1; back++) {
        day_number from = day_of(year - back, month, dayofmonth);
        if (day >= from && day <= from + (e->to - e->from))
            return true;
    }
    return false;
}

static uint16_t kind_of(const struct plan *plan, day_number day)
{
    for (size_t i = plan->exceptions_n; i-- > 0;)
        if (is_on(&plan->exceptions[i], day))
            return (uint16_t)(CLOSED + 1 + i);
    return plan->holidays != 0 && holiday_on(plan->holidays, day) >= 0 ? CLOSED
                                                                       : (uint16_t)weekday_of(day);
}

static size_t openings_of(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    const struct plan *plan = arg;
    int64_t at = (int64_t)day - plan->first;
    const struct day_hours *hours =
        &plan->hours[at >= 0 && at < DAYS_BEFORE + DAYS_AFTER ? plan->kinds[at]
                                                              : kind_of(plan, day)];

    for (size_t i = 0; i < hours->n; i++)
        out[i] = hours->openings[i];
    return hours->n;
}

static int32_t offset_of(const void *arg, instant at)
{
    const struct plan *plan = arg;

    return plan->zone.offset_s(plan->zone.arg, at);
}

/* Behind those that are there; what touches the last becomes one with it. */
static void add_period(struct day_hours *hours, const struct timetable_period *period)
{
    struct opening next;

    if (!minute_read(period->from, &next.from_minute) || !minute_read(period->to, &next.to_minute))
        return;
    if (hours->n > 0 && hours->openings[hours->n - 1].to_minute == next.from_minute)
        hours->openings[hours->n - 1].to_minute = next.to_minute;
    else if (hours->n < OPENINGS_MAX)
        hours->openings[hours->n++] = next;
}

/* Of the most days first; those of as many stay in order. */
struct sized {
    int32_t days;
    size_t at;
};

static int by_days(const void *a, const void *b)
{
    const struct sized *one = a, *other = b;

    if (one->days != other->days)
        return one->days > other->days ? -1 : 1;
    return (one->at > other->at) - (one->at < other->at);
}

static struct sized *sorted(struct arena *mem, const struct list *exceptions)
{
    const struct timetable_exception *items = exceptions->items;
    struct sized *order = NEW_ARRAY(mem, struct sized, exceptions->n);

    for (size_t i = 0; i < exceptions->n; i++) {
        day_number from, to;
        order[i].at = i;
        if (day_read(items[i].from, &from) && day_read(items[i].to, &to))
            order[i].days = to - from;
    }
    if (exceptions->n > 0)
        qsort(order, exceptions->n, sizeof(order[0]), by_days);
    return order;
}

static void plan_exceptions(struct arena *mem, const struct timetable *timetable, struct plan *plan)
{
    const struct timetable_exception *items = timetable->exceptions.items;
    const struct sized *order = sorted(mem, &timetable->exceptions);

    plan->exceptions_n = timetable->exceptions.n;
    plan->exceptions = NEW_ARRAY(mem, struct exception, plan->exceptions_n);
    for (size_t i = 0; i < plan->exceptions_n; i++) {
        const struct timetable_exception *from = &items[order[i].at];
        struct exception *e = &plan->exceptions[i];
        *e = (struct exception){ .every_year = from->every_year, .name = from->name };
        if (!day_read(from->from, &e->from) || !day_read(from->to, &e->to))
            e->to = e->from - 1;
        for (size_t k = 0; k < from->periods.n; k++)
            add_period(&plan->hours[CLOSED + 1 + i],
                       &((const struct timetable_period *)from->periods.items)[k]);
    }
}

static void plan_rules(struct arena *mem, const struct timetable *timetable, struct plan *plan)
{
    const struct timetable_period *week = timetable->week.items;
    const char *const *holidays = timetable->holidays.items;

    plan->hours = NEW_ARRAY(mem, struct day_hours, CLOSED + 1 + timetable->exceptions.n);
    for (size_t i = 0; i < timetable->week.n; i++)
        add_period(&plan->hours[week[i].day % WEEK], &week[i]);
    for (size_t i = 0; i < timetable->holidays.n; i++) {
        int number = holiday_named(holidays[i]);
        plan->holidays |= number >= 0 ? (uint32_t)1 << number : 0;
    }
    plan_exceptions(mem, timetable, plan);
}

/* Sets the kind of the days of the table between the two. */
static void mark(struct plan *plan, day_number from, day_number to, size_t kind)
{
    int64_t at = (int64_t)from - plan->first, end = (int64_t)to - plan->first;

    end = end < DAYS_BEFORE + DAYS_AFTER ? end : DAYS_BEFORE + DAYS_AFTER - 1;
    for (at = at > 0 ? at : 0; at <= end; at++)
        plan->kinds[at] = (uint16_t)kind;
}

/* In the order in which the one wins over the other. */
static void fill(struct plan *plan)
{
    int first, last, month, dayofmonth;
    day_number at;

    date_of(plan->first, &first, &month, &dayofmonth);
    date_of(plan->first + DAYS_BEFORE + DAYS_AFTER, &last, &month, &dayofmonth);
    for (size_t i = 0; i < COUNT(plan->kinds); i++)
        plan->kinds[i] = (uint16_t)weekday_of(plan->first + (day_number)i);
    for (int i = 0; i < PUBLIC_HOLIDAYS_N; i++)
        for (int year = first; year <= last && plan->holidays >> i & 1; year++)
            if (holiday_in(&public_holidays[i], year, &at))
                mark(plan, at, at, CLOSED);
    for (size_t i = 0; i < plan->exceptions_n; i++) {
        const struct exception *e = &plan->exceptions[i];
        mark(plan, e->from, e->to, CLOSED + 1 + i);
        date_of(e->from, &first, &month, &dayofmonth);
        for (int year = first + 1; year <= last && e->every_year; year++) {
            at = day_of(year, month, dayofmonth);
            mark(plan, at, at + (e->to - e->from), CLOSED + 1 + i);
        }
    }
}

void timetable_calendar(struct arena *mem, const struct timetable *timetable, const char *zone,
                        instant at, struct calendar *out)
{
    struct plan *plan = NEW(mem, struct plan);

    system_zone(mem, text_is_blank(timetable->time_zone) ? zone : timetable->time_zone, at,
                &plan->zone);
    plan_rules(mem, timetable, plan);
    plan->first = (day_number)(at.ms / DAY_MS) - DAYS_BEFORE;
    fill(plan);
    *out = (struct calendar){ .arg = plan,
                              .openings = openings_of,
                              .offset_s = offset_of,
                              .rolls_forward = timetable->rolls_forward };
}

const char *timetable_why(const struct calendar *calendar, day_number day, bool *is_exception)
{
    const struct plan *plan = calendar->arg;
    uint16_t kind = kind_of(plan, day);

    *is_exception = kind > CLOSED;
    if (kind > CLOSED) {
        const char *name = plan->exceptions[kind - CLOSED - 1].name;
        return name ? name : "";
    }
    return kind == CLOSED ? public_holidays[holiday_on(plan->holidays, day)].name : NULL;
}

/* --- where nothing is said ------------------------------------------------------------------ */

void timetable_usual(struct arena *mem, const char *zone, struct timetable *out)
{
    unsigned country = text_equal(zone, "Europe/Brussels")    ? HOLIDAY_BELGIUM
                       : text_equal(zone, "Europe/Amsterdam") ? HOLIDAY_NETHERLANDS
                                                              : 0;
    uint32_t which = holidays_usual(country);
    struct timetable_period *week = NEW_ARRAY(mem, struct timetable_period, 5);
    const char **names = NEW_ARRAY(mem, const char *, PUBLIC_HOLIDAYS_N);
    size_t n = 0;

    for (unsigned day = 0; day < 5; day++)
        week[day] = (struct timetable_period){ day, "09:00", "17:00" };
    for (int i = 0; i < PUBLIC_HOLIDAYS_N; i++)
        if (which >> i & 1)
            names[n++] = public_holidays[i].name;
    *out = (struct timetable){
        .week = { week,  5 },
          .holidays = { names, n }
    };
}
