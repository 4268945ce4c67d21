#include "progress.h"

#include "../base/clock.h"

#include <stdio.h>
#include <unistd.h>

enum { EVERY_MS = 200 };

struct progress progress_start(const char *what)
{
    return (struct progress){ .what = what, .is_shown = isatty(STDERR_FILENO) == 1 };
}

void progress_add(struct progress *progress, int64_t n)
{
    int64_t now;

    progress->done += n;
    if (!progress->is_shown)
        return;
    now = clock_monotonic_ms();
    if (now < progress->next_ms)
        return;
    progress->next_ms = now + EVERY_MS;
    progress->has_line = true;
    fprintf(stderr, "\r\033[K%s: ", progress->what);
    if (progress->done == 0 && progress->total == 0)
        fprintf(stderr, "…");
    else
        fprintf(stderr, "%lld", (long long)progress->done);
    if (progress->total > 0)
        fprintf(stderr, " of %lld (%lld %%)", (long long)progress->total,
                (long long)(progress->done * 100 / progress->total));
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->has_line)
        fprintf(stderr, "\r\033[K");
    progress->has_line = false;
}
