/* sealer.c — the thread that gives events their positions, in batches, beside the writers, and says
 * when there is something for live streams. */
#include "events.h"

#include "store_inside.h"

#include "../base/log.h"

#include <pthread.h>
#include <time.h>

enum {
    BATCH_MAX = 1000, /* events in one transaction */
    GATHER_MS = 10,   /* between two rounds: streams are resumed in batches */
    IDLE_MS = 1000,   /* a lost wake-up costs at most this */
    WAKE_NEWS = WAKE_SEALED | WAKE_PRESENCE,
};

struct sealer {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    unsigned wake; /* since the last look */
    bool stopping;
    news_fn *news;
    void *arg;
};

static void wake_sealer(void *arg, unsigned wake)
{
    struct sealer *sealer = arg;

    if (!(wake & (WAKE_EVENTS | WAKE_NEWS)))
        return;
    pthread_mutex_lock(&sealer->lock);
    sealer->wake |= wake & (WAKE_EVENTS | WAKE_NEWS);
    pthread_cond_signal(&sealer->woken);
    pthread_mutex_unlock(&sealer->lock);
}

/* Waits for a wake-up; false when it is time to stop. *wake is what it was, or that events may
 * be there after a while without. */
static bool wait_for_events(struct sealer *sealer, unsigned *wake)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_MS / 1000;
    pthread_mutex_lock(&sealer->lock);
    if (sealer->wake == 0 && !sealer->stopping)
        pthread_cond_clockwait(&sealer->woken, &sealer->lock, CLOCK_MONOTONIC, &until);
    *wake = sealer->wake != 0 ? sealer->wake : WAKE_EVENTS;
    sealer->wake = 0;
    go_on = !sealer->stopping;
    pthread_mutex_unlock(&sealer->lock);
    return go_on;
}

/* One transaction; false when there is nothing more for now. */
static bool seal_some(struct sealer *sealer, struct arena *mem)
{
    struct sealing sealing = { .max = BATCH_MAX };
    struct scope scope = { .mem = mem };
    struct err err;

    arena_reset(mem);
    if (!store_write(sealer->store, &scope, events_seal, &sealing, &err)) {
        LOG_WARN("events.seal", "err=\"%s\"", err.text);
        return false;
    }
    if (sealing.sealed > 0) {
        sealer->news(sealer->arg, WAKE_SEALED);
        store_tell_nodes(sealer->store, WAKE_SEALED);
    }
    return sealing.sealed == BATCH_MAX;
}

static void *seal_loop(void *arg)
{
    struct sealer *sealer = arg;
    struct arena *mem = arena_new("sealer");
    unsigned wake;

    while (wait_for_events(sealer, &wake)) {
        if (wake & WAKE_NEWS)
            sealer->news(sealer->arg, wake & WAKE_NEWS);
        while ((wake & WAKE_EVENTS) && seal_some(sealer, mem))
            ;
        nanosleep(&(struct timespec){ .tv_nsec = GATHER_MS * 1000000 }, NULL);
    }
    arena_free(mem);
    return NULL;
}

struct sealer *sealer_start(struct store *store, news_fn *news, void *arg)
{
    struct sealer *sealer = NEW(store->mem, struct sealer);

    *sealer = (struct sealer){ .store = store, .news = news, .arg = arg };
    pthread_mutex_init(&sealer->lock, NULL);
    pthread_cond_init(&sealer->woken, NULL);
    store_listen(store, wake_sealer, sealer);
    pthread_create(&sealer->thread, NULL, seal_loop, sealer);
    return sealer;
}

void sealer_stop(struct sealer *sealer)
{
    if (!sealer)
        return;
    pthread_mutex_lock(&sealer->lock);
    sealer->stopping = true;
    pthread_cond_signal(&sealer->woken);
    pthread_mutex_unlock(&sealer->lock);
    pthread_join(sealer->thread, NULL);
}
