#include "understand_own.h"

#include "test.h"

#include "../base/text.h"

#include <string.h>

static bool read(struct arena *mem, const char *text, size_t len, struct own_file *out,
                 struct err *err)
{
    struct bytes exact = test_exact(text, len);

    return own_read(mem, "own.txt", (const char *)exact.data, exact.len, out, err);
}

TEST(what_is_ours_is_read_as_any_program_writes_it)
{
    static const char *const files[] = {
        "088-1234567\nstad.nl\n",
        ("\xef\xbb\xbf"
         "088-1234567\r\n\r\nstad.nl"),
        "\n  088-1234567\t\n   \nstad.nl\r\n",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(files); i++) {
        struct err err = { 0 };
        struct own_file own;

        CHECK_OK(read(mem, files[i], strlen(files[i]), &own, &err), &err);
        CHECK(own.places.n == 2 && own.own.numbers_n == 2 && own.own.domains_n == 2);
        CHECK_TEXT(own.places.items[0], "088-1234567");
        CHECK_TEXT(own.places.items[1], "stad.nl");
    }
}

TEST(a_file_that_is_no_list_of_ours_is_refused_with_the_line)
{
    static const struct {
        const char *text;
        size_t len;
        const char *wanted;
    } rows[] = {
        { "088-1234567\nstad\xff.nl\n", 22,
         "own.txt: line 2 isn't UTF-8: save the file as plain text in that"                                         },
        { "\x7f"
          "ELF\x02\n",         6,  "own.txt: line 1 holds an unprintable character: it must be plain text" },
        { "stad.nl\n\nc\x01 d\n",       14,
         "own.txt: line 3 holds an unprintable character: it must be plain text"                                    },
        { "stad.nl\r\n---\r\n",         14,
         "own.txt: line 2 names nothing: write a number, mail address, domain or name, or leave "
          "it empty"                                                                                                },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct own_file own;
    char *line = arena_alloc(mem, OWN_LINE_MAX + 1);

    for (size_t i = 0; i < COUNT(rows); i++) {
        err = (struct err){ 0 };
        CHECK(!read(mem, rows[i].text, rows[i].len, &own, &err));
        CHECK(err.code == ERR_MALFORMED);
        CHECK_TEXT(err.text, rows[i].wanted);
    }
    memset(line, 'a', OWN_LINE_MAX + 1);
    CHECK_OK(read(mem, line, OWN_LINE_MAX, &own, &err), &err);
    CHECK(!read(mem, line, OWN_LINE_MAX + 1, &own, &err));
    CHECK(text_starts(err.text, "own.txt: line 1 is longer than 200 bytes: "));
}
