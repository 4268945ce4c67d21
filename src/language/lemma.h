/* lemma.h — the word in a dictionary: gebeld is bellen, opgezegd opzeggen, huizen huis. Dutch;
 * pure.
 */
#pragma once

#include "../base/arena.h"

struct lemmas;

/* The irregular words, to look up in. */
const struct lemmas *lemmas_new(struct arena *mem);
/* The lemma of a folded word: of a verb its infinitive, of an irregular plural the singular. What
 * isn't known to be one of them is returned as it came. */
const char *lemma_of(struct arena *mem, const struct lemmas *lemmas, const char *word);
