#include "personal.h"

#include "personal_scan.h"
#include "test.h"
#include "tokens.h"

#include "../base/text.h"

#include <stdio.h>
#include <string.h>

static void find(struct arena *mem, const char *text, const struct personal_own *own,
                 struct personal *out)
{
    struct bytes exact = test_exact(text, strlen(text));

    personal_find(mem, (const char *)exact.data, exact.len, own, out);
}

/* "bsn:123456782 phone:06 12 34 56 78"; ! in front of what blocks. */
static char *shown(struct arena *mem, const char *text, const struct personal_own *own)
{
    struct personal found;
    char *out = arena_text(mem, "");

    find(mem, text, own, &found);
    for (size_t i = 0; i < found.n; i++) {
        const struct personal_hit *hit = &found.hits[i];
        out =
            arena_printf(mem, "%s%s%s%s:%.*s", out, i > 0 ? " " : "",
                         hit->certainty == PERSONAL_BLOCK ? "!" : "", personal_kind_name(hit->kind),
                         (int)(hit->to - hit->from), text + hit->from);
    }
    return out;
}

TEST(each_kind_is_found_with_its_span_and_certainty)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "Mijn BSN is 123456782, ok?",          "!bsn:123456782"                             },
        { "bsn 1112.22.333",                     "!bsn:1112.22.333"                           },
        { "bsn123456782",                        "!bsn:123456782"                             },
        { "bsn 10352557",                        "!bsn:10352557"                              },
        { "12345678-2 en 123-456-782",           "!bsn:123-456-782"                           },
        { "Rijksregisternummer 85.07.30-033.28", "!rrn:85.07.30-033.28"                       },
        { "op nl91 abna 0417 1643 00 aub",       "!iban:nl91 abna 0417 1643 00"               },
        { "FR14 2004 1010 0505 0001 3M02 606",   "!iban:FR14 2004 1010 0505 0001 3M02 606"    },
        { "betaald met +++090/9337/55493+++.",   "ogm:+++090/9337/55493+++"                   },
        { "kaart 4111 1111 1111 1111",           "!card:4111 1111 1111 1111"                  },
        { "EAN 871687000000000016",              "ean:871687000000000016"                     },
        { "btw NL123456782B01",                  "vat:NL123456782B01"                         },
        { "(020) 442 23 73",                     "phone:(020) 442 23 73"                      },
        { "+32 (0)475/12.34.56",                 "phone:+32 (0)475/12.34.56"                  },
        { "bel 02 123 45 67",                    "phone:02 123 45 67"                         },
        { "Kerklaan 5 bis, 3512 AB Utrecht",     "address:Kerklaan 5 bis postcode:3512 AB"    },
        { "Steenweg op Gent 210, 9300 Aalst",    "address:Steenweg op Gent 210 postcode:9300" },
        { "25 rue du Moulin, 4020 Liège",        "address:25 rue du Moulin postcode:4020"     },
        { "kenteken gb 001 b",                   "plate:gb 001 b"                             },
        { "bekeuring op KP214X gekregen",        "plate:KP214X"                               },
        { "de vaste lijn is 03 440 17 22",       "phone:03 440 17 22"                         },
        { "Molenstraat 8 te 9230 Wetteren",      "address:Molenstraat 8 postcode:9230"        },
        { "jan [at] voorbeeld [dot] nl",         "email:jan [at] voorbeeld [dot] nl"          },
        { "klantnr. 4457812",                    "custno:4457812"                             },
        { "88213 is mijn ordernummer",           "custno:88213"                               },
        { "V-nummer 271.123.4567",               "custno:271.123.4567"                        },
        { "geboren op 4 mei 1963 te Ede",        "dob:4 mei 1963"                             },
        { "I was born on the 3rd of May 1972",   "dob:3rd of May 1972"                        },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, NULL), rows[i].wanted);
}

TEST(a_wrong_check_digit_finds_nothing)
{
    static const char *const rows[] = {
        "BSN 123456783",          "BSN 000000000",
        "NL92 ABNA 0417 1643 00", "rijksregisternummer 85.07.30-033.29",
        "+++090/9337/55494+++",   "kaart 4111 1111 1111 1112",
        "EAN 871687000000000017", "BTW BE 0123.456.788",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i], NULL), "");
}

