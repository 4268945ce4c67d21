/* base.h — the few words that every file of Gestand knows.
 *
 * CLEANUP(fn) releases what isn't memory (a statement, a socket, a file) at every way out of
 * the block; MUST_CHECK makes a forgotten result a compile error.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLEANUP(fn)        __attribute__((cleanup(fn)))
#define MUST_CHECK         __attribute__((warn_unused_result))
#define PRINTF(text, args) __attribute__((format(printf, text, args)))
#define COUNT(array)       (sizeof(array) / sizeof((array)[0]))

/* Bytes from outside: borrowed, any content, no NUL behind them. */
struct bytes {
    const uint8_t *data;
    size_t len;
};

/* Lengths of time, in milliseconds. */
#define SECOND_MS ((int64_t)1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
