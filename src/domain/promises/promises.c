#include "promises.h"

#include "../../base/buf.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../alerts/alerts.h"
#include "../calendars/calendars.h"
#include "../cases/cases.h"
#include "chances.h"
#include "promise_moments.h"

#include <string.h>

const char *const promise_kind_names[] = { "reply", "callback", "delivery", "refund",
                                           "visit", "repair",   "other",    NULL };
const char *const promise_state_names[] = { "open", "kept", "moved", "broken", "withdrawn", NULL };

static const int64_t AHEAD_MAX_MS = 3 * 366 * DAY_MS;

const struct field promise_fields[] = {
    FIELD(promise, id, .flags = REQUIRED),
    FIELD(promise, case_id, .flags = REQUIRED),
    FIELD(promise, person_id, .flags = REQUIRED, .doc = "To whom it was made"),
    FIELD(promise, message_id, .doc = "In which it was said"),
    FIELD(promise, note_id, .doc = "Or in which it was written down"),
    FIELD(promise, kind, .names = promise_kind_names),
    FIELD(promise, words, .flags = REQUIRED, .doc = "As they were said"),
    FIELD(promise, is_firm, .doc = "Not hedged"),
    FIELD(promise, starts_at, .doc = "Of a window; null: by due_at"),
    FIELD(promise, due_at, .flags = REQUIRED),
    FIELD(promise, risk_at, .flags = REQUIRED,
          .doc = "From when on it is at risk, by time or by chance: its owner is warned"),
    FIELD(promise, state, .names = promise_state_names),
    FIELD(promise, is_owed, .doc = "Open, or broken and nothing became of it yet"),
    FIELD(promise, is_at_risk),
    FIELD(promise, owner_id),
    FIELD(promise, team_id, .doc = "Who does it"),
    FIELD(promise, previous_id, .doc = "The one that was moved to this"),
    FIELD(promise, next_id, .doc = "What it was moved to"),
    FIELD(promise, evidence, .doc = "What shows that it was kept: message, task, or hand"),
    FIELD(promise, evidence_message_id),
    FIELD(promise, reason, .doc = "Why it was moved or withdrawn"),
    FIELD(promise, told_message_id, .doc = "In which the customer heard that"),
    FIELD(promise, warned_at),
    FIELD(promise, broken_at, .doc = "Stays when it is kept late"),
    FIELD(promise, settled_at),
    FIELD(promise, actor_kind, .flags = SECRET, .names = actor_kind_names),
    FIELD(promise, actor_id, .flags = SECRET),
    FIELD(promise, user_id, .doc = "The colleague who made it"),
    FIELD(promise, created_at, .flags = REQUIRED),
    FIELD(promise, begun_at, .flags = OPTIONAL, .doc = "When the first of its chain was made"),
    FIELD(promise, chance, .flags = OPTIONAL,
          .doc = "To be kept, that was said when it was made; left out when it was unknown"),
    FIELD(promise, version),
    FIELD(promise, reference, .flags = OPTIONAL, .doc = "Of its case; in lists"),
    FIELD(promise, person_name, .flags = OPTIONAL, .doc = "In lists"),
    { 0 },
};

const struct field promise_draft_fields[] = {
    FIELD(promise_draft, kind, .names = promise_kind_names),
    FIELD(promise_draft, words, .flags = REQUIRED, .min = 1, .max = PROMISE_WORDS_MAX,
          .doc = "As they were said"),
    FIELD(promise_draft, is_firm),
    FIELD(promise_draft, starts_at, .doc = "Of a window; by due_at when left out"),
    FIELD(promise_draft, due_at, .flags = REQUIRED),
    FIELD(promise_draft, owner_id, .doc = "Who makes it when left out"),
    FIELD(promise_draft, team_id, .doc = "Who does it; the case's when left out"),
    FIELD(promise_draft, message_id, .doc = "In which it was said"),
    FIELD(promise_draft, note_id, .doc = "Or in which it was written down"),
    { 0 },
};

const struct field promise_move_fields[] = {
    FIELD(promise_move, starts_at, .doc = "Of a window; by due_at when left out"),
    FIELD(promise_move, due_at, .flags = REQUIRED),
    FIELD(promise_move, words, .max = PROMISE_WORDS_MAX, .doc = "The same when left out"),
    FIELD(promise_move, reason, .flags = REQUIRED, .min = 1, .max = PROMISE_REASON_MAX,
          .doc = "For colleagues"),
    FIELD(promise_move, message_id, .doc = "In which the customer is told"),
    { 0 },
};

