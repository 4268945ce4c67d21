#include "stem.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;

static void delete_stemmer(void *stemmer)
{
    sb_stemmer_delete(stemmer);
}

static void make_key(void)
{
    if (pthread_key_create(&key, delete_stemmer) != 0)
        abort();
}

/* A stemmer isn't safe for two threads: each has its own, until it ends. */
static struct sb_stemmer *stemmer_of_thread(void)
{
    struct sb_stemmer *stemmer;

    pthread_once(&once, make_key);
    stemmer = pthread_getspecific(key);
    if (stemmer)
        return stemmer;
    stemmer = sb_stemmer_new("dutch", "UTF_8");
    if (!stemmer || pthread_setspecific(key, stemmer) != 0)
        abort(); /* out of memory */
    return stemmer;
}

char *word_stem(struct arena *mem, const char *word, size_t len)
{
    struct sb_stemmer *stemmer = stemmer_of_thread();
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);

    return stem ? arena_text_n(mem, stem, (size_t)sb_stemmer_length(stemmer))
                : arena_text_n(mem, word, len);
}
