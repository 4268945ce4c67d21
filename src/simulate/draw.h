/* draw.h — chance that falls the same way for the same seed, and texts drawn from a grammar.
 *
 * Pure. Each thing that lives (a tenant, a story) has dice of its own, so that what one does moves
 * nobody else's.
 */
#pragma once

#include "../base/arena.h"

struct dice {
    uint64_t state;
};

/* The n-th of a seed. */
struct dice dice_of(uint64_t seed, uint64_t n);
/* 0 to n - 1. */
int64_t dice_below(struct dice *dice, int64_t n);
/* Low to high, both too. */
int64_t dice_between(struct dice *dice, int64_t low, int64_t high);
/* So many times in a hundred. */
bool dice_in_100(struct dice *dice, int times);
/* One of a table's rows, by their weights. */
size_t dice_weighed(struct dice *dice, const int *weights, size_t n);

/* What {name} stands for in a pattern; the text is a pattern, too. */
struct word {
    const char *name, *text;
};

/* A text of a pattern: of [a|b|c] one is taken, each as a pattern; {name} is a word's text. */
char *draw_text(struct arena *mem, struct dice *dice, const char *pattern, const struct word *words,
                size_t words_n);
/* As it is typed in haste: of a hundred words, so many have a slip. */
char *draw_slips(struct arena *mem, struct dice *dice, const char *text, int in_100);
