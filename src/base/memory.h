/* memory.h — the only door to malloc, for arena.c and buf.c. */
#pragma once

#include "base.h"

/* realloc() that ends the process when there is no memory; `old` may be NULL. */
void *memory_get(void *old, size_t len);
