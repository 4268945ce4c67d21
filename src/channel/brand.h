/* brand.h — what a brand's colour must be, so that white can be read on it. Pure. */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"

/* Of a channel's settings: "#0e5a63", in small letters then; blank is none. ERR_INVALID of
 * /settings/colour. */
MUST_CHECK bool brand_colour_check(struct arena *mem, const char **colour, struct err *err);
