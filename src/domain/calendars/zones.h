/* zones.h — the zones that a calendar file names.
 *
 * The usual names of Central European Time and of UTC are known; another one is what the file's
 * VTIMEZONE of that name says. The system's own list of zones is not read.
 */
#pragma once

#include "entries.h"

enum { ZONES_MAX = 16 };

struct zones {
    struct arena *mem;
    const struct entries *entries;
    const char *names[ZONES_MAX];
    struct calendar items[ZONES_MAX]; /* without opening hours */
    size_t n;
    day_number last; /* changes behind that day aren't looked for */
    int64_t *work;   /* as in repeats.h */
};

/* Sets *out to the zone of that name; it lives in `zones`. The error is a half sentence. */
MUST_CHECK bool zone_find(struct zones *zones, const char *name, const struct calendar **out,
                          struct err *err);
