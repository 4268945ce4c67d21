#include "stem.h"

#include <libstemmer.h>
#include <stdlib.h>

struct sb_stemmer *stemmer_open(void)
{
    struct sb_stemmer *stemmer = sb_stemmer_new("dutch", "UTF_8");

    if (!stemmer)
        abort(); /* out of memory */
    return stemmer;
}

void stemmer_close(struct sb_stemmer **stemmer)
{
    sb_stemmer_delete(*stemmer);
}

/* So short a word without accents is its own stem: all that is cut off stands behind three letters,
 * and "maan" is the shortest that loses one of two. */
enum { OWN_STEM_MAX = 3 };

static bool is_own_stem(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (word[i] & 0x80)
            return false;
    return len <= OWN_STEM_MAX;
}

char *word_stem(struct arena *mem, struct sb_stemmer *stemmer, const char *word, size_t len)
{
    if (is_own_stem(word, len))
        return arena_text_n(mem, word, len);
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);

    return stem ? arena_text_n(mem, stem, (size_t)sb_stemmer_length(stemmer))
                : arena_text_n(mem, word, len);
}
