#include "tokens.h"

#include "letters.h"
#include "test.h"

#include "../base/text.h"

#include <string.h>

static void read(struct arena *mem, const char *text, struct tokens *out)
{
    struct bytes exact = test_exact(text, strlen(text));

    tokens_of(mem, (const char *)exact.data, exact.len, out);
}

/* Each token as a letter for its kind and its text: "W:kom N:12 S:." */
static char *shown(struct arena *mem, const char *text)
{
    static const char kinds[] = "WNSUEHTMF";
    struct tokens tokens;
    char *out = arena_text(mem, "");

    read(mem, text, &tokens);
    for (size_t i = 0; i < tokens.n; i++)
        out = arena_printf(mem, "%s%s%c:%s", out, i > 0 ? " " : "", kinds[tokens.tokens[i].kind],
                           tokens.tokens[i].text);
    return out;
}

/* The sentences with | between them; ? and > in front of asked and quoted ones. */
static char *sentences_shown(struct arena *mem, const char *text)
{
    struct tokens tokens;
    char *out = arena_text(mem, "");

    read(mem, text, &tokens);
    for (size_t i = 0; i < tokens.sentences_n; i++) {
        const struct sentence *sentence = &tokens.sentences[i];
        out = arena_printf(mem, "%s%s%s%s%.*s", out, i > 0 ? "|" : "",
                           sentence->is_question ? "?" : "", sentence->is_quoted ? ">" : "",
                           (int)(sentence->to - sentence->from), text + sentence->from);
    }
    return out;
}

TEST(words_are_small_without_accents_and_squeezed)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "",                     ""                                          },
        { " \t\r\n",              ""                                          },
        { "Weeeer GEEN reactie",  "W:weer W:geen W:reactie"                   },
        { "Één CAFÉ, Straße",     "W:een W:cafe S:, W:strasse"                },
        { "e\xcc\x81\xcc\x81n",   "W:en"                                      },
        { "œuvre ĲSSEL Łódź",     "W:oeuvre W:ijssel W:lodz"                  },
        { "ПОСЫЛКА ΑΒΓ ȘȚ",       "W:посылка W:αβγ W:st"                      },
        { "foto's e-mail foto’s", "W:foto's W:e-mail W:foto's"                },
        { "'s ochtends 't is ‘k", "W:'s W:ochtends W:'t W:is W:'k"            },
        { "'s-Hertogenbosch",     "W:'s-hertogenbosch"                        },
        { "'kom' -kom- kom-",     "S:' W:kom S:' S:- W:kom S:- W:kom S:-"     },
        { "j'ai aujourd’hui",     "W:j'ai W:aujourd'hui"                      },
        { "mp3 A12 covid19",      "W:mp3 W:a12 W:covid19"                     },
        { "12u30 3e 1234AB 9h",   "N:12 W:u N:30 N:3 W:e N:1234 W:ab N:9 W:h" },
        { "zo\xc2\xadlang",       "W:zolang"                                  },
        { "a\xe2\x80\x8b"
          "b",           "W:a W:b"                                   },
        { "snake_case",           "W:snake S:_ W:case"                        },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text), rows[i].wanted);
}

TEST(numbers_are_digits_and_the_signs_between_them_stand_alone)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "12.00 uur",   "N:12 S:. N:00 W:uur"             },
        { "1.234,56",    "N:1 S:. N:234 S:, N:56"          },
        { "24/7",        "N:24 S:/ N:7"                    },
        { "€12,50",      "S:€ N:12 S:, N:50"               },
        { "12:30-13:00", "N:12 S:: N:30 S:- N:13 S:: N:00" },
        { "+31 6 12-34", "S:+ N:31 N:6 N:12 S:- N:34"      },
        { "3-kamer 50%", "N:3 S:- W:kamer N:50 S:%"        },
        { "1111 000",    "N:1111 N:000"                    },
        { "1. #12345",   "N:1 S:. S:# N:12345"             },
        { "29-02-2024",  "N:29 S:- N:02 S:- N:2024"        },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct tokens tokens;

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text), rows[i].wanted);
    read(mem, "007 999999999999999999 1000000000000000000 x", &tokens);
    CHECK(tokens.n == 4 && tokens.tokens[0].number == 7);
    CHECK(tokens.tokens[1].number == 999999999999999999);
    CHECK(tokens.tokens[2].number == -1 && tokens.tokens[3].number == -1);
}

