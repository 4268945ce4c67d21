#include "model.h"

#include "test.h"

#include <math.h>
#include <string.h>

static void score(struct arena *mem, const struct model *model, const struct tokens *tokens,
                  const struct features *features, struct verdict *out)
{
    struct lookup lookup = lookup_of(mem, model->table, NULL, tokens, features);

    model_judge(&lookup, model, out);
    model_explain(mem, &lookup, &model, 1, out);
}

static void judge(struct arena *mem, const struct model *model, const char *text,
                  struct verdict *out)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct tokens tokens;
    struct features features;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    features_of(mem, &tokens, 0, tokens.n, &features);
    score(mem, model, &tokens, &features, out);
}

TEST(clear_texts_are_judged_as_anybody_would)
{
    static const struct {
        const struct model *model;
        const char *text, *class;
    } cases[] = {
        { &model_polarity, "Bedankt, het werkt weer, super geholpen!",                       "pos"     },
        { &model_polarity, "Schandalig, al drie weken geen antwoord en niemand belt terug.",
         "neg"                                                                                         },
        { &model_polarity, "Hoe laat gaat het kantoor open?",                                "neu"     },
        { &model_emotion,  "Ik ben woedend, dit is oplichting!",                             "anger"   },
        { &model_emotion,  "Thank you so much, lovely people!",                              "joy"     },
        { &model_intent,   "Kunt u mijn adres wijzigen?",                                    "request" },
        { &model_intent,   "Merci beaucoup pour votre aide !",                               "thanks"  },
        { &model_urgency,  "Fijn weekend allemaal!",                                         "low"     },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct verdict verdict;

        judge(mem, cases[i].model, cases[i].text, &verdict);
        CHECK_TEXT(cases[i].model->classes[verdict.class], cases[i].class);
    }
}

TEST(a_verdict_names_words_as_they_stand_in_the_text)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "SCHANDALIG!! Wéér geen reactie gekregen 😡";
    struct verdict verdict;
    bool found = false;

    judge(mem, &model_polarity, text, &verdict);
    CHECK(verdict.why_n > 0 && verdict.why_n <= WHY_MAX);
    for (size_t i = 0; i < verdict.why_n; i++) {
        CHECK(strstr(text, verdict.why[i]) != NULL);
        found |= strcmp(verdict.why[i], "SCHANDALIG") == 0;
    }
    CHECK(found);
}

TEST(probabilities_of_a_verdict_add_up_and_the_margin_is_between_the_first_two)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct verdict verdict;
    float total = 0, second = 0;

    judge(mem, &model_intent, "Wanneer komt mijn pakket?", &verdict);
    for (size_t i = 0; i < model_intent.classes_n; i++) {
        total += verdict.probabilities[i];
        if (i != verdict.class)
            second = fmaxf(second, verdict.probabilities[i]);
    }
    CHECK(fabsf(total - 1) < 1e-4F);
    CHECK(fabsf(verdict.probabilities[verdict.class] - second - verdict.margin) < 1e-4F);
}

TEST(a_text_without_words_is_judged_too)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct verdict verdict;

    judge(mem, &model_polarity, "", &verdict);
    CHECK(verdict.class < model_polarity.classes_n && verdict.why_n == 0);
}

TEST(a_sentence_is_judged_alike_alone_and_within_a_letter)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "Goedemiddag. Wij bellen u morgen terug. Wat is uw nummer?";
    const char *alone = "Wij bellen u morgen terug.";
    struct tokens tokens;
    struct features features;
    struct verdict within, single;

    tokens_of(mem, text, strlen(text), &tokens);
    CHECK(tokens.sentences_n == 3);
    features_of(mem, &tokens, tokens.sentences[1].first, tokens.sentences[1].n, &features);
    score(mem, &model_intent, &tokens, &features, &within);
    judge(mem, &model_intent, alone, &single);
    CHECK(within.class == single.class && fabsf(within.margin - single.margin) < 1e-5F);
}
