#include "mbox.h"

#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MAIL_MAX = 1000 };

static void close_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

/* A file with that text, at its start. */
static FILE *file_with(const char *text)
{
    FILE *file = tmpfile();

    if (file && (fputs(text, file) < 0 || fflush(file) != 0))
        return NULL;
    if (file)
        lseek(fileno(file), 0, SEEK_SET);
    return file;
}

#define FROM "From anna@example.org Sat Nov 21 09:30:00 2026\n"

TEST(the_mails_of_an_mbox_are_those_between_its_separators)
{
    static const struct {
        const char *text;
        const char *mails[4];
    } rows[] = {
        { "",                                           { NULL }                                },
        { "\n\n",                                       { NULL }                                },
        { FROM "a: 1\n\nx\n\n",                         { "a: 1\n\nx\n" }                       },
        { FROM "a: 1\n\nx\n\n" FROM "a: 2\n\ny\n\n",    { "a: 1\n\nx\n", "a: 2\n\ny\n" }        },
        /* The last one without an empty line, or without a line end. */
        { FROM "a: 1\n\nx\n\n" FROM "a: 2\n\ny",        { "a: 1\n\nx\n", "a: 2\n\ny" }          },
        /* Not behind an empty line, or without a time: a sentence. */
        { FROM "a: 1\n\nx\n" FROM "y\n\n",              { "a: 1\n\nx\n" FROM "y\n" }            },
        { FROM "a: 1\n\nx\n\nFrom here on\n\n",         { "a: 1\n\nx\n\nFrom here on\n" }       },
        /* One > goes, the others stay. */
        { FROM "\n>From x\n>>From y\n>Fro\n> From\n\n", { "\nFrom x\n>From y\n>Fro\n> From\n" } },
        { FROM "a: 1\r\n\r\nx\r\n\r\n" FROM "b",        { "a: 1\r\n\r\nx\r\n", "b" }            },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(close_file) FILE *file = file_with(rows[i].text);
        CLEANUP(mbox_end) struct mbox *mbox = mbox_new(fileno(file), MAIL_MAX);
        struct mbox_mail mail;
        struct err err = { 0 };
        bool found = true;

        for (size_t k = 0; found; k++) {
            char got[MAIL_MAX] = "";

            CHECK_OK(mbox_next(mbox, &mail, &found, &err), &err);
            memcpy(got, mail.raw.data, mail.raw.len);
            CHECK(found == (rows[i].mails[k] != NULL));
            if (found)
                CHECK_TEXT(got, rows[i].mails[k]);
        }
        CHECK(mbox_at(mbox) == (int64_t)strlen(rows[i].text));
    }
}

TEST(a_mail_of_an_mbox_arrived_when_its_separator_says)
{
    static const struct {
        const char *separator, *at; /* NULL: nobody knows */
    } rows[] = {
        { "From anna@example.org Sat Nov 21 09:30:00 2026", "2026-11-21T09:30:00.000Z" },
        { "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",    "2011-07-08T12:08:34.000Z" },
        { "From - Tue Jan 02 10:00:00 2024\r",              "2024-01-02T10:00:00.000Z" },
        { "From a@b Sat Nov 21 09:30 2026",                 "2026-11-21T09:30:00.000Z" },
        { "From a@b Sat Nov 21 09:30:00 +0100 2026",        "2026-11-21T08:30:00.000Z" },
        { "From a@b Sat Nov 21 09:30:00 2026 -0500",        "2026-11-21T14:30:00.000Z" },
        { "From 1785@xxx Mon Jan 01 10:00:00 +0000 2024",   "2024-01-01T10:00:00.000Z" },
        { "From a@b Thu Jan  1 00:00:00 1970",              NULL                       },
        { "From a@b at 12:30 or so",                        NULL                       },
        { "From 10:30",                                     NULL                       },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        /* Each row between two others: a moment belongs to the mail behind it. */
        const char *text = arena_printf(mem, FROM "\n%s\n\nx\n\n" FROM "y", rows[i].separator);
        CLEANUP(close_file) FILE *file = file_with(text);
        CLEANUP(mbox_end) struct mbox *mbox = mbox_new(fileno(file), MAIL_MAX);
        char at[INSTANT_TEXT_MAX];
        struct mbox_mail mail;
        struct err err = { 0 };
        bool found;

        CHECK_OK(mbox_next(mbox, &mail, &found, &err) && mbox_next(mbox, &mail, &found, &err),
                 &err);
        instant_write(mail.at, at);
        CHECK_TEXT(mail.at.ms > 0 ? at : NULL, rows[i].at);
    }
}

TEST(a_file_that_is_no_mbox_is_refused)
{
    CLEANUP(close_file) FILE *file = file_with("Subject: hello\n\nA mail, not an mbox.\n");
    CLEANUP(mbox_end) struct mbox *mbox = mbox_new(fileno(file), MAIL_MAX);
    struct mbox_mail mail;
    struct err err = { 0 };
    bool found;

    CHECK(!mbox_next(mbox, &mail, &found, &err));
    CHECK(err.code == ERR_INVALID);
}

TEST(a_mail_that_is_too_large_is_cut_and_the_next_one_is_whole)
{
    enum { LINES = 100 };
    char text[LINES * 80] = FROM;
    struct mbox_mail mail;
    struct err err = { 0 };
    bool found;

    for (int i = 0; i < LINES / 2; i++)
        memcpy(text + strlen(text), "a line of some forty bytes, again and so\n", 42);
    memcpy(text + strlen(text), "\n" FROM "small\n", strlen("\n" FROM "small\n") + 1);
    CLEANUP(close_file) FILE *file = file_with(text);
    CLEANUP(mbox_end) struct mbox *mbox = mbox_new(fileno(file), MAIL_MAX);

    CHECK_OK(mbox_next(mbox, &mail, &found, &err), &err);
    CHECK(found && mail.is_cut && mail.raw.len <= MAIL_MAX);
    CHECK_OK(mbox_next(mbox, &mail, &found, &err), &err);
    CHECK(found && !mail.is_cut);
    CHECK(mail.raw.len == 6 && memcmp(mail.raw.data, "small\n", 6) == 0);
}

TEST(a_first_line_that_is_too_large_does_not_make_the_next_one_a_separator)
{
    char text[MAIL_MAX * 2] = FROM;
    struct mbox_mail mail;
    struct err err = { 0 };
    bool found;

    memset(text + strlen(text), 'x', MAIL_MAX + 1);
    memcpy(text + strlen(text), "\n" FROM "y\n", strlen("\n" FROM "y\n") + 1);
    CLEANUP(close_file) FILE *file = file_with(text);
    CLEANUP(mbox_end) struct mbox *mbox = mbox_new(fileno(file), MAIL_MAX);

    CHECK_OK(mbox_next(mbox, &mail, &found, &err), &err);
    CHECK(found && mail.is_cut);
    CHECK_OK(mbox_next(mbox, &mail, &found, &err), &err);
    CHECK(!found);
}
