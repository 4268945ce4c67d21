#include "zones.h"

#include "../../base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CHANGES_MAX = 20000 };

/* From a moment on it is so far from UTC. */
struct change {
    int64_t at_s;
    int32_t offset_s;
};

struct changes {
    const struct change *items;
    size_t n;
    int32_t before_s; /* the offset before the first */
};

static int32_t utc(const void *arg, instant at)
{
    (void)arg, (void)at;
    return 0;
}

/* As the IANA and as Windows call them. */
static const struct {
    const char *name;
    int32_t (*offset_s)(const void *arg, instant at);
} known[] = {
    { "Europe/Amsterdam",               calendar_central_europe },
    { "Europe/Brussels",                calendar_central_europe },
    { "Europe/Luxembourg",              calendar_central_europe },
    { "Europe/Paris",                   calendar_central_europe },
    { "Europe/Berlin",                  calendar_central_europe },
    { "Europe/Vienna",                  calendar_central_europe },
    { "Europe/Zurich",                  calendar_central_europe },
    { "Europe/Rome",                    calendar_central_europe },
    { "Europe/Madrid",                  calendar_central_europe },
    { "Europe/Copenhagen",              calendar_central_europe },
    { "Europe/Oslo",                    calendar_central_europe },
    { "Europe/Stockholm",               calendar_central_europe },
    { "Europe/Prague",                  calendar_central_europe },
    { "Europe/Warsaw",                  calendar_central_europe },
    { "Europe/Budapest",                calendar_central_europe },
    { "CET",                            calendar_central_europe },
    { "W. Europe Standard Time",        calendar_central_europe },
    { "Romance Standard Time",          calendar_central_europe },
    { "Central Europe Standard Time",   calendar_central_europe },
    { "Central European Standard Time", calendar_central_europe },
    { "UTC",                            utc                     },
    { "GMT",                            utc                     },
    { "Etc/UTC",                        utc                     },
    { "Etc/GMT",                        utc                     },
};

/* --- VTIMEZONE ------------------------------------------------------------------------------ */

static int by_time(const void *a, const void *b)
{
    const struct change *one = a, *other = b;

    return (one->at_s > other->at_s) - (one->at_s < other->at_s);
}

static int32_t described(const void *arg, instant at)
{
    const struct changes *changes = arg;
    size_t from = 0, to = changes->n;

    while (from < to) {
        size_t middle = (from + to) / 2;
        if (changes->items[middle].at_s * 1000 <= at.ms)
            from = middle + 1;
        else
            to = middle;
    }
    return from > 0 ? changes->items[from - 1].offset_s : changes->before_s;
}

/* Clocks change at a local time of before the change. */
static int64_t change_s(const struct entry *e, day_number day, int32_t minute)
{
    return (int64_t)day * 86400 + minute * 60 - e->offset_before_s;
}

static void add_changes(const struct zones *zones, const struct entry *e, struct buf *out)
{
    struct change change = { change_s(e, e->start.day, e->start.minute), e->offset_s };
    int64_t until = change_s(e, e->until.day, e->until.is_day ? 24 * 60 : e->until.minute);
    struct repeats repeats;
    day_number day;

    if (e->until.zone)
        until += e->offset_before_s; /* said in UTC */
    buf_add(out, &change, sizeof(change));
    for (size_t i = 0; i < e->dates.n; i++) {
        change.at_s = change_s(e, e->dates.items[i].day, e->dates.items[i].minute);
        buf_add(out, &change, sizeof(change));
    }
    if (!e->rule)
        return;
    repeats_begin(&repeats, e->rule, e->start.day, e->start.day, zones->last, zones->work);
    while (repeats_next(&repeats, &day) && !out->full) {
        change.at_s = change_s(e, day, e->start.minute);
        if (e->has_until && change.at_s > until)
            return;
        buf_add(out, &change, sizeof(change));
    }
}

static void free_buf(struct buf *b)
{
    buf_free(b);
}

static bool describe(struct zones *zones, const char *name, struct calendar *out, struct err *err)
{
    CLEANUP(free_buf) struct buf all = BUF(CHANGES_MAX * sizeof(struct change));
    struct changes *changes = NEW(zones->mem, struct changes);
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < zones->entries->n; i++) {
        const struct entry *e = &zones->entries->items[i];
        if (e->kind != ENTRY_OFFSET || strcmp(e->zone, name) != 0)
            continue;
        add_changes(zones, e, &all);
        if (change_s(e, e->start.day, e->start.minute) < first) {
            first = change_s(e, e->start.day, e->start.minute);
            changes->before_s = e->offset_before_s;
        }
    }
    if (all.len == 0)
        return err_set(err, ERR_INVALID,
                       "the time zone %.60s isn't known; export the calendar with its VTIMEZONE",
                       name);
    if (all.full || *zones->work < 0)
        return err_set(err, ERR_TOO_LARGE, "the VTIMEZONE of %.60s changes too often", name);
    qsort(all.data, all.len / sizeof(struct change), sizeof(struct change), by_time);
    changes->n = all.len / sizeof(struct change);
    changes->items =
        (const void *)arena_bytes(zones->mem, (struct bytes){ (uint8_t *)all.data, all.len }).data;
    *out = (struct calendar){ .arg = changes, .offset_s = described };
    return true;
}

bool zone_find(struct zones *zones, const char *name, const struct calendar **out, struct err *err)
{
    struct calendar *zone;

    for (size_t i = 0; i < zones->n; i++)
        if (strcmp(zones->names[i], name) == 0) {
            *out = &zones->items[i];
            return true;
        }
    if (zones->n == ZONES_MAX)
        return err_set(err, ERR_TOO_LARGE, "there are more than %d time zones", ZONES_MAX);
    zone = &zones->items[zones->n];
    *zone = (struct calendar){ 0 };
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcasecmp(known[i].name, name) == 0)
            zone->offset_s = known[i].offset_s;
    if (!zone->offset_s && !describe(zones, name, zone, err))
        return false;
    zones->names[zones->n++] = name;
    *out = zone;
    return true;
}
