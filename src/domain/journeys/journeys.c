/* journeys.c — a timeline as the customer went through it. Pure. Each contact is compared with some
 * earlier ones, over a bounded number of words.
 */
#include "journeys.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../language/feature.h"
#include "../../language/words.h"
#include "../messages/messages.h"

#include <stdlib.h>
#include <string.h>

const char *const switch_kind_names[] = { "forced", "ours", "own", NULL };
const char *const switch_reason_names[] = { "referral",   "no_answer",     "we_moved",
                                            "choice",     "window_closed", "privacy",
                                            "escalation", "not_delivered", NULL };
const char *const first_contact_names[] = { "unknown", "yes", "no", NULL };

enum {
    COMPARED_MAX = 40,    /* contacts that are compared for repeats */
    TELLING_WORD_MIN = 5, /* letters of a stem: shorter ones are in any text */
    SAME_WORDS_MIN = 3,
    TELLING_MAX = 300,    /* words of a text that are compared */
    OWN_WORDS_MAX = 4096, /* bytes of a text that are looked at: nobody says it longer */
    JOURNEY_REFERRALS_MAX = 500,
};
static const int64_t CONTACT_PAUSE_MS = HOUR_MS;
/* Of the shorter text's words, as many must be in the other one. */
static const double SAME_SHARE = 0.5;

/* The words of a text, as hashes. */
struct telling {
    uint32_t *hashes;
    size_t n;
};

/* What is added up on the walk. */
struct walk {
    struct arena *mem;
    const struct journey_input *input;
    struct journey *out;
    const struct timeline_item *items;
    size_t n;
    struct journey_step *steps;
    struct journey_contact *contacts;
    struct telling *words; /* of each contact */
    struct journey_wait *waits;
    struct journey_switch *switches;
    struct journey_move *moves;
    struct journey_handover *handovers;
    struct journey_referral *referrals;
    struct journey_record *records;
    struct journey_return *returns;
    instant quiet_since; /* since when nothing was said on the last contact's channel */
    channel_id moved_to; /* where our newest answer went, other than where he had asked */
    bool is_waiting;     /* the last of waits isn't over */
    size_t unanswered;   /* the first contact that nobody has answered yet */
    team_id team;
    user_id user;
};

static struct journey_contact *last_contact(const struct walk *walk)
{
    return walk->out->contacts.n > 0 ? &walk->contacts[walk->out->contacts.n - 1] : NULL;
}

static const char *own_words(struct arena *mem, const struct timeline_item *item)
{
    size_t len = strlen(item->text);

    if (item->fold_at > 0 && (size_t)item->fold_at < len)
        len = (size_t)item->fold_at;
    return arena_text_n(mem, item->text, utf8_cut(item->text, len, OWN_WORDS_MAX));
}

/* --- repeats --------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* Only the words that tell something, sorted: two such lists are compared in one way through them.
 */
static struct telling telling_words(struct arena *mem, const char *text)
{
    const char *texts[] = { text };
    const char *words = words_of(mem, 'm', texts, 1);
    struct telling out = { NEW_ARRAY(mem, uint32_t, TELLING_MAX), 0 };

    for (const char *at = words; *at && out.n < TELLING_MAX;) {
        size_t len = strcspn(at, " ");

        if (len > TELLING_WORD_MIN) /* with the letter in front */
            out.hashes[out.n++] = hash_text(HASH_START, at, len);
        at += len + (at[len] == ' ');
    }
    qsort(out.hashes, out.n, sizeof(out.hashes[0]), by_value);
    return out;
}

static bool tells_the_same(const struct telling *a, const struct telling *b)
{
    size_t shared = 0;

    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        int order = by_value(&a->hashes[i], &b->hashes[k]);

        shared += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return shared >= SAME_WORDS_MIN &&
           (double)shared >= SAME_SHARE * (double)(a->n < b->n ? a->n : b->n);
}

static bool is_told_again(const struct walk *walk, const struct telling *words)
{
    size_t n = walk->out->contacts.n;

    if (walk->is_waiting)
        return true;
    for (size_t i = n > COMPARED_MAX ? n - COMPARED_MAX : 0; i < n; i++)
        if (tells_the_same(words, &walk->words[i]))
            return true;
    return false;
}

