#include "imap.h"

#include "../base/buf.h"
#include "imap_connection.h"

#include <inttypes.h>
#include <string.h>

enum { SEEN_AT_ONCE = 100 };

/* UIDs of a run of places in the folder. */
struct places {
    uint32_t first;
    size_t n;
    uint32_t *uids; /* 0: not told */
};

static bool hear_uid(void *who, struct imap *im, const struct imap_reply *reply)
{
    struct places *places = who;
    struct imap_fetched fetched;

    (void)im;
    if (reply->kind != IMAP_DATA || !imap_is(reply->name, "FETCH"))
        return true;
    if (!imap_fetch_read(reply, &fetched))
        return false;
    /* others are changes of flags that nobody asked for */
    if (reply->number >= places->first && reply->number < places->first + (int64_t)places->n &&
        fetched.uid > 0)
        places->uids[reply->number - places->first] = fetched.uid;
    return true;
}

static bool read_places(struct imap *im, struct places *places, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("imap places");
    const struct imap_listener listener = { hear_uid, places };

    memset(places->uids, 0, places->n * sizeof places->uids[0]);
    return imap_run(im,
                    arena_printf(mem, "FETCH %" PRIu32 ":%" PRIu32 " (UID)", places->first,
                                 places->first + (uint32_t)places->n - 1),
                    &listener, err);
}

/* The first place whose UID is >= from (exists + 1 if none): looked for with growing steps from
 * where it was last time, so that it takes two or three questions when little changed and
 * 2 log2(n) in the worst case. `UID SEARCH n:*` would answer with everything at once, and with
 * the last message even when that is < n. */
static bool find_place(struct imap *im, uint32_t from, uint32_t *out, struct err *err)
{
    uint32_t low = 1, high = im->exists + 1, step = 1;
    uint32_t place = im->hint >= low && im->hint < high ? im->hint : high - 1;

    while (low < high) {
        uint32_t uid = 0;
        struct places one = { place, 1, &uid };

        if (!read_places(im, &one, err))
            return false;
        if (uid == 0)
            return err_set(err, ERR_BUSY, "the folder changed while it was read");
        if (uid >= from)
            high = place;
        else
            low = place + 1;
        if (high - low <= step)
            place = low + (high - low) / 2;
        else
            place = uid >= from ? high - step : low + step - 1;
        step = step > UINT32_MAX / 2 ? step : step * 2;
    }
    *out = low;
    return true;
}

bool imap_uids(struct imap *im, uint32_t from, size_t max, uint32_t *out, size_t *n,
               struct err *err)
{
    struct places places = { .uids = out };

    *n = 0;
    im->has_news = false;
    if (max > IMAP_BATCH_MAX)
        max = IMAP_BATCH_MAX;
    if (im->exists == 0 || max == 0)
        return true;
    if (!find_place(im, from, &places.first, err))
        return false;
    im->hint = places.first > 1 ? places.first - 1 : 1;
    if (places.first > im->exists)
        return true;
    places.n = im->exists - places.first + 1;
    if (places.n > max)
        places.n = max;
    if (!read_places(im, &places, err))
        return false;
    for (size_t i = 0; i < places.n; i++) {
        if (out[i] < from || (*n > 0 && out[i] <= out[*n - 1]))
            return err_set(err, ERR_BUSY, "the folder changed while it was read");
        out[(*n)++] = out[i];
    }
    im->hint = places.first + (uint32_t)places.n - 1;
    return true;
}

struct fetching {
    struct imap_message *message;
    bool is_there, has_body;
    size_t body_at, body_n; /* in im->in, which may move while replies come */
};

static bool hear_message(void *who, struct imap *im, const struct imap_reply *reply)
{
    struct fetching *fetching = who;
    struct imap_message *message = fetching->message;
    struct imap_fetched fetched;

    if (reply->kind != IMAP_DATA || !imap_is(reply->name, "FETCH"))
        return true;
    if (!imap_fetch_read(reply, &fetched))
        return false;
    if (fetched.uid != message->uid)
        return true;
    fetching->is_there = true;
    if (!fetched.has_body)
        return true;
    fetching->has_body = true;
    fetching->body_at = (size_t)(fetched.body.data - (const uint8_t *)im->in.data);
    fetching->body_n = fetched.body.len;
    message->flags = fetched.flags;
    message->received_at = fetched.received_at;
    message->size = fetched.size;
    return true;
}

/* Up to the empty line, or as much as there is of it. */
static struct bytes header_of(struct bytes raw)
{
    const uint8_t *end = memmem(raw.data, raw.len, "\r\n\r\n", 4);

    if (end)
        raw.len = (size_t)(end - raw.data) + 4;
    if (raw.len > IMAP_LINE_MAX)
        raw.len = IMAP_LINE_MAX;
    return raw;
}

/* The whole of it and its size come with one question: a part that is one byte longer than
 * allowed says "too large" for certain, which RFC822.SIZE doesn't with every server. */
static bool fetch_kept(struct imap *im, size_t max, struct fetching *fetching, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("imap fetch");
    const struct imap_listener listener = { hear_message, fetching };
    const char *command = arena_printf(
        mem, "UID FETCH %" PRIu32 " (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.%zu>)",
        fetching->message->uid, max + 1);
    bool is_good;

    im->reply_max = max + 1 + IMAP_LINE_MAX;
    im->keep = true;
    is_good = imap_run(im, command, &listener, err);
    im->keep = false;
    im->reply_max = IMAP_LINE_MAX;
    return is_good;
}

bool imap_fetch(struct imap *im, uint32_t uid, size_t max, struct imap_message *out,
                struct err *err)
{
    struct fetching fetching = { .message = out };
    bool is_good;

    *out = (struct imap_message){ .uid = uid, .size = -1 };
    is_good = fetch_kept(im, max, &fetching, err);

    if (is_good ? !fetching.is_there : im->broken.code == ERR_NONE && im->is_expunged) {
        out->state = IMAP_MESSAGE_GONE;
        return true;
    }
    if (!is_good)
        return err_prefix(err, "message %" PRIu32 ": ", uid);
    if (!fetching.has_body)
        return err_set(err, ERR_UPSTREAM, "%s gives no content of message %" PRIu32, im->link.host,
                       uid);
    out->raw = (struct bytes){ (const uint8_t *)im->in.data + fetching.body_at, fetching.body_n };
    if (out->raw.len > max) {
        out->state = IMAP_MESSAGE_TOO_LARGE;
        out->raw = header_of(out->raw);
    }
    return true;
}

bool imap_mark_seen(struct imap *im, const uint32_t *uids, size_t n, struct err *err)
{
    CLEANUP(buf_free) struct buf command = BUF(SEEN_AT_ONCE * 16);

    for (size_t from = 0; from < n; from += SEEN_AT_ONCE) {
        size_t to = n - from < SEEN_AT_ONCE ? n : from + SEEN_AT_ONCE;

        buf_clear(&command);
        for (size_t i = from; i < to; i++)
            buf_printf(&command, "%s%" PRIu32, i == from ? "UID STORE " : ",", uids[i]);
        buf_text(&command, " +FLAGS.SILENT (\\Seen)");
        if (!imap_run(im, buf_str(&command), NULL, err))
            return err_prefix(err, "marking as seen: ");
    }
    return true;
}
