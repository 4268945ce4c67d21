/* clock.h — moments: milliseconds since 1970 in UTC, local time only at the border.
 *
 * Safe on any thread.
 */
#pragma once

#include "arena.h"
#include "base.h"

typedef struct {
    int64_t ms; /* 0 means "none" */
} instant;

/* Now, by the wall clock or by the fake one. Never goes back within the process: when the wall
 * clock is set back, this one goes on at half its speed until they agree again, so that what is
 * to happen in a minute happens in two, and not in an hour. */
instant clock_now(void);
/* The wall clock as it is, back and forth: for what other machines compare with theirs. */
instant clock_wall(void);
/* For tests: from here on clock_now() is `at`, and moves only by clock_advance(). {0} gives
 * the real clock back. */
void clock_fake(instant at);
void clock_advance(int64_t ms);
/* For tests: as if somebody had set the wall clock, by so much. */
void clock_shift(int64_t ms);
/* For lengths of time: never jumps, no relation to the calendar. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

instant instant_plus(instant at, int64_t ms);

enum { INSTANT_TEXT_MAX = 32 };
/* RFC 3339 in UTC with milliseconds: 2026-11-21T09:30:00.000Z. Returns its length. */
size_t instant_write(instant at, char out[INSTANT_TEXT_MAX]);
/* Reads RFC 3339 (any offset, optional fraction) from exactly len bytes; false for anything
 * else, and for years outside 1970-9999. */
bool instant_read(const char *s, size_t len, instant *out);
/* RFC 5322, for mail: Sat, 21 Nov 2026 09:30:00 +0000. */
char *instant_mail(struct arena *mem, instant at);
