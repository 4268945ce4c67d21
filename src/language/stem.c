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

char *word_stem(struct arena *mem, struct sb_stemmer *stemmer, const char *word, size_t len)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);

    return stem ? arena_text_n(mem, stem, (size_t)sb_stemmer_length(stemmer))
                : arena_text_n(mem, word, len);
}
