#include "efforts.h"

#include "../messages/messages.h"

struct journey_query {
    int64_t days;
};

static const struct field journey_query_fields[] = {
    FIELD(journey_query, days, .min = 1, .max = 90,
          .doc = "Nobody may have come back for so many days after the end, on any channel, for "
                 "the first contact to be the last one; 7 when left out"),
    { 0 },
};

static const struct field lane_fields[] = {
    FIELD(journey_lane, channel_id, .flags = REQUIRED),
    FIELD(journey_lane, name, .flags = REQUIRED),
    FIELD(journey_lane, type, .flags = REQUIRED),
    { 0 },
};

static const struct field step_fields[] = {
    FIELD(journey_step, message_id, .flags = REQUIRED),
    FIELD(journey_step, at, .flags = REQUIRED),
    FIELD(journey_step, channel_id, .flags = REQUIRED),
    FIELD(journey_step, direction, .names = direction_names),
    FIELD(journey_step, user_id),
    FIELD(journey_step, is_auto),
    FIELD(journey_step, is_lost, .doc = "It failed, or was dropped"),
    FIELD(journey_step, contact,
          .doc = "Which of `contacts` it belongs to or answers, from 0; -1: none"),
    FIELD(journey_step, text, .flags = REQUIRED, .doc = "Its first words"),
    { 0 },
};

static const struct field contact_fields[] = {
    FIELD(journey_contact, message_id, .flags = REQUIRED, .doc = "Its first message"),
    FIELD(journey_contact, channel_id, .flags = REQUIRED),
    FIELD(journey_contact, at, .flags = REQUIRED),
    FIELD(journey_contact, until, .flags = REQUIRED),
    FIELD(journey_contact, messages_n, .doc = "What the customer wrote in it"),
    FIELD(journey_contact, is_repeat,
          .doc = "It tells what an earlier one told, in the same words or before its answer"),
    FIELD(journey_contact, is_dead_end, .doc = "Nobody had answered when the case was closed"),
    FIELD(journey_contact, answered_at),
    { 0 },
};

static const struct field wait_fields[] = {
    FIELD(journey_wait, message_id, .flags = REQUIRED,
          .doc = "The first message that nobody had answered"),
    FIELD(journey_wait, channel_id, .flags = REQUIRED),
    FIELD(journey_wait, at, .flags = REQUIRED),
    FIELD(journey_wait, until, .flags = REQUIRED),
    FIELD(journey_wait, minutes),
    FIELD(journey_wait, open_minutes, .doc = "Of these, within opening hours"),
    FIELD(journey_wait, is_over, .doc = "false: the customer still waits"),
    { 0 },
};

static const struct field switch_fields[] = {
    FIELD(journey_switch, message_id, .flags = REQUIRED,
          .doc = "The first message on the other channel"),
    FIELD(journey_switch, at, .flags = REQUIRED),
    FIELD(journey_switch, from_id, .flags = REQUIRED),
    FIELD(journey_switch, to_id, .flags = REQUIRED),
    FIELD(journey_switch, kind, .names = switch_kind_names),
    FIELD(journey_switch, reason, .names = switch_reason_names),
    FIELD(journey_switch, referral_id, .doc = "Our answer that sent the customer there"),
    FIELD(journey_switch, case_id,
          .doc = "The case that he began there; null: it stands in this one"),
    { 0 },
};

static const struct field move_fields[] = {
    FIELD(journey_move, message_id,
          .doc = "Our answer there; null: the customer opened our link to it"),
    FIELD(journey_move, at, .flags = REQUIRED),
    FIELD(journey_move, from_id, .flags = REQUIRED),
    FIELD(journey_move, to_id, .flags = REQUIRED),
    FIELD(journey_move, reason, .names = way_reason_names),
    FIELD(journey_move, followed_by, .doc = "What the customer said there; null: he didn't come"),
    { 0 },
};

static const struct field handover_fields[] = {
    FIELD(journey_handover, at, .flags = REQUIRED),
    FIELD(journey_handover, from_team_id),
    FIELD(journey_handover, team_id),
    FIELD(journey_handover, from_user_id),
    FIELD(journey_handover, user_id),
    { 0 },
};

static const struct field referral_fields[] = {
    FIELD(journey_referral, message_id, .flags = REQUIRED, .doc = "Our answer"),
    FIELD(journey_referral, at, .flags = REQUIRED),
    FIELD(journey_referral, kind, .flags = REQUIRED),
    FIELD(journey_referral, target, .flags = REQUIRED),
    FIELD(journey_referral, own, .doc = "To one of our own places"),
    FIELD(journey_referral, followed_by,
          .doc = "What the customer said where he was sent; null: he didn't go"),
    { 0 },
};

static const struct field return_fields[] = {
    FIELD(journey_return, case_id, .flags = REQUIRED),
    FIELD(journey_return, reference, .flags = REQUIRED),
    FIELD(journey_return, title, .flags = REQUIRED),
    FIELD(journey_return, at, .flags = REQUIRED, .doc = "When it began"),
    FIELD(journey_return, channel_id, .doc = "Where it began; null: a colleague noted it down"),
    FIELD(journey_return, message_id, .flags = REQUIRED,
          .doc = "With what the customer began the later of both"),
    FIELD(journey_return, is_earlier,
          .doc = "It was there before: this case came back on what it's about"),
    FIELD(journey_return, chance, .doc = "That both are about the same, 0 to 1"),
    FIELD(journey_return, referral_id,
          .doc = "Our answer in this case that sent the customer there"),
    { 0 },
};

