#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/joining.h"

#include <string.h>

/* Any two texts (a line, and what follows it) are held against one another, in a bounded arena, and
 * what they share stands in the second. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz"), *texts = arena_new("texts");
    const char *all = utf8_repair(texts, data, size), *end = strchr(all, '\n');
    const char *message = end ? end + 1 : all;
    size_t len = end ? (size_t)(end - all) : strlen(all);
    struct joining_state state = { .turn = TURN_US, .days = 3 };
    struct joining found;

    joining_judge(mem, joining_text(mem, all, len), joining_text(mem, message, strlen(message)),
                  &state, &found);
    fuzz_promise(found.chance >= 0 && found.chance <= 1, "a chance is one");
    fuzz_promise(!found.is_sure || found.chance >= joining_likely, "what is sure is likely");
    fuzz_promise(found.shared_n <= JOINING_SHARED_MAX, "few words are shown");
    for (size_t i = 0; i < found.shared_n; i++)
        fuzz_promise(strstr(message, found.shared[i]) != NULL, "a shared word is the message's");
    fuzz_promise(!found.number || strstr(message, found.number), "so is a number");
    fuzz_promise(arena_used(mem) <= (1 << 20) + 8192 * strlen(all), "the arena is bounded");
    return 0;
}
