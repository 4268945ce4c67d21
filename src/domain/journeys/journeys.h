/* journeys.h — a case as the customer went through it: contacts, waits, switches, repeats,
 * hand-overs, dead ends, and what that adds up to (SPEC.md 6, effort by facts).
 *
 * What the words mean here:
 * - A contact: what the customer says on one channel, with pauses shorter than an hour between
 *   whatever is said there. What programs send by themselves is none.
 * - A wait: from the customer's first words that nobody has answered yet to our next answer on any
 *   channel, or to the end of the case. An answer that failed or was dropped is none.
 * - A switch: the next contact is on another channel than the one before. Forced, when an answer
 *   of ours sent the customer there, or when nobody had answered; ours, when we had gone there
 *   first and he followed; else the customer's own choice, as when we went there because he asked.
 * - A move: we answer on another channel than the case was on, with the reason that was given.
 * - A repeat: a contact that tells what an earlier one told, in the same words, or while that one
 *   still waits for its answer.
 * - A return: another case of the same person (whoever he is merged with) that began about the same
 *   within n days of this one's end, on any channel, or while it was still open; or, the other way
 *   round, an earlier one that this one came back on. The same: the score by which cases join
 *   (language/joining.h) takes it for likelier than not, and no colleague has said otherwise.
 * - The first contact was the last one when the case has no other, was closed with an answer, and
 *   n days later nobody had returned; and it was no return itself.
 * - A referral is followed by what the customer says next where it leads, in the same case, or in
 *   a new one that isn't about something else. Then that is a forced switch of the case that
 *   sent him away.
 * - A hand-over: the case goes from one team or colleague to another.
 * - A dead end: a contact that nobody had answered when the case was closed.
 *
 * journey_of() is pure; the rest works inside the caller's transaction and organisation. Results
 * live in the arena. Calendars: language/calendar.h.
 */
#pragma once

#include "../../language/understand.h"
#include "../cases/ways.h"

enum {
    FIRST_CONTACT_DAYS = 7,
    FOLLOW_DAYS = 14,       /* after a referral */
    CLOSINGS_DAYS_MAX = 45, /* of a longer journey the closed hours aren't told */
};

enum switch_kind { SWITCH_FORCED, SWITCH_OURS, SWITCH_OWN };
enum switch_reason {
    SWITCH_REFERRAL,
    SWITCH_NO_ANSWER,
    SWITCH_WE_MOVED,
    SWITCH_CHOICE,
    SWITCH_WINDOW,
    SWITCH_PRIVACY,
    SWITCH_ESCALATION,
    SWITCH_NOT_DELIVERED,
};
extern const char *const switch_kind_names[], *const switch_reason_names[];

/* Was the first contact the last one? Not known before so many days have passed since the end. */
enum first_contact { FIRST_CONTACT_UNKNOWN, FIRST_CONTACT_YES, FIRST_CONTACT_NO };
extern const char *const first_contact_names[];

struct journey_lane {
    channel_id channel_id;
    const char *name, *type;
};

/* One message, as it is drawn. */
struct journey_step {
    message_id message_id;
    instant at;
    channel_id channel_id;
    unsigned direction; /* enum direction */
    user_id user_id;
    bool is_auto;
    bool is_lost;     /* it failed, or was dropped */
    int64_t contact;  /* index of the contact it belongs to or answers; -1: none */
    const char *text; /* its first words */
};

struct journey_contact {
    message_id message_id; /* its first */
    channel_id channel_id;
    instant at, until;
    int64_t messages_n; /* the customer's */
    bool is_repeat, is_dead_end;
    instant answered_at; /* our first answer behind it; {0}: none */
};

struct journey_wait {
    message_id message_id; /* the first without an answer */
    channel_id channel_id;
    instant at, until;
    int64_t minutes, open_minutes; /* by the clock; within opening hours */
    bool is_over;
};

struct journey_switch {
    message_id message_id; /* the first on the other channel */
    instant at;
    channel_id from_id, to_id;
    unsigned kind, reason;
    message_id referral_id; /* our answer that sent the customer there */
    case_id case_id;        /* that he began there; none: it's in this one */
};

struct journey_move {
    message_id message_id; /* our answer there; none: he opened the link to it */
    instant at;
    channel_id from_id, to_id;
    unsigned reason;        /* enum way_reason */
    message_id followed_by; /* what the customer said there; none: he didn't */
};

struct journey_handover {
    instant at;
    team_id from_team_id, team_id;
    user_id from_user_id, user_id;
};

struct journey_referral {
    message_id message_id; /* our answer */
    instant at;
    const char *kind, *target;
    bool own;               /* to ourselves */
    message_id followed_by; /* what the customer said where he was sent; none: he didn't */
};

/* Another case of the same person that may be about the same: what is known of it, and what it is
 * found to be. */
struct journey_return {
    case_id case_id;
    const char *reference, *title;
    instant at; /* when it began */
    channel_id channel_id;
    message_id message_id;  /* with what he began the later of both */
    bool is_earlier;        /* it was there before: this case came back on it */
    double chance;          /* that the one is about what the other is */
    message_id referral_id; /* our answer in this case that sent him there */
    /* Not told: */
    const char *type; /* of its channel */
    bool is_vague;    /* it doesn't say what it's about */
};

/* What another system said of one of the customer's records: the back office at work. */
struct journey_record {
    instant at;
    const char *type, *title, *status; /* in words */
};

/* When nobody was at work. */
struct journey_closing {
    instant at, until;
};

struct journey {
    instant at, until;
    struct list lanes, steps, contacts, waits, switches, moves, handovers, referrals, records,
        returns;
    struct list closings; /* none where there are too many to be seen */
    int64_t contacts_n, switches_n, forced_switches_n, moves_n, repeats_n, handovers_n, dead_ends_n;
    int64_t waiting_minutes, waiting_open_minutes;
    unsigned first_contact;
    bool is_partial; /* the case has more than was looked at */
    /* What is usual, of so many finished cases; 0: nobody can say. */
    int64_t usual_n, usual_contacts_n, usual_forced_switches_n, usual_repeats_n, usual_handovers_n,
        usual_dead_ends_n, usual_waiting_minutes;
};
extern const struct field journey_fields[];
extern const struct routes journey_routes;

/* What is looked at. The timeline is by time; `lanes` has every channel of it. */
struct journey_input {
    const struct casefile *c;
    struct list timeline; /* of struct timeline_item */
    struct list lanes;    /* of struct journey_lane */
    struct list others;   /* of struct journey_return: what may be one, by time */
    team_id team_id;      /* whose it was at first */
    const struct understand_context *ground;
    instant now;
    int64_t days; /* until the first contact was the last one */
};
void journey_of(struct arena *mem, const struct journey_input *input, struct journey *out);

/* Of a case, with what its organisation knows. */
MUST_CHECK bool journey_get(struct tx *tx, const struct casefile *c, int64_t days,
                            struct journey *out, struct err *err);
