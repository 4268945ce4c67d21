#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/lemma.h"
#include "../src/language/terms.h"

#include <string.h>

static void check(const struct search_word *word, size_t len)
{
    fuzz_promise(word->from < word->to && word->to <= len, "a word isn't empty");
    fuzz_promise(word->word[0] && word->stem && word->lemma, "a word has a text and stems");
    fuzz_promise(word->grams_n > 0, "a word has grams");
    for (size_t i = 0; i < word->grams_n; i++)
        fuzz_promise(utf8_is_valid(word->grams[i], strlen(word->grams[i])),
                     "a gram splits no character");
    for (size_t i = 0; i < word->parts_n; i++)
        fuzz_promise(word->parts[i][0] != '\0', "a part isn't empty");
}

/* Any bytes are split, any text has terms, in a bounded arena. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz"), *texts = arena_new("texts");
    const char *s = utf8_repair(texts, data, size);
    struct compound_part parts[COMPOUND_PARTS];
    struct search_terms terms;
    size_t n = compound_split((const char *)data, size, parts);

    for (size_t i = 0; i < n; i++)
        fuzz_promise(parts[i].from + COMPOUND_PART_MIN <= parts[i].to && parts[i].to <= size &&
                         (i == 0 || parts[i].from >= parts[i - 1].to),
                     "parts stand in order and have letters");
    lemma_of(texts, lemmas_new(texts), s);
    search_terms(mem, s, &terms);
    for (size_t i = 0; i < terms.n; i++)
        check(&terms.words[i], strlen(s));
    fuzz_promise(arena_used(mem) <= (1 << 18) + 2048 * strlen(s),
                 "the arena is used within a bound");
    return 0;
}
