#include "leases.h"

#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct taking {
    const char *name, *holder;
    int64_t ms;
    bool taken, is_free;
    struct list names;
};

static bool take(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;

    return lease_take(tx, taking->name, taking->holder, taking->ms, &taking->taken, err);
}

static bool look(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;

    return lease_is_free(tx, taking->name, taking->holder, &taking->is_free, err);
}

static bool renew(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;

    return lease_renew_all(tx, taking->holder, taking->ms, &taking->names, err);
}

static bool end_all(struct tx *tx, void *arg, struct err *err)
{
    return lease_end_all(tx, ((struct taking *)arg)->holder, err);
}

static void use_real_clock(const int64_t *unused)
{
    (void)unused;
    clock_fake((instant){ 0 });
}

TEST(a_lease_has_one_holder_until_it_runs_out_or_is_given_back)
{
    WORLD(w);
    CLEANUP(use_real_clock) int64_t begin = clock_now().ms;
    struct taking one = { "channel:1", lease_holder_new(w.mem), MINUTE_MS, false, false, { 0 } };
    struct taking two = { "channel:1", lease_holder_new(w.mem), MINUTE_MS, false, false, { 0 } };

    clock_fake((instant){ begin });
    CHECK_OK(world_write(&w, take, &one), &w.err);
    CHECK(one.taken);
    CHECK_OK(world_write(&w, take, &two) && world_read(&w, look, &two), &w.err);
    CHECK(!two.taken && !two.is_free);
    CHECK_OK(world_read(&w, look, &one), &w.err);
    CHECK(one.is_free); /* for him */

    clock_advance(40 * SECOND_MS);
    CHECK_OK(world_write(&w, renew, &one), &w.err);
    CHECK(one.names.n == 1);
    CHECK_TEXT(((const char **)one.names.items)[0], "channel:1");
    clock_advance(40 * SECOND_MS);
    CHECK_OK(world_write(&w, take, &two), &w.err);
    CHECK(!two.taken);

    clock_advance(21 * SECOND_MS);
    CHECK_OK(world_read(&w, look, &two) && world_write(&w, take, &two), &w.err);
    CHECK(two.is_free && two.taken);
    CHECK_OK(world_write(&w, renew, &one), &w.err);
    CHECK(one.names.n == 0); /* it learns that it lost it */

    CHECK_OK(world_write(&w, end_all, &two) && world_write(&w, take, &one), &w.err);
    CHECK(one.taken);
}

/* A holder whose process has ended. */
static const char *holder_of_ended_process(struct arena *mem)
{
    char *holder = arena_alloc(mem, 256);
    int way[2], status;
    pid_t child;

    if (pipe(way) != 0)
        return NULL;
    child = fork();
    if (child == 0) {
        const char *own = lease_holder_new(mem);
        _exit(write(way[1], own, strlen(own)) < 0);
    }
    waitpid(child, &status, 0);
    close(way[1]);
    if (read(way[0], holder, 255) <= 0)
        holder = NULL;
    close(way[0]);
    return holder;
}

TEST(what_a_process_of_this_machine_held_when_it_ended_is_free_at_once)
{
    WORLD(w);
    struct taking ended = {
        "node 0", holder_of_ended_process(w.mem), HOUR_MS, false, false, { 0 }
    };
    struct taking next = { "node 0", lease_holder_new(w.mem), HOUR_MS, false, false, { 0 } };
    struct taking far = { "node 1", NULL, HOUR_MS, false, false, { 0 } };

    CHECK(ended.holder != NULL);
    CHECK_OK(world_write(&w, take, &ended) && world_read(&w, look, &next), &w.err);
    CHECK(ended.taken && next.is_free);
    CHECK_OK(world_write(&w, take, &next), &w.err);
    CHECK(next.taken);

    /* The same process id on another machine says nothing. */
    far.holder = arena_printf(w.mem, "elsewhere%s", strchr(ended.holder, '/'));
    CHECK_OK(world_write(&w, take, &far), &w.err);
    far.holder = next.holder;
    CHECK_OK(world_write(&w, take, &far), &w.err);
    CHECK(!far.taken);
}

/* --- by clocks that were wrong ---------------------------------------------------------------- */

static bool watch(struct world *w, struct lease_watch *watch, int64_t at_s)
{
    return lease_end_still(w->store, watch, "us", w->mem, at_s * SECOND_MS, &w->err);
}

static bool is_taken(struct world *w, const char *holder, bool *out)
{
    struct taking taking = { "channel:1", holder, MINUTE_MS, false, false, { 0 } };
    bool ok = world_write(w, take, &taking);

    *out = taking.taken;
    return ok;
}

TEST(what_a_clock_a_day_ahead_leased_is_free_when_nobody_renews_it_for_a_lease_s_length)
{
    WORLD(w);
    CLEANUP(use_real_clock) int64_t right = clock_now().ms;
    CLEANUP(lease_watch_free)
    struct lease_watch others = { .list = SQL_LEASE_HOLDERS, .end = SQL_LEASE_END_ALL };
    bool taken;

    clock_fake((instant){ right + DAY_MS });
    CHECK_OK(is_taken(&w, "before the reboot", &taken), &w.err);
    CHECK(taken);
    clock_fake((instant){ right });
    for (int64_t at_s = 0; at_s < 60; at_s += 3) {
        CHECK_OK(watch(&w, &others, at_s) && is_taken(&w, "us", &taken), &w.err);
        CHECK(!taken);
    }
    CHECK_OK(watch(&w, &others, 60) && is_taken(&w, "us", &taken), &w.err);
    CHECK(taken);
}

TEST(who_renews_keeps_his_lease_however_far_his_clock_is_ahead)
{
    WORLD(w);
    CLEANUP(use_real_clock) int64_t right = clock_now().ms;
    CLEANUP(lease_watch_free)
    struct lease_watch others = { .list = SQL_LEASE_HOLDERS, .end = SQL_LEASE_END_ALL };
    struct taking ahead = { "channel:1", "ahead", MINUTE_MS, false, false, { 0 } };
    static const int64_t by[] = { MINUTE_MS, DAY_MS };
    bool taken;

    for (size_t i = 0; i < COUNT(by); i++)
        for (int64_t at_s = 0; at_s < 200; at_s += 20) {
            clock_fake((instant){ right + by[i] + at_s * SECOND_MS });
            CHECK_OK(world_write(&w, take, &ahead), &w.err);
            CHECK(ahead.taken);
            clock_fake((instant){ right + at_s * SECOND_MS });
            CHECK_OK(watch(&w, &others, at_s) && is_taken(&w, "us", &taken), &w.err);
            CHECK(!taken);
        }
}

TEST(our_own_leases_are_ours_though_we_could_not_renew_them)
{
    WORLD(w);
    CLEANUP(lease_watch_free)
    struct lease_watch others = { .list = SQL_LEASE_HOLDERS, .end = SQL_LEASE_END_ALL };
    bool taken;

    CHECK_OK(is_taken(&w, "us", &taken) && watch(&w, &others, 0) && watch(&w, &others, 600),
             &w.err);
    CHECK_OK(is_taken(&w, "another", &taken), &w.err);
    CHECK(!taken);
}
