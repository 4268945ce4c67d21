/* teams_api.h — the routes of teams. */
#pragma once

#include "../http/http.h"

extern const struct routes team_routes;
