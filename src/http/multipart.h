/* multipart.h — a form with files in it: multipart/form-data (RFC 7578, RFC 2046), as browsers and
 * other clients send it.
 *
 * Pure: bytes in, parts out. Contents point into the body; names live in mem and are valid UTF-8.
 */
#pragma once

#include "../base/err.h"
#include "../base/field.h"

struct part {
    const char *name;     /* the field's */
    const char *filename; /* NULL: a plain field; "": a browser's for "no file was chosen" */
    const char *type;     /* as "text/plain; charset=utf-8"; NULL: it says none */
    struct bytes content;
};

/* A list of struct part, in their order. `type` is the request's Content-Type: anything but a form
 * is ERR_UNSUPPORTED. What is broken is ERR_MALFORMED and says where; more than the limits allow
 * (FORM_PARTS_MAX, FORM_HEAD_MAX) is ERR_TOO_LARGE. */
MUST_CHECK bool multipart_read(struct arena *mem, const char *type, struct bytes body,
                               struct list *out, struct err *err);
