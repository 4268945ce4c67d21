/* sse.c — events to everybody who listens: one thread reads the table, the library's threads
 * copy what they need.
 *
 * A stream is little more than a page of history and a place in it (sse_pages.h); the streams of
 * an organisation share its pages. A stream that has come to the end of what is there suspends
 * its connection. The thread reads the pages that suspended streams ask for, once for all of
 * them, and resumes those that have something to send: a wake-up of the sealer only says that the
 * pages at the end may have more. Suspended streams are resumed together: each resume makes the
 * library walk over all of them.
 *
 * A stream ends when an event says that its user or token may have lost something: a client comes
 * back by itself, and then its right is checked. Nobody gets an event behind the one that took the
 * right from him.
 */
#include "inside.h"

#include "../base/log.h"
#include "sse_pages.h"
#include "sse_presence.h"

#include <microhttpd.h>
#include <string.h>
#include <time.h>

enum {
    PAGES_MAX = 256, /* kept, of all organisations together, and one for each */
    BLOCK = 128,     /* the library's buffer for a client of HTTP/1.0 */
    TICK_MS = 1000,  /* a lost wake-up costs at most this */
    NEWS_MS = 200,   /* between two looks at who is there: they are many, and streams too */
    SPREAD = 16,     /* heartbeats come at so many different moments */
    BUCKETS = 1024,  /* of users by their ids */
};

/* A user with so many streams. */
struct listener {
    user_id user;
    int64_t n;
    struct listener *next;
};

struct feed {
    organisation_id organisation;
    struct page *pages;
    int64_t presence;       /* the newest change of who is there that was told */
    struct stream *streams; /* never empty while it's in the list */
    struct feed *next;
};

struct stream {
    struct streams *all;
    struct feed *feed;
    struct listener *listener;
    struct MHD_Connection *connection;
    struct MHD_Response *response; /* as long as it has its headers */
    struct stream *next, **back;
    int64_t user, token;     /* whose it is */
    int64_t known;           /* position of history when they were found good */
    int64_t page;            /* where it is */
    size_t skip;             /* events of the page that it doesn't want, until the page is there */
    size_t offset;           /* bytes of the page that were sent */
    int64_t beat_at, end_at; /* monotonic */
    bool is_suspended, must_beat, must_end;
    bool has_presence, must_tell; /* wants to know who is there; and has to be told now */
};

struct streams {
    struct server *server;
    struct arena *mem;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    pthread_t thread;
    bool is_woken;   /* there may be new events */
    bool is_asked;   /* a stream waits for a page */
    bool has_news;   /* of who is there */
    int64_t news_at; /* monotonic: then one looks at it */
    bool stopping, has_thread;
    int64_t heartbeat_ms;
    struct feed *feeds;
    size_t feeds_n, pages_n;
    int64_t uses, n;
    struct page *unused_pages;
    struct feed *unused_feeds;
    struct stream *unused; /* ended ones, to be used again */
    struct listener *listeners[BUCKETS], *unused_listeners;
};

/* --- pages of a feed ----------------------------------------------------------------------------
 */

static struct page *page_at(struct feed *feed, int64_t number)
{
    struct page *page = feed->pages;

    while (page && page->number != number)
        page = page->next;
    return page;
}

static void drop_page(struct streams *all, struct page **at)
{
    struct page *page = *at;

    *at = page->next;
    page_begin(page, 0);
    page->next = all->unused_pages;
    all->unused_pages = page;
    all->pages_n--;
}

/* The page that nobody used for longest makes room. */
static void drop_oldest(struct streams *all)
{
    struct page **oldest = NULL;

    for (struct feed *feed = all->feeds; feed; feed = feed->next)
        for (struct page **at = &feed->pages; *at; at = &(*at)->next)
            if (!oldest || (*at)->used < (*oldest)->used)
                oldest = at;
    if (oldest)
        drop_page(all, oldest);
}

static struct page *add_page(struct streams *all, struct feed *feed, int64_t number)
{
    struct page *page;

    if (all->pages_n >= PAGES_MAX + all->feeds_n)
        drop_oldest(all);
    page = all->unused_pages;
    if (page)
        all->unused_pages = page->next;
    else
        page = NEW(all->mem, struct page);
    page_begin(page, number);
    page->used = ++all->uses;
    page->next = feed->pages;
    feed->pages = page;
    all->pages_n++;
    return page;
}

