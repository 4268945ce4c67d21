/* events_api.h — live events of the caller's organisation, as server-sent events. */
#pragma once

#include "http.h"

extern const struct routes event_routes;
