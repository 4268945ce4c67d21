/* promised.c — what the answers promise, as their writers take it over, and what comes of it.
 *
 * Who does it has a queue: so many hands, opening hours, holidays, jobs that take long. When it is
 * through in time, the promise is kept; when it isn't, most are moved before their moment, and the
 * customer is told; the others are broken and kept late, and of some nothing comes at all.
 */
#include "play_inside.h"

#include "../domain/calendars/work.h"
#include "../domain/cases/change.h"
#include "../domain/notes/notes.h"
#include "../domain/promises/promises.h"
#include "../language/promises.h"
#include "truth.h"

#include <string.h>

enum {
    MINUTES_TOLD = 10, /* at least, from the answer to what it promises */
    FORGOTTEN = 4,     /* in 100: nobody does it */
    HOPEFUL = 15,      /* in 100 of those that are moved */
    MOVED = 60,        /* in 100 of those that come too late */
    TAKES_LONG = 7,    /* in 100 */
    LONGER = 6,        /* times */
    CLOSED = 50,       /* in 100, when it was kept */
};

static const struct {
    enum promise_kind kind;
    enum queue_kind queue;
} kinds[ACTIONS_N] = {
    [ACTION_CALLBACK] = { PROMISE_CALLBACK, QUEUE_ANSWERS },
    [ACTION_REPLY] = { PROMISE_REPLY,    QUEUE_ANSWERS },
    [ACTION_DELIVER] = { PROMISE_DELIVERY, QUEUE_ANSWERS },
    [ACTION_REFUND] = { PROMISE_REFUND,   QUEUE_ANSWERS },
    [ACTION_VISIT] = { PROMISE_VISIT,    QUEUE_VISITS  },
    [ACTION_FIX] = { PROMISE_REPAIR,   QUEUE_VISITS  },
    [ACTION_OTHER] = { PROMISE_OTHER,    QUEUE_ANSWERS },
};

/* How long a job of a queue takes, and the hands for a hundred stories a day: just enough. */
static const struct {
    int64_t low_min, high_min, hands;
} queues[QUEUES_N] = {
    [QUEUE_ANSWERS] = { 10, 60,  5  },
    [QUEUE_VISITS] = { 45, 240, 11 },
};

/* --- the queues ------------------------------------------------------------------------------- */

static size_t hands_of(const struct play *play, enum queue_kind kind)
{
    int64_t n = (queues[kind].hands * play->settings->stories + 99) / 100;

    return n > HANDS_MAX ? HANDS_MAX : (size_t)n;
}

/* When the next free hand is through with it; false: never. */
static bool queue_through(struct play *play, enum queue_kind kind, struct dice *dice, instant from,
                          instant *out)
{
    instant *hands = play->hands[kind];
    size_t free = 0;
    int64_t work = dice_between(dice, queues[kind].low_min, queues[kind].high_min) * MINUTE_MS;

    if (dice_in_100(dice, TAKES_LONG))
        work *= LONGER;
    for (size_t i = 1; i < hands_of(play, kind); i++)
        if (hands[i].ms < hands[free].ms)
            free = i;
    if (!work_after(&calendar_dutch, hands[free].ms > from.ms ? hands[free] : from, work, out))
        return false;
    hands[free] = *out;
    return true;
}

/* --- what an answer promises ------------------------------------------------------------------ */

void promised_find(const struct play *play, const char *text, struct list *out)
{
    struct arena *mem = play->turn;
    instant now = clock_now(), least = instant_plus(now, MINUTES_TOLD * MINUTE_MS);
    struct promise_draft *drafts;
    struct promises found;
    struct tokens tokens;

    tokens_of(mem, text, strlen(text), &tokens);
    promises_of(mem, &tokens, now, &calendar_dutch, &found);
    drafts = NEW_ARRAY(mem, struct promise_draft, found.n + 1);
    *out = (struct list){ drafts, 0 };
    for (size_t i = 0; i < found.n; i++) {
        const struct commitment *said = &found.items[i];

        if (said->due_at.ms < least.ms)
            continue;
        drafts[out->n++] = (struct promise_draft){
            .kind = kinds[said->action].kind,
            .team_id = play->office.teams[kinds[said->action].queue],
            .words = arena_text_n(mem, text + said->from, said->to - said->from),
            .is_firm = said->is_firm,
            .starts_at = said->starts_at,
            .due_at = said->due_at,
        };
    }
}

