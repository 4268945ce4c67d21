/* private_html.h — the page behind a private link, as HTML that needs no script. Pure. */
#pragma once

#include "../domain/private_links/private_links.h"

enum private_view {
    VIEW_WAITING,   /* a button opens it */
    VIEW_ASK,       /* is he who it is for? */
    VIEW_TALK,      /* the chat */
    VIEW_UNKNOWN,   /* there is no such link */
    VIEW_OVER,      /* it lapsed, or was withdrawn */
    VIEW_ELSEWHERE, /* another browser opened it */
    VIEW_SHUT,      /* he was shut out */
    VIEW_BUSY,      /* too many tries */
    PRIVATE_VIEWS
};

struct private_page {
    enum private_view view;
    const char *site, *colour; /* how the organisation calls itself there; may be NULL */
    const char *channel;       /* where he wrote */
    const char *language, *secret;
    const struct private_link *link; /* NULL: there is none */
    instant now;
    /* of VIEW_TALK */
    const char *code;     /* to be written in public; NULL: it needs none */
    const char *token;    /* of X-Visitor */
    const char *draft_id; /* for what he writes next */
    struct list items;    /* of struct chat_item */
};

/* What the browser may do with it: the page's own style and our script. */
char *private_policy(struct arena *mem, const struct private_page *page);
char *private_html(struct arena *mem, const struct private_page *page);
