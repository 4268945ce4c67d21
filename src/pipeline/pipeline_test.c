#include "pipeline.h"

#include "api.h"
#include "by_hand.h"
#include "mailbox.h"
#include "test.h"

#include "../base/log.h"
#include "../base/text.h"
#include "../channel/api.h"
#include "../channel/email_write.h"
#include "../domain/files/files.h"
#include "../domain/people/people.h"
#include "../jobs/worker.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TEST(a_mail_becomes_a_case_of_the_person_who_wrote_it)
{
    WORLD(w);
    MAILBOX(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "Jan Jansen <Jan@Klant.example>", "Lekkage", "",
                                "Mijn kraan lekt.")),
             &w.err);
    CHECK(first_case(&api, "") != NULL);
    CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "title"), "Lekkage");
    CHECK_TEXT(api_text(&api, "person_name"), "Jan Jansen");
    CHECK(strstr(api.body, "\"value\":\"jan@klant.example\""));
    CHECK(strstr(api.body, "\"state\":\"claimed\""));
}

TEST(an_answer_to_our_mail_joins_its_case_whatever_the_subject_says)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *ours;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Lekkage", "", "Hallo")), &w.err);
    path = first_case(&api, "");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Waar lekt het?\"}") == 201);
    ours = api_text(&api, "external_id");
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", "Iets heel anders",
                                arena_printf(w.mem, "In-Reply-To: <%s>\r\n", ours), "Onder.")),
             &w.err);
    CHECK(count_cases(&api, "") == 1);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(strstr(api.body, "\"messages_n\":3"));
    CHECK_TEXT(api_text(&api, "status"), "open");
}

TEST(the_same_subject_alone_joins_nothing)
{
    WORLD(w);
    MAILBOX(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", "Re: Vraag", "", "Twee")),
             &w.err);
    CHECK(count_cases(&api, "") == 2);
}

TEST(a_reference_in_the_subject_joins_only_for_who_has_a_part_in_it)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *subject;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = first_case(&api, "");
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    subject = arena_printf(w.mem, "over [%s] graag", api_text(&api, "reference"));
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", subject, "", "Twee")), &w.err);
    CHECK(count_cases(&api, "") == 1);
    CHECK_OK(deliver(&box, mail(&box, "c@x", "vreemd@elders.example", subject, "", "Drie")),
             &w.err);
    CHECK(count_cases(&api, "") == 2);
}

/* The halves of a reference, put into a text; with `slip` its last letter is another one. */
static const char *retype(struct arena *mem, const char *form, const char *reference, bool slip,
                          bool is_small)
{
    char *second = arena_text(mem, reference + 4);

    if (slip)
        second[3] = second[3] == 'X' ? 'Y' : 'X';
    reference = arena_printf(mem, form, reference, second);
    return is_small ? text_lower(mem, reference) : reference;
}

TEST(a_reference_is_found_however_it_is_typed_and_nothing_else_is)
{
    static const struct {
        const char *form; /* with its halves in it */
        bool slip, is_small, joins;
    } rows[] = {
        { "over %.3s-%s graag",        false, false, true  },
        { "over %.3s-%s graag",        false, true,  true  },
        { "over %.3s%s graag",         false, false, true  },
        { "%.3s%s",                    false, false, true  },
        { "[%.3s %s]",                 false, false, true  },
        { "%.3s\xc2\xa0%s!",           false, false, true  },
        { "zaak %.3s\xe2\x80\x93%s",   false, true,  true  },
        { "Ref-%.3s%s",                false, false, true  },
        { "KLACHTEN OVER HET %.3s %s", false, false, true  },
        { "over %.3s%s graag",         true,  false, false },
        { "over %.3s %s graag",        true,  false, false },
        { "over %.3s%s graag",         false, true,  false },
        { "over %.3s %s graag",        false, true,  false },
        { "over X%.3s%s graag",        false, false, false },
        { "over %.3s%sX graag",        false, false, false },
        { "over %.3s  %s graag",       false, false, false },
        { "over %.3s/%s graag",        false, false, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        MAILBOX(box, &w, api);
        const char *typed, *in_subject, *in_text;

        CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
        CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
        typed = retype(w.mem, rows[i].form, api_text(&api, "reference"), rows[i].slip,
                       rows[i].is_small);
        in_subject = i % 2 == 0 ? typed : "Nieuw";
        in_text = i % 2 == 0 ? "Dag" : typed;
        CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", in_subject,
                                    "Content-Type: text/plain; charset=utf-8\r\n", in_text)),
                 &w.err);
        if (count_cases(&api, "?status=all") != (rows[i].joins ? 1 : 2))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, typed);
    }
}

