/* Cases as the API shows them, with messages that really came in. */
#include "pipeline.h"

#include "desk.h"

#include "../auth/audit_api.h"
#include "../store/events.h"

TEST(events_move_a_case_by_the_table)
{
    static const struct {
        enum case_status from;
        enum case_event on;
        enum case_status to;
    } rows[] = {
        { CASE_NEW,     THEY_WROTE,       CASE_NEW     },
        { CASE_NEW,     WE_ANSWERED,      CASE_WAITING },
        { CASE_NEW,     SOMEBODY_TOOK_IT, CASE_OPEN    },
        { CASE_OPEN,    THEY_WROTE,       CASE_OPEN    },
        { CASE_OPEN,    WE_ANSWERED,      CASE_WAITING },
        { CASE_WAITING, THEY_WROTE,       CASE_OPEN    },
        { CASE_WAITING, DELIVERY_FAILED,  CASE_OPEN    },
        { CASE_DONE,    THEY_WROTE,       CASE_OPEN    },
        { CASE_DONE,    DELIVERY_FAILED,  CASE_OPEN    },
        { CASE_DONE,    SOMEBODY_TOOK_IT, CASE_DONE    },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(case_next(rows[i].from, rows[i].on) == rows[i].to);
}

TEST(the_customer_waits_from_his_first_word_until_our_answer)
{
    struct casefile c = { .status = CASE_NEW };
    const instant first = { 1000 }, second = { 2000 }, third = { 3000 };

    case_apply(&c, THEY_WROTE, "one", first);
    case_apply(&c, THEY_WROTE, "two", second);
    CHECK(c.waiting_since.ms == 1000 && c.messages_n == 2);
    CHECK_TEXT(c.preview, "two");
    case_apply(&c, WE_ANSWERED, "three", third);
    CHECK(c.waiting_since.ms == 0 && c.status == CASE_WAITING);
    case_apply(&c, DELIVERY_FAILED, NULL, third);
    CHECK(c.waiting_since.ms == 3000 && c.status == CASE_OPEN && c.messages_n == 3);
}

TEST(a_case_is_read_by_its_reference_as_a_person_writes_it)
{
    WORLD(w);
    DESK(api, &w);
    static const char *const below[] = { "messages", "notes" };
    const char *channel, *id;
    char *sloppy;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(channel && arrive(&api, channel, "1", "jan", "hallo"));
    id = api_text(&api, "case_id");
    sloppy = text_lower(w.mem, api_text(&api, "reference"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", sloppy), NULL) == 200);
    CHECK_TEXT(api_text(&api, "id"), id);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "/api/v1/cases/%s/notes", sloppy),
                   "{\"text\":\"belt terug\"}") == 201);
    CHECK_TEXT(api_text(&api, "case_id"), id);
    for (size_t i = 0; i < COUNT(below); i++)
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s/%s", sloppy, below[i]),
                       NULL) == 200);
    sloppy[0] = sloppy[0] == 'a' ? 'b' : 'a';
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", sloppy), NULL) == 404);
    for (size_t i = 0; i < COUNT(below); i++)
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s/%s", sloppy, below[i]),
                       NULL) == 404);
}

TEST(a_message_counts_from_when_its_sender_wrote_it_unless_that_is_still_to_come)
{
    static const struct {
        const char *sent_at, *waiting_since; /* NULL: since now */
    } rows[] = {
        { "2026-01-02T10:00:00+01:00", "2026-01-02T09:00:00.000Z" },
        { "2999-01-01T00:00:00Z",      NULL                       },
    };
    WORLD(w);
    DESK(api, &w);
    const char *messages;

    api_as(&api, ROLE_ADMIN);
    messages = arena_printf(w.mem, "%s/messages", add_channel(&api));
    for (size_t i = 0; i < COUNT(rows); i++) {
        instant since;

        CHECK(api_call(&api, POST, messages,
                       arena_printf(w.mem,
                                    "{\"external_id\":\"%zu\",\"from\":\"jan-%zu\",\"text\":\"x\","
                                    "\"sent_at\":\"%s\"}",
                                    i, i, rows[i].sent_at)) == 201);
        CHECK(api_call(&api, GET,
                       arena_printf(w.mem, "/api/v1/cases/%s", api_text(&api, "case_id")),
                       NULL) == 200);
        CHECK_TEXT(api_text(&api, "opened_at"), api_text(&api, "waiting_since"));
        CHECK(instant_read(api_text(&api, "waiting_since"), 24, &since));
        CHECK(since.ms <= clock_now().ms);
        if (rows[i].waiting_since)
            CHECK_TEXT(api_text(&api, "waiting_since"), rows[i].waiting_since);
    }
}

