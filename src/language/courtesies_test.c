#include "courtesies.h"

#include "test.h"
#include "understand.h"

#include <string.h>

TEST(a_letters_greeting_and_closing_are_no_part_of_what_it_says)
{
    static const struct {
        const char *text, *says;
    } all[] = {
        { "Beste mensen,\n\nDe hond blaft.\n\nVriendelijke groet,\nRuud Dijkstra",
         "De hond blaft."                                                                                                          },
        { "De hond blaft.\nMvg Ruud",                                                    "De hond blaft."                          },
        { "De hond blaft.\nm.v.g. Ruud",                                                 "De hond blaft."                          },
        { "Madame, Monsieur,\nOù en est la réparation ?\nCordialement,\nRuud Hermans",
         "Où en est la réparation ?"                                                                                               },
        { "Dear sir,\nThe dog barks.\nKind regards\nRuud",                               "The dog barks."                          },
        /* What is said on the line of the greeting stays, and so does who says nothing else. */
        { "Beste service ooit, dank jullie voor de snelle hulp van gisteren!\nGroetjes",
         "Beste service ooit, dank jullie voor de snelle hulp van gisteren!"                                                       },
        { "Hallo",                                                                       "Hallo"                                   },
        { "Hallo,\nGroetjes",                                                            "Hallo,\nGroetjes"                        },
        /* No closing in the midst of a sentence, and none with more behind it. */
        { "Ik deed hem de groeten\nen weg was hij.",                                     "Ik deed hem de groeten\nen weg was hij." },
        { "De hond blaft.\nGroet, Ruud\nPS. Ik ben boos.",
         "De hond blaft.\nGroet, Ruud\nPS. Ik ben boos."                                                                           },
        { "",                                                                            ""                                        },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(all); i++) {
        struct tokens tokens;
        tokens_of(mem, all[i].text, strlen(all[i].text), &tokens);
        courtesies_skip(mem, &tokens);
        CHECK_TEXT(arena_text_n(mem, tokens.text, tokens.len), all[i].says);
    }
}

TEST(a_friendly_closing_makes_no_complaint_a_compliment)
{
    const char *letter =
        "Beste mensen,\n\nEr blaft hier de hele dag een hond, de eigenaar is aan het "
        "werk. Praten helpt niet, ik wodr uitgescholden.\n\nVriendelijke groet,\n"
        "Ruud Dijkstra";
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct understanding out;

    understand_mood(mem, letter, strlen(letter), &(struct understand_context){ 0 }, &out);
    CHECK(strcmp(out.polarity, "pos") != 0);
    CHECK_TEXT(out.intent, "report");
    CHECK(out.read == (int64_t)strlen(letter));
}
