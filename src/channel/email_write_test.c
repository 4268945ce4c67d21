#include "email_write.h"

#include "test.h"

#include <string.h>

#include "../base/text.h"
#include "email_parse.h"

static struct party jan[] = {
    { "Jan Jansen", "jan@klant.test" }
};

/* The least that can be sent; each test adds what it is about. */
static struct email_draft draft(void)
{
    return (struct email_draft){
        .message_id = "case-1.2@bedrijf.test",
        .from = { "Bedrijf", "service@bedrijf.test" },
        .to = { jan, 1 },
        .subject = "Re: Uw vraag",
        .text = "Beste Jan,\n\nDat is goed.",
        .sent_at = { 1795253400000 }
    };
}

struct both {
    struct arena *mem;
    struct bytes raw;
    struct incoming in;
    struct err err;
    bool is_done;
};

static void both_close(struct both *both)
{
    arena_free(both->mem);
}

/* Written, and read back as a stranger would. */
static struct both write_and_read(const struct email_draft *d)
{
    struct both both = { .mem = arena_new("test") };

    both.is_done =
        email_write(both.mem, d, &both.raw, &both.err) &&
        email_parse(both.mem, test_exact(both.raw.data, both.raw.len), &both.in, &both.err);
    return both;
}

static bool has(struct bytes raw, const char *text)
{
    return memmem(raw.data, raw.len, text, strlen(text)) != NULL;
}

static const struct party *party(const struct list *list, size_t i)
{
    return (const struct party *)list->items + i;
}

/* 7-bit, CRLF, no line over 998 bytes. */
static bool is_fit_for_any_server(struct bytes raw)
{
    size_t line = 0;

    for (size_t i = 0; i < raw.len; i++) {
        if (raw.data[i] >= 0x80 || raw.data[i] == 0)
            return false;
        if (raw.data[i] == '\r' && (i + 1 == raw.len || raw.data[i + 1] != '\n'))
            return false;
        if (raw.data[i] == '\n' && (i == 0 || raw.data[i - 1] != '\r'))
            return false;
        line = raw.data[i] == '\n' ? 0 : line + 1;
        if (line > 998 + 1) /* the '\r' */
            return false;
    }
    return true;
}