TEST(the_same_message_twice_is_one_case_with_one_message)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    CHECK(path != NULL);
    CHECK(!arrive(&api, channel, "1", "jan", "hallo") && api.status == 200);
    CHECK_TEXT(api_text(&api, "state"), "duplicate");
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"messages_n\":1"));
    CHECK(api_call(&api, GET, "/api/v1/cases", NULL) == 200 && api_count(&api, "cas") == 1);
}

TEST(an_answer_is_queued_and_the_customer_waits_no_more)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path, *message;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "Wanneer komt u?");
    CHECK(path != NULL);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Morgen om 12 uur.\"}") == 201);
    message = api_text(&api, "id");
    CHECK_TEXT(api_text(&api, "state"), "queued");
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "waiting");
    CHECK(api_text(&api, "waiting_since") == NULL);
    /* whoever answers first has it */
    CHECK(api_text(&api, "assignee_id") != NULL);
    CHECK(api_call(&api, GET, "/api/v1/cases?assignee=me", NULL) == 200);
    CHECK(api_count(&api, "cas") == 1);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/outgoing", channel), NULL) == 200);
    CHECK(says(&api, message) && says(&api, "Morgen om 12 uur."));
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"delivered\"}") == 204);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/messages/%s", message), NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "delivered");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"sent\"}") == 409);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"queued\"}") == 422);
    CHECK(says(&api, "must be one of sent, delivered, read, failed"));
}

TEST(a_failed_delivery_brings_the_case_back_and_can_be_tried_again)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path, *message;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "Wanneer komt u?");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Morgen.\",\"status\":\"done\"}") == 201);
    message = api_text(&api, "id");
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "done");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"failed\",\"words\":\"no such user\"}") == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "open");
    CHECK(api_text(&api, "waiting_since") != NULL);
    CHECK(api_call(&api, GET, "/api/v1/outbox?state=failed", NULL) == 200 &&
          says(&api, "no such user"));
    CHECK(api_call(&api, POST, arena_printf(w.mem, "/api/v1/outbox/%s/retry", message), NULL) ==
          202);
    CHECK_TEXT(api_text(&api, "state"), "queued");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "/api/v1/outbox/%s/retry", message), NULL) ==
          409);
}

static bool waits(struct api *api, const char *path, const char *status, bool is_waiting)
{
    return api_call(api, GET, path, NULL) == 200 && text_equal(api_text(api, "status"), status) &&
           (api_text(api, "waiting_since") != NULL) == is_waiting;
}

TEST(what_waits_to_be_sent_is_dropped_its_customer_waits_again_and_it_is_taken_back)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path, *message, *outbox;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "Wanneer komt u?");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Morgen.\"}") == 201);
    message = api_text(&api, "id");
    outbox = arena_printf(w.mem, "/api/v1/outbox/%s", message);
    CHECK(waits(&api, path, "waiting", false));
    CHECK(api_call(&api, DELETE, outbox, NULL) == 204);
    CHECK(waits(&api, path, "open", true));
    CHECK(says(&api, "\"state\":\"dropped\"") && says(&api, "\"message.dropped\""));
    CHECK(api_call(&api, GET, "/api/v1/outbox", NULL) == 200 && api_count(&api, "msg") == 0);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/outgoing", channel), NULL) == 200);
    CHECK(api_count(&api, "msg") == 0);
    CHECK(api_call(&api, DELETE, outbox, NULL) == 409 && says(&api, "it is dropped"));

    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/retry", outbox), NULL) == 202);
    CHECK_TEXT(api_text(&api, "state"), "queued");
    CHECK(waits(&api, path, "waiting", false));

    /* The other side had fetched it before: it went all the same. */
    CHECK(api_call(&api, DELETE, outbox, NULL) == 204);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"sent\"}") == 204);
    CHECK(api_call(&api, DELETE, outbox, NULL) == 409);
}

