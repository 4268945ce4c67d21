/* grams.h — the pieces of a word that tell its language: runs of two to four characters, with the
 * word's borders, letters outside ASCII, and the word as a whole. What is counted, trained and
 * looked up is the same. Pure.
 */
#pragma once

#include "../base/base.h"

enum { GRAM_CHARS_MAX = 4, GRAM_WORD_MAX = 40, GRAM_BYTES_MAX = 4 * GRAM_WORD_MAX + 2 };

/* Calls each() with every piece of the word, small letters with their accents. A border is "_"
 * ("_de_"), a whole word has "=" in front ("=de"). Of a longer word only the first GRAM_WORD_MAX
 * characters count. */
void grams_of(const char *word, size_t len,
              void (*each)(void *arg, const char *gram, size_t len, bool is_word), void *arg);
