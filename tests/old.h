/* old.h — what older programs left: dumps in tests/data, made by tests/data/make_old. */
#pragma once

#include "world.h"

/* Puts what the program of a schema version left into an empty world, as it was; false with w->err
 * set. The tests run in the source folder. */
bool old_load(struct world *w, int version);
