#include "../base/buf.h"
#include "imap_data.h"
#include "imap_name.h"

#include "test.h"

#include <string.h>

static struct bytes exact(const char *s)
{
    return test_exact(s, strlen(s));
}

static bool split(const char *s, struct imap_reply *out)
{
    return imap_reply_read(exact(s), out);
}

static bool is(struct bytes got, const char *wanted)
{
    return got.len == strlen(wanted) && memcmp(got.data, wanted, got.len) == 0;
}

static const char with_literals[] = "* 1 FETCH (UID 7 BODY[] {5}\r\na\r\nb) X {3+}\r\n)\r\n)\r\n";

TEST(a_reply_ends_behind_its_last_literal_however_it_comes_in_pieces)
{
    size_t len = strlen(with_literals);
    struct bytes all = exact(with_literals);

    for (size_t first = 0; first < len; first++) {
        struct imap_scan scan = { 0 };
        CHECK(imap_scan(&scan, (struct bytes){ all.data, first }, 1000) == IMAP_MORE);
        CHECK(imap_scan(&scan, all, 1000) == IMAP_WHOLE);
        CHECK(scan.at == len);
    }
}

TEST(a_reply_is_looked_at_without_what_came_behind_it)
{
    struct imap_scan scan = { 0 };

    CHECK(imap_scan(&scan, exact("* OK one\r\n* OK two\r\n"), 1000) == IMAP_WHOLE);
    CHECK(scan.at == strlen("* OK one\r\n"));
}

TEST(a_sentence_that_ends_like_a_literal_is_none)
{
    static const char *const rows[] = {
        "* OK see {5}\r\n",
        "G1 NO what {99}\r\n",
        "* BYE {1}\r\n",
        "+ go on {7}\r\n",
        "* LIST () \"/\" \"a{5}\"\r\n",
        "* X {}\r\n",
        "* X {1a}\r\n",
        "* X 5}\r\n",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct imap_scan scan = { 0 };
        CHECK(imap_scan(&scan, exact(rows[i]), 1000) == IMAP_WHOLE);
        CHECK(scan.at == strlen(rows[i]));
    }
}

TEST(what_is_longer_than_allowed_is_noticed_before_it_is_read)
{
    struct imap_scan literal = { 0 }, most = { 0 }, line = { 0 };
    static char long_line[IMAP_LINE_MAX + 2];

    CHECK(imap_scan(&literal, exact("* X {981}\r\n"), 1000) == IMAP_MORE);
    literal = (struct imap_scan){ 0 };
    CHECK(imap_scan(&literal, exact("* X {990}\r\n"), 1000) == IMAP_BROKEN);
    literal = (struct imap_scan){ 0 };
    CHECK(imap_scan(&literal, exact("* X {9223372036854775807}\r\n"), 1000) == IMAP_BROKEN);
    CHECK(imap_scan(&most, exact("* 1234567 EXISTS\r\n"), 5) == IMAP_BROKEN);
    memset(long_line, 'x', sizeof long_line - 1);
    CHECK(imap_scan(&line, (struct bytes){ (uint8_t *)long_line, IMAP_LINE_MAX }, SIZE_MAX / 4) ==
          IMAP_MORE);
    CHECK(imap_scan(&line, (struct bytes){ (uint8_t *)long_line, IMAP_LINE_MAX + 1 },
                    SIZE_MAX / 4) == IMAP_BROKEN);
}

