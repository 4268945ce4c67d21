/* pick.h — which organisation or user a command means, by what a person calls them. */
#pragma once

#include "../auth/users.h"

/* Moves the transaction into the organisation of that name; NULL: into the only one. */
MUST_CHECK bool pick_organisation(struct tx *tx, const char *name, struct err *err);
/* The user with this address; moves the transaction into his organisation. `organisation` NULL:
 * there must be only one. */
MUST_CHECK bool pick_user(struct tx *tx, const char *email, const char *organisation,
                          struct user *out, struct err *err);
