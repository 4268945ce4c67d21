/* err.h — why something failed: a code for the machine, a sentence for the person.
 *
 * Functions that can fail return bool and take `struct err *err` last. The setters return
 * false, so an error path is one line. The text says what a person can do about it; what only
 * concerns the inside has code ERR_INTERNAL, and its text never leaves the server. No memory:
 * a struct err can be copied and lives where its owner puts it.
 */
#pragma once

#include "base.h"

#include <stdarg.h>

enum err_code {
    ERR_NONE,
    ERR_INVALID,         /* 422: the fields below say what is wrong */
    ERR_MALFORMED,       /* 400: not even readable */
    ERR_UNAUTHENTICATED, /* 401 */
    ERR_DENIED,          /* 403 */
    ERR_NOT_FOUND,       /* 404 */
    ERR_METHOD,          /* 405 */
    ERR_CONFLICT,        /* 409 */
    ERR_GONE,            /* 410 */
    ERR_CHANGED,         /* 412: somebody changed it since it was read */
    ERR_TOO_LARGE,       /* 413 */
    ERR_UNSUPPORTED,     /* 415 */
    ERR_PRECONDITION,    /* 428: If-Match is missing */
    ERR_TOO_MANY,        /* 429, with retry_after_ms */
    ERR_INTERNAL,        /* 500 */
    ERR_UPSTREAM,        /* 502: another server refused or failed, for good */
    ERR_BUSY,            /* 503: try again later */
    ERR_FULL,            /* 507: no room on the disk */
    ERR_CODES_N
};

enum { ERR_FIELDS_MAX = 8 };

struct err {
    enum err_code code;
    char text[384];
    const char *type;       /* a URI of ours (a constant); NULL: the code says it all */
    int64_t retry_after_ms; /* 0: unknown */
    size_t fields_n;
    struct {
        char pointer[64]; /* JSON pointer into the body: "/title", "/files/0/name" */
        char detail[128];
    } fields[ERR_FIELDS_MAX];
};

void err_clear(struct err *err);
/* Each returns false. */
bool err_set(struct err *err, enum err_code code, const char *format, ...) PRINTF(3, 4);
/* For a program that must tell this cause from others of the same code: the problem's `type`. */
bool err_type(struct err *err, const char *type);
/* Adds one wrong field and makes the code ERR_INVALID; `pointer` is a field's name ("title") or
 * a JSON pointer. */
bool err_field(struct err *err, const char *pointer, const char *format, ...) PRINTF(3, 4);
/* Puts what was being done before the text: "case cas_…: …". */
bool err_prefix(struct err *err, const char *format, ...) PRINTF(2, 3);
/* For err_field of a part: puts "/files/0" before the pointers from number `from` on. */
void err_nest(struct err *err, size_t from, const char *pointer);
/* Would trying the same thing later help? */
bool err_is_temporary(const struct err *err);
