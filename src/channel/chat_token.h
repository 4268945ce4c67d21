/* chat_token.h — who a visitor is, by the word of the site that he is logged in at: a JSON Web
 * Token (RFC 7519) that the site signed with the channel's secret (HS256, and no other).
 *
 * Pure. Nothing of a token is looked at before its signature was found good.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/err.h"

enum { CHAT_TOKEN_MAX = 4096 };

struct chat_claims {
    const char *subject;      /* sub: the customer's number or login there; never blank */
    const char *email, *name; /* NULL when it says none */
    instant expires_at;
};

/* ERR_UNAUTHENTICATED says what is wrong with it. */
MUST_CHECK bool chat_token_read(struct arena *mem, const char *token, struct bytes secret,
                                instant now, struct chat_claims *out, struct err *err);
/* A token with these claims, for tests and the demo. */
char *chat_token_write(struct arena *mem, const char *claims, struct bytes secret);
