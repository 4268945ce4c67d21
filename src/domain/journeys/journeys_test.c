#include "journeys.h"

#include "api.h"
#include "test.h"

#include "../channels/channels.h"
#include "../messages/messages.h"

#include <string.h>

/* Monday 2 March 2026, 09:00 in Amsterdam. */
static const int64_t MONDAY_MS = 1772438400000;

enum { MAIL = 1, CHAT, PHONE, LANES };

static const char *const names[] = { [MAIL] = "Mail", [CHAT] = "Chat", [PHONE] = "Sms" };
static const char *const types[] = { [MAIL] = "email", [CHAT] = "chat", [PHONE] = "sms" };

#define MAIL_TO_PHONE(reason)                                                                      \
    "{\"from\":\"chn_0000000000001\",\"to\":\"chn_0000000000003\",\"reason\":\"" reason "\"}"

/* One message or change of a case, as a line of a test. */
struct line {
    int64_t minutes;  /* since Monday 09:00 */
    int channel;      /* 0: a change; -1: a move of ours with the message before */
    const char *says; /* "<" in front: the customer's; ">" ours; "x" one that failed; "a" sent by
                         itself; of a change the JSON */
};

struct test_case {
    const char *about;
    struct line lines[8];
    bool is_done; /* at the end of the lines, and seen ten days later */
    int contacts, switches, forced, repeats, handovers, dead_ends;
    int64_t minutes, open_minutes;
    enum first_contact first;
};

static struct timeline_item item_of(const struct line *line, int64_t n)
{
    struct timeline_item item = { .kind = "case.changed",
                                  .at = { MONDAY_MS + line->minutes * MINUTE_MS },
                                  .event_id = { n } };

    if (line->channel == 0) {
        item.data.s = line->says;
        return item;
    }
    if (line->channel == -1) {
        static char abouts[8][ID_TEXT_MAX];
        id_write("msg", n - 1, abouts[n % 8]);
        item.kind = "case.channel_changed";
        item.about = abouts[n % 8];
        item.data.s = line->says;
        return item;
    }
    item.kind = "message";
    item.event_id.n = 0;
    item.message_id.n = n;
    item.channel_id.n = line->channel;
    item.direction = line->says[0] == '<' ? DIRECTION_IN : DIRECTION_OUT;
    item.state = item.direction == DIRECTION_IN ? MESSAGE_RECEIVED
                 : line->says[0] == 'x'         ? MESSAGE_FAILED
                                                : MESSAGE_SENT;
    item.is_auto = line->says[0] == 'a';
    item.text = line->says + 1;
    return item;
}

static void run(struct arena *mem, const struct test_case *t, struct journey *out)
{
    static const struct understand_context ground = { .calendar = &calendar_dutch };
    struct timeline_item *items = NEW_ARRAY(mem, struct timeline_item, COUNT(t->lines));
    struct journey_lane *lanes = NEW_ARRAY(mem, struct journey_lane, LANES);
    struct casefile c = { .opened_at = { MONDAY_MS }, .status = CASE_OPEN };
    struct journey_input input = { .c = &c, .ground = &ground, .days = 7, .team_id = { 1 } };
    size_t n = 0;

    for (; n < COUNT(t->lines) && t->lines[n].says; n++)
        items[n] = item_of(&t->lines[n], (int64_t)n + 1);
    for (int i = MAIL; i < LANES; i++)
        lanes[i - MAIL] = (struct journey_lane){ { i }, names[i], types[i] };
    input.timeline = (struct list){ items, n };
    input.lanes = (struct list){ lanes, LANES - MAIL };
    input.now = items[n - 1].at;
    if (t->is_done) {
        c.status = CASE_DONE;
        c.done_at = input.now;
        input.now.ms += 10 * DAY_MS;
    }
    journey_of(mem, &input, out);
}

