#include "store.h"

#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 4, ROUNDS = 25, QUEUED = 200, MORE_THAN_THE_QUEUE = 4096 + 100 };

/* --- a counter, in a table that every organisation has ------------------------------------- */

static bool make_counter(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_run(tx,
                  sql_composed("INSERT INTO teams (organisation_id, id, name, created_at) "
                               "VALUES ($1, 1, 'counter', 0)"),
                  ARGS(arg_organisation(tx)), err);
}

static bool read_counter(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx, sql_composed("SELECT created_at FROM teams WHERE organisation_id = $1"),
                     ARGS(arg_organisation(tx)), n, err);
}

/* Reads, then writes what it read plus one: two at once would lose one. */
static bool count_up(struct tx *tx, void *arg, struct err *err)
{
    int64_t n;

    (void)arg;
    return read_counter(tx, &n, err) &&
           db_run(tx, sql_composed("UPDATE teams SET created_at = $2 WHERE organisation_id = $1"),
                  ARGS(arg_organisation(tx), arg_int(n + 1)), err);
}

static int64_t counter(struct world *w)
{
    int64_t n = -1;

    return world_read(w, read_counter, &n) ? n : -1;
}

/* --- threads ------------------------------------------------------------------------------- */

struct caller {
    pthread_t thread;
    struct world *w;
    int done;   /* acknowledged */
    int busy;   /* refused for now */
    int failed; /* anything else */
};

static void *call_many_times(void *arg)
{
    struct caller *caller = arg;
    CLEANUP(arena_freep) struct arena *mem = arena_new("caller");
    struct scope scope = caller->w->scope;
    struct err err;
    int64_t n;

    scope.mem = mem;
    for (int i = 0; i < ROUNDS; i++) {
        if (store_write(caller->w->store, &scope, count_up, NULL, &err))
            caller->done++;
        else if (err.code == ERR_BUSY)
            caller->busy++;
        else
            caller->failed++;
        if (!store_read(caller->w->store, &scope, read_counter, &n, &err) || n < caller->done)
            caller->failed++;
        arena_reset(mem);
    }
    return NULL;
}

