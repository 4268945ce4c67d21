#include "test.h"

#include "imap.h"
#include "mail_test.h"
#include "smtp.h"

#include "../base/fetch.h"

#include <string.h>

enum { MIB = 1024 * 1024 };

static const char letter[] = "From: service@bedrijf.test\r\nTo: in@klant.test\r\n"
                             "Subject: antwoord\r\nMessage-ID: <1@bedrijf.test>\r\n\r\nMorgen.\r\n";

static bool send_raw(const struct mail_server *server, const char *to, const char *raw,
                     struct smtp_result *result, struct err *err)
{
    struct smtp_mail mail = {
        "service@bedrijf.test", &to, 1, { (const uint8_t *)raw, strlen(raw) }
    };

    return smtp_send(server, &mail, result, err);
}

TEST(only_clean_addresses_stand_in_an_envelope)
{
    static const struct {
        const char *address;
        bool is_valid;
    } rows[] = {
        { "a@b.nl",                      true  },
        { "zo\xc3\xab@b\xc3\xbcro.test", true  },
        { "a@b@c",                       true  },
        { "",                            false },
        { "a",                           false },
        { "@b",                          false },
        { "a@",                          false },
        { "a b@c",                       false },
        { "a@c\r\nRCPT TO:<x@y>",        false },
        { "a@c\n",                       false },
        { "<a@c>",                       false },
        { "a@c\x7f",                     false },
        { "a\xff@c",                     false },
    };
    char long_one[300];

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(smtp_address_is_valid(rows[i].address) == rows[i].is_valid);
    memset(long_one, 'a', sizeof long_one);
    memcpy(long_one, "a@", 2);
    long_one[254] = 0;
    CHECK(smtp_address_is_valid(long_one));
    memcpy(long_one + 254, "a", 2);
    CHECK(!smtp_address_is_valid(long_one));
}

TEST(nothing_is_sent_for_an_envelope_that_is_not_clean)
{
    struct mail_server server = { .host = "127.0.0.1", .port = 1, .security = MAIL_PLAIN };
    struct smtp_result result;
    struct err err = { 0 };

    CHECK(!send_raw(&server, "a@b\r\nDATA", letter, &result, &err));
    CHECK(err.code == ERR_UPSTREAM && result.outcome == SMTP_REFUSED);
    CHECK(!send_raw(&server, "a@b", "", &result, &err) && result.outcome == SMTP_REFUSED);
}

/* What the only mail in the mailbox is, in im's memory; waits until it is there. */
static bool read_only_mail(const char *user, struct imap **im, struct imap_message *out,
                           struct err *err)
{
    struct mail_server server = mail_server_at("TEST_IMAP", user);
    struct imap_folder folder;
    struct imap_wait wait;

    if (!imap_open(&server, im, err) || !imap_select(*im, "INBOX", &folder, err))
        return false;
    if (folder.exists == 0 && !imap_idle(*im, 10 * SECOND_MS, -1, &wait, err))
        return false;
    return imap_fetch(*im, 1, 100 * MIB, out, err);
}

TEST(an_smtp_mail_arrives_with_its_dots_and_without_bare_line_ends)
{
    NEEDS_MAIL("TEST_SMTP");
    static const char raw[] = "Subject: punt\nTo: dots@klant.test\n\n.eerst\n..tweede\n.\n"
                              "MAIL FROM:<x@y>\r\n.\r\neen\rtwee\r\n\nlaatste zonder einde";
    static const char wanted[] = "\r\n\r\n.eerst\r\n..tweede\r\n.\r\nMAIL FROM:<x@y>\r\n.\r\n"
                                 "een\r\ntwee\r\n\r\nlaatste zonder einde\r\n";
    CLEANUP(imap_close) struct imap *im = NULL;
    struct mail_server server = mail_server_at("TEST_SMTP", "service@bedrijf.test");
    struct imap_message got;
    struct smtp_result result;
    struct err err = { 0 };

    CHECK_OK(send_raw(&server, "dots@klant.test", raw, &result, &err), &err);
    CHECK(result.outcome == SMTP_SENT && result.code == 250);
    CHECK_OK(read_only_mail("dots@klant.test", &im, &got, &err), &err);
    CHECK(got.state == IMAP_MESSAGE_WHOLE && got.raw.len > strlen(wanted));
    CHECK(memcmp(got.raw.data + got.raw.len - strlen(wanted), wanted, strlen(wanted)) == 0);
}

TEST(smtp_says_in_words_what_was_refused_and_whether_to_try_again)
{
    NEEDS_MAIL("TEST_SMTP");
    static const struct {
        const char *to, *password, *words;
        enum smtp_outcome outcome;
        enum err_code code;
    } rows[] = {
        { "in@klant.test",    "geheim1", "",                     SMTP_SENT,      ERR_NONE     },
        { "never@klant.test", "geheim1", "nobody has this name", SMTP_REFUSED,   ERR_UPSTREAM },
        { "later@klant.test", "geheim1", "come back later",      SMTP_LATER,     ERR_BUSY     },
        { "in@klant.test",    "fout",    "refused the login",    SMTP_NO_ACCESS, ERR_UPSTREAM },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mail_server server = mail_server_at("TEST_SMTP", "service@bedrijf.test");
        struct smtp_result result;
        struct err err = { 0 };
        bool is_sent;

        server.password = rows[i].password;
        is_sent = send_raw(&server, rows[i].to, letter, &result, &err);
        CHECK_OK(result.outcome == rows[i].outcome, &err);
        CHECK(is_sent == (rows[i].outcome == SMTP_SENT) && err.code == rows[i].code);
        CHECK_OK(strstr(err.text, rows[i].words) != NULL, &err);
    }
}

