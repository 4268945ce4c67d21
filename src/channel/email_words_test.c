#include "email_words.h"

#include "test.h"

#include <string.h>

#include "../base/text.h"
#include "email_parse.h"

TEST(adjacent_words_in_base64_become_one)
{
    static const struct {
        const char *given, *joined;
    } rows[] = {
        { "",                                                        ""                                     },
        { "Hello",                                                   "Hello"                                },
        { "=?utf-8?B?SGVsbG8=?=",                                    "=?utf-8?B?SGVsbG8=?="                 },
        { "Re: =?utf-8?B?YQ==?= =?UTF-8?b?Yg==?= c",                 "Re: =?utf-8?B?YWI=?= c"               },
        { "=?utf-8?B?YQ==?=\n =?utf-8?B?Yg==?=\n\t=?utf-8?B?Yw==?=", "=?utf-8?B?YWJj?="                     },
        /* A character cut in two is whole again. */
        { "=?utf-8?B?w6nD?= =?utf-8?B?qQ==?=",                       "=?utf-8?B?w6nDqQ==?="                 },
        /* Others stay apart. */
        { "=?utf-8?B?YQ==?= b =?utf-8?B?Yg==?=",                     "=?utf-8?B?YQ==?= b =?utf-8?B?Yg==?="  },
        { "=?utf-8?B?YQ==?= =?utf-8?Q?b?=",                          "=?utf-8?B?YQ==?= =?utf-8?Q?b?="       },
        { "=?utf-8?B?YQ==?= =?us-ascii?B?Yg==?=",                    "=?utf-8?B?YQ==?= =?us-ascii?B?Yg==?=" },
        /* No words at all. */
        { "=?utf-8?B?Y*==?= =?utf-8?B?Yg==?=",                       "=?utf-8?B?Y*==?= =?utf-8?B?Yg==?="    },
        { "=?=?utf-8?B?=??B?YQ==?=",                                 "=?=?utf-8?B?=??B?YQ==?="              },
        { "=?utf-8?B?YQ==",                                          "=?utf-8?B?YQ=="                       },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        CHECK_TEXT(email_words_joined(mem, rows[i].given), rows[i].joined);
    }
}

#define HELLO_WORLD "=?UTF-8?B?SGVsbG8=?=\r\n =?UTF-8?B?IHdvcmxk?="

TEST(subjects_names_and_file_names_are_read_to_their_last_word)
{
    static const char mail[] =
        "From: " HELLO_WORLD " <a@klant.test>\r\n"
        "Subject: " HELLO_WORLD "\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: image/png; name=\"" HELLO_WORLD "\"\r\n\r\nx\r\n"
        "--b\r\nContent-Type: image/png; name=\"" HELLO_WORLD "\"\r\n"
        "Content-Disposition: attachment; filename=plain.png\r\n\r\nx\r\n"
        "--b\r\nContent-Type: image/png; name=plain.png\r\n"
        "Content-Disposition: attachment; filename=\"" HELLO_WORLD "\"\r\n\r\nx\r\n--b--";
    static const char *const names[] = { "Hello world", "plain.png", "Hello world" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct incoming in;
    struct err err = { 0 };

    CHECK_OK(email_parse(mem, test_exact(mail, strlen(mail)), &in, &err), &err);
    CHECK_TEXT(in.subject, "Hello world");
    CHECK_TEXT(in.from.name, "Hello world");
    CHECK(in.files.n == COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        CHECK_TEXT(((const struct incoming_file *)in.files.items)[i].name, names[i]);
}
