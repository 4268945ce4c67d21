#include "routes.h"

/* One line a file of routes; a new noun adds its own. */
const struct routes *const all_routes[] = {
    NULL,
};

const size_t all_routes_n = COUNT(all_routes) - 1;
