/* fetch.h — one HTTP request to another server, by libcurl, blocking.
 *
 * Guarded: http and https only; the addresses that a name resolves to are checked when the
 * connection is made (so a name can't change between check and use), and loopback, private,
 * link-local, multicast and unspecified ones are refused unless fetch_allow_private(true) (a
 * server option, for tests and for on-site systems). No redirect is followed, no proxy from the
 * environment, a total time and a size limit. Safe on any thread.
 */
#pragma once

#include "arena.h"
#include "base.h"
#include "err.h"

struct fetch_header {
    const char *name, *value;
};

struct fetch {
    const char *method; /* "POST" */
    const char *url;
    const struct fetch_header *headers;
    size_t headers_n;
    struct bytes body;
    int64_t timeout_ms; /* 0: 10 seconds */
    size_t max;         /* most bytes of the answer; 0: 1 MiB */
};

struct fetched {
    int status;
    struct bytes body;
    int64_t retry_after_ms; /* from Retry-After, at most a day; 0: none */
    const char *moved_to;   /* where a redirect leads, whole; NULL: it is none */
    bool was_asked;         /* the other side may have the request, whether it answered or not */
};

void fetch_init(void); /* once, before threads */
void fetch_allow_private(bool allow);
bool fetch_private_is_allowed(void);
/* True when an answer came, whatever its status. Else ERR_UPSTREAM (refused for good: bad URL,
 * guarded address, certificate) or ERR_BUSY (worth another try), in words; out->was_asked then says
 * whether another try may be the second one over there. */
MUST_CHECK bool fetch(struct arena *mem, const struct fetch *rq, struct fetched *out,
                      struct err *err);

/* The guard alone, for the other files that use libcurl: on a CURL handle, which borrows *guard. */
struct fetch_guard {
    char refused[64]; /* an address that was not public; "" for none */
    bool tried;       /* another one was */
};
void fetch_guard(void *curl, struct fetch_guard *guard);
/* Was there no other address than such ones? */
bool fetch_guard_refused(const struct fetch_guard *guard);
