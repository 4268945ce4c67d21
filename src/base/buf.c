#include "buf.h"

#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf)BUF(b->max);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->full = false;
    if (b->data)
        b->data[0] = '\0';
}

/* Room for len more bytes and a NUL; false, and full, past the maximum. */
static bool grow(struct buf *b, size_t len)
{
    size_t wanted, cap;

    if (b->full || len > b->max - b->len) {
        b->full = true;
        return false;
    }
    wanted = b->len + len + 1;
    if (wanted <= b->cap)
        return true;
    cap = b->cap > 0 ? b->cap : 256;
    while (cap < wanted)
        cap *= 2;
    if (cap > b->max)
        cap = b->max + 1;
    b->data = memory_get(b->data, cap);
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
    if (!grow(b, len))
        return;
    if (len > 0)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_text(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[24], *at = digits + sizeof(digits);
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;

    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0)
        *--at = '-';
    buf_add(b, at, (size_t)(digits + sizeof(digits) - at));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    char small[256];
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(small, sizeof(small), format, args);
    if (len < 0)
        abort();
    if ((size_t)len < sizeof(small)) {
        buf_add(b, small, (size_t)len);
    } else if (grow(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

char *buf_room(struct buf *b, size_t len)
{
    if (!grow(b, len))
        return NULL;
    /* Zeroed, so that a NUL stands behind however much the caller fills in. */
    return memset(b->data + b->len, 0, len + 1);
}

void buf_drop(struct buf *b, size_t len)
{
    if (len == 0)
        return;
    if (len >= b->len) {
        b->len = 0;
        if (b->data)
            b->data[0] = '\0';
        return;
    }
    b->len -= len;
    memmove(b->data, b->data + len, b->len + 1);
}

char *buf_take(struct buf *b, size_t *len)
{
    char *data = b->data;

    if (!data) {
        data = memory_get(NULL, 1);
        data[0] = '\0';
    }
    if (len)
        *len = b->len;
    *b = (struct buf)BUF(b->max);
    return data;
}

const char *buf_str(const struct buf *b)
{
    return b->data ? b->data : "";
}
