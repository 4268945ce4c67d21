/* somebody.h — people with an id that the test chooses. */
#pragma once

#include "../src/store/db.h"

/* A person of that id, if there is none yet. */
MUST_CHECK bool somebody(struct tx *tx, int64_t id, struct err *err);
