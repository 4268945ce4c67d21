/* postgres_notify.c — NOTIFY and LISTEN between the nodes on one PostgreSQL. */
#include "notifier.h"

#include "postgres_connect.h"

#include "../base/log.h"
#include "../base/text.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { CHANNEL_MAX = 32, PAUSE_MIN_MS = 50, PAUSE_MAX_MS = 2000 };

struct notifier {
    struct store *store;
    struct arena *mem;
    pthread_t thread;
    int woken_fd; /* written to when the thread has something to look at */
    pthread_mutex_t lock;
    struct gathered gathered;
    bool stopping;
    /* the thread's own */
    PGconn *h;
    char channel[CHANNEL_MAX];
};

/* --- gathering ----------------------------------------------------------------------------- */

bool gathered_add(struct gathered *gathered, unsigned wake, int64_t now_ms)
{
    bool is_first = gathered->wake == 0;

    if (is_first)
        gathered->send_at = now_ms + NOTIFY_GATHER_MS;
    gathered->wake |= wake;
    return is_first && wake != 0;
}

unsigned gathered_take(struct gathered *gathered, int64_t now_ms)
{
    unsigned wake = gathered->wake;

    if (now_ms < gathered->send_at)
        return 0;
    gathered->wake = 0;
    return wake;
}

int64_t gathered_wait_ms(const struct gathered *gathered, int64_t now_ms)
{
    if (gathered->wake == 0)
        return -1;
    return gathered->send_at > now_ms ? gathered->send_at - now_ms : 0;
}

/* --- speaking and hearing -------------------------------------------------------------------- */

static bool refused(struct notifier *notifier, struct err *err)
{
    return err_set(err, ERR_BUSY, "%s", PQerrorMessage(notifier->h));
}

/* Channels are of the whole database: each schema has its own. */
static bool name_channel(struct notifier *notifier, struct err *err)
{
    CLEANUP(postgres_clear)
    PGresult *result = PQexec(notifier->h, "SELECT 'gestand_' || oid FROM pg_namespace "
                                           "WHERE nspname = current_schema()");

    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
        return refused(notifier, err);
    snprintf(notifier->channel, sizeof(notifier->channel), "%s", PQgetvalue(result, 0, 0));
    return true;
}

static bool listen_there(struct notifier *notifier, struct err *err)
{
    CLEANUP(postgres_clear) PGresult *result = NULL;
    char statement[CHANNEL_MAX + 16];

    if (!name_channel(notifier, err))
        return false;
    snprintf(statement, sizeof(statement), "LISTEN %s", notifier->channel);
    result = PQexec(notifier->h, statement);
    return postgres_is_done(result) || refused(notifier, err);
}

static bool speak(struct notifier *notifier, unsigned wake, struct err *err)
{
    CLEANUP(postgres_clear) PGresult *result = NULL;
    char words[16];

    snprintf(words, sizeof(words), "%u", wake);
    result = PQexecParams(notifier->h, "SELECT pg_notify($1, $2)", 2, NULL,
                          (const char *const[]){ notifier->channel, words }, NULL, NULL, 0);
    return postgres_is_done(result) || refused(notifier, err);
}

/* What the others told, added up; what we told ourselves comes back too, and is left out. */
static bool hear(struct notifier *notifier, unsigned *wake, struct err *err)
{
    PGnotify *heard;
    int64_t n;

    *wake = 0;
    if (!PQconsumeInput(notifier->h))
        return refused(notifier, err);
    while ((heard = PQnotifies(notifier->h))) {
        if (heard->be_pid != PQbackendPID(notifier->h) &&
            int_read(heard->extra, strlen(heard->extra), &n))
            *wake |= (unsigned)n & WAKE_ALL;
        PQfreemem(heard);
    }
    return true;
}

/* --- the thread ------------------------------------------------------------------------------ */

static void wait_until_woken(struct notifier *notifier, int64_t ms)
{
    struct pollfd fds[] = {
        { .fd = notifier->woken_fd,                       .events = POLLIN },
        { .fd = notifier->h ? PQsocket(notifier->h) : -1, .events = POLLIN },
    };
    uint64_t ignored;

    if (poll(fds, COUNT(fds), (int)ms) > 0 && fds[0].revents &&
        read(notifier->woken_fd, &ignored, sizeof(ignored)) < 0)
        LOG_WARN("store.notify", "err=\"cannot read what woke us\"");
}

