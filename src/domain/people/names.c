#include "names.h"

#include "../../base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_WORDS_MAX = 16, LONG_WORD = 3 };

/* They come and go with who writes the name down. */
static const char *const idle[] = {
    "de",  "den", "der", "des",      "dhr", "drs",  "dr",      "du",     "en",   "ir",
    "het", "ing", "la",  "le",       "m",   "mme",  "madame",  "meneer", "mevr", "mevrouw",
    "mr",  "mrs", "mw",  "monsieur", "op",  "prof", "s",       "t",      "te",   "ten",
    "ter", "van", "von", "heer",     "ms",  "miss", "familie", "fam",
};

struct words {
    const char **v;
    size_t n;
};

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_idle(const char *word)
{
    for (size_t i = 0; i < COUNT(idle); i++)
        if (strcmp(idle[i], word) == 0)
            return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct words words_in(struct arena *mem, const char *name)
{
    const char *at = text_fold(mem, name ? name : "");
    struct words words = { NEW_ARRAY(mem, const char *, NAME_WORDS_MAX), 0 };

    while (*at && words.n < NAME_WORDS_MAX) {
        size_t len = 0;
        while (is_letter(at[len]))
            len++;
        const char *word = arena_text_n(mem, at, len);
        if (len > 0 && !is_idle(word))
            words.v[words.n++] = word;
        at += len > 0 ? len : 1;
    }
    qsort(words.v, words.n, sizeof(words.v[0]), by_text);
    return words;
}

char *name_key(struct arena *mem, const char *name)
{
    struct words words = words_in(mem, name);
    char *key = arena_text(mem, "");

    for (size_t i = 0; i < words.n; i++)
        key = arena_printf(mem, "%s%s%s", key, i > 0 ? " " : "", words.v[i]);
    return key;
}

/* Takes out what both have; how many of those are longer than an initial. */
static size_t take_common(struct words *a, struct words *b)
{
    size_t long_n = 0, kept = 0;

    for (size_t i = 0; i < a->n; i++) {
        size_t k = 0;
        while (k < b->n && strcmp(a->v[i], b->v[k]) != 0)
            k++;
        if (k == b->n) {
            a->v[kept++] = a->v[i];
            continue;
        }
        long_n += strlen(a->v[i]) >= LONG_WORD;
        memmove(&b->v[k], &b->v[k + 1], (b->n - k - 1) * sizeof(b->v[0]));
        b->n--;
    }
    a->n = kept;
    return long_n;
}

/* Each of the shorter list is the initial of one in the other, or has it as its initial. */
static bool initials_fit(const struct words *few, const struct words *of)
{
    struct words many = *of;

    for (size_t i = 0; i < few->n; i++) {
        size_t k = 0;
        while (k < many.n &&
               (few->v[i][0] != many.v[k][0] || (strlen(few->v[i]) > 1 && strlen(many.v[k]) > 1)))
            k++;
        if (k == many.n)
            return false;
        many.v[k] = many.v[--many.n];
    }
    return few->n > 0;
}

enum name_likeness names_compare(struct arena *mem, const char *a, const char *b)
{
    struct words x = words_in(mem, a), y = words_in(mem, b);
    size_t common;

    if (x.n == 0 || y.n == 0)
        return NAMES_DIFFER;
    common = take_common(&x, &y);
    if (x.n == 0 && y.n == 0)
        return NAMES_SAME;
    if (common == 0)
        return NAMES_DIFFER;
    if (x.n > y.n ? initials_fit(&y, &x) : initials_fit(&x, &y))
        return NAMES_FIT;
    return (x.n == 0 || y.n == 0) && common >= 2 ? NAMES_FIT : NAMES_DIFFER;
}
