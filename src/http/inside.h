/* inside.h — what the files of http/ share. Nobody else includes this. */
#pragma once

#include "assets.h"
#include "per_address.h"
#include "server.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct MHD_Daemon;

struct param {
    const char *name; /* of the route's path, up to its } */
    size_t name_len;
    const char *value;
};

struct reply_header {
    const char *name, *value;
    struct reply_header *next;
};

/* What was read and must be written down. */
struct reading {
    const char *kind, *about;
    case_id case_id;
};

/* How far an exchange is, as its connection sees it. */
enum stage {
    AT_HEADERS, /* nothing was asked yet */
    AT_CALLER,  /* the pool finds out who sends a large body, before it's read */
    AT_BODY,
    AT_REPLY, /* the pool has it, or the reply is ready */
};

/* A request with what the handlers don't see. */
struct exchange {
    struct request rq; /* first: a request is an exchange */
    struct server *server;
    struct MHD_Connection *connection;
    struct client *client;
    struct exchange *next;

    const char *query; /* behind the ?, undecoded; "" when none */
    struct param params[HTTP_PARAMS_MAX];
    size_t params_n;
    struct buf body;
    int64_t body_since_ms; /* monotonic */
    enum stage stage;
    bool is_known;   /* rq.caller was found and checked */
    bool is_counted; /* in server->unsent */

    int status; /* 0: no reply yet */
    struct buf reply;
    const char *reply_type;
    struct reply_header *headers;
    const char *allowed;       /* methods, for a reply that the asked one isn't */
    const struct asset *asset; /* it asks for this file of the desk, and for no route */
    bool is_stream;
    int64_t stream_after, stream_newest;
    bool stream_has_presence;
    int64_t stream_topic; /* not 0: only hints at news of it (sse_hints.h) */
    struct reading reading;

    struct work work; /* of a WRITE */
    int64_t began_us;
    const char *idempotency_key;
    uint8_t request_hash[HASH_LEN];
};

/* Durations of requests, by the kind of route: a histogram for Prometheus. */
enum { ROUTE_KINDS = STREAM + 1, DURATIONS = 12 };
extern const int64_t duration_limits_us[DURATIONS];
struct durations {
    _Atomic int64_t counts[DURATIONS + 1]; /* the last: longer than all limits */
    _Atomic int64_t sum_us;
};

/* The pool's work, by what it waits for: what is slow has only a share of the threads, so that the
 * rest always goes on. Waiting for its turn holds no thread. */
enum { LANE_COMMON, LANE_OUTSIDE, LANE_PASSWORD, LANES };
struct lane {
    struct exchange *first, *last;
    size_t queued, queued_max, running, running_max;
};

struct server {
    struct server_settings settings;
    struct arena *mem;
    struct store *store;
    struct listener *listener;
    struct router *router;
    struct streams *streams;
    struct hints *hints;
    struct clients *clients;
    struct login_limits *limits;
    const char *openapi;

    pthread_mutex_t lock;
    pthread_cond_t has_work;
    struct lane lanes[LANES];
    size_t queued; /* in all lanes */
    atomic_bool stopping;
    pthread_t threads[64];
    size_t threads_n;

    _Atomic int64_t requests, refused, failed;
    _Atomic int64_t running; /* the pool or the store has them */
    _Atomic int64_t unsent;  /* handed over once, and the reply isn't gone yet */
    _Atomic int64_t body_bytes, unknown_body_bytes; /* of who is known already, and of others */
    struct durations durations[ROUTE_KINDS];
    struct per_address per_address;
};

/* --- server.c --------------------------------------------------------------------------------- */
/* Gives an exchange to the pool while its connection sleeps; false when too many wait. */
bool server_hand_over(struct server *server, struct exchange *ex);

