#include "calendar_file.h"

#include "../../base/buf.h"
#include "../../base/text.h"
#include "hours.h"
#include "zones.h"

#include <stdlib.h>
#include <string.h>

enum {
    DAY_MINUTES = 24 * 60,
    WORK_MAX = 8000000, /* days looked at for all rules: some tenths of a second */
};

/* One of a series that doesn't take place as its rule says. */
struct exception {
    const char *uid;
    int64_t minute;
};

struct calendar_reading {
    struct arena *mem;
    struct entries entries;
    struct zones zones;
    const struct calendar *zone; /* of the calendar */
    day_number first, last;      /* the days that are looked at */
    struct exception *exceptions;
    size_t exceptions_n;
    struct buf *opened, *closed; /* of struct span */
    int64_t work;
    struct err *err;
};

/* --- local time ----------------------------------------------------------------------------- */

/* Names the line of an entry before what is wrong; false. */
static bool blame(struct calendar_reading *r, const struct entry *e)
{
    return err_prefix(r->err, "line %d: ", e->line);
}

static const struct calendar *central_europe(struct calendar_reading *r)
{
    struct calendar *zone = NEW(r->mem, struct calendar);

    zone->offset_s = calendar_central_europe;
    return zone;
}

/* Google says X-WR-TIMEZONE:UTC of calendars without a zone; nobody in Europe keeps such hours. */
static bool find_zone(struct calendar_reading *r)
{
    const char *said = r->entries.zone;

    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &r->entries.items[i];
        if (e->kind == ENTRY_OFFSET || !e->start.zone || strcmp(e->start.zone, "UTC") == 0)
            continue;
        return zone_find(&r->zones, e->start.zone, &r->zone, r->err) || blame(r, e);
    }
    if (said && *said && strcmp(said, "UTC") != 0)
        return zone_find(&r->zones, said, &r->zone, r->err) ||
               err_prefix(r->err, "X-WR-TIMEZONE: ");
    r->zone = central_europe(r);
    return true;
}

/* The minute, as the calendar's zone has it, of a minute of a day as another zone has it. */
static bool to_local(struct calendar_reading *r, const struct entry *e, const struct entry_time *t,
                     day_number day, int64_t *out)
{
    const struct calendar *zone;
    struct local_time local;

    *out = (int64_t)day * DAY_MINUTES + t->minute;
    if (t->is_day || !t->zone)
        return true;
    if (!zone_find(&r->zones, t->zone, &zone, r->err))
        return blame(r, e);
    if (zone == r->zone)
        return true;
    local = calendar_local(r->zone, calendar_instant(zone, day, t->minute));
    *out = (int64_t)local.day * DAY_MINUTES + local.minute;
    return true;
}

/* --- exceptions ----------------------------------------------------------------------------- */

static int by_uid(const void *a, const void *b)
{
    const struct exception *one = a, *other = b;
    int order = strcmp(one->uid, other->uid);

    return order ? order : (one->minute > other->minute) - (one->minute < other->minute);
}

static bool add_exception(struct calendar_reading *r, const struct entry *e,
                          const struct entry_time *t)
{
    struct exception *to = &r->exceptions[r->exceptions_n++];

    to->uid = e->uid;
    return to_local(r, e, t, t->day, &to->minute);
}

static bool find_exceptions(struct calendar_reading *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->entries.n; i++)
        n += r->entries.items[i].except.n + 1;
    r->exceptions = NEW_ARRAY(r->mem, struct exception, n);
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &r->entries.items[i];
        if (e->kind == ENTRY_OFFSET)
            continue;
        if (e->has_replaced && !add_exception(r, e, &e->replaced))
            return false;
        for (size_t k = 0; k < e->except.n; k++)
            if (!add_exception(r, e, &e->except.items[k]))
                return false;
    }
    if (r->exceptions_n > 0)
        qsort(r->exceptions, r->exceptions_n, sizeof(r->exceptions[0]), by_uid);
    return true;
}

