#include "postgres_connect.h"

#include "../base/text.h"

#include <string.h>

static void no_notice(void *arg, const char *message)
{
    (void)arg, (void)message;
}

/* A URL, or libpq's words (host=… dbname=…). Anything else it would take for the name of a database
 * on this machine. */
static bool is_address(const char *url)
{
    return text_starts(url, "postgres://") || text_starts(url, "postgresql://") ||
           (strchr(url, '=') && !strstr(url, "://"));
}

/* What the URL says comes last and wins. */
bool postgres_connect(const char *url, PGconn **out, struct err *err)
{
    static const char *const names[] = {
        "application_name", "connect_timeout",      "keepalives_idle", "tcp_user_timeout",
        "client_encoding",  "target_session_attrs", "dbname",          NULL,
    };
    const char *const values[] = {
        "gestand", "10", "30", "30000", "UTF8", "read-write", url, NULL
    };
    const char *encoding;

    *out = NULL;
    if (!is_address(url))
        return err_set(err, ERR_MALFORMED,
                       "the database must be named like postgres://user@host/gestand");
    *out = PQconnectdbParams(names, values, 1);
    if (PQstatus(*out) != CONNECTION_OK)
        return err_set(err, ERR_BUSY, "cannot connect to the database: %s", PQerrorMessage(*out));
    PQsetNoticeProcessor(*out, no_notice, NULL);
    encoding = PQparameterStatus(*out, "server_encoding");
    return text_equal(encoding, "UTF8") ||
           err_set(err, ERR_UNSUPPORTED,
                   "the database has encoding %s: create it with ENCODING 'UTF8'",
                   encoding ? encoding : "unknown");
}

bool postgres_is_done(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

void postgres_clear(PGresult **result)
{
    PQclear(*result);
}
