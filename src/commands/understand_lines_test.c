#include "understand_lines.h"

#include "test.h"

#include "../base/disk.h"
#include "../base/text.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct understand_context outgoing = { .is_outgoing = true, .at = { 1767261600000 } };

/* A file with these bytes in it, to be read from its beginning. */
static int file_with(const char *data, size_t len)
{
    int file = memfd_create("lines", MFD_CLOEXEC);

    return file >= 0 && write(file, data, len) == (ssize_t)len && lseek(file, 0, SEEK_SET) == 0
               ? file
               : -1;
}

TEST(offsets_are_those_of_the_bytes_that_came_in)
{
    static const struct {
        const char *line, *span;
    } rows[] = {
        { "bsn 123456782",                          "123456782"        },
        { "caf\xe9 \xff\xfe bsn 123456782",         "123456782"        },
        { "\x01\x02 bsn 123456782\x03",             "123456782"        },
        { "\xe2\x82 mail jan@voorbeeld.nl\xe2",     "jan@voorbeeld.nl" },
        { "\xf0\x9f\x98\x80\xf0\x9f bsn 123456782", "123456782"        },
        { "\xc0\x80\xed\xa0\x80 bsn 123\x7f"
          "456782",                        "123\x7f"
          "456782"                         },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct buf out = BUF(1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].line, strlen(rows[i].line));
        size_t from = (size_t)(strstr(rows[i].line, rows[i].span) - rows[i].line);
        bool is_there;

        buf_clear(&out);
        understand_line(mem, (const char *)exact.data, exact.len, &outgoing, &out);
        is_there = strstr(buf_str(&out), arena_printf(mem, "\"from\":%zu,\"to\":%zu,\"certainty\"",
                                                      from, from + strlen(rows[i].span))) != NULL;
        if (!is_there)
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, buf_str(&out));
    }
    buf_free(&out);
}

TEST(promises_referrals_and_style_have_the_offsets_of_the_bytes_too)
{
    static const char line[] = "\xff\xff\xff Wij bellen u morgen voor 12.00 uur terug. "
                               "\xfe Mail anders naar hulp@gemeente.example.";
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct buf out = BUF(1 << 20);
    const char *said;

    understand_line(mem, line, sizeof(line) - 1, &outgoing, &out);
    said = arena_text(mem, buf_str(&out));
    buf_free(&out);
    CHECK(strstr(said, arena_printf(mem, "\"promises\":[{\"from\":4,\"to\":%zu,",
                                    (size_t)(strstr(line, ". ") - line))));
    CHECK(strstr(said, arena_printf(mem, "\"to\":%zu,\"kind\":\"mail\"", sizeof(line) - 2)));
}

TEST(a_line_that_is_too_long_is_answered_and_the_next_ones_go_on)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    size_t most = LINE_BYTES_MAX, len = 4 + most + 1 + most + 1 + 13;
    char *data = arena_alloc(mem, len), printed[8192] = "";
    struct err err = { 0 };
    FILE *out = tmpfile();
    CLEANUP(close_file) int file = -1;
    const char *said;
    bool is_fine;

    /* A short one, one of just so many bytes, one of one more, and a last one. */
    memset(data, 'a', len);
    memcpy(data, "dag\n", 4);
    data[4 + most] = '\n';
    memcpy(data + 4 + most + 1 + most + 1, "\nbsn 1234567", 12);
    file = file_with(data, 4 + most + 1 + most + 1 + 13);
    is_fine = understand_lines(file, out, &outgoing, &err);
    rewind(out);
    len = fread(printed, 1, sizeof(printed) - 1, out);
    fclose(out);
    said = arena_text_n(mem, printed, len);
    CHECK(!is_fine && err.code == ERR_TOO_LARGE);
    CHECK_TEXT(err.text, "line 3 is longer than 1048576 bytes: cut it into several");
    for (int line = 1; line <= 4; line++) {
        const char *wanted = line == 3 ? "{\"error\":\"line 3 is longer than" : "{\"language\":";
        CHECK(text_starts(said, wanted));
        said = strchr(said, '\n') + 1;
    }
    CHECK_TEXT(said, "");
}

TEST(an_answer_that_cannot_be_written_is_an_error)
{
    static const char lines[] = "dag\ndag\n";
    CLEANUP(close_file) int file = file_with(lines, sizeof(lines) - 1);
    FILE *full = fopen("/dev/full", "we");
    struct err err = { 0 };
    bool is_fine = understand_lines(file, full, &outgoing, &err);

    fclose(full);
    CHECK(!is_fine && err.code == ERR_FULL);
}

TEST(an_answer_says_how_much_of_the_line_was_read)
{
    static const size_t lens[] = {
        0, 1, 600, LANGUAGE_MAX - 1, LANGUAGE_MAX, LANGUAGE_MAX + 1, 4 * LANGUAGE_MAX
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct buf out = BUF(1 << 24);

    for (size_t i = 0; i < COUNT(lens); i++) {
        char *line = arena_alloc(mem, lens[i] + 1);
        size_t wanted = lens[i] < LANGUAGE_MAX ? lens[i] : LANGUAGE_MAX;

        for (size_t at = 0; at < lens[i]; at++)
            line[at] = at % 8 == 7 ? ' ' : 'a';
        buf_clear(&out);
        understand_line(mem, line, lens[i], &outgoing, &out);
        if (!strstr(buf_str(&out), arena_printf(mem, "\"read\":%zu,", wanted)))
            test_fail(__FILE__, __LINE__, "%zu bytes: %.120s", lens[i], buf_str(&out));
    }
    /* Bytes of what came in, not of what it was repaired to. */
    buf_clear(&out);
    understand_line(mem, "\xff\xff dag \xff", 8, &outgoing, &out);
    CHECK(strstr(buf_str(&out), "\"read\":8,"));
    buf_free(&out);
}

TEST(the_margin_has_three_decimals)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct buf out = BUF(1 << 20);
    const char *margin;

    understand_line(mem, "Wij bellen u morgen.", 20, &outgoing, &out);
    margin = strstr(buf_str(&out), "\"margin\":");
    CHECK(margin && strcspn(margin + 9, ",") <= strlen("0.123"));
    buf_free(&out);
}