/* --- switches -------------------------------------------------------------------------------- */

static const char *type_of(const struct walk *walk, channel_id channel)
{
    const struct journey_lane *lanes = walk->input->lanes.items;

    for (size_t i = 0; i < walk->input->lanes.n; i++)
        if (lanes[i].channel_id.n == channel.n)
            return lanes[i].type;
    return "";
}

/* Where each kind of referral leads. A channel of the API may be anything. */
static const struct {
    const char *kind, *types;
} leads[] = {
    { "call",    " phone sms api "                       },
    { "form",    " form api "                            },
    { "mail",    " email api "                           },
    { "visit",   " visit api "                           },
    { "site",    " form chat api "                       },
    { "contact", " phone sms form email chat visit api " },
};

static bool leads_to(const char *kind, const char *type)
{
    const char *word;

    for (size_t i = 0; i < COUNT(leads); i++) {
        if (!text_equal(leads[i].kind, kind))
            continue;
        word = *type ? strstr(leads[i].types, type) : NULL;
        return word && word[-1] == ' ' && word[strlen(type)] == ' ';
    }
    return false;
}

/* The newest referral that leads there and nobody has followed yet. */
static struct journey_referral *followed(const struct walk *walk, channel_id channel, instant at)
{
    for (size_t i = walk->out->referrals.n; i-- > 0;) {
        struct journey_referral *referral = &walk->referrals[i];

        if (referral->followed_by.n == 0 && at.ms - referral->at.ms <= FOLLOW_DAYS * DAY_MS &&
            leads_to(referral->kind, type_of(walk, channel)))
            return referral;
    }
    return NULL;
}

/* What a customer's switch is who follows us there. */
static const struct {
    enum switch_kind kind;
    enum switch_reason reason;
} followed_moves[WAY_REASONS_N] = {
    [REASON_UNSAID] = { SWITCH_OURS,   SWITCH_WE_MOVED      },
    [REASON_CHOICE] = { SWITCH_OWN,    SWITCH_CHOICE        },
    [REASON_WINDOW] = { SWITCH_OURS,   SWITCH_WINDOW        },
    [REASON_PRIVACY] = { SWITCH_OURS,   SWITCH_PRIVACY       },
    [REASON_ESCALATION] = { SWITCH_OURS,   SWITCH_ESCALATION    },
    [REASON_REFERRAL] = { SWITCH_FORCED, SWITCH_REFERRAL      },
    [REASON_NO_ANSWER] = { SWITCH_OURS,   SWITCH_WE_MOVED      },
    [REASON_NOT_DELIVERED] = { SWITCH_OURS,   SWITCH_NOT_DELIVERED },
};

/* Our newest move to this channel that he hasn't followed yet; NULL: there is none. */
static struct journey_move *last_move(const struct walk *walk, channel_id to)
{
    struct journey_move *move =
        walk->out->moves.n > 0 ? &walk->moves[walk->out->moves.n - 1] : NULL;

    return move && move->to_id.n == to.n && move->followed_by.n == 0 ? move : NULL;
}

static void add_switch(struct walk *walk, const struct timeline_item *item)
{
    struct journey_move *move = last_move(walk, item->channel_id);
    enum way_reason why = move ? (enum way_reason)move->reason : REASON_UNSAID;
    struct journey_referral *referral = followed(walk, item->channel_id, item->at);
    struct journey_switch *one = &walk->switches[walk->out->switches.n++];

    *one = (struct journey_switch){ .message_id = item->message_id,
                                    .at = item->at,
                                    .from_id = last_contact(walk)->channel_id,
                                    .to_id = item->channel_id,
                                    .kind = SWITCH_OWN,
                                    .reason = SWITCH_CHOICE };
    if (walk->moved_to.n == item->channel_id.n) {
        one->kind = followed_moves[why].kind;
        one->reason = followed_moves[why].reason;
        if (move)
            move->followed_by = item->message_id;
    } else if (referral) {
        one->kind = SWITCH_FORCED;
        one->reason = SWITCH_REFERRAL;
        one->referral_id = referral->message_id;
        referral->followed_by = item->message_id;
    } else if (walk->is_waiting) {
        one->kind = SWITCH_FORCED;
        one->reason = SWITCH_NO_ANSWER;
    }
    walk->out->forced_switches_n += one->kind == SWITCH_FORCED;
}