TEST(a_reference_in_the_words_joins_unless_it_is_only_quoted)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *reference;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = first_case(&api, "");
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    reference = api_text(&api, "reference");
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", "Nog iets", "",
                                arena_printf(w.mem, "Het gaat om zaak %s.", reference))),
             &w.err);
    CHECK(count_cases(&api, "") == 1);
    CHECK_OK(
        deliver(&box, mail(&box, "c@x", "jan@klant.example", "Anders", "",
                           arena_printf(w.mem,
                                        "Een sleutel kwijt.\r\n\r\nOp 1 dec 2026 om 10:00 "
                                        "schreef Bedrijf <info@bedrijf.example>:\r\n> zaak %s\r\n",
                                        reference))),
        &w.err);
    CHECK(count_cases(&api, "") == 2);
}

static bool find_conversation(struct tx *tx, void *out, struct err *err)
{
    struct list cases;
    const char *next;
    bool found;

    return case_list(tx, &(struct case_query){ .page = { .limit = 1 } }, &cases, &next, err) &&
           conversation_of_case(tx, ((struct casefile *)cases.items)[0].id, out, &found, err);
}

TEST(our_token_in_the_address_finds_the_conversation_and_a_forged_one_does_not)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct conversation conversation;
    char *token;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    CHECK_OK(world_read(&w, find_conversation, &conversation), &w.err);
    token = conversation_token(w.mem, store_key(w.store), conversation.id);
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", "x",
                                arena_printf(w.mem, "Cc: service+%s@bedrijf.example\r\n", token),
                                "Twee")),
             &w.err);
    CHECK(count_cases(&api, "") == 1);
    token[strlen(token) - 1] = token[strlen(token) - 1] == 'a' ? 'b' : 'a';
    CHECK_OK(deliver(&box, mail(&box, "c@x", "jan@klant.example", "x",
                                arena_printf(w.mem, "Cc: service+%s@bedrijf.example\r\n", token),
                                "Drie")),
             &w.err);
    CHECK(count_cases(&api, "") == 2);
}

TEST(the_same_mail_by_two_ways_is_one_message)
{
    WORLD(w);
    MAILBOX(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag",
                                "Received: from elsewhere\r\n", "Een")),
             &w.err);
    CHECK(count_cases(&api, "") == 1);
    CHECK(api_call(&api, GET, "/api/v1/envelopes?all=true", NULL) == 200);
    CHECK(strstr(api.body, "\"state\":\"duplicate\""));
    /* another mail that carries the same id is another mail */
    CHECK_OK(deliver(&box, mail(&box, "a@x", "piet@klant.example", "Vraag", "", "Twee")), &w.err);
    CHECK(count_cases(&api, "") == 2);
}

TEST(an_automatic_answer_is_kept_and_reopens_nothing)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *ours, *more;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = first_case(&api, "");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Antwoord\",\"status\":\"done\"}") == 201);
    ours = api_text(&api, "external_id");
    more = arena_printf(w.mem, "In-Reply-To: <%s>\r\nAuto-Submitted: auto-replied\r\n", ours);
    CHECK_OK(deliver(&box, mail(&box, "b@x", "jan@klant.example", "Afwezig", more, "Ik ben weg")),
             &w.err);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "done");
    CHECK(strstr(api.body, "Ik ben weg"));
}

