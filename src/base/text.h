/* text.h — texts: valid UTF-8 without NUL inside, checked at the border.
 *
 * Pure functions, safe on any thread; what they return lives in `mem`.
 */
#pragma once

#include "arena.h"
#include "base.h"

bool text_equal(const char *a, const char *b); /* NULL equals only NULL */
bool text_starts(const char *s, const char *start);
bool text_is_blank(const char *s); /* NULL, "" or only white space */
/* local@domain without white space and brackets; whether it exists, only a mail can tell. */
bool text_is_email(const char *s);
/* One line that isn't blank: no control characters, no line ends of any script. */
bool text_is_line(const char *s);
/* A server's name or address (IPv6 with or without brackets), in any script: no port, no path. */
bool text_is_host(const char *s);
/* http:// or https:// and something behind it, without white space. */
bool text_is_url(const char *s);

/* Is it valid UTF-8 (no surrogates, no overlong forms) without NUL? */
bool utf8_is_valid(const void *data, size_t len);
/* A valid text from any bytes: what isn't UTF-8 becomes U+FFFD, NUL and other control
 * characters but tab and line ends are dropped. */
char *utf8_repair(struct arena *mem, const void *data, size_t len);
/* Where the bytes of a repaired text came from: the character at byte i began at from[i] of the
 * data, the one in front of byte i ended at to[i]. Both have the text's length + 1 places. */
struct utf8_origins {
    const uint32_t *from, *to;
};
/* As utf8_repair, of less than 4 GB; *out is all NULL where nothing had to be repaired. */
char *utf8_repair_traced(struct arena *mem, const void *data, size_t len, struct utf8_origins *out);
/* The next code point at *at (< len, valid UTF-8), moving *at past it. */
uint32_t utf8_next(const char *s, size_t len, size_t *at);
/* Is it drawn on what stands in front of it (Unicode's Mn, Mc, Me)? */
bool utf8_is_mark(uint32_t c);
/* Writes one code point; returns 1-4. */
size_t utf8_write(uint32_t c, char out[4]);
/* The largest cut <= max bytes that splits no character. */
size_t utf8_cut(const char *s, size_t len, size_t max);

/* Without the white space at both ends. */
char *text_trim(struct arena *mem, const char *s);
/* For comparing and searching: lower case, accents off, compatibility forms undone (NFKD). */
char *text_fold(struct arena *mem, const char *s);
/* ASCII letters small; other bytes as they are. */
char *text_lower(struct arena *mem, const char *s);
/* One line of at most max bytes: white space squeezed, an ellipsis where it was cut. */
char *text_preview(struct arena *mem, const char *s, size_t max);

char *hex_write(struct arena *mem, struct bytes b);
bool hex_read(struct arena *mem, const char *s, struct bytes *out);
/* A whole decimal number in exactly len bytes; false when it doesn't fit or anything else
 * stands there. */
bool int_read(const char *s, size_t len, int64_t *out);
