/* detect.h — which language is a message written in? Pure.
 *
 * Naive Bayes over the pieces of its words (grams.h). The weights are made at build time by
 * detect_train.c from the labelled messages in data/ and from the counts in data/ngrams.tsv
 * (tools/count_ngrams). Only words count: addresses, numbers, emoji say nothing;
 * and what is quoted only when there is nothing else.
 */
#pragma once

#include "tokens.h"

enum language { LANGUAGE_UNKNOWN, LANGUAGE_NL, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_DE };
enum { LANGUAGES = LANGUAGE_DE + 1 };

/* "nl" and so on; "" for unknown. */
extern const char *const language_codes[LANGUAGES];
enum language language_of_code(const char *code); /* LANGUAGE_UNKNOWN when it is none of them */

/* What the caller knows beside the text. It tips the scales where the text leaves a doubt, in this
 * order of weight, and decides alone where there are no words. All zero: nothing. */
struct detect_hints {
    unsigned allowed;           /* 1 << LANGUAGE_NL | …; 0: all four */
    enum language earlier;      /* of the person's message before this one */
    enum language channel;      /* of most messages of the channel */
    enum language organisation; /* what the organisation speaks */
};

struct detected {
    enum language language; /* LANGUAGE_UNKNOWN: no words, and no hint */
    /* Between it and the best other one, by the text alone: 0 … 1 as a difference of probabilities;
     * 0 where the hints outweighed the text. */
    float margin;
};

struct detected detect_language(const struct tokens *tokens, const struct detect_hints *hints);