TEST(who_wrote_after_his_answer_was_dropped_still_waits_when_that_is_taken_back)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *messages, *path, *outbox;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    messages = arena_printf(w.mem, "%s/messages", channel);
    CHECK(api_call(&api, POST, messages,
                   "{\"external_id\":\"1\",\"from\":\"jan\",\"text\":\"Dag\",\"thread\":\"t\"}") ==
          201);
    path = arena_printf(w.mem, "/api/v1/cases/%s", api_text(&api, "case_id"));
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Morgen.\"}") == 201);
    outbox = arena_printf(w.mem, "/api/v1/outbox/%s", api_text(&api, "id"));
    CHECK(api_call(&api, DELETE, outbox, NULL) == 204);
    CHECK(api_call(&api, POST, messages,
                   "{\"external_id\":\"2\",\"from\":\"jan\",\"text\":\"En?\",\"thread\":\"t\"}") ==
          201);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/retry", outbox), NULL) == 202);
    CHECK(waits(&api, path, "open", true));
}

TEST(what_failed_is_dropped_with_its_reason)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path, *message, *outbox;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "Wanneer komt u?");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Morgen.\"}") == 201);
    message = api_text(&api, "id");
    outbox = arena_printf(w.mem, "/api/v1/outbox/%s", message);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"failed\",\"words\":\"no such user\"}") == 204);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    CHECK(api_call(&api, DELETE, outbox, NULL) == 204);
    CHECK(api_call(&api, GET, "/api/v1/outbox?state=failed", NULL) == 200);
    CHECK(api_count(&api, "msg") == 0);
    CHECK(waits(&api, path, "done", false) && says(&api, "no such user"));
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/retry", outbox), NULL) == 202);
    CHECK(waits(&api, path, "done", false));
}

TEST(a_case_that_is_opened_again_waits_since_the_oldest_unanswered_message)
{
    WORLD(w);
    DESK(api, &w);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1800000000000 }), 0);
    const char *channel, *path, *message;

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "De kraan lekt");
    clock_advance(HOUR_MS);
    CHECK(path && arrive(&api, channel, "2", "jan", "De pomp ook"));
    clock_advance(HOUR_MS);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    CHECK(api_text(&api, "waiting_since") == NULL);
    CHECK(change(&api, path, "{\"status\":\"open\"}") == 200);
    CHECK_TEXT(api_text(&api, "waiting_since"), "2027-01-15T08:00:00.000Z");

    /* answered: nobody waits */
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                   "{\"text\":\"Opgelost\",\"status\":\"done\"}") == 201);
    message = api_text(&api, "id");
    CHECK(change(&api, path, "{\"status\":\"open\"}") == 200);
    CHECK(api_text(&api, "waiting_since") == NULL);

    /* but not by an answer that never arrived */
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/outgoing/%s/state", channel, message),
                   "{\"state\":\"failed\"}") == 204);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    CHECK(change(&api, path, "{\"status\":\"open\"}") == 200);
    CHECK_TEXT(api_text(&api, "waiting_since"), "2027-01-15T08:00:00.000Z");
}

