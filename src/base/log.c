#include "log.h"

#include "text.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 2048 };

static _Atomic int least = LOG_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&least, (int)level);
}

void log_write(enum log_level level, const char *at, const char *format, ...)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    char line[LINE_MAX_BYTES + 1];
    size_t len;
    va_list args;

    if ((int)level < atomic_load_explicit(&least, memory_order_relaxed))
        return;
    len = (size_t)snprintf(line, sizeof(line) / 2, "level=%s at=%s ", names[level], at);
    if (len >= sizeof(line) / 2)
        len = sizeof(line) / 2 - 1;
    va_start(args, format);
    if (vsnprintf(line + len, sizeof(line) - len, format, args) > 0)
        len += strnlen(line + len, sizeof(line) - len);
    va_end(args);
    len = utf8_cut(line, len, LINE_MAX_BYTES - 1);
    /* What came from outside must not begin a line of its own, nor drive a terminal. */
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = ' ';
    line[len++] = '\n';
    /* One write, so that lines of several threads don't mix. A log that can't be written isn't
     * worth stopping for. */
    if (write(STDERR_FILENO, line, len) < 0)
        return;
}
