/* email_safe.h — a mail's HTML as a page that may be shown.
 *
 * Written anew from what is known to be harmless: elements, attributes and schemes that stand in a
 * table; everything else is left out, its words stay. No script, form, frame, metadata or event is
 * in it, every tag is closed, and it fetches nothing but pictures, from us alone. It is one of
 * three walls: the policy it is served with and the frame it is shown in hold without it.
 *
 * Pure, bounded in time and size, safe on any thread; results live in `mem`.
 */
#pragma once

#include "../base/arena.h"

/* A picture that came with the mail: what "cid:…" names, and where it is. */
struct own_picture {
    const char *content_id, *address;
};

struct safe_rules {
    const struct own_picture *own;
    size_t own_n;
    /* Pictures on other servers are numbered from 1 and found behind this path, as "/pictures/1":
     * whoever serves it asks for them. NULL: they are left out. */
    const char *remote_path;
    int64_t wanted; /* the number of one whose own address is asked for; 0: none */
};
enum { REMOTE_PICTURES_MAX = 200 }; /* of one mail; more are left out */

struct safe_page {
    const char *html;   /* a whole document */
    int64_t withheld_n; /* pictures that are on other servers, and left out */
    bool is_cut;        /* it was too long, or made to be slow */
    const char *wanted; /* http://… or https://… of the picture that was wanted; NULL: not there */
};

/* <html data-withheld="…"> says it in the page, too. */
struct safe_page email_safe_page(struct arena *mem, const char *html,
                                 const struct safe_rules *rules);
