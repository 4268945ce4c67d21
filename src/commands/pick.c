#include "pick.h"

#include "../auth/organisations.h"
#include "../base/text.h"

bool pick_organisation(struct tx *tx, const char *name, struct err *err)
{
    struct list all;

    if (!organisation_list(tx, &all, err))
        return false;
    if (!name && all.n == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no organisation yet: run 'gestand init'");
    if (!name && all.n > 1)
        return err_set(err, ERR_INVALID,
                       "there are %zu organisations: say which with --organisation NAME", all.n);
    for (size_t i = 0; i < all.n; i++) {
        const struct organisation *one = &((struct organisation *)all.items)[i];

        if (name && !text_equal(one->name, name))
            continue;
        tx->organisation = one->id;
        return true;
    }
    return err_set(err, ERR_NOT_FOUND, "there is no organisation %s", name);
}

bool pick_user(struct tx *tx, const char *email, const char *organisation, struct user *out,
               struct err *err)
{
    const char *address = user_email(tx->mem, email);
    const struct user *found = NULL;
    struct list all;
    size_t n = 0;

    if ((organisation && !pick_organisation(tx, organisation, err)) ||
        !user_by_email(tx, address, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct user *one = &((struct user *)all.items)[i];

        if (organisation && one->organisation_id.n != tx->organisation.n)
            continue;
        found = one;
        n++;
    }
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no user %s: see 'gestand user list'", address);
    if (n > 1)
        return err_set(err, ERR_INVALID,
                       "%s is in %zu organisations: say which with --organisation NAME", address,
                       n);
    *out = *found;
    tx->organisation = out->organisation_id;
    return true;
}
