/* system_api.h — what operators and machines ask: does it live, is it ready, how is it, what can
 * it do.
 */
#pragma once

#include "http.h"

extern const struct routes system_routes;
