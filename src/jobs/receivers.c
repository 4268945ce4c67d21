#include "receivers.h"

#include "../base/log.h"
#include "../domain/channels/channels.h"
#include "../store/leases.h"
#include "mailbox.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    MAILBOXES_MAX = 1000,
    WATCH_MS = 3 * 1000, /* another node's change is seen after this */
    RENEW_MS = 5 * 1000,
    LEASE_MS = 20 * 1000,
};

struct running {
    channel_id id;
    int64_t version;
    struct mailbox *box;
    bool is_leaving;  /* to be stopped in this round */
    bool is_released; /* its lease went to somebody else */
};

struct receivers {
    struct store *store;
    struct arena *mem;
    const char *holder;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken, stopping; /* under the lock */

    /* The watcher's own. */
    struct running running[MAILBOXES_MAX];
    size_t running_n;
    int64_t renewed_ms;
    bool is_crowded;
    struct lease_watch others;
};

static const char *lease_name(struct arena *mem, channel_id id)
{
    return arena_printf(mem, "channel:%lld", (long long)id.n);
}

/* --- what there is -------------------------------------------------------------------------- */

/* One look at the database: the channels that are to be read, and which of them nobody reads. */
struct look {
    struct receivers *receivers;
    struct channel_mark *marks; /* by id */
    size_t marks_n;
    struct channel_mark *free, *taken;
    size_t free_n, taken_n;
};

static int compare_marks(const void *a, const void *b)
{
    int64_t x = ((const struct channel_mark *)a)->id.n, y = ((const struct channel_mark *)b)->id.n;

    return x < y ? -1 : x > y;
}

static const struct channel_mark *find_mark(const struct look *look, channel_id id)
{
    struct channel_mark key = { .id = id };

    return look->marks_n == 0
               ? NULL
               : bsearch(&key, look->marks, look->marks_n, sizeof(key), compare_marks);
}

static bool is_running(const struct receivers *receivers, channel_id id)
{
    for (size_t i = 0; i < receivers->running_n; i++)
        if (receivers->running[i].id.n == id.n)
            return true;
    return false;
}

/* Looking costs no write: a node that has nothing to do disturbs nobody. */
static bool read_marks(struct tx *tx, void *arg, struct err *err)
{
    struct look *look = arg;
    size_t room = MAILBOXES_MAX - look->receivers->running_n;
    struct list marks;
    bool is_free;

    look->free_n = 0;
    if (!channel_marks(tx, &marks, err))
        return false;
    look->marks = marks.items;
    look->marks_n = marks.n;
    look->free = NEW_ARRAY(tx->mem, struct channel_mark, marks.n);
    if (marks.n > 0)
        qsort(look->marks, marks.n, sizeof(*look->marks), compare_marks);
    for (size_t i = 0; i < marks.n && look->free_n < room; i++) {
        if (is_running(look->receivers, look->marks[i].id))
            continue;
        if (!lease_is_free(tx, lease_name(tx->mem, look->marks[i].id), look->receivers->holder,
                           &is_free, err))
            return false;
        if (is_free)
            look->free[look->free_n++] = look->marks[i];
    }
    return true;
}

/* --- leases --------------------------------------------------------------------------------- */

static bool take_leases(struct tx *tx, void *arg, struct err *err)
{
    struct look *look = arg;
    bool is_ours;

    look->taken = NEW_ARRAY(tx->mem, struct channel_mark, look->free_n);
    look->taken_n = 0;
    for (size_t i = 0; i < look->free_n; i++) {
        if (!lease_take(tx, lease_name(tx->mem, look->free[i].id), look->receivers->holder,
                        LEASE_MS, &is_ours, err))
            return false;
        if (is_ours)
            look->taken[look->taken_n++] = look->free[i];
    }
    return true;
}

static bool end_leases(struct tx *tx, void *arg, struct err *err)
{
    struct receivers *receivers = arg;

    for (size_t i = 0; i < receivers->running_n; i++) {
        const struct running *running = &receivers->running[i];
        if (running->is_leaving && !running->is_released &&
            !lease_end(tx, lease_name(tx->mem, running->id), receivers->holder, err))
            return false;
    }
    return true;
}

static bool end_all_leases(struct tx *tx, void *arg, struct err *err)
{
    return lease_end_all(tx, ((struct receivers *)arg)->holder, err);
}

