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

/* Each sorted by text. */
struct flag_table {
    const struct flag_word *wholes, *starts, *ends; /* the ends written backwards */
    size_t wholes_n, starts_n, ends_n;
};

/* Of the word itself, and of the longest start it has; where neither says anything, of the longest
 * end that leaves three letters or more in front. 0: nothing. */
uint64_t flags_of(const struct flag_table *table, const char *word, size_t len);

/* gebeld, teruggestort, hersteld, verstuurd; repaired. */
bool looks_like_participle(const char *word, size_t len);
