#include "evaluate.h"

#include "test.h"

#include "../base/text.h"

#include <string.h>

#define NEW_YEAR 1767261600000 /* 2026-01-01T11:00+01:00 */

/* What is printed of a set; NULL with the reason in *err. */
static const char *measured(struct arena *mem, const char *text,
                            const struct understand_context *known, struct err *err)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct labelled_set set;
    char printed[4096] = "";
    FILE *out = tmpfile();
    bool is_fine = set_read(mem, "set.tsv", (const char *)exact.data, exact.len, &set, err) &&
                   evaluate(mem, &set, known, out, err);
    size_t len;

    rewind(out);
    len = fread(printed, 1, sizeof(printed) - 1, out);
    fclose(out);
    return is_fine ? arena_text_n(mem, printed, len) : NULL;
}

TEST(a_set_is_measured_as_any_program_writes_it)
{
    static const char *const sets[] = {
        "text\ttypes\nmijn bsn is 123456782\tbsn\ndag\t\n",
        "text\ttypes\r\nmijn bsn is 123456782\tbsn\r\ndag\t\r\n",
        "\xef\xbb\xbftext\ttypes\r\n\r\nmijn bsn is 123456782\tbsn\r\n\r\ndag\t",
        "types\tremark\ttext\nbsn\tx\tmijn bsn is 123456782\n\t\tdag\n",
    };
    static const struct understand_context known;
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct err err = { 0 };

    for (size_t i = 0; i < COUNT(sets); i++)
        CHECK_TEXT(measured(mem, sets[i], &known, &err),
                   "personal.all.precision 1.000\npersonal.all.recall 1.000\n"
                   "personal.all.f1 1.000\n");
}

TEST(what_is_wrong_in_a_set_is_said_with_its_line_and_what_to_do)
{
    static const struct {
        const char *set, *wanted;
    } rows[] = {
        { "",                                                                         "set.tsv: needs a first line that names its columns, with tabs between, and a row "
              "behind it"                                                                                                      },
        { "text\tlang\n",                                                             "set.tsv: needs a first line that names its columns, with tabs between, "
                          "and a row behind it"                                                                    },
        { "text;lang\nhi;en\n",
         "set.tsv: line 1 must name the columns, with tabs between, and text among them"                                                    },
        { "text\tremark\nhi\tx\n",
         "set.tsv: line 1 names nothing that can be measured: add lang, polarity, emotion, "
          "intent, urgency, is_promise, types, or kind and target"                                                                          },
        { "text\tlang\tlang\nhi\ten\ten\n",                                           "set.tsv: line 1 names the column lang twice"         },
        { "1\t2\t3\t4\t5\t6\t7\t8\t9\t0\ta\tb\tc\td\te\tlang\ttext\n",
         "set.tsv: line 1 names 17 columns: 16 are the most"                                                                                },
        { "text\taction\nhi\treply\n",
         "set.tsv: line 1 names a column action: it needs a column is_promise beside it"                                                    },
        { "text\tlang\ttarget\nhi\ten\tx\n",
         "set.tsv: line 1 names a column target: it needs a column kind beside it"                                                          },
        { "text\tlang\n\nhi\ten\nhi\n",
         "set.tsv: line 4 has 1 cells, and the first line names 2 columns"                                                                  },
        { "text\tlang\nhi\tEnglish\n",
         "set.tsv: line 2 has \"English\" as lang: it must be two letters, like nl"                                                         },
        { "text\tlang\n\ten\n",                                                       "set.tsv: line 2 has \"\" as text: it must be a text" },
        { "text\tpolarity\nhi\tgood\n",
         "set.tsv: line 2 has \"good\" as polarity: it must be neg, neu or pos"                                                             },
        { "text\turgency\nhi\t\n",
         "set.tsv: line 2 has \"\" as urgency: it must be low, normal, high or critical"                                                    },
        { "text\treference\tis_promise\tdeadline\nhi\t2026-01-05T10:00+01:00\t0\t\n"
          "hi\t2026-01-05T10:00+01:00\t1\ttomorrow\n",                       "set.tsv: line 3 has \"tomorrow\" as deadline: it must be a moment like "
          "2026-03-12T17:00+01:00"                                           },
        { "text\treference\tis_promise\nhi\t\t0\n",
         "set.tsv: line 2 has \"\" as reference: it must be a moment like "
          "2026-03-12T17:00+01:00"                                                                                                          },
        { "text\treference\tis_promise\taction\nhi\t2026-01-05T10:00Z\t1\t\n",
         "set.tsv: line 2 has \"\" as action: it must be callback, reply, deliver, refund, visit, "
          "fix or other"                                                                                                                    },
        { "text\tis_promise\tdeadline\nhi\t1\t2026-01-05T10:00+01:00\n",
         "set.tsv has promises, but not the moment they count from: add a column reference, or "
          "give --at"                                                                                                                       },
        { "text\ttypes\nhi\tbsn, iban\n",
         "set.tsv: line 2 has \"bsn, iban\" as types: it must be kinds like bsn,phone or "
          "nothing"                                                                                                                         },
        { "text\tkind\ttarget\nhi\tcal\tx\n",                                         "set.tsv: line 2 has \"cal\" as kind: it must be "
                                              "call, form, mail, visit, site or contact "
                                              "or none"                                        },
        { "text\tlang\nhi\xff\ten\n",                                                 "set.tsv: line 2 isn't UTF-8: save the file as that"  },
        { "text\tlang\n"
          "a\taa\na\tab\na\tac\na\tad\na\tae\na\taf\na\tag\na\tah\na\tai\n", "set.tsv: line 10 is in one language too many: 8 go"  },
    };
    static const struct understand_context known;
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err err = { 0 };

        CHECK(!measured(mem, rows[i].set, &known, &err));
        CHECK(err.code == ERR_MALFORMED);
        CHECK_TEXT(err.text, rows[i].wanted);
    }
}

