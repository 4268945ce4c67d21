/* arena.h — memory with one owner: a request, a job, a test.
 *
 * Everything allocated lives until the arena is reset or freed; nobody frees a text. Memory is
 * zeroed. Out of memory ends the process (limits on everything from outside make that rare).
 * An arena belongs to one thread at a time. Built with -Darena_blocks=true each allocation is a
 * malloc of its own, so that ASan sees every byte too far.
 */
#pragma once

#include "base.h"

#include <stdarg.h>

struct arena;

/* `name` is borrowed and only for people who look at memory. */
struct arena *arena_new(const char *name);
/* Runs what was deferred, newest first, and gives all memory back. NULL is fine. */
void arena_free(struct arena *mem);
void arena_freep(struct arena **mem);
/* As free and new, but keeps the largest block of those that grow (256 KB at most): what is done
 * over and over asks the kernel for nothing. */
void arena_reset(struct arena *mem);

/* `len` zeroed bytes, aligned for any type; never NULL. */
void *arena_alloc(struct arena *mem, size_t len);
/* A copy with a NUL behind it. NULL stays NULL. */
char *arena_text(struct arena *mem, const char *s);
char *arena_text_n(struct arena *mem, const void *s, size_t len);
struct bytes arena_bytes(struct arena *mem, struct bytes b);
char *arena_printf(struct arena *mem, const char *format, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *mem, const char *format, va_list args) PRINTF(2, 0);
/* Calls fn(what) when the arena is reset or freed: for an object of a library. */
void arena_defer(struct arena *mem, void (*fn)(void *), void *what);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *mem);

#define NEW(mem, type)          ((type *)arena_alloc(mem, sizeof(type)))
#define NEW_ARRAY(mem, type, n) ((type *)arena_alloc_array(mem, n, sizeof(type)))
void *arena_alloc_array(struct arena *mem, size_t n, size_t size);