static enum queue_kind queue_of(unsigned kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i].kind == (enum promise_kind)kind)
            return kinds[i].queue;
    return QUEUE_ANSWERS;
}

/* At the latest a little before its moment, when there is still time to say it. */
static instant move_at(struct dice *dice, const struct owed *owed, instant now)
{
    int64_t left = owed->due_at.ms - now.ms;

    return (instant){ owed->due_at.ms - left * dice_between(dice, 10, 50) / 100 };
}

static void plan_owed(struct play *play, struct story *story, struct owed *owed,
                      const struct promise *promise)
{
    instant now = clock_now(), from = promise->starts_at.ms > now.ms ? promise->starts_at : now;

    *owed =
        (struct owed){ .id = promise->id, .due_at = promise->due_at, .risk_at = promise->risk_at };
    if (!queue_through(play, queue_of(promise->kind), &story->dice, from, &owed->done_at) ||
        dice_in_100(&story->dice, FORGOTTEN))
        owed->done_at = (instant){ 0 };
    else if (owed->done_at.ms > owed->due_at.ms && dice_in_100(&story->dice, MOVED))
        owed->move_at = move_at(&story->dice, owed, now);
}

static bool tell_truth(struct play *play, const struct story *story, const struct owed *owed,
                       struct err *err)
{
    char id[ID_TEXT_MAX];
    struct truth_line line = {
        .kind = "promise",
        .story = story->number,
        .promise = id,
        .at = clock_now(),
        .due = owed->due_at,
        .done = owed->done_at,
    };

    id_write("prm", owed->id.n, id);
    return !play->truth || truth_write(play->truth, &line, err);
}

struct reading {
    case_id about;
    struct list promises;
};

static bool read_promises(struct tx *tx, void *arg, struct err *err)
{
    struct reading *reading = arg;

    return promise_list_of_case(tx, reading->about, &reading->promises, err);
}

bool promised_plan(struct play *play, struct story *story, case_id about, const struct said *said,
                   struct err *err)
{
    struct scope scope = office_scope(&play->office, play->turn, story->agent);
    struct reading reading = { .about = about };
    const struct promise *promises;

    story->owed_n = 0;
    if (!store_read(play->office.store, &scope, read_promises, &reading, err))
        return false;
    promises = reading.promises.items;
    for (size_t i = 0; i < reading.promises.n && story->owed_n < COUNT(story->owed); i++) {
        struct owed *owed = &story->owed[story->owed_n];

        if (promises[i].message_id.n != said->message.n || promises[i].note_id.n != said->note.n)
            continue;
        plan_owed(play, story, owed, &promises[i]);
        story->owed_n++;
        play->played.promises++;
        if (!tell_truth(play, story, owed, err))
            return false;
    }
    return true;
}

/* --- what comes of it ------------------------------------------------------------------------- */

struct doing {
    struct story *story;
    const struct owed *owed;
    struct promise promise;
    struct casefile c;
};

/* What became of it, if it was moved; as long as it is owed. */
static bool find_owed(struct tx *tx, struct doing *d, struct err *err)
{
    promise_id id = d->owed->id;

    do {
        if (!promise_get(tx, id, &d->promise, err))
            return false;
        id = d->promise.next_id;
    } while (id.n != 0);
    return case_get(tx, d->promise.case_id, &d->c, err);
}

static bool is_answered_by_writing(const struct doing *d)
{
    return d->promise.kind == PROMISE_REPLY && d->story->way != WAY_PHONE;
}

static bool answer(struct tx *tx, struct doing *d, const char *text, message_id *out,
                   struct err *err)
{
    struct answer answer = { .text = text, .status = CASE_WAITING };

