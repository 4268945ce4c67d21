/* office_token.h — the token with which the office calls its own server: of an administrator, and
 * gone at the end.
 */
#pragma once

#include "../store/store.h"

/* *secret lives in scope->mem. */
MUST_CHECK bool office_token_make(struct store *store, const struct scope *scope, token_id *id,
                                  const char **secret, struct err *err);
MUST_CHECK bool office_token_end(struct store *store, const struct scope *scope, token_id id,
                                 struct err *err);
