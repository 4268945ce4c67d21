/* private_links.h — a one-time link from a conversation that others read along into a private chat
 * about the same case.
 *
 * The link is a long random secret, of which only the hash is kept. Looking at its page does
 * nothing: programs do that too. A button opens it, once, for the browser that pressed it.
 * What that proves depends on where the link stood: in a message that only the customer reads, the
 * opener is he. In a public answer anybody may have been first; so the page shows a short code, and
 * who writes that there, as the customer, shows that both are one. Only then do the two people
 * become one, and only if he said yes; it can be undone like every merge.
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../cases/ways.h"
#include "../visitors/visitors.h"

enum {
    PRIVATE_SECRET_LEN = 20, /* letters of 5 bits each */
    PRIVATE_CODE_LEN = 6,
    PRIVATE_MINUTES = 24 * 60, /* when nothing else is said */
    PRIVATE_MINUTES_MAX = 7 * 24 * 60,
    PRIVATE_LINKS_MAX = 20, /* of one case in a day */
};

enum private_state { PRIVATE_WAITING, PRIVATE_OPENED, PRIVATE_EXPIRED, PRIVATE_WITHDRAWN };
extern const char *const private_state_names[];
enum private_said { SAID_NOTHING, SAID_YES, SAID_NO };
extern const char *const private_said_names[];

struct private_link {
    private_link_id id;
    case_id case_id;
    channel_id from_channel_id;
    conversation_id from_conversation_id;
    channel_id channel_id;
    person_id person_id;
    identity_id identity_id;
    const char *handle, *language;
    bool is_public;
    user_id user_id;
    instant created_at, expires_at, withdrawn_at, opened_at, proved_at;
    visitor_id visitor_id;
    unsigned said;       /* enum private_said */
    bool was_closed;     /* we said something in public since it was opened */
    unsigned state;      /* enum private_state, at this moment */
    const char *url;     /* only of one that was just made */
    const char *text;    /* the same: what may be written with it */
    const char *closing; /* what may be said in public at the end */
    organisation_id organisation_id;
};
extern const struct field private_link_fields[];
extern const struct routes private_link_routes;

/* The one with this secret, of whatever organisation: moves tx to it. */
MUST_CHECK bool private_link_find(struct tx *tx, const char *secret, struct private_link *out,
                                  bool *found, struct err *err);
/* The browser that pressed the button has it; *opened is false when another was first, or it's too
 * late. */
MUST_CHECK bool private_link_open(struct tx *tx, struct private_link *link, visitor_id visitor,
                                  bool *opened, struct err *err);
/* Is he who it is for? Where the opening proves it, his yes makes both one. */
MUST_CHECK bool private_link_say(struct tx *tx, struct private_link *link, enum private_said said,
                                 struct err *err);
/* The customer wrote this in public: is it the code of a link that was opened? */
MUST_CHECK bool private_links_hear(struct tx *tx, channel_id channel, person_id person,
                                   const char *text, struct err *err);
/* What the customer writes to prove himself: upper case. */
char *private_link_code(struct arena *mem, const uint8_t key[KEY_LEN], private_link_id id);
