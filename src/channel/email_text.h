/* email_text.h — from a mail's bytes to our texts: charsets, line ends, format=flowed.
 *
 * Pure, linear in the length, safe on any thread; results live in `mem` and are valid UTF-8.
 */
#pragma once

#include "../base/arena.h"
#include "../base/base.h"

/* Bytes in a charset as its name stood in the mail; NULL or an unknown name: UTF-8 if it is
 * valid, else windows-1252. Line ends become '\n'; other control characters but tab go. */
char *email_text(struct arena *mem, struct bytes b, const char *charset);
/* Undoes format=flowed (RFC 3676): joins soft-wrapped lines, keeps '>' and "-- ". */
char *email_unflow(struct arena *mem, const char *s, bool delete_space);
/* One line: white space squeezed and trimmed, cut at `max` bytes. */
char *email_one_line(struct arena *mem, const char *s, size_t max);
/* A bare file name to be shown and saved: no path, nothing that a file system or a reader
 * stumbles over, the ending kept; "" when nothing is left. */
char *email_file_name(struct arena *mem, const char *s, size_t max);
