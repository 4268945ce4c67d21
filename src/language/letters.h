/* letters.h — what a character is, and how it is compared. Tables and pure functions. */
#pragma once

#include "../base/base.h"

enum letter_kind {
    LETTER_BLANK,
    LETTER_LINE,    /* a line ends */
    LETTER_IGNORED, /* invisible: joiners, soft hyphens, byte order marks */
    LETTER_ALPHA,   /* a letter of any script */
    LETTER_DIGIT,   /* 0-9 */
    LETTER_ACCENT,  /* belongs to what stands in front of it; variation selectors too */
    LETTER_MARK,    /* everything that is seen and is none of the others */
    LETTER_SYMBOL,  /* © → ™: a mark, an emoji with the selector U+FE0F behind it */
    LETTER_EMOJI,
    LETTER_FLAG, /* a regional indicator: two are a flag */
};

enum { LETTER_JOINER = 0x200d, LETTER_SELECTOR = 0xfe0f, LETTER_KEYCAP = 0x20e3 };
enum { LETTER_FOLDED_MAX = 4 }; /* bytes */

enum letter_kind letter_kind(uint32_t c);
bool letter_is_skin(uint32_t c); /* the skin tones of emoji */
/* As text_fold() has it, character by character: small, without accent; writes 0 to
 * LETTER_FOLDED_MAX bytes and returns how many. Scripts that have no capitals, and rare Latin
 * letters, stay as they are. */
size_t letter_fold(uint32_t c, char out[LETTER_FOLDED_MAX]);
bool letter_is_capital(uint32_t c);
/* The small letter of a capital, with its accent. */
uint32_t letter_small(uint32_t c);
