/* flag_table.h — words with what each says, as a set of bits: tables that tools/flag_table.awk
 * makes. Pure.
 */
#pragma once

#include "../base/base.h"

struct flag_word {
    char text[23]; /* in the row itself: a search touches nothing else */
    uint8_t len;
    uint64_t flags;
};

/* Sorted by text; those that begin with a byte stand from from[byte] up to from[byte + 1]. */
struct flag_words {
    const struct flag_word *rows;
    const uint16_t *from;
};

struct flag_table {
    struct flag_words wholes, starts, ends; /* the ends written backwards */
};

/* Of the word itself, and of the longest start it has; where neither says anything, of the longest
 * end that leaves three letters or more in front. 0: nothing. */
uint64_t flags_of(const struct flag_table *table, const char *word, size_t len);

/* gebeld, teruggestort, hersteld, verstuurd; repaired. */
bool looks_like_participle(const char *word, size_t len);
