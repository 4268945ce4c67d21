/* stem.h — what is left of a word without its endings: "pakketten" and "pakket" are the same. */
#pragma once

#include "../base/arena.h"

/* The stem of a folded word of len bytes, by the Dutch Snowball stemmer. Safe on any thread. */
char *word_stem(struct arena *mem, const char *word, size_t len);
