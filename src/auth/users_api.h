/* users_api.h — the routes of users. */
#pragma once

#include "../http/http.h"

extern const struct routes user_routes;
