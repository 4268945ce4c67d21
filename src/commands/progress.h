/* progress.h — how far long work has come: a line on the terminal, nothing elsewhere. */
#pragma once

#include "../base/base.h"

struct progress {
    const char *what;    /* "messages" */
    int64_t done, total; /* total 0: unknown */
    /* its own */
    bool is_shown, has_line;
    int64_t next_ms;
};

struct progress progress_start(const char *what);
/* Adds to what is done; shows it, at most some times a second. */
void progress_add(struct progress *progress, int64_t n);
/* Removes the line. */
void progress_end(struct progress *progress);