TEST(addresses_are_whole_without_the_punctuation_behind_them)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "zie https://naam.nl/pad?x=1.", "W:zie U:https://naam.nl/pad?x=1 S:."     },
        { "(www.naam.nl).",               "S:( U:www.naam.nl S:) S:."               },
        { "HTTP://X.nl/a_(b), dus",       "U:http://x.nl/a_(b) S:, W:dus"           },
        { "<https://naam.nl>",            "S:< U:https://naam.nl S:>"               },
        { "“https://naam.nl/a”",          "S:“ U:https://naam.nl/a S:”"             },
        { "mijn.naam-x.nl/pad!",          "U:mijn.naam-x.nl/pad S:!"                },
        { "naam.nl. Kom",                 "U:naam.nl S:. W:kom"                     },
        { "op bahn.de.",                  "W:op U:bahn.de S:."                      },
        { "stuk.de kraan",                "W:stuk S:. W:de W:kraan"                 },
        { "stuk.De kraan",                "W:stuk S:. W:de W:kraan"                 },
        { "NAAM.NL",                      "U:naam.nl"                               },
        { "mail:Jan.de-Vries+x@a.co.uk,", "W:mail S:: E:jan.de-vries+x@a.co.uk S:," },
        { "jan_1@naam.nl.",               "E:jan_1@naam.nl S:."                     },
        { "jan@naam",                     "W:jan S:@ W:naam"                        },
        { "@KLM @a_b: @jan@soc.nl",       "H:@klm H:@a_b S:: H:@jan@soc.nl"         },
        { "@eva.bsky.social. @klm.Ik",    "H:@eva.bsky.social S:. H:@klm S:. W:ik"  },
        { "#Fail #été2024 #ns_storing!",  "T:#fail T:#ete2024 T:#ns_storing S:!"    },
        { "http:// www.",                 "W:http S:: S:/ S:/ W:ww S:."             },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text), rows[i].wanted);
}

TEST(an_emoji_is_one_token_without_its_looks)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "👍🏽👍",               "M:👍 M:👍"     },
        { "❤️❤",                   "M:❤ M:❤"       },
        { "👨‍👩‍👧 x", "M:👨👩👧 W:x"  },
        { "🤷🏼‍♀️",    "M:🤷♀"         },
        { "🇳🇱🇧🇪",                 "M:🇳🇱 M:🇧🇪"     },
        { "5️⃣ #️⃣ 1⃣",                "M:5⃣ M:#⃣ M:1⃣"   },
        { "©️ © ™",                "M:© S:© S:™"   },
        { "ok😀!",                "W:ok M:😀 S:!" },
        { "✅ klaar",             "M:✅ W:klaar"  },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text), rows[i].wanted);
}

TEST(an_emoticon_is_a_face_and_not_a_time_a_list_or_an_address)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "top :-) ja :D",   "W:top F::-) W:ja F::d"             },
        { "bedankt:))) ;-)", "W:bedankt F::))) F:;-)"            },
        { ">:( </3 <3 ^^",   "F:>:( F:</3 F:<3 F:^^"             },
        { ":'( =D xD",       "F::'( F:=d F:xd"                   },
        { ":)👍",            "F::) M:👍"                         },
        { "(zie punt 8)",    "S:( W:zie W:punt N:8 S:)"          },
        { "12:30",           "N:12 S:: N:30"                     },
        { "dit:(a) x=3",     "W:dit S:: S:( W:a S:) W:x S:= N:3" },
        { "os Tx",           "W:os W:tx"                         },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text), rows[i].wanted);
}

