/* caller.h — who calls: a user with a session cookie, or a token. */
#pragma once

#include "../store/events.h"
#include "rights.h"

struct caller {
    organisation_id organisation_id;
    user_id user_id;
    session_id session_id; /* none when it was a token */
    token_id token_id;
    instant expires_at; /* of a token that ends; else {0} */
    const char *csrf;   /* what X-CSRF-Token must hold for a session */
    instant seen_at;    /* of a session: when it was last noticed */
    uint64_t rights;
    bool lacks_second_step; /* the organisation asks for one: it has no rights until then */
    unsigned role;
    struct actor actor;
};

/* Finds the caller by the Authorization and Cookie headers (either may be NULL); nobody leaves
 * *out zeros. Works over all organisations: tx has none. ERR_UNAUTHENTICATED when something was
 * given that isn't good (any more). */
MUST_CHECK bool caller_find(struct tx *tx, const char *authorization, const char *cookie,
                            struct caller *out, struct err *err);

/* What a session may do: without the second step that the organisation needs, only add it. */
uint64_t session_rights(enum role role, bool lacks_second_step);

/* Nobody gives away what they don't have: ERR_DENIED unless the caller has all these rights. */
MUST_CHECK bool caller_covers(const struct caller *caller, uint64_t rights, struct err *err);

/* Whose callers may have lost something by this event: a user or a token (no id is both); 0 for
 * nobody's. */
int64_t caller_touched_by(const struct event *event);

/* The value of a cookie in the header, in mem; NULL when missing. */
char *cookie_value(struct arena *mem, const char *header, const char *name);
#define SESSION_COOKIE "gestand_session"
