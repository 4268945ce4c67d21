#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/tokens.h"

#include <string.h>

static bool is_border(const char *s, size_t len, size_t at)
{
    return at == len || (at < len && ((uint8_t)s[at] & 0xc0) != 0x80);
}

static void check_token(const char *s, size_t len, const struct token *token, size_t after)
{
    fuzz_promise(token->from >= after && token->from < token->to && token->to <= len,
                 "tokens stand in order and are not empty");
    fuzz_promise(is_border(s, len, token->from) && is_border(s, len, token->to),
                 "a token splits no character");
    fuzz_promise(token->text[0] != '\0' && utf8_is_valid(token->text, strlen(token->text)),
                 "a token has a valid text");
    fuzz_promise(token->kind == TOKEN_NUMBER || token->number == -1, "only numbers have a value");
}

/* Any text becomes tokens in order, and sentences that share them out without a rest. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz"), *texts = arena_new("texts");
    const char *s = utf8_repair(texts, data, size);
    size_t len = strlen(s), after = 0, next = 0;
    struct tokens tokens;

    tokens_of(mem, s, len, &tokens);
    fuzz_promise(tokens.len <= len && tokens.len <= LANGUAGE_MAX && is_border(s, len, tokens.len),
                 "so much is looked at, in whole characters");
    for (size_t i = 0; i < tokens.n; i++) {
        check_token(s, tokens.len, &tokens.tokens[i], after);
        after = tokens.tokens[i].to;
    }
    for (size_t i = 0; i < tokens.sentences_n; i++) {
        const struct sentence *sentence = &tokens.sentences[i];

        fuzz_promise(sentence->first == next && sentence->n > 0, "each token has one sentence");
        next += sentence->n;
        fuzz_promise(next <= tokens.n && sentence->from == tokens.tokens[sentence->first].from &&
                         sentence->to == tokens.tokens[next - 1].to,
                     "a sentence begins and ends with its tokens");
    }
    fuzz_promise(next == tokens.n, "no token is without a sentence");
    fuzz_promise(arena_used(mem) <= 1024 + 256 * tokens.len, "the arena is used within a bound");
    /* Any bytes at all: nothing is promised but an end. */
    tokens_of(mem, (const char *)data, size, &tokens);
    return 0;
}
