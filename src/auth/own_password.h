/* own_password.h — proves once more who sits there, before something that a desk left open must
 * not lose: the password again. */
#pragma once

#include "../http/http.h"
#include "users.h"

/* For routes of kind PASSWORD. Else ERR_INVALID at `field`, or ERR_TOO_MANY: wrong ones count as
 * failed logins. */
MUST_CHECK bool own_password_check(struct request *rq, const struct user *user,
                                   const char *password, const char *field, struct err *err);
