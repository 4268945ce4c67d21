/* organisations_api.h — the routes of organisations. */
#pragma once

#include "../http/http.h"

extern const struct routes organisation_routes;
