/* promise_clauses.h — the clauses of a sentence, as far as they can promise different things.
 * Inside language/promises.
 */
#pragma once

#include "promise_signs.h"
#include "promise_words.h"

enum { CLAUSES_MAX = 16 }; /* of a sentence; the last takes the rest */

struct clause {
    size_t first, n; /* tokens */
};

/* Cuts a sentence at marks and conjunctions, where a verb and somebody who does something stand on
 * both sides. Greetings and excuses in front ("Sorry, …") are left out. Returns how many. */
size_t clauses_of(const struct said_text *text, const struct sentence *sentence,
                  struct clause out[CLAUSES_MAX]);
