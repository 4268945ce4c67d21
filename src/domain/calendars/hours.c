#include "hours.h"

#include <stdlib.h>

enum { DAY_MINUTES = 24 * 60 };

/* What calendar.arg is. Of the nth day: items[begin[n]] … items[begin[n + 1]]. */
struct hours {
    day_number first;
    size_t days;
    uint32_t *begin;
    struct opening *items;
    struct calendar zone;
};

struct spans {
    const struct span *items;
    size_t n;
};

/* --- the calendar --------------------------------------------------------------------------- */

static size_t openings_of(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    const struct hours *hours = arg;
    int64_t at = (int64_t)day - hours->first;
    size_t n;

    if (at < 0 || at >= (int64_t)hours->days)
        return calendar_office_hours(NULL, day, out);
    n = hours->begin[at + 1] - hours->begin[at];
    for (size_t i = 0; i < n; i++)
        out[i] = hours->items[hours->begin[at] + i];
    return n;
}

static int32_t offset_of(const void *arg, instant at)
{
    const struct hours *hours = arg;

    return hours->zone.offset_s(hours->zone.arg, at);
}

/* --- spans ---------------------------------------------------------------------------------- */

static day_number day_at(int64_t minute)
{
    return (day_number)(minute / DAY_MINUTES - (minute % DAY_MINUTES < 0 ? 1 : 0));
}

static int by_begin(const void *a, const void *b)
{
    const struct span *one = a, *other = b;

    return (one->from > other->from) - (one->from < other->from);
}

/* In order; those that touch become one. */
static struct spans merge(struct buf *all)
{
    struct span *items = (void *)all->data;
    size_t n = all->len / sizeof(items[0]), kept = 0;

    if (n > 0)
        qsort(items, n, sizeof(items[0]), by_begin);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || items[i].from > items[kept - 1].to)
            items[kept++] = items[i];
        else if (items[i].to > items[kept - 1].to)
            items[kept - 1].to = items[i].to;
    all->len = kept * sizeof(items[0]);
    return (struct spans){ items, kept };
}

/* Where nothing is said of opening yet, or no longer. */
static void add_office_hours(struct buf *opened, day_number first, day_number last)
{
    struct spans said = merge(opened);
    day_number first_said = said.n > 0 ? day_at(said.items[0].from) : last + 1;
    day_number last_said = said.n > 0 ? day_at(said.items[said.n - 1].to - 1) : last + 1;

    for (day_number day = first; day <= last; day++) {
        struct opening openings[OPENINGS_MAX];
        bool is_said = day >= first_said && day <= last_said;
        size_t n = is_said ? 0 : calendar_office_hours(NULL, day, openings);

        for (size_t i = 0; i < n; i++) {
            int64_t midnight = (int64_t)day * DAY_MINUTES;
            struct span span = { midnight + openings[i].from_minute,
                                 midnight + openings[i].to_minute, NULL, false };
            buf_add(opened, &span, sizeof(span));
        }
    }
}

/* --- the table ------------------------------------------------------------------------------ */

struct table {
    struct hours *hours;
    size_t begun; /* days that have a begin */
    uint32_t n;
    struct err *err;
};

static bool too_many(const struct table *t, day_number day)
{
    int year, month, dayofmonth;

    date_of(day, &year, &month, &dayofmonth);
    return err_set(t->err, ERR_INVALID, "%04d-%02d-%02d has more than %d opening periods", year,
                   month, dayofmonth, OPENINGS_MAX);
}

/* Spans come in order; one goes to each day that it touches. */
static bool add(struct table *t, int64_t from, int64_t to)
{
    struct hours *hours = t->hours;

    while (from < to) {
        day_number day = day_at(from);
        int64_t midnight = (int64_t)day * DAY_MINUTES, end = midnight + DAY_MINUTES;
        size_t at = (size_t)(day - hours->first);

        while (t->begun <= at)
            hours->begin[t->begun++] = t->n;
        if (t->n - hours->begin[at] == OPENINGS_MAX)
            return too_many(t, day);
        end = end < to ? end : to;
        hours->items[t->n++] =
            (struct opening){ (int16_t)(from - midnight), (int16_t)(end - midnight) };
        from = end;
    }
    return true;
}

/* What is left of a span without what is closed, from number *at on. */
static bool add_open(struct table *t, struct span span, const struct spans *closed, size_t *at)
{
    while (*at < closed->n && closed->items[*at].to <= span.from)
        ++*at;
    for (size_t i = *at; i < closed->n && closed->items[i].from < span.to; i++) {
        if (!add(t, span.from, closed->items[i].from))
            return false;
        span.from = closed->items[i].to;
    }
    return add(t, span.from, span.to);
}

bool hours_make(struct arena *mem, struct buf *opened, struct buf *closed, day_number first,
                day_number last, const struct calendar *zone, struct calendar *out, struct err *err)
{
    struct hours *hours = NEW(mem, struct hours);
    struct table t = { .hours = hours, .err = err };
    struct spans open, shut = merge(closed);
    size_t at = 0;

    *hours = (struct hours){ .first = first, .days = (size_t)(last - first) + 1, .zone = *zone };
    hours->begin = NEW_ARRAY(mem, uint32_t, hours->days + 1);
    hours->items = NEW_ARRAY(mem, struct opening, hours->days * OPENINGS_MAX);
    add_office_hours(opened, first, last);
    if (opened->full)
        return err_set(err, ERR_TOO_LARGE, "it has too many opening periods; export fewer years");
    open = merge(opened);
    for (size_t i = 0; i < open.n; i++)
        if (!add_open(&t, open.items[i], &shut, &at))
            return false;
    while (t.begun <= hours->days)
        hours->begin[t.begun++] = t.n;
    *out = (struct calendar){ .arg = hours, .openings = openings_of, .offset_s = offset_of };
    return true;
}
