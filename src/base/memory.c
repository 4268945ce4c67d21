#include "memory.h"

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
