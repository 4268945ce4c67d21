#include "memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

void *memory_get(void *old, size_t len)
{
    static const char words[] = "level=error at=memory err=\"out of memory\"\n";
    void *got = realloc(old, len);

    if (got)
        return got;
    /* Not log_write(): whatever needs memory itself would come back here. */
    if (write(STDERR_FILENO, words, sizeof(words) - 1) < 0)
        _exit(3);
    abort();
}

enum {
    KEPT = 4 << 20,
    MAPPED_ALONE = 512 << 10, /* from here on; more than a block of an arena */
};

void memory_keep(void)
{
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_MMAP_THRESHOLD, MAPPED_ALONE);
}
