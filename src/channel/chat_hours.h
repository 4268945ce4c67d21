/* chat_hours.h — when somebody is there: "mon-fri 09:00-17:00, sat 10:00-13:00".
 *
 * Pure. Days are mon … sun, or a range of them; each has up to OPENINGS_MAX periods, separated by
 * blanks; commas, semicolons or line ends stand between days. 24:00 may end a period.
 */
#pragma once

#include "../base/err.h"
#include "../language/calendar.h"

struct chat_hours {
    bool is_always;                          /* nothing was said: there is no closing */
    struct opening periods[7][OPENINGS_MAX]; /* 0 = Monday; in order, none touches another */
    size_t n[7];
    bool has_holidays, is_belgian; /* closed on the public holidays of that country */
    bool is_utc;                   /* else Central European time */
};

/* ERR_INVALID says what isn't understood. A blank text is always open. */
MUST_CHECK bool chat_hours_read(const char *text, struct chat_hours *out, struct err *err);
/* Is it open at this moment? *next is when it opens again, {0} when it's open or never opens. */
bool chat_hours_are_open(const struct chat_hours *hours, instant at, instant *next);