TEST(replies_are_told_apart)
{
    struct imap_reply reply;

    CHECK(split("G12 OK [READ-WRITE] Select completed.\r\n", &reply));
    CHECK(reply.kind == IMAP_TAGGED && reply.status == IMAP_OK && is(reply.tag, "G12"));
    CHECK(is(reply.code, "READ-WRITE") && is(reply.words, "Select completed."));
    CHECK(split("G1 no [AUTHENTICATIONFAILED] Wrong.\r\n", &reply));
    CHECK(reply.status == IMAP_NO && imap_code_is(&reply, "authenticationfailed"));
    CHECK(split("* BYE Shutting down\r\n", &reply));
    CHECK(reply.kind == IMAP_NOTE && reply.status == IMAP_BYE && is(reply.words, "Shutting down"));
    CHECK(split("* 23 EXISTS\r\n", &reply));
    CHECK(reply.kind == IMAP_DATA && reply.number == 23 && is(reply.name, "EXISTS"));
    CHECK(split("* CAPABILITY IMAP4rev1 idle\r\n", &reply));
    CHECK(reply.number == -1 && imap_has(reply.values, "IDLE") && !imap_has(reply.values, "IDL"));
    CHECK(split("+ idling\r\n", &reply) && reply.kind == IMAP_CONTINUE);
    CHECK(split("+\r\n", &reply) && reply.kind == IMAP_CONTINUE);
}

TEST(what_is_no_reply_is_refused)
{
    static const char *const rows[] = { "",           "\r\n",    "*\r\n",
                                        "* \r\n",     "G1\r\n",  "G1 HELLO\r\n",
                                        "G1 BYE\r\n", " OK\r\n", "* 5\r\n" };
    struct imap_reply reply;

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(!split(rows[i], &reply));
}

TEST(numbers_in_codes_are_read_within_32_bits)
{
    struct imap_reply reply;
    uint32_t number = 0;

    CHECK(split("* OK [UIDVALIDITY 4294967295] ok\r\n", &reply));
    CHECK(imap_code_number(&reply, "UIDVALIDITY", &number) && number == UINT32_MAX);
    CHECK(!imap_code_number(&reply, "UIDNEXT", &number));
    CHECK(split("* OK [UIDVALIDITY 4294967296] ok\r\n", &reply));
    CHECK(!imap_code_number(&reply, "UIDVALIDITY", &number));
    CHECK(split("* OK [UIDVALIDITY] ok\r\n", &reply));
    CHECK(!imap_code_number(&reply, "UIDVALIDITY", &number));
}

static bool fetch(const char *s, struct imap_fetched *out)
{
    struct imap_reply reply;

    return split(s, &reply) && imap_fetch_read(&reply, out);
}

TEST(a_message_is_read_with_its_flags_moment_size_and_bytes)
{
    struct imap_fetched got;

    CHECK(
        fetch("* 3 FETCH (FLAGS (\\Seen \\answered $Label1 NonJunk) X-GM (1 (2 \"3)\") NIL) UID 7 "
              "INTERNALDATE \" 7-Jul-2026 02:44:25 -0730\" RFC822.SIZE 11 "
              "BODY[]<0> {11}\r\nA: b\r\n\r\nC)\" EXTRA \"x\\\"y\")\r\n",
              &got));
    CHECK(got.uid == 7 && got.flags == (IMAP_SEEN | IMAP_ANSWERED) && got.size == 11);
    CHECK(got.has_body && is(got.body, "A: b\r\n\r\nC)\""));
    CHECK(got.received_at.ms == 1783419265000);
    CHECK(fetch("* 3 FETCH (BODY[HEADER.FIELDS (TO (X] \"short\" UID 1)\r\n", &got));
    CHECK(is(got.body, "short"));
    CHECK(fetch("* 3 FETCH (UID 1 BODY[] NIL)\r\n", &got) && !got.has_body && got.size == -1);
    CHECK(fetch("* 3 FETCH (UID 1 INTERNALDATE \"31-Foo-2026 02:44:25 -0730\")\r\n", &got));
    CHECK(got.received_at.ms == 0);
}