/* What is to be sent now, and how long there is nothing more; false when it is time to stop, and
 * then everything is to be sent. */
static bool look(struct notifier *notifier, unsigned *wake, int64_t *wait_ms)
{
    int64_t now = clock_monotonic_ms();
    bool go_on;

    pthread_mutex_lock(&notifier->lock);
    go_on = !notifier->stopping;
    *wake = gathered_take(&notifier->gathered, go_on ? now : INT64_MAX);
    *wait_ms = gathered_wait_ms(&notifier->gathered, now);
    pthread_mutex_unlock(&notifier->lock);
    return go_on;
}

/* Until the connection is lost or it is time to stop. */
static bool converse(struct notifier *notifier, struct err *err)
{
    unsigned told, heard = WAKE_ALL; /* whatever there was before we listened */
    int64_t wait_ms;
    bool go_on;

    do {
        if (heard != 0)
            store_wake(notifier->store, heard);
        go_on = look(notifier, &told, &wait_ms);
        if (told != 0 && !speak(notifier, told, err))
            return false;
        if (!hear(notifier, &heard, err))
            return false;
        if (go_on && heard == 0)
            wait_until_woken(notifier, wait_ms);
    } while (go_on);
    return true;
}

static bool is_stopping(struct notifier *notifier)
{
    bool stopping;

    pthread_mutex_lock(&notifier->lock);
    stopping = notifier->stopping;
    pthread_mutex_unlock(&notifier->lock);
    return stopping;
}

static void wait_before_next(struct notifier *notifier, int64_t ms)
{
    int64_t end = clock_monotonic_ms() + ms, now;

    while (!is_stopping(notifier) && (now = clock_monotonic_ms()) < end)
        wait_until_woken(notifier, end - now);
}

static void *notify_loop(void *arg)
{
    struct notifier *notifier = arg;
    const char *url = store_settings(notifier->store)->database;
    int64_t pause_ms = PAUSE_MIN_MS;
    struct err err;

    while (!is_stopping(notifier)) {
        bool is_connected =
            postgres_connect(url, &notifier->h, &err) && listen_there(notifier, &err);

        if (is_connected)
            pause_ms = PAUSE_MIN_MS;
        if (!is_connected || !converse(notifier, &err))
            LOG_WARN("store.notify", "err=\"%s\"", err.text);
        PQfinish(notifier->h);
        notifier->h = NULL;
        wait_before_next(notifier, pause_ms);
        pause_ms = pause_ms < PAUSE_MAX_MS ? 2 * pause_ms : pause_ms;
    }
    return NULL;
}

/* --- from outside ---------------------------------------------------------------------------- */

static void wake_thread(struct notifier *notifier)
{
    uint64_t one = 1;

    if (write(notifier->woken_fd, &one, sizeof(one)) < 0)
        LOG_WARN("store.notify", "err=\"cannot wake the thread that notifies\"");
}

void notifier_tell(struct notifier *notifier, unsigned wake)
{
    bool is_first;

    pthread_mutex_lock(&notifier->lock);
    is_first = gathered_add(&notifier->gathered, wake, clock_monotonic_ms());
    pthread_mutex_unlock(&notifier->lock);
    if (is_first)
        wake_thread(notifier);
}

static void free_notifier(struct notifier *notifier)
{
    if (notifier->woken_fd >= 0)
        close(notifier->woken_fd);
    pthread_mutex_destroy(&notifier->lock);
    arena_free(notifier->mem);
}

struct notifier *notifier_start(struct store *store)
{
    struct arena *mem = arena_new("notifier");
    struct notifier *notifier = NEW(mem, struct notifier);

    *notifier = (struct notifier){ .store = store, .mem = mem };
    pthread_mutex_init(&notifier->lock, NULL);
    notifier->woken_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (notifier->woken_fd >= 0 &&
        pthread_create(&notifier->thread, NULL, notify_loop, notifier) == 0)
        return notifier;
    free_notifier(notifier);
    return NULL;
}

void notifier_stop(struct notifier *notifier)
{
    if (!notifier)
        return;
    pthread_mutex_lock(&notifier->lock);
    notifier->stopping = true;
    pthread_mutex_unlock(&notifier->lock);
    wake_thread(notifier);
    pthread_join(notifier->thread, NULL);
    free_notifier(notifier);
}
