#include "snippet.h"

#include "test.h"
#include "words.h"

#include "../base/text.h"

#include <string.h>

/* The snippet with its marks as [ and ]. */
static char *shown(struct arena *mem, const char *text, const char *q)
{
    struct snippet snippet;
    const struct mark *mark;
    bool is_prefix;
    const char *words = words_sought(mem, 'm', q, &is_prefix);
    char *out = arena_text(mem, "");
    size_t at = 0;

    snippet_of(mem, 'm', text, words, is_prefix, &snippet);
    mark = snippet.marks.items;
    for (size_t i = 0; i < snippet.marks.n; i++, mark++) {
        out = arena_printf(mem, "%s%.*s[%.*s]", out, (int)((size_t)mark->from - at),
                           snippet.text + at, (int)(mark->to - mark->from),
                           snippet.text + mark->from);
        at = (size_t)mark->to;
    }
    return arena_printf(mem, "%s%s", out, snippet.text + at);
}

TEST(every_word_that_was_sought_is_marked_as_it_is_written)
{
    static const struct {
        const char *text, *q, *wanted;
    } rows[] = {
        { "Eén rekening, twee rekeningen", "rekening ", "Eén [rekening], twee [rekeningen]" },
        { "Eén rekening",                  "een ",      "[Eén] rekening"                    },
        { "E\xcc\x81"
          "en rekening",          "één ",
         "[E\xcc\x81"
          "en] rekening"                                                                    },
        { "a\xc2\xa0parcel\xe2\x80\xa6",   "parcel",    "a [parcel]\xe2\x80\xa6"            },
        { "Straße STRASSE",                "strasse",   "[Straße] [STRASSE]"                },
        { "посылка потеряна",              "ПОТЕРЯНА",  "посылка [потеряна]"                },
        { "over overal",                   "ove",       "[over] [overal]"                   },
        { "over overal",                   "ov ",       "over overal"                       },
        { "line one\r\n\r\n  line two",    "two",       "line one line [two]"               },
        { "nothing here",                  "",          "nothing here"                      },
        { "",                              "word",      ""                                  },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].text, rows[i].q), rows[i].wanted);
}

TEST(a_snippet_begins_a_little_before_the_first_hit_and_is_one_short_line)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *text = "";
    struct snippet snippet;
    bool is_prefix;
    const char *words = words_sought(mem, 'm', "needle", &is_prefix);

    for (int i = 0; i < 40; i++)
        text = arena_printf(mem, "%sgräs%d\n", text, i);
    text = arena_printf(mem, "%sneedle %s", text, text);
    snippet_of(mem, 'm', text, words, is_prefix, &snippet);
    CHECK(text_starts(snippet.text, "…gräs"));
    CHECK(snippet.marks.n == 1 && strlen(snippet.text) <= SNIPPET_MAX);
    CHECK(!strchr(snippet.text, '\n'));
    CHECK(utf8_is_valid(snippet.text, strlen(snippet.text)));
    CHECK(strncmp(snippet.text + ((const struct mark *)snippet.marks.items)->from, "needle", 6) ==
          0);
    CHECK(((const struct mark *)snippet.marks.items)->from <= SNIPPET_LEAD + 3);
}

TEST(a_hit_in_a_word_without_end_is_still_shown)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *text = arena_alloc(mem, 5001);
    struct snippet snippet;

    memset(text, 'x', 5000);
    snippet_of(mem, 'm', text, "mxxx", true, &snippet);
    CHECK(strlen(snippet.text) <= SNIPPET_MAX && snippet.marks.n == 1);
}
