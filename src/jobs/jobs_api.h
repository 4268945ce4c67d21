/* jobs_api.h — the graveyard's routes. */
#pragma once

#include "../http/http.h"

extern const struct routes job_routes;