static const struct test_case cases[] = {
    { .about = "a question, and its answer the next morning: one contact, solved in the first",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." }, { 24 * 60, MAIL, ">De monteur is geweest." } },
     .is_done = true,
     .contacts = 1,
     .minutes = 24 * 60,
     .open_minutes = 8 * 60,
     .first = FIRST_CONTACT_YES },
    { .about = "the lines of a chat are one contact",
     .lines = { { 0, CHAT, "<Hallo" },
                 { 1, CHAT, ">Goedemorgen" },
                 { 2, CHAT, "<Mijn kraan lekt" },
                 { 50, CHAT, "<Bent u er nog?" },
                 { 55, CHAT, ">Ja" } },
     .contacts = 1,
     .minutes = 54,
     .open_minutes = 54 },
    { .about = "who writes again after a day without an answer tells it again",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." }, { 24 * 60, MAIL, "<Hallo? Iemand?" } },
     .contacts = 2,
     .repeats = 1,
     .minutes = 24 * 60,
     .open_minutes = 8 * 60,
     .first = FIRST_CONTACT_NO },
    { .about = "another question later is no repeat",
     .lines = { { 0, MAIL, "<Mijn kraan in de keuken lekt." },
                 { 60, MAIL, ">Wij komen langs." },
                 { 3 * 24 * 60, MAIL,
                   "<Wanneer krijg ik mijn jaarafrekening van servicekosten?" } },
     .contacts = 2,
     .minutes = 60,
     .open_minutes = 60,
     .first = FIRST_CONTACT_NO },
    { .about = "the same words on another channel are the same story, by own choice",
     .lines = { { 0, MAIL, "<De verwarmingsketel geeft storing en het lampje knippert rood." },
                 { 60, MAIL, ">Dank voor uw bericht." },
                 { 3 * 60, CHAT, "<Nog steeds storing: ketel knippert rood met het lampje." } },
     .contacts = 2,
     .switches = 1,
     .repeats = 1,
     .minutes = 60,
     .open_minutes = 60,
     .first = FIRST_CONTACT_NO },
    { .about = "who does as our answer says was forced to switch",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                 { 60, MAIL, ">Bel ons op 0900 1234." },
                 { 3 * 60, PHONE, "<Goedemiddag, iets anders dan." } },
     .contacts = 2,
     .switches = 1,
     .forced = 1,
     .minutes = 60,
     .open_minutes = 60,
     .first = FIRST_CONTACT_NO },
    { .about = "what failed and what programs send answer nothing; then the switch is forced",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                 { 1, MAIL, "aWij hebben uw bericht ontvangen." },
                 { 2, MAIL, "xWij komen morgen." },
                 { 3 * 60, CHAT, "<Hallo" } },
     .contacts = 2,
     .switches = 1,
     .forced = 1,
     .repeats = 1,
     .minutes = 3 * 60,
     .open_minutes = 3 * 60,
     .first = FIRST_CONTACT_NO },
    { .about = "where we went first the customer follows",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                 { 60, PHONE, ">Wij komen om drie uur." },
                 { 70, PHONE, "<Prima, tot straks." } },
     .contacts = 2,
     .switches = 1,
     .minutes = 60,
     .open_minutes = 60,
     .first = FIRST_CONTACT_NO },
    { .about = "who follows us where he asked us to go chose it himself",
     .lines = { { 0, MAIL, "<Mijn kraan lekt. Sms me maar." },
                 { 60, PHONE, ">Wij komen om drie uur." },
                 { 60, -1, MAIL_TO_PHONE("choice") },
                 { 70, PHONE, "<Prima, tot straks." } },
     .contacts = 2,
     .switches = 1,
     .minutes = 60,
     .open_minutes = 60,
     .first = FIRST_CONTACT_NO },
    { .about = "who follows us where we had sent him was forced to",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                 { 60, PHONE, ">Wij komen om drie uur." },
                 { 60, -1, MAIL_TO_PHONE("referral") },
                 { 70, PHONE, "<Prima, tot straks." } },
     .contacts = 2,
     .switches = 1,
     .forced = 1,
     .minutes = 60,
     .open_minutes = 60,
     .first = FIRST_CONTACT_NO },
    { .about = "another team and another colleague are hand-overs, the first colleague is none",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                 { 10, 0, "{\"assignee_id\":\"usr_0000000000011\"}" },
                 { 20, 0, "{\"team_id\":\"tea_0000000000012\",\"assignee_id\":null}" },
                 { 25, 0, "{\"title\":\"Lekkage\"}" },
                 { 30, 0, "{\"assignee_id\":\"usr_0000000000013\"}" },
                 { 40, 0, "{\"assignee_id\":\"usr_0000000000014\"}" },
                 { 60, MAIL, ">Wij komen." } },
     .contacts = 1,
     .handovers = 2,
     .minutes = 60,
     .open_minutes = 60 },
    { .about = "what is closed without an answer is a dead end, and was not solved at once",
     .lines = { { 0, MAIL, "<Mijn kraan lekt." }, { 30, 0, "{\"status\":\"done\"}" } },
     .is_done = true,
     .contacts = 1,
     .dead_ends = 1,
     .minutes = 30,
     .open_minutes = 30 },
};

