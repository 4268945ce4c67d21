/* compound.h — of which words a Dutch word is made: huurverhoging is huur and verhoging. Pure.
 *
 * The words come from the OpenTaal list (Debian's wdutch), which the build makes into a table.
 */
#pragma once

#include "../base/base.h"

enum { COMPOUND_PARTS = 3, COMPOUND_PART_MIN = 4, COMPOUND_MAX = 40 /* letters of a word */ };

struct compound_part {
    uint32_t from, to; /* bytes of the word; the s, e, en, n between two belongs to none */
};

/* The fewest parts, 2 or 3, that a folded word is made of; 0 when it isn't a compound. */
size_t compound_split(const char *word, size_t len, struct compound_part out[COMPOUND_PARTS]);
/* Is it in the list? Only words of 4 to 13 letters a-z are kept. */
bool compound_knows(const char *word, size_t len);
