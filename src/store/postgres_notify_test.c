#include "notifier.h"

#include "test.h"
#include "world.h"

#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

enum { PATIENCE_S = 20, MANY = 500 };

/* --- gathering ----------------------------------------------------------------------------- */

TEST(what_is_told_soon_after_goes_out_together_and_once)
{
    struct gathered gathered = { 0 };

    CHECK(gathered_wait_ms(&gathered, 1000) == -1);
    CHECK(gathered_add(&gathered, WAKE_JOBS, 1000));
    CHECK(!gathered_add(&gathered, WAKE_CHANNELS, 1004));
    CHECK(!gathered_add(&gathered, WAKE_JOBS, 1009));
    CHECK(gathered_wait_ms(&gathered, 1004) == 6);
    CHECK(gathered_take(&gathered, 1009) == 0);
    CHECK(gathered_wait_ms(&gathered, 1012) == 0);
    CHECK(gathered_take(&gathered, 1010) == (WAKE_JOBS | WAKE_CHANNELS));
    CHECK(gathered_take(&gathered, 1010) == 0);
    CHECK(gathered_wait_ms(&gathered, 1010) == -1);
    CHECK(gathered_add(&gathered, WAKE_SEALED, 1010));
    CHECK(gathered_take(&gathered, 1019) == 0);
    CHECK(gathered_take(&gathered, 1020) == WAKE_SEALED);
}

/* --- two nodes ----------------------------------------------------------------------------- */

/* A node and what it heard. */
struct node {
    struct store *store;
    sem_t heard;
    _Atomic unsigned wake; /* since the last look */
    atomic_int jobs_n, calls_n;
};

static void hear(void *arg, unsigned wake)
{
    struct node *node = arg;

    atomic_fetch_or(&node->wake, wake);
    atomic_fetch_add(&node->calls_n, 1);
    atomic_fetch_add(&node->jobs_n, (wake & WAKE_JOBS) && wake != WAKE_ALL);
    sem_post(&node->heard);
}

/* Waits until it has heard all of these since the last time. */
static bool wait_for(struct node *node, unsigned wake, int seconds)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    while ((atomic_load(&node->wake) & wake) != wake)
        if (sem_timedwait(&node->heard, &until) != 0 && errno != EINTR)
            return false;
    atomic_store(&node->wake, 0);
    return true;
}

static bool start(struct node *node, struct world *w)
{
    struct store_settings settings = w->settings;

    settings.is_node = true;
    settings.twice = false;
    sem_init(&node->heard, 0, 0);
    if (!store_open(&settings, &node->store, &w->err))
        return false;
    store_listen(node->store, hear, node);
    return true;
}

static void end(struct node *node)
{
    store_close(node->store);
    sem_destroy(&node->heard);
}

#define TWO_NODES(w, a, b)                                                                         \
    WORLD(w);                                                                                      \
    CLEANUP(end) struct node a = { 0 };                                                            \
    CLEANUP(end) struct node b = { 0 };                                                            \
    if (!world_is_postgres(&w)) {                                                                  \
        test_skip("is about PostgreSQL");                                                          \
        return;                                                                                    \
    }                                                                                              \
    w.settings.database =                                                                          \
        arena_printf(w.mem, "%s&application_name=%s", w.settings.database, w.schema);              \
    CHECK_OK(start(&a, &w) && start(&b, &w), &w.err)

static bool wake(struct tx *tx, void *arg, struct err *err)
{
    (void)err;
    tx_wake(tx, *(const unsigned *)arg);
    return true;
}

static bool commit(struct world *w, struct node *node, unsigned what)
{
    return store_write(node->store, &w->scope, wake, &what, &w->err);
}

/* A fresh node is deaf until its notifier has connected, and then is woken for everything. */
static bool is_reached(struct world *w, struct node *from, struct node *to)
{
    atomic_store(&to->wake, 0);
    for (int i = 0; i < PATIENCE_S; i++)
        if (commit(w, from, WAKE_CHANNELS) && wait_for(to, WAKE_CHANNELS, 1))
            return true;
    return false;
}

TEST(a_node_hears_what_another_committed_and_not_its_own_again)
{
    TWO_NODES(w, a, b);

    CHECK_OK(is_reached(&w, &a, &b) && is_reached(&w, &b, &a), &w.err);
    atomic_store(&a.jobs_n, 0);
    atomic_store(&b.jobs_n, 0);
    CHECK_OK(commit(&w, &a, WAKE_JOBS), &w.err);
    CHECK(wait_for(&b, WAKE_JOBS, PATIENCE_S));
    /* What was told to everybody before this has come back to the one who told it. */
    CHECK_OK(commit(&w, &b, WAKE_SEALED), &w.err);
    CHECK(wait_for(&a, WAKE_SEALED, PATIENCE_S));
    CHECK(atomic_load(&a.jobs_n) == 1);
    CHECK(atomic_load(&b.jobs_n) == 1);
}

TEST(many_commits_are_told_in_few_notifications)
{
    TWO_NODES(w, a, b);
    int64_t began, took;

    CHECK_OK(is_reached(&w, &a, &b), &w.err);
    atomic_store(&b.jobs_n, 0);
    began = clock_monotonic_ms();
    for (int i = 0; i < MANY; i++)
        CHECK_OK(commit(&w, &a, WAKE_JOBS), &w.err);
    CHECK_OK(commit(&w, &a, WAKE_SEALED), &w.err);
    CHECK(wait_for(&b, WAKE_SEALED, PATIENCE_S));
    took = clock_monotonic_ms() - began;
    CHECK(atomic_load(&b.jobs_n) > 0);
    CHECK(atomic_load(&b.jobs_n) <= took / NOTIFY_GATHER_MS + 1);
}

/* --- a lost connection ----------------------------------------------------------------------- */

static bool end_sessions(struct tx *tx, void *name, struct err *err)
{
    int64_t ignored;

    return db_number(tx,
                     sql_composed("SELECT count(pg_terminate_backend(pid, 5000)) "
                                  "FROM pg_stat_activity WHERE application_name = $1"),
                     ARGS(arg_text(name)), &ignored, err);
}

TEST(a_node_whose_connection_was_lost_looks_at_everything_and_listens_again)
{
    TWO_NODES(w, a, b);
    char *name = arena_text(w.mem, w.schema);

    CHECK_OK(is_reached(&w, &a, &b) && is_reached(&w, &b, &a), &w.err);
    for (int i = 0; i < 3; i++) {
        atomic_store(&a.wake, 0);
        atomic_store(&b.wake, 0);
        CHECK_OK(world_read(&w, end_sessions, name), &w.err);
        CHECK(wait_for(&a, WAKE_ALL, PATIENCE_S));
        CHECK(wait_for(&b, WAKE_ALL, PATIENCE_S));
        CHECK_OK(commit(&w, &a, WAKE_JOBS), &w.err);
        CHECK(wait_for(&b, WAKE_JOBS, PATIENCE_S));
    }
}