TEST(what_came_in_after_our_answer_waits_in_a_case_opened_again_though_it_was_sent_before)
{
    WORLD(w);
    DESK(api, &w);
    CLEANUP(real_clock) int still = (clock_fake((instant){ 1800000000000 }), 0);
    const char *channel, *path;

    (void)still;
    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "De kraan lekt");
    clock_advance(2 * HOUR_MS);
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Opgelost\"}") == 201);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", channel),
                   "{\"external_id\":\"2\",\"from\":\"jan\",\"text\":\"De pomp ook\","
                   "\"sent_at\":\"2027-01-15T09:00:00Z\"}") == 201);
    CHECK(change(&api, path, "{\"status\":\"done\"}") == 200);
    CHECK(change(&api, path, "{\"status\":\"open\"}") == 200);
    CHECK_TEXT(api_text(&api, "waiting_since"), "2027-01-15T09:00:00.000Z");
}

TEST(in_a_timeline_only_a_message_says_what_only_a_message_has)
{
    static const char *const names[] = { "direction", "state", "fold_at", "has_html", "is_auto" };
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path, *at;
    size_t entries = 0;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/notes", path),
                           "{\"text\":\"Vaste klant\"}") == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    at = strstr(api.body, "\"timeline\":[");
    while (at && (at = strstr(at, "{\"kind\":\""))) {
        const char *end = strstr(at + 1, "{\"kind\":\"");
        const char *entry = arena_text_n(w.mem, at, end ? (size_t)(end - at) : strlen(at));
        for (size_t i = 0; i < COUNT(names); i++)
            CHECK((strstr(entry, arena_printf(w.mem, "\"%s\":", names[i])) != NULL) ==
                  text_starts(entry, "{\"kind\":\"message\""));
        entries++;
        at = end;
    }
    CHECK(entries == 3);
}

TEST(two_people_cannot_change_a_case_over_each_other)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    CHECK(path != NULL);
    CHECK(api_call(&api, PATCH, path, "{\"title\":\"een\"}") == 428);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"title\":\"een\"}") == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"title\":\"twee\"}") == 412);
    /* what changes nothing makes no version */
    api.header = "If-Match: \"2\"";
    CHECK(api_call(&api, PATCH, path, "{\"title\":\"een\"}") == 200);
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
}

TEST(a_change_says_what_is_wrong_with_it)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"status\":\"gone\"}",                   "new, open, waiting, done" },
        { "{\"status\":\"new\"}",                    "can't go back to new"     },
        { "{\"title\":\"\"}",                        "title"                    },
        { "{\"title\":\" \\t\"}",                    "has nothing in it"        },
        { "{\"title\":null}",                        "must not be null"         },
        { "{\"team_id\":\"tem_0000000000001\"}",     "isn't known here"         },
        { "{\"assignee_id\":\"usr_0000000000001\"}", "isn't known here"         },
        { "{\"colour\":\"red\"}",                    "isn't a field here"       },
    };
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    api.header = "If-Match: \"1\"";
    CHECK(path && api_call(&api, PATCH, path, "{\"status\":\"open\"}") == 200);
    for (size_t i = 0; i < COUNT(rows); i++) {
        api.header = "If-Match: \"2\"";
        CHECK(api_call(&api, PATCH, path, rows[i].json) == 422);
        CHECK(says(&api, rows[i].words));
    }
}

TEST(an_answer_that_says_nothing_is_refused_and_its_subject_is_one_line)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"text\":\" \\n\"}",                      "has nothing in it"    },
        { "{\"text\":\"Morgen\",\"status\":\"new\"}", "can't go back to new" },
    };
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path, *answers;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    CHECK(path != NULL);
    answers = arena_printf(w.mem, "%s/messages", path);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, POST, answers, rows[i].json) == 422);
        CHECK(says(&api, rows[i].words));
    }
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "\"messages_n\":1,"));
    CHECK(api_call(&api, POST, answers,
                   "{\"text\":\"Morgen\",\"subject\":\"Uw vraag\\r\\nBcc: piet@example.org\"}") ==
          201);
    CHECK_TEXT(api_text(&api, "subject"), "Uw vraag Bcc: piet@example.org");
}

