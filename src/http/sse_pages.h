/* sse_pages.h — history as text for streams, in pages of a fixed number of events.
 *
 * Page n of an organisation holds the events behind position n * PAGE_EVENTS. Positions have no
 * gaps and events never change, so a page says the same whenever it is read from the table: a
 * page that was dropped can be read again, and who was in the middle of it goes on at the same
 * byte. Not safe on several threads: sse.c has the lock.
 */
#pragma once

#include "../base/buf.h"
#include "../store/events.h"

enum { PAGE_EVENTS = 256 };

struct page {
    struct page *next;
    int64_t number;
    int64_t used; /* when, counted in uses */
    struct buf text;
    size_t ends[PAGE_EVENTS];     /* where the text of each event ends */
    int64_t touched[PAGE_EVENTS]; /* whom each event is about that may end streams; mostly 0 */
    size_t filled;
    bool is_stale; /* the table may have more */
};

void page_begin(struct page *page, int64_t number);
/* Adds what the table has behind the last event of the page, in order. */
void page_add(struct page *page, const struct list *events);
/* The position of its newest event. */
int64_t page_position(const struct page *page);
