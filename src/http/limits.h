/* limits.h — every bound on what comes in over HTTP. */
#pragma once

enum {
    HTTP_CONNECTION_MEMORY = 6656,      /* headers of request and reply; what a stream costs */
    HTTP_HEAD_MAX = 4864,               /* of a request; the rest is for the reply's */
    HTTP_HEADER_COST = 64,              /* what the library notes of each header, in the same */
    HTTP_CONNECTIONS_MAX = 16000,       /* under the limit of descriptors */
    HTTP_PER_ADDRESS_MAX = 2000,        /* of them from one public address */
    HTTP_STREAMS_MAX = 12000,           /* of them live streams: the rest stays for requests */
    HTTP_HINTS_MAX = 11000,             /* of widgets of visitors */
    HTTP_HINTS_PER_TOPIC = 10,          /* of one visitor: his tabs */
    HTTP_LIVE_MAX = 14000,              /* of both kinds, before another visitor gets one */
    HTTP_STREAMS_PER_USER = 100,        /* of one user, with all sessions and tokens */
    HTTP_TIMEOUT_S = 45,                /* of a connection on which nothing moves */
    HTTP_RECEIVE_S = 60,                /* until a request is there, or its reply gone, and … */
    HTTP_RATE_MIN = 4096,               /* … a second more for so many bytes of it */
    HTTP_QUEUE_MAX = 4096,              /* requests waiting for a thread */
    HTTP_LANE_SHARE = 4,                /* one thread in so many waits for other servers, and … */
    HTTP_LANE_QUEUE_MAX = 256,          /* … so many requests for its turn; passwords likewise */
    HTTP_BODY_MAX = 1024 * 1024,        /* of JSON, unless the route says otherwise */
    HTTP_ANYONE_MAX = 8 * 1024,         /* of JSON, where nobody needs to be known: a login */
    HTTP_UNKNOWN_MAX = 64 * 1024,       /* of a body that is read before it's known who sends */
    HTTP_UNKNOWN_ALL_MAX = 256 << 20,   /* of all such bodies in memory together */
    HTTP_BODIES_MAX = 512 << 20,        /* of all others */
    HTTP_BATCH_MAX = 72 * 1024 * 1024,  /* messages with files: FILE_SIZE_MAX in base64, and text */
    HTTP_PIECE_MAX = 50 * 1024 * 1024,  /* one piece of an upload: all of the largest file */
    FORM_SIZE_MAX = 64 * 1024 * 1024,   /* of a form with files in it */
    FORM_PARTS_MAX = 50,                /* as many as an answer takes */
    FORM_HEAD_MAX = 4096,               /* bytes of the headers of one part */
    HTTP_REPLY_MAX = 256 * 1024 * 1024, /* ends a runaway, not a use */
    HTTP_PARAMS_MAX = 3,                /* {…} in a path */
    HTTP_QUERY_MAX = 4096,              /* bytes of a query string */
    FILE_SIZE_MAX = 50 * 1024 * 1024,
    CURSOR_MAX = 40,
    PAGE_DEFAULT = 50,
    PAGE_MAX = 200,
    SSE_HEARTBEAT_MS = 15000,         /* a vanished client is only noticed by writing */
    SSE_LIFETIME_MS = 60 * 60 * 1000, /* then the client comes again, and its right is checked */
    LOGIN_TRIES_MAX = 10,             /* failed ones in LOGIN_WINDOW_MS: address and account */
    LOGIN_WINDOW_MS = 15 * 60 * 1000,
    LOGIN_ACCOUNTS_MAX = 4, /* of one address, whose passwords a login without organisation tries */
};
