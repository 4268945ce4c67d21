#include "office_token.h"

#include "../auth/rights.h"
#include "../auth/tokens.h"
#include "../auth/users.h"

enum { USERS_MAX = 500 };

/* The first who may do anything. */
static bool make(struct tx *tx, void *arg, struct err *err)
{
    const struct user *user;
    struct list users;

    if (!user_list(tx, (user_id){ 0 }, USERS_MAX, &users, err))
        return false;
    user = users.items;
    for (size_t i = 0; i < users.n; i++)
        if (user[i].role == ROLE_ADMIN && !user[i].disabled)
            return token_make(tx, &user[i], "gestand simulate", "*", (instant){ 0 }, arg, err);
    return err_set(err, ERR_NOT_FOUND, "the organisation has no administrator");
}

static bool end(struct tx *tx, void *arg, struct err *err)
{
    return token_revoke(tx, *(const token_id *)arg, err);
}

bool office_token_make(struct store *store, const struct scope *scope, token_id *id,
                       const char **secret, struct err *err)
{
    struct token token;

    if (!store_write(store, scope, make, &token, err))
        return false;
    *id = token.id;
    *secret = token.secret;
    return true;
}

bool office_token_end(struct store *store, const struct scope *scope, token_id id, struct err *err)
{
    return store_write(store, scope, end, &id, err);
}
