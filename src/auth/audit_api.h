/* audit_api.h — the route of history as an auditor reads it. */
#pragma once

#include "../http/http.h"

extern const struct routes audit_routes;