TEST(two_machines_that_answer_each_other_come_to_an_end)
{
    WORLD(w);
    MAILBOX(box, &w, api);

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    for (int i = 0; i < 40; i++)
        CHECK_OK(deliver(&box, mail(&box, arena_printf(w.mem, "l%d@x", i), "jan@klant.example", "x",
                                    "In-Reply-To: <a@x>\r\nAuto-Submitted: auto-replied\r\n",
                                    arena_printf(w.mem, "weg %d", i))),
                 &w.err);
    CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
    CHECK(strstr(api.body, "\"messages_n\":31"));
    CHECK(api_call(&api, GET, "/api/v1/envelopes?all=true", NULL) == 200);
    CHECK(strstr(api.body, "this looks like a loop"));
}

struct told {
    struct message message;
    struct receipt receipt;
};

static bool confirm(struct tx *tx, void *arg, struct err *err)
{
    const struct told *told = arg;

    return confirm_receipt(tx, &told->message, &told->receipt, err);
}

TEST(trouble_with_one_message_says_nothing_of_the_channel_and_trouble_of_the_channel_does)
{
    static const struct {
        struct receipt receipt;
        const char *error; /* what the channel's health says then */
    } rows[] = {
        { { DELIVERY_REFUSED, false, "no such user" },    NULL              },
        { { DELIVERY_LATER, true, "login refused" },      "login refused"   },
        { { DELIVERY_REFUSED, false, "looks like spam" }, "login refused"   },
        { { DELIVERY_UNKNOWN, false, "perhaps" },         "login refused"   },
        { { DELIVERY_LATER, false, "come back later" },   "login refused"   },
        { { DELIVERY_REFUSED, true, "nobody is there" },  "nobody is there" },
        { { DELIVERY_SENT, false, "250 mine now" },       NULL              },
    };
    WORLD(w);
    API(api, &w, &channel_routes);
    struct mailbox box;
    char id[ID_TEXT_MAX];

    CHECK(open_mailbox(&box, &w, &api));
    id_write("chn", box.channel.n, id);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct told told = { { .channel_id = box.channel }, rows[i].receipt };
        CHECK_OK(world_write(&w, confirm, &told), &w.err);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/channels/%s", id), NULL) == 200);
        if (!text_equal(api_text(&api, "send_error"), rows[i].error))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
}

/* As if it had been handed over, an earlier worker's guess had failed it, and then came the yes. */
static bool guess_and_know(struct tx *tx, void *arg, struct err *err)
{
    struct told *told = arg;
    bool moved, found;

    return message_find(tx, told->message.id, &told->message, &found, err) &&
           message_move(tx, &told->message, MESSAGE_QUEUED, MESSAGE_SENDING, NULL, &moved, err) &&
           confirm_receipt(tx, &told->message, &told->receipt, err) &&
           confirm_receipt(tx, &told->message, &(struct receipt){ .delivery = DELIVERY_SENT }, err);
}

TEST(that_it_was_sent_is_worth_more_than_the_guess_of_another_worker_and_less_than_a_report)
{
    static const struct {
        const char *words, *state;
    } rows[] = {
        { send_interrupted, "sent"   },
        { "no such user",   "failed" },
    };
    WORLD(w);
    MAILBOX(box, &w, api);
    struct told told = { .receipt = { .delivery = DELIVERY_UNKNOWN } };
    const char *path, *id;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    path = arena_printf(w.mem, "%s/messages", first_case(&api, ""));
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, POST, path, "{\"text\":\"Antwoord\"}") == 201);
        id = api_text(&api, "id");
        CHECK(id_read("msg", id, strlen(id), &told.message.id.n));
        snprintf(told.receipt.words, sizeof(told.receipt.words), "%s", rows[i].words);
        CHECK_OK(world_write(&w, guess_and_know, &told), &w.err);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/messages/%s", id), NULL) == 200);
        CHECK_TEXT(api_text(&api, "state"), rows[i].state);
    }
}

TEST(what_cannot_be_understood_is_kept_with_the_reason_and_can_be_run_again)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *id, *path;

    CHECK_OK(deliver(&box, "Subject: from nobody\r\n\r\nboo\r\n"), &w.err);
    CHECK(count_cases(&api, "") == 0);
    CHECK(api_call(&api, GET, "/api/v1/envelopes?all=true", NULL) == 200);
    CHECK(strstr(api.body, "doesn't say who it is from"));
    id = arena_text_n(w.mem, strstr(api.body, "env_"), 17);
    path = arena_printf(w.mem, "/api/v1/envelopes/%s", id);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/raw", path), NULL) == 200);
    CHECK_TEXT(api.body, "Subject: from nobody\r\n\r\nboo\r\n");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/run", path), NULL) == 202);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "waiting");
    CHECK_OK(run_inbound(&box), &w.err);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "not_understood");
}

