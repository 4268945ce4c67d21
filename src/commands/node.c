#include "node.h"

#include "../base/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    NODES_N = 128, /* numbers for servers; commands have those above */
    LEASE_MS = 30 * 1000,
    HOLDER_LEN = 20,
};

struct node {
    struct store *store;
    struct work work;
    _Atomic bool is_busy; /* work is on its way */
    bool is_leaving;
    char holder[HOLDER_LEN + 1];
    int number; /* -1: none yet. Belongs to the closure while is_busy */
};

static const char *lease_name(struct tx *tx, int number)
{
    return arena_printf(tx->mem, "node %d", number);
}

static bool try_number(struct tx *tx, struct node *node, int number, bool *taken, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_NODE_LEASE_TAKE,
                   ARGS(arg_text(lease_name(tx, number)), arg_text(node->holder),
                        arg_time(instant_plus(tx->now, LEASE_MS)), arg_time(tx->now)),
                   &rows, err))
        return false;
    *taken = rows > 0;
    return true;
}

/* Ours again, or else the first that is free. */
static bool hold(struct tx *tx, void *arg, struct err *err)
{
    struct node *node = arg;
    int first = node->number >= 0 ? node->number : 0;
    bool taken = false;

    for (int i = 0; i < NODES_N; i++) {
        int number = (first + i) % NODES_N;

        if (!try_number(tx, node, number, &taken, err))
            return false;
        if (!taken)
            continue;
        node->number = number;
        return true;
    }
    return err_set(err, ERR_BUSY,
                   "all %d numbers for servers are taken: stop some, or wait half "
                   "a minute if they were killed",
                   NODES_N);
}

static bool end_lease(struct tx *tx, void *arg, struct err *err)
{
    struct node *node = arg;

    return db_run(tx, SQL_NODE_LEASE_END,
                  ARGS(arg_text(lease_name(tx, node->number)), arg_text(node->holder)), err);
}

bool node_take(struct store *store, struct arena *mem, struct node **out, struct err *err)
{
    struct node *node = NEW(mem, struct node);
    struct scope scope = { .mem = mem };

    node->store = store;
    node->number = -1;
    memcpy(node->holder, random_text(mem, HOLDER_LEN), HOLDER_LEN);
    if (!store_write(store, &scope, hold, node, err))
        return false;
    ids_set_node(node->number);
    *out = node;
    return true;
}

int node_number(const struct node *node)
{
    return node->number;
}

/* On a thread of the store. */
static void renewed(struct work *work)
{
    struct node *node = work->arg;

    if (work->ok && !node->is_leaving)
        ids_set_node(node->number);
    if (!work->ok)
        LOG_WARN("node.renew", "err=\"%s\"", work->err.text);
    arena_free(work->scope.mem);
    atomic_store(&node->is_busy, false);
}

static void start(struct node *node, store_fn *fn)
{
    node->work = (struct work){
        .scope = { .mem = arena_new("node") }, .fn = fn, .arg = node, .done = renewed
    };
    store_write_async(node->store, &node->work);
}

void node_renew(struct node *node)
{
    if (!atomic_exchange(&node->is_busy, true))
        start(node, hold);
}

void node_release(struct node *node)
{
    if (atomic_exchange(&node->is_busy, true))
        return; /* the database is away: the lease ends by itself */
    node->is_leaving = true;
    start(node, end_lease);
}