TEST(smtp_stops_at_one_recipient_that_is_refused)
{
    NEEDS_MAIL("TEST_SMTP");
    static const char *const to[] = { "in@klant.test", "never@klant.test" };
    struct mail_server server = mail_server_at("TEST_SMTP", "service@bedrijf.test");
    struct smtp_mail mail = {
        "service@bedrijf.test", to, 2, { (const uint8_t *)letter, strlen(letter) }
    };
    struct smtp_result result;
    struct err err = { 0 };

    CHECK(!smtp_send(&server, &mail, &result, &err) && result.outcome == SMTP_REFUSED);
    CHECK(result.code == 550);
}

TEST(smtp_goes_nowhere_without_trust_or_without_the_tls_that_was_asked_for)
{
    NEEDS_MAIL("TEST_SMTP");
    struct mail_server server = mail_server_at("TEST_SMTP", "service@bedrijf.test");
    struct smtp_result result;
    struct err err = { 0 };

    server.ca_file = NULL;
    CHECK(!send_raw(&server, "in@klant.test", letter, &result, &err));
    CHECK(result.outcome == SMTP_NO_ACCESS && err.code == ERR_UPSTREAM);
    CHECK_OK(strstr(err.text, "certificate") != NULL, &err);
    server = mail_server_at("TEST_ODD_SMTP_PLAIN", NULL);
    CHECK(!send_raw(&server, "in@klant.test", letter, &result, &err));
    CHECK(result.outcome == SMTP_NO_ACCESS && err.code == ERR_UPSTREAM);
    CHECK_OK(strstr(err.text, "STARTTLS") != NULL, &err);
}

TEST(smtp_says_unknown_only_when_the_answer_to_the_last_byte_is_missing)
{
    NEEDS_MAIL("TEST_ODD_SMTP_BREAKS_AFTER_DOT");
    static const struct {
        const char *port, *words;
        enum smtp_outcome outcome;
        enum err_code code;
    } rows[] = {
        { "TEST_ODD_SMTP_BREAKS_AFTER_DOT",  "perhaps it was sent", SMTP_UNKNOWN,   ERR_BUSY     },
        { "TEST_ODD_SMTP_BREAKS_AT_RCPT",    "",                    SMTP_LATER,     ERR_BUSY     },
        { "TEST_ODD_SMTP_LATER_AFTER_DOT",   "queue is full",       SMTP_LATER,     ERR_BUSY     },
        { "TEST_ODD_SMTP_REFUSES_AFTER_DOT", "looks like spam",     SMTP_REFUSED,   ERR_UPSTREAM },
        { "TEST_ODD_SMTP_PLAIN",             "",                    SMTP_SENT,      ERR_NONE     },
        { "TEST_ODD_SMTP_HANGS_UP",          "failed",              SMTP_NO_SERVER, ERR_BUSY     },
        { "TEST_ODD_SMTP_IS_BUSY",           "too many of you",     SMTP_NO_SERVER, ERR_BUSY     },
        { "TEST_ODD_SMTP_LISTS_US",          "doesn't let us in",   SMTP_NO_ACCESS, ERR_UPSTREAM },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mail_server server = mail_server_at(rows[i].port, NULL);
        struct smtp_result result;
        struct err err = { 0 };

        server.security = MAIL_PLAIN;
        CHECK(send_raw(&server, "in@klant.test", letter, &result, &err) ==
              (rows[i].outcome == SMTP_SENT));
        CHECK_OK(result.outcome == rows[i].outcome, &err);
        CHECK(err.code == rows[i].code);
        CHECK_OK(strstr(err.text, rows[i].words) != NULL, &err);
    }
}

TEST(smtp_tells_a_server_that_is_not_there_from_a_mail_that_is_refused)
{
    static const struct {
        const char *host, *words;
    } rows[] = {
        { "127.0.0.1",       "can't be reached" },
        { "nowhere.invalid", "can't be found"   },
    };

    fetch_allow_private(true);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mail_server server = { rows[i].host, 1, MAIL_PLAIN, NULL, NULL, NULL, NULL };
        struct smtp_result result;
        struct err err = { 0 };
        CHECK(!send_raw(&server, "in@klant.test", letter, &result, &err));
        CHECK_OK(result.outcome == SMTP_NO_SERVER && err.code == ERR_BUSY, &err);
        CHECK_OK(strstr(err.text, rows[i].words) != NULL, &err);
    }
    fetch_allow_private(false);
}

TEST(smtp_tries_a_login_without_sending_anything)
{
    NEEDS_MAIL("TEST_SMTP");
    struct mail_server server = mail_server_at("TEST_SMTP", "service@bedrijf.test");
    struct err err = { 0 };

    CHECK_OK(smtp_check(&server, "service@bedrijf.test", &err), &err);
    server.password = "verkeerd";
    CHECK(!smtp_check(&server, "service@bedrijf.test", &err));
    CHECK(err.code == ERR_UPSTREAM && strstr(err.text, "check the user name and the password"));
}
