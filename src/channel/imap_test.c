#include "test.h"

#include "imap.h"
#include "mail_test.h"
#include "smtp.h"

#include "../base/buf.h"
#include "../base/clock.h"
#include "../base/text.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MIB = 1024 * 1024 };

static const char letter[] =
    "From: jan@klant.test\r\nTo: service@bedrijf.test\r\nSubject: vraag\r\n"
    "Message-ID: <1@klant.test>\r\n\r\nWaar blijft het?\r\n";

static struct bytes bytes_of(const char *s)
{
    return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static bool enter(const char *user, const char *folder, struct imap **im,
                  struct imap_folder *selected, struct err *err)
{
    struct mail_server server = mail_server_at("TEST_IMAP", user);

    return imap_open(&server, im, err) && imap_select(*im, folder, selected, err);
}

TEST(an_imap_mail_comes_whole_and_stays_unseen_until_it_is_marked)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    struct imap_message message;
    struct err err = { 0 };
    uint32_t uid;
    size_t n;

    CHECK_OK(enter("fetch@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    CHECK(folder.exists == 1 && folder.uidvalidity > 0 && folder.uidnext == 2);
    CHECK_OK(imap_uids(im, 1, 10, &uid, &n, &err), &err);
    CHECK(n == 1);
    for (int twice = 0; twice < 2; twice++) {
        CHECK_OK(imap_fetch(im, uid, MIB, &message, &err), &err);
        CHECK(message.state == IMAP_MESSAGE_WHOLE && message.uid == uid && message.flags == 0);
    }
    CHECK((int64_t)message.raw.len == message.size);
    CHECK(memmem(message.raw.data, message.raw.len, "Subject: eerste", 15));
    CHECK(message.received_at.ms > clock_now().ms - HOUR_MS);
    CHECK(message.received_at.ms < clock_now().ms + HOUR_MS);
    CHECK_OK(imap_mark_seen(im, &uid, 1, &err), &err);
    CHECK_OK(imap_fetch(im, uid, MIB, &message, &err), &err);
    CHECK(message.flags == IMAP_SEEN);
    CHECK_OK(imap_fetch(im, uid + 1, MIB, &message, &err), &err);
    CHECK(message.state == IMAP_MESSAGE_GONE);
    CHECK_OK(imap_uids(im, uid + 1, 10, &uid, &n, &err), &err);
    CHECK(n == 0); /* "n:*" would name the last message */
}

TEST(an_imap_mail_of_50_mb_comes_whole_and_one_byte_too_many_gives_its_header)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    CLEANUP(buf_free) struct buf raw = BUF(60 * MIB);
    struct imap_folder folder;
    struct imap_message message;
    struct err err = { 0 };

    buf_text(&raw, letter);
    for (int i = 0; raw.len < 50 * MIB; i++)
        buf_printf(&raw, "regel %d van een heel lange brief met {5} en \"meer\" erin\r\n", i);
    CHECK_OK(enter("large@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    CHECK_OK(imap_append(im, "INBOX", (struct bytes){ (uint8_t *)raw.data, raw.len }, &err), &err);
    CHECK_OK(imap_fetch(im, folder.uidnext, raw.len, &message, &err), &err);
    CHECK(message.state == IMAP_MESSAGE_WHOLE && message.raw.len == raw.len);
    CHECK(memcmp(message.raw.data, raw.data, raw.len) == 0);
    CHECK_OK(imap_fetch(im, folder.uidnext, raw.len - 1, &message, &err), &err);
    CHECK(message.state == IMAP_MESSAGE_TOO_LARGE && message.size == (int64_t)raw.len);
    CHECK(message.raw.len == (size_t)(strstr(letter, "\r\n\r\n") + 4 - letter));
    CHECK(memcmp(message.raw.data, letter, message.raw.len) == 0);
}

TEST(an_imap_backlog_of_2000_mails_comes_in_batches_without_gap_or_double)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    uint32_t uids[300], next = 1, seen = 0;
    struct err err = { 0 };
    size_t n;

    CHECK_OK(enter("backlog@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    CHECK(folder.exists == 2000);
    do {
        CHECK_OK(imap_uids(im, next, COUNT(uids), uids, &n, &err), &err);
        for (size_t i = 0; i < n; i++, seen++) {
            CHECK(uids[i] >= next);
            next = uids[i] + 1;
        }
    } while (n == COUNT(uids));
    CHECK(seen == 2000);
    /* from anywhere, backwards too */
    for (uint32_t from = next; from > 1; from -= from > 97 ? 97 : from - 1) {
        CHECK_OK(imap_uids(im, from - 1, 1, uids, &n, &err), &err);
        CHECK(n == 1 && uids[0] == from - 1);
    }
}

static void *deliver(void *answer)
{
    static const char *const to[] = { "idle@bedrijf.test" };
    struct mail_server server = mail_server_at("TEST_MX", NULL);
    struct smtp_mail mail = { "jan@klant.test", to, 1, bytes_of(letter) };
    struct smtp_result result;
    struct err err;

    server.security = MAIL_PLAIN;
    *(int64_t *)answer =
        smtp_send(&server, &mail, &result, &err) ? clock_monotonic_ms() : INT64_MIN / 2;
    return NULL;
}

TEST(an_imap_idle_wakes_within_a_second_of_the_delivery)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    struct imap_wait wait;
    struct err err = { 0 };
    int64_t best_ms = INT64_MAX;

    CHECK_OK(enter("idle@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    /* the best of three: another program may have the processor for a while */
    for (int i = 0; i < 3; i++) {
        pthread_t thread;
        uint32_t uids[10];
        int64_t sent_ms, took_ms;
        size_t n;

        CHECK(pthread_create(&thread, NULL, deliver, &sent_ms) == 0);
        bool is_good = imap_idle(im, 20 * SECOND_MS, -1, &wait, &err);
        took_ms = clock_monotonic_ms();
        pthread_join(thread, NULL);
        CHECK_OK(is_good, &err);
        CHECK(wait.can_idle && wait.has_news);
        took_ms -= sent_ms;
        best_ms = took_ms < best_ms ? took_ms : best_ms;
        CHECK_OK(imap_uids(im, folder.uidnext, COUNT(uids), uids, &n, &err), &err);
        CHECK(n == (size_t)i + 1);
    }
    CHECK(best_ms < SECOND_MS);
}

TEST(an_imap_idle_ends_by_its_time_or_by_the_other_descriptor)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    struct imap_wait wait;
    struct err err = { 0 };
    int64_t began_ms = clock_monotonic_ms();
    int wake_fd = eventfd(1, EFD_CLOEXEC);
    bool is_good;

    CHECK_OK(enter("fetch@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    is_good = imap_idle(im, 20 * SECOND_MS, wake_fd, &wait, &err);
    close(wake_fd);
    CHECK_OK(is_good, &err);
    CHECK(!wait.has_news && clock_monotonic_ms() - began_ms < 10 * SECOND_MS);
    CHECK_OK(imap_idle(im, 50, -1, &wait, &err), &err);
    CHECK(!wait.has_news);
    CHECK_OK(imap_noop(im, &wait.has_news, &err), &err);
}

/* tests/peers stops the server when it reads "idling". */
TEST(an_imap_server_that_goes_away_is_noticed_at_once_and_can_be_tried_again)
{
    NEEDS_MAIL("TEST_IMAP_GOES");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    struct imap_wait wait;
    struct err err = { 0 };
    int64_t began_ms = clock_monotonic_ms();

    CHECK_OK(enter("fetch@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    printf("idling\n");
    CHECK(!imap_idle(im, 20 * SECOND_MS, -1, &wait, &err));
    CHECK(clock_monotonic_ms() - began_ms < 10 * SECOND_MS);
    CHECK(err.code == ERR_BUSY && !imap_is_open(im));
    CHECK(!imap_select(im, "INBOX", &folder, &err) && err.code == ERR_BUSY);
    imap_close(&im);
    CHECK(!enter("fetch@bedrijf.test", "INBOX", &im, &folder, &err) && err.code == ERR_BUSY);
}

TEST(imap_works_by_starttls_and_by_tls)
{
    NEEDS_MAIL("TEST_IMAP");
    static const struct {
        const char *port;
        enum mail_security security;
    } rows[] = {
        { "TEST_IMAP",  MAIL_STARTTLS },
        { "TEST_IMAPS", MAIL_TLS      },
        { "TEST_IMAP",  MAIL_PLAIN    },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(imap_close) struct imap *im = NULL;
        struct mail_server server = mail_server_at(rows[i].port, "fetch@bedrijf.test");
        struct err err = { 0 };

        server.security = rows[i].security;
        CHECK_OK(imap_open(&server, &im, &err), &err);
    }
}

TEST(an_imap_certificate_that_nobody_trusts_is_refused)
{
    NEEDS_MAIL("TEST_IMAP");
    static const struct {
        const char *port;
        enum mail_security security;
    } rows[] = {
        { "TEST_IMAP",  MAIL_STARTTLS },
        { "TEST_IMAPS", MAIL_TLS      },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(imap_close) struct imap *im = NULL;
        struct mail_server server = mail_server_at(rows[i].port, "fetch@bedrijf.test");
        struct err err = { 0 };

        server.security = rows[i].security;
        server.ca_file = NULL;
        CHECK(!imap_open(&server, &im, &err) && !im);
        CHECK(err.code == ERR_UPSTREAM && strstr(err.text, "certificate"));
    }
}

TEST(a_wrong_imap_password_is_told_in_the_server_s_words_and_never_shown)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct mail_server server = mail_server_at("TEST_IMAP", "fetch@bedrijf.test");
    struct err err = { 0 };

    server.password = "fout-wachtwoord";
    CHECK(!imap_open(&server, &im, &err) && err.code == ERR_UPSTREAM);
    CHECK(strstr(err.text, "Authentication failed.") && strstr(err.text, "fetch@bedrijf.test"));
    CHECK(!strstr(err.text, "fout-wachtwoord"));
}

TEST(imap_calls_no_private_address_unless_it_may)
{
    NEEDS_MAIL("TEST_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct mail_server server = mail_server_at("TEST_IMAP", "fetch@bedrijf.test");
    struct err err = { 0 };
    bool is_open;

    fetch_allow_private(false);
    is_open = imap_open(&server, &im, &err);
    fetch_allow_private(true);
    CHECK(!is_open && err.code == ERR_UPSTREAM && strstr(err.text, "private"));
}

TEST(an_imap_host_that_is_no_name_is_refused_before_anything_is_sent)
{
    static const char *const hosts[] = { "", "a b", "a/b", "user@host", "a%20b", "a?b", "x\ny" };

    for (size_t i = 0; i < COUNT(hosts); i++) {
        CLEANUP(imap_close) struct imap *im = NULL;
        struct mail_server server = { .host = hosts[i], .port = 993, .user = "a", .password = "b" };
        struct err err = { 0 };

        CHECK(!imap_open(&server, &im, &err) && err.code == ERR_UPSTREAM);
        CHECK(strstr(err.text, "not valid"));
    }
}

static const struct imap_listed *find(const struct list *folders, const char *name)
{
    const struct imap_listed *items = folders->items;

    for (size_t i = 0; i < folders->n; i++)
        if (text_equal(items[i].name, name))
            return &items[i];
    return NULL;
}

TEST(imap_folders_with_accents_and_quotes_are_listed_opened_and_filled)
{
    NEEDS_MAIL("TEST_IMAP");
    static const char *const names[] = { "Caf\xc3\xa9 & co",
                                         "Klachten \xe2\x82\xac \xf0\x9f\x98\x80",
                                         "\"zo\" gezegd\\" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    struct list folders;
    struct err err = { 0 };

    CHECK_OK(enter("names@bedrijf.test", "INBOX", &im, &folder, &err), &err);
    CHECK_OK(imap_folders(im, mem, &folders, &err), &err);
    CHECK(find(&folders, "INBOX") && find(&folders, "INBOX")->role == IMAP_INBOX);
    CHECK(find(&folders, "Sent") && find(&folders, "Sent")->role == IMAP_SENT);
    for (size_t i = 0; i < COUNT(names); i++) {
        CHECK(find(&folders, names[i]) && find(&folders, names[i])->can_select);
        CHECK_OK(imap_append(im, names[i], bytes_of(letter), &err), &err);
        CHECK_OK(imap_select(im, names[i], &folder, &err), &err);
        CHECK(folder.exists == 1);
    }
    CHECK(!imap_select(im, "Bestaat niet\r\nG9 LOGOUT", &folder, &err));
    CHECK(err.code == ERR_UPSTREAM && imap_is_open(im));
    CHECK(!imap_select(im, "Bestaat niet", &folder, &err));
    CHECK(err.code == ERR_UPSTREAM && imap_is_open(im) && strstr(err.text, "doesn't exist"));
    CHECK(!imap_append(im, "Bestaat niet", bytes_of(letter), &err) && err.code == ERR_UPSTREAM);
    CHECK_OK(imap_select(im, "INBOX", &folder, &err), &err);
}

/* What a server of tests/peers does to whoever logs in with that name. */
static bool meet(const char *manner, struct imap **im, struct err *err)
{
    struct mail_server server = mail_server_at("TEST_ODD_IMAP", manner);

    server.security = MAIL_PLAIN;
    return imap_open(&server, im, err);
}

TEST(an_odd_imap_server_is_given_up_with_words)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    static const struct {
        const char *manner, *words;
        enum err_code code;
    } rows[] = {
        { "endless-line", "too long",        ERR_UPSTREAM },
        { "huge-literal", "too long",        ERR_UPSTREAM },
        { "nonsense",     "makes no sense",  ERR_UPSTREAM },
        { "hangs-up",     "lost",            ERR_BUSY     },
        { "says-bye",     "maintenance",     ERR_BUSY     },
        { "unavailable",  "try again later", ERR_BUSY     },
        { "other-tag",    "to nothing",      ERR_UPSTREAM },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(imap_close) struct imap *im = NULL;
        struct err err = { 0 };

        CHECK(!meet(rows[i].manner, &im, &err));
        CHECK_OK(strstr(err.text, rows[i].words) != NULL, &err);
        CHECK(err.code == rows[i].code);
    }
}

TEST(an_imap_server_without_idle_is_asked_by_noop)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;
    struct imap_wait wait;
    struct err err = { 0 };
    bool has_news;

    CHECK_OK(meet("polite", &im, &err), &err);
    CHECK_OK(imap_select(im, "INBOX", &folder, &err), &err);
    CHECK_OK(imap_idle(im, 20 * SECOND_MS, -1, &wait, &err), &err);
    CHECK(!wait.can_idle && !wait.has_news);
    CHECK_OK(imap_noop(im, &has_news, &err), &err);
    CHECK(has_news); /* this server always has something new */
}
