/* understand_api.h — what a text says, for whoever writes or reads one: language/understand.h by
 * the API, with what is known of the organisation.
 */
#pragma once

#include "../../http/http.h"

extern const struct routes understand_routes;