TEST(what_is_known_beside_a_set_counts_for_its_rows_and_is_refused_where_they_say_it)
{
    static const char promise[] = "text\tis_promise\tdeadline\n"
                                  "We bellen u morgen voor 12.00 uur terug.\t1\t"
                                  "2026-01-02T12:00+01:00\n";
    static const char own[] = "text\ttypes\nbel 030-2345678\t\n";
    static const char *const numbers[] = { "0302345678" };
    static const struct personal_own ours = { .numbers = numbers, .numbers_n = 1 };
    static const struct {
        const char *set;
        struct understand_context known;
        const char *wanted; /* among what is printed, or the whole refusal */
    } rows[] = {
        { promise,                                                   { .at = { NEW_YEAR }, .language = LANGUAGE_NL }, "deadline.nl.exact 1.000\n"      },
        { promise,                                                   { .at = { NEW_YEAR } },                          "promise.all.f1 1.000\n"         },
        { own,                                                       { .own = &ours },                                ""                               },
        { own,                                                       { 0 },                                           "personal.all.precision 0.000\n" },
        { "text\tlang\nhi\ten\n",
         { .language = LANGUAGE_NL },
         "set.tsv says the language of each row (lang): leave out --lang"                                                                              },
        { "text\treference\tis_promise\nhi\t2026-01-05T10:00Z\t0\n",
         { .at = { NEW_YEAR } },
         "set.tsv says the moment of each row (reference): leave out --at"                                                                             },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err err = { 0 };
        const char *got = measured(mem, rows[i].set, &rows[i].known, &err);

        if (!got || !*rows[i].wanted)
            CHECK_TEXT(got ? got : err.text, rows[i].wanted);
        else
            CHECK(strstr(got, rows[i].wanted) != NULL);
    }
}

TEST(what_was_taken_for_what_stands_in_a_table)
{
    static const struct {
        const char *set, *wanted;
    } rows[] = {
        { "text\treference\tis_promise\taction\n"
          "We bellen u morgen terug.\t2026-01-05T10:00+01:00\t1\tcallback\n"
          "Ik bel u vrijdag terug.\t2026-01-05T10:00+01:00\t1\tvisit\n", "action.all.accuracy 0.500\n"
          "#   callback          1    0\n"
          "#   visit             1    0\n" },
        { "text\tlang\tkind\ttarget\n"
          "Bel 0900 1234.\tnl\tcall\t0900 1234\n"
          "Mail naar a@b.nl.\tnl\tsite\ta@b.nl\n",                       "referral.nl.kind 0.500\n"
          "#   call              1    0    0\n"
          "#   site              0    0    1\n"
          "#   mail              0    0    0\n"                  },
    };
    static const struct understand_context known;
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err err = { 0 };
        const char *got = measured(mem, rows[i].set, &known, &err);

        CHECK(got && strstr(got, rows[i].wanted));
    }
}
