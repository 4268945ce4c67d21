#include "terms.h"

#include "lemma.h"
#include "test.h"

#include <string.h>

TEST(a_compound_is_made_of_the_fewest_words)
{
    static const struct {
        const char *word, *wanted;
    } rows[] = {
        { "huurverhoging",                "huur verhoging"                },
        { "verzekeringspolis",            "verzekering polis"             },
        { "verzekeringspolisvoorwaarden", "verzekering polis voorwaarden" },
        { "reparatieverzoek",             "reparatie verzoek"             },
        { "afvalcontainer",               "afval container"               },
        { "klantenservice",               "klanten service"               },
        { "meterstanden",                 "meter standen"                 },
        { "huis",                         ""                              },
        { "kinderen",                     ""                              },
        { "xhuurverhoging",               ""                              },
        { "",                             ""                              },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].word, strlen(rows[i].word));
        struct compound_part parts[COMPOUND_PARTS];
        size_t n = compound_split((const char *)exact.data, exact.len, parts);
        char *shown = arena_text(mem, "");

        for (size_t k = 0; k < n; k++)
            shown = arena_printf(mem, "%s%s%.*s", shown, k > 0 ? " " : "",
                                 (int)(parts[k].to - parts[k].from), rows[i].word + parts[k].from);
        CHECK_TEXT(shown, rows[i].wanted);
    }
}

TEST(the_list_of_words_is_known)
{
    CHECK(compound_knows("huur", 4) && compound_knows("huren", 5));
    CHECK(!compound_knows("huuur", 5) && !compound_knows("", 0) && !compound_knows("HUUR", 4));
}

TEST(a_word_has_the_lemma_of_the_dictionary)
{
    static const struct {
        const char *word, *wanted;
    } rows[] = {
        { "gebeld",      "bellen"    },
        { "belt",        "bellen"    },
        { "belde",       "bellen"    },
        { "opgezegd",    "opzeggen"  },
        { "opgebeld",    "opbellen"  },
        { "gemaakt",     "maken"     },
        { "gestuurd",    "sturen"    },
        { "betaald",     "betalen"   },
        { "betaalde",    "betalen"   },
        { "verhuisd",    "verhuis"   },
        { "geregeld",    "regelen"   },
        { "gekregen",    "krijgen"   },
        { "kreeg",       "krijgen"   },
        { "kregen",      "krijgen"   },
        { "trokken",     "trekken"   },
        { "ingetrokken", "intrekken" },
        { "besproken",   "bespreken" },
        { "aangevraagd", "aanvragen" },
        { "gebracht",    "brengen"   },
        { "gaven",       "geven"     },
        { "huizen",      "huis"      },
        { "kinderen",    "kind"      },
        { "steden",      "stad"      },
        { "brieven",     "brief"     },
        { "klant",       "klant"     },
        { "week",        "week"      },
        { "weken",       "week"      },
        { "kast",        "kast"      },
        { "rekening",    "rekening"  },
        { "x",           "x"         },
        { "",            ""          },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct lemmas *lemmas = lemmas_new(mem);

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(lemma_of(mem, lemmas, rows[i].word), rows[i].wanted);
}

TEST(a_text_is_found_by_its_words_their_parts_and_letters)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct search_terms terms;
    const struct search_word *word;

    search_terms(mem, "De Huurverhoging, gebeld 12 é!", &terms);
    CHECK(terms.n == 5);
    word = &terms.words[1];
    CHECK_TEXT(word->word, "huurverhoging");
    CHECK(word->from == 3 && word->to == 16 && word->parts_n == 2 && word->grams_n == 10);
    CHECK_TEXT(word->grams[0], "huur");
    CHECK_TEXT(word->grams[9], "ging");
    CHECK_TEXT(terms.words[0].grams[0], "de");
    CHECK_TEXT(terms.words[2].stem, "gebeld");
    CHECK_TEXT(terms.words[2].lemma, "bell");
    CHECK_TEXT(terms.words[3].lemma, "12");
    CHECK_TEXT(terms.words[4].word, "e");
}