/* --- states and moves ----------------------------------------------------------------------- */

static const struct {
    enum promise_state from, to;
} moves[] = {
    { PROMISE_OPEN,      PROMISE_KEPT      },
    { PROMISE_OPEN,      PROMISE_MOVED     },
    { PROMISE_OPEN,      PROMISE_WITHDRAWN },
    { PROMISE_OPEN,      PROMISE_BROKEN    },
    { PROMISE_BROKEN,    PROMISE_KEPT      }, /* late */
    { PROMISE_BROKEN,    PROMISE_MOVED     }, /* an apology, and a new one */
    { PROMISE_BROKEN,    PROMISE_WITHDRAWN },
    { PROMISE_KEPT,      PROMISE_OPEN      }, /* the evidence was wrong */
    { PROMISE_KEPT,      PROMISE_BROKEN    },
    { PROMISE_WITHDRAWN, PROMISE_OPEN      },
    { PROMISE_WITHDRAWN, PROMISE_BROKEN    },
};

static bool enter(struct tx *tx, struct promise *promise, enum promise_state to, struct err *err)
{
    bool is_owed = to == PROMISE_OPEN || to == PROMISE_BROKEN;

    for (size_t i = 0; i < COUNT(moves); i++) {
        if (moves[i].from != promise->state || moves[i].to != to)
            continue;
        promise->state = to;
        promise->is_owed = is_owed;
        promise->settled_at = is_owed ? (instant){ 0 } : tx->now;
        return true;
    }
    return err_set(err, ERR_CONFLICT, "it is %s: that can't become of it any more",
                   promise_state_names[promise->state]);
}

/* --- reading and writing -------------------------------------------------------------------- */

static void finish(const struct tx *tx, struct promise *promise)
{
    promise->is_at_risk = promise->state == PROMISE_OPEN && promise->risk_at.ms <= tx->now.ms;
    promise->user_id.n = promise->actor_kind == ACTOR_USER ? promise->actor_id : 0;
}

bool promise_get(struct tx *tx, promise_id id, struct promise *out, struct err *err)
{
    *out = (struct promise){ 0 };
    if (!db_one(tx, SQL_PROMISE_GET, ARGS(arg_organisation(tx), arg_id(id)), promise_fields, out,
                err))
        return false;
    finish(tx, out);
    return true;
}

bool promise_list_of_case(struct tx *tx, case_id id, struct list *out, struct err *err)
{
    if (!db_all(tx, SQL_PROMISE_LIST_OF_CASE,
                ARGS(arg_organisation(tx), arg_id(id), arg_int(PROMISES_OF_CASE_MAX)),
                promise_fields, sizeof(struct promise), out, err))
        return false;
    for (size_t i = 0; i < out->n; i++)
        finish(tx, &((struct promise *)out->items)[i]);
    return true;
}

