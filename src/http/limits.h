/* limits.h — every bound on what comes in over HTTP. */
#pragma once

enum {
    HTTP_CONNECTION_MEMORY = 6 * 1024,  /* request line and headers; what a stream costs */
    HTTP_CONNECTIONS_MAX = 16000,       /* under the limit of descriptors */
    HTTP_TIMEOUT_S = 45,                /* of a connection on which nothing moves */
    HTTP_QUEUE_MAX = 4096,              /* requests waiting for a thread */
    HTTP_BODY_MAX = 1024 * 1024,        /* of JSON, unless the route says otherwise */
    HTTP_BATCH_MAX = 64 * 1024 * 1024,  /* a batch of messages with their files */
    HTTP_PIECE_MAX = 8 * 1024 * 1024,   /* one piece of an upload */
    HTTP_REPLY_MAX = 256 * 1024 * 1024, /* ends a runaway, not a use */
    HTTP_PARAMS_MAX = 3,                /* {…} in a path */
    HTTP_QUERY_MAX = 4096,              /* bytes of a query string */
    FILE_SIZE_MAX = 50 * 1024 * 1024,
    PAGE_DEFAULT = 50,
    PAGE_MAX = 200,
    SSE_HEARTBEAT_MS = 15000, /* a vanished client is only noticed by writing */
    LOGIN_TRIES_MAX = 10,     /* failed ones in LOGIN_WINDOW_MS: address and account */
    LOGIN_WINDOW_MS = 15 * 60 * 1000,
};
