#include "text.h"

#include "test.h"

#include <string.h>

TEST(texts_are_compared_with_null_in_mind)
{
    CHECK(text_equal("a", "a") && !text_equal("a", "b") && !text_equal("a", NULL));
    CHECK(text_equal(NULL, NULL) && !text_equal(NULL, ""));
    CHECK(text_starts("abc", "ab") && text_starts("abc", "") && !text_starts("ab", "abc"));
    CHECK(!text_starts(NULL, "a"));
}

TEST(white_space_of_any_script_is_blank)
{
    CHECK(text_is_blank(NULL) && text_is_blank("") && text_is_blank(" \t\r\n"));
    CHECK(text_is_blank("\xc2\xa0\xe3\x80\x80\xe2\x80\x8b\xef\xbb\xbf"));
    CHECK(!text_is_blank(" x ") && !text_is_blank("\xc2\xa0é"));
}

TEST(only_well_formed_utf8_without_nul_is_valid)
{
    static const struct {
        const char *data;
        size_t len;
        bool valid;
    } rows[] = {
        { "",                                     0, true  },
        { "abc",                                  3, true  },
        { "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9, true  },
        { "\xf4\x8f\xbf\xbf",                     4, true  }, /* U+10FFFF */
        { "\xed\x9f\xbf",                         3, true  }, /* U+D7FF */
        { "\xee\x80\x80",                         3, true  }, /* U+E000 */
        { "a\0b",                                 3, false },
        { "\x80",                                 1, false },
        { "\xc3",                                 1, false },
        { "\xc0\x80",                             2, false }, /* overlong NUL */
        { "\xc1\xbf",                             2, false },
        { "\xe0\x9f\xbf",                         3, false }, /* overlong */
        { "\xf0\x8f\xbf\xbf",                     4, false }, /* overlong */
        { "\xed\xa0\x80",                         3, false }, /* surrogate */
        { "\xf4\x90\x80\x80",                     4, false }, /* past the end */
        { "\xf5\x80\x80\x80",                     4, false },
        { "\xe2\x82",                             2, false },
        { "\xe2\x28\xa1",                         3, false },
        { "\xf0\x9f\x98",                         3, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].data, rows[i].len);

        if (utf8_is_valid(exact.data, exact.len) != rows[i].valid)
            test_fail(__FILE__, __LINE__, "row %zu", i);
    }
}

TEST(any_bytes_become_a_valid_text)
{
    static const struct {
        const char *data;
        size_t len;
        const char *text;
    } rows[] = {
        { "",                      0,  ""                                     },
        { "abc\tdef\r\n",          9,  "abc\tdef\r\n"                         },
        { "a\0b\x01"
          "c\x1b[0m\x7f", 10, "abc[0m"                               },
        { "caf\xe9",               4,  "caf\xef\xbf\xbd"                      },
        { "\xe2\x82",              2,  "\xef\xbf\xbd\xef\xbf\xbd"             },
        { "\xc2\x85x\xc2\x9f",     5,  "x"                                    }, /* C1 controls */
        { "\xed\xa0\x80",          3,  "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "é€",                    5,  "é€"                                   },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].data, rows[i].len);

        CHECK_TEXT(utf8_repair(mem, exact.data, exact.len), rows[i].text);
    }
    CHECK_TEXT(utf8_repair(mem, NULL, 0), "");
}

TEST(a_repaired_text_knows_where_each_character_came_from)
{
    static const struct {
        const char *data, *wanted; /* of each character of the text: from-to */
        size_t len;
    } rows[] = {
        { "ab",               "",                     2 }, /* nothing to repair */
        { "\xe9",             "0-1 ",                 1 },
        { "a\xff\xe2\x82z",   "0-1 1-2 2-3 3-4 4-5 ", 5 },
        { "\x01x\0\x02€\x7f", "1-2 4-7 ",             8 },
        { "\xc3\xa9\xc3",     "0-2 2-3 ",             3 },
        { "\0\0",             "",                     2 },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].data, rows[i].len);
        struct utf8_origins origins;
        char *text = utf8_repair_traced(mem, exact.data, exact.len, &origins);
        size_t len = strlen(text), at = 0;
        char *got = arena_text(mem, "");

        CHECK_TEXT(text, utf8_repair(mem, exact.data, exact.len));
        while (origins.from && at < len) {
            uint32_t from = origins.from[at];
            utf8_next(text, len, &at);
            got = arena_printf(mem, "%s%u-%u ", got, from, origins.to[at]);
        }
        CHECK_TEXT(got, rows[i].wanted);
        CHECK(!origins.from || origins.from[len] == exact.len);
    }
}

TEST(code_points_are_read_as_they_were_written)
{
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 251) {
        char text[4];
        size_t at = 0, len;

        if (c >= 0xd800 && c < 0xe000)
            continue;
        len = utf8_write(c, text);
        CHECK(utf8_is_valid(text, len));
        CHECK(utf8_next(text, len, &at) == c && at == len);
    }
}

TEST(a_cut_splits_no_character)
{
    static const char s[] = "aé€😀z"; /* 1 2 3 4 1 */
    static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11 };

    for (size_t max = 0; max < COUNT(cuts); max++)
        CHECK(utf8_cut(s, 11, max) == cuts[max]);
}

