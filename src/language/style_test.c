#include "style.h"

#include "test.h"

#include "../base/text.h"

#include <string.h>

static void find(struct arena *mem, const char *text, const struct style_rules *rules,
                 struct style *out)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct tokens tokens;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    style_find(mem, &tokens, rules, out);
}

/* "mixed_address:je=1 long_sentence:…" */
static char *shown(struct arena *mem, const char *text, const struct style_rules *rules)
{
    struct style style;
    char *out = arena_text(mem, "");

    find(mem, text, rules, &style);
    for (size_t i = 0; i < style.n; i++) {
        const struct style_finding *finding = &style.findings[i];
        out = arena_printf(mem, "%s%s%s:%.*s=%d", out, i > 0 ? " " : "",
                           style_kind_name(finding->kind), (int)(finding->to - finding->from),
                           text + finding->from, (int)finding->number);
    }
    return out;
}

TEST(the_form_of_address_that_is_used_less_is_told)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "U krijgt uw geld. Heb je nog vragen?",                               "mixed_address:je=1"     },
        { "Je krijgt jouw geld, dat beloven we u.",                             "mixed_address:u=1"      },
        { "Heeft u vragen? Bel ons dan, als je wilt.",                          "mixed_address:je=1"     },
        { "U krijgt uw geld.",                                                  ""                       },
        { "Als je belt krijg je antwoord, jullie ook.",                         ""                       },
        { "U schreef: \"Waar blijft je collega?\" Uw vraag klopt.",             ""                       },
        { "U schreef: „je bent laat”. Uw vraag klopt.",                         ""                       },
        { "U schreef 'je bent laat'. Uw vraag klopt.",                          ""                       },
        { "> waar blijven jullie?\n\nUw pakket is onderweg, u krijgt bericht.", ""                       },
        { "U zegt \"nooit. Maar dat klopt.\n\nJe hoort van ons, uw collega.",
         "mixed_address:Je=1"                                                                            },
        { "Je bent om 12 u aan de beurt.",                                      ""                       },
        { "Uw foto's van jezelf en uw huis",                                    "mixed_address:jezelf=1" },
    };
    static const struct style_rules rules = { .language = "nl" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, &rules), rows[i].wanted);
}

TEST(a_brand_has_its_own_form_of_address)
{
    static const struct {
        const char *language, *text, *wanted;
        enum style_address address;
    } rows[] = {
        { "nl", "Je krijgt je geld.",        "wrong_address:Je=2 wrong_address:je=2", STYLE_FORMAL   },
        { "nl", "Je krijgt je geld.",        "",                                      STYLE_INFORMAL },
        { "nl", "U krijgt het.",             "wrong_address:U=1",                     STYLE_INFORMAL },
        { "fr", "Tu peux nous appeler.",     "wrong_address:Tu=1",                    STYLE_FORMAL   },
        { "fr", "Vous pouvez nous appeler.", "",                                      STYLE_FORMAL   },
        { "en", "You can call u.",           "",                                      STYLE_INFORMAL },
        { NULL, "Je krijgt je geld.",        "",                                      STYLE_FORMAL   },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct style_rules rules = { .language = rows[i].language, .address = rows[i].address };

        CHECK_TEXT(shown(mem, rows[i].text, &rules), rows[i].wanted);
    }
}