static const char *counted(struct arena *mem, const char *about, const struct test_case *t)
{
    return arena_printf(mem,
                        "%s: %d contacts, %d switches (%d forced), %d repeats, %d hand-overs, %d "
                        "dead ends, %lld of %lld minutes, first %d",
                        about, t->contacts, t->switches, t->forced, t->repeats, t->handovers,
                        t->dead_ends, (long long)t->open_minutes, (long long)t->minutes, t->first);
}

TEST(a_journey_counts_what_it_cost_the_customer)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
        struct journey journey;
        struct test_case got;

        run(mem, &cases[i], &journey);
        got = (struct test_case){ .contacts = (int)journey.contacts_n,
                                  .switches = (int)journey.switches_n,
                                  .forced = (int)journey.forced_switches_n,
                                  .repeats = (int)journey.repeats_n,
                                  .handovers = (int)journey.handovers_n,
                                  .dead_ends = (int)journey.dead_ends_n,
                                  .minutes = journey.waiting_minutes,
                                  .open_minutes = journey.waiting_open_minutes,
                                  .first = journey.first_contact };
        CHECK_TEXT(counted(mem, cases[i].about, &got), counted(mem, cases[i].about, &cases[i]));
    }
}

TEST(a_forced_switch_names_the_answer_that_sent_the_customer_away)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
    const struct test_case t = {
        .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                  { 60, MAIL, ">Bel ons op 0900 1234." },
                  { 90, PHONE, "<Goedemiddag." } }
    };
    const struct journey_switch *one;
    const struct journey_referral *referral;
    struct journey journey;

    run(mem, &t, &journey);
    CHECK(journey.switches.n == 1 && journey.referrals.n == 1);
    one = journey.switches.items;
    referral = journey.referrals.items;
    CHECK(one->reason == SWITCH_REFERRAL && one->referral_id.n == 2 && one->message_id.n == 3);
    CHECK(one->from_id.n == MAIL && one->to_id.n == PHONE);
    CHECK(referral->message_id.n == 2 && referral->followed_by.n == 3);
    CHECK_TEXT(referral->kind, "call");
    CHECK_TEXT(referral->target, "0900 1234");
}

/* One question and its answer, and what may be about the same elsewhere. */
static void run_with(struct arena *mem, const char *answer, struct journey_return *other,
                     struct journey *out)
{
    static const struct understand_context ground = { .calendar = &calendar_dutch };
    static const struct journey_lane lanes[] = {
        { { MAIL },  "Mail", "email" },
        { { PHONE }, "Sms",  "sms"   },
    };
    const struct line lines[] = {
        { 0,  MAIL, "<Mijn kraan lekt." },
        { 60, MAIL, answer              },
    };
    struct timeline_item items[] = { item_of(&lines[0], 1), item_of(&lines[1], 2) };
    struct casefile c = { .opened_at = { MONDAY_MS }, .status = CASE_DONE };
    struct journey_input input = { .c = &c, .ground = &ground, .days = 7, .team_id = { 1 } };

    c.done_at = items[1].at;
    input.timeline = (struct list){ items, COUNT(items) };
    input.lanes = (struct list){ (void *)(uintptr_t)lanes, COUNT(lanes) };
    input.others = (struct list){ other, other ? 1 : 0 };
    input.now = (instant){ MONDAY_MS + 30 * DAY_MS };
    journey_of(mem, &input, out);
}

