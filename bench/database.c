#include "database.h"

#include "../src/base/log.h"
#include "../src/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void give_up(const char *doing, const struct err *err)
{
    fprintf(stderr, "%s: %s\n", doing, err->text);
    exit(1);
}

int64_t number_of(const char *text)
{
    int64_t number;

    if (!int_read(text, strlen(text), &number)) {
        fprintf(stderr, "'%s' is not a number\n", text);
        exit(2);
    }
    return number;
}

struct store *database_open(const char *data, const char *database, bool careless)
{
    const struct store_settings settings = { .data = data,
                                             .database =
                                                 text_equal(database, "-") ? NULL : database,
                                             .writers = 1,
                                             .careless = careless };
    struct store *store;
    struct err err;

    crypt_init();
    log_set_level(LOG_ERROR); /* that a batch takes long is what it is for */
    err_clear(&err);
    if (!store_open(&settings, &store, &err))
        give_up(data, &err);
    return store;
}

struct taking {
    struct arena *mem;
    struct ids *ids;
};

static bool take_id(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                    struct err *err)
{
    struct taking *taking = arg;
    struct ids *ids = taking->ids;

    (void)columns, (void)n, (void)err;
    if (ids->n == ids->cap) {
        int64_t *more = NEW_ARRAY(taking->mem, int64_t, ids->cap * 2 + 64);
        if (ids->n > 0)
            memcpy(more, ids->v, ids->n * sizeof(*more));
        ids->v = more;
        ids->cap = ids->cap * 2 + 64;
    }
    /* PostgreSQL's cells are texts. */
    ids->v[ids->n++] = cells[0].kind == CELL_INT ? cells[0].i : number_of(cells[0].data);
    return true;
}

bool database_ids(struct tx *tx, const char *text, struct ids *out, struct err *err)
{
    struct taking taking = { tx->mem, out };
    bool of_one = strstr(text, "$1");

    *out = (struct ids){ 0 };
    return db_each(tx, text, of_one ? ARGS(arg_organisation(tx)) : NO_ARGS, take_id, &taking, err);
}

static bool find_first(struct tx *tx, void *arg, struct err *err)
{
    struct ids ids;

    if (!database_ids(tx, "SELECT id FROM organisations ORDER BY id", &ids, err))
        return false;
    if (ids.n == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no organisation: run gestand init");
    *(organisation_id *)arg = (organisation_id){ ids.v[0] };
    return true;
}

organisation_id database_organisation(struct store *store)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("organisation");
    struct scope scope = { .mem = mem };
    organisation_id id;
    struct err err;

    err_clear(&err);
    if (!store_read(store, &scope, find_first, &id, &err))
        give_up("organisation", &err);
    return id;
}
