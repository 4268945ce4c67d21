#include "email_checks.h"

#include "test.h"

#include "../base/text.h"
#include "email_parse.h"

#include <stdio.h>
#include <string.h>

#define MX "mx.stad.example"

TEST(what_a_server_found_about_a_sender_is_read_as_it_writes_it)
{
    static const struct {
        const char *value, *by;
        unsigned finding;
    } rows[] = {
        { " " MX "; none",                                                               MX,  CHECK_NOTHING },
        { MX,                                                                            MX,  CHECK_NOTHING },
        { "",                                                                            "-", CHECK_NOTHING },
        { MX "; dmarc=pass header.from=klant.example",                                   MX,  CHECK_PASSED  },
        { MX " 1; dmarc=fail (p=none) header.from=klant.example",                        MX,  CHECK_FAILED  },
        { "MX.Stad.Example;\r\n\tDMARC = Pass (x; y (z)) header.from = Klant.example",   MX,
         CHECK_PASSED                                                                                       },
        { "\"" MX "\" (us); dmarc=pass",                                                 MX,  CHECK_PASSED  },
        /* About somebody else. */
        { MX "; dmarc=pass header.from=ander.example",                                   MX,  CHECK_NOTHING },
        { MX "; dkim=pass header.d=ander.example",                                       MX,  CHECK_NOTHING },
        { MX "; dkim=pass header.d=ant.example",                                         MX,  CHECK_NOTHING },
        { MX "; dkim=pass header.d=example",                                             MX,  CHECK_NOTHING },
        { MX "; dkim=pass header.d=mail.klant.example",                                  MX,  CHECK_NOTHING },
        { MX "; spf=pass smtp.mailfrom=x@ander.example",                                 MX,  CHECK_NOTHING },
        { MX "; spf=fail smtp.mailfrom=x@ander.example",                                 MX,  CHECK_NOTHING },
        /* The way mail comes from there. */
        { MX "; dkim=pass header.d=klant.example header.s=a",                            MX,  CHECK_PASSED  },
        { MX "; dkim=pass header.i=@klant.example",                                      MX,  CHECK_PASSED  },
        { MX "; spf=pass smtp.mailfrom=jan@klant.example",                               MX,  CHECK_PASSED  },
        { MX "; spf=pass smtp.mailfrom=klant.example",                                   MX,  CHECK_PASSED  },
        { MX "; spf=fail reason=\"x; dkim=pass header.d=klant.example\" "
             "smtp.mailfrom=klant.example",                                     MX,  CHECK_FAILED  },
        { MX "; spf=softfail smtp.mailfrom=klant.example",                               MX,  CHECK_NOTHING },
        { MX "; dkim=fail header.d=klant.example",                                       MX,  CHECK_NOTHING },
        { MX "; dkim=pass",                                                              MX,  CHECK_NOTHING },
        /* One way is enough. */
        { MX "; spf=fail smtp.mailfrom=klant.example; dkim=pass header.d=klant.example", MX,
         CHECK_PASSED                                                                                       },
        { MX "; dkim=none; dmarc=pass; spf=fail smtp.mailfrom=klant.example",            MX,  CHECK_PASSED  },
        /* Microsoft's. */
        { "spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=x.example; dkim=none; dmarc=fail "
          "action=none header.from=klant.example;compauth=fail",                "-", CHECK_FAILED  },
        /* Words that aren't what they look like. */
        { MX "; dmarc=passed",                                                           MX,  CHECK_NOTHING },
        { MX "; x=y dmarc=pass",                                                         MX,  CHECK_NOTHING },
        { "(" MX "; dmarc=pass",                                                         "-", CHECK_NOTHING },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct sender_check check = email_check_read(mem, rows[i].value, "Jan@klant.example");
        CHECK_TEXT(check.by, rows[i].by);
        if (check.finding != rows[i].finding)
            test_fail(__FILE__, __LINE__, "row %zu: %u", i, check.finding);
    }
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    CHECK(email_check_read(mem, MX "; dkim=pass header.d=klant.example", "jan@post.klant.example")
              .finding == CHECK_PASSED);
}

TEST(of_a_mail_that_is_from_two_nothing_was_found)
{
    static const struct {
        const char *from;
        size_t n;
    } rows[] = {
        { "From: jan@klant.example\r\n",                            2 },
        { "From: jan@klant.example, wim@klant.example\r\n",         0 },
        { "From: jan@klant.example\r\nFrom: wim@klant.example\r\n", 0 },
        { "Sender: jan@klant.example\r\n",                          0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct incoming in;
        struct err err = { 0 };
        char mail[500];

        snprintf(mail, sizeof(mail),
                 "Authentication-Results: a.example; none\r\n%s"
                 "Authentication-Results: " MX "; dmarc=pass\r\n\r\nHallo",
                 rows[i].from);
        CHECK_OK(email_parse(mem, test_exact(mail, strlen(mail)), &in, &err), &err);
        CHECK(in.only_says);
        CHECK(in.checks.n == rows[i].n);
        if (in.checks.n == 2)
            CHECK_TEXT(((struct sender_check *)in.checks.items)[1].by, MX);
    }
}
