/* routes.h — every route of the program, in one table. */
#pragma once

#include "../http/http.h"

extern const struct routes *const all_routes[];
extern const size_t all_routes_n;
