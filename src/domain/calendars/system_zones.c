#include "system_zones.h"

#include <glib.h>

#include "../../base/text.h"

enum { YEARS_BEFORE = 3, YEARS_AFTER = 11, PROBE_DAYS = 20, CHANGES_MAX = 64 };

/* From a moment on it is so far from UTC; the first also holds before. */
struct clock_change {
    int64_t at_s;
    int32_t offset_s;
};

struct clock_changes {
    size_t n;
    struct clock_change items[CHANGES_MAX];
};

static int32_t offset_of(const void *arg, instant at)
{
    const struct clock_changes *changes = arg;
    int64_t at_s = at.ms / 1000 - (at.ms % 1000 < 0 ? 1 : 0);
    size_t from = 1, to = changes->n;

    while (from < to) {
        size_t middle = (from + to) / 2;
        if (changes->items[middle].at_s <= at_s)
            from = middle + 1;
        else
            to = middle;
    }
    return changes->items[from - 1].offset_s;
}

static int32_t offset_at(GTimeZone *zone, int64_t at_s)
{
    return g_time_zone_get_offset(zone,
                                  g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at_s));
}

static int64_t change_between(GTimeZone *zone, int64_t from_s, int64_t to_s)
{
    int32_t before = offset_at(zone, from_s);

    while (to_s - from_s > 1) {
        int64_t middle = from_s + (to_s - from_s) / 2;
        if (offset_at(zone, middle) == before)
            from_s = middle;
        else
            to_s = middle;
    }
    return to_s;
}

static void find_changes(GTimeZone *zone, instant at, struct clock_changes *out)
{
    int64_t step_s = PROBE_DAYS * DAY_MS / 1000;
    int64_t from_s = (at.ms - YEARS_BEFORE * 366 * DAY_MS) / 1000;
    int64_t end_s = (at.ms + YEARS_AFTER * 366 * DAY_MS) / 1000;

    out->items[0] = (struct clock_change){ from_s, offset_at(zone, from_s) };
    out->n = 1;
    for (; from_s < end_s && out->n < CHANGES_MAX; from_s += step_s) {
        int32_t offset_s = offset_at(zone, from_s + step_s);
        if (offset_s != out->items[out->n - 1].offset_s)
            out->items[out->n++] =
                (struct clock_change){ change_between(zone, from_s, from_s + step_s), offset_s };
    }
}

bool system_zone(struct arena *mem, const char *name, instant at, struct calendar *out)
{
    struct clock_changes *changes;
    GTimeZone *zone;

    *out = (struct calendar){ .offset_s = calendar_central_europe };
    if (!name || text_equal(name, "Europe/Amsterdam") || text_equal(name, "Europe/Brussels"))
        return true;
    zone = g_time_zone_new_identifier(name);
    if (!zone)
        return false;
    changes = NEW(mem, struct clock_changes);
    find_changes(zone, at, changes);
    g_time_zone_unref(zone);
    *out = (struct calendar){ .arg = changes, .offset_s = offset_of };
    return true;
}
