#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/promises.h"

#include <string.h>

enum { START = 2 /* bytes that choose the moment */ };

static bool is_border(const char *s, size_t len, size_t at)
{
    return at == len || (at < len && ((uint8_t)s[at] & 0xc0) != 0x80);
}

/* Some moment from 1990 to 2053. */
static instant moment_of(const uint8_t *data)
{
    return (instant){ 631152000000 + (data[0] * 256 + data[1]) * (30347 * SECOND_MS) };
}

static void check(const char *s, const struct tokens *tokens, const struct promises *promises)
{
    uint32_t after = 0;

    fuzz_promise(promises->n <= PROMISES_MAX, "there are not too many");
    for (size_t i = 0; i < promises->n; i++) {
        const struct commitment *promise = &promises->items[i];

        fuzz_promise(promise->from >= after && promise->from < promise->to &&
                         promise->to <= tokens->len,
                     "promises stand in order, are not empty and don't overlap");
        fuzz_promise(is_border(s, tokens->len, promise->from) &&
                         is_border(s, tokens->len, promise->to),
                     "a promise splits no character");
        fuzz_promise(promise->action < ACTIONS_N, "there is something to do");
        after = promise->to;
    }
}

/* Any text at any moment: promises in order. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz"), *texts = arena_new("texts");
    struct promises promises;
    struct tokens tokens;
    const char *s;

    if (size < START)
        return 0;
    s = utf8_repair(texts, data + START, size - START);
    tokens_of(mem, s, strlen(s), &tokens);
    promises_of(mem, &tokens, moment_of(data), &calendar_dutch, &promises);
    check(s, &tokens, &promises);
    return 0;
}
