/* http.h — what a handler sees: a checked request, a transaction, a reply.
 *
 * A route is one row. The router finds it, asks auth who calls, checks the right, reads the body
 * or query by its field table, and runs the handler inside store_read or store_write; the reply
 * goes out after the commit. A handler may be run again: it does nothing but through tx and the
 * reply. Everything lives in rq->mem, until the reply is sent.
 */
#pragma once

#include "../auth/caller.h"
#include "../auth/rights.h"
#include "../base/buf.h"
#include "../base/field.h"
#include "../store/store.h"
#include "limits.h"

enum method { GET, POST, PUT, PATCH, DELETE };
extern const char *const method_names[];

enum route_kind {
    READ,  /* handler in a snapshot */
    WRITE, /* handler in a transaction */
    /* Handlers without transaction (tx is NULL): */
    ALONE,    /* it has its own, or needs none */
    OUTSIDE,  /* it waits for another server; only a share of the threads does that */
    PASSWORD, /* it hashes a password; as few do that at the same time */
    STREAM,   /* server-sent events; the handler says where to start */
};

/* What comes in (a body, or the query of a GET or DELETE) or goes out. */
struct shape {
    const struct field *fields; /* NULL: nothing, or raw bytes when max > 0 */
    size_t size;                /* of the struct; 0 for a list going out */
    size_t max;       /* most bytes of the body; 0: HTTP_BODY_MAX, or HTTP_ANYONE_MAX for ANYONE */
    const char *name; /* the struct's, for the schema in OpenAPI */
    bool is_form;     /* multipart/form-data: the handler reads it by multipart.h */
    bool is_batch;    /* one, or a list of them */
    bool is_foreign;  /* a query in another system's words: the handler reads request_query() */
    int status;       /* of an answer when it worked; 0: 204, with nothing in it */
    const char *type; /* of an answer that is no JSON of ours, as text/plain */
};
#define NOTHING         { NULL, 0, 0, NULL }
#define BODY(s)         { s##_fields, sizeof(struct s), 0, #s }
#define BIG_BODY(s, m)  { s##_fields, sizeof(struct s), m, #s }
#define RAW_BODY(m)     { NULL, 0, m, NULL }
#define FORM_BODY(s, m) { s##_fields, 0, m, #s, true } /* its fields are lists of files */
/* One or {"messages": […]}; route->prepare reads it. */
#define BATCH_BODY(s, m) { s##_fields, 0, m, #s, .is_batch = true }
#define QUERY(s)         { s##_fields, sizeof(struct s), 0, #s }
#define FOREIGN_QUERY    { .is_foreign = true }
#define ONE(s)           { s##_fields, sizeof(struct s), 0, #s, .status = 200 }
#define MADE(s)          { s##_fields, sizeof(struct s), 0, #s, .status = 201 }
#define TAKEN(s)         { s##_fields, sizeof(struct s), 0, #s, .status = 202 } /* done later */
#define MANY(s)          { s##_fields, 0, 0, #s, .status = 200 }
/* What was made of one; 200 with what there is when it was there before, or a list for a batch. */
#define BATCH(s)   { s##_fields, sizeof(struct s), 0, #s, .is_batch = true, .status = 201 }
#define CONTENT(t) { .status = 200, .type = t }

struct login_limits;
struct request;
typedef bool handler_fn(struct request *rq, struct tx *tx, struct err *err);

struct route {
    enum method method;
    const char *path; /* "/api/v1/cases/{id}" */
    enum route_kind kind;
    handler_fn *handler;
    enum right right;
    struct shape in, out;
    const char *doc; /* one sentence */
    /* Before the transaction, on a thread that may block: what is slow (a hash, a large file), or
     * who calls where no login tells. Puts what it made into rq->prepared. NULL: nothing. */
    bool (*prepare)(struct request *rq, struct err *err);
    /* For ANYONE with large bodies: is it worth reading this one, by its headers alone? */
    bool (*admit)(struct request *rq, struct err *err);
    bool is_versioned; /* takes If-Match, and is refused without: the handler asks request_version()
                        */
    /* Not NULL: the answer of this POST holds a secret that is told once. Nothing of it is kept for
     * an Idempotency-Key, and the repeat is refused with these words on what to do. */
    const char *told_once;
};

struct routes {
    const struct route *rows;
    size_t n;
};
#define ROUTES(rows) { rows, COUNT(rows) }
/* A row; a macro only so that clang-format breaks it like a call and not like a column. */
#define ROUTE(...) { __VA_ARGS__ }

struct request {
    struct arena *mem;
    struct store *store;
    struct login_limits *limits;
    const struct route *route;
    struct bytes raw;           /* the body as it came; borrowed */
    const void *body;           /* the struct of route->in; NULL when that is nothing */
    uint64_t named;             /* bit i: the body or query named field i */
    void *prepared;             /* what route->prepare made */
    struct caller caller;       /* zeros for ANYONE without login */
    const char *address;        /* the client's, for rate limits */
    bool is_secure;             /* came over TLS, at us or at the proxy */
    const char *public_address; /* "https://help.example.org": how people reach us; NULL: as here */
};

