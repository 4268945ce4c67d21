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