TEST(no_update_is_lost_however_many_write_at_once)
{
    WORLD(w);
    struct caller callers[THREADS] = { 0 };
    int done = 0, failed = 0;

    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    for (size_t i = 0; i < THREADS; i++) {
        callers[i].w = &w;
        pthread_create(&callers[i].thread, NULL, call_many_times, &callers[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(callers[i].thread, NULL);
        done += callers[i].done;
        failed += callers[i].failed;
    }
    CHECK(failed == 0);
    CHECK(done > 0);
    CHECK(counter(&w) == done);
}

/* --- many at once, without waiting --------------------------------------------------------- */

/* Holds up the writer until it is let go. */
struct gate {
    sem_t reached, open;
    atomic_int runs;
};

static bool wait_at_gate(struct tx *tx, void *arg, struct err *err)
{
    struct gate *gate = arg;

    (void)tx, (void)err;
    if (atomic_fetch_add(&gate->runs, 1) > 0)
        return true;
    sem_post(&gate->reached);
    sem_wait(&gate->open);
    return true;
}

struct sent {
    struct work work;
    struct tally *tally;
};

struct tally {
    atomic_int ok, busy, refused, other;
    sem_t answered;
};

static void note_answer(struct work *work)
{
    struct tally *tally = ((struct sent *)work)->tally;

    if (work->ok)
        atomic_fetch_add(&tally->ok, 1);
    else if (work->err.code == ERR_BUSY)
        atomic_fetch_add(&tally->busy, 1);
    else if (work->err.code == ERR_DENIED)
        atomic_fetch_add(&tally->refused, 1);
    else
        atomic_fetch_add(&tally->other, 1);
    sem_post(&tally->answered);
}

/* Sends n closures; every refuse_each-th is `other`. */
static struct sent *send_many(struct world *w, struct tally *tally, size_t n, store_fn *fn,
                              size_t refuse_each, store_fn *other)
{
    struct sent *sent = NEW_ARRAY(w->mem, struct sent, n);

    for (size_t i = 0; i < n; i++) {
        sent[i].tally = tally;
        sent[i].work.scope = w->scope;
        sent[i].work.scope.mem = arena_new("sent");
        sent[i].work.fn = refuse_each > 0 && i % refuse_each == 0 ? other : fn;
        sent[i].work.done = note_answer;
        store_write_async(w->store, &sent[i].work);
    }
    return sent;
}

static void wait_for_all(struct sent *sent, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sem_wait(&sent[0].tally->answered);
    for (size_t i = 0; i < n; i++)
        arena_free(sent[i].work.scope.mem);
}

/* One world with one writer, which stands at the gate. */
static bool hold_the_writer(struct world *w, struct gate *gate, struct tally *tally,
                            struct sent **held)
{
    w->settings.twice = false;
    w->settings.writers = 1;
    sem_init(&gate->reached, 0, 0);
    sem_init(&gate->open, 0, 0);
    sem_init(&tally->answered, 0, 0);
    if (!world_reopen(w))
        return false;
    *held = NEW(w->mem, struct sent);
    (*held)->tally = tally;
    (*held)->work.scope = w->scope;
    (*held)->work.scope.mem = arena_new("held");
    (*held)->work.fn = wait_at_gate;
    (*held)->work.arg = gate;
    (*held)->work.done = note_answer;
    store_write_async(w->store, &(*held)->work);
    sem_wait(&gate->reached);
    return true;
}

static bool count_up_then_refuse(struct tx *tx, void *arg, struct err *err)
{
    return count_up(tx, arg, err) && err_set(err, ERR_DENIED, "no");
}

static bool refuse(struct tx *tx, void *arg, struct err *err)
{
    (void)tx, (void)arg;
    return err_set(err, ERR_DENIED, "no");
}

TEST(a_closure_that_fails_undoes_itself_and_none_of_the_others_that_wait_with_it)
{
    WORLD(w);
    struct gate gate = { 0 };
    struct tally tally = { 0 };
    struct sent *held, *sent;

    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    CHECK_OK(hold_the_writer(&w, &gate, &tally, &held), &w.err);
    sent = send_many(&w, &tally, QUEUED, count_up, 10, count_up_then_refuse);
    sem_post(&gate.open);
    wait_for_all(sent, QUEUED);
    wait_for_all(held, 1);
    CHECK(tally.refused == QUEUED / 10);
    CHECK(tally.ok == QUEUED - QUEUED / 10 + 1);
    CHECK(counter(&w) == QUEUED - QUEUED / 10);
}

TEST(what_waits_together_shares_a_commit_on_sqlite)
{
    WORLD(w);
    struct gate gate = { 0 };
    struct tally tally = { 0 };
    struct sent *held, *sent;
    struct store_stats stats;

    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    CHECK_OK(hold_the_writer(&w, &gate, &tally, &held), &w.err);
    sent = send_many(&w, &tally, QUEUED, count_up, 10, refuse);
    sem_post(&gate.open);
    wait_for_all(sent, QUEUED);
    wait_for_all(held, 1);
    CHECK(tally.refused == QUEUED / 10);
    CHECK(counter(&w) == QUEUED - QUEUED / 10);
    store_stats(w.store, &stats);
    CHECK(world_is_postgres(&w) ? stats.commits > QUEUED / 2 : stats.commits <= 3);
}

TEST(a_full_queue_says_so_at_once_and_loses_nothing_that_it_took)
{
    WORLD(w);
    struct gate gate = { 0 };
    struct tally tally = { 0 };
    struct sent *held, *sent;

    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    CHECK_OK(hold_the_writer(&w, &gate, &tally, &held), &w.err);
    sent = send_many(&w, &tally, MORE_THAN_THE_QUEUE, count_up, 0, NULL);
    CHECK(tally.busy == 100);
    CHECK(sent[MORE_THAN_THE_QUEUE - 1].work.err.retry_after_ms > 0);
    sem_post(&gate.open);
    wait_for_all(sent, MORE_THAN_THE_QUEUE);
    wait_for_all(held, 1);
    CHECK(tally.busy == 100);
    CHECK(counter(&w) == MORE_THAN_THE_QUEUE - 100);
}

TEST(closing_finishes_what_is_queued)
{
    WORLD(w);
    struct gate gate = { 0 };
    struct tally tally = { 0 };
    struct sent *held, *sent;

    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    CHECK_OK(hold_the_writer(&w, &gate, &tally, &held), &w.err);
    sent = send_many(&w, &tally, QUEUED, count_up, 0, NULL);
    sem_post(&gate.open);
    CHECK_OK(world_reopen(&w), &w.err);
    wait_for_all(sent, QUEUED);
    wait_for_all(held, 1);
    CHECK(tally.ok == QUEUED + 1);
    CHECK(counter(&w) == QUEUED);
}

/* --- what else a closure may count on ------------------------------------------------------ */

static bool count_run(struct tx *tx, void *runs, struct err *err)
{
    (void)tx, (void)err;
    ++*(int *)runs;
    return true;
}

TEST(the_debug_mode_runs_every_write_twice_and_keeps_one)
{
    WORLD(w);
    int runs = 0;

    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    CHECK_OK(world_write(&w, count_run, &runs), &w.err);
    CHECK(runs == 2);
    CHECK_OK(world_write(&w, count_up, NULL), &w.err);
    CHECK(counter(&w) == 1);
}

struct seen {
    struct world *w;
    unsigned wake;
    int64_t counter;
};

static void look(void *arg, unsigned wake)
{
    struct seen *seen = arg;
    struct scope scope = seen->w->scope;
    struct err err;
    CLEANUP(arena_freep) struct arena *mem = arena_new("look");

    scope.mem = mem;
    seen->wake |= wake;
    if (!store_read(seen->w->store, &scope, read_counter, &seen->counter, &err))
        seen->counter = -1;
}

static bool count_up_and_wake(struct tx *tx, void *arg, struct err *err)
{
    tx_wake(tx, WAKE_JOBS);
    return count_up(tx, arg, err);
}

static bool wake_and_refuse(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    tx_wake(tx, WAKE_CHANNELS);
    return err_set(err, ERR_DENIED, "no");
}

TEST(listeners_are_woken_after_the_commit_and_see_what_it_brought)
{
    WORLD(w);
    struct seen seen = { .w = &w };

    store_listen(w.store, look, &seen);
    CHECK_OK(world_write(&w, make_counter, NULL), &w.err);
    CHECK(seen.wake == 0);
    CHECK(!world_write(&w, wake_and_refuse, NULL));
    CHECK(seen.wake == 0);
    CHECK_OK(world_write(&w, count_up_and_wake, NULL), &w.err);
    CHECK(seen.wake == WAKE_JOBS);
    CHECK(seen.counter == 1);
}

struct moments {
    instant at[2];
    int n;
};

static bool note_moment(struct tx *tx, void *arg, struct err *err)
{
    struct moments *moments = arg;

    (void)err;
    moments->at[moments->n++ % 2] = tx->now;
    clock_advance(1000);
    return true;
}

TEST(a_closure_that_runs_again_sees_the_same_moment)
{
    WORLD(w);
    struct moments moments = { 0 };

    clock_fake((instant){ 1700000000000 });
    CHECK_OK(world_write(&w, note_moment, &moments), &w.err);
    CHECK(moments.n == 2);
    CHECK(moments.at[0].ms == 1700000000000 && moments.at[1].ms == 1700000000000);
}