/* An exception that names only the day is one of all on it. */
static bool is_exception(const struct calendar_reading *r, const struct entry *e, int64_t minute)
{
    struct exception exact = { e->uid, minute };
    struct exception day = { e->uid, minute / DAY_MINUTES * DAY_MINUTES };

    if (e->has_replaced || r->exceptions_n == 0)
        return false;
    return bsearch(&exact, r->exceptions, r->exceptions_n, sizeof(exact), by_uid) ||
           bsearch(&day, r->exceptions, r->exceptions_n, sizeof(day), by_uid);
}

/* --- what an event means -------------------------------------------------------------------- */

static bool has_word(const char *name, const char *const *words, size_t n)
{
    for (const char *at = name; *at;) {
        size_t len = strcspn(at, " \t\n,.;:!?()[]/-'\"");
        for (size_t i = 0; i < n; i++)
            if (strlen(words[i]) == len && memcmp(words[i], at, len) == 0)
                return true;
        at += len + (at[len] != '\0');
    }
    return false;
}

/* Folded: small letters without accents. */
static const char *const closed_words[] = {
    "gesloten", "dicht",  "sluiting",  "sluitingsdag", "feestdag",    "vakantie",
    "verlof",   "closed", "closure",   "holiday",      "ferme",       "fermee",
    "fermes",   "conge",  "fermeture", "ferie",        "geschlossen", "feiertag",
};
static const char *const open_words[] = {
    "open", "geopend", "opengesteld", "opened", "ouvert", "ouverte", "geoffnet", "offen",
};

enum meaning { MEANS_NOTHING, MEANS_OPEN, MEANS_CLOSED };

static enum meaning meaning_of(const struct entry *e)
{
    bool is_closed = e->is_away || has_word(e->name, closed_words, COUNT(closed_words));

    if (e->kind == ENTRY_OFFSET || e->is_cancelled)
        return MEANS_NOTHING;
    if (!e->start.is_day && !e->is_all_day)
        return is_closed ? MEANS_CLOSED : MEANS_OPEN;
    if (e->is_observance || (!is_closed && has_word(e->name, open_words, COUNT(open_words))))
        return MEANS_NOTHING;
    return MEANS_CLOSED;
}

/* --- when it takes place -------------------------------------------------------------------- */

static bool length_of(struct calendar_reading *r, const struct entry *e, int64_t *out)
{
    int64_t from, to;

    *out = e->minutes > 0 || !e->start.is_day ? e->minutes : DAY_MINUTES;
    if (!e->has_end)
        return true;
    if (!to_local(r, e, &e->start, e->start.day, &from) ||
        !to_local(r, e, &e->end, e->end.day, &to))
        return false;
    if (to < from)
        return err_set(r->err, ERR_INVALID, "line %d: it ends before it begins", e->line);
    *out = to - from > 0 || !e->start.is_day ? to - from : DAY_MINUTES;
    return true;
}

static bool add_span(struct calendar_reading *r, const struct entry *e, int64_t from,
                     int64_t minutes, struct buf *out)
{
    int64_t first = (int64_t)r->first * DAY_MINUTES, last = ((int64_t)r->last + 1) * DAY_MINUTES;
    struct span span = { from > first ? from : first, from + minutes < last ? from + minutes : last,
                         e->title, e->rule != NULL };

    if (span.from < span.to)
        buf_add(out, &span, sizeof(span));
    return !out->full || err_set(r->err, ERR_TOO_LARGE, "line %d: there are more than %d periods",
                                 e->line, CALENDAR_PERIODS_MAX);
}

static bool add_repeats(struct calendar_reading *r, const struct entry *e, int64_t minutes,
                        struct buf *out)
{
    /* What begins before the days that are looked at may reach into them. */
    day_number first = r->first - (day_number)(minutes / DAY_MINUTES) - 1;
    struct repeats repeats;
    day_number day;
    int64_t from, until = 0;

