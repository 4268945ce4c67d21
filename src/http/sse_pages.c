#include "sse_pages.h"

#include "../auth/caller.h"
#include "../base/json.h"
#include "../base/text.h"

#include <string.h>

enum {
    EVENT_MAX = 64 << 10, /* bytes of one as text; a larger one goes without its data */
    PAGE_MAX_BYTES = PAGE_EVENTS * EVENT_MAX,
};

void page_begin(struct page *page, int64_t number)
{
    buf_free(&page->text);
    *page = (struct page){ .number = number, .text = BUF(PAGE_MAX_BYTES) };
}

int64_t page_position(const struct page *page)
{
    return page->number * PAGE_EVENTS + (int64_t)page->filled;
}

/* What only the audit shows: who read, who logged in. */
static bool is_for_streams(const struct event *event)
{
    return !text_starts(event->kind, "audit.");
}

/* A line end inside of JSON is only white space between its parts; in a stream it would end the
 * line of data. */
static void keep_one_line(char *text)
{
    for (; *text; text++)
        if (*text == '\n' || *text == '\r')
            *text = ' ';
}

static bool write_event(struct buf *out, const struct event *event)
{
    struct event shown = *event;
    size_t start = out->len;
    struct id_text actor;

    shown.actor = event_actor(event, &actor);
    json_write(out, event_fields, &shown);
    if (out->full || out->len - start > EVENT_MAX)
        return false;
    keep_one_line(out->data + start);
    return true;
}

static void add_event(struct page *page, const struct event *event)
{
    CLEANUP(buf_free) struct buf data = BUF(2 * EVENT_MAX);
    struct event bare = *event;

    if (!write_event(&data, event)) {
        bare.data.s = NULL;
        buf_clear(&data);
        write_event(&data, &bare);
    }
    buf_printf(&page->text, "id: %lld\nevent: %s\ndata: ", (long long)event->position, event->kind);
    buf_add(&page->text, buf_str(&data), data.len);
    buf_text(&page->text, "\n\n");
}

/* Where nothing is any more, nothing is to be waited for. */
static void skip_to(struct page *page, int64_t position)
{
    while (page_position(page) < position && page->filled < PAGE_EVENTS)
        page->ends[page->filled++] = page->text.len;
}

void page_add(struct page *page, const struct list *events)
{
    for (size_t i = 0; i < events->n; i++) {
        const struct event *event = &((const struct event *)events->items)[i];
        skip_to(page, event->position - 1);
        if (page->filled == PAGE_EVENTS)
            return;
        if (is_for_streams(event))
            add_event(page, event);
        page->touched[page->filled] = caller_touched_by(event);
        page->ends[page->filled++] = page->text.len;
    }
}
