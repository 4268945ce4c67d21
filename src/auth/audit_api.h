/* audit_api.h — the route of history as an auditor reads it. */
#pragma once

#include "../http/http.h"

extern const struct routes audit_routes;

/* What finds the entries for a query with these filters; $1 to $3 are the organisation, the
 * position before which and how many, then the values of the filters in this order. */
enum sql audit_statement(bool by_case, bool by_actor, bool by_kind);
