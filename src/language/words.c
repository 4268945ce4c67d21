#include "words.h"

#include "../base/buf.h"
#include "../base/text.h"
#include "stem.h"

#include <string.h>

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* A set of words, open addressing; for "each once". */
struct seen {
    const char **slots;
    size_t cap, n;
};

static bool is_new(struct seen *seen, const char *word)
{
    size_t at = 1469598103u;

    for (const char *c = word; *c; c++)
        at = (at ^ (unsigned char)*c) * 1099511628211u;
    for (at %= seen->cap; seen->slots[at]; at = (at + 1) % seen->cap)
        if (strcmp(seen->slots[at], word) == 0)
            return false;
    seen->slots[at] = word;
    seen->n++;
    return true;
}

/* The next run of letters and digits at or behind `at`; NULL at the end. */
static const char *next_word(const char *at, size_t *len)
{
    while (*at && !is_letter((unsigned char)*at))
        at++;
    *len = 0;
    while (is_letter((unsigned char)at[*len]))
        ++*len;
    return *len > 0 ? at : NULL;
}

static char *finish(struct arena *mem, struct buf *out)
{
    char *text = arena_text(mem, buf_str(out));

    buf_free(out);
    return text;
}

static void add(struct buf *out, char first, const char *word)
{
    if (out->len > 0)
        buf_char(out, ' ');
    buf_char(out, first);
    buf_text(out, word);
}

char *words_of(struct arena *mem, char first, const char *const *texts, size_t n)
{
    struct buf out = BUF((size_t)WORDS_MAX * (WORD_LEN_MAX + 2));
    struct seen seen = { .cap = 64 };
    CLEANUP(stemmer_close) struct sb_stemmer *stemmer = stemmer_open();
    size_t len = 0;

    for (size_t i = 0; i < n; i++)
        len += texts[i] ? strlen(texts[i]) : 0;
    while (seen.cap < len && seen.cap < 2 * WORDS_MAX)
        seen.cap *= 2;
    seen.slots = NEW_ARRAY(mem, const char *, seen.cap);
    for (size_t i = 0; i < n; i++) {
        const char *at = texts[i] ? text_fold(mem, texts[i]) : "";
        while ((at = next_word(at, &len)) && seen.n < WORDS_MAX && seen.n + 1 < seen.cap) {
            const char *word = word_stem(mem, stemmer, at, utf8_cut(at, len, WORD_LEN_MAX));
            if (is_new(&seen, word))
                add(&out, first, word);
            at += len;
        }
    }
    return finish(mem, &out);
}

char *words_sought(struct arena *mem, char first, const char *text, bool *is_prefix)
{
    struct buf out = BUF(4096);
    CLEANUP(stemmer_close) struct sb_stemmer *stemmer = stemmer_open();
    const char *at = text_fold(mem, text);
    size_t len, whole = strlen(at);

    *is_prefix = whole > 0 && is_letter((unsigned char)at[whole - 1]);
    while ((at = next_word(at, &len))) {
        add(&out, first, word_stem(mem, stemmer, at, utf8_cut(at, len, WORD_LEN_MAX)));
        at += len;
    }
    return finish(mem, &out);
}