static bool break_messages(struct tx *tx, void *unused, struct err *err)
{
    (void)unused;
    return db_run(tx,
                  sql_composed("CREATE TRIGGER IF NOT EXISTS broken BEFORE INSERT ON messages "
                               "WHEN NEW.text LIKE '%broken%' BEGIN SELECT json('x'); END"),
                  NO_ARGS, err);
}

static void normal_level(int *unused)
{
    (void)unused;
    log_set_level(getenv("TEST_LOG") ? LOG_DEBUG : LOG_ERROR);
}

TEST(why_a_later_one_of_a_run_failed_is_logged_in_that_run)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    CLEANUP(normal_level) int level = 0;
    char lines[4096] = "";
    struct received items[2] = { 0 };
    struct job_run run;
    int ends[2], before;
    size_t n;
    bool ok;

    (void)level;
    if (world_is_postgres(&w)) {
        test_skip("the fault is one of SQLite");
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        const char *raw = mail(&box, i == 0 ? "a@x" : "b@x", "jan@klant.example", "Vraag", "",
                               i == 0 ? "Een" : "broken");

        items[i].raw = (struct bytes){ (const uint8_t *)raw, strlen(raw) };
    }
    CHECK_OK(world_write(&w, break_messages, NULL), &w.err);
    CHECK_OK(pipeline_receive(w.store, &w.scope, box.channel, items, 2, NULL, NULL, &n, &w.err),
             &w.err);
    CHECK_OK(take_job(&w, &run), &w.err);
    log_set_level(LOG_WARN);
    before = dup(STDERR_FILENO);
    CHECK(before >= 0 && pipe(ends) == 0);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    ok = job_inbound(&run, &w.err);
    dup2(before, STDERR_FILENO);
    close(before);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    (void)!read(ends[0], lines, sizeof(lines) - 1);
    close(ends[0]);
    CHECK_OK(ok, &w.err);
    CHECK(count_cases(&api, "") == 1);
    CHECK(strstr(lines, "at=job.inbound") && strstr(lines, "malformed JSON"));
}

/* The database grows no more: what needs a page fails as on a full disk. */
static bool fill_disk(struct tx *tx, void *unused, struct err *err)
{
    int64_t pages, max;

    (void)unused;
    return db_number(tx, sql_composed("PRAGMA page_count"), NO_ARGS, &pages, err) &&
           db_number(tx,
                     sql_composed(
                         arena_printf(tx->mem, "PRAGMA max_page_count = %lld", (long long)pages)),
                     NO_ARGS, &max, err);
}

static bool find_job(struct tx *tx, void *job, struct err *err)
{
    return db_one(tx,
                  sql_composed("SELECT id, kind, tries, due_at, given_up_at, last_error FROM jobs "
                               "WHERE organisation_id = $1 AND kind = 'inbound'"),
                  ARGS(arg_organisation(tx)), job_fields, job, err);
}

struct stopping {
    struct world *w;
    struct worker *worker;
};

static void stop_worker(struct stopping *stopping)
{
    worker_stop(stopping->worker);
    store_closep(&stopping->w->store);
    worker_free(stopping->worker);
}

TEST(a_full_disk_counts_as_no_try)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    CLEANUP(stop_worker) struct stopping stopping = { .w = &w };
    const char *text = arena_printf(w.mem, "%050000d", 7), *raw;
    int64_t end = clock_monotonic_ms() + 30000;
    struct received item = { 0 };
    struct job job = { 0 };
    size_t n;

    if (world_is_postgres(&w)) {
        test_skip("the fault is one of SQLite");
        return;
    }
    raw = mail(&box, "a@x", "jan@klant.example", "Vraag", "", text);
    item.raw = (struct bytes){ (const uint8_t *)raw, strlen(raw) };
    CHECK_OK(pipeline_receive(w.store, &w.scope, box.channel, &item, 1, NULL, NULL, &n, &w.err),
             &w.err);
    CHECK_OK(world_write(&w, fill_disk, NULL), &w.err);
    CHECK_OK(worker_start(w.store, 1, &stopping.worker, &w.err), &w.err);
    while (!job.last_error && clock_monotonic_ms() < end)
        CHECK_OK(world_read(&w, find_job, &job), &w.err);
    CHECK(job.last_error && strstr(job.last_error, "no room"));
    CHECK(job.tries == 0 && job.given_up_at.ms == 0 && job.due_at.ms > clock_now().ms);
}

