#include "hooks.h"

#include "api.h"
#include "by_hand.h"
#include "desk.h"
#include "test.h"

#include "../base/crypt.h"
#include "../base/text.h"
#include "../channel/sms_kannel.h"
#include "../domain/understanding/understand_api.h"

#include <string.h>

#define SECRET "een-geheim-van-de-proef"
#define KANNEL                                                                                     \
    "{\"type\":\"sms_kannel\",\"name\":\"SMS\",\"settings\":{\"address\":\"1008\","                \
    "\"send_url\":\"http://127.0.0.1:1/cgi-bin/sendsms\",\"username\":\"gestand\","                \
    "\"password\":\"geheim\",\"our_url\":\"https://bedrijf.test/\",\"secret\":\"" SECRET "\"}}"
#define TWILIO                                                                                     \
    "{\"type\":\"sms_twilio\",\"name\":\"SMS\",\"settings\":{\"address\":\"+31687654321\","        \
    "\"account\":\"AC1\",\"token\":\"12345\",\"our_url\":\"https://bedrijf.test\"}}"

struct provider {
    struct world *w;
    struct api *api;
    const char *path; /* of the channel */
};

#define PROVIDER(p, w, json)                                                                       \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &channel_routes, &envelope_routes, &message_routes, &person_routes, \
        &label_routes, &understand_routes, &hook_kannel_routes, &hook_twilio_routes);              \
    struct provider p = { &w, &api, NULL };                                                        \
    api_as(&api, ROLE_ADMIN);                                                                      \
    CHECK(api_call(&api, POST, "/api/v1/channels", json) == 201);                                  \
    p.path = arena_printf(w.mem, "/api/v1/channels/%s", api_text(&api, "id"))

static bool understand(struct world *w)
{
    return run_jobs(w, "inbound", job_inbound);
}

static int post_kannel(struct provider *p, const char *query, const char *text)
{
    return api_call(p->api, POST,
                    arena_printf(p->w->mem, "%s/kannel/" SECRET "?%s", p->path, query), text);
}

static int report_kannel(struct provider *p, const char *message, const char *type)
{
    return api_call(p->api, GET,
                    arena_printf(p->w->mem, "%s/kannel/" SECRET "/%s?type=%s&words=%%ff%%3A+aan",
                                 p->path, message, type),
                    NULL);
}

/* The path of the only case there is; NULL when there is another number. */
static const char *only_case(struct provider *p)
{
    const char *at;

    if (api_call(p->api, GET, "/api/v1/cases?status=all", NULL) != 200 ||
        api_count(p->api, "cas") != 1)
        return NULL;
    at = strstr(p->api->body, "\"id\":\"cas_");
    return arena_printf(p->w->mem, "/api/v1/cases/%s", arena_text_n(p->w->mem, at + 6, 17));
}

static const char *answer(struct provider *p, const char *path, const char *json)
{
    if (api_call(p->api, POST, arena_printf(p->w->mem, "%s/messages", path), json) != 201)
        return NULL;
    return api_text(p->api, "id");
}

static bool has_state(struct provider *p, const char *message, const char *state)
{
    return api_call(p->api, GET, arena_printf(p->w->mem, "/api/v1/messages/%s", message), NULL) ==
               200 &&
           text_equal(api_text(p->api, "state"), state);
}

