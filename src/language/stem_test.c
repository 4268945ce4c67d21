#include "stem.h"

#include "test.h"

#include <libstemmer.h>
#include <string.h>

static bool stems_to_itself(struct sb_stemmer *stemmer, const char *word, size_t len)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);

    return (size_t)sb_stemmer_length(stemmer) == len && memcmp(stem, word, len) == 0;
}

TEST(a_word_of_up_to_three_letters_is_its_own_stem)
{
    enum { LETTERS = 'z' - 'a' + 1, LONGEST = 3 };
    CLEANUP(stemmer_close) struct sb_stemmer *stemmer = stemmer_open();

    for (int i = 0; i < LETTERS * LETTERS * LETTERS; i++) {
        const char word[LONGEST] = { (char)('a' + i / LETTERS / LETTERS),
                                     (char)('a' + i / LETTERS % LETTERS),
                                     (char)('a' + i % LETTERS) };
        for (size_t len = 1; len <= LONGEST; len++)
            CHECK(stems_to_itself(stemmer, word, len));
    }
}

TEST(a_longer_word_and_one_with_accents_loses_what_is_cut_off)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("stem");
    CLEANUP(stemmer_close) struct sb_stemmer *stemmer = stemmer_open();

    CHECK_TEXT(word_stem(mem, stemmer, "maan", 4), "man");
    CHECK_TEXT(word_stem(mem, stemmer, "dagen", 5), "dag");
    CHECK_TEXT(word_stem(mem, stemmer, "zee", 3), "zee");
    CHECK_TEXT(word_stem(mem, stemmer, "z\xc3\xa9", 3), "ze");
}
