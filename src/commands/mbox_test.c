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
