#include "promise_words.h"

uint64_t word_says(const char *word, size_t len)
{
    uint64_t says = flags_of(&said_table, word, len);

    if (says & SAYS_ACTIONS)
        says |= SAYS_BIT(DOES);
    if (looks_like_participle(word, len))
        says |= SAYS_BIT(DONE);
    return says;
}