TEST(long_sentences_and_long_words_are_told)
{
    static const struct style_rules rules = { .language = "nl" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *text = arena_text(mem, "Kort.");
    struct style style;

    for (int i = 0; i < STYLE_SENTENCE_WORDS; i++)
        text = arena_printf(mem, "%s zo", text);
    find(mem, text, &rules, &style);
    CHECK(style.n == 0);
    text = arena_printf(mem, "%s zo.", text);
    find(mem, text, &rules, &style);
    CHECK(style.n == 1 && style.findings[0].kind == STYLE_LONG_SENTENCE);
    CHECK(style.findings[0].number == STYLE_SENTENCE_WORDS + 1 && style.findings[0].from == 6);
    CHECK_TEXT(shown(mem, "Uw aansprakelijkheidsverzekering.", &rules),
               "long_word:aansprakelijkheidsverzekering=29");
}

static const char plain_dutch[] =
    "Goed nieuws: uw pakket is er morgen. De koerier belt bij u aan tussen 9 en 12 uur. Bent u "
    "niet thuis? Dan gaat het pakket naar een buur. Wilt u het zelf halen? Dat kan ook. Bel ons "
    "dan voor vrijdag. Dan leggen we het voor u klaar in de winkel.";
static const char hard_dutch[] =
    "Naar aanleiding van uw bezwaarschrift inzake de definitieve vaststelling van de "
    "voorzieningencomponent hebben wij geconstateerd dat de daartoe benodigde documentatie "
    "vooralsnog ontbreekt, waardoor de inhoudelijke behandeling overeenkomstig de geldende "
    "procedurevoorschriften noodgedwongen wordt opgeschort totdat aanvullende informatie "
    "beschikbaar is gesteld.";

TEST(officialese_is_harder_than_b1_and_plain_language_is_not)
{
    static const struct {
        const char *language, *text;
        bool is_known, is_b1;
    } rows[] = {
        { "nl", plain_dutch,                                                                         true,  true  },
        { "nl", hard_dutch,                                                                          true,  false },
        { "de", "Kurz.",                                                                             false, true  },
        { "en",
         "We have sent your new card. It will be with you in two days. You can use it at once. "
          "Your old card will stop when you use the new one. Call us if it is not there on Friday.", true,  true  },
        { "en",
         "Notwithstanding the aforementioned considerations, reimbursement of supplementary "
          "expenditure necessitates authorisation by the responsible administrative department, "
          "following comprehensive verification of all documentation substantiating eligibility "
          "under the applicable contractual provisions and regulatory requirements.",                true,  false },
        { "fr",
         "Votre colis arrive demain. Le livreur passe le matin. Vous n'êtes pas là ? Il le laisse "
          "chez un voisin. Vous pouvez aussi venir le chercher chez nous. Il suffit de nous "
          "appeler avant jeudi.",                                                                    true,  true  },
        { "xx", hard_dutch,                                                                          false, true  },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct style_rules rules = { .language = rows[i].language };
        struct style style;

        find(mem, rows[i].text, &rules, &style);
        CHECK(style.score.is_known == rows[i].is_known);
        CHECK(style.score.is_b1 == rows[i].is_b1);
    }
}

TEST(the_score_is_flesch_douma_by_hand)
{
    static const struct style_rules rules = { .language = "nl" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *text = arena_text(mem, "");
    struct style style;

    /* Ten sentences of five words and seven syllables: 206.84 - 0.93 * 5 - 77 * 7 / 5 = 94.39 */
    for (int i = 0; i < 10; i++)
        text = arena_printf(mem, "%sWij bellen u morgen op. ", text);
    find(mem, text, &rules, &style);
    CHECK(style.score.sentences == 10 && style.score.words == 50 && style.score.syllables == 70);
    CHECK(style.score.score == 94);
}

TEST(words_that_the_brand_does_not_want_are_found_as_they_are_folded)
{
    static const struct style_word words[] = {
        { "helaas",             false },
        { "Probleem",           true  },
        { "met betrekking tot", false },
        { "coûteux",            false },
        { "e",                  true  },
        { "",                   false },
    };
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "HELAAS lukt dat niet",                          "forbidden:HELAAS=0"               },
        { "helaasje",                                      ""                                 },
        { "een betaalprobleempje",                         "forbidden:betaalprobleempje=1"    },
        { "Met  betrekking\ntot uw vraag, met betrekking", "forbidden:Met  betrekking\ntot=2" },
        { "un coût",                                       ""                                 },
        { "trop couteux",                                  "forbidden:couteux=3"              },
        { "https://helaas.example/probleem",               ""                                 },
        { "> helaas",                                      ""                                 },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct style_rules rules = { .forbidden = style_words_of(mem, words, COUNT(words)) };

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, &rules), rows[i].wanted);
}

