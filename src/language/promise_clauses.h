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

/* Nobody could promise anything with it: a greeting, a heading ("Betreft: …"), hours of a week. */
bool clause_is_empty(const struct said_text *text, const struct clause *clause);

/* Is more said than when: somebody or something, and something done? */
bool clause_is_grounded(const struct said_text *text, const struct clause *clause);

/* "Daarna bel ik u": after what stands in front. */
bool clause_comes_after(const struct said_text *text, const struct clause *clause);

/* Is somebody named who does it? */
bool clause_has_doer(const struct said_text *text, const struct clause *clause);

/* Is the rest of the sentence only what isn't so, was or is asked, and what it says no condition of
 * it? "Morgen lukt niet, wij komen vrijdag". */
bool clause_stands_alone(const struct said_text *text, const struct sentence *sentence,
                         const struct clause *clause);
