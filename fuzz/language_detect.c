#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/detect.h"

#include <string.h>

/* The first byte chooses the hints, the rest is the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    uint8_t choice = size > 0 ? data[0] : 0;
    const char *s = utf8_repair(mem, data, size);
    struct detect_hints hints = { .allowed = choice & 0x1f,
                                  .earlier = (choice >> 5) % LANGUAGES,
                                  .organisation = choice % LANGUAGES };
    struct detected alone, got;
    struct tokens tokens;
    size_t used;

    tokens_of(mem, s, strlen(s), &tokens);
    used = arena_used(mem);
    alone = detect_language(&tokens, NULL);
    got = detect_language(&tokens, &hints);
    fuzz_promise(arena_used(mem) == used, "no memory is needed");
    fuzz_promise((size_t)alone.language < LANGUAGES && (size_t)got.language < LANGUAGES,
                 "it is a known one");
    fuzz_promise(alone.margin >= 0 && alone.margin <= 1 && got.margin >= 0 && got.margin <= 1,
                 "a margin is between 0 and 1");
    fuzz_promise((hints.allowed & ~1U) == 0 || got.language == LANGUAGE_UNKNOWN ||
                     hints.allowed & 1U << got.language,
                 "only what is allowed is found");
    fuzz_promise(alone.language != LANGUAGE_UNKNOWN || alone.margin <= 0,
                 "nobody is sure of an unknown one");
    return 0;
}
