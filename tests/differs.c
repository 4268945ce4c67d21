#include "differs.h"

#include <string.h>

struct looking {
    const char *kinds, *found;
};

static bool look(void *arg, const struct check_found *found, struct err *err)
{
    struct looking *looking = arg;
    const char *at = looking->kinds ? strstr(looking->kinds, found->check->kind) : "";

    (void)err;
    if (!looking->found && at && (!*at || at[strlen(found->check->kind)] == ' '))
        looking->found = found->check->kind;
    return true;
}

bool find_difference(struct tx *tx, const char *kinds, const char **out, struct err *err)
{
    struct looking looking = { .kinds = kinds };

    *out = NULL;
    if (!check_all(tx, NULL, look, &looking, err))
        return false;
    *out = looking.found;
    return true;
}
