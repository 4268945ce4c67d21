#include "learn.h"

#include "test.h"

#include <string.h>

static const struct bytes nothing;

static size_t class_of(struct arena *mem, const struct model *model, const char *text,
                       struct bytes learned)
{
    struct tokens tokens;
    struct features features;
    struct verdict verdict;
    struct lookup lookup;

    tokens_of(mem, text, strlen(text), &tokens);
    features_of(mem, &tokens, 0, tokens.n, &features);
    lookup = lookup_of(mem, model->table, learned_read(mem, learned), &tokens, &features);
    model_judge(&lookup, model, &verdict);
    return verdict.class;
}

static bool is_same(struct bytes a, struct bytes b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

/* n different corrections. */
static struct correction *some(struct arena *mem, size_t n)
{
    struct correction *out = NEW_ARRAY(mem, struct correction, n);

    for (size_t i = 0; i < n; i++)
        out[i] = (struct correction){ arena_printf(mem, "De glimp %zu van %zu is zoek", i, i * 7),
                                      &model_intent, i % model_intent.classes_n };
    return out;
}

TEST(one_correction_is_enough_for_the_same_text)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "De blauwe kaart doet het niet bij poortje zeven";

    for (size_t class = 0; class < model_intent.classes_n; class ++) {
        struct correction correction = { text, &model_intent, class };

        CHECK(class_of(mem, &model_intent, text, language_learn(mem, nothing, &correction, 1)) ==
              class);
    }
}

TEST(a_correction_reaches_texts_with_the_same_words)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct correction corrections[4];

    for (size_t i = 0; i < COUNT(corrections); i++)
        corrections[i] = (struct correction){
            arena_printf(mem, "Zonnetafel %zu graag in het zonnetafelboek zetten", i),
            &model_intent, 4
        };
    CHECK(class_of(mem, &model_intent, "zonnetafel in het zonnetafelboek",
                   language_learn(mem, nothing, corrections, COUNT(corrections))) == 4);
}

TEST(corrections_of_one_model_leave_the_others_alone)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "Bedankt, het is opgelost!";
    struct correction correction = { text, &model_intent, 0 };
    struct bytes learned = language_learn(mem, nothing, &correction, 1);

    CHECK(class_of(mem, &model_polarity, text, learned) ==
          class_of(mem, &model_polarity, text, nothing));
}

TEST(learning_on_gives_the_same_bytes_as_learning_at_once)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct correction *all = some(mem, 60);
    struct bytes first = language_learn(mem, nothing, all, 25);

    CHECK(is_same(language_learn(mem, nothing, all, 60), language_learn(mem, first, all + 25, 35)));
}

TEST(learning_again_without_a_correction_takes_it_back_exactly)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct correction *all = some(mem, 30), others[29];
    struct bytes before = language_learn(mem, nothing, all, 29), with;

    memcpy(others, all, sizeof(others));
    with = language_learn(mem, before, all + 29, 1);
    CHECK(!is_same(before, with));
    CHECK(is_same(before, language_learn(mem, nothing, others, COUNT(others))));
}

TEST(only_the_newest_corrections_count)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct correction *all = some(mem, LEARN_MAX + 3);

    CHECK(is_same(language_learn(mem, nothing, all, LEARN_MAX + 3),
                  language_learn(mem, nothing, all + 3, LEARN_MAX)));
}

TEST(what_is_learned_has_a_limit)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes learned = language_learn(mem, nothing, some(mem, LEARN_MAX), LEARN_MAX);

    CHECK(learned.len > 0 && learned.len <= LEARNED_BYTES_MAX);
}

TEST(weights_belong_to_the_models_that_they_were_learned_on_top_of)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const size_t sizes[] = { 4, 1900 }; /* written as pairs, and as all */

    CHECK(learned_is_current(nothing));
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct correction *all = some(mem, sizes[i]);
        const char *text = all[sizes[i] - 1].text; /* the last one counts whatever went before */
        struct bytes learned = language_learn(mem, nothing, all, sizes[i]), other;
        uint8_t *changed = arena_alloc(mem, learned.len);

        CHECK(learned_is_current(learned));
        CHECK(class_of(mem, &model_intent, text, learned) == 3);
        for (size_t byte = 4; byte < 8; byte++) {
            memcpy(changed, learned.data, learned.len);
            changed[byte] ^= 1; /* the version */
            other = (struct bytes){ changed, learned.len };
            CHECK(!learned_is_current(other));
            CHECK(class_of(mem, &model_intent, text, other) ==
                  class_of(mem, &model_intent, text, nothing));
            CHECK(is_same(language_learn(mem, other, some(mem, 4), 4),
                          language_learn(mem, nothing, some(mem, 4), 4)));
        }
    }
}

TEST(other_bytes_are_nothing_learned)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes other = test_exact("GLz1 something else", 19);
    const char *text = "Wanneer komt mijn pakket?";

    CHECK(!learned_is_current(other));
    CHECK(class_of(mem, &model_intent, text, other) == class_of(mem, &model_intent, text, nothing));
}
