/* promise_short.h — the short form of a promise: "!morgen 12:00", "!bel vr 14u", "!do 10-12
 * monteur". Inside language/promises.
 */
#pragma once

#include "promises.h"

/* Of the bytes [mark, end) of a line, of which the first is "!": a time, with what will be done in
 * front or behind it. False when anything else stands there too. */
bool promise_short(struct arena *mem, const char *text, size_t mark, size_t end, instant reference,
                   const struct calendar *calendar, struct commitment *out);
