#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/referrals.h"

#include <string.h>

static bool is_border(const char *s, size_t len, size_t at)
{
    return at == len || (at < len && ((uint8_t)s[at] & 0xc0) != 0x80);
}

static void check(const char *s, size_t len, const struct referral *item)
{
    fuzz_promise(item->from < item->to && item->to <= len, "a referral isn't empty");
    fuzz_promise(item->from <= item->target_from && item->target_from <= item->target_to &&
                     item->target_to <= item->to,
                 "its target stands inside it");
    fuzz_promise(is_border(s, len, item->from) && is_border(s, len, item->to) &&
                     is_border(s, len, item->target_from) && is_border(s, len, item->target_to),
                 "no character is split");
    fuzz_promise(strlen(item->target) == item->target_to - item->target_from &&
                     memcmp(item->target, s + item->target_from, strlen(item->target)) == 0,
                 "the target is what stands there");
    fuzz_promise(item->own < 0 || item->is_own, "what is in the table is ours");
}

/* Any text has referrals within it, in each language, in a bounded arena. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = { "nl", "en", "fr", "de" };
    static const char *const items[] = { "0900 1234", "naam.nl", "info@naam.nl", "Huis", "" };
    static const struct referral_own own = { items, COUNT(items) };
    CLEANUP(arena_freep) struct arena *texts = arena_new("texts");
    const char *s = utf8_repair(texts, data, size);
    struct tokens tokens;

    tokens_of(texts, s, strlen(s), &tokens);
    for (size_t i = 0; i < COUNT(languages); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
        struct referrals found;

        referrals_of(mem, &tokens, languages[i], &own, &found);
        fuzz_promise(found.n <= REFERRALS_MAX, "there are no more than so many");
        for (size_t k = 0; k < found.n; k++)
            check(s, tokens.len, &found.items[k]);
        fuzz_promise(arena_used(mem) <= (1 << 18) + 64 * tokens.len,
                     "the arena is used within a bound");
    }
    return 0;
}