TEST(neither_other_digits_nor_invisible_characters_hide_a_number)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "bsn １２３４５６７８２", "!bsn:１２３４５６７８２"    },
        { "bsn ١٢٣٤٥٦٧٨٢",          "!bsn:١٢٣٤٥٦٧٨٢"             },
        { "bsn 𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟐",          "!bsn:𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟐"             },
        { "bsn 123\xc2\xa0"
          "456\xe2\x80\xaf"
          "782",           "!bsn:123\xc2\xa0"
          "456\xe2\x80\xaf"
          "782"                         },
        { "b\xe2\x80\x8bsn 12\xe2\x80\x8b"
          "34\xc2\xad"
          "567\xef\xbb\xbf"
          "82",            "!bsn:12\xe2\x80\x8b"
          "34\xc2\xad"
          "567\xef\xbb\xbf"
          "82"                           },
        { "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣2️⃣",              "!bsn:1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣2"             },
        { "06–12‑34−56-78",         "phone:06–12‑34−56-78"       },
        { "ＮＬ91ABNA0417164300",   "!iban:ＮＬ91ABNA0417164300" },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, NULL), rows[i].wanted);
}

TEST(what_the_organisation_publishes_itself_is_not_told)
{
    static const char *const numbers[] = { "+31 30 234 56 78", "0475 12 34 56" };
    static const char *const domains[] = { "gestand.example", "shop@gmail.com", "com", "" };
    static const struct personal_own own = {
        .numbers = numbers, .numbers_n = 2, .domains = domains, .domains_n = 4
    };
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "bel 030-2345678 of 0031302345678",                    ""                           },
        { "bel +32 475 12 34 56",                                ""                           },
        { "bel 030-2345679",                                     "phone:030-2345679"          },
        { "mail info@gestand.example of a@mail.Gestand.example", ""                           },
        { "mail a@notgestand.example",                           "email:a@notgestand.example" },
        { "mail Shop@Gmail.com",                                 ""                           },
        { "mail workshop@gmail.com of jan@gmail.com",
         "email:workshop@gmail.com email:jan@gmail.com"                                       },
        { "0800-9009, 0900 1234, 14030, 112",                    ""                           },
        { "https://gestand.example/x?id=123456782",              ""                           },
        { "mailto:jan@voorbeeld.nl",                             "email:jan@voorbeeld.nl"     },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, &own), rows[i].wanted);
}

TEST(a_masked_number_shows_its_ends_and_keeps_its_signs)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "bsn 123456782",               "123****82"              },
        { "bsn 123.456.782",             "12*.***.*82"            },
        { "iban NL91 ABNA 0417 1643 00", "NL9* **** **** **** *0" },
        { "jan@voorbeeld.nl",            "ja*@*********.*l"       },
        { "postcode 3512 AB",            "35** *B"                },
        { "kenteken GB-001-B",           "G*-***-*"               },
        { "geboren 4-5-1963",            "*-*-***3"               },
        { "mail a@b.nl",                 "*@*.*l"                 },
        { "06-1 2345678",                "0*-* *****78"           },
        { "bsn １２３４５６７８２",      "１２３****８２"         },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct personal found;

        find(mem, rows[i].text, NULL, &found);
        CHECK(found.n == 1);
        CHECK_TEXT(found.hits[0].masked, rows[i].wanted);
    }
}

TEST(a_number_that_a_word_claims_is_that)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "ordernummer 123456782 is weg",               "custno:123456782"           },
        { "meterstand 123456782",                       ""                           },
        { "artikelnummer 123456782",                    ""                           },
        { "De bestelling is er niet en dus: 123456782", "bsn:123456782"              },
        { "klantnummer 0612345678",                     "custno:0612345678"          },
        { "ordernummer kwijt. Bel 0612345678",          "phone:0612345678"           },
        { "OV-chipkaart 3528 0700 1234 5678",           "custno:3528 0700 1234 5678" },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, NULL), rows[i].wanted);
}

TEST(a_bare_number_that_happens_to_pass_the_check_of_cards_blocks_nothing)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "490154203237518",                ""                          }, /* an IMEI */
        { "Mijn toestel: 490154203237518.", ""                          },
        { "imei 356938035643809",           ""                          },
        { "imei 4901 5420 3237 518",        ""                          },
        { "4222222222222",                  ""                          },
        { "4111111111111111",               "card:4111111111111111"     },
        { "378282246310005",                "card:378282246310005"      },
        { "serienummer 4539578763621486",   ""                          },
        { "kaart 4111111111111111",         "!card:4111111111111111"    },
        { "mijn visa 4222222222222",        "!card:4222222222222"       },
        { "4111 1111 1111 1111",            "!card:4111 1111 1111 1111" },
        { "3782 822463 10005",              "!card:3782 822463 10005"   },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, NULL), rows[i].wanted);
}

