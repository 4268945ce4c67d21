/* memory.h — the only door to malloc, for arena.c and buf.c, and how it keeps house. */
#pragma once

#include "base.h"

/* realloc() that ends the process when there is no memory; `old` may be NULL. */
void *memory_get(void *old, size_t len);

/* For a server, before its threads: what a request gave back is kept for the next one, some
 * megabytes in each of malloc's own arenas, instead of being given to the kernel and asked for
 * again, page by page. A fifth of the processor time of a server that takes messages in. */
void memory_keep(void);
