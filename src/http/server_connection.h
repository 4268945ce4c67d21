/* server_connection.h — the callbacks that server.c gives to libmicrohttpd. */
#pragma once

#include "inside.h"

#include <microhttpd.h>

/* A connection begins or ends. */
void connection_notify(void *server, struct MHD_Connection *connection, void **client,
                       enum MHD_ConnectionNotificationCode code);
/* The first thing the library tells of a request: its target, undecoded. Returns the exchange. */
void *connection_begin(void *server, const char *uri, struct MHD_Connection *connection);
/* Called for its headers, each piece of its body, its end, and after each resume. */
enum MHD_Result connection_handle(void *server, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **state);
/* The reply is gone, or the client. */
void connection_end(void *server, struct MHD_Connection *connection, void **state,
                    enum MHD_RequestTerminationCode code);
