/* sse_hints.c — one thread looks which topics have news, the library's threads say so.
 *
 * Thousands of widgets are open and nearly all are silent: a stream is a topic and a few bits, and
 * its connection is suspended until there is news of that topic. As in sse.c, those that have
 * something to say are resumed together, for each resume makes the library walk over all of them.
 */
#include "sse_hints.h"

#include "../base/log.h"

#include <microhttpd.h>
#include <string.h>
#include <time.h>

#define HINT "event: news\ndata: {}\n\n"

enum {
    BLOCK = 128,          /* the library's buffer for a client of HTTP/1.0 */
    BUCKETS = 4096,       /* of streams by their topics */
    TICK_MS = 1000,       /* a lost wake-up costs at most this */
    GATHER_MS = 10,       /* between two looks */
    LOOK_BACK_MS = 10000, /* what is committed late has a change that lies back */
    SPREAD = 16,          /* heartbeats come at so many different moments */
};

struct hint_stream {
    struct hints *all;
    struct MHD_Connection *connection;
    struct MHD_Response *response;    /* as long as it has its headers */
    struct hint_stream *next, **back; /* of its bucket */
    int64_t topic;
    int64_t told;            /* the newest change that it was told of */
    int64_t beat_at, end_at; /* monotonic */
    bool is_suspended, must_tell, must_beat, must_end;
};

struct hints {
    struct server *server;
    struct arena *mem;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    pthread_t thread;
    bool has_news, stopping, has_thread;
    int64_t heartbeat_ms, n;
    struct hint_stream *unused; /* ended ones, to be used again */
    struct hint_stream *buckets[BUCKETS];
};

static struct hint_stream **bucket_of(struct hints *all, int64_t topic)
{
    return &all->buckets[((uint64_t)topic ^ (uint64_t)topic >> 22) % BUCKETS];
}

/* --- what the library's threads call ------------------------------------------------------------
 */

static size_t fill(struct hint_stream *stream, char *out, size_t max)
{
    const char *text = stream->must_tell ? HINT : ":\n\n";
    size_t len = strlen(text);

    if ((!stream->must_tell && !stream->must_beat) || len > max)
        return 0;
    memcpy(out, text, len);
    stream->must_tell = stream->must_beat = false;
    return len;
}

static int64_t next_beat(const struct hints *all, const struct hint_stream *stream)
{
    int64_t part = (int64_t)((uintptr_t)stream / sizeof(*stream) % SPREAD);

    return clock_monotonic_ms() + all->heartbeat_ms - part * all->heartbeat_ms / (4 * SPREAD);
}

static ssize_t read_stream(void *arg, uint64_t at, char *out, size_t max)
{
    struct hint_stream *stream = arg;
    struct hints *all = stream->all;
    ssize_t n;

    (void)at;
    response_forget_headers(&stream->response);
    pthread_mutex_lock(&all->lock);
    if (all->stopping || stream->must_end) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        n = (ssize_t)fill(stream, out, max);
        if (n == 0) {
            /* Under the lock of the thread that resumes, or a wake-up is lost. */
            stream->is_suspended = true;
            MHD_suspend_connection(stream->connection);
        } else {
            stream->beat_at = next_beat(all, stream);
        }
    }
    pthread_mutex_unlock(&all->lock);
    return n;
}

static void end_stream(void *arg)
{
    struct hint_stream *stream = arg;
    struct hints *all = stream->all;

    pthread_mutex_lock(&all->lock);
    *stream->back = stream->next;
    if (stream->next)
        stream->next->back = stream->back;
    stream->next = all->unused;
    all->unused = stream;
    all->n--;
    pthread_mutex_unlock(&all->lock);
}

/* --- the thread that looks --------------------------------------------------------------------
 */

struct hint_news {
    int64_t topic, change;
};

static const struct field hint_news_fields[] = {
    FIELD(hint_news, topic),
    FIELD(hint_news, change),
    { 0 },
};

static bool read_news(struct tx *tx, void *out, struct err *err)
{
    return db_all(tx, SQL_HINTS_NEWS, ARGS(arg_int(id_at(tx->now.ms - LOOK_BACK_MS))),
                  hint_news_fields, sizeof(struct hint_news), out, err);
}

static void resume(struct hint_stream *stream)
{
    if (!stream->is_suspended)
        return;
    stream->is_suspended = false;
    MHD_resume_connection(stream->connection);
}

static void tell(struct hints *all, const struct hint_news *news)
{
    for (struct hint_stream *stream = *bucket_of(all, news->topic); stream; stream = stream->next)
        if (stream->topic == news->topic && stream->told != news->change) {
            stream->told = news->change;
            stream->must_tell = true;
            resume(stream);
        }
}

static void look(struct hints *all)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("hints");
    struct scope scope = { .mem = mem };
    const struct hint_news *news;
    struct list list;
    struct err err;

    if (!store_read(all->server->store, &scope, read_news, &list, &err)) {
        LOG_WARN("http.hints", "err=\"%s\"", err.text);
        return; /* the next tick looks again */
    }
    news = list.items;
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < list.n; i++)
        tell(all, &news[i]);
    pthread_mutex_unlock(&all->lock);
}

/* Writes to who has heard nothing for long, and ends who listened long: he comes back by himself,
 * and then it is looked at again who he is. */
