/* snippet.h — the part of a text that shows why it was found. Pure. */
#pragma once

#include "../base/field.h"

enum { SNIPPET_MAX = 240, SNIPPET_LEAD = 60 }; /* bytes; how many of them before the first hit */

/* A word that was sought: bytes [from, to) of the snippet. */
struct mark {
    int64_t from, to;
};
extern const struct field mark_fields[];

struct snippet {
    const char *text; /* one line of at most SNIPPET_MAX bytes */
    struct list marks;
};

/* Around the first of the words in the text; from its start when none is there. `words` and
 * is_prefix are what words_sought() made, with `first` for the letter in front. */
void snippet_of(struct arena *mem, char first, const char *text, const char *words, bool is_prefix,
                struct snippet *out);
