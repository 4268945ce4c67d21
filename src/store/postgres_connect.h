/* postgres_connect.h — one way to connect, for transactions and for notifications. Only
 * postgres*.c include this.
 */
#pragma once

#include "../base/base.h"
#include "../base/err.h"

#include <libpq-fe.h>

/* To the server that may be written, of several in the URL. *out is set in any case, for
 * PQfinish. */
MUST_CHECK bool postgres_connect(const char *url, PGconn **out, struct err *err);
/* Was it done, with rows or without? */
bool postgres_is_done(const PGresult *result);
/* For CLEANUP. */
void postgres_clear(PGresult **result);
