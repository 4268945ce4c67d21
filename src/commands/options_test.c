#include "options.h"

#include "../base/text.h"
#include "test.h"

#include <string.h>

static const char *const colour_names[] = { "red", "green", NULL };

struct sample {
    const char *data, *mail, *file;
    int64_t count;
    unsigned colour;
    channel_id channel;
    bool full;
};

static const struct option table[] = {
    OPTION(sample, data, "DIR", .flags = REQUIRED, .doc = "the folder"),
    OPTION(sample, mail, "MAIL", .flags = EMAIL, .doc = "an address"),
    OPTION(sample, count, "N", .min = 1, .max = 9, .doc = "how many"),
    OPTION(sample, colour, "COLOUR", .names = colour_names, .doc = "which"),
    OPTION(sample, channel, "ID", .doc = "a channel"),
    OPTION(sample, full, NULL, .doc = "all of it"),
    OPERAND(sample, file, "FILE", .doc = "a file"),
};

enum { WORDS_MAX = 8 };

/* Reads words with one blank between them. */
static bool read_line(struct arena *mem, const char *line, struct sample *out, bool *wants_help,
                      struct err *err)
{
    char *words[WORDS_MAX];
    int n = 0;

    for (const char *at = line; *at && n < WORDS_MAX; at += *at == ' ') {
        size_t len = strcspn(at, " ");

        words[n++] = arena_text_n(mem, at, len);
        at += len;
    }
    return options_read(table, COUNT(table), n, words, out, wants_help, err);
}

TEST(options_fill_their_members_in_any_order)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct sample s = { .count = 3 };
    struct err err = { 0 };
    bool wants_help;

    CHECK_OK(
        read_line(mem, "x.tar --full --colour=green --data d --mail a@b", &s, &wants_help, &err),
        &err);
    CHECK(!wants_help);
    CHECK_TEXT(s.data, "d");
    CHECK_TEXT(s.mail, "a@b");
    CHECK_TEXT(s.file, "x.tar");
    CHECK(s.full && s.colour == 1);
    CHECK(s.count == 3); /* not given: as it was */
}

TEST(an_id_of_another_noun_is_refused_and_a_right_one_is_read)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char id[ID_TEXT_MAX], line[64] = "--data d f --channel ";
    struct sample s = { 0 };
    struct err err = { 0 };
    bool wants_help;

    id_write("chn", 812, id);
    memcpy(line + strlen(line), id, strlen(id) + 1);
    CHECK_OK(read_line(mem, line, &s, &wants_help, &err), &err);
    CHECK(s.channel.n == 812);
    memcpy(strstr(line, "chn"), "msg", 3);
    CHECK(!read_line(mem, line, &s, &wants_help, &err));
}

TEST(what_is_wrong_on_a_command_line_is_said_with_what_to_do)
{
    static const struct {
        const char *line, *text;
    } rows[] = {
        { "f",                        "--data is missing: add --data DIR"                       },
        { "--data d",                 "FILE is missing: see --help"                             },
        { "--data",                   "--data wants a value: --data DIR"                        },
        { "--data d f g",             "'g' is one word too many: see --help"                    },
        { "--data d f --speed 3",     "there is no option '--speed': see --help"                },
        { "--data d f -x",            "there is no option '-x': see --help"                     },
        { "--data d f --data e",      "--data was given twice"                                  },
        { "--data d f --full=yes",    "--full takes no value"                                   },
        { "--data d f --count 0",     "--count wants a whole number, not '0'"                   },
        { "--data d f --count ten",   "--count wants a whole number, not 'ten'"                 },
        { "--data d f --colour red2", "--colour wants one of red, green, not 'red2'"            },
        { "--data d f --mail anna",   "--mail wants a mail address, not 'anna'"                 },
        { "--data= f",                "--data wants a text of at least one character, in UTF-8" },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        struct err err = { 0 };
        bool wants_help;

        CHECK(!read_line(mem, rows[i].line, &s, &wants_help, &err));
        CHECK(err.code == ERR_MALFORMED);
        CHECK_TEXT(err.text, rows[i].text);
    }
}

TEST(help_is_given_whatever_else_is_missing)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct sample s = { 0 };
    struct err err = { 0 };
    bool wants_help;

    CHECK_OK(read_line(mem, "--speed --help", &s, &wants_help, &err), &err);
    CHECK(wants_help);
    CHECK_TEXT(options_usage(mem, table, COUNT(table)),
               " --data DIR [--mail MAIL] [--count N] [--colour COLOUR] [--channel ID] [--full] "
               "FILE");
    CHECK(strstr(options_help(mem, table, COUNT(table)), "which: red, green\n"));
}

TEST(behind_two_dashes_a_word_with_dashes_is_an_operand)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct sample s = { 0 };
    struct err err = { 0 };
    bool wants_help;

    CHECK_OK(read_line(mem, "--data d -- --help", &s, &wants_help, &err), &err);
    CHECK(!wants_help);
    CHECK_TEXT(s.file, "--help");
}