static bool is_read(const struct receivers *receivers, const char *name)
{
    long long id;

    return sscanf(name, "channel:%lld", &id) == 1 && is_running(receivers, (channel_id){ id });
}

struct renewing {
    const struct receivers *receivers;
    struct list names;
};

/* What we have but don't read is given back: it couldn't be started or ended, or nobody heard that
 * it was taken. */
static bool renew_leases(struct tx *tx, void *arg, struct err *err)
{
    struct renewing *renewing = arg;
    const char *holder = renewing->receivers->holder;
    const char **names;

    if (!lease_renew_all(tx, holder, LEASE_MS, &renewing->names, err))
        return false;
    names = renewing->names.items;
    for (size_t i = 0; i < renewing->names.n; i++)
        if (!is_read(renewing->receivers, names[i]) && !lease_end(tx, names[i], holder, err))
            return false;
    return true;
}

static bool is_among(const struct list *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(((const char **)names->items)[i], name) == 0)
            return true;
    return false;
}

/* Keeps what is ours; what somebody took while the database was out of reach is his. */
static void renew(struct receivers *receivers, struct arena *mem)
{
    struct scope scope = { .mem = mem };
    struct renewing renewing = { .receivers = receivers };
    struct err err;

    if (receivers->running_n == 0 || clock_monotonic_ms() - receivers->renewed_ms < RENEW_MS)
        return;
    if (!store_write(receivers->store, &scope, renew_leases, &renewing, &err)) {
        LOG_WARN("receivers.renew", "err=\"%s\"", err.text);
        return;
    }
    receivers->renewed_ms = clock_monotonic_ms();
    for (size_t i = 0; i < receivers->running_n; i++) {
        struct running *running = &receivers->running[i];
        if (!is_among(&renewing.names, lease_name(mem, running->id)))
            running->is_leaving = running->is_released = true;
    }
}

/* --- starting and stopping ------------------------------------------------------------------ */

static void start_taken(struct receivers *receivers, const struct look *look)
{
    for (size_t i = 0; i < look->taken_n; i++) {
        const struct channel_mark *mark = &look->taken[i];
        struct running *running = &receivers->running[receivers->running_n];
        struct err err;

        *running = (struct running){ .id = mark->id, .version = mark->version };
        if (mailbox_start(receivers->store, mark, &running->box, &err))
            receivers->running_n++;
        else /* its lease is given back with the next renewal: another may have more room */
            LOG_ERROR("receivers.start", "err=\"%s\"", err.text);
    }
}

static void start_new(struct receivers *receivers, struct look *look, struct arena *mem)
{
    struct scope scope = { .mem = mem };
    struct err err;

    if (look->marks_n > MAILBOXES_MAX && !receivers->is_crowded) {
        receivers->is_crowded = true;
        LOG_WARN("receivers.look", "err=\"one server reads %d mailboxes at most: add another\"",
                 MAILBOXES_MAX);
    }
    if (look->free_n == 0)
        return;
    if (!store_write(receivers->store, &scope, take_leases, look, &err)) {
        LOG_WARN("receivers.take", "err=\"%s\"", err.text);
        return;
    }
    start_taken(receivers, look);
}

/* All are asked before the first is waited for. */
static void stop_leaving(struct receivers *receivers, struct arena *mem)
{
    struct scope scope = { .mem = mem };
    size_t n = 0, kept = 0;
    struct err err;

    for (size_t i = 0; i < receivers->running_n; i++)
        if (receivers->running[i].is_leaving) {
            mailbox_ask_to_stop(receivers->running[i].box);
            n++;
        }
    if (n == 0)
        return;
    for (size_t i = 0; i < receivers->running_n; i++)
        if (receivers->running[i].is_leaving)
            mailbox_end(receivers->running[i].box);
    if (!store_write(receivers->store, &scope, end_leases, receivers, &err))
        LOG_WARN("receivers.end", "err=\"%s\"", err.text);
    for (size_t i = 0; i < receivers->running_n; i++)
        if (!receivers->running[i].is_leaving)
            receivers->running[kept++] = receivers->running[i];
    receivers->running_n = kept;
}

/* Those whose channel is gone or disabled leave; those whose settings changed read them again. */
static void compare(struct receivers *receivers, const struct look *look)
{
    for (size_t i = 0; i < receivers->running_n; i++) {
        struct running *running = &receivers->running[i];
        const struct channel_mark *mark = find_mark(look, running->id);

        if (!mark) {
            running->is_leaving = true;
        } else if (mark->version != running->version) {
            running->version = mark->version;
            mailbox_refresh(running->box);
        }
    }
}

