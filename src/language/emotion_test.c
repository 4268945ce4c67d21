#include "emotion.h"

#include "learn.h"
#include "test.h"

#include <math.h>
#include <string.h>

static void read(struct arena *mem, const char *text, const struct learned *learned,
                 struct mood *out)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct tokens tokens;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    mood_of(mem, &tokens, learned, out);
}

TEST(danger_makes_a_text_critical_and_a_near_miss_does_not)
{
    static const struct {
        const char *text;
        bool is_dangerous;
    } cases[] = {
        { "Er hangt een gaslucht in de hal",                                            true  },
        { "ik ruik gas in de kelder",                                                   true  },
        { "Het ruikt hier heel sterk naar gas.",                                        true  },
        { "Er komt rook uit de meterkast",                                              true  },
        { "Het stopcontact vonkt als ik de stekker erin doe, en het brandt in de muur", true  },
        { "Mijn moeder zit vast in de lift",                                            true  },
        { "De zuurstof van mijn man is bijna op",                                       true  },
        { "Mijn pas is zojuist gestolen",                                               true  },
        { "De baby zit al de hele dag in de kou",                                       true  },
        { "Het water loopt langs de lamp en het stopcontact",                           true  },
        { "There is a strong smell of gas on the stairs",                               true  },
        { "My nan is trapped in the lift",                                              true  },
        { "Ça sent le gaz dans la cage d'escalier",                                     true  },
        { "Ma mère est bloquée dans l'ascenseur",                                       true  },
        { "Es riecht nach Gas im Keller",                                               true  },
        { "Mijn gasrekening klopt niet",                                                false },
        { "Ik zit met een brandende vraag over mijn huis",                              false },
        { "Hebben jullie ook rookworst?",                                               false },
        { "Is het station rookvrij?",                                                   false },
        { "U heeft mij uit de brand geholpen, mijn keuken is weer heel",                false },
        { "Wat kost gas per kuub?",                                                     false },
        { "Er is geen gaslucht meer, alles in orde",                                    false },
        { "De gaslucht van gisteren is opgelost",                                       false },
        { "Ik zit vast in de file",                                                     false },
        { "Is brand in de keuken verzekerd?",                                           false },
        { "Bedankt, maar ik ruik gas in de hal",                                        true  },
        { "Thanks, but there is smoke coming out of the socket",                        true  },
        { "Merci, mais ça sent le gaz dans la cave",                                    true  },
        { "Danke, aber es riecht nach Gas im Keller",                                   true  },
        { "Het vorige lek is opgelost, maar nu ruik ik weer gas",                       true  },
        { "Bedankt voor het dichten van de gasleiding, het ruikt niet meer naar gas",   false },
        { "Thanks for getting my mum out, she was stuck in the lift",                   false },
        { "Ik heb een kaart gestuurd voor mijn moeder",                                 false },
        { "De lift is traag",                                                           false },
        { "Is the gas bill included?",                                                  false },
        { "Votre facture de gaz est trop élevée",                                       false },
        { "> Er hangt een gaslucht\nDank, het is verholpen.",                           false },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;

        read(mem, cases[i].text, NULL, &mood);
        if (mood.is_dangerous != cases[i].is_dangerous)
            CHECK_TEXT(cases[i].text, cases[i].is_dangerous ? "dangerous" : "not dangerous");
        CHECK(!mood.is_dangerous || mood.urgency.class == URGENCY_CRITICAL);
    }
}

