/* words.h — what a text is found by: folded, split, stemmed. Pure. */
#pragma once

#include "../base/arena.h"

enum { WORDS_MAX = 20000, WORD_LEN_MAX = 40 };

/* The words of the texts (n of them; NULLs are skipped), each once, with blanks between: small
 * letters without accents, by the Dutch Snowball stemmer. In front of each stands `first`, the
 * letter of a kind of thing: messages and people share one index. Longer words are cut, what is
 * past WORDS_MAX is left out. */
char *words_of(struct arena *mem, char first, const char *const *texts, size_t n);
/* The words that somebody searches for, in their order; *is_prefix when the last one may go on
 * (there is nothing behind it). */
char *words_sought(struct arena *mem, char first, const char *text, bool *is_prefix);