static const struct field record_fields_of_journey[] = {
    FIELD(journey_record, at, .flags = REQUIRED),
    FIELD(journey_record, type, .flags = REQUIRED, .doc = "As people call it"),
    FIELD(journey_record, title, .flags = REQUIRED),
    FIELD(journey_record, status, .flags = REQUIRED, .doc = "In words"),
    { 0 },
};

static const struct field closing_fields[] = {
    FIELD(journey_closing, at, .flags = REQUIRED),
    FIELD(journey_closing, until, .flags = REQUIRED),
    { 0 },
};

#define ITEMS(s) .of = s##_fields, .size = sizeof(struct journey_##s), .max = 2000

const struct field journey_fields[] = {
    FIELD(journey, at, .flags = REQUIRED),
    FIELD(journey, until, .flags = REQUIRED, .doc = "The case's end, or now"),
    FIELD(journey, contacts_n,
          .doc = "What the customer says on one channel, with pauses shorter than an hour"),
    FIELD(journey, switches_n, .doc = "Contacts on another channel than the one before"),
    FIELD(journey, forced_switches_n,
          .doc = "Of these, those that we sent him to, or where nobody had answered"),
    FIELD(journey, moves_n, .doc = "How often we went on by another channel"),
    FIELD(journey, repeats_n, .doc = "Contacts that tell again what an earlier one told"),
    FIELD(journey, handovers_n, .doc = "From one team or colleague to another"),
    FIELD(journey, dead_ends_n, .doc = "Contacts without an answer when the case was closed"),
    FIELD(journey, waiting_minutes, .doc = "How long the customer waited for us, by the clock"),
    FIELD(journey, waiting_open_minutes, .doc = "Of these, within opening hours"),
    FIELD(journey, first_contact, .names = first_contact_names,
          .doc = "Was it solved in the first contact, and did nobody come back on it within "
                 "`days` in any case, on any channel? unknown while that can't be said"),
    FIELD(journey, is_partial, .doc = "The case has more than the newest 500 that were looked at"),
    FIELD(journey, usual_n,
          .doc = "Of so many finished cases, the organisation's newest, the usual values are the "
                 "medians; 0: of too few to say"),
    FIELD(journey, usual_contacts_n),
    FIELD(journey, usual_forced_switches_n),
    FIELD(journey, usual_repeats_n),
    FIELD(journey, usual_handovers_n),
    FIELD(journey, usual_dead_ends_n),
    FIELD(journey, usual_waiting_minutes),
    FIELD(journey, lanes, ITEMS(lane)),
    FIELD(journey, steps, ITEMS(step)),
    FIELD(journey, contacts, ITEMS(contact)),
    FIELD(journey, waits, ITEMS(wait)),
    FIELD(journey, switches, ITEMS(switch)),
    FIELD(journey, moves, ITEMS(move)),
    FIELD(journey, handovers, ITEMS(handover)),
    FIELD(journey, referrals, ITEMS(referral)),
    FIELD(journey, returns, ITEMS(return),
          .doc = "Other cases of the same person about the same, as it seems: within `days` of the "
                 "end of the earlier one, or begun where we sent him"),
    FIELD(journey, records, .of = record_fields_of_journey, .size = sizeof(struct journey_record),
          .max = 2000, .doc = "What other systems said of the customer's records meanwhile"),
    FIELD(journey, closings, ITEMS(closing),
          .doc = "When nobody was at work; none of a journey that is too long to show them"),
    { 0 },
};

/* Beside what it cost: what is usual. */
static bool add_usual(struct tx *tx, struct journey *journey, struct err *err)
{
    struct effort usual;

    if (!effort_usual(tx, &usual, &journey->usual_n, err))
        return false;
    journey->usual_contacts_n = usual.contacts_n;
    journey->usual_forced_switches_n = usual.forced_switches_n;
    journey->usual_repeats_n = usual.repeats_n;
    journey->usual_handovers_n = usual.handovers_n;
    journey->usual_dead_ends_n = usual.dead_ends_n;
    journey->usual_waiting_minutes = usual.waiting_minutes;
    return true;
}

static bool get_journey(struct request *rq, struct tx *tx, struct err *err)
{
    const struct journey_query *query = rq->body;
    struct journey journey;
    struct casefile c;

    if (!case_of_request(rq, tx, &c, err) ||
        !journey_get(tx, &c, query->days > 0 ? query->days : FIRST_CONTACT_DAYS, &journey, err) ||
        !add_usual(tx, &journey, err))
        return false;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply(rq, 200, journey_fields, &journey);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases/{id}/journey", READ, get_journey, CASE_READ, QUERY(journey_query),
          ONE(journey), "Tells a case as the customer went through it, and what it cost him."),
};
const struct routes journey_routes = ROUTES(rows);