/* --- router.c ------------------------------------------------------------------------------ */
struct router *router_new(struct arena *mem, const struct routes *const *routes, size_t n);
/* The route for a path; NULL with ERR_NOT_FOUND or ERR_METHOD. A HEAD is a GET. */
const struct route *router_find(const struct router *router, const char *method, const char *path,
                                struct arena *mem, struct param *params, size_t *params_n,
                                struct err *err);
/* The methods that a path has, as "GET, HEAD, POST"; "" for none. */
const char *router_allowed(const struct router *router, const char *path, struct arena *mem);
/* All routes, for OpenAPI and tests. */
const struct route *const *router_all(const struct router *router, size_t *n);

/* --- query.c ------------------------------------------------------------------------------- */
/* Reads a query string into a struct; names that the table lacks are refused. Sets bit i of
 * *named for fields[i]. */
MUST_CHECK bool query_read(struct arena *mem, const char *query, size_t len,
                           const struct field *fields, void *out, uint64_t *named, struct err *err);
/* %41 and + undone; NULL when it isn't valid, or holds NUL or bad UTF-8. */
char *percent_decode(struct arena *mem, const char *s, size_t len, bool plus_is_blank);

/* --- dispatch.c ------------------------------------------------------------------------------ */
/* Takes one exchange further on a thread that may block: finds who calls, or answers it; calls
 * exchange_done() now or later. */
void dispatch(struct exchange *ex);
/* Gives the exchange back to its connection: the reply is ready. (server.c) */
void exchange_done(struct exchange *ex);

/* --- reply.c --------------------------------------------------------------------------------- */
void reply_problem(struct exchange *ex, const struct err *err);
void reply_reset(struct exchange *ex);

/* --- idempotency.c --------------------------------------------------------------------------- */
/* Before the handler: true with *answered when the reply is the stored one. */
MUST_CHECK bool idempotency_begin(struct exchange *ex, struct tx *tx, bool *answered,
                                  struct err *err);
MUST_CHECK bool idempotency_end(struct exchange *ex, struct tx *tx, struct err *err);

/* --- sse.c ----------------------------------------------------------------------------------- */
struct MHD_Response;
struct streams *streams_new(struct server *server);
/* A response that streams the events of the caller's organisation; NULL when there are too many
 * streams already, of that user or of all. */
struct MHD_Response *streams_response(struct streams *streams, const struct exchange *ex,
                                      struct err *err);
/* There is news of this (enum wake). */
void streams_wake(struct streams *streams, unsigned wake);
/* Ends all streams: none is suspended any more when this returns. */
void streams_end(struct streams *streams);
void streams_free(struct streams *streams);
int64_t streams_count(struct streams *streams);
/* Of a stream whose headers are on their way; *response is NULL then. */
void response_forget_headers(struct MHD_Response **response);

/* --- clients.c ------------------------------------------------------------------------------- */
struct clients *clients_new(void);
void clients_free(struct clients *clients);
/* A connection that has begun: its first request is awaited. `of_address` counts those of its
 * address; NULL when nobody does. */
struct client *clients_add(struct clients *clients, int fd, _Atomic int32_t *of_address);
/* Before its descriptor is closed. */
void clients_remove(struct clients *clients, struct client *client);
/* What it must do in time: send a request, of which so many bytes of body have come since then; or
 * take a reply of so many bytes; or nothing. False when it was hung up on: say nothing more. */
MUST_CHECK bool client_must_speak(struct client *client, int64_t since_ms, size_t bytes);
MUST_CHECK bool client_must_hear(struct client *client, size_t bytes);
MUST_CHECK bool client_owes_nothing(struct client *client);
/* Hangs up on who is late at this moment (monotonic). */
void clients_sweep(struct clients *clients, int64_t now_ms);
/* How many it were since the start. */
int64_t clients_cut_off(struct clients *clients);

/* --- openapi.c ------------------------------------------------------------------------------- */
/* The whole document as JSON. Lives in mem. */
const char *openapi_write(struct arena *mem, const struct router *router);