static bool save(struct tx *tx, struct promise *p, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_PROMISE_SAVE,
                   ARGS(arg_organisation(tx), arg_id(p->id), arg_int(p->version),
                        arg_text(promise_state_names[p->state]), arg_bool(p->is_owed),
                        arg_id(p->owner_id), arg_id(p->team_id), arg_id(p->next_id),
                        arg_text(p->evidence), arg_id(p->evidence_message_id), arg_text(p->reason),
                        arg_id(p->told_message_id), arg_time(p->warned_at), arg_time(p->broken_at),
                        arg_time(p->settled_at)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this promise a moment ago");
    p->version++;
    finish(tx, p);
    return true;
}

/* What the timeline shows of it. */
static bool tell(struct tx *tx, const char *kind, const struct promise *p, struct err *err)
{
    static const struct field fields[] = {
        FIELD(promise, kind, .names = promise_kind_names),
        FIELD(promise, words),
        FIELD(promise, due_at),
        FIELD(promise, evidence),
        FIELD(promise, reason),
        FIELD(promise, next_id),
        { 0 },
    };
    struct buf data = BUF(PROMISE_WORDS_MAX * 6 + PROMISE_REASON_MAX * 6 + 1000);
    char about[ID_TEXT_MAX];
    bool ok;

    id_write("prm", p->id.n, about);
    json_write(&data, fields, p);
    ok = event_add(tx,
                   &(struct event){ .kind = kind,
                                    .case_id = p->case_id,
                                    .about = arena_text(tx->mem, about),
                                    .data = { arena_text(tx->mem, buf_str(&data)) } },
                   err);
    buf_free(&data);
    return ok;
}

static bool settle(struct tx *tx, struct promise *promise, const char *kind, struct err *err)
{
    return save(tx, promise, err) && tell(tx, kind, promise, err);
}

/* --- making --------------------------------------------------------------------------------- */

bool promise_moment_check(const struct tx *tx, const char *field, instant due_at, struct err *err)
{
    if (due_at.ms <= tx->now.ms)
        return err_field(err, field, "must be a moment to come");
    return due_at.ms <= tx->now.ms + AHEAD_MAX_MS ||
           err_field(err, field, "is more than three years away");
}

static bool check_moment(const struct tx *tx, instant starts_at, instant due_at, struct err *err)
{
    if (!promise_moment_check(tx, "due_at", due_at, err))
        return false;
    return starts_at.ms == 0 || starts_at.ms < due_at.ms ||
           err_field(err, "starts_at", "must be before due_at");
}

static bool check_known(struct tx *tx, const char *field, enum sql sql, int64_t id, struct err *err)
{
    int64_t known;

    return id == 0 || (db_number(tx, sql, ARGS(arg_organisation(tx), arg_int(id)), &known, err) &&
                       (known > 0 || err_field(err, field, "isn't known here")));
}

bool promise_check(struct tx *tx, const struct promise_draft *draft, struct err *err)
{
    if (text_is_blank(draft->words))
        return err_field(err, "words", "say what was promised");
    return check_moment(tx, draft->starts_at, draft->due_at, err) &&
           check_known(tx, "owner_id", SQL_CASE_USER_KNOWN, draft->owner_id.n, err) &&
           check_known(tx, "team_id", SQL_CASE_TEAM_KNOWN, draft->team_id.n, err) &&
           check_known(tx, "message_id", SQL_PROMISE_MESSAGE_KNOWN, draft->message_id.n, err);
}

/* The hours in which it is worked on. */
struct hours {
    struct calendar calendar;
    const struct calendar *said; /* the same; NULL: nobody said any */
};

static bool hours_of(struct tx *tx, const struct promise *promise, struct hours *out,
                     struct err *err)
{
    calendar_id id;

    if (!calendar_of_team(tx, promise->team_id, &out->calendar, &id, err))
        return false;
    out->said = id.n != 0 ? &out->calendar : NULL;
    return true;
}

/* When who leads is warned. */
static bool find_lead_at(struct tx *tx, const struct promise *promise, instant *out,
                         struct err *err)
{
    struct hours hours;

    if (!hours_of(tx, promise, &hours, err))
        return false;
    *out = promise_lead_at(hours.said, promise->risk_at, promise->due_at);
    return true;
}

/* The next moment at which something may have to happen. */
static bool watch(struct tx *tx, const struct promise *promise, instant lead_at, struct err *err)
{
    const instant moments[] = { promise->risk_at, lead_at, promise->due_at };

    for (size_t i = 0; i < COUNT(moments); i++)
        if (moments[i].ms > tx->now.ms)
            return job_add(tx, "promise", promise->id.n, moments[i], err);
    return true;
}

static bool chance_of(struct tx *tx, const struct promise *p, const struct calendar *hours,
                      bool is_new, struct promise_chance *out, struct err *err)
{
    const struct chance_of of = { p->team_id, p->kind, p->begun_at, p->due_at, is_new, hours };

    return promise_chance_find(tx, &of, out, err);
}

static bool add(struct tx *tx, struct promise *p, case_id place, struct err *err)
{
    struct promise_chance chance;
    struct hours hours;

    p->created_at = tx->now;
    if (p->begun_at.ms == 0)
        p->begun_at = tx->now;
    if (!hours_of(tx, p, &hours, err) ||
        !chance_of(tx, p, &hours.calendar, p->previous_id.n == 0, &chance, err))
        return false;
    p->id.n = id_new();
    p->chance = chance.chance;
    p->risk_at = promise_risk_at(hours.said, tx->now, p->due_at);
    if (chance.risk_at.ms > 0 && chance.risk_at.ms < p->risk_at.ms)
        p->risk_at = chance.risk_at;
    p->state = PROMISE_OPEN;
    p->is_owed = true;
    p->actor_kind = tx->actor.kind;
    p->actor_id = tx->actor.id;
    p->version = 1;
    finish(tx, p);
    return db_run(tx, SQL_PROMISE_ADD,
                  ARGS(arg_organisation(tx), arg_id(p->id), arg_id(p->case_id), arg_id(place),
                       arg_id(p->person_id), arg_id(p->message_id), arg_id(p->note_id),
                       arg_text(promise_kind_names[p->kind]), arg_text(p->words),
                       arg_bool(p->is_firm), arg_time(p->starts_at), arg_time(p->due_at),
                       arg_time(p->risk_at), arg_id(p->owner_id), arg_id(p->team_id),
                       arg_id(p->previous_id), arg_text(actor_kind_names[p->actor_kind]),
                       arg_int(p->actor_id), arg_time(p->created_at), arg_time(p->begun_at),
                       arg_int(chance.load), arg_real(p->chance)),
                  err) &&
           watch(tx, p, promise_lead_at(hours.said, p->risk_at, p->due_at), err);
}

bool promise_add(struct tx *tx, case_id about, const struct promise_draft *draft,
                 struct promise *out, struct err *err)
{
    struct casefile c;
    user_id maker = { tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 };

    /* Who closes it changes the same row; of one that was merged that is the other's. */
    if (!promise_check(tx, draft, err) || !case_get(tx, about, &c, err) ||
        !case_hold(tx, c.id, err) || !case_get(tx, about, &c, err))
        return false;
    if (c.status == CASE_DONE)
        return err_set(err, ERR_CONFLICT, "the case is done: open it again to promise more");
    *out = (struct promise){
        .case_id = c.id,
        .person_id = c.person_id,
        .message_id = draft->message_id,
        .note_id = draft->note_id,
        .kind = draft->kind,
        .words = draft->words,
        .is_firm = draft->is_firm,
        .starts_at = draft->starts_at,
        .due_at = draft->due_at,
        .owner_id = draft->owner_id.n ? draft->owner_id
                    : c.assignee_id.n ? c.assignee_id
                                      : maker,
        .team_id = draft->team_id.n ? draft->team_id : c.team_id,
    };
    return add(tx, out, (case_id){ 0 }, err) && tell(tx, "promise.made", out, err);
}

/* --- what becomes of it --------------------------------------------------------------------- */

bool promise_keep(struct tx *tx, struct promise *promise, const char *evidence, message_id message,
                  struct err *err)
{
    promise->evidence = evidence;
    promise->evidence_message_id = message;
    return enter(tx, promise, PROMISE_KEPT, err) && settle(tx, promise, "promise.kept", err);
}

bool promise_withdraw(struct tx *tx, struct promise *promise, const char *reason, struct err *err)
{
    if (text_is_blank(reason))
        return err_field(err, "reason", "say why");
    promise->reason = reason;
    return enter(tx, promise, PROMISE_WITHDRAWN, err) &&
           settle(tx, promise, "promise.withdrawn", err);
}

bool promise_move(struct tx *tx, struct promise *promise, const struct promise_move *move,
                  struct promise *out, struct err *err)
{
    if (text_is_blank(move->reason))
        return err_field(err, "reason", "say why");
    if (!check_moment(tx, move->starts_at, move->due_at, err) ||
        !check_known(tx, "message_id", SQL_PROMISE_MESSAGE_KNOWN, move->message_id.n, err) ||
        !case_hold(tx, promise->case_id, err) || !enter(tx, promise, PROMISE_MOVED, err))
        return false;
    *out = (struct promise){
        .case_id = promise->case_id,
        .person_id = promise->person_id,
        .message_id = move->message_id,
        .kind = promise->kind,
        .words = text_is_blank(move->words) ? promise->words : move->words,
        .is_firm = promise->is_firm,
        .starts_at = move->starts_at,
        .due_at = move->due_at,
        .owner_id = promise->owner_id,
        .team_id = promise->team_id,
        .previous_id = promise->id,
        .begun_at = promise->begun_at,
    };
    if (!add(tx, out, (case_id){ 0 }, err))
        return false;
    if (!db_run(tx, SQL_TASK_FOLLOW_PROMISE,
                ARGS(arg_organisation(tx), arg_id(promise->id), arg_id(out->id)), err))
        return false;
    promise->next_id = out->id;
    promise->reason = move->reason;
    promise->told_message_id = move->message_id;
    return settle(tx, promise, "promise.moved", err);
}

bool promise_reopen(struct tx *tx, struct promise *promise, struct err *err)
{
    bool is_past = promise->due_at.ms <= tx->now.ms;
    struct casefile c;
    instant lead_at;

    if (!find_lead_at(tx, promise, &lead_at, err) || !case_hold(tx, promise->case_id, err) ||
        !case_get(tx, promise->case_id, &c, err))
        return false;
    if (c.status == CASE_DONE)
        return err_set(err, ERR_CONFLICT, "the case is done: open it again first");
    if (!enter(tx, promise, is_past ? PROMISE_BROKEN : PROMISE_OPEN, err))
        return false;
    promise->evidence = promise->reason = NULL;
    promise->evidence_message_id.n = 0;
    if (is_past && promise->broken_at.ms == 0)
        promise->broken_at = promise->due_at;
    return settle(tx, promise, "promise.reopened", err) && watch(tx, promise, lead_at, err);
}

bool promise_answered(struct tx *tx, case_id about, message_id by, struct err *err)
{
    struct promise *promises;
    struct list owed;

    if (!db_all(tx, SQL_PROMISE_ANSWERS_OWED, ARGS(arg_organisation(tx), arg_id(about), arg_id(by)),
                promise_fields, sizeof(struct promise), &owed, err))
        return false;
    promises = owed.items;
    for (size_t i = 0; i < owed.n; i++)
        if (!promise_keep(tx, &promises[i], promises[i].kind == PROMISE_REPLY ? "message" : "task",
                          by, err))
            return false;
    return true;
}

bool promise_none_owed(struct tx *tx, case_id about, struct err *err)
{
    struct promise owed = { 0 };
    bool found;

    if (!db_find(tx, SQL_PROMISE_OWED_OF_CASE, ARGS(arg_organisation(tx), arg_id(about)),
                 promise_fields, &owed, &found, err))
        return false;
    return !found || err_set(err, ERR_CONFLICT,
                             "the case still owes a promise: keep, move or withdraw it first");
}

/* --- its moments ---------------------------------------------------------------------------- */

/* Its owner, else who has the case. */
static bool warn_owner(struct tx *tx, const struct promise *promise, enum alert_kind kind,
                       struct err *err)
{
    struct casefile c;

    if (promise->owner_id.n != 0)
        return alert_add(tx, promise->owner_id, kind, promise->case_id, err);
    return case_get(tx, promise->case_id, &c, err) &&
           alert_add(tx, c.assignee_id, kind, promise->case_id, err);
}

struct leader {
    user_id id;
};

static const struct field leader_fields[] = {
    FIELD(leader, id),
    { 0 },
};

static bool warn_leads(struct tx *tx, const struct promise *promise, enum alert_kind kind,
                       struct err *err)
{
    const struct leader *leaders;
    struct list list;

    if (!db_all(tx, SQL_PROMISE_LEADS, ARGS(arg_organisation(tx), arg_id(promise->team_id)),
                leader_fields, sizeof(struct leader), &list, err))
        return false;
    leaders = list.items;
    for (size_t i = 0; i < list.n; i++)
        if (!alert_add(tx, leaders[i].id, kind, promise->case_id, err))
            return false;
    return true;
}

static bool warn(struct tx *tx, struct promise *promise, instant lead_at, struct err *err)
{
    bool is_first = promise->warned_at.ms == 0;

    if (is_first && !warn_owner(tx, promise, ALERT_PROMISE_AT_RISK, err))
        return false;
    if (tx->now.ms >= lead_at.ms && !warn_leads(tx, promise, ALERT_PROMISE_AT_RISK, err))
        return false;
    promise->warned_at = tx->now;
    return save(tx, promise, err) && (!is_first || tell(tx, "promise.at_risk", promise, err)) &&
           watch(tx, promise, lead_at, err);
}

static bool break_it(struct tx *tx, struct promise *promise, struct err *err)
{
    promise->broken_at = promise->due_at;
    return enter(tx, promise, PROMISE_BROKEN, err) &&
           warn_owner(tx, promise, ALERT_PROMISE_BROKEN, err) &&
           warn_leads(tx, promise, ALERT_PROMISE_BROKEN, err) &&
           settle(tx, promise, "promise.broken", err);
}

bool promise_look(struct tx *tx, promise_id id, struct err *err)
{
    struct promise promise;
    instant lead_at;

    if (!promise_get(tx, id, &promise, err) || !find_lead_at(tx, &promise, &lead_at, err))
        return false;
    if (promise.state != PROMISE_OPEN)
        return true;
    if (promise.due_at.ms <= tx->now.ms)
        return break_it(tx, &promise, err);
    if (promise.risk_at.ms <= tx->now.ms && promise.warned_at.ms < lead_at.ms &&
        (promise.warned_at.ms == 0 || lead_at.ms <= tx->now.ms))
        return warn(tx, &promise, lead_at, err);
    return watch(tx, &promise, lead_at, err);
}