TEST(a_message_comes_in_signed_or_with_a_token_but_not_by_a_cookie_alone)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path = "/api/v1/channels/chn_0000000000001/messages";

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(channel && arrive(&api, channel, "1", "jan", "met wat alleen onze pagina weet"));
    api.csrf = NULL;
    CHECK(!arrive(&api, channel, "2", "piet", "van een vreemde pagina") && api.status == 401);
    CHECK(api_call(&api, POST, path, "{}") == 401);
    api_as_token(&api, ROLE_ADMIN, "message:exchange");
    CHECK(api_call(&api, POST, path, "{}") == 404);
    CHECK(arrive(&api, channel, "3", "joris", "met een token"));
}

TEST(a_channel_that_is_switched_off_tells_its_name_only_to_who_may_use_it)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arena_printf(w.mem, "%s/messages", channel);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, channel, "{\"name\":\"Geheim\",\"enabled\":false}") == 200);
    CHECK(!arrive(&api, channel, "1", "jan", "hallo") && api.status == 409);
    CHECK(says(&api, "Geheim"));
    api_as_nobody(&api);
    api.header = "webhook-id: 1\r\nwebhook-timestamp: 2\r\nwebhook-signature: v1,AAAA";
    CHECK(api_call(&api, POST, path, "{}") == 401 && !says(&api, "Geheim"));
}

TEST(a_message_that_is_handed_in_again_with_its_key_gets_its_first_answer)
{
    static const char json[] = "{\"external_id\":\"1\",\"from\":\"jan\",\"text\":\"hallo\"}";
    WORLD(w);
    DESK(api, &w);
    const char *path, *first;

    api_as(&api, ROLE_ADMIN);
    path = arena_printf(w.mem, "%s/messages", add_channel(&api));
    api_as_token(&api, ROLE_ADMIN, "message:exchange");
    for (int i = 0; i < 2; i++) {
        api.header = "Idempotency-Key: k1";
        CHECK(api_call(&api, POST, path, json) == 201);
        first = i == 0 ? api.body : first;
        CHECK_TEXT(api.body, first);
    }
    CHECK_TEXT(api_header(&api, "Idempotency-Replayed"), "true");
}

TEST(a_blank_thread_is_none_and_joins_nobody)
{
    static const char *const threads[] = { "\"\"", "\" \"", "null" };
    static const char *const senders[] = { "anna", "bert" };
    WORLD(w);
    DESK(api, &w);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = arena_printf(w.mem, "%s/messages", add_channel(&api));
    for (size_t i = 0; i < COUNT(threads) * COUNT(senders); i++)
        CHECK(api_call(&api, POST, path,
                       arena_printf(w.mem,
                                    "{\"external_id\":\"m%zu\",\"from\":\"%s\",\"text\":\"x\","
                                    "\"thread\":%s}",
                                    i, senders[i % COUNT(senders)], threads[i / COUNT(senders)])) ==
              201);
    CHECK(api_call(&api, GET, "/api/v1/cases", NULL) == 200);
    CHECK(api_count(&api, "cas") == COUNT(senders));
}

TEST(a_sender_is_the_same_person_alone_and_in_a_batch)
{
    WORLD(w);
    DESK(api, &w);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = arena_printf(w.mem, "%s/messages", add_channel(&api));
    CHECK(api_call(&api, POST, path,
                   "{\"external_id\":\"1\",\"from\":\"u42\",\"thread\":\"a\",\"text\":\"x\"}") ==
          201);
    CHECK(api_call(&api, POST, path,
                   "{\"messages\":[{\"external_id\":\"2\",\"from\":\"u42\",\"thread\":\"b\","
                   "\"text\":\"x\"}]}") == 200);
    CHECK(api_call(&api, GET, "/api/v1/people?q=u42", NULL) == 200);
    CHECK(api_count(&api, "per") == 1);
}