TEST(broken_messages_are_refused)
{
    static const char *const rows[] = {
        "* 3 FETCH\r\n",
        "* 3 FETCH (\r\n",
        "* 3 FETCH (UID)\r\n",
        "* 3 FETCH (UID 1\r\n",
        "* 3 FETCH (UID -1)\r\n",
        "* 3 FETCH (UID 4294967296)\r\n",
        "* 3 FETCH (UID (1))\r\n",
        "* 3 FETCH (FLAGS \\Seen)\r\n",
        "* 3 FETCH (FLAGS (\\Seen)\r\n",
        "* 3 FETCH (BODY[ {1}\r\nx)\r\n",
        "* 3 FETCH (BODY[] {9}\r\nx)\r\n",
        "* 3 FETCH (BODY[] \"x)\r\n",
        "* 3 FETCH (BODY[] \"x\\\r\n",
        "* 3 FETCH (X ((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))\r\n",
        "* 3 EXISTS (UID 1)\r\n",
    };
    struct imap_fetched got;

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(!fetch(rows[i], &got));
}

TEST(folders_are_read_with_what_they_are_for)
{
    static const struct {
        const char *reply, *name;
        enum imap_role role;
        bool can_select;
    } rows[] = {
        { "* LIST (\\HasNoChildren) \"/\" INBOX\r\n",               "INBOX",             IMAP_INBOX,   true  },
        { "* LIST (\\Marked \\Sent) \".\" \"Verzonden items\"\r\n", "Verzonden items",   IMAP_SENT,
         true                                                                                                },
        { "* LIST (\\Noselect) NIL {4}\r\nA\\\"B\r\n",              "A\\\"B",            IMAP_NO_ROLE, false },
        { "* LIST () \"\\\\\" \"a\\\"\\\\b\"\r\n",                  "a\"\\b",            IMAP_NO_ROLE, true  },
        { "* LIST (\\Junk) \"/\" &AOk-t&AOk- (CHILDINFO)\r\n",      "\xc3\xa9t\xc3\xa9", IMAP_JUNK,
         true                                                                                                },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct imap_reply reply;
        struct imap_listed got;
        CHECK(split(rows[i].reply, &reply) && imap_list_read(mem, &reply, &got));
        CHECK_TEXT(got.name, rows[i].name);
        CHECK(got.role == rows[i].role && got.can_select == rows[i].can_select);
    }
}

TEST(folder_names_go_to_utf_7_and_back)
{
    static const struct {
        const char *name, *encoded;
    } rows[] = {
        { "INBOX",                                                                     "INBOX"              },
        { "R&D",                                                                       "R&-D"               },
        { "&",                                                                         "&-"                 },
        { "Geleverd/\xc3\xa9\xc3\xa9n",                                                "Geleverd/&AOkA6Q-n" },
        { "~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
         "~peter/mail/&U,BTFw-/&ZeVnLIqe-"                                                                  },
        { "\xf0\x9f\x98\x80 blij",                                                     "&2D3eAA- blij"      },
        { "\xc3\xa9-\xc3\xa9&\xc3\xa9",                                                "&AOk--&AOk-&-&AOk-" },
        { "",                                                                          ""                   },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_TEXT(imap_name_encode(mem, rows[i].name), rows[i].encoded);
        CHECK_TEXT(imap_name_decode(mem, rows[i].encoded), rows[i].name);
    }
}

TEST(a_name_that_is_not_utf_7_stays_as_it_is)
{
    static const char *const rows[] = { "&",     "A&B",   "&AOk",  "&A-",      "&AOkA-",
                                        "&AA0-", "&2D0-", "&3gA-", "&2D0A6Q-", "&AGE*-" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(imap_name_decode(mem, rows[i]), rows[i]);
}

TEST(a_long_name_in_utf_7_has_room)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    CLEANUP(buf_free) struct buf name = BUF(1000);

    for (size_t i = 0; i < 99; i++)
        buf_text(&name, "\xe6\x97\xa5");
    CHECK_TEXT(imap_name_decode(mem, imap_name_encode(mem, buf_str(&name))), buf_str(&name));
}
