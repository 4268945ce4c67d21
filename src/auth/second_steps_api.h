/* second_steps_api.h — the routes of the second step of a login. */
#pragma once

#include "../http/http.h"

extern const struct routes second_step_routes;
