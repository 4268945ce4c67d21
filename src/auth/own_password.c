#include "own_password.h"

#include "../base/crypt.h"
#include "login_limits.h"

bool own_password_check(struct request *rq, const struct user *user, const char *password,
                        const char *field, struct err *err)
{
    int64_t wait = login_limits_try(rq->limits, rq->address, user->email, clock_now());

    if (wait > 0) {
        err_set(err, ERR_TOO_MANY, "too many wrong passwords: wait a while");
        err->retry_after_ms = wait;
        return false;
    }
    if (!password || !user->password_hash || !password_verify(user->password_hash, password))
        return err_field(err, field, "isn't right");
    login_limits_succeeded(rq->limits, rq->address, user->email);
    return true;
}