TEST(a_message_of_nobody_is_refused_with_its_place)
{
    static const struct {
        const char *from, *more, *pointer;
    } rows[] = {
        { "  ",       "",                         "/from"            },
        { "\xc2\xa0", "",                         "/from"            },
        { " () -",    ",\"from_kind\":\"phone\"", "/from"            },
        { "\xc2\xa0", "",                         "/messages/1/from" },
    };
    WORLD(w);
    DESK(api, &w);
    const char *path, *json;

    api_as(&api, ROLE_ADMIN);
    path = arena_printf(w.mem, "%s/messages", add_channel(&api));
    for (size_t i = 0; i < COUNT(rows); i++) {
        json = arena_printf(w.mem, "{\"external_id\":\"1\",\"from\":\"%s\",\"text\":\"x\"%s}",
                            rows[i].from, rows[i].more);
        if (strstr(rows[i].pointer, "messages"))
            json = arena_printf(w.mem,
                                "{\"messages\":[{\"external_id\":\"0\",\"from\":\"jan\","
                                "\"text\":\"x\"},%s]}",
                                json);
        CHECK(api_call(&api, POST, path, json) == 422);
        CHECK(says(&api, arena_printf(w.mem, "\"pointer\":\"%s\"", rows[i].pointer)));
    }
    CHECK(api_call(&api, GET, "/api/v1/cases", NULL) == 200 && api_count(&api, "cas") == 0);
}

TEST(a_person_is_found_by_the_new_name_and_the_old_address_and_no_more_by_the_old_name)
{
    static const struct {
        const char *q;
        bool is_found;
    } rows[] = {
        { "Jansen",   false },
        { "de+Vries", true  },
        { "klant-17", true  },
    };
    WORLD(w);
    DESK(api, &w);
    const char *channel, *id;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(channel &&
          api_call(&api, POST, arena_printf(w.mem, "%s/messages", channel),
                   "{\"external_id\":\"1\",\"from\":\"klant-17\",\"from_name\":\"Jansen\","
                   "\"text\":\"hallo\"}") == 201);
    CHECK(api_call(&api, GET, "/api/v1/people?q=Jansen", NULL) == 200);
    id = strstr(api.body, "\"id\":\"per_");
    CHECK(id != NULL);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH,
                   arena_printf(w.mem, "/api/v1/people/%s", arena_text_n(w.mem, id + 6, 17)),
                   "{\"name\":\"Anna de Vries\"}") == 200);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *path = arena_printf(w.mem, "/api/v1/people?q=%s", rows[i].q);
        CHECK(api_call(&api, GET, path, NULL) == 200);
        CHECK(says(&api, "Anna de Vries") == rows[i].is_found);
    }
}

struct refusing {
    case_id id;
    struct answer answer;
    size_t before, after;
    bool is_taken;
};

static bool count_messages(struct tx *tx, case_id id, size_t *out, struct err *err)
{
    struct list messages;

    if (!db_all(tx, SQL_MESSAGE_LIST_OF_CASE,
                ARGS(arg_organisation(tx), arg_id(id), arg_int(INT64_MAX), arg_int(100)),
                message_fields, sizeof(struct message), &messages, err))
        return false;
    *out = messages.n;
    return true;
}

static bool answer_and_look(struct tx *tx, void *arg, struct err *err)
{
    struct refusing *refusing = arg;
    struct err refused;
    message_id id;

    err_clear(&refused);
    if (!count_messages(tx, refusing->id, &refusing->before, err))
        return false;
    refusing->is_taken = case_answer(tx, refusing->id, &refusing->answer, &id, &refused);
    return count_messages(tx, refusing->id, &refusing->after, err);
}