TEST(who_comes_back_on_the_same_in_another_case_was_not_helped_in_the_first_contact)
{
    static const struct {
        const char *about;
        int64_t days; /* after it began */
        double chance;
        bool is_earlier;
        enum first_contact first;
        size_t returns;
    } rows[] = {
        { "soon, about the same",        3,  0.9, false, FIRST_CONTACT_NO,  1 },
        { "soon, about something else",  3,  0.3, false, FIRST_CONTACT_YES, 0 },
        { "later than was asked for",    9,  0.9, false, FIRST_CONTACT_YES, 0 },
        { "it came back itself",         -3, 0.9, true,  FIRST_CONTACT_NO,  1 },
        { "after something else before", -3, 0.3, true,  FIRST_CONTACT_YES, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
        struct journey_return other = { .case_id = { 9 },
                                        .message_id = { 8 },
                                        .channel_id = { PHONE },
                                        .type = "sms",
                                        .at = { MONDAY_MS + rows[i].days * DAY_MS },
                                        .chance = rows[i].chance,
                                        .is_earlier = rows[i].is_earlier };
        struct journey journey;

        run_with(mem, ">De monteur is geweest.", &other, &journey);
        CHECK_TEXT(arena_printf(mem, "%s: %u, %zu", rows[i].about, journey.first_contact,
                                journey.returns.n),
                   arena_printf(mem, "%s: %u, %zu", rows[i].about, (unsigned)rows[i].first,
                                rows[i].returns));
        CHECK(journey.switches_n == 0);
    }
}

TEST(who_begins_a_new_case_where_we_sent_him_was_forced_to_switch)
{
    static const struct {
        int64_t days;
        int channel;
        const char *type;
        double chance;
        bool is_vague, is_followed;
    } rows[] = {
        { 3,  PHONE, "sms",  0.9, false, true  },
        { 3,  PHONE, "sms",  0.1, true,  true  }, /* "you told me to call" */
        { 3,  PHONE, "sms",  0.1, false, false }, /* about something else */
        { 3,  CHAT,  "chat", 0.1, true,  false }, /* not where we sent him */
        { 15, PHONE, "sms",  0.1, true,  false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
        struct journey_return other = { .case_id = { 9 },
                                        .message_id = { 8 },
                                        .channel_id = { rows[i].channel },
                                        .type = rows[i].type,
                                        .at = { MONDAY_MS + rows[i].days * DAY_MS },
                                        .chance = rows[i].chance,
                                        .is_vague = rows[i].is_vague };
        const struct journey_referral *referral;
        const struct journey_switch *one;
        struct journey journey;

        run_with(mem, ">Bel ons op 0900 1234.", &other, &journey);
        CHECK(journey.referrals.n == 1);
        referral = journey.referrals.items;
        CHECK(referral->followed_by.n == (rows[i].is_followed ? 8 : 0));
        CHECK(journey.forced_switches_n == (rows[i].is_followed ? 1 : 0));
        CHECK(journey.first_contact ==
              (rows[i].is_followed ? FIRST_CONTACT_NO : FIRST_CONTACT_YES));
        if (!rows[i].is_followed)
            continue;
        one = journey.switches.items;
        CHECK(one->case_id.n == 9 && one->reason == SWITCH_REFERRAL && one->referral_id.n == 2);
        CHECK(one->from_id.n == MAIL && one->to_id.n == PHONE && one->message_id.n == 8);
    }
}

TEST(a_move_of_ours_says_why_and_whether_the_customer_came)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
    const struct test_case t = {
        .lines = { { 0, MAIL, "<Mijn kraan lekt." },
                  { 60, PHONE, ">Wij komen om drie uur." },
                  { 60, -1, MAIL_TO_PHONE("privacy") },
                  { 70, PHONE, "<Prima." },
                  { 80, MAIL, ">Hierbij de afspraak." },
                  { 80, -1, "{\"nonsense\":true}" } }
    };
    const struct journey_move *move;
    const struct journey_switch *one;
    struct journey journey;

    run(mem, &t, &journey);
    CHECK(journey.moves_n == 1 && journey.switches_n == 1);
    move = journey.moves.items;
    one = journey.switches.items;
    CHECK(move->from_id.n == MAIL && move->to_id.n == PHONE && move->message_id.n == 2);
    CHECK(move->reason == REASON_PRIVACY && move->followed_by.n == 4);
    CHECK(one->kind == SWITCH_OURS && one->reason == SWITCH_PRIVACY);
}

TEST(closed_hours_lie_between_the_opening_hours_of_the_journey)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
    static const struct {
        int64_t from_h, until_h; /* since Monday 09:00 */
    } closed[] = {
        { 8,   24  },
        { 32,  48  },
        { 56,  72  },
        { 80,  96  },
        { 104, 168 },
        { 176, 192 }
    };
    const struct test_case t = {
        .lines = { { 0, MAIL, "<Mijn kraan lekt." }, { 8 * 24 * 60 + 60, MAIL, ">Is gemaakt." } }
    };
    const struct test_case within = {
        .lines = { { 30, MAIL, "<Hallo" }, { 90, MAIL, ">Dag" } }
    };
    const struct test_case ages = {
        .lines = { { 0, MAIL, "<Hallo" }, { 60 * 24 * 60, MAIL, ">Dag" } }
    };
    const struct journey_closing *one;
    struct journey journey;

    run(mem, &t, &journey);
    one = journey.closings.items;
    CHECK(journey.closings.n == COUNT(closed));
    for (size_t i = 0; i < COUNT(closed); i++) {
        CHECK(one[i].at.ms == MONDAY_MS + closed[i].from_h * HOUR_MS);
        CHECK(one[i].until.ms == MONDAY_MS + closed[i].until_h * HOUR_MS);
    }
    run(mem, &within, &journey);
    CHECK(journey.closings.n == 0);
    run(mem, &ages, &journey);
    CHECK(journey.closings.n == 0); /* they would be one grey */
}