/* --- waits ------------------------------------------------------------------------------------ */

static int64_t open_minutes(const struct calendar *calendar, instant from, instant until)
{
    struct local_time first = calendar_local(calendar, from),
                      last = calendar_local(calendar, until);
    struct opening openings[OPENINGS_MAX];
    int64_t minutes = 0;

    for (day_number day = first.day; day <= last.day; day++) {
        size_t n = calendar->openings(calendar->arg, day, openings);

        for (size_t i = 0; i < n; i++) {
            int32_t opens = openings[i].from_minute, closes = openings[i].to_minute;

            if (day == first.day && opens < first.minute)
                opens = first.minute;
            if (day == last.day && closes > last.minute)
                closes = last.minute;
            minutes += closes > opens ? closes - opens : 0;
        }
    }
    return minutes;
}

static void end_wait(struct walk *walk, instant at, bool is_over)
{
    struct journey_wait *wait;

    if (!walk->is_waiting)
        return;
    wait = &walk->waits[walk->out->waits.n - 1];
    walk->is_waiting = false;
    wait->until = at.ms > wait->at.ms ? at : wait->at;
    wait->is_over = is_over;
    wait->minutes = (wait->until.ms - wait->at.ms) / MINUTE_MS;
    wait->open_minutes = open_minutes(walk->input->ground->calendar, wait->at, wait->until);
    walk->out->waiting_minutes += wait->minutes;
    walk->out->waiting_open_minutes += wait->open_minutes;
}

static void begin_wait(struct walk *walk, const struct timeline_item *item)
{
    if (walk->is_waiting)
        return;
    walk->is_waiting = true;
    walk->waits[walk->out->waits.n++] = (struct journey_wait){ .message_id = item->message_id,
                                                               .channel_id = item->channel_id,
                                                               .at = item->at };
}

/* --- what was said ---------------------------------------------------------------------------- */

static void begin_contact(struct walk *walk, const struct timeline_item *item)
{
    const struct journey_contact *before = last_contact(walk);
    struct telling words = telling_words(walk->mem, own_words(walk->mem, item));
    struct journey_contact contact = { .message_id = item->message_id,
                                       .channel_id = item->channel_id,
                                       .at = item->at };

    contact.is_repeat = before && is_told_again(walk, &words);
    if (before && before->channel_id.n != item->channel_id.n)
        add_switch(walk, item);
    walk->words[walk->out->contacts.n] = words;
    walk->contacts[walk->out->contacts.n++] = contact;
    walk->out->repeats_n += contact.is_repeat;
}

static void hear(struct walk *walk, const struct timeline_item *item)
{
    const struct journey_contact *before = last_contact(walk);

    if (!before || before->channel_id.n != item->channel_id.n ||
        item->at.ms - walk->quiet_since.ms >= CONTACT_PAUSE_MS)
        begin_contact(walk, item);
    last_contact(walk)->until = item->at;
    last_contact(walk)->messages_n++;
    walk->quiet_since = item->at;
    walk->moved_to = (channel_id){ 0 };
    begin_wait(walk, item);
}

static void look_for_referrals(struct walk *walk, const struct timeline_item *item)
{
    const struct understand_context *ground = walk->input->ground;
    const char *text = own_words(walk->mem, item);
    enum language language;
    struct referrals found;
    struct tokens tokens;

    tokens_of(walk->mem, text, strlen(text), &tokens);
    language = detect_language(&tokens, &ground->hints).language;
    referrals_of(walk->mem, &tokens, language_codes[language], ground->places, &found);
    for (size_t i = 0; i < found.n && walk->out->referrals.n < JOURNEY_REFERRALS_MAX; i++)
        walk->referrals[walk->out->referrals.n++] =
            (struct journey_referral){ .message_id = item->message_id,
                                       .at = item->at,
                                       .kind = referral_kinds[found.items[i].kind],
                                       .target = found.items[i].target,
                                       .own = found.items[i].is_own };
}