TEST(danger_that_is_denied_is_none_and_nothing_else_makes_it_critical)
{
    static const struct {
        const char *text;
        bool is_critical;
    } cases[] = {
        { "geen brand hoor",                                          false },
        { "no fire, just asking",                                     false },
        { "There is no fire in the kitchen, I have a question",       false },
        { "Het ruikt niet naar gas",                                  false },
        { "It does not smell of gas in here",                         false },
        { "Es riecht nicht nach Gas, aber die Heizung ist kalt",      false },
        { "Ça ne sent pas le gaz dans la cave",                       false },
        { "Pas d'odeur de gaz, juste une question",                   false },
        { "Il n'y a pas le feu dans la cuisine",                      false },
        { "Er zit niemand vast in de lift",                           false },
        { "Nobody is stuck in the lift",                              false },
        { "Personne n'est bloqué dans l'ascenseur",                   false },
        { "Niemand steckt im Aufzug fest",                            false },
        { "My card was not stolen, it is broken",                     false },
        { "Mijn pas is niet gestolen, alleen kapot",                  false },
        { "Ma carte n'est pas volée, elle est abîmée",                false },
        { "Mijn pas gestolen in de trein",                            true  },
        { "Portemonnee met pas is net gestolen, blokkeer alles",      true  },
        { "Nee, geen storing, gaslucht in de hal",                    true  },
        { "De lift doet het niet, mijn vader zit vast in de lift",    true  },
        { "Het is niet normaal, gaslucht in de hal",                  true  },
        { "Het stinkt niet normaal naar gas hier",                    true  },
        { "It smells not just a bit of gas",                          true  },
        { "Geen brand in de hal maar wel een gaslucht",               true  },
        { "Geen rook. Wel vlammen in de keuken.",                     true  },
        { "Niemand komt, we zitten vast in de lift",                  true  },
        { "Ik weet niet of ik gas ruik of riool, het ruikt naar gas", true  },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;
        float total = 0;

        read(mem, cases[i].text, NULL, &mood);
        if ((mood.urgency.class == URGENCY_CRITICAL) != cases[i].is_critical)
            CHECK_TEXT(cases[i].text, cases[i].is_critical ? "critical" : "not critical");
        for (size_t k = 0; k < model_urgency.classes_n; k++)
            total += mood.urgency.probabilities[k];
        CHECK(fabsf(total - 1) < 1e-4F);
        CHECK(mood.urgency.margin >= 0 && mood.urgency.margin <= 1);
    }
}

TEST(thanks_for_nothing_is_no_thanks)
{
    static const char *const cases[] = { "Bedankt voor niks", "bedankt voor niets hoor",
                                         "thanks for nothing", "Merci pour rien",
                                         "Danke für nichts" };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;

        read(mem, cases[i], NULL, &mood);
        if (mood.polarity.class != POLARITY_NEGATIVE || !mood.is_doubtful)
            CHECK_TEXT(cases[i], "negative, and a doubt");
    }
}

TEST(danger_is_negative_and_no_joy_however_it_is_said)
{
    static const char *const cases[] = {
        "Heel erg bedankt voor alles, super! Er komt nu rook uit de meterkast.",
        "Fijn dat u er bent, ik wil niet meer leven",
        "Lovely chat, thank you so much. I will bomb your office.",
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;
        float total = 0;

        read(mem, cases[i], NULL, &mood);
        if (mood.polarity.class != POLARITY_NEGATIVE || mood.emotion.class == EMOTION_JOY)
            CHECK_TEXT(cases[i], "negative");
        for (size_t k = 0; k < model_emotion.classes_n; k++)
            total += mood.emotion.probabilities[k];
        CHECK(fabsf(total - 1) < 1e-4F);
        CHECK(mood.emotion.margin >= 0 && mood.emotion.margin <= 1);
    }
}

TEST(short_abuse_is_negative)
{
    static const char *const cases[] = {
        "Oplichters!",
        "Hou op met die spam!!!",
        "Not happy.",
        "The staff at the desk were rude",
        "Kut NS",
        "You guys are thieves",
        "👎",
        "Voleurs !",
        "Betrüger!",
        "Wat een waardeloze club",
        "Spoed! Sleutel afgebroken en mijn kind zit binnen",
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;

        read(mem, cases[i], NULL, &mood);
        if (mood.polarity.class != POLARITY_NEGATIVE)
            CHECK_TEXT(cases[i], "negative");
    }
}

