/* stem.h — what is left of a word without its endings: "pakketten" and "pakket" are the same.
 *
 * A stemmer is held by whoever works through a text, and isn't shared with another thread. Opening
 * one costs half of what a word does.
 */
#pragma once

#include "../base/arena.h"

struct sb_stemmer;

/* The Dutch Snowball stemmer; never NULL. */
struct sb_stemmer *stemmer_open(void);
/* For CLEANUP. */
void stemmer_close(struct sb_stemmer **stemmer);

/* The stem of a folded word of len bytes. */
char *word_stem(struct arena *mem, struct sb_stemmer *stemmer, const char *word, size_t len);
