/* sse_hints.h — streams that only say "there is news for you": for those who are no users, and may
 * hear of nothing but their own.
 *
 * A topic is an id (of a visitor, domain/visitors); a hint has no position and nothing in it. Who
 * gets one asks what is new. So one that comes twice costs a question, and one that is lost costs
 * time: a stream that begins says one first. Safe on any thread.
 */
#pragma once

#include "inside.h"

struct hints;
struct hints *hints_new(struct server *server);
/* A response that hints at news of ex->stream_topic; NULL when there are too many streams. */
struct MHD_Response *hints_response(struct hints *hints, const struct exchange *ex,
                                    struct err *err);
/* Some topic may have news. */
void hints_wake(struct hints *hints);
/* Ends all streams: none is suspended any more when this returns. */
void hints_end(struct hints *hints);
void hints_free(struct hints *hints);
int64_t hints_count(struct hints *hints);