static struct feed *feed_of(struct streams *all, organisation_id organisation)
{
    struct feed *feed = all->feeds;

    while (feed && feed->organisation.n != organisation.n)
        feed = feed->next;
    return feed;
}

static struct feed *add_feed(struct streams *all, organisation_id organisation)
{
    struct feed *feed = all->unused_feeds;

    if (feed)
        all->unused_feeds = feed->next;
    else
        feed = NEW(all->mem, struct feed);
    *feed = (struct feed){ .organisation = organisation, .next = all->feeds };
    all->feeds = feed;
    all->feeds_n++;
    return feed;
}

static void drop_feed(struct streams *all, struct feed *feed)
{
    struct feed **at = &all->feeds;

    while (*at != feed)
        at = &(*at)->next;
    while (feed->pages)
        drop_page(all, &feed->pages);
    *at = feed->next;
    feed->next = all->unused_feeds;
    all->unused_feeds = feed;
    all->feeds_n--;
}

/* --- who listens --------------------------------------------------------------------------------
 */

static struct listener **listener_at(struct streams *all, user_id user)
{
    struct listener **at = &all->listeners[(uint64_t)user.n % BUCKETS];

    while (*at && (*at)->user.n != user.n)
        at = &(*at)->next;
    return at;
}

/* Counts one more stream of the user. */
static struct listener *add_listener(struct streams *all, user_id user)
{
    struct listener **at = listener_at(all, user), *listener = *at;

    if (!listener) {
        listener = all->unused_listeners;
        if (listener)
            all->unused_listeners = listener->next;
        else
            listener = NEW(all->mem, struct listener);
        *listener = (struct listener){ .user = user };
        *at = listener;
    }
    listener->n++;
    return listener;
}

static void drop_listener(struct streams *all, struct listener *listener)
{
    if (--listener->n > 0)
        return;
    *listener_at(all, listener->user) = listener->next;
    listener->next = all->unused_listeners;
    all->unused_listeners = listener;
}

/* --- what the library's threads call ------------------------------------------------------------
 */

/* Is there something to send in its page, or a page behind it? */
static bool has_something(const struct stream *stream, const struct page *page)
{
    if (stream->skip > 0)
        return page->filled >= stream->skip;
    return page->text.len > stream->offset || page->filled == PAGE_EVENTS;
}

/* Must the table be read before it can go on? */
static bool wants_page(const struct stream *stream)
{
    const struct page *page = page_at(stream->feed, stream->page);

    return !page || (page->is_stale && !has_something(stream, page));
}

/* Some bytes to send; 0 when there is nothing now. */
static size_t fill(struct stream *stream, char *out, size_t max)
{
    struct page *page = page_at(stream->feed, stream->page);

    while (page && has_something(stream, page)) {
        size_t n;
        if (stream->skip > 0)
            stream->offset = page->ends[stream->skip - 1];
        stream->skip = 0;
        page->used = ++stream->all->uses;
        n = page->text.len - stream->offset;
        n = n < max ? n : max;
        if (n > 0) {
            memcpy(out, page->text.data + stream->offset, n);
            stream->offset += n;
            return n;
        }
        if (page->filled < PAGE_EVENTS)
            break;
        stream->page++;
        stream->offset = 0;
        page = page_at(stream->feed, stream->page);
    }
    /* Between two events only: a dropped page may leave one half sent. */
    if (!page && stream->offset > 0)
        return 0;
    if (stream->must_tell && max >= sizeof(PRESENCE_NEWS) - 1) {
        stream->must_tell = false;
        memcpy(out, PRESENCE_NEWS, sizeof(PRESENCE_NEWS) - 1);
        return sizeof(PRESENCE_NEWS) - 1;
    }
    if (!stream->must_beat || max < 3)
        return 0;
    memcpy(out, ":\n\n", 3);
    return 3;
}

static int64_t next_beat(const struct streams *all, const struct stream *stream)
{
    int64_t part = (int64_t)((uintptr_t)stream / sizeof(*stream) % SPREAD);

    return clock_monotonic_ms() + all->heartbeat_ms - part * all->heartbeat_ms / (4 * SPREAD);
}

static enum MHD_Result take_first(void *out, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    const char **first = out;

    (void)kind;
    first[0] = name;
    first[1] = value;
    return MHD_NO; /* that's enough */
}

