/* server.h — the HTTP server: libmicrohttpd's threads parse and stream, a pool of threads runs
 * the handlers.
 */
#pragma once

#include "assets.h"
#include "http.h"

struct server;

struct server_settings {
    struct store *store;
    const char *address; /* "127.0.0.1" */
    int port;            /* 0: any free one */
    const char
        *public_address; /* how people reach it, as "https://help.example.org"; NULL: as asked */
    const struct routes *const *routes;
    size_t routes_n;
    const struct assets *assets;                  /* the web desk; NULL: none */
    int threads;                                  /* of handlers; 0: the default */
    int64_t heartbeat_ms;                         /* of streams; 0: SSE_HEARTBEAT_MS */
    bool (*is_ready)(void *arg, struct err *err); /* for /readyz */
    /* What the layers above add to /metrics: all of theirs, or false and nothing. NULL: nothing. */
    bool (*metrics)(void *arg, struct request *rq, struct buf *out, struct err *err);
    void *arg;
};

MUST_CHECK bool server_start(const struct server_settings *settings, struct server **out,
                             struct err *err);
int server_port(const struct server *server);
/* Tells the streams what there is news of (enum wake): called by the sealer. */
void server_has_news(struct server *server, unsigned wake);
/* Answers what has come in, ends the streams, then stops; waits for running handlers, but for a
 * slow reader of a reply only some seconds. NULL is fine. */
void server_stop(struct server *server);
