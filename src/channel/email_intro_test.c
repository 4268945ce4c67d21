#include "email_intro.h"

#include "email_fold.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *language, *time_zone, *at;
    struct party who;
    const char *intro;
} rows[] = {
    { "nl",
     "Europe/Amsterdam", "2026-11-29T13:05:59Z",
     { "Jan Jansen", "jan@klant.test" },
     "Op 29 nov 2026 om 14:05 schreef Jan Jansen <jan@klant.test>:"   },
    { "nl",
     "Europe/Amsterdam", "2026-07-01T12:05:00Z",
     { "Jan Jansen", "jan@klant.test" },
     "Op 1 jul 2026 om 14:05 schreef Jan Jansen <jan@klant.test>:"    },
    { "nl",
     "Europe/Amsterdam", "2026-12-31T23:30:00Z",
     { "", "jan@klant.test" },
     "Op 1 jan 2027 om 00:30 schreef jan@klant.test:"                 },
    { "en",
     "Europe/London",    "2026-11-29T09:05:00Z",
     { "Jan Jansen", "jan@klant.test" },
     "On 29 Nov 2026 at 09:05, Jan Jansen <jan@klant.test> wrote:"    },
    { "en",
     "America/New_York", "2026-11-29T02:05:00Z",
     { "Jan", NULL },
     "On 28 Nov 2026 at 21:05, Jan wrote:"                            },
    { "fr",
     "Europe/Paris",     "2026-08-29T12:05:00Z",
     { "Zoë", "zoe@klant.test" },
     "Le 29 août 2026 à 14:05, Zoë <zoe@klant.test> a écrit\xc2\xa0:" },
    { "xx",
     "Mars/Olympus",     "2026-11-29T13:05:00Z",
     { "Jan\nJansen", "jan@klant.test" },
     "On 29 Nov 2026 at 13:05, Jan Jansen <jan@klant.test> wrote:"    },
    { "en", NULL,        "2026-11-29T13:05:00Z", { "", NULL }, NULL   },
};

static instant moment(const char *s)
{
    instant at = { 0 };

    (void)instant_read(s, strlen(s), &at);
    return at;
}

TEST(a_quoted_mail_is_introduced_in_the_organisation_s_language_and_by_its_clock)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(email_quote_intro(mem, rows[i].language, rows[i].time_zone, &rows[i].who,
                                     moment(rows[i].at)),
                   rows[i].intro);
}

/* As mail programs do it at the last space within so many bytes. */
static char *wrapped(struct arena *mem, const char *line, size_t width)
{
    char *copy = arena_text(mem, line), *from = copy;

    while (strlen(from) > width) {
        char *space = memrchr(from, ' ', width);
        if (!space)
            break;
        *space = '\n';
        from = space + 1;
    }
    return copy;
}

TEST(our_introduction_is_folded_when_the_customer_quotes_it_back)
{
    static const char *const quotes[] = { "> Morgen komt het.\n>\n> Bedrijf\n",
                                          "Morgen komt het.\n\nBedrijf\n" };
    static const char own[] = "Dank u wel!\n\n";
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; rows[i].intro && k < COUNT(quotes) * 2; k++) {
            const char *intro = k % 2 == 0 ? rows[i].intro : wrapped(mem, rows[i].intro, 40);
            const char *text = arena_printf(mem, "%s%s\n%s", own, intro, quotes[k / 2]);
            if (email_fold_at(text, "Re: Vraag") != strlen(own))
                test_fail(__FILE__, __LINE__, "row %zu.%zu: %s", i, k, text);
        }
}

TEST(an_introduction_is_never_too_long_to_be_folded)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char name[500], address[255];

    memset(name, 'n', sizeof(name));
    memset(address, 'a', sizeof(address));
    name[sizeof(name) - 1] = address[sizeof(address) - 1] = '\0';
    memcpy(address + sizeof(address) - 8, "@kl.nl\0", 7);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *intro = email_quote_intro(mem, rows[i].language, rows[i].time_zone,
                                              &(struct party){ name, address }, moment(rows[i].at));
        CHECK(email_fold_at(arena_printf(mem, "Ja\n%s\n> oud\n", intro), "x") == 3);
    }
}