/* The headers are on their way when the first bytes are asked for. Of thousands of streams, each
 * with its copy, they are much memory. */
void response_forget_headers(struct MHD_Response **response)
{
    const char *first[2];

    while (*response && MHD_get_response_headers(*response, take_first, first) > 0)
        if (MHD_del_response_header(*response, first[0], first[1]) != MHD_YES)
            break;
    *response = NULL;
}

static ssize_t read_stream(void *arg, uint64_t at, char *out, size_t max)
{
    struct stream *stream = arg;
    struct streams *all = stream->all;
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
            if (wants_page(stream)) {
                all->is_asked = true;
                pthread_cond_signal(&all->woken);
            }
        } else {
            stream->must_beat = false;
            stream->beat_at = next_beat(all, stream);
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
    if (!stream->feed->streams)
        drop_feed(all, stream->feed);
    drop_listener(all, stream->listener);
    stream->next = all->unused;
    all->unused = stream;
    all->n--;
    pthread_mutex_unlock(&all->lock);
}

/* --- the thread that reads the table ------------------------------------------------------------
 */

/* Part of a page to be read. */
struct want {
    organisation_id organisation;
    int64_t page, after;
    struct list events;
};

static void resume(struct stream *stream)
{
    if (!stream->is_suspended)
        return;
    stream->is_suspended = false;
    MHD_resume_connection(stream->connection);
}

/* The newest page that a waiting stream of the feed asks for; -1 for none. */
static int64_t wanted_page(struct feed *feed)
{
    int64_t page = -1;

    for (const struct stream *stream = feed->streams; stream; stream = stream->next)
        if (stream->is_suspended && stream->page > page && wants_page(stream))
            page = stream->page;
    return page;
}

/* A fresh look at the ends of all histories. */
static void mark_stale(struct streams *all)
{
    for (struct feed *feed = all->feeds; feed; feed = feed->next)
        for (struct page *page = feed->pages; page; page = page->next)
            page->is_stale = page->filled < PAGE_EVENTS;
}

/* Finds something to read, one organisation after the other, and what is new before what was
 * missed: who catches up holds nobody else up. False when nobody waits for anything. */
static bool find_want(struct streams *all, struct want *want)
{
    struct feed *feed, *last;
    struct page *page;
    int64_t number = -1;

    pthread_mutex_lock(&all->lock);
    if (all->is_woken)
        mark_stale(all);
    all->is_woken = all->is_asked = false;
    last = feed_of(all, want->organisation);
    feed = last ? last->next : all->feeds;
    for (size_t i = 0; i < all->feeds_n && number < 0 && !all->stopping; i++) {
        if (!feed)
            feed = all->feeds;
        number = wanted_page(feed);
        if (number < 0)
            feed = feed->next;
    }
    if (number >= 0) {
        page = page_at(feed, number);
        if (!page)
            page = add_page(all, feed, number);
        page->is_stale = false; /* before it's read: a wake-up from here on makes it so again */
        *want = (struct want){
            feed->organisation, number, page_position(page), { NULL, 0 }
        };
    }
    pthread_mutex_unlock(&all->lock);
    return number >= 0;
}

static bool read_events(struct tx *tx, void *arg, struct err *err)
{
    struct want *want = arg;
    int64_t end = (want->page + 1) * PAGE_EVENTS;

    return events_after(tx, want->after, end - want->after, &want->events, err);
}

/* Does an event of the page, from number `from` on, end the stream? */
static bool is_touched(const struct stream *stream, const struct page *page, size_t from)
{
    int64_t first = page->number * PAGE_EVENTS + 1; /* position of event 0 */

    if (stream->known >= first + (int64_t)from)
        from = (size_t)(stream->known + 1 - first);
    for (size_t i = from; i < page->filled; i++)
        if (page->touched[i] != 0 &&
            (page->touched[i] == stream->user || page->touched[i] == stream->token))
            return true;
    return false;
}

static bool touches_anybody(const struct page *page, size_t from)
{
    for (size_t i = from; i < page->filled; i++)
        if (page->touched[i] != 0)
            return true;
    return false;
}