static void answer(struct walk *walk, const struct timeline_item *item)
{
    const struct journey_contact *before = last_contact(walk);

    end_wait(walk, item->at, true);
    for (; walk->unanswered < walk->out->contacts.n; walk->unanswered++)
        walk->contacts[walk->unanswered].answered_at = item->at;
    if (before && before->channel_id.n == item->channel_id.n)
        walk->quiet_since = item->at;
    else if (before)
        walk->moved_to = item->channel_id;
    look_for_referrals(walk, item);
}

static bool is_lost(const struct timeline_item *item)
{
    return item->direction == DIRECTION_OUT &&
           (item->state == MESSAGE_FAILED || item->state == MESSAGE_DROPPED);
}

static void take_message(struct walk *walk, const struct timeline_item *item)
{
    struct journey_step *step = &walk->steps[walk->out->steps.n++];

    if (item->direction == DIRECTION_IN && !item->is_auto)
        hear(walk, item);
    else if (item->direction == DIRECTION_OUT && !item->is_auto && !is_lost(item))
        answer(walk, item);
    *step = (struct journey_step){ .message_id = item->message_id,
                                   .at = item->at,
                                   .channel_id = item->channel_id,
                                   .direction = item->direction,
                                   .user_id = item->user_id,
                                   .is_auto = item->is_auto,
                                   .is_lost = is_lost(item),
                                   .contact = (int64_t)walk->out->contacts.n - 1,
                                   .text = text_preview(walk->mem, own_words(walk->mem, item),
                                                        CASE_PREVIEW_MAX) };
}

/* --- who had it ------------------------------------------------------------------------------- */

/* What "case.changed" says of it. */
struct owner {
    const char *title, *status;
    team_id team_id;
    user_id assignee_id;
    instant snoozed_until;
};
static const struct field owner_fields[] = {
    FIELD(owner, title),       FIELD(owner, status),        FIELD(owner, team_id),
    FIELD(owner, assignee_id), FIELD(owner, snoozed_until), { 0 },
};

/* From nobody to somebody is none. */
static void take_change(struct walk *walk, const struct timeline_item *item)
{
    struct owner owner = { .team_id = walk->team, .assignee_id = walk->user };
    struct bytes json = { (const uint8_t *)item->data.s, item->data.s ? strlen(item->data.s) : 0 };
    struct err err;

    err_clear(&err);
    if (!text_equal(item->kind, "case.changed") || json.len == 0 ||
        !json_read(walk->mem, json, owner_fields, &owner, &err))
        return;
    if ((walk->team.n != 0 && owner.team_id.n != walk->team.n) ||
        (walk->user.n != 0 && owner.assignee_id.n != 0 && owner.assignee_id.n != walk->user.n))
        walk->handovers[walk->out->handovers.n++] =
            (struct journey_handover){ .at = item->at,
                                       .from_team_id = walk->team,
                                       .team_id = owner.team_id,
                                       .from_user_id = walk->user,
                                       .user_id = owner.assignee_id };
    walk->team = owner.team_id;
    walk->user = owner.assignee_id;
}

/* What "case.channel_changed" says of it. */
struct move {
    channel_id from, to;
    unsigned reason;
};
static const struct field move_fields[] = {
    FIELD(move, from),
    FIELD(move, to),
    FIELD(move, reason, .names = way_reason_names),
    { 0 },
};

static void take_move(struct walk *walk, const struct timeline_item *item)
{
    struct journey_move *out = &walk->moves[walk->out->moves.n];
    const char *about = item->about ? item->about : "";
    struct bytes json = { (const uint8_t *)item->data.s, item->data.s ? strlen(item->data.s) : 0 };
    struct move move = { 0 };
    struct err err;

    err_clear(&err);
    if (json.len == 0 || !json_read(walk->mem, json, move_fields, &move, &err))
        return;
    *out = (struct journey_move){
        .at = item->at, .from_id = move.from, .to_id = move.to, .reason = move.reason
    };
    (void)id_read("msg", about, strlen(about), &out->message_id.n); /* none: he opened a link */
    if (move.from.n == 0 || move.to.n == 0)
        return;
    walk->moved_to = move.to;
    walk->out->moves.n++;
}

