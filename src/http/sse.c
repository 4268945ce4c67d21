/* sse.c — events to everybody who listens: one thread reads the table, the library's threads
 * copy what they need.
 *
 * Each organisation with listeners has a ring of chunks: some sealed events, already written as
 * text, shared by all its streams. A stream is little more than a position. One that is behind
 * the ring gets what it missed from the table, in a buffer of its own. Suspended streams are
 * resumed together, once a round: each resume makes the library walk over all of them.
 */
#include "inside.h"

#include "../base/json.h"
#include "../base/log.h"
#include "../base/text.h"
#include "../store/events.h"

#include <microhttpd.h>
#include <string.h>
#include <time.h>

enum {
    CHUNKS = 64,         /* kept per organisation */
    CHUNK_EVENTS = 500,  /* in one */
    CHUNK_MAX = 4 << 20, /* bytes of one */
    BLOCK = 512,         /* what the library asks for when it doesn't ask for its own size */
    TICK_MS = 1000,
};

/* The events behind `from` up to and with `to`, as text. */
struct chunk {
    int64_t from, to;
    struct buf text;
};

struct feed {
    organisation_id organisation;
    int64_t position; /* of the newest chunk's end */
    struct chunk chunks[CHUNKS];
    size_t newest; /* number of the newest chunk, counted without end; 0: none yet */
    struct stream *streams;
    struct feed *next;
};

struct stream {
    struct streams *all;
    struct feed *feed;
    struct MHD_Connection *connection;
    struct stream *next, **back;
    int64_t position; /* everything up to here was sent */
    size_t chunk;     /* number of the chunk being sent; 0: none */
    struct buf own;   /* what it missed, while it is behind; else empty */
    int64_t own_to;
    size_t offset; /* into the chunk or own */
    int64_t written_ms;
    bool is_suspended, must_beat;
};

struct streams {
    struct server *server;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    pthread_t thread;
    bool is_woken, stopping, has_thread;
    struct feed *feeds;
    struct stream *unused; /* ended ones, to be used again */
    int64_t n;
};

/* --- events as text ------------------------------------------------------------------------------
 */

/* What only the audit shows: who read, who logged in. */
static bool is_for_streams(const struct event *event)
{
    return !text_starts(event->kind, "audit.");
}

static void write_events(struct buf *out, const struct list *events)
{
    for (size_t i = 0; i < events->n; i++) {
        const struct event *event = &((const struct event *)events->items)[i];
        if (!is_for_streams(event))
            continue;
        buf_printf(out, "id: %lld\nevent: %s\ndata: ", (long long)event->position, event->kind);
        json_write(out, event_fields, event);
        buf_text(out, "\n\n");
    }
}

struct page {
    int64_t after;
    struct list events;
};

static bool read_page(struct tx *tx, void *arg, struct err *err)
{
    struct page *page = arg;

    return events_after(tx, page->after, CHUNK_EVENTS, &page->events, err);
}

/* Writes the events behind *position into out and moves it; false when there were none. */
static bool read_events(struct streams *all, organisation_id organisation, int64_t *position,
                        struct buf *out)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("stream");
    struct scope scope = { .mem = mem, .organisation = organisation };
    struct page page = { .after = *position };
    struct err err;

    if (!store_read(all->server->store, &scope, read_page, &page, &err)) {
        LOG_WARN("http.stream", "err=\"%s\"", err.text);
        return false;
    }
    if (page.events.n == 0)
        return false;
    write_events(out, &page.events);
    *position = ((struct event *)page.events.items)[page.events.n - 1].position;
    return true;
}

/* --- what the library's threads call
 * ---------------------------------------------------------------- */

static struct chunk *chunk_at(struct feed *feed, size_t number)
{
    return &feed->chunks[number % CHUNKS];
}

/* The chunk that goes on where the stream is; 0 when there is none (any more, or yet). */
static size_t next_chunk(const struct stream *stream)
{
    struct feed *feed = stream->feed;
    size_t oldest = feed->newest >= CHUNKS ? feed->newest - CHUNKS + 1 : 1;

    for (size_t number = feed->newest; number >= oldest && number > 0; number--)
        if (chunk_at(feed, number)->from == stream->position)
            return number;
    return 0;
}

/* Copies of one text what fits; at its end the stream stands at `to`. */
static size_t copy_from(struct stream *stream, const struct buf *text, int64_t to, char *out,
                        size_t max)
{
    size_t left = text->len - stream->offset, n = left < max ? left : max;

    if (n > 0)
        memcpy(out, text->data + stream->offset, n);
    stream->offset += n;
    if (stream->offset == text->len) {
        stream->position = to;
        stream->offset = 0;
        stream->chunk = 0;
        buf_free(&stream->own);
    }
    return n;
}

