/* buf.h — a growing text or block of bytes, created with its maximum.
 *
 * Owned by whoever made it; buf_free() it, or hand its memory over with buf_take(). Past the
 * maximum nothing is added any more and `full` stays set: check it once, at the end.
 */
#pragma once

#include "base.h"

#include <stdarg.h>

struct buf {
    char *data; /* always with a NUL behind it once something was added; NULL before */
    size_t len;
    size_t cap;
    size_t max;
    bool full; /* something did not fit */
};

#define BUF(maximum) { .max = (maximum) }

void buf_free(struct buf *b);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *b);
void buf_add(struct buf *b, const void *data, size_t len);
void buf_text(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) PRINTF(2, 3);
/* Makes room for `len` bytes and returns where they go; NULL if they don't fit. The caller
 * adds what it wrote to b->len. */
char *buf_room(struct buf *b, size_t len);
/* Drops the first `len` bytes. */
void buf_drop(struct buf *b, size_t len);
/* The memory, now the caller's to free(); the buffer is empty. Never NULL. */
char *buf_take(struct buf *b, size_t *len);
/* "" for an empty buffer. Borrowed. */
const char *buf_str(const struct buf *b);
