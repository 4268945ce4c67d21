#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/personal.h"
#include "../src/language/tokens.h"

#include <string.h>

static bool is_border(const char *s, size_t len, size_t at)
{
    return at == len || (at < len && ((uint8_t)s[at] & 0xc0) != 0x80);
}

static void check_hit(const char *s, size_t len, const struct personal_hit *hit, size_t after)
{
    fuzz_promise(hit->from >= after && hit->from < hit->to && hit->to <= len &&
                     hit->to <= LANGUAGE_MAX,
                 "hits stand in order, apart and inside the text");
    fuzz_promise(is_border(s, len, hit->from) && is_border(s, len, hit->to),
                 "a hit splits no character");
    fuzz_promise(hit->kind < PERSONAL_KINDS && personal_kind_name(hit->kind)[0] != '\0',
                 "a hit has a kind with a name");
    fuzz_promise(utf8_is_valid(hit->masked, strlen(hit->masked)) &&
                     strlen(hit->masked) <= hit->to - hit->from,
                 "what is masked isn't longer than before");
}

/* Of any text: hits in order on character borders, and the same ones again where they stand. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const numbers[] = { "+31 30 234 56 78" };
    static const char *const domains[] = { "own.example" };
    static const struct personal_own own = {
        .numbers = numbers, .numbers_n = 1, .domains = domains, .domains_n = 1
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz"), *texts = arena_new("texts");
    const char *s = utf8_repair(texts, data, size);
    size_t len = strlen(s), after = 0;
    struct personal found;

    personal_find(mem, s, len, size % 2 ? &own : NULL, &found);
    for (size_t i = 0; i < found.n; i++) {
        check_hit(s, len, &found.hits[i], after);
        after = found.hits[i].to;
    }
    fuzz_promise(arena_used(mem) <= 1024 + 64 * len, "the arena is used within a bound");
    /* Any bytes at all: nothing is promised but an end. */
    personal_find(mem, (const char *)data, size, NULL, &found);
    return 0;
}
