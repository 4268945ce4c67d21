/* understand_lines.h — a text a line in, a JSON object a line out.
 *
 * Any bytes come in: what isn't UTF-8 is understood as if a sign stood there, and the offsets that
 * come out are those of the bytes that came in.
 */
#pragma once

#include "../base/buf.h"
#include "../base/err.h"
#include "../language/understand.h"

#include <stdio.h>

enum { LINE_BYTES_MAX = 1 << 20 };

/* Appends what line[0, len) says, as one line. */
void understand_line(struct arena *mem, const char *line, size_t len,
                     const struct understand_context *context, struct buf *out);

/* Until the end of `in`. A line that is too long gets {"error":"…"} for an answer, and the next
 * ones go on; then the whole is ERR_TOO_LARGE with the first one's number. Each answer is written
 * before more is waited for; what can't be written is an error at once. */
MUST_CHECK bool understand_lines(int in, FILE *out, const struct understand_context *context,
                                 struct err *err);
/* Writes out what was printed; false when not all of it arrived. */
MUST_CHECK bool printed_all(FILE *out, struct err *err);
