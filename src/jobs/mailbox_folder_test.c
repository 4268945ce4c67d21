/* What becomes of messages that a mail server can't hand over: odd_servers.py has such servers. */
#include "mailbox_compare.h"

#include "../channel/mail_test.h"
#include "../domain/differences/differences.h"

#include "api.h"
#include "test.h"

#include <string.h>

enum { LETTERS_N = 3 }; /* in each folder of the odd server; the second is the bad one */

struct reading {
    struct world *w;
    struct mailbox_reader reader;
    struct mailbox_health health;
    struct mailbox_drop drop;
    struct channel channel;
    bool goes_on; /* with comparing */
};

static bool get_channel(struct tx *tx, void *arg, struct err *err)
{
    struct reading *reading = arg;

    return channel_get(tx, reading->channel.id, &reading->channel, err);
}

static bool add_mailbox(struct reading *reading, struct api *api)
{
    struct world *w = api->w;
    const char *id;

    fetch_allow_private(true);
    api_as(api, ROLE_ADMIN);
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"email\",\"name\":\"Post\",\"settings\":{"
                 "\"address\":\"post@bedrijf.test\",\"imap_host\":\"127.0.0.1\","
                 "\"imap_password\":\"geheim1\"}}") != 201)
        return false;
    id = api_text(api, "id");
    *reading = (struct reading){ .w = w };
    return id_read("chn", id, strlen(id), &reading->channel.id.n) &&
           world_read(w, get_channel, reading);
}

/* As mailbox.c does over one connection; `manner` is the odd server's. */
static bool read_folder(struct reading *reading, const char *manner, const char *name)
{
    struct mail_server server = mail_server_at("TEST_ODD_IMAP", manner);
    CLEANUP(arena_freep) struct arena *mem = arena_new("reading");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct mailbox_folder folder = { .name = name };
    struct world *w = reading->w;

    server.security = MAIL_PLAIN;
    reading->health = (struct mailbox_health){ .store = w->store,
                                               .organisation = w->scope.organisation,
                                               .channel = reading->channel.id };
    reading->reader = (struct mailbox_reader){ .store = w->store,
                                               .channel = &reading->channel,
                                               .organisation = w->scope.organisation,
                                               .mem = mem,
                                               .health = &reading->health,
                                               .drop = &reading->drop };
    if (!imap_open(&server, &im, &w->err))
        return false;
    reading->reader.im = im;
    reading->goes_on = false;
    return mailbox_folder_open(&reading->reader, &folder, &w->err) &&
           mailbox_compare(&reading->reader, &folder, &reading->goes_on, &w->err) &&
           mailbox_folder_read(&reading->reader, &folder, &w->err);
}

struct stored {
    int64_t letters_n, lost_n, aside_n;
};

static bool count(struct tx *tx, void *arg, struct err *err)
{
    struct stored *stored = arg;

    return db_number(tx, sql_composed("SELECT count(*) FROM envelopes WHERE size > 0"), NO_ARGS,
                     &stored->letters_n, err) &&
           db_number(tx,
                     sql_composed("SELECT count(*) FROM envelopes WHERE size = 0 AND "
                                  "reason LIKE '%hand it over%'"),
                     NO_ARGS, &stored->lost_n, err) &&
           db_number(tx, sql_composed("SELECT count(*) FROM channel_aside"), NO_ARGS,
                     &stored->aside_n, err);
}

static bool has(struct world *w, int64_t letters_n, int64_t lost_n, int64_t aside_n)
{
    struct stored stored;

    return world_read(w, count, &stored) && stored.letters_n == letters_n &&
           stored.lost_n == lost_n && stored.aside_n == aside_n;
}

static void use_real_clock(const int64_t *unused)
{
    (void)unused;
    clock_fake((instant){ 0 });
}

TEST(a_message_that_cannot_be_handed_over_holds_up_no_other_and_comes_when_it_can)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    for (int i = 0; i < 10; i++) { /* it isn't asked for again at once */
        CHECK_OK(read_folder(&reading, "loses-for-a-while", "INBOX"), &w.err);
        CHECK(strstr(reading.reader.complaint, "in the folder INBOX"));
        CHECK(has(&w, LETTERS_N - 1, 0, 1));
    }
    for (int i = 0; i < 2; i++) { /* the server refuses it three times */
        clock_advance(HOUR_MS);
        CHECK_OK(read_folder(&reading, "loses-for-a-while", "INBOX"), &w.err);
        CHECK(has(&w, LETTERS_N - 1, 0, 1));
    }
    clock_advance(HOUR_MS);
    CHECK_OK(read_folder(&reading, "loses-for-a-while", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N, 0, 0));
    CHECK_TEXT(reading.reader.complaint, "");
}

TEST(a_message_that_can_never_be_handed_over_is_a_reason_after_a_day_and_no_other_is)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    for (int hour = 0; hour < 24; hour++) {
        CHECK_OK(read_folder(&reading, "loses-one", "INBOX"), &w.err);
        CHECK(has(&w, LETTERS_N - 1, 0, 1));
        clock_advance(HOUR_MS);
    }
    CHECK_OK(read_folder(&reading, "loses-one", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N - 1, 1, 0));
    /* A message of the same number in another folder is another. */
    CHECK_OK(read_folder(&reading, "loses-one", "Heel"), &w.err);
    CHECK(has(&w, 2 * LETTERS_N - 1, 1, 0));
    CHECK_OK(read_folder(&reading, "loses-one", "INBOX"), &w.err);
    CHECK(has(&w, 2 * LETTERS_N - 1, 1, 0));
}

