/* needs_tongues.h — the tables of the three languages, for needs.c: made by the build from
 * needs-*.txt. */
#pragma once

#include "needs.h"

extern const struct need dutch_needs[], english_needs[], french_needs[];
extern const size_t dutch_needs_n, english_needs_n, french_needs_n;
extern const struct manners dutch_manners, english_manners, french_manners;
