/* detect_table.h — what the pieces of words weigh for each language: an open hash table, made at
 * build time by detect_train.c.
 */
#pragma once

#include "detect.h"

enum { DETECT_BITS = 15, DETECT_SLOTS = 1 << DETECT_BITS, DETECT_KNOWN = LANGUAGES - 1 };

/* Each language's logarithm of the probability, against the mean of all, times DETECT_SCALE. */
struct detect_slot {
    uint16_t key; /* 0: empty */
    int8_t weights[DETECT_KNOWN];
};
#define DETECT_SCALE 8.0F
extern const struct detect_slot detect_table[DETECT_SLOTS];

/* As detect_language(), with a table of one's own. */
struct detected detect_by(const struct detect_slot *table, const struct tokens *tokens,
                          const struct detect_hints *hints);

/* Pieces overlap, so that their logarithms together say too much: the sum is divided by this
 * (found by cross-validation) before it is taken for the logarithm of a probability. */
#define DETECT_OVERLAP 10.0F

struct detect_hash {
    uint32_t slot;
    uint16_t key; /* never 0 */
};

static inline struct detect_hash detect_hash(const char *gram, size_t len)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)gram[i]) * 16777619U;
    hash ^= hash >> 15;
    hash *= 0x85ebca6bU;
    hash ^= hash >> 13;
    return (struct detect_hash){ hash >> (32 - DETECT_BITS), (uint16_t)((hash & 0xffff) | 1) };
}