TEST(what_is_written_is_read_back)
{
    struct party to[] = {
        { "Jansen, Jan \"de oude\"", "jan@klant.test" },
        { "Zoë Müller",              "zoe@klant.test" }
    };
    struct party cc[] = {
        { "", "kees@klant.test" }
    };
    const char *references[] = { "a@klant.test", "b@klant.test" };
    struct incoming_file files[] = {
        { .name = "Factuur €.pdf",
         .type = "application/pdf",
         .data = { (const uint8_t *)"a\0\xff", 3 }                                          },
        { .name = "leeg.txt",      .type = "text/plain", .data = { (const uint8_t *)"", 0 } },
        { .name = "oud.eml",
         .type = "message/rfc822",
         .data = { (const uint8_t *)"A: b\n\nc", 7 }                                        },
    };
    struct email_draft d = draft();
    d.to = (struct list){ to, 2 };
    d.cc = (struct list){ cc, 1 };
    d.reply_to = (struct party){ "", "service+t0k3n@bedrijf.test" };
    d.subject =
        "Re: Café – 你好, een onderwerp dat veel langer is dan een regel van een mail mag zijn";
    d.text = "Beste Zoë,\n\n.\nFrom hier tot daar = 100%\nhttps://bedrijf.test/a?b=1&c=2.";
    d.signature = "Afdeling klachten\nBedrijf B.V.";
    d.quote_intro = "Op 3 december 2026 schreef Jan Jansen:";
    d.quote_text = "Hallo,\n> ouder\n\nDag";
    d.in_reply_to = "b@klant.test";
    d.references = (struct list){ references, 2 };
    d.files = (struct list){ files, 3 };
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK_OK(b.is_done, &b.err);
    CHECK(is_fit_for_any_server(b.raw));
    CHECK_TEXT(b.in.external_id, d.message_id);
    CHECK_TEXT(b.in.from.name, "Bedrijf");
    CHECK_TEXT(b.in.from.address, "service@bedrijf.test");
    CHECK_TEXT(b.in.reply_to.address, "service+t0k3n@bedrijf.test");
    CHECK(b.in.to.n == 2 && b.in.cc.n == 1);
    CHECK_TEXT(party(&b.in.to, 0)->name, to[0].name);
    CHECK_TEXT(party(&b.in.to, 1)->name, to[1].name);
    CHECK_TEXT(party(&b.in.cc, 0)->address, cc[0].address);
    CHECK_TEXT(b.in.subject, d.subject);
    CHECK(b.in.sent_at.ms == d.sent_at.ms);
    CHECK(b.in.references.n == 2 && !b.in.is_auto);
    CHECK_TEXT(((const char **)b.in.references.items)[0], "b@klant.test");
    CHECK_TEXT(b.in.text,
               "Beste Zoë,\n\n.\nFrom hier tot daar = 100%\n"
               "https://bedrijf.test/a?b=1&c=2.\n\n-- \nAfdeling klachten\nBedrijf B.V."
               "\n\nOp 3 december 2026 schreef Jan Jansen:\n> Hallo,\n>> ouder\n>\n> Dag");
    CHECK(text_starts(b.in.text + b.in.fold_at, "-- \n"));
    CHECK(b.in.files.n == 3);
    for (size_t i = 0; i < 3; i++) {
        const struct incoming_file *file = (const struct incoming_file *)b.in.files.items + i;
        CHECK_TEXT(file->name, files[i].name);
        CHECK(file->data.len == files[i].data.len);
        CHECK(file->data.len == 0 ||
              memcmp(file->data.data, files[i].data.data, file->data.len) == 0);
    }
}

TEST(the_html_says_the_same_and_is_escaped)
{
    struct email_draft d = draft();
    d.text = "Een <b>vet</b> & \"citaat\"\nregel\n\nZie https://x.test/a?b=1&c=<2>.";
    d.quote_text = "<script>alert(1)</script>";
    d.language = "nl";
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK_OK(b.is_done, &b.err);
    CHECK(
        strstr(b.in.html, "<p>Een &lt;b&gt;vet&lt;/b&gt; &amp; &quot;citaat&quot;<br>\nregel</p>"));
    CHECK(strstr(b.in.html,
                 "<a href=\"https://x.test/a?b=1&amp;c=\">https://x.test/a?b=1&amp;c=</a>"
                 "&lt;2&gt;."));
    CHECK(strstr(b.in.html, "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n</blockquote>"));
    CHECK(!strstr(b.in.html, "<script"));
    CHECK(strstr(b.in.html, "<html lang=\"nl\">"));
}

TEST(the_same_draft_is_the_same_mail)
{
    struct email_draft d = draft();
    CLEANUP(both_close) struct both a = write_and_read(&d);
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK(a.is_done && b.is_done);
    CHECK(a.raw.len == b.raw.len && memcmp(a.raw.data, b.raw.data, a.raw.len) == 0);
}

TEST(no_value_brings_a_header_of_its_own)
{
    struct party to[] = {
        { "Jan\r\nBcc: evil@x.test", "jan@klant.test" }
    };
    struct incoming_file files[] = {
        { .name = "a.pdf\"\r\nX-Evil: 1\r\n\r\nb",
         .type = "application/pdf\r\nX-Evil: 2",
         .data = { (const uint8_t *)"x", 1 } }
    };
    const char *references[] = { "a@b\r\nX-Evil: 3", "goed@klant.test" };
    struct email_draft d = draft();
    d.to = (struct list){ to, 1 };
    d.subject = "Hallo\r\nX-Evil: 4\n\nbody\r\n";
    d.in_reply_to = "a@b>\r\nX-Evil: 5";
    d.references = (struct list){ references, 2 };
    d.files = (struct list){ files, 1 };
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK_OK(b.is_done, &b.err);
    CHECK(is_fit_for_any_server(b.raw));
    CHECK(!has(b.raw, "\nX-Evil") && !has(b.raw, "\nBcc"));
    CHECK_TEXT(b.in.subject, "Hallo X-Evil: 4 body");
    CHECK(b.in.references.n == 1 && b.in.files.n == 1);
}

