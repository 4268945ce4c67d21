/* sessions_api.h — the routes of sessions. */
#pragma once

#include "../http/http.h"

extern const struct routes session_routes;