    return case_answer(tx, d->c.id, &answer, out, err) && case_get(tx, d->c.id, &d->c, err);
}

static bool close_case(struct tx *tx, struct doing *d, struct err *err)
{
    struct case_change change = { .status = CASE_DONE, .has_status = true };
    struct err owes;

    return !promise_none_owed(tx, d->c.id, &owes) || case_change(tx, &change, &d->c, err);
}

/* By a message what was promised as one; the rest is done, and a colleague writes that down. */
static bool fulfil(struct tx *tx, struct doing *d, const char *text, struct err *err)
{
    struct note_draft draft = { .text = text };
    struct note note;
    message_id by;

    if (is_answered_by_writing(d))
        return answer(tx, d, text, &by, err);
    return note_add(tx, d->c.id, &draft, &note, err) &&
           promise_keep(tx, &d->promise, "hand", (message_id){ 0 }, err);
}

static bool keep(struct tx *tx, void *arg, struct err *err)
{
    struct doing *d = arg;
    const struct tenant *tenant = d->story->tenant;

    if (!find_owed(tx, d, err) || !d->promise.is_owed)
        return !d->promise.is_owed;
    return fulfil(tx, d, story_say(tx->mem, d->story, tenant, manners_in(tenant->tongue)->done),
                  err) &&
           (!dice_in_100(&d->story->dice, CLOSED) || close_case(tx, d, err));
}

/* The hour after it will be done, as far as one knows: some think of too early a one. */
static instant better_moment(struct doing *d)
{
    int64_t late = d->owed->done_at.ms - d->owed->due_at.ms;
    int64_t by = dice_in_100(&d->story->dice, HOPEFUL) ? late / 2 : late;
    instant at = { (d->owed->due_at.ms + by) / HOUR_MS * HOUR_MS + HOUR_MS };
    struct work_span open;

    if (work_is_open(&calendar_dutch, at) || !work_next(&calendar_dutch, at, &open))
        return at;
    return instant_plus(open.from, HOUR_MS);
}

static const char *moved_words(struct arena *mem, struct doing *d, instant to)
{
    const struct tenant *tenant = d->story->tenant;
    struct local_time at = calendar_local(&calendar_dutch, to);
    int year, month, day;

    date_of(at.day, &year, &month, &day);
    return draw_text(mem, &d->story->dice, manners_in(tenant->tongue)->moved,
                     &(struct word){ "moment", arena_printf(mem, "%d-%d, %d:%02d", day, month,
                                                            at.minute / 60, at.minute % 60) },
                     1);
}

/* Who was promised an answer is called: a message would be the answer. */
static bool move(struct tx *tx, void *arg, struct err *err)
{
    struct doing *d = arg;
    struct promise_move to = { .reason = "Het wordt later" };
    struct promise moved;

    if (!find_owed(tx, d, err) || d->promise.state != PROMISE_OPEN)
        return d->promise.id.n != 0;
    to.due_at = better_moment(d);
    return (d->promise.kind == PROMISE_REPLY || d->story->way == WAY_PHONE ||
            answer(tx, d, moved_words(tx->mem, d, to.due_at), &to.message_id, err)) &&
           promise_move(tx, &d->promise, &to, &moved, err);
}

static bool carry_out(struct play *play, struct story *story, const struct owed *owed,
                      bool (*act)(struct tx *tx, void *arg, struct err *err), struct err *err)
{
    struct doing d = { .story = story, .owed = owed };
    struct scope scope = office_scope(&play->office, play->turn, story->agent);

    return office_work(&play->office, err) &&
           store_write(play->office.store, &scope, act, &d, err) && office_work(&play->office, err);
}

bool promised_keep(struct play *play, struct story *story, const struct owed *owed, struct err *err)
{
    return carry_out(play, story, owed, keep, err);
}

bool promised_move(struct play *play, struct story *story, const struct owed *owed, struct err *err)
{
    return carry_out(play, story, owed, move, err);
}