TEST(a_sentence_ends_behind_its_mark_but_not_behind_an_abbreviation)
{
    static const char *const rows[] = {
        "Wij bellen u morgen.|Tot dan!",
        "Dhr. Jansen belt.|Mevr. De Vries ook.",
        "Graag t.n.v. Jansen.|Dank u.",
        "Bijv. Maandag of evt. dinsdag o.a. Jan.|Dat is het.",
        "Wij komen vrijdag a.s. langs.|Tot dan.",
        "Wij komen vrijdag a.s.|Tot dan.",
        "I.v.m. Pasen zijn wij dicht.",
        "Brood, melk enz.|Wij komen.",
        "Het is 12.00 uur.|Kom om 12.|Of later.",
        "J. Jansen en A.B. de Wit komen.",
        "Dat sturen wij naar u.|Morgen.",
        "Mr. Smith, e.g. Mrs. Jones, will call.|Thanks.",
        "M. Dupont et Mme. Durand, p.ex. Jean, viennent.|Merci.",
        "Z. B. am 3. Oktober kommt Hr. Meier.|Danke.",
        "ca. 5 km.|Nr. 12 of no. 5 is goed.|No.|That is all.",
        "Do. 12 mei om 9 uur.|Wat te doen.",
        "Nou... ik weet niet.|Toch...|Jawel.",
        "Kraan lekt!|kom snel.|Nee!|Echt!!",
        "Top! 😀|Bedankt :)",
        "\"Kom maar.\" zei hij.|\"Nee.\"|Zo dus.",
        "Zie naam.nl.|Mail a@naam.nl.|Klaar.",
        "Tel. 0900 1234, max. 3 p.p. per dag.",
        "5 mnd. gewacht.",
        "Bis zum 15. war es gut.|Heute ist der 22. und nichts.|Am 12. Jänner.|Danke.",
        "Flat 3A.|Unit 12-B.|Could you.",
        "Tuesday p.m. I'll call.|We open at nine a.m.|I'll be there.",
        "Dit (o.a. dit.) is zo.|Ja.",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = arena_text(mem, rows[i]);

        for (char *at = text; (at = strchr(at, '|'));)
            *at = ' ';
        CHECK_TEXT(sentences_shown(mem, text), rows[i]);
    }
    CHECK_TEXT(sentences_shown(mem, "gebeld.De kraan"), "gebeld.|De kraan");
    CHECK_TEXT(sentences_shown(mem, "Hr.Meier, 3.De b.De"), "Hr.Meier, 3.De b.De");
}

TEST(a_sentence_ends_with_its_line_unless_the_line_goes_on)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "Beste mevrouw Jansen,\n\nU krijgt het.",                                                 "Beste mevrouw Jansen,|U krijgt het."   },
        { "Hoi,\nwanneer komt u?",                                                                  "Hoi,|?wanneer komt u?"                 },
        { "Kraan lekt\nGraag bellen",                                                               "Kraan lekt|Graag bellen"               },
        { "wij bellen u\nmorgen terug",                                                             "wij bellen u\nmorgen terug"            },
        { "Wij hebben uw bericht in goede orde ontvangen en nemen met\nMevrouw Jansen contact op.",
         "Wij hebben uw bericht in goede orde ontvangen en nemen met\nMevrouw Jansen contact "
          "op."                                                                                                                             },
        { "Twee dingen:\n- de kraan\n- de deur",                                                    "Twee dingen:|- de kraan|- de deur"     },
        { "• een\n• twee",                                                                          "• een|• twee"                          },
        { "1. de kraan\n2. de deur\na) zo",                                                         "1. de kraan|2. de deur|a) zo"          },
        { "> Wanneer komt u?\n> Graag snel\nMorgen.",                                               "?>Wanneer komt u?|>Graag snel|Morgen." },
        { "> > dubbel\n\n>:( boos",                                                                 ">dubbel|>:( boos"                      },
        { "Groet\n-- \nJan",                                                                        "Groet|--|Jan"                          },
        { "Een\r\n\r\ntwee\r\ndrie",                                                                "Een|twee\r\ndrie"                      },
        { "Betaal t.n.v.\nJansen",                                                                  "Betaal t.n.v.\nJansen"                 },
        { "Met vriendelijke groet,\nPiet",                                                          "Met vriendelijke groet,|Piet"          },
        { "Dag!\n\n\n",                                                                             "Dag!"                                  },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(sentences_shown(mem, rows[i].text), rows[i].wanted);
}