TEST(an_sms_is_a_case_of_the_person_with_that_number_and_the_same_one_twice_is_once)
{
    PROVIDER(p, w, KANNEL);
    const char *path;

    CHECK(post_kannel(&p, "from=%2B31612345678&to=1008&id=a1&coding=0", "Mijn kraan lekt") == 200);
    CHECK_TEXT(p.api->body, "");
    CHECK(post_kannel(&p, "from=%2B31612345678&to=1008&id=a1&coding=0", "Mijn kraan lekt") == 200);
    CHECK(post_kannel(&p, "from=31612345678&to=1008&id=a2&coding=0", "Al twee dagen") == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    CHECK(path && api_call(p.api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(p.api, "title"), "Mijn kraan lekt");
    CHECK_TEXT(api_text(p.api, "person_name"), "+31612345678");
    CHECK(strstr(p.api->body, "\"messages_n\":2"));
    CHECK(strstr(p.api->body, "\"kind\":\"phone\",\"value\":\"+31612345678\""));
    CHECK(strstr(p.api->body, "\"state\":\"verified\""));
    CHECK(api_call(p.api, GET, p.path, NULL) == 200);
    CHECK(api_text(p.api, "last_good_at"));
}

TEST(nobody_hands_in_an_sms_without_the_secret_or_on_a_channel_that_is_off)
{
    PROVIDER(p, w, KANNEL);
    const char *wrong = arena_printf(w.mem, "%s/kannel/een-geheim-van-de-proex?from=1", p.path);

    api_as_nobody(p.api);
    CHECK(api_call(p.api, POST, wrong, "x") == 401);
    CHECK(api_call(p.api, POST, arena_printf(w.mem, "%s/kannel/x?from=1", p.path), "x") == 401);
    CHECK(api_call(p.api, POST, arena_printf(w.mem, "%s/twilio", p.path), "From=1") == 401);
    p.api->header = "X-Twilio-Signature: AAAA";
    CHECK(api_call(p.api, POST, arena_printf(w.mem, "%s/twilio", p.path), "From=1") == 404);
    CHECK(post_kannel(&p, "from=%2B31612345678", "x") == 200);
    api_as(p.api, ROLE_ADMIN);
    p.api->header = "If-Match: *";
    CHECK(api_call(p.api, PATCH, p.path, "{\"enabled\":false}") == 200);
    CHECK(post_kannel(&p, "from=%2B31612345678", "x") == 409);
}

TEST(an_sms_that_nobody_can_read_is_answered_and_waits_with_the_reason)
{
    PROVIDER(p, w, KANNEL);

    CHECK(post_kannel(&p, "to=1008&id=a1", "Van wie?") == 200);
    CHECK(post_kannel(&p, "from=%zz", "Hoe?") == 200);
    CHECK_OK(understand(&w), &w.err);
    CHECK(api_call(p.api, GET, "/api/v1/envelopes", NULL) == 200);
    CHECK(api_count(p.api, "env") == 2);
    CHECK(strstr(p.api->body, "from=%p") && strstr(p.api->body, "percent-encoded"));
}

TEST(reports_move_a_message_forward_and_a_late_yes_is_worth_more_than_a_no)
{
    static const struct {
        const char *types[4], *state;
    } rows[] = {
        { { "8", NULL },           "sent"      },
        { { "8", "1", NULL },      "delivered" },
        { { "4", NULL },           "queued"    },
        { { "1", "8", "2", NULL }, "delivered" },
        { { "8", "2", NULL },      "failed"    },
        { { "16", "8", NULL },     "failed"    },
        { { "2", "1", NULL },      "delivered" },
    };
    PROVIDER(p, w, KANNEL);
    const char *path;

    CHECK(post_kannel(&p, "from=%2B31612345678&id=a1", "Waar blijft het?") == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *message = answer(&p, path, "{\"text\":\"Onderweg\"}");

        CHECK(message != NULL);
        for (size_t k = 0; rows[i].types[k]; k++)
            CHECK(report_kannel(&p, message, rows[i].types[k]) == 200);
        if (!has_state(&p, message, rows[i].state))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, p.api->body);
    }
    CHECK(strstr(p.api->body, "\"state_words\":\"\ufffd: aan\""));
    CHECK(report_kannel(&p, "msg_0000000000000", "1") == 404);
}

TEST(a_failed_sms_brings_its_case_back_and_a_report_that_it_arrived_takes_that_back)
{
    PROVIDER(p, w, KANNEL);
    const char *path, *message;

    CHECK(post_kannel(&p, "from=%2B31612345678&id=a1", "Waar blijft het?") == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    message = answer(&p, path, "{\"text\":\"Onderweg\"}");
    CHECK(api_call(p.api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(p.api, "status"), "waiting");
    CHECK(report_kannel(&p, message, "2") == 200);
    CHECK(api_call(p.api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(p.api, "status"), "open");
    CHECK(report_kannel(&p, message, "1") == 200);
    CHECK(api_call(p.api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(p.api, "status"), "waiting");
}

TEST(an_answer_by_sms_is_held_to_what_the_channel_carries)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"text\":\"a\",\"to\":\"jan@klant.test\"}",         "isn't a telephone number" },
        { "{\"text\":\"a\",\"cc\":[\"jan@klant.test\"]}",       "can't be sent"            },
        { "{\"text\":\"a\",\"files\":[\"fil_0000000000000\"]}", "can't be sent"            },
    };
    PROVIDER(p, w, KANNEL);
    const char *path, *messages;
    char text[900] = "";

    CHECK(post_kannel(&p, "from=%2B31612345678&id=a1", "Waar blijft het?") == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    messages = arena_printf(w.mem, "%s/messages", path);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(p.api, POST, messages, rows[i].json) == 422);
        CHECK(strstr(p.api->body, rows[i].words));
    }
    memset(text, 'a', 766);
    CHECK(api_call(p.api, POST, messages, arena_printf(w.mem, "{\"text\":\"%s\"}", text)) == 422);
    CHECK(strstr(p.api->body, "is 6 SMS long; this channel sends 5 at most"));
    text[765] = '\0';
    CHECK(answer(&p, path, arena_printf(w.mem, "{\"text\":\"%s\"}", text)));
    CHECK(answer(&p, path, "{\"text\":\"a\",\"to\":\"06 8765 4321\"}"));
    CHECK(api_call(p.api, GET, path, NULL) == 200);
    CHECK(strstr(p.api->body, "\"to\":[{\"name\":\"\",\"address\":\"+31687654321\"}]"));
}

TEST(who_writes_an_sms_is_warned_while_it_is_written)
{
    PROVIDER(p, w, KANNEL);
    const char *channel = arena_text_n(w.mem, p.path + strlen("/api/v1/channels/"), 17);
    char text[800] = "";

    memset(text, 'a', 766);
    CHECK(api_call(p.api, POST, "/api/v1/understand",
                   arena_printf(w.mem, "{\"text\":\"%s\",\"outgoing\":true,\"channel_id\":\"%s\"}",
                                text, channel)) == 200);
    CHECK(strstr(p.api->body, "\"kind\":\"too_long\""));
}

TEST(who_writes_stop_is_seen_to_want_no_messages_and_the_word_stays)
{
    PROVIDER(p, w, KANNEL);
    const char *path;

    CHECK(post_kannel(&p, "from=%2B31612345678&id=a1", "STOP") == 200);
    CHECK(post_kannel(&p, "from=%2B31612345678&id=a2", "Stop!") == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    CHECK(path && api_call(p.api, GET, path, NULL) == 200);
    CHECK(strstr(p.api->body, "\"name\":\"Wil geen berichten\""));
    CHECK(strstr(p.api->body, "\"text\":\"STOP\"") && strstr(p.api->body, "\"text\":\"Stop!\""));
    CHECK(api_call(p.api, GET, "/api/v1/labels", NULL) == 200 && api_count(p.api, "lab") == 1);
}

TEST(the_same_words_again_and_again_from_one_number_come_to_an_end)
{
    PROVIDER(p, w, KANNEL);
    const char *path;

    for (int i = 0; i < 12; i++) {
        const char *query = arena_printf(w.mem, "from=%%2B31612345678&id=b%d", i);
        CHECK(post_kannel(&p, query, "Ik ben er even niet") == 200);
    }
    CHECK(post_kannel(&p, "from=%2B31612345678&id=c", "Nu wel") == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    CHECK(path && api_call(p.api, GET, path, NULL) == 200);
    CHECK(strstr(p.api->body, "\"messages_n\":11"));
    CHECK(api_call(p.api, GET, "/api/v1/envelopes?all=true", NULL) == 200);
    CHECK(strstr(p.api->body, "\"state\":\"ignored\"") && strstr(p.api->body, "looks like a loop"));
}

/* --- Twilio ------------------------------------------------------------------------------------
 */

static int post_twilio(struct provider *p, const char *more, const char *form, const char *sorted)
{
    const char *path = arena_printf(p->w->mem, "%s/twilio%s", p->path, more);
    const char *text = arena_printf(p->w->mem, "https://bedrijf.test%s%s", path, sorted);
    uint8_t hash[20];

    hmac_sha1((struct bytes){ (const uint8_t *)"12345", 5 },
              (struct bytes){ (const uint8_t *)text, strlen(text) }, hash);
    p->api->header = arena_printf(p->w->mem, "X-Twilio-Signature: %s",
                                  base64_write(p->w->mem, (struct bytes){ hash, sizeof(hash) }));
    return api_call(p->api, POST, path, form);
}

TEST(a_signed_form_is_an_sms_and_its_status_lands_on_our_message)
{
    PROVIDER(p, w, TWILIO);
    static const char form[] = "MessageSid=SM1&From=%2B31612345678&To=%2B31687654321&Body=Hoi";
    static const char sorted[] = "BodyHoiFrom+31612345678MessageSidSM1To+31687654321";
    const char *path, *message, *more;

    CHECK(post_twilio(&p, "", form, "BodyHoi") == 401);
    CHECK(post_twilio(&p, "", form, sorted) == 200);
    CHECK_TEXT(p.api->body, "<Response/>");
    CHECK(post_twilio(&p, "", form, sorted) == 200);
    CHECK_OK(understand(&w), &w.err);
    path = only_case(&p);
    CHECK(path && api_call(p.api, GET, path, NULL) == 200);
    CHECK(strstr(p.api->body, "\"messages_n\":1"));
    message = answer(&p, path, "{\"text\":\"Hoi!\"}");
    more = arena_printf(w.mem, "/%s", message);
    CHECK(post_twilio(&p, more, "MessageStatus=delivered", "MessageStatusread") == 401);
    CHECK(post_twilio(&p, more, "MessageStatus=delivered", "MessageStatusdelivered") == 204);
    CHECK(has_state(&p, message, "delivered"));
}

TEST(who_sets_up_a_provider_is_shown_where_it_posts)
{
    PROVIDER(p, w, KANNEL);

    CHECK(api_call(p.api, GET, arena_printf(w.mem, "%s/secret", p.path), NULL) == 200);
    CHECK_TEXT(api_text(p.api, "secret"), SECRET);
    CHECK_TEXT(api_text(p.api, "url"),
               arena_printf(w.mem,
                            "https://bedrijf.test%s/kannel/" SECRET
                            "?from=%%p&to=%%P&id=%%I&time=%%T&coding=%%c&charset=%%C",
                            p.path));
    CHECK(api_call(p.api, GET, p.path, NULL) == 200 && !strstr(p.api->body, SECRET));
}

/* --- so many a second --------------------------------------------------------------------------
 */

struct slots {
    channel_id channel;
    int64_t wait_ms[3];
};

static bool take_slots(struct tx *tx, void *arg, struct err *err)
{
    struct slots *slots = arg;

    for (size_t i = 0; i < COUNT(slots->wait_ms); i++)
        if (!channel_take_slot(tx, slots->channel, 2, &slots->wait_ms[i], err))
            return false;
    return true;
}

TEST(a_channel_that_sends_two_a_second_gives_each_message_its_own_moment)
{
    static const instant now = { 1900000000000 };
    PROVIDER(p, w, KANNEL);
    CLEANUP(real_clock) int still = 0;
    struct slots slots;

    (void)still;
    CHECK(id_read("chn", p.path + strlen("/api/v1/channels/"), 17, &slots.channel.n));
    clock_fake(now);
    CHECK_OK(world_write(&w, take_slots, &slots), &w.err);
    CHECK(slots.wait_ms[0] == 0 && slots.wait_ms[1] == 500 && slots.wait_ms[2] == 1000);
    clock_fake(instant_plus(now, 1100));
    CHECK_OK(world_write(&w, take_slots, &slots), &w.err);
    CHECK(slots.wait_ms[0] == 400 && slots.wait_ms[2] == 1400);
    /* A clock that was set back makes nobody wait for hours. */
    clock_fake(instant_plus(now, -HOUR_MS));
    CHECK_OK(world_write(&w, take_slots, &slots), &w.err);
    CHECK(slots.wait_ms[0] == 0 && slots.wait_ms[1] == 500);
}