TEST(an_address_that_no_server_takes_is_refused)
{
    static const char *const addresses[] = {
        NULL,         "",           "jan",          "@klant.test",          "jan@",
        "a b@k.test", "a@b@k.test", "jan@k\r\nt.x", "<jan@k.test>",         "jan@k.test, x@y.z",
        "zoë@k.test", "\"a\"@k.t",  "jan@.test",    "jan@k.test\r\nBcc: x",
    };

    for (size_t i = 0; i < COUNT(addresses); i++) {
        struct party to[] = {
            { "Jan", addresses[i] }
        };
        struct email_draft d = draft();
        d.to = (struct list){ to, 1 };
        CLEANUP(both_close) struct both b = write_and_read(&d);
        CHECK(!b.is_done && b.err.code == ERR_INVALID);
    }
}

TEST(a_mail_to_nobody_is_refused)
{
    struct email_draft d = draft();
    d.to.n = 0;
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK(!b.is_done && b.err.code == ERR_INVALID);
    CHECK_TEXT(b.err.fields[0].pointer, "/to");
}

TEST(long_lines_and_long_threads_stay_sendable)
{
    static char ids[100][900], text[100000];
    const char *references[COUNT(ids)];
    struct email_draft d = draft();

    for (size_t i = 0; i < COUNT(ids); i++) {
        memset(ids[i], 'a', sizeof(ids[i]) - 1);
        ids[i][0] = (char)('A' + i % 26);
        ids[i][1] = (char)('A' + i / 26);
        references[i] = ids[i];
    }
    memset(text, 'x', sizeof(text) - 1);
    d.text = text;
    d.subject = text;
    d.references = (struct list){ references, COUNT(ids) };
    d.in_reply_to = "laatste@klant.test";
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK_OK(b.is_done, &b.err);
    CHECK(is_fit_for_any_server(b.raw));
    CHECK_TEXT(b.in.text, text);
    CHECK(b.in.references.n == 21);
    CHECK_TEXT(((const char **)b.in.references.items)[0], "laatste@klant.test");
    CHECK_TEXT(((const char **)b.in.references.items)[1], ids[99]);
    CHECK_TEXT(((const char **)b.in.references.items)[20], ids[0]);
}

TEST(what_no_person_wrote_says_so_and_nothing_else_does)
{
    struct email_draft d = draft();
    CLEANUP(both_close) struct both by_hand = write_and_read(&d);
    d.is_auto = true;
    CLEANUP(both_close) struct both automatic = write_and_read(&d);

    CHECK(by_hand.is_done && automatic.is_done);
    CHECK(!has(by_hand.raw, "Auto-Submitted") && !by_hand.in.is_auto);
    CHECK(has(automatic.raw, "\r\nAuto-Submitted: auto-generated\r\n") && automatic.in.is_auto);
}

TEST(too_many_bytes_of_files_are_refused)
{
    struct incoming_file files[] = {
        { .name = "a", .data = { NULL, (20 << 20) } },
        { .name = "b", .data = { NULL, (20 << 20) } }
    };
    struct email_draft d = draft();
    d.files = (struct list){ files, 2 };
    CLEANUP(both_close) struct both b = write_and_read(&d);

    CHECK(!b.is_done && b.err.code == ERR_TOO_LARGE);
}