/* --- behind it -------------------------------------------------------------------------------- */

static const struct field record_told_fields[] = {
    FIELD(journey_record, type),
    FIELD(journey_record, title),
    FIELD(journey_record, status),
    { 0 },
};

static void take_record(struct walk *walk, const struct timeline_item *item)
{
    struct journey_record *record = &walk->records[walk->out->records.n];
    struct err err;

    err_clear(&err);
    *record = (struct journey_record){ .at = item->at, .type = "", .title = "", .status = "" };
    if (item->data.s && json_read_stored(walk->mem, item->data.s, record_told_fields, record, &err))
        walk->out->records.n++;
}

static void add_closing(struct list *closings, instant from, instant to)
{
    if (to.ms > from.ms)
        ((struct journey_closing *)closings->items)[closings->n++] =
            (struct journey_closing){ from, to };
}

/* What lies between the openings. */
static void find_closings(struct walk *walk)
{
    const struct calendar *calendar = walk->input->ground->calendar;
    instant from = walk->out->at, until = walk->out->until;
    day_number first = calendar_local(calendar, from).day,
               last = calendar_local(calendar, until).day;
    struct opening openings[OPENINGS_MAX];
    struct list *closings = &walk->out->closings;

    if (last - first > CLOSINGS_DAYS_MAX)
        return;
    closings->items = NEW_ARRAY(walk->mem, struct journey_closing,
                                (size_t)(last - first + 1) * (OPENINGS_MAX + 1));
    for (day_number day = first; day <= last; day++) {
        size_t n = calendar->openings(calendar->arg, day, openings);

        for (size_t i = 0; i < n; i++) {
            instant opens = calendar_instant(calendar, day, openings[i].from_minute);
            instant closes = calendar_instant(calendar, day, openings[i].to_minute);
            if (closes.ms <= from.ms)
                continue;
            add_closing(closings, from, opens.ms < until.ms ? opens : until);
            from = closes;
        }
    }
    add_closing(closings, from, until);
}

/* --- in other cases --------------------------------------------------------------------------- */

/* From here on it's likelier than not. */
static const double RETURN_CHANCE = 0.5;

/* Where the customer was told so. */
static channel_id channel_of(const struct walk *walk, message_id id)
{
    for (size_t i = 0; i < walk->out->steps.n; i++)
        if (walk->steps[i].message_id.n == id.n)
            return walk->steps[i].channel_id;
    return (channel_id){ 0 };
}

/* Our newest answer that led there, unless the customer followed it within the case. */
static struct journey_referral *followed_elsewhere(const struct walk *walk,
                                                   const struct journey_return *other)
{
    for (size_t i = walk->out->referrals.n; i-- > 0;) {
        struct journey_referral *referral = &walk->referrals[i];
        int64_t later_ms = other->at.ms - referral->at.ms;

        if (referral->followed_by.n == 0 && later_ms >= 0 && later_ms <= FOLLOW_DAYS * DAY_MS &&
            leads_to(referral->kind, other->type) &&
            channel_of(walk, referral->message_id).n != other->channel_id.n)
            return referral;
    }
    return NULL;
}

/* What isn't about something else is what he was sent there for. */
static void follow_elsewhere(struct walk *walk, struct journey_return *other)
{
    struct journey_referral *referral =
        other->is_earlier || (other->chance < RETURN_CHANCE && !other->is_vague)
            ? NULL
            : followed_elsewhere(walk, other);

    if (!referral)
        return;
    referral->followed_by = other->message_id;
    other->referral_id = referral->message_id;
    walk->switches[walk->out->switches.n++] =
        (struct journey_switch){ .message_id = other->message_id,
                                 .at = other->at,
                                 .from_id = channel_of(walk, referral->message_id),
                                 .to_id = other->channel_id,
                                 .kind = SWITCH_FORCED,
                                 .reason = SWITCH_REFERRAL,
                                 .referral_id = referral->message_id,
                                 .case_id = other->case_id };
    walk->out->forced_switches_n++;
}

