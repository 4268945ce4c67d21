/* site_test.h — a server with a handful of routes on a fresh world, and a client that speaks HTTP
 * by hand, so that it can also speak it badly. For the tests of http/.
 */
#pragma once

#include "inside.h"

struct world;
struct sealer;

struct site {
    struct world *world;
    struct arena *mem;
    struct server *server;
    struct sealer *sealer;
    struct sealed_for *sealed_for; /* whom the sealer tells */
    int port;
    const char *token;         /* of the world's organisation, all rights of an admin */
    const char *secret, *csrf; /* of a session of the same user */
};

/* `SITE(site, &w);` starts one. */
#define SITE(site, world)             CLEANUP(site_close) struct site site = site_open(world, 0)
#define SITE_BEATING(site, world, ms) CLEANUP(site_close) struct site site = site_open(world, ms)
struct site site_open(struct world *world, int64_t heartbeat_ms);
void site_close(struct site *site);
/* Stops the server now; the site can only be closed after it. */
void site_stop(struct site *site);

/* What a handler of the site waits for: GET /test/gate doesn't answer before it's opened. */
void gate_close(void);
void gate_open(void);
/* How many handlers have come to the gate since it was closed. */
int gate_waiting(void);

/* The token of a new admin of an organisation. */
const char *site_token(struct site *site, organisation_id organisation);
/* Appends n events of this kind and waits until they are sealed. */
bool site_events(struct site *site, organisation_id organisation, const char *kind, int n);

/* Waits until a number of the server is what it should be. */
bool becomes(const _Atomic int64_t *number, int64_t wanted);

/* --- a client ----------------------------------------------------------------------------------
 */

void close_socket(int *fd);
#define SOCKET(fd, site) CLEANUP(close_socket) int fd = site_connect(site)
int site_connect(const struct site *site);
bool socket_send(int fd, const char *text);

struct answer {
    int status;       /* 0: the connection was closed, or nothing came in time */
    const char *head; /* with the status line */
    const char *body;
    size_t body_len;
};
/* Reads one whole reply. */
struct answer socket_read(struct arena *mem, int fd, bool is_head);
/* Is it closed by the other side, with nothing more coming? */
bool socket_is_closed(int fd);
/* Does the reply have this header with exactly this value (NULL: any)? */
bool has_header(const struct answer *answer, const char *name, const char *value);

/* One request on a connection of its own. `extra` are whole header lines, or "". */
struct answer site_ask(const struct site *site, const char *method, const char *target,
                       const char *extra, const char *body);
/* The same as the site's admin, by token. */
struct answer site_ask_admin(const struct site *site, const char *method, const char *target,
                             const char *extra, const char *body);
