/* sealer.c — the thread that gives events their positions, in batches, beside the writers. */
#include "events.h"

#include "../base/log.h"

#include <pthread.h>
#include <time.h>

enum {
    BATCH_MAX = 1000, /* events in one transaction */
    GATHER_MS = 10,   /* between two rounds: streams are resumed in batches */
    IDLE_MS = 1000,   /* a lost wake-up costs at most this */
};

struct sealer {
    struct store *store;
    struct arena *mem;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken, stopping;
    void (*sealed_fn)(void *arg);
    void *arg;
};

static void wake_sealer(void *arg, unsigned wake)
{
    struct sealer *sealer = arg;

    if (!(wake & WAKE_EVENTS))
        return;
    pthread_mutex_lock(&sealer->lock);
    sealer->is_woken = true;
    pthread_cond_signal(&sealer->woken);
    pthread_mutex_unlock(&sealer->lock);
}

/* Waits for a wake-up; false when it is time to stop. */
static bool wait_for_events(struct sealer *sealer)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += IDLE_MS / 1000;
    pthread_mutex_lock(&sealer->lock);
    if (!sealer->is_woken && !sealer->stopping)
        pthread_cond_timedwait(&sealer->woken, &sealer->lock, &until);
    sealer->is_woken = false;
    go_on = !sealer->stopping;
    pthread_mutex_unlock(&sealer->lock);
    return go_on;
}

static void *seal_loop(void *arg)
{
    struct sealer *sealer = arg;
    struct sealing sealing = { .max = BATCH_MAX };
    struct arena *mem = arena_new("sealer");
    struct err err;

    while (wait_for_events(sealer)) {
        do {
            struct scope scope = { .mem = mem };

            sealing.sealed = 0;
            if (!store_write(sealer->store, &scope, events_seal, &sealing, &err)) {
                LOG_WARN("events.seal", "err=\"%s\"", err.text);
                sealing.sealed = 0;
            }
            arena_reset(mem);
            if (sealing.sealed > 0)
                sealer->sealed_fn(sealer->arg);
        } while (sealing.sealed == BATCH_MAX);
        nanosleep(&(struct timespec){ .tv_nsec = GATHER_MS * 1000000 }, NULL);
    }
    arena_free(mem);
    return NULL;
}

struct sealer *sealer_start(struct store *store, void (*sealed_fn)(void *arg), void *arg)
{
    struct arena *mem = arena_new("sealer");
    struct sealer *sealer = NEW(mem, struct sealer);

    *sealer = (struct sealer){ .store = store, .mem = mem, .sealed_fn = sealed_fn, .arg = arg };
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
    arena_free(sealer->mem);
}
