#include "open.h"

#include "../base/crypt.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { COMMAND_NODES_FROM = 128, COMMAND_NODES_N = 128, CONNECTIONS = 2 };

/* Servers have the numbers below, by lease; a command lives for a moment and takes any. */
static void take_node(void)
{
    uint8_t n;

    random_bytes(&n, 1);
    ids_set_node(COMMAND_NODES_FROM + n % COMMAND_NODES_N);
}

static bool open_in(const char *data, const char *database, int schema, struct store **out,
                    struct err *err)
{
    struct store_settings settings = { .data = data, .database = database, .schema = schema };

    /* One writer is enough: it leaves the connections to the servers. */
    settings.readers = CONNECTIONS;
    settings.writers = 1;
    take_node();
    return store_open(&settings, out, err);
}

static bool has_file(const char *data, const char *name)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("path");

    return access(arena_printf(mem, "%s/%s", data, name), F_OK) == 0;
}

bool key_is_there(const char *data)
{
    return has_file(data, "key");
}

bool open_store(const char *data, const char *database, int schema, struct store **out,
                struct err *err)
{
    if (access(data, R_OK | W_OK | X_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, "%s can't be used: %s", data, strerror(errno));
    if (!key_is_there(data) || (!database && !has_file(data, "gestand.db")))
        return err_set(err, ERR_NOT_FOUND,
                       "there is no Gestand in %s: name its folder, or make one with 'gestand "
                       "init'",
                       data);
    return open_in(data, database, schema, out, err);
}

static bool count_organisations(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx, SQL_ORGANISATIONS_COUNT, NO_ARGS, n, err);
}

bool check_new_key(struct store *store, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("key");
    struct scope scope = { .mem = mem };
    const char *data = store_settings(store)->data;
    int64_t n = 0;

    if (!store_read(store, &scope, count_organisations, &n, err))
        return false;
    if (n == 0)
        return true;
    unlink(arena_printf(mem, "%s/key", data));
    return err_set(err, ERR_INVALID,
                   "the database is in use and its key is not in %s: copy the file 'key' from the "
                   "other machine's folder, or from a backup",
                   data);
}

bool make_store(const char *data, const char *database, struct store **out, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    bool has_key = key_is_there(data);

    if (!open_in(data, database, 0, &store, err) || (!has_key && !check_new_key(store, err)))
        return false;
    *out = store;
    store = NULL;
    return true;
}