/* Adds what was read to its page, unless that is gone, and wakes who can go on now. */
static void take_events(struct streams *all, const struct want *want, bool ok)
{
    struct feed *feed;
    struct page *page;

    pthread_mutex_lock(&all->lock);
    feed = feed_of(all, want->organisation);
    page = feed ? page_at(feed, want->page) : NULL;
    if (page && !ok)
        page->is_stale = true;
    if (page && ok && page_position(page) == want->after) {
        size_t from = page->filled;
        bool is_touching;
        page_add(page, &want->events);
        is_touching = touches_anybody(page, from);
        for (struct stream *stream = feed->streams; stream; stream = stream->next) {
            stream->must_end |= is_touching && is_touched(stream, page, from);
            if (stream->must_end || (stream->page == want->page && has_something(stream, page)))
                resume(stream);
        }
    }
    pthread_mutex_unlock(&all->lock);
}

/* The lock isn't held while the table is read. */
static bool read_page(struct streams *all, struct want *want)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("stream");
    struct scope scope = { .mem = mem, .organisation = want->organisation };
    struct err err;
    bool ok = store_read(all->server->store, &scope, read_events, want, &err);

    if (!ok)
        LOG_WARN("http.stream", "err=\"%s\"", err.text);
    take_events(all, want, ok);
    return ok;
}

/* Writes to who has heard nothing for long, and ends who listened so long that its right must be
 * checked again: a client comes back by itself. */
static void beat(struct streams *all)
{
    int64_t now = clock_monotonic_ms();

    pthread_mutex_lock(&all->lock);
    for (struct feed *feed = all->feeds; feed; feed = feed->next)
        for (struct stream *stream = feed->streams; stream; stream = stream->next) {
            stream->must_beat |= stream->beat_at <= now;
            stream->must_end |= stream->end_at <= now;
            if (stream->must_beat || stream->must_end)
                resume(stream);
        }
    pthread_mutex_unlock(&all->lock);
}

/* Takes the news of who is there, if it's time to look at it. */
static bool take_news(struct streams *all)
{
    bool is_time;

    pthread_mutex_lock(&all->lock);
    is_time = all->has_news && clock_monotonic_ms() >= all->news_at;
    if (is_time) {
        all->has_news = false;
        all->news_at = clock_monotonic_ms() + NEWS_MS;
    }
    pthread_mutex_unlock(&all->lock);
    return is_time;
}

static void tell_feed(struct feed *feed, int64_t change)
{
    if (feed->presence == change)
        return;
    feed->presence = change;
    for (struct stream *stream = feed->streams; stream; stream = stream->next)
        if (stream->has_presence) {
            stream->must_tell = true;
            resume(stream);
        }
}

/* Tells those of whose organisation there is news. */
static void tell_presence(struct streams *all)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("presence news");
    const struct presence_news *news;
    struct feed *feed;
    struct list list;
    struct err err;

    if (!presence_news_read(all->server->store, mem, &list, &err)) {
        LOG_WARN("http.presence", "err=\"%s\"", err.text);
        return; /* the next tick looks again */
    }
    news = list.items;
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < list.n; i++) {
        feed = feed_of(all, news[i].organisation);
        if (feed)
            tell_feed(feed, news[i].change);
    }
    pthread_mutex_unlock(&all->lock);
}

static int64_t tick_ms(const struct streams *all)
{
    return all->heartbeat_ms / 4 < TICK_MS ? all->heartbeat_ms / 4 + 1 : TICK_MS;
}

/* How long there is nothing to do, unless it's woken. */
static int64_t wait_ms(const struct streams *all)
{
    int64_t tick = tick_ms(all), left = all->news_at - clock_monotonic_ms();

    if (all->is_woken || all->is_asked || all->stopping || (all->has_news && left <= 0))
        return 0;
    return all->has_news && left < tick ? left : tick;
}

/* Waits for a wake-up or a tick; false when it is time to stop. */
static bool wait_for_wake(struct streams *all)
{
    struct timespec until;
    int64_t ns, ms;
    bool go_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    pthread_mutex_lock(&all->lock);
    ms = wait_ms(all);
    ns = until.tv_nsec + ms * 1000000;
    until.tv_sec += ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    if (ms > 0)
        pthread_cond_timedwait(&all->woken, &all->lock, &until);
    go_on = !all->stopping;
    pthread_mutex_unlock(&all->lock);
    return go_on;
}