static void beat(struct hints *all)
{
    int64_t now = clock_monotonic_ms();

    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct hint_stream *stream = all->buckets[i]; stream; stream = stream->next) {
            stream->must_beat |= stream->beat_at <= now;
            stream->must_end |= stream->end_at <= now;
            if (stream->must_beat || stream->must_end)
                resume(stream);
        }
    pthread_mutex_unlock(&all->lock);
}

static int64_t tick_ms(const struct hints *all)
{
    return all->heartbeat_ms / 4 < TICK_MS ? all->heartbeat_ms / 4 + 1 : TICK_MS;
}

/* Waits for a wake-up or a tick; false when it is time to stop. */
static bool wait_for_wake(struct hints *all, bool *has_streams)
{
    struct timespec until;
    bool go_on;
    int64_t ns;

    clock_gettime(CLOCK_MONOTONIC, &until);
    ns = until.tv_nsec + tick_ms(all) * 1000000;
    until.tv_sec += ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    pthread_mutex_lock(&all->lock);
    if (!all->has_news && !all->stopping)
        pthread_cond_timedwait(&all->woken, &all->lock, &until);
    all->has_news = false;
    *has_streams = all->n > 0;
    go_on = !all->stopping;
    pthread_mutex_unlock(&all->lock);
    return go_on;
}

static void *look_loop(void *arg)
{
    struct hints *all = arg;
    int64_t tick_at = clock_monotonic_ms();
    bool has_streams;

    while (wait_for_wake(all, &has_streams)) {
        if (has_streams)
            look(all);
        if (clock_monotonic_ms() >= tick_at) {
            tick_at = clock_monotonic_ms() + tick_ms(all);
            beat(all);
        }
        nanosleep(&(struct timespec){ .tv_nsec = GATHER_MS * 1000000 }, NULL);
    }
    return NULL;
}

/* --- streams come and go ------------------------------------------------------------------------
 */

static bool has_room(struct hints *all, int64_t topic, struct err *err)
{
    int64_t own = 0;

    for (const struct hint_stream *stream = *bucket_of(all, topic); stream; stream = stream->next)
        own += stream->topic == topic;
    if (own >= HTTP_HINTS_PER_TOPIC)
        return err_set(err, ERR_TOO_MANY, "you have %d live streams already: end some of them",
                       HTTP_HINTS_PER_TOPIC);
    return (all->n < HTTP_HINTS_MAX &&
            all->n + streams_count(all->server->streams) < HTTP_LIVE_MAX) ||
           err_set(err, ERR_BUSY, "there are too many live streams: try again");
}

static struct hint_stream *add_stream(struct hints *all, const struct exchange *ex)
{
    struct hint_stream *stream = all->unused, **at = bucket_of(all, ex->stream_topic);

    if (stream)
        all->unused = stream->next;
    else
        stream = NEW(all->mem, struct hint_stream);
    *stream = (struct hint_stream){
        .all = all,
        .connection = ex->connection,
        .topic = ex->stream_topic,
        .next = *at,
        .back = at,
        .told = ex->stream_newest, /* what came until then is asked for */
        .must_tell = true,
        .end_at = clock_monotonic_ms() + SSE_LIFETIME_MS,
    };
    stream->beat_at = next_beat(all, stream);
    if (stream->next)
        stream->next->back = &stream->next;
    *at = stream;
    all->n++;
    return stream;
}

struct MHD_Response *hints_response(struct hints *all, const struct exchange *ex, struct err *err)
{
    struct hint_stream *stream = NULL;
    struct MHD_Response *response;

    pthread_mutex_lock(&all->lock);
    if (has_room(all, ex->stream_topic, err))
        stream = add_stream(all, ex);
    pthread_mutex_unlock(&all->lock);
    if (!stream)
        return NULL;
    response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, stream, end_stream);
    if (!response) {
        end_stream(stream);
        err_set(err, ERR_INTERNAL, "no memory for a stream");
        return NULL;
    }
    stream->response = response;
    return response;
}

void hints_wake(struct hints *all)
{
    pthread_mutex_lock(&all->lock);
    all->has_news = true;
    pthread_cond_signal(&all->woken);
    pthread_mutex_unlock(&all->lock);
}

struct hints *hints_new(struct server *server)
{
    struct arena *mem = arena_new("hints");
    struct hints *all = NEW(mem, struct hints);
    pthread_condattr_t monotonic; /* a clock that is set back must not stop the heartbeats */

    all->server = server;
    all->mem = mem;
    all->heartbeat_ms =
        server->settings.heartbeat_ms > 0 ? server->settings.heartbeat_ms : SSE_HEARTBEAT_MS;
    pthread_mutex_init(&all->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&all->woken, &monotonic);
    pthread_condattr_destroy(&monotonic);
    all->has_thread = pthread_create(&all->thread, NULL, look_loop, all) == 0;
    return all;
}

void hints_end(struct hints *all)
{
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->woken);
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct hint_stream *stream = all->buckets[i]; stream; stream = stream->next)
            resume(stream);
    pthread_mutex_unlock(&all->lock);
    if (all->has_thread)
        pthread_join(all->thread, NULL);
}

void hints_free(struct hints *all)
{
    pthread_cond_destroy(&all->woken);
    pthread_mutex_destroy(&all->lock);
    arena_free(all->mem);
}

int64_t hints_count(struct hints *all)
{
    int64_t n;

    pthread_mutex_lock(&all->lock);
    n = all->n;
    pthread_mutex_unlock(&all->lock);
    return n;
}