/* Who writes at the same time shares the transaction: it would have to be undone and done again. */
TEST(an_answer_with_a_file_that_cannot_be_sent_is_refused_before_it_is_written)
{
    static const char *const files[] = { "fil_0000000000001", "x" };
    WORLD(w);
    DESK(api, &w);
    struct refusing refusing = { .answer = { .text = "Zie de bijlage" } };
    const char *channel, *id;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    CHECK(channel && arrive(&api, channel, "1", "jan", "hallo"));
    id = api_text(&api, "case_id");
    CHECK(id_read("cas", id, strlen(id), &refusing.id.n));
    for (size_t i = 0; i < COUNT(files); i++) {
        refusing.answer.files = (struct list){ (void *)&files[i], 1 };
        CHECK_OK(world_write(&w, answer_and_look, &refusing), &w.err);
        CHECK(!refusing.is_taken && refusing.before == 1 && refusing.after == 1);
    }
}

TEST(a_message_of_an_api_channel_holds_a_file_of_fifty_megabytes_and_none_larger)
{
    WORLD(w);
    DESK(api, &w);
    struct bytes file = { arena_alloc(w.mem, FILE_SIZE_MAX + 1), FILE_SIZE_MAX };
    const char *path;
    const char *words = "{\"external_id\":\"%d\",\"from\":\"jan\",\"text\":\"Zie bijlage\","
                        "\"files\":[{\"name\":\"film.bin\",\"data\":\"%s\"}]}";

    api_as(&api, ROLE_ADMIN);
    path = arena_printf(w.mem, "%s/messages", add_channel(&api));
    api_as_token(&api, ROLE_ADMIN, "message:exchange");
    CHECK(api_call(&api, POST, path, arena_printf(w.mem, words, 1, base64_write(w.mem, file))) ==
          201);
    file.len++;
    CHECK(api_call(&api, POST, path, arena_printf(w.mem, words, 2, base64_write(w.mem, file))) ==
          422);
    CHECK(strstr(api.body, "/files/0/data"));
}

TEST(who_reads_a_message_or_what_goes_out_is_written_down)
{
    WORLD(w);
    API(api, &w, &audit_routes, &case_routes, &channel_routes, &exchange_in_routes, &message_routes,
        &outbox_routes);
    const char *path, *message;

    api_as(&api, ROLE_ADMIN);
    path = arrive(&api, add_channel(&api), "1", "jan", "Wanneer komt u?");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Morgen.\"}") == 201);
    message = api_text(&api, "id");
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/messages/%s", message), NULL) == 200);
    CHECK(api_audit_has(&api, "audit.case_read"));
    CHECK(strstr(api.body, message));
    CHECK(api_call(&api, GET, "/api/v1/outbox", NULL) == 200);
    CHECK(api_audit_has(&api, "audit.outbox_read"));
}

TEST(what_a_channel_did_stands_in_the_audit_under_its_id)
{
    WORLD(w);
    API(api, &w, &audit_routes, &case_routes, &channel_routes, &exchange_in_routes,
        &exchange_out_routes);
    const char *channel, *path, *state;
    struct sealing sealing = { .max = 1000 };

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", "hallo");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Ja.\"}") == 201);
    state = arena_printf(w.mem, "%s/outgoing/%s/state", channel, api_text(&api, "id"));
    CHECK(api_call(&api, POST, state, "{\"state\":\"sent\"}") == 204);
    CHECK_OK(world_write(&w, events_seal, &sealing), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/audit?kind=message.sent", NULL) == 200);
    CHECK(says(&api, arena_printf(w.mem, "\"actor_kind\":\"channel\",\"actor\":\"%s\"",
                                  strrchr(channel, '/') + 1)));
}

TEST(the_messages_of_a_case_that_is_not_there_are_not_found)
{
    WORLD(w);
    DESK(api, &w);

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, "/api/v1/cases/cas_0000000000001/messages", NULL) == 404);
}

TEST(all_messages_of_a_case_can_be_paged_through)
{
    WORLD(w);
    DESK(api, &w);
    const char *channel, *path = NULL;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    for (int i = 0; i < 7; i++)
        path = arrive(&api, channel, arena_printf(w.mem, "m%d", i), "jan", "hallo");
    CHECK(path != NULL);
    CHECK(api_count_pages(&api, arena_printf(w.mem, "%s/messages", path), "msg", 3) == 7);
}