static void *feed_loop(void *arg)
{
    struct streams *all = arg;
    struct want want = { .after = 0 };
    int64_t tick_at = clock_monotonic_ms();

    while (wait_for_wake(all)) {
        while (find_want(all, &want) && read_page(all, &want))
            ;
        if (take_news(all))
            tell_presence(all);
        if (clock_monotonic_ms() < tick_at)
            continue;
        tick_at = clock_monotonic_ms() + tick_ms(all);
        streams_wake(all, WAKE_SEALED | WAKE_PRESENCE); /* another node may have something */
        beat(all);
    }
    return NULL;
}

/* --- streams come and go ------------------------------------------------------------------------
 */

static struct stream *add_stream(struct streams *all, const struct caller *caller)
{
    struct stream *stream = all->unused;
    struct feed *feed = feed_of(all, caller->organisation_id);

    if (!feed)
        feed = add_feed(all, caller->organisation_id);
    if (stream)
        all->unused = stream->next;
    else
        stream = NEW(all->mem, struct stream);
    *stream =
        (struct stream){ .all = all, .feed = feed, .next = feed->streams, .back = &feed->streams };
    if (stream->next)
        stream->next->back = &stream->next;
    feed->streams = stream;
    stream->listener = add_listener(all, caller->user_id);
    all->n++;
    return stream;
}

/* One user's programs don't take the streams of all others. */
static bool has_room(struct streams *all, user_id user, struct err *err)
{
    const struct listener *listener = *listener_at(all, user);

    if (all->n >= HTTP_STREAMS_MAX)
        return err_set(err, ERR_BUSY, "there are too many live streams: try again");
    return !listener || listener->n < HTTP_STREAMS_PER_USER ||
           err_set(err, ERR_TOO_MANY, "you have %d live streams already: end some of them",
                   HTTP_STREAMS_PER_USER);
}

/* Was what ends it read for others, before it came? */
static bool is_over(const struct stream *stream)
{
    for (const struct page *page = stream->feed->pages; page; page = page->next)
        if (is_touched(stream, page, 0))
            return true;
    return false;
}

static int64_t lifetime_ms(const struct caller *caller)
{
    int64_t left = caller->expires_at.ms - clock_now().ms;

    return caller->expires_at.ms != 0 && left < SSE_LIFETIME_MS ? left : SSE_LIFETIME_MS;
}

static void begin_stream(struct stream *stream, const struct exchange *ex)
{
    const struct caller *caller = &ex->rq.caller;

    stream->connection = ex->connection;
    stream->user = caller->user_id.n;
    stream->token = caller->token_id.n;
    stream->known = ex->stream_newest;
    stream->page = ex->stream_after / PAGE_EVENTS;
    stream->skip = (size_t)(ex->stream_after % PAGE_EVENTS);
    stream->has_presence = ex->stream_has_presence;
    stream->must_beat = true; /* the first byte says that it works */
    stream->beat_at = next_beat(stream->all, stream);
    stream->end_at = clock_monotonic_ms() + lifetime_ms(caller);
    stream->must_end = is_over(stream);
}

struct MHD_Response *streams_response(struct streams *all, const struct exchange *ex,
                                      struct err *err)
{
    struct MHD_Response *response;
    struct stream *stream = NULL;

    pthread_mutex_lock(&all->lock);
    if (has_room(all, ex->rq.caller.user_id, err)) {
        stream = add_stream(all, &ex->rq.caller);
        begin_stream(stream, ex);
    }
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

void streams_wake(struct streams *all, unsigned wake)
{
    pthread_mutex_lock(&all->lock);
    all->is_woken |= (wake & WAKE_SEALED) != 0;
    all->has_news |= (wake & WAKE_PRESENCE) != 0 && all->n > 0;
    pthread_cond_signal(&all->woken);
    pthread_mutex_unlock(&all->lock);
}

struct streams *streams_new(struct server *server)
{
    struct arena *mem = arena_new("streams");
    struct streams *all = NEW(mem, struct streams);
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
    while (all->feeds)
        drop_feed(all, all->feeds);
    pthread_cond_destroy(&all->woken);
    pthread_mutex_destroy(&all->lock);
    arena_free(all->mem);
}

int64_t streams_count(struct streams *all)
{
    int64_t n;

    pthread_mutex_lock(&all->lock);
    n = all->n;
    pthread_mutex_unlock(&all->lock);
    return n;
}
