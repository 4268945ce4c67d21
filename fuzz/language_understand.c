#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/understand.h"

#include <string.h>

/* Is [from, to) a part of the text, on borders of characters? */
static void check_span(const char *text, size_t len, int64_t from, int64_t to)
{
    fuzz_promise(from >= 0 && from <= to && to <= (int64_t)len, "a span lies in the text");
    fuzz_promise(utf8_cut(text, len, (size_t)from) == (size_t)from &&
                     utf8_cut(text, len, (size_t)to) == (size_t)to,
                 "a span begins and ends between characters");
}

static void check(const char *text, size_t len, const struct understanding *u)
{
    const struct understood_promise *promises = u->promises.items;
    const struct understood_referral *referrals = u->referrals.items;
    const struct understood_personal *personal = u->personal.items;
    const struct understood_style *style = u->style.items;

    for (size_t i = 0; i < u->promises.n; i++)
        check_span(text, len, promises[i].from, promises[i].to);
    for (size_t i = 0; i < u->referrals.n; i++)
        check_span(text, len, referrals[i].from, referrals[i].to);
    for (size_t i = 0; i < u->style.n; i++)
        check_span(text, len, style[i].from, style[i].to);
    for (size_t i = 0; i < u->personal.n; i++) {
        check_span(text, len, personal[i].from, personal[i].to);
        fuzz_promise(strlen(personal[i].masked) <= 4 * (size_t)(personal[i].to - personal[i].from),
                     "a masked text is at most four times as long");
    }
    fuzz_promise(u->polarity && u->emotion && u->intent && u->urgency && u->language,
                 "every text has a mood and a language, or an empty one");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const char *text = utf8_repair(mem, data, size);
    /* What is ours, and what the text is for: the first byte tells. */
    static const char *const numbers[] = { "088-555 01 20", "+32 9 255 01 23" };
    static const char *const domains[] = { "lindewerf.example", "info@gent.example" };
    static const char *const places[] = { "lindewerf", "wijkteam", "mijn.lindewerf.example" };
    const struct personal_own own = { size % 2 == 1, numbers, COUNT(numbers), domains,
                                      COUNT(domains) };
    const struct referral_own places_of_ours = { places, COUNT(places) };
    struct understand_context context = {
        .at = { 1709999999000 + (int64_t)(size > 0 ? data[0] : 0) * 37 * HOUR_MS }
    };
    struct understanding u;

    if (size > 0 && data[0] % 3 == 0) {
        context.own = &own;
        context.places = &places_of_ours;
        context.style.limit = data[0];
    }
    for (int i = 0; i < 2; i++) {
        context.is_outgoing = i == 1;
        understand(mem, text, strlen(text), &context, &u);
        check(text, strlen(text), &u);
    }
    return 0;
}