TEST(danger_names_the_words_that_say_so)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct mood mood;

    read(mem, "Help, er komt ROOK uit de meterkast!", NULL, &mood);
    CHECK(mood.urgency.why_n == 2);
    CHECK_TEXT(mood.urgency.why[0], "ROOK");
    CHECK_TEXT(mood.urgency.why[1], "meterkast");
}

TEST(danger_stays_critical_whatever_was_learned)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "Er hangt een gaslucht in de hal";
    const struct correction correction = { text, &model_urgency, URGENCY_LOW };
    const struct correction often[] = { correction, correction, correction };
    struct bytes bytes = language_learn(mem, (struct bytes){ 0 }, often, COUNT(often));
    struct mood mood;

    read(mem, text, learned_read(mem, bytes), &mood);
    CHECK(mood.urgency.class == URGENCY_CRITICAL && mood.is_dangerous);
}

TEST(a_corrected_polarity_stands_whatever_the_emotion_says)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "Schandalig, al drie weken geen antwoord en niemand belt terug.";
    const struct correction correction = { text, &model_polarity, POLARITY_POSITIVE };
    struct bytes bytes = language_learn(mem, (struct bytes){ 0 }, &correction, 1);
    struct mood mood;

    read(mem, text, learned_read(mem, bytes), &mood);
    CHECK(mood.emotion.class == EMOTION_ANGER);
    CHECK(mood.polarity.class == POLARITY_POSITIVE);
}

TEST(a_correction_of_one_verdict_leaves_the_others_alone)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "Mijn pas doet het weer, net als vorige week.";
    const struct correction correction = { text, &model_polarity, POLARITY_NEGATIVE };
    struct bytes bytes = language_learn(mem, (struct bytes){ 0 }, &correction, 1);
    struct mood before, after;

    read(mem, text, NULL, &before);
    read(mem, text, learned_read(mem, bytes), &after);
    CHECK(after.polarity.class == POLARITY_NEGATIVE);
    /* Not exactly: a weight learned may be shared by two models. */
    for (size_t i = 0; i < model_emotion.classes_n; i++)
        CHECK(fabsf(after.emotion.probabilities[i] - before.emotion.probabilities[i]) < 0.02F);
    for (size_t i = 0; i < model_urgency.classes_n; i++)
        CHECK(fabsf(after.urgency.probabilities[i] - before.urgency.probabilities[i]) < 0.02F);
}

TEST(verdicts_are_judged_together_and_still_add_up)
{
    static const char *const texts[] = { "Fijn hoor, alweer geen bus.", "Top!", "", "Waar?" };

    for (size_t t = 0; t < COUNT(texts); t++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;
        float total = 0;

        read(mem, texts[t], NULL, &mood);
        for (size_t i = 0; i < model_intent.classes_n; i++) {
            total += mood.intent.probabilities[i];
            CHECK(mood.intent.probabilities[i] <= mood.intent.probabilities[mood.intent.class]);
        }
        CHECK(fabsf(total - 1) < 1e-4F);
        CHECK(mood.intent.margin >= 0 && mood.intent.margin <= 1);
    }
}

TEST(praise_beside_a_fact_that_nobody_praises_is_a_doubt_and_no_verdict)
{
    static const struct {
        const char *text;
        bool is_doubtful;
    } cases[] = {
        { "Fijn hoor, alweer geen bus.",                           true  },
        { "Geweldige service, drie weken wachten op een monteur.", true  },
        { "Great, another cancelled train. Thanks a lot.",         true  },
        { "lekker bezig NS",                                       true  },
        { "Na toll.",                                              true  },
        { "Hoe laat gaan jullie open?",                            false },
        { "Mijn lamp is kapot.",                                   false },
        { "Bedankt, alles is opgelost na drie weken!",             false },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;

        read(mem, cases[i].text, NULL, &mood);
        if (mood.is_doubtful != cases[i].is_doubtful)
            CHECK_TEXT(cases[i].text, cases[i].is_doubtful ? "doubtful" : "not doubtful");
    }
}
