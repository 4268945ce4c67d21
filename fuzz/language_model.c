#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/language/emotion.h"
#include "../src/language/learn.h"

#include <string.h>

enum { MEMORY_A_BYTE = 4096, MEMORY_ALWAYS = 1 << 20 };

static void check_verdict(const struct model *model, const struct verdict *verdict,
                          const char *text)
{
    float total = 0;

    fuzz_promise(verdict->class < model->classes_n, "a verdict is one of the classes");
    fuzz_promise(verdict->margin >= 0 && verdict->margin <= 1, "a margin is between 0 and 1");
    for (size_t i = 0; i < model->classes_n; i++)
        total += verdict->probabilities[i];
    fuzz_promise(total > 0.99F && total < 1.01F, "the probabilities add up");
    fuzz_promise(verdict->why_n <= WHY_MAX, "there are a few reasons at most");
    for (size_t i = 0; i < verdict->why_n; i++)
        fuzz_promise(utf8_is_valid(verdict->why[i], strlen(verdict->why[i])) &&
                         strstr(text, verdict->why[i]),
                     "a reason stands in the text");
}

/* Any text is judged, whatever was learned; any bytes may be what was learned. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const size_t split = size > 0 ? data[0] % size : 0;
    const char *text = utf8_repair(mem, data + split, size - split);
    struct bytes before = { data, split }, learned;
    struct correction correction = { text, &model_intent, split % CLASSES_MAX };
    struct tokens tokens;
    struct mood mood;
    size_t used;

    tokens_of(mem, text, strlen(text), &tokens);
    used = arena_used(mem);
    mood_of(mem, &tokens, learned_read(mem, before), &mood);
    fuzz_promise(arena_used(mem) - used < MEMORY_ALWAYS + MEMORY_A_BYTE * strlen(text),
                 "memory is bounded by the text");
    check_verdict(&model_polarity, &mood.polarity, text);
    check_verdict(&model_emotion, &mood.emotion, text);
    check_verdict(&model_intent, &mood.intent, text);
    check_verdict(&model_urgency, &mood.urgency, text);
    fuzz_promise(!mood.is_dangerous || mood.urgency.class == URGENCY_CRITICAL,
                 "danger is critical");
    learned = language_learn(mem, before, &correction, 1);
    fuzz_promise(learned.len <= LEARNED_BYTES_MAX, "what is learned has a limit");
    mood_of(mem, &tokens, learned_read(mem, learned), &mood);
    check_verdict(&model_intent, &mood.intent, text);
    return 0;
}