/* Some bytes to send; 0 when there is nothing now. */
static size_t fill(struct stream *stream, char *out, size_t max)
{
    struct feed *feed = stream->feed;

    /* Chunks of nothing but audit events are empty: go on to the next. */
    for (;;) {
        size_t n;
        if (stream->own_to > stream->position) {
            n = copy_from(stream, &stream->own, stream->own_to, out, max);
        } else {
            if (stream->chunk == 0)
                stream->chunk = next_chunk(stream);
            if (stream->chunk == 0 || stream->chunk + CHUNKS <= feed->newest)
                break;
            n = copy_from(stream, &chunk_at(feed, stream->chunk)->text,
                          chunk_at(feed, stream->chunk)->to, out, max);
        }
        if (n > 0)
            return n;
    }
    if (!stream->must_beat || max < 3)
        return 0;
    stream->must_beat = false;
    memcpy(out, ":\n\n", 3);
    return 3;
}

static ssize_t read_stream(void *arg, uint64_t at, char *out, size_t max)
{
    struct stream *stream = arg;
    struct streams *all = stream->all;
    ssize_t n;

    (void)at;
    pthread_mutex_lock(&all->lock);
    if (all->stopping) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        n = (ssize_t)fill(stream, out, max);
        if (n == 0) {
            /* Under the lock that the reader of the table takes, or a wake-up is lost. */
            stream->is_suspended = true;
            MHD_suspend_connection(stream->connection);
            if (stream->position < stream->feed->position) {
                all->is_woken = true;
                pthread_cond_signal(&all->woken);
            }
        } else {
            stream->written_ms = clock_monotonic_ms();
        }
    }
    pthread_mutex_unlock(&all->lock);
    return n;
}

static void end_stream(void *arg)
{
    struct stream *stream = arg;
    struct streams *all = stream->all;

    pthread_mutex_lock(&all->lock);
    *stream->back = stream->next;
    if (stream->next)
        stream->next->back = stream->back;
    buf_free(&stream->own);
    stream->next = all->unused;
    all->unused = stream;
    all->n--;
    pthread_mutex_unlock(&all->lock);
}

/* --- the thread that reads the table
 * ------------------------------------------------------------------ */

static void resume(struct stream *stream)
{
    if (!stream->is_suspended)
        return;
    stream->is_suspended = false;
    MHD_resume_connection(stream->connection);
}

/* Adds new chunks to the ring. The lock isn't held while the table is read. */
static void advance_feed(struct streams *all, struct feed *feed, int64_t from)
{
    struct chunk chunk = { .from = from, .to = from, .text = BUF(CHUNK_MAX) };

    while (read_events(all, feed->organisation, &chunk.to, &chunk.text)) {
        pthread_mutex_lock(&all->lock);
        if (feed->position != chunk.from) { /* nobody listened any more, it began anew */
            pthread_mutex_unlock(&all->lock);
            break;
        }
        feed->newest++;
        buf_free(&chunk_at(feed, feed->newest)->text);
        *chunk_at(feed, feed->newest) = chunk;
        feed->position = chunk.to;
        for (struct stream *stream = feed->streams; stream; stream = stream->next)
            resume(stream);
        pthread_mutex_unlock(&all->lock);
        chunk = (struct chunk){ .from = chunk.to, .to = chunk.to, .text = BUF(CHUNK_MAX) };
    }
    buf_free(&chunk.text);
}

static bool is_behind(const struct stream *stream)
{
    return stream->is_suspended && stream->position < stream->feed->position &&
           stream->own_to <= stream->position && next_chunk(stream) == 0;
}

/* Where the first stream stands that the ring can't serve; false when there is none. */
static bool find_behind(struct streams *all, struct feed *feed, int64_t *position)
{
    struct stream *stream;

    pthread_mutex_lock(&all->lock);
    stream = feed->streams;
    while (stream && !is_behind(stream))
        stream = stream->next;
    if (stream)
        *position = stream->position;
    pthread_mutex_unlock(&all->lock);
    return stream != NULL;
}

/* The feed after `feed` (NULL: the first) that somebody listens to, and where it stands. */
static struct feed *next_feed(struct streams *all, struct feed *feed, int64_t *position)
{
    pthread_mutex_lock(&all->lock);
    feed = feed ? feed->next : all->feeds;
    while (feed && !feed->streams)
        feed = feed->next;
    if (feed)
        *position = feed->position;
    pthread_mutex_unlock(&all->lock);
    return feed;
}

/* Gives all streams that stand at the same place what they missed: many come back at once after
 * an interruption, and the table is read once for all of them. False when nothing was found. */
