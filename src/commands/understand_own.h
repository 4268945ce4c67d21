/* understand_own.h — a file of what is ours: a telephone number, mail address, domain or name a
 * line.
 *
 * As people's programs write it: with or without a BOM, lines ended by LF or CRLF, empty lines
 * anywhere. What is no such line (no UTF-8, an unprintable character, no letter and no digit, a
 * whole paragraph) is ERR_MALFORMED with its number and what to do, so that nobody thinks that his
 * numbers are known when it was the wrong file.
 */
#pragma once

#include "../base/err.h"
#include "../language/understand.h"

enum { OWN_LINE_MAX = 200 /* bytes */ };

struct own_file {
    struct referral_own places;
    struct personal_own own;
};

/* `path` is for the words of an error. */
MUST_CHECK bool own_read(struct arena *mem, const char *path, const char *text, size_t len,
                         struct own_file *out, struct err *err);
