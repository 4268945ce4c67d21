#include "arena.h"

#include "memory.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
    struct block *next; /* older, but for blocks of one large allocation */
    size_t cap, used;
    alignas(max_align_t) char data[];
};

struct deferred {
    struct deferred *next;
    void (*fn)(void *);
    void *what;
};

struct arena {
    const char *name;
    struct block *blocks;
    struct deferred *deferred;
    size_t next_cap;
    size_t used;
};

enum { ALIGNMENT = alignof(max_align_t), BLOCK_LAST = 256 << 10 };
#ifdef ARENA_BLOCKS
/* No allocation is smaller than a block: each gets one of exactly its size, and none is kept. */
enum { BLOCK_FIRST = 0 };
#else
enum { BLOCK_FIRST = 4 << 10 };
#endif

struct arena *arena_new(const char *name)
{
    struct arena *mem = memory_get(NULL, sizeof(*mem));

    *mem = (struct arena){ .name = name, .next_cap = BLOCK_FIRST };
    return mem;
}

static void run_deferred(struct arena *mem)
{
    while (mem->deferred) {
        struct deferred deferred = *mem->deferred;

        mem->deferred = deferred.next;
        deferred.fn(deferred.what);
    }
}

void arena_free(struct arena *mem)
{
    if (!mem)
        return;
    run_deferred(mem);
    while (mem->blocks) {
        struct block *block = mem->blocks;

        mem->blocks = block->next;
        free(block);
    }
    free(mem);
}

void arena_freep(struct arena **mem)
{
    arena_free(*mem);
    *mem = NULL;
}

/* Not a block of one large allocation. */
static bool can_be_kept(const struct block *block)
{
    return BLOCK_FIRST > 0 && block->cap <= BLOCK_LAST;
}

static size_t size_after(size_t cap)
{
    return cap < BLOCK_LAST ? 2 * cap : BLOCK_LAST;
}

void arena_reset(struct arena *mem)
{
    struct block *kept = NULL;

    run_deferred(mem);
    while (mem->blocks) {
        struct block *block = mem->blocks;

        mem->blocks = block->next;
        if (can_be_kept(block) && (!kept || block->cap > kept->cap)) {
            free(kept);
            kept = block;
        } else {
            free(block);
        }
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    mem->blocks = kept;
    mem->next_cap = kept ? size_after(kept->cap) : BLOCK_FIRST;
    mem->used = 0;
}

static struct block *block_new(size_t cap)
{
    struct block *block;

    if (cap > PTRDIFF_MAX - sizeof(*block))
        abort();
    block = memory_get(NULL, sizeof(*block) + cap);
    *block = (struct block){ .cap = cap };
    return block;
}

/* A block with room for len bytes: the current one or a new one. */
static struct block *block_for(struct arena *mem, size_t len)
{
    struct block *current = mem->blocks, *block;

    if (current && current->cap - current->used >= len)
        return current;
    if (len <= mem->next_cap) {
        block = block_new(mem->next_cap);
        mem->next_cap = size_after(mem->next_cap);
    } else {
        block = block_new(len);
    }
    if (current && len == block->cap) { /* full at once: the current one stays in use */
        block->next = current->next;
        current->next = block;
        return block;
    }
    block->next = current;
    mem->blocks = block;
    return block;
}

void *arena_alloc(struct arena *mem, size_t len)
{
    size_t wanted = len > 0 ? len : 1;
    struct block *block = block_for(mem, wanted);
    char *at = block->data + block->used;
    size_t left = block->cap - block->used;
    size_t rounded = (wanted + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);

    block->used += rounded < left ? rounded : left;
    mem->used += len;
    return memset(at, 0, wanted);
}

void *arena_alloc_array(struct arena *mem, size_t n, size_t size)
{
    size_t len;

    if (__builtin_mul_overflow(n, size, &len))
        abort();
    return arena_alloc(mem, len);
}

char *arena_text(struct arena *mem, const char *s)
{
    return s ? arena_text_n(mem, s, strlen(s)) : NULL;
}

char *arena_text_n(struct arena *mem, const void *s, size_t len)
{
    char *copy;

    if (!s)
        return NULL;
    copy = arena_alloc(mem, len + 1);
    memcpy(copy, s, len);
    return copy;
}

struct bytes arena_bytes(struct arena *mem, struct bytes b)
{
    void *copy;

    if (!b.data)
        return b;
    copy = arena_alloc(mem, b.len);
    memcpy(copy, b.data, b.len);
    return (struct bytes){ copy, b.len };
}

char *arena_printf(struct arena *mem, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = arena_vprintf(mem, format, args);
    va_end(args);
    return text;
}

char *arena_vprintf(struct arena *mem, const char *format, va_list args)
{
    char small[256];
    va_list again;
    char *text;
    int len;

    va_copy(again, args);
    len = vsnprintf(small, sizeof(small), format, args);
    if (len < 0)
        abort();
    text = arena_alloc(mem, (size_t)len + 1);
    if ((size_t)len < sizeof(small))
        memcpy(text, small, (size_t)len);
    else
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

void arena_defer(struct arena *mem, void (*fn)(void *), void *what)
{
    struct deferred *deferred = NEW(mem, struct deferred);

    *deferred = (struct deferred){ mem->deferred, fn, what };
    mem->deferred = deferred;
}

size_t arena_used(const struct arena *mem)
{
    return mem->used;
}