static void look_once(struct receivers *receivers, struct arena *mem)
{
    struct scope scope = { .mem = mem };
    struct look look = { .receivers = receivers };
    struct err err;

    renew(receivers, mem);
    if (!lease_end_still(receivers->store, &receivers->others, receivers->holder, mem,
                         clock_monotonic_ms(), &err))
        LOG_WARN("receivers.watch", "err=\"%s\"", err.text);
    if (!store_read(receivers->store, &scope, read_marks, &look, &err)) {
        LOG_WARN("receivers.look", "err=\"%s\"", err.text);
        return;
    }
    compare(receivers, &look);
    stop_leaving(receivers, mem);
    start_new(receivers, &look, mem);
}

/* --- the watcher ---------------------------------------------------------------------------- */

/* False when it is time to stop. */
static bool wait_for_change(struct receivers *receivers)
{
    struct timespec until;
    bool go_on;

    /* Not by the wall clock: while it is set back, leases would run out here. */
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += WATCH_MS / 1000;
    pthread_mutex_lock(&receivers->lock);
    while (!receivers->is_woken && !receivers->stopping &&
           pthread_cond_clockwait(&receivers->woken, &receivers->lock, CLOCK_MONOTONIC, &until) ==
               0)
        ;
    receivers->is_woken = false;
    go_on = !receivers->stopping;
    pthread_mutex_unlock(&receivers->lock);
    return go_on;
}

static void end_everything(struct receivers *receivers, struct arena *mem)
{
    struct scope scope = { .mem = mem };
    struct err err;

    for (size_t i = 0; i < receivers->running_n; i++)
        mailbox_ask_to_stop(receivers->running[i].box);
    for (size_t i = 0; i < receivers->running_n; i++)
        mailbox_end(receivers->running[i].box);
    if (receivers->running_n > 0 &&
        !store_write(receivers->store, &scope, end_all_leases, receivers, &err))
        LOG_WARN("receivers.end", "err=\"%s\"", err.text);
    receivers->running_n = 0;
}

static void *watch(void *arg)
{
    struct receivers *receivers = arg;
    struct arena *mem = arena_new("receivers");

    do {
        look_once(receivers, mem);
        arena_reset(mem);
    } while (wait_for_change(receivers));
    end_everything(receivers, mem);
    arena_free(mem);
    return NULL;
}

static void wake(void *arg, unsigned wake)
{
    struct receivers *receivers = arg;

    if (!(wake & WAKE_CHANNELS))
        return;
    pthread_mutex_lock(&receivers->lock);
    receivers->is_woken = true;
    pthread_cond_signal(&receivers->woken);
    pthread_mutex_unlock(&receivers->lock);
}

bool receivers_start(struct store *store, struct receivers **out, struct err *err)
{
    struct arena *mem = arena_new("receivers");
    struct receivers *receivers = NEW(mem, struct receivers);

    *out = NULL;
    *receivers = (struct receivers){
        .store = store,
        .mem = mem,
        .holder = lease_holder_new(mem),
        .others = { .list = SQL_LEASE_HOLDERS, .end = SQL_LEASE_END_ALL },
    };
    pthread_mutex_init(&receivers->lock, NULL);
    pthread_cond_init(&receivers->woken, NULL);
    store_listen(store, wake, receivers);
    *out = receivers;
    if (pthread_create(&receivers->thread, NULL, watch, receivers) == 0)
        return true;
    receivers->stopping = true; /* nothing to stop */
    return err_set(err, ERR_INTERNAL, "cannot start a thread for the mailboxes");
}

void receivers_stop(struct receivers *receivers)
{
    bool was_stopping;

    if (!receivers)
        return;
    pthread_mutex_lock(&receivers->lock);
    was_stopping = receivers->stopping;
    receivers->stopping = true;
    pthread_cond_signal(&receivers->woken);
    pthread_mutex_unlock(&receivers->lock);
    if (!was_stopping)
        pthread_join(receivers->thread, NULL);
}

void receivers_free(struct receivers *receivers)
{
    if (!receivers)
        return;
    lease_watch_free(&receivers->others);
    arena_free(receivers->mem);
}