TEST(a_question_is_a_sentence_with_its_mark)
{
    static const char *const rows[] = {
        "?Komt u a.s. vrijdag?|Graag.", "?Echt?!|Ja.", "Ja.|?Pouvez-vous ?|Merci.",
        "Dat (of niet?) is zo.",        "?Wat??|Nee",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = arena_text(mem, ""), one[2] = "";

        for (const char *at = rows[i]; *at; at++) {
            one[0] = *at == '|' ? ' ' : *at;
            if (*at != '?' || (at > rows[i] && at[-1] != '|'))
                text = arena_printf(mem, "%s%s", text, one);
        }
        CHECK_TEXT(sentences_shown(mem, text), rows[i]);
    }
}

TEST(a_token_knows_its_place_and_its_capitals)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct tokens tokens;
    const struct token *t;

    read(mem, "U ÉÉN ok,A\nNS B2", &tokens);
    t = tokens.tokens;
    CHECK(tokens.n == 7);
    CHECK(!t[0].is_caps && t[1].is_caps && !t[2].is_caps && t[5].is_caps && !t[6].is_caps);
    CHECK(t[0].after_line && t[0].after_blank && !t[1].after_line && t[1].after_blank);
    CHECK(!t[3].after_blank && !t[4].after_blank && t[5].after_line && t[5].after_blank);
    CHECK(t[1].from == 2 && t[1].to == 7);
}

TEST(only_so_many_bytes_are_looked_at_and_no_character_is_split)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *text = arena_alloc(mem, 2 * LANGUAGE_MAX);
    struct tokens tokens;

    text[0] = 'x';
    for (size_t i = 1; i + 1 < 2 * LANGUAGE_MAX; i += 2)
        memcpy(text + i, "é", 2);
    tokens_of(mem, text, 2 * LANGUAGE_MAX - 1, &tokens);
    CHECK(tokens.len == LANGUAGE_MAX - 1 && tokens.n == 1 && tokens.tokens[0].to == tokens.len);
    CHECK_TEXT(tokens.tokens[0].text, "xee");
}

TEST(letters_are_folded_as_texts_are)
{
    static const struct {
        uint32_t first, last;
    } rows[] = {
        { 'A',   'Z'   },
        { 'a',   'z'   },
        { 0xc0,  0xd6  },
        { 0xd8,  0xf6  },
        { 0xf8,  0x13e },
        { 0x141, 0x148 },
        { 0x14a, 0x17f },
        { 0x218, 0x21b },
        { 0x391, 0x3a1 },
        { 0x3a3, 0x3a9 },
        { 0x3b1, 0x3c9 },
        { 0x410, 0x418 },
        { 0x41a, 0x438 },
        { 0x43a, 0x44f },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        for (uint32_t c = rows[i].first; c <= rows[i].last; c++) {
            char text[5] = "", folded[LETTER_FOLDED_MAX + 1] = "";

            utf8_write(c, text);
            letter_fold(c, folded);
            CHECK_TEXT(folded, text_fold(mem, text));
            CHECK(letter_kind(c) == LETTER_ALPHA);
        }
}

TEST(a_capital_is_the_larger_of_two)
{
    static const char *const capitals = "AZÀÞĀĶĹŇŊŶŸŹŽΑΩАЯЁȘ", *const others =
                                                                   "azàþāķĺňŋŷÿźžαωаяёșßĸŉſ×5";
    size_t at = 0;

    while (at < strlen(capitals))
        CHECK(letter_is_capital(utf8_next(capitals, strlen(capitals), &at)));
    for (at = 0; at < strlen(others);)
        CHECK(!letter_is_capital(utf8_next(others, strlen(others), &at)));
}
