/* listener.h — the library's threads, which share a port: each has connections of its own.
 *
 * Inside http/.
 */
#pragma once

#include "../base/err.h"

struct server;
struct listener;

/* Listens at the server's address and port, and takes connections from then on; false when
 * something else is there. *out is for listener_stop(), also after a failure. */
MUST_CHECK bool listener_start(struct server *server, struct listener **out, struct err *err);
/* The port, which the system chose when 0 was asked for. */
int listener_port(const struct listener *listener);
/* Cuts all connections off; none may be suspended. NULL is fine. */
void listener_stop(struct listener *listener);