static bool catch_up(struct streams *all, struct feed *feed, int64_t from)
{
    struct buf text = BUF(CHUNK_MAX);
    int64_t to = from;
    bool found = read_events(all, feed->organisation, &to, &text);

    if (found) {
        pthread_mutex_lock(&all->lock);
        for (struct stream *stream = feed->streams; stream; stream = stream->next) {
            if (stream->position != from || !is_behind(stream))
                continue;
            stream->own = (struct buf)BUF(CHUNK_MAX);
            buf_add(&stream->own, buf_str(&text), text.len);
            stream->own_to = to;
            stream->offset = 0;
            resume(stream);
        }
        pthread_mutex_unlock(&all->lock);
    }
    buf_free(&text);
    return found;
}

static void beat(struct streams *all)
{
    int64_t late = clock_monotonic_ms() - SSE_HEARTBEAT_MS;

    pthread_mutex_lock(&all->lock);
    for (struct feed *feed = all->feeds; feed; feed = feed->next)
        for (struct stream *stream = feed->streams; stream; stream = stream->next)
            if (stream->is_suspended && stream->written_ms < late) {
                stream->must_beat = true;
                resume(stream);
            }
    pthread_mutex_unlock(&all->lock);
}

/* Waits for a wake-up or a tick; false when it is time to stop. */
static bool wait_for_wake(struct streams *all)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += TICK_MS / 1000;
    pthread_mutex_lock(&all->lock);
    if (!all->is_woken && !all->stopping)
        pthread_cond_timedwait(&all->woken, &all->lock, &until);
    all->is_woken = false;
    go_on = !all->stopping;
    pthread_mutex_unlock(&all->lock);
    return go_on;
}

static void *feed_loop(void *arg)
{
    struct streams *all = arg;
    int64_t last_beat = clock_monotonic_ms();

    while (wait_for_wake(all)) {
        struct feed *feed = NULL;
        int64_t position;

        while ((feed = next_feed(all, feed, &position))) {
            advance_feed(all, feed, position);
            while (find_behind(all, feed, &position) && catch_up(all, feed, position))
                ;
        }
        if (clock_monotonic_ms() - last_beat >= TICK_MS) {
            last_beat = clock_monotonic_ms();
            beat(all);
        }
    }
    return NULL;
}

/* --- streams come and go
 * -------------------------------------------------------------------------------- */

/* The feed of an organisation; begins anew when nobody listened. */
static struct feed *feed_for(struct streams *all, organisation_id organisation, int64_t after)
{
    struct feed *feed = all->feeds;

    while (feed && feed->organisation.n != organisation.n)
        feed = feed->next;
    if (!feed) {
        feed = NEW(all->server->mem, struct feed);
        feed->organisation = organisation;
        feed->next = all->feeds;
        all->feeds = feed;
    }
    if (!feed->streams && feed->position < after) {
        feed->position = after;
        feed->newest = 0;
    }
    return feed;
}

struct MHD_Response *streams_response(struct streams *all, struct MHD_Connection *connection,
                                      organisation_id organisation, int64_t after)
{
    struct stream *stream;
    struct feed *feed;

    pthread_mutex_lock(&all->lock);
    stream = all->unused;
    if (stream)
        all->unused = stream->next;
    else
        stream = NEW(all->server->mem, struct stream);
    feed = feed_for(all, organisation, after);
    *stream = (struct stream){ .all = all,
                               .feed = feed,
                               .connection = connection,
                               .position = after,
                               .must_beat = true, /* the first byte says that it works */
                               .next = feed->streams,
                               .back = &feed->streams };
    if (stream->next)
        stream->next->back = &stream->next;
    feed->streams = stream;
    all->n++;
    pthread_mutex_unlock(&all->lock);
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, stream,
                                             end_stream);
}

void streams_wake(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    all->is_woken = true;
    pthread_cond_signal(&all->woken);
    pthread_mutex_unlock(&all->lock);
}

struct streams *streams_new(struct server *server)
{
    struct streams *all = NEW(server->mem, struct streams);

    all->server = server;
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->woken, NULL);
    all->has_thread = pthread_create(&all->thread, NULL, feed_loop, all) == 0;
    return all;
}

void streams_end(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->woken);
    for (struct feed *feed = all->feeds; feed; feed = feed->next)
        for (struct stream *stream = feed->streams; stream; stream = stream->next)
            resume(stream);
    pthread_mutex_unlock(&all->lock);
    if (all->has_thread)
        pthread_join(all->thread, NULL);
}

void streams_free(struct streams *all)
{
    for (struct feed *feed = all->feeds; feed; feed = feed->next)
        for (size_t i = 0; i < CHUNKS; i++)
            buf_free(&feed->chunks[i].text);
}

int64_t streams_count(const struct streams *all)
{
    return all->n;
}
