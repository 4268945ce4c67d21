#include "detect.h"

#include "test.h"

#include <string.h>

static struct detected detect(const char *text, const struct detect_hints *hints)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes exact = test_exact(text, strlen(text));
    struct tokens tokens;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    return detect_language(&tokens, hints);
}

TEST(a_message_is_in_the_language_of_its_words)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "Kunt u mij vertellen waar mijn pakketje blijft?",                    "nl" },
        { "Hoe zit dat nu met die borg, krijg ik die nog trug?",                "nl" },
        { "Amai, da's nogal iets, zeg. Kunde gij da nakijken?",                 "nl" },
        { "storing internet Breda",                                             "nl" },
        { "weeeeer geen stroom!!!",                                             "nl" },
        { "@NS_online trein naar Leiden valt uit #fail",                        "nl" },
        { "Check even je inbox, de tracking link doet het niet",                "nl" },
        { "Where has my parcel gone? The driver never rang.",                   "en" },
        { "any idea when the lift gets fixed",                                  "en" },
        { "Stuck at Den Haag Centraal, no trains at all",                       "en" },
        { "Je n'ai toujours pas reçu ma commande",                              "fr" },
        { "vous etes ouverts le dimanche ?",                                    "fr" },
        { "Ma carte de banque est bloquée à Anvers",                            "fr" },
        { "Wo bleibt mein Paket? Der Fahrer hat nicht geklingelt.",             "de" },
        { "koennen sie mir bitte die rechnung zuschicken",                      "de" },
        { "Ich stehe in Utrecht und der Zug nach Köln ist weg",                 "de" },
        { "Dag, see https://example.com/the-order-of-the-day, graag hulp",      "nl" },
        { "Beste, op uw site staat \"out of stock\". Wanneer weer leverbaar?",  "nl" },
        { "SCHANDE DAT JULLIE NIET BELLEN",                                     "nl" },
        { "> We will call you back tomorrow\n> before noon\nGraag na vier uur", "nl" },
        { "> We will call you back tomorrow",                                   "en" },
        { "ok danke",                                                           "de" },
        { "ok merci",                                                           "fr" },
        { "dank u",                                                             "nl" },
        { "cheers",                                                             "en" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct detected got = detect(rows[i].text, NULL);

        if (strcmp(language_codes[got.language], rows[i].wanted) != 0)
            test_fail(__FILE__, __LINE__, "%s: %s", language_codes[got.language], rows[i].text);
        CHECK(got.margin >= 0 && got.margin <= 1);
    }
}

TEST(what_has_no_words_has_the_language_that_is_known_otherwise)
{
    static const char *const texts[] = {
        "",
        " \n",
        "😀👍🏽",
        "12345 67",
        "?!",
        ":-)",
        "https://example.com/de",
        "jan@example.nl",
        "@NS_online",
        "посылка",
    };
    static const struct detect_hints organisation = { .organisation = LANGUAGE_NL },
                                     channel = { .organisation = LANGUAGE_NL,
                                                 .channel = LANGUAGE_FR },
                                     earlier = { .organisation = LANGUAGE_NL,
                                                 .channel = LANGUAGE_FR,
                                                 .earlier = LANGUAGE_DE },
                                     only = { .allowed = 1 << LANGUAGE_EN };

    for (size_t i = 0; i < COUNT(texts); i++) {
        CHECK(detect(texts[i], NULL).language == LANGUAGE_UNKNOWN);
        CHECK(detect(texts[i], &organisation).language == LANGUAGE_NL);
        CHECK(detect(texts[i], &channel).language == LANGUAGE_FR);
        CHECK(detect(texts[i], &earlier).language == LANGUAGE_DE);
        CHECK(detect(texts[i], &only).language == LANGUAGE_EN);
        CHECK(detect(texts[i], &earlier).margin <= 0);
    }
}

TEST(a_hint_decides_where_the_text_leaves_a_doubt_and_nowhere_else)
{
    static const struct {
        const char *text, *wanted; /* the second with that language as the one before */
    } doubtful[] = {
        { "super!",   "nl" },
        { "super!",   "fr" },
        { "super!",   "de" },
        { "ok",       "en" },
        { "ok",       "de" },
        { "top",      "nl" },
        { "urgent",   "en" },
        { "urgent",   "fr" },
        { "Vodafone", "de" },
        { "Ziggo",    "nl" },
        { "ja",       "de" },
        { "ja",       "nl" },
    };

    for (size_t i = 0; i < COUNT(doubtful); i++) {
        struct detect_hints hints = { .earlier = language_of_code(doubtful[i].wanted) };
        struct detected got = detect(doubtful[i].text, &hints);

        if (got.language != hints.earlier)
            test_fail(__FILE__, __LINE__, "%s: %s, not %s", doubtful[i].text,
                      language_codes[got.language], doubtful[i].wanted);
    }
    for (size_t i = LANGUAGE_NL; i < LANGUAGES; i++) {
        struct detect_hints hints = { .earlier = (enum language)i,
                                      .channel = (enum language)i,
                                      .organisation = (enum language)i };

        CHECK(detect("Wanneer komt de monteur nu eindelijk langs?", &hints).language ==
              LANGUAGE_NL);
        CHECK(detect("When will the engineer finally come round?", &hints).language == LANGUAGE_EN);
    }
}

TEST(only_languages_that_are_allowed_are_found)
{
    static const struct detect_hints hints = { .allowed = 1 << LANGUAGE_NL | 1 << LANGUAGE_FR };

    CHECK(detect("Der Hund ist weg und ich habe Angst", &hints).language == LANGUAGE_NL);
    CHECK(detect("Merci beaucoup", &hints).language == LANGUAGE_FR);
    CHECK(detect("Merci beaucoup", &hints).margin > 0.8F);
}

TEST(a_language_has_its_code)
{
    CHECK(language_of_code("nl") == LANGUAGE_NL && language_of_code("de") == LANGUAGE_DE);
    CHECK(language_of_code("xx") == LANGUAGE_UNKNOWN && language_of_code(NULL) == LANGUAGE_UNKNOWN);
    CHECK(language_of_code("") == LANGUAGE_UNKNOWN);
}
