/* sse_presence.h — of which organisations streams have to say that somebody came, left or typed.
 *
 * Such news is no event: it has no position and nothing in it, and says only that a desk may ask
 * again who is there (domain/presence). So a stream that misses one, or gets one twice, loses
 * nothing. A wake-up doesn't say whose news it is; the table does.
 */
#pragma once

#include "../store/store.h"

/* One stands for all news since the one before. */
#define PRESENCE_NEWS "event: presence\ndata: {\"kind\":\"presence\"}\n\n"

struct presence_news {
    organisation_id organisation;
    int64_t change; /* another one than before: there is news */
};

/* All organisations where something changed within the last minute. */
MUST_CHECK bool presence_news_read(struct store *store, struct arena *mem, struct list *out,
                                   struct err *err);