/* --- asking -------------------------------------------------------------------------------- */

/* A header or NULL; the name's case doesn't matter. */
const char *request_header(const struct request *rq, const char *name);
/* The text that {name} of the path stands for; never NULL. */
const char *request_param(const struct request *rq, const char *name);
/* A path of ours ("/p/…") as a link for people elsewhere: behind the address that the server was
 * told, or behind the one that was asked. */
char *request_link(const struct request *rq, const char *path);
/* What stands behind the ? of the path, as it came; "" when nothing does. */
const char *request_query(const struct request *rq);
/* The id that {name} stands for: `prefix` as in base/ids.h. ERR_NOT_FOUND for anything else. */
MUST_CHECK bool request_id(const struct request *rq, const char *name, const char *prefix,
                           int64_t *out, struct err *err);
/* The version in If-Match, of a route that is_versioned; for * it's `now`, the thing's own. */
MUST_CHECK bool request_version(const struct request *rq, int64_t now, int64_t *out,
                                struct err *err);
/* Did the body (PATCH) or the query name this field? */
bool request_named(const struct request *rq, const char *field);

/* --- answering; each returns true, so that a handler ends with it ---------------------------- */

bool reply(struct request *rq, int status, const struct field *fields, const void *row);
/* The same with an ETag of the version. */
bool reply_versioned(struct request *rq, int status, int64_t version, const struct field *fields,
                     const void *row);
/* {"items": […], "next": "…"}; next NULL on the last page. */
bool reply_list(struct request *rq, const struct field *fields, size_t size,
                const struct list *items, const char *next);
/* The same for a list by id: a page that isn't full is the last one; else the last row's id (the
 * table's first field) is where the next one goes on. */
bool reply_page(struct request *rq, const struct field *fields, size_t size,
                const struct list *items, int64_t limit);
bool reply_nothing(struct request *rq); /* 204 */
bool reply_text(struct request *rq, const char *type, const char *text);
/* The same with another status; type NULL: there is nothing in it. */
bool reply_content(struct request *rq, int status, const char *type, const char *text);
/* Content to save: Content-Disposition attachment, type only if it is a safe one. */
bool reply_file(struct request *rq, const char *name, const char *type, struct bytes content,
                bool is_inline);
/* One that every answer has (Content-Security-Policy, …) is replaced by it; NULL: it isn't sent. */
void reply_header(struct request *rq, const char *name, const char *value);
/* For STREAM: the position after which events are sent, the newest one in the handler's snapshot,
 * in which the caller was looked up too, and whether it's also told when somebody comes or goes. */
bool reply_stream(struct request *rq, int64_t after, int64_t newest, bool has_presence);

/* For STREAM, and who is no user: says only that there is news of the topic (sse_hints.h), behind
 * its newest change in the handler's snapshot. */
bool reply_hints(struct request *rq, int64_t topic, int64_t newest);
/* A page of the web that needs headers of its own, by its path among the assets. */
MUST_CHECK bool reply_page_of(struct request *rq, const char *path, struct err *err);

/* Writes down in history, after the reply, that the caller read this. */
void request_was_read(struct request *rq, const char *kind, case_id about_case, const char *about);

/* --- for ALONE, OUTSIDE, PASSWORD: transactions as the caller, before or after what is slow
 * -------
 */

MUST_CHECK bool request_read(struct request *rq, store_fn *fn, void *arg, struct err *err);
/* What fn replies takes the place of an earlier reply. A POST with an Idempotency-Key that came
 * before gets its first answer again, and fn isn't run. */
MUST_CHECK bool request_write(struct request *rq, store_fn *fn, void *arg, struct err *err);

/* --- pages ----------------------------------------------------------------------------------- */

/* A cursor is two numbers of the last row, sealed against guessing by nothing: it only says
 * where to go on. "" or NULL reads as zeros. */
char *cursor_write(struct arena *mem, int64_t a, int64_t b);
MUST_CHECK bool cursor_read(const char *cursor, int64_t *a, int64_t *b, struct err *err);

/* What the query of a list says about its page; the whole query, or the member `page` of a larger
 * one, which then has PAGE_FIELDS in its table. */
struct page_query {
    const char *cursor;
    int64_t limit; /* 0: PAGE_DEFAULT */
};
extern const struct field page_query_fields[];
#define PAGE_FIELDS(s)                                                                             \
    { .name = "cursor",                                                                            \
      .at = offsetof(struct s, page.cursor),                                                       \
      .kind = KIND_TEXT,                                                                           \
      .max = CURSOR_MAX },                                                                         \
    {                                                                                              \
        .name = "limit", .at = offsetof(struct s, page.limit), .kind = KIND_INT, .min = 1,         \
        .max = PAGE_MAX                                                                            \
    }

int64_t page_limit(const struct page_query *page);
/* For a list by one number: where the page begins (`first` for the first one), and how many rows
 * it has. */
MUST_CHECK bool page_read(const struct page_query *page, int64_t first, int64_t *from,
                          int64_t *limit, struct err *err);