static void look_elsewhere(struct walk *walk)
{
    const struct journey_return *others = walk->input->others.items;
    int64_t late_ms = walk->out->until.ms + walk->input->days * DAY_MS;

    for (size_t i = 0; i < walk->input->others.n; i++) {
        struct journey_return *one = &walk->returns[walk->out->returns.n];

        *one = others[i];
        follow_elsewhere(walk, one);
        walk->out->returns.n +=
            one->referral_id.n != 0 || (one->chance >= RETURN_CHANCE && one->at.ms <= late_ms);
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

static void close_journey(struct walk *walk)
{
    const struct casefile *c = walk->input->c;
    bool is_done = c->status == CASE_DONE;
    struct journey *out = walk->out;

    out->until = is_done && c->done_at.ms > 0 ? c->done_at : walk->input->now;
    end_wait(walk, out->until, is_done);
    for (; is_done && walk->unanswered < out->contacts.n; walk->unanswered++) {
        walk->contacts[walk->unanswered].is_dead_end = true;
        out->dead_ends_n++;
    }
    look_elsewhere(walk);
    if (out->contacts.n > 1 || out->returns.n > 0)
        out->first_contact = FIRST_CONTACT_NO;
    else if (is_done && out->contacts.n == 1 && out->dead_ends_n == 0 &&
             walk->input->now.ms - out->until.ms >= walk->input->days * DAY_MS)
        out->first_contact = FIRST_CONTACT_YES;
}

/* Room for what there can be at most: one of each an item. */
static struct walk walk_of(struct arena *mem, const struct journey_input *input,
                           struct journey *out)
{
    size_t n = input->timeline.n + 1;
    struct walk walk = { .mem = mem, .input = input, .out = out, .team = input->team_id };

    walk.items = input->timeline.items;
    walk.n = input->timeline.n;
    out->lanes = input->lanes;
    out->steps.items = walk.steps = NEW_ARRAY(mem, struct journey_step, n);
    out->contacts.items = walk.contacts = NEW_ARRAY(mem, struct journey_contact, n);
    out->waits.items = walk.waits = NEW_ARRAY(mem, struct journey_wait, n);
    out->switches.items = walk.switches =
        NEW_ARRAY(mem, struct journey_switch, n + input->others.n);
    out->moves.items = walk.moves = NEW_ARRAY(mem, struct journey_move, n);
    out->records.items = walk.records = NEW_ARRAY(mem, struct journey_record, n);
    out->handovers.items = walk.handovers = NEW_ARRAY(mem, struct journey_handover, n);
    out->referrals.items = walk.referrals =
        NEW_ARRAY(mem, struct journey_referral, JOURNEY_REFERRALS_MAX);
    out->returns.items = walk.returns = NEW_ARRAY(mem, struct journey_return, input->others.n + 1);
    walk.words = NEW_ARRAY(mem, struct telling, n);
    return walk;
}

void journey_of(struct arena *mem, const struct journey_input *input, struct journey *out)
{
    struct walk walk;

    *out = (struct journey){ .at = input->c->opened_at };
    walk = walk_of(mem, input, out);
    for (size_t i = 0; i < walk.n; i++) {
        if (walk.items[i].message_id.n != 0)
            take_message(&walk, &walk.items[i]);
        else if (text_equal(walk.items[i].kind, "case.channel_changed"))
            take_move(&walk, &walk.items[i]);
        else if (text_equal(walk.items[i].kind, "record.status"))
            take_record(&walk, &walk.items[i]);
        else
            take_change(&walk, &walk.items[i]);
    }
    close_journey(&walk);
    find_closings(&walk);
    out->contacts_n = (int64_t)out->contacts.n;
    out->switches_n = (int64_t)out->switches.n;
    out->moves_n = (int64_t)out->moves.n;
    out->handovers_n = (int64_t)out->handovers.n;
}
