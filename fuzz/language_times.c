#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/times.h"

#include <string.h>

enum { YEARS = 12 };

static bool is_near(instant at, instant reference)
{
    int64_t distance = at.ms - reference.ms;

    return at.ms == 0 || (distance < YEARS * 366 * DAY_MS && distance > -YEARS * 366 * DAY_MS);
}

static void check(const struct time_found *found, const char *text, size_t len, instant reference)
{
    fuzz_promise(found->from < found->to && found->to <= len, "a time stands in the text");
    fuzz_promise(utf8_is_valid(text, found->from) && utf8_is_valid(text, found->to),
                 "a time begins and ends between characters");
    fuzz_promise(is_near(found->due_at, reference) && is_near(found->starts_at, reference),
                 "a deadline is near");
    fuzz_promise(!found->is_future || found->due_at.ms == 0 || found->due_at.ms > reference.ms,
                 "a deadline is in the future");
    fuzz_promise(found->starts_at.ms == 0 || found->starts_at.ms <= found->due_at.ms,
                 "a window begins before it ends");
}

/* The first four bytes are the reference, the rest a text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const struct calendar *calendar = size % 2 == 0 ? &calendar_dutch : &calendar_belgian;
    instant reference = { 1000 };
    struct tokens tokens;
    struct times times;
    struct time_found found;
    const char *text;
    size_t len;
    uint32_t seconds;

    if (size < sizeof(seconds))
        return 0;
    memcpy(&seconds, data, sizeof(seconds));
    reference.ms = (1 + (int64_t)seconds) * SECOND_MS;
    text = utf8_repair(mem, data + sizeof(seconds), size - sizeof(seconds));
    len = strlen(text);
    tokens_of(mem, text, len, &tokens);
    times_of(mem, &tokens, reference, calendar, &times);
    fuzz_promise(times.n <= TIMES_MAX, "times are so many at most");
    for (size_t i = 0; i < times.n; i++) {
        check(&times.items[i], text, tokens.len, reference);
        fuzz_promise(i == 0 || times.items[i - 1].from <= times.items[i].from,
                     "times come in the order of the text");
    }
    if (times_deadline(&times, 0, (uint32_t)len))
        fuzz_promise(times_deadline(&times, 0, (uint32_t)len)->is_future, "a deadline can be one");
    if (times_short(mem, text, len, reference, calendar, &found))
        check(&found, text, len, reference);
    return 0;
}
