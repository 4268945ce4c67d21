/* email_pictures.h — which addresses of a mail's HTML and CSS may be fetched when it is shown.
 *
 * Inside of email_safe.c. Pure and linear; results live in `mem`.
 */
#pragma once

#include "../base/arena.h"
#include "../base/buf.h"
#include "email_safe.h"

struct pictures {
    struct arena *mem;
    const struct safe_rules *rules;
    int64_t remote_n;   /* those on other servers */
    int64_t withheld_n; /* of these, what would have been shown */
    const char *wanted; /* the address of the one that the rules want */
};

/* The address to fetch a picture from, fit for an attribute and for url() alike; NULL: it isn't
 * shown. */
const char *picture_address(struct pictures *pictures, const char *s, size_t len);
/* Adds CSS that fetches nothing but such pictures, and ends no element it stands in. */
void style_add(struct buf *out, struct pictures *pictures, const char *css, size_t len);
