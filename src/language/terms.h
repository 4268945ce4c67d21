/* terms.h — what a text is found by, word by word: more than its letters. Pure. */
#pragma once

#include "compound.h"

#include "../base/arena.h"

enum { TERMS_MAX = 20000 /* words of a text */, GRAM = 4 /* letters */ };

struct search_word {
    uint32_t from, to; /* bytes of the text */
    const char *word;  /* folded */
    const char *stem;
    const char *lemma;                 /* the stem of its lemma; equal to `stem` for most */
    const char *parts[COMPOUND_PARTS]; /* the stems of its parts' lemmas */
    size_t parts_n;
    const char *const *grams; /* each GRAM letters in a row; a shorter word as a whole */
    size_t grams_n;
};

struct search_terms {
    const struct search_word *words;
    size_t n;
};

/* `text` is valid UTF-8; its first LANGUAGE_MAX bytes are looked at. */
void search_terms(struct arena *mem, const char *text, struct search_terms *out);