    if (e->has_until) {
        if (!to_local(r, e, &e->until, e->until.day, &until))
            return false;
        until += e->until.is_day ? DAY_MINUTES - 1 : 0;
    }
    repeats_begin(&repeats, e->rule, e->start.day, first, r->last + 1, &r->work);
    while (repeats_next(&repeats, &day)) {
        if (!to_local(r, e, &e->start, day, &from))
            return false;
        if (e->has_until && from > until)
            break;
        if (!is_exception(r, e, from) && !add_span(r, e, from, minutes, out))
            return false;
    }
    return r->work >= 0 || err_set(r->err, ERR_TOO_LARGE,
                                   "line %d: there are too many rules that repeat; "
                                   "export fewer years",
                                   e->line);
}

static bool add_entry(struct calendar_reading *r, const struct entry *e)
{
    enum meaning meaning = meaning_of(e);
    struct buf *out = meaning == MEANS_OPEN ? r->opened : r->closed;
    int64_t from, minutes;

    if (meaning == MEANS_NOTHING)
        return true;
    if (!length_of(r, e, &minutes) || !to_local(r, e, &e->start, e->start.day, &from))
        return false;
    for (size_t i = 0; i < e->dates.n; i++) {
        int64_t at;
        if (!to_local(r, e, &e->dates.items[i], e->dates.items[i].day, &at) ||
            (!is_exception(r, e, at) && !add_span(r, e, at, minutes, out)))
            return false;
    }
    if (e->rule)
        return add_repeats(r, e, minutes, out);
    return is_exception(r, e, from) || add_span(r, e, from, minutes, out);
}

/* --- all of it ------------------------------------------------------------------------------ */

static void free_buf(struct buf *b)
{
    buf_free(b);
}

static bool add_entries(struct calendar_reading *r)
{
    for (size_t i = 0; i < r->entries.n; i++)
        if (!add_entry(r, &r->entries.items[i]))
            return false;
    return true;
}

static bool collect(struct calendar_reading *r, struct bytes file)
{
    r->work = WORK_MAX;
    r->zones = (struct zones){
        .mem = r->mem, .entries = &r->entries, .last = r->last + 1, .work = &r->work
    };
    if (file.len > CALENDAR_BYTES_MAX)
        return err_set(r->err, ERR_TOO_LARGE, "it is larger than %d MB; export fewer years",
                       CALENDAR_BYTES_MAX >> 20);
    return entries_read(r->mem, file, &r->entries, r->err) && (r->zone || find_zone(r)) &&
           find_exceptions(r) && add_entries(r);
}

bool calendar_file_read(struct arena *mem, struct bytes file, instant at, struct calendar *out,
                        struct err *err)
{
    CLEANUP(free_buf) struct buf opened = BUF(CALENDAR_PERIODS_MAX * sizeof(struct span));
    CLEANUP(free_buf) struct buf closed = BUF(CALENDAR_PERIODS_MAX * sizeof(struct span));
    day_number day = (day_number)(at.ms / DAY_MS);
    struct calendar_reading r = { .mem = mem,
                                  .first = day - CALENDAR_DAYS_BEFORE,
                                  .last = day + CALENDAR_DAYS_AFTER,
                                  .opened = &opened,
                                  .closed = &closed,
                                  .err = err };

    return collect(&r, file) &&
           hours_make(mem, &opened, &closed, r.first, r.last, r.zone, out, err);
}

bool calendar_file_spans(struct arena *mem, struct bytes file, const struct calendar *zone,
                         day_number first, day_number last, struct calendar_spans *out,
                         struct err *err)
{
    struct calendar_reading r = { .mem = mem,
                                  .zone = zone,
                                  .first = first,
                                  .last = last,
                                  .opened = &out->opened,
                                  .closed = &out->closed,
                                  .err = err };

    out->opened = out->closed = (struct buf)BUF(CALENDAR_PERIODS_MAX * sizeof(struct span));
    return collect(&r, file);
}

void calendar_spans_free(struct calendar_spans *spans)
{
    buf_free(&spans->opened);
    buf_free(&spans->closed);
}