TEST(what_a_colleague_wrote_in_another_program_is_ours)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *text;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    text = "From: service@bedrijf.example\r\nTo: jan@klant.example\r\nMessage-ID: <o@x>\r\n"
           "In-Reply-To: <a@x>\r\nSubject: Re: Vraag\r\n\r\nUit Outlook\r\n";
    CHECK_OK(receive(&box, text, (struct received){ .is_ours = true }), &w.err);
    CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "waiting");
    CHECK(strstr(api.body, "\"direction\":\"out\""));
}

/* Uploads that say to be so large. */
struct large {
    user_id user;
    int64_t sizes[3];
    char ids[3][ID_TEXT_MAX];
};

static bool upload_large(struct tx *tx, void *arg, struct err *err)
{
    struct large *large = arg;
    struct blob blob = blob_of_nothing(tx->mem);

    for (size_t i = 0; i < COUNT(large->sizes); i++) {
        struct file file = { .name = "a.bin", .type = "a/b", .user_id = large->user };

        blob.size = large->sizes[i];
        if (!file_add(tx, &file, &blob, err))
            return false;
        id_write("fil", file.id.n, large->ids[i]);
    }
    return true;
}

TEST(files_that_a_mail_cannot_hold_together_are_refused_when_they_are_written)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct large large = {
        api_as(&api, ROLE_ADMIN), { 18 << 20, 18 << 20, 17 << 20 },
          { "" }
    };
    const char *path;

    CHECK_OK(deliver(&box, mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een")), &w.err);
    CHECK_OK(world_write(&w, upload_large, &large), &w.err);
    path = arena_printf(w.mem, "%s/messages", first_case(&api, ""));
    CHECK(api_call(&api, POST, path,
                   arena_printf(w.mem, "{\"text\":\"x\",\"files\":[\"%s\",\"%s\"]}", large.ids[0],
                                large.ids[1])) == 422);
    CHECK(strstr(api.body, "have 36 MB together; this channel takes 35 MB"));
    CHECK(strstr(api.body, "\"pointer\":\"/files\""));
    CHECK(api_call(&api, POST, path,
                   arena_printf(w.mem, "{\"text\":\"x\",\"files\":[\"%s\",\"%s\"]}", large.ids[0],
                                large.ids[2])) == 201);
}

/* --- moments ------------------------------------------------------------------------------------
 */

static const int64_t DAY_ONE = 1704103200000; /* 2024-01-01T10:00:00Z */

/* Day n of a January long ago, at ten. */
static instant day(int n)
{
    return (instant){ n == 0 ? 0 : DAY_ONE + (n - 1) * DAY_MS };
}

TEST(a_mail_and_its_case_count_from_when_it_arrived_at_the_mailbox)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *text = mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een");
    instant updated_at;

    CHECK_OK(receive(&box, text, (struct received){ .arrived_at = day(2) }), &w.err);
    CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "opened_at"), "2024-01-02T10:00:00.000Z");
    CHECK_TEXT(api_text(&api, "waiting_since"), "2024-01-02T10:00:00.000Z");
    CHECK(strstr(api.body, "\"kind\":\"message\",\"id\":\"msg_") != NULL);
    CHECK(strstr(api.body, "\"at\":\"2024-01-02T10:00:00.000Z\""));
    CHECK(instant_read(api_text(&api, "updated_at"), 24, &updated_at));
    CHECK(updated_at.ms > day(31).ms);
    CHECK(api_call(&api, GET, "/api/v1/envelopes?all=true", NULL) == 200);
    CHECK(strstr(api.body, "\"arrived_at\":\"2024-01-02T10:00:00.000Z\""));
}