TEST(a_grapheme_is_what_a_reader_sees_as_one)
{
    static const struct {
        const char *text;
        uint32_t graphemes;
    } rows[] = {
        { "",                                     0 },
        { "abc",                                  3 },
        { "e\xcc\x81\xcc\xa3"
          "n",                           2 },
        { "\r\n\n\r",                             3 },
        { "👍🏽",                                 1 },
        { "👨‍👩‍👧‍👦👍",        2 },
        { "❤️‍🔥",                        1 },
        { "🇳🇱🇧🇪🇳",                                3 },
        { "1️⃣",                                    1 },
        { "🏴󠁧󠁢󠁥󠁮󠁧󠁿",         1 },
        { "한국어",                               3 },
        { "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 1 },
        { "नि",                                   1 },
        { "a\xe2\x80\x8d"
          "b",                           2 },
        { "e\xe2\x80\x8d👍",                      2 },
        { "a\xe2\x80\x8b"
          "b",                           3 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct style_length length;

        style_measure(rows[i].text, strlen(rows[i].text), &length);
        CHECK(length.graphemes == rows[i].graphemes);
    }
}

static char *repeat(struct arena *mem, const char *what, size_t n, const char *behind)
{
    size_t len = strlen(what);
    char *out = arena_alloc(mem, n * len + strlen(behind) + 1);

    for (size_t i = 0; i < n; i++)
        memcpy(out + i * len, what, len);
    memcpy(out + n * len, behind, strlen(behind));
    return out;
}

TEST(an_sms_has_the_segments_that_the_standard_says)
{
    static const struct {
        const char *what, *behind;
        size_t n;
        uint32_t segments;
        bool is_gsm;
    } rows[] = {
        { "",   "",  0,   0, true  },
        { "a",  "",  160, 1, true  },
        { "a",  "",  161, 2, true  },
        { "a",  "",  306, 2, true  },
        { "a",  "",  307, 3, true  },
        { "a",  "€", 158, 1, true  },
        { "a",  "€", 159, 2, true  },
        { "€",  "",  80,  1, true  },
        { "€",  "",  81,  2, true  },
        { "€",  "",  152, 2, true  }, /* 76 a segment: one septet stays empty */
        { "€",  "",  153, 3, true  },
        { "é",  "",  160, 1, true  },
        { "ë",  "",  70,  1, false },
        { "ë",  "",  71,  2, false },
        { "ë",  "",  134, 2, false },
        { "ë",  "",  135, 3, false },
        { "a",  "’", 69,  1, false },
        { "👍", "",  35,  1, false },
        { "👍", "",  66,  2, false }, /* 33 a segment */
        { "👍", "",  67,  3, false },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *text = repeat(mem, rows[i].what, rows[i].n, rows[i].behind);
        struct style_length length;

        style_measure(text, strlen(text), &length);
        CHECK(length.segments == rows[i].segments);
        CHECK(length.is_gsm == rows[i].is_gsm);
    }
}

TEST(what_does_not_fit_the_channel_is_told_from_where_it_is_too_much)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const struct style_rules bluesky = { .unit = STYLE_GRAPHEMES, .limit = 300 };
    static const struct style_rules plain = { .unit = STYLE_CHARACTERS, .limit = 3 };
    static const struct style_rules sms = { .unit = STYLE_SEGMENTS, .limit = 1 };
    char *text = repeat(mem, "👨‍👩‍👧‍👦", 300, "");
    struct style style;

    find(mem, text, &bluesky, &style);
    CHECK(style.n == 0 && style.length.graphemes == 300);
    CHECK_TEXT(shown(mem, repeat(mem, "👨‍👩‍👧‍👦", 300, "op"), &bluesky),
               "too_long:op=2");
    CHECK_TEXT(shown(mem, "één", &plain), "");
    CHECK_TEXT(shown(mem, "éénmaal", &plain), "too_long:maal=4");
    CHECK_TEXT(shown(mem, repeat(mem, "aa. ", 40, "ok"), &sms), "too_long:ok=1");
    CHECK_TEXT(shown(mem, "Tot ziens ☀ en ’t beste", &sms), "not_gsm:☀=2");
}
