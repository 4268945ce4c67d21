#include "terms.h"

#include "../base/text.h"
#include "lemma.h"
#include "stem.h"
#include "tokens.h"

#include <string.h>

enum { GRAMS_OF = 40 /* letters of a word, from its begin */ };

/* What a text is worked through with. */
struct reading {
    struct arena *mem;
    const struct lemmas *lemmas;
    struct sb_stemmer *stemmer;
};

static const char *stem_of(const struct reading *reading, const char *word)
{
    return word_stem(reading->mem, reading->stemmer, word, strlen(word));
}

static const char *lemma_in(const struct reading *reading, const char *word)
{
    return lemma_of(reading->mem, reading->lemmas, word);
}

static void add_grams(struct arena *mem, struct search_word *word)
{
    size_t starts[GRAMS_OF + 1], n = 0, len = strlen(word->word), at = 0;
    const char **grams;

    while (at < len && n < GRAMS_OF) {
        starts[n++] = at;
        utf8_next(word->word, len, &at);
    }
    starts[n] = at;
    word->grams_n = n > GRAM ? n - GRAM + 1 : 1;
    word->grams = grams = NEW_ARRAY(mem, const char *, word->grams_n);
    for (size_t i = 0; i < word->grams_n; i++) {
        size_t to = i + GRAM < n ? starts[i + GRAM] : at;
        grams[i] = arena_text_n(mem, word->word + starts[i], to - starts[i]);
    }
}

static void add_parts(const struct reading *reading, struct search_word *word)
{
    struct compound_part parts[COMPOUND_PARTS];

    word->parts_n = compound_split(word->word, strlen(word->word), parts);
    for (size_t i = 0; i < word->parts_n; i++) {
        const char *part =
            arena_text_n(reading->mem, word->word + parts[i].from, parts[i].to - parts[i].from);
        word->parts[i] = stem_of(reading, lemma_in(reading, part));
    }
}

void search_terms(struct arena *mem, const char *text, struct search_terms *out)
{
    CLEANUP(stemmer_close) struct sb_stemmer *stemmer = stemmer_open();
    const struct reading reading = { mem, lemmas_new(mem), stemmer };
    struct search_word *words;
    struct tokens tokens;
    size_t n = 0;

    tokens_of(mem, text, strlen(text), &tokens);
    words = NEW_ARRAY(mem, struct search_word, tokens.n + 1);
    for (size_t i = 0; i < tokens.n && n < TERMS_MAX; i++) {
        const struct token *token = &tokens.tokens[i];
        struct search_word *word = &words[n];
        const char *lemma;

        if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER && token->kind != TOKEN_TAG)
            continue;
        n++;
        word->from = token->from;
        word->to = token->to;
        word->word = token->kind == TOKEN_TAG ? token->text + 1 : token->text;
        word->stem = stem_of(&reading, word->word);
        lemma = token->kind == TOKEN_WORD ? lemma_in(&reading, word->word) : word->word;
        word->lemma = lemma == word->word ? word->stem : stem_of(&reading, lemma);
        if (token->kind == TOKEN_WORD)
            add_parts(&reading, word);
        add_grams(mem, word);
    }
    *out = (struct search_terms){ .words = words, .n = n };
}
