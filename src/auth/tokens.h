/* tokens.h — secrets for programs: some of a user's rights, until revoked. Of the secret only
 * the hash is kept. */
#pragma once

#include "users.h"

enum { TOKEN_NAME_MAX = 100 };

struct token {
    token_id id;
    user_id user_id;
    const char *name;
    const char *scopes; /* names of rights with blanks between; * is all of the user's */
    instant created_at, expires_at, revoked_at; /* none: never */
    const char *secret;                         /* only of one just made */
};
extern const struct field token_fields[];

/* Checks that the user has the rights that the scopes name (ERR_INVALID at "scopes"). The
 * secret, gst_ and 40 random characters, is in out->secret and nowhere else. */
MUST_CHECK bool token_make(struct tx *tx, const struct user *user, const char *name,
                           const char *scopes, instant expires_at, struct token *out,
                           struct err *err);
MUST_CHECK bool token_get(struct tx *tx, token_id id, struct token *out, struct err *err);
/* The tokens of a user, newest first; the revoked ones too. */
MUST_CHECK bool token_list(struct tx *tx, user_id user, struct list *out, struct err *err);
/* Those of everybody that still work, newest first. */
MUST_CHECK bool token_list_valid(struct tx *tx, struct list *out, struct err *err);
/* Ends it for good; twice is once. */
MUST_CHECK bool token_revoke(struct tx *tx, token_id id, struct err *err);
/* The rights that a token with these scopes has while its user has `rights`; false, with
 * ERR_INVALID at "scopes", when they name something unknown or more than that. */
MUST_CHECK bool token_rights(const char *scopes, uint64_t rights, uint64_t *out, struct err *err);
