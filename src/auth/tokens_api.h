/* tokens_api.h — the routes of tokens. */
#pragma once

#include "../http/http.h"

extern const struct routes token_routes;
