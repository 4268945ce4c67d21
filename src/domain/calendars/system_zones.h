/* system_zones.h — the clock of a time zone by its IANA name, out of the system's list. */
#pragma once

#include "../../base/arena.h"
#include "../../language/calendar.h"

/* Sets arg (in mem) and offset_s of *out, without opening hours. Right from three years before `at`
 * to eleven years after; before and behind that the offset stays as it was. False when the system
 * doesn't have the zone: then it's Central European Time. */
bool system_zone(struct arena *mem, const char *name, instant at, struct calendar *out);