TEST(a_message_that_breaks_the_connection_is_passed_by_the_next_one)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes);
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    CHECK(!read_folder(&reading, "garbles-one", "INBOX"));
    CHECK(has(&w, 1, 0, 1));
    CHECK_OK(read_folder(&reading, "garbles-one", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N - 1, 0, 1));
}

TEST(a_message_at_which_the_server_hangs_up_each_time_is_passed_after_the_third)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    for (int i = 0; i < 3; i++) {
        CHECK(has(&w, i == 0 ? 0 : 1, 0, 0));
        CHECK(!read_folder(&reading, "drops-one", "INBOX"));
    }
    CHECK(has(&w, 1, 0, 1));
    CHECK_OK(read_folder(&reading, "drops-one", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N - 1, 0, 1));
    CHECK(strstr(reading.reader.complaint, "in the folder INBOX"));
    /* It is asked for again with the same patience, and given up after a day. */
    clock_advance(DAY_MS);
    for (int i = 0; i < 3; i++) {
        CHECK(has(&w, LETTERS_N - 1, 0, 1));
        CHECK(!read_folder(&reading, "drops-one", "INBOX"));
    }
    CHECK(has(&w, LETTERS_N - 1, 1, 0));
    CHECK_OK(read_folder(&reading, "drops-one", "INBOX"), &w.err);
}

TEST(connections_that_are_lost_at_one_message_and_another_pass_none)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes);
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    for (int i = 0; i < 3; i++) {
        CHECK(!read_folder(&reading, "drops-one", "INBOX"));
        CHECK(!read_folder(&reading, "drops-one", "Heel"));
    }
    CHECK(has(&w, 2, 0, 0));
}

TEST(what_was_put_aside_means_nothing_once_the_folder_has_new_numbers)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    CHECK_OK(read_folder(&reading, "renumbers", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N - 1, 0, 1));
    clock_advance(2 * DAY_MS);
    CHECK_OK(read_folder(&reading, "renumbers", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N, 0, 0));
}

/* --- the comparison with what came in -------------------------------------------------------- */

static bool change(struct tx *tx, void *sql, struct err *err)
{
    return db_script(tx, sql, err);
}

static const char *differences(struct api *api)
{
    return api_call(api, GET, "/api/v1/differences?all=true", NULL) == 200 ? api->body : "refused";
}

TEST(a_mail_that_stands_in_the_mailbox_and_had_not_come_in_comes_in_and_is_named)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes, &difference_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    static char lose[] = "DELETE FROM envelopes WHERE id = (SELECT envelope_id FROM mailbox_mails "
                         "WHERE uid = 2)";
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    for (int i = 0; i < 2; i++)
        CHECK_OK(read_folder(&reading, "polite", "INBOX"), &w.err);
    CHECK_OK(world_write(&w, change, lose), &w.err);
    CHECK_OK(read_folder(&reading, "polite", "INBOX"), &w.err); /* it was compared today */
    CHECK(has(&w, LETTERS_N - 1, 0, 0));
    clock_advance(DAY_MS);
    for (int i = 0; i < 2; i++) {
        CHECK_OK(read_folder(&reading, "polite", "INBOX"), &w.err);
        CHECK(has(&w, LETTERS_N, 0, 0) && !reading.goes_on);
        CHECK(strstr(differences(&api), "\"kind\":\"mail_missed\",\"about\":\"env_"));
        CHECK(strstr(api.body, "\"detail\":\"INBOX 2\"") && api_count(&api, "dif") == 1);
        clock_advance(DAY_MS);
    }
}

TEST(what_was_read_before_it_was_written_down_by_number_is_not_compared)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes, &difference_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    static char age[] = "DELETE FROM envelopes; DELETE FROM mailbox_mails; "
                        "UPDATE channel_folders SET first_uid = 3";
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    CHECK_OK(read_folder(&reading, "polite", "INBOX"), &w.err);
    CHECK_OK(world_write(&w, change, age), &w.err);
    CHECK_OK(read_folder(&reading, "polite", "INBOX"), &w.err);
    CHECK(has(&w, 1, 0, 0));
    CHECK(strstr(differences(&api), "\"detail\":\"INBOX 3\"") && api_count(&api, "dif") == 1);
}

TEST(what_the_server_cannot_hand_over_is_no_mail_that_was_missed)
{
    NEEDS_MAIL("TEST_ODD_IMAP");
    WORLD(w);
    API(api, &w, &channel_routes, &difference_routes);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    struct reading reading;

    CHECK_OK(add_mailbox(&reading, &api), &w.err);
    clock_fake((instant){ now });
    for (int i = 0; i < 3; i++) {
        CHECK_OK(read_folder(&reading, "loses-one", "INBOX"), &w.err);
        CHECK(strstr(differences(&api), "\"items\":[]"));
    }
    clock_advance(DAY_MS + HOUR_MS);
    for (int i = 0; i < 2; i++)
        CHECK_OK(read_folder(&reading, "loses-one", "INBOX"), &w.err);
    CHECK(has(&w, LETTERS_N - 1, 1, 0));
    CHECK(strstr(differences(&api), "\"items\":[]"));
}