TEST(what_other_systems_said_meanwhile_stands_behind_the_journey)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
    struct timeline_item items[] = {
        { .kind = "record.status",
         .at = { MONDAY_MS + HOUR_MS },
         .event_id = { 1 },
         .data = { "{\"type\":\"Reparatie\",\"title\":\"Kraan\",\"status\":\"Gepland\"}" } },
        { .kind = "record.status", .at = { MONDAY_MS + 2 * HOUR_MS }, .event_id = { 2 } },
    };
    struct casefile c = { .opened_at = { MONDAY_MS }, .status = CASE_OPEN };
    struct understand_context ground = { .calendar = &calendar_dutch };
    struct journey_input input = {
        .c = &c,
        .ground = &ground,
        .days = 7,
        .timeline = { items, COUNT(items) },
        .now = { MONDAY_MS + 3 * HOUR_MS }
    };
    const struct journey_record *record;
    struct journey journey;

    journey_of(mem, &input, &journey);
    record = journey.records.items;
    CHECK(journey.records.n == 1); /* one that says nothing is left out */
    CHECK(record->at.ms == MONDAY_MS + HOUR_MS);
    CHECK_TEXT(record->type, "Reparatie");
    CHECK_TEXT(record->title, "Kraan");
    CHECK_TEXT(record->status, "Gepland");
    CHECK(journey.handovers_n == 0 && journey.contacts_n == 0);
}

TEST(who_waits_still_waits_until_now)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("journey");
    const struct test_case t = {
        .lines = { { 0, MAIL, "<Mijn kraan lekt." }, { 90, 0, "{\"title\":\"Lekkage\"}" } }
    };
    const struct journey_wait *wait;
    struct journey journey;

    run(mem, &t, &journey);
    CHECK(journey.waits.n == 1);
    wait = journey.waits.items;
    CHECK(!wait->is_over && wait->minutes == 90 && wait->until.ms == journey.until.ms);
}

/* --- over the API ----------------------------------------------------------------------------- */

struct made {
    channel_id channel;
    struct casefile c;
};

static bool make_case(struct tx *tx, void *arg, struct err *err)
{
    struct made *made = arg;
    struct message question = { .text = "Mijn kraan lekt.", .direction = DIRECTION_IN };
    struct message answer = { .text = "Wij komen.", .state = MESSAGE_SENT };

    made->c =
        (struct casefile){ .title = "Kraan", .person_id = { 1 }, .channel_id = made->channel };
    answer.direction = DIRECTION_OUT;
    if (!case_open(tx, &made->c, err))
        return false;
    question.conversation_id.n = answer.conversation_id.n = 1;
    question.case_id = answer.case_id = made->c.id;
    question.channel_id = answer.channel_id = made->channel;
    question.subject = answer.subject = "";
    question.parties.s = answer.parties.s = "{}";
    question.fold_at = (int64_t)strlen(question.text);
    answer.fold_at = (int64_t)strlen(answer.text);
    return message_add(tx, &question, "", err) && message_add(tx, &answer, "", err);
}

TEST(the_journey_of_a_case_is_read_by_its_reference_with_its_channels)
{
    WORLD(w);
    API(api, &w, &channel_routes, &journey_routes);
    struct made made;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   "{\"type\":\"api\",\"name\":\"Balie\",\"settings\":{\"address\":\"balie\"}}") ==
          201);
    CHECK(id_read("chn", api_text(&api, "id"), strlen(api_text(&api, "id")), &made.channel.n));
    CHECK_OK(world_write(&w, make_case, &made), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET,
                   arena_printf(w.mem, "/api/v1/cases/%s/journey?days=3", made.c.reference),
                   NULL) == 200);
    CHECK(strstr(api.body, "\"contacts_n\":1,"));
    CHECK(strstr(api.body, "\"name\":\"Balie\""));
    CHECK(strstr(api.body, "\"first_contact\":\"unknown\""));
    CHECK(api_call(&api, GET, "/api/v1/cases/4K7-M2QX/journey", NULL) == 404);
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s/journey", made.c.reference),
                   NULL) == 401);
}