TEST(a_host_is_a_name_or_an_address_and_nothing_more)
{
    static const char *const good[] = { "mail.test",     "localhost",   "10.0.0.1",  "::1",
                                        "[2001:db8::1]", "müller.test", "a_b-c.test" };
    static const char *const bad[] = { "",       " ",    "a b",      "a\nb",  "a:993",
                                       "a/b",    "me@a", "[::1",     "::1]",  "[a.test]",
                                       "\u00a0", "-a",   "http://a", "a\x7f", "[::1]:993" };

    for (size_t i = 0; i < COUNT(good); i++)
        if (!text_is_host(good[i]))
            test_fail(__FILE__, __LINE__, "'%s' is refused", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (text_is_host(bad[i]))
            test_fail(__FILE__, __LINE__, "'%s' is taken", bad[i]);
}

TEST(trimming_takes_white_space_off_both_ends_only)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK_TEXT(text_trim(mem, " \t a b \n"), "a b");
    CHECK_TEXT(text_trim(mem, "\xc2\xa0é\xe3\x80\x80"), "é");
    CHECK_TEXT(text_trim(mem, "  "), "");
    CHECK_TEXT(text_trim(mem, "x"), "x");
    CHECK(text_trim(mem, NULL) == NULL);
}

TEST(folded_texts_are_equal_when_people_would_say_so)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        { "ABC xyz 12",              "abc xyz 12"              },
        { "Café Crème",              "cafe creme"              },
        { "Cafe\xcc\x81",            "cafe"                    },
        { "STRAẞE Straße",           "strasse strasse"         },
        { "Ærøskøbing Łódź Đakovo",  "aeroskobing lodz dakovo" },
        { "\xc4\xb3sje \xc4\xb2sje", "ijsje ijsje"             }, /* the ligatures */
        { "ﬁne Ａ①",                 "fine a1"                 },
        { "ÀÉÎÕÜ çñ",                "aeiou cn"                },
        { "ΟΔΥΣΣΕΎΣ ὀδυσσεύς",       "οδυσσευσ οδυσσευσ"       },
        { "Йод",                     "иод"                     },
        { "İstanbul ISPARTA ı",      "istanbul isparta i"      },
        { "x²",                      "x2"                      },
        { "",                        ""                        },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(text_fold(mem, rows[i].text), rows[i].folded);
    CHECK(text_fold(mem, NULL) == NULL);
}

TEST(lowering_touches_ascii_only)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK_TEXT(text_lower(mem, "AZ@[az É"), "az@[az É");
    CHECK(text_lower(mem, NULL) == NULL);
}

TEST(a_preview_is_one_line_of_its_length)
{
    static const struct {
        const char *text;
        size_t max;
        const char *preview;
    } rows[] = {
        { " Hello,\r\n\r\n  world \n", 100, "Hello, world" },
        { "Hello, world",              12,  "Hello, world" },
        { "Hello, world",              11,  "Hello, w…"    },
        { "Hello, world",              9,   "Hello,…"      },
        { "ééééé",                     10,  "ééééé"        },
        { "ééééé",                     9,   "ééé…"         },
        { "abcdef",                    3,   "…"            },
        { "abcdef",                    2,   "ab"           },
        { "abcdef",                    0,   ""             },
        { "abc   ",                    3,   "abc"          },
        { NULL,                        10,  ""             },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(text_preview(mem, rows[i].text, rows[i].max), rows[i].preview);
}

TEST(hex_is_read_as_it_was_written)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes out;

    CHECK_TEXT(hex_write(mem, test_exact("\x00\xff\x1a", 3)), "00ff1a");
    CHECK(hex_read(mem, "00FF1a", &out) && out.len == 3 && memcmp(out.data, "\0\xff\x1a", 3) == 0);
    CHECK(hex_read(mem, "", &out) && out.len == 0);
    CHECK(!hex_read(mem, "0", &out) && !hex_read(mem, "0g", &out) && !hex_read(mem, NULL, &out));
    CHECK(!hex_read(mem, " 0", &out) && !hex_read(mem, "0x", &out));
}

TEST(only_whole_numbers_that_fit_are_read)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t n;
    } rows[] = {
        { "0",                    true,  0         },
        { "007",                  true,  7         },
        { "-12",                  true,  -12       },
        { "9223372036854775807",  true,  INT64_MAX },
        { "-9223372036854775808", true,  INT64_MIN },
        { "9223372036854775808",  false, 0         },
        { "-9223372036854775809", false, 0         },
        { "99999999999999999999", false, 0         },
        { "",                     false, 0         },
        { "-",                    false, 0         },
        { "+1",                   false, 0         },
        { " 1",                   false, 0         },
        { "1 ",                   false, 0         },
        { "1.0",                  false, 0         },
        { "--1",                  false, 0         },
        { "\xb2",                 false, 0         },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].text, strlen(rows[i].text));
        int64_t n = 0;
        bool ok = int_read((const char *)exact.data, exact.len, &n);

        if (ok != rows[i].ok || (ok && n != rows[i].n))
            test_fail(__FILE__, __LINE__, "%s", rows[i].text);
    }
}