TEST(no_mail_arrives_in_the_future)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *text = mail(&box, "a@x", "jan@klant.example", "Vraag", "", "Een");
    instant tomorrow = instant_plus(clock_now(), DAY_MS), since;

    CHECK_OK(receive(&box, text, (struct received){ .arrived_at = tomorrow }), &w.err);
    CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
    CHECK(instant_read(api_text(&api, "waiting_since"), 24, &since));
    CHECK(since.ms <= clock_now().ms);
}

TEST(a_customer_waits_from_his_first_unanswered_mail_in_whatever_order_they_come_in)
{
    enum { MAILS = 5 };
    static const struct {
        int mails[MAILS]; /* the day they arrived; negative: ours, from the Sent folder */
        int waits;        /* since this day; 0: not */
        const char *status;
    } rows[] = {
        { { 2, 4 },         2, "new"     },
        { { 2, -3 },        0, "waiting" },
        { { 2, -3, 4, 5 },  4, "open"    },
        /* An older one comes later. */
        { { 4, 2 },         2, "new"     },
        /* What nobody can have read when he answered isn't answered. */
        { { 2, -4, 3 },     3, "open"    },
        /* An answer comes in after what was written since. */
        { { 2, 4, -3 },     4, "open"    },
        { { 2, 4, -3, -5 }, 0, "waiting" },
        { { 4, -3 },        4, "open"    },
        { { 2, 5, 4, -3 },  4, "open"    },
        /* An old answer brings nobody back who isn't waiting. */
        { { 2, 4, -5, -3 }, 0, "waiting" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        MAILBOX(box, &w, api);
        char since[INSTANT_TEXT_MAX];

        for (int k = 0; k < MAILS && rows[i].mails[k] != 0; k++) {
            int at = rows[i].mails[k];
            const char *text =
                mail(&box, arena_printf(w.mem, "%d@x", k),
                     at > 0 ? "jan@klant.example" : "service@bedrijf.example", "Vraag",
                     k > 0 ? "In-Reply-To: <0@x>\r\n" : "", arena_printf(w.mem, "Mail %d", k));

            CHECK_OK(receive(&box, text,
                             (struct received){ .arrived_at = day(abs(at)), .is_ours = at < 0 }),
                     &w.err);
        }
        CHECK(api_call(&api, GET, first_case(&api, ""), NULL) == 200);
        instant_write(day(rows[i].waits), since);
        CHECK_TEXT(api_text(&api, "waiting_since"), rows[i].waits ? since : NULL);
        CHECK_TEXT(api_text(&api, "status"), rows[i].status);
    }
}

/* --- signatures of the API channel
 * ----------------------------------------------------------------- */

TEST(a_signature_is_good_only_for_its_body_its_id_and_five_minutes)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const char *body = "{\"test\": 2432232314}";
    struct bytes bytes = { (const uint8_t *)body, strlen(body) };
    /* the example of the Standard Webhooks libraries */
    const char *wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const char *id = "msg_p5jXN8AQM9LWM0D4loKWxJek", *at = "1614265330";
    instant now = { 1614265330000 };

    CHECK_TEXT(api_sign(mem, secret, id, 1614265330, bytes), wanted);
    CHECK(api_signature_is_good(mem, secret, id, at, bytes, wanted, now));
    CHECK(api_signature_is_good(mem, secret, id, at, bytes,
                                arena_printf(mem, "v1,AAAA v2,x %s", wanted), now));
    CHECK(!api_signature_is_good(mem, secret, "other", at, bytes, wanted, now));
    CHECK(!api_signature_is_good(mem, secret, id, "1614265331", bytes, wanted, now));
    CHECK(
        !api_signature_is_good(mem, secret, id, at, (struct bytes){ bytes.data, 3 }, wanted, now));
    CHECK(!api_signature_is_good(mem, secret, id, at, bytes, wanted,
                                 instant_plus(now, API_SIGNATURE_AGE_MS + 1)));
    CHECK(!api_signature_is_good(mem, secret, id, at, bytes, "", now));
    CHECK(!api_signature_is_good(mem, secret, id, "-9223372036854775808", bytes, wanted, now));
}
