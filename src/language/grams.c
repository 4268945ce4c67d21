#include "grams.h"

#include "../base/text.h"
#include "letters.h"

#include <string.h>

/* A word without accents of its own, without invisible characters, no letter three times. */
static size_t small_chars(const char *word, size_t len, uint32_t out[GRAM_WORD_MAX])
{
    size_t n = 0, at = 0;

    while (at < len && n < GRAM_WORD_MAX) {
        uint32_t c = letter_small(utf8_next(word, len, &at));
        enum letter_kind kind = letter_kind(c);

        if (c == 0x2019 || c == 0x2018 || c == 0x2bc)
            c = '\'';
        if (kind == LETTER_ACCENT || kind == LETTER_IGNORED ||
            (n > 1 && out[n - 1] == c && out[n - 2] == c))
            continue;
        out[n++] = c;
    }
    return n;
}

void grams_of(const char *word, size_t len,
              void (*each)(void *arg, const char *gram, size_t len, bool is_word), void *arg)
{
    uint32_t chars[GRAM_WORD_MAX];
    char text[GRAM_BYTES_MAX];
    size_t starts[GRAM_WORD_MAX + 3], n = small_chars(word, len, chars), to = 0;

    if (n == 0)
        return;
    for (size_t i = 0; i < n + 2; i++) {
        starts[i] = to;
        to += utf8_write(i == 0 || i == n + 1 ? '_' : chars[i - 1], text + to);
    }
    starts[n + 2] = to;
    for (size_t size = 1; size <= GRAM_CHARS_MAX; size++)
        for (size_t i = 0; i + size <= n + 2; i++)
            /* A border alone says nothing, and hardly more do the letters that all have. */
            if (size > 1 || (uint8_t)text[starts[i]] >= 0x80)
                each(arg, text + starts[i], starts[i + size] - starts[i], false);
    text[0] = '=';
    each(arg, text, starts[n + 1], true);
}
