#include "node.h"

#include "../base/log.h"
#include "../store/events.h"
#include "../store/leases.h"

#include <stdatomic.h>

enum {
    NODES_N = 128, /* numbers for servers; commands have those above */
    LEASE_MS = 30 * 1000,
};

struct node {
    struct store *store;
    struct work work;
    _Atomic bool is_busy; /* work is on its way */
    bool is_leaving;
    const char *holder;
    int number; /* -1: none yet. Belongs to the closure while is_busy */
};

static const char *lease_name(struct tx *tx, int number)
{
    return arena_printf(tx->mem, "node %d", number);
}

/* Ours again, or else the first that is free. */
static bool hold(struct tx *tx, void *arg, struct err *err)
{
    struct node *node = arg;
    int first = node->number >= 0 ? node->number : 0;
    bool taken = false;

    for (int i = 0; i < NODES_N; i++) {
        int number = (first + i) % NODES_N;

        if (!lease_take(tx, lease_name(tx, number), node->holder, LEASE_MS, &taken, err))
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

    return lease_end(tx, lease_name(tx, node->number), node->holder, err);
}

/* By the clock of another machine, or by our own before it was set back, there may be newer ones.
 */
static bool go_on_after(struct tx *tx, void *arg, struct err *err)
{
    int64_t newest;

    (void)arg;
    if (!events_newest_id(tx, &newest, err))
        return false;
    if (newest > id_at(clock_now().ms))
        ids_begin_after(newest);
    return true;
}

bool node_take(struct store *store, struct arena *mem, struct node **out, struct err *err)
{
    struct node *node = NEW(mem, struct node);
    struct scope scope = { .mem = mem };

    node->store = store;
    node->number = -1;
    node->holder = lease_holder_new(mem);
    if (!store_write(store, &scope, hold, node, err) ||
        !store_read(store, &scope, go_on_after, NULL, err))
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
