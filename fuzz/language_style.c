#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/style.h"

#include <string.h>

static bool is_border(const char *s, size_t len, size_t at)
{
    return at == len || (at < len && ((uint8_t)s[at] & 0xc0) != 0x80);
}

static uint32_t units_of(const char *s, size_t len, enum style_unit unit)
{
    struct style_length length;

    style_measure(s, len, &length);
    return unit == STYLE_CHARACTERS  ? length.characters
           : unit == STYLE_GRAPHEMES ? length.graphemes
                                     : length.segments;
}

/* What is left of a text that was cut fits, and nothing is cut of one that does. */
static void check_cut(const char *s, size_t len, enum style_unit unit, uint32_t limit)
{
    size_t cut = style_cut(s, len, unit, limit);

    fuzz_promise(cut <= len && is_border(s, len, cut), "a cut splits no character");
    fuzz_promise((cut == len) == (units_of(s, len, unit) <= limit), "only what is too long is cut");
    fuzz_promise(units_of(s, cut, unit) <= limit, "what is left fits");
}

static void check_findings(const char *s, size_t len, const struct style *style)
{
    size_t after = 0;

    fuzz_promise(style->n <= STYLE_FINDINGS, "there are not too many findings");
    for (size_t i = 0; i < style->n; i++) {
        const struct style_finding *finding = &style->findings[i];

        fuzz_promise(finding->from >= after && finding->from < finding->to && finding->to <= len,
                     "findings stand in order and are not empty");
        fuzz_promise(is_border(s, len, finding->from) && is_border(s, len, finding->to),
                     "a finding splits no character");
        fuzz_promise(finding->kind < STYLE_KINDS, "a finding has a kind");
        after = finding->from;
    }
    fuzz_promise(style->length.graphemes <= style->length.characters &&
                     style->length.segments <= style->length.characters,
                 "units are made of characters");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = { "nl", "en", "fr", "de", NULL };
    static const struct style_word words[] = {
        { "helaas",   false },
        { "probleem", true  }
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz"), *texts = arena_new("texts");
    const char *s = utf8_repair(texts, data, size);
    size_t len = strlen(s), used;
    struct style_rules rules = { .language = languages[size % COUNT(languages)],
                                 .address = size % 3,
                                 .forbidden = style_words_of(texts, words, COUNT(words)),
                                 .unit = size / 3 % 3,
                                 .limit = size > 0 ? data[0] : 0 };
    struct tokens tokens;
    struct style style;

    tokens_of(texts, s, len, &tokens);
    style_find(mem, &tokens, &rules, &style);
    check_findings(s, tokens.len, &style);
    used = arena_used(mem);
    fuzz_promise(used <= 8192 + 4 * len, "the arena is used within a bound");
    if (len > 0)
        for (enum style_unit unit = STYLE_CHARACTERS; unit <= STYLE_SEGMENTS; unit++)
            check_cut(s, len, unit, rules.limit);
    /* Any bytes at all: nothing is promised but an end. */
    tokens_of(texts, (const char *)data, size, &tokens);
    style_find(mem, &tokens, &rules, &style);
    return 0;
}