TEST(an_address_begins_and_ends_with_its_own_words)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "Op Laan 45 is het lek",              "address:Laan 45"                             },
        { "Dag. Op Laan 45 is het lek",         "address:Laan 45"                             },
        { "In Kerkstraat 12 lekt het",          "address:Kerkstraat 12"                       },
        { "Bij de Hoogstraat 3 staat water",    "address:Hoogstraat 3"                        },
        { "Van Laan 3 tot Laan 5",              "address:Laan 3 address:Laan 5"               },
        { "Van Ostadestraat 12",                "address:Van Ostadestraat 12"                 },
        { "Oude Gracht 12",                     "address:Oude Gracht 12"                      },
        { "Ik woon op Achter de Hoven 12",      "address:Achter de Hoven 12"                  },
        { "Achter de Hoven 12, 8933 AB",        "address:Achter de Hoven 12 postcode:8933 AB" },
        { "rue Haute 5 à Liège",                "address:rue Haute 5"                         },
        { "Kerkstraat 5 a",                     "address:Kerkstraat 5 a"                      },
        { "Plein 1944 nr 5",                    "address:Plein 1944 nr 5"                     },
        { "Ik woon op Plein 1944 nummer 5",     "address:Plein 1944 nummer 5"                 },
        { "PLEIN 1944 NR 5",                    "address:PLEIN 1944 NR 5"                     },
        { "Plein 1944 nr. 5, 6511 JA Nijmegen", "address:Plein 1944 nr. 5 postcode:6511 JA"   },
        { "1944 nr 5",                          ""                                            },
        { "postcode 1944 nr",                   "postcode:1944 nr"                            },
        { "1944 NR Beverwijk",                  "postcode:1944 NR"                            },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, NULL), rows[i].wanted);
}

TEST(only_so_much_of_a_text_is_looked_at)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *text = arena_alloc(mem, LANGUAGE_MAX + 100);

    memset(text, ' ', LANGUAGE_MAX);
    memcpy(text + LANGUAGE_MAX - 13, "bsn 123456782", 13);
    CHECK_TEXT(shown(mem, text, NULL), "!bsn:123456782");
    memset(text, ' ', LANGUAGE_MAX);
    memcpy(text + LANGUAGE_MAX, "bsn 123456782", 13);
    CHECK_TEXT(shown(mem, text, NULL), "");
}

TEST(the_words_around_a_number_are_sorted)
{
    for (size_t i = 1; i < context_words_n; i++)
        CHECK(strcmp(context_words[i - 1].word, context_words[i].word) < 0);
}

/* --- the written lines: text, tab, kinds with commas -------------------------------------------
 */

struct score {
    int right, wrong, missed;
};

static void score_line(struct arena *mem, char *line, struct score *score)
{
    char *tab = strchr(line, '\t');
    const char *wanted;
    struct personal found;
    uint32_t kinds = 0;

    if (!tab)
        return;
    *tab = '\0';
    wanted = arena_printf(mem, ",%s,", tab + 1);
    personal_find(mem, line, strlen(line), NULL, &found);
    for (size_t i = 0; i < found.n; i++)
        kinds |= 1U << found.hits[i].kind;
    for (int kind = 0; kind < PERSONAL_KINDS; kind++) {
        bool is_wanted =
            strstr(wanted, arena_printf(mem, ",%s,", personal_kind_name((enum personal_kind)kind)));
        bool is_found = kinds >> kind & 1;

        score->right += is_wanted && is_found;
        score->missed += is_wanted && !is_found;
        score->wrong += !is_wanted && is_found;
    }
}

static bool is_good(const char *name, struct score *score)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char path[4096], line[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/src/language/data/%s", SOURCE_ROOT, name);
    file = fopen(path, "re");
    if (!file || !fgets(line, sizeof line, file))
        return false;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        score_line(mem, line, score);
    }
    fclose(file);
    return score->right >= 98 * (score->right + score->missed) / 100 &&
           score->right >= 95 * (score->right + score->wrong) / 100;
}

TEST(nearly_all_that_is_personal_in_the_written_lines_is_found_and_little_else)
{
    static const char *const files[] = { "personal-first.tsv", "personal-more.tsv" };

    for (size_t i = 0; i < COUNT(files); i++) {
        struct score score = { 0 };

        CHECK(is_good(files[i], &score));
        CHECK(score.right > 30);
    }
}
