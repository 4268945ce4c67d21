#include "cluster.h"

#include "../../base/crypt.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../alerts/alerts.h"
#include "../labels/labels.h"
#include "../people/people.h"
#include "../understanding/judge.h"
#include "proposals.h"

#include <string.h>

const int64_t case_nobody_waits = 253402300799999;
static const int64_t REFERENCES = 729000000; /* 30^6: what six characters can say */

const char *const case_status_names[] = { "new", "open", "waiting", "done", NULL };

const char *const case_priority_names[] = { "judged", "low", "normal", "high", "critical", NULL };

const struct field casefile_fields[] = {
    FIELD(casefile, id, .flags = REQUIRED),
    FIELD(casefile, reference, .flags = REQUIRED,
          .doc = "What people say and write; it has a check character"),
    FIELD(casefile, title, .flags = REQUIRED),
    FIELD(casefile, status, .names = case_status_names),
    FIELD(casefile, is_active, .flags = SECRET),
    FIELD(casefile, person_id, .flags = REQUIRED),
    FIELD(casefile, channel_id, .doc = "Where it began; null: a colleague noted it down"),
    FIELD(casefile, team_id),
    FIELD(casefile, assignee_id),
    FIELD(casefile, preview, .flags = REQUIRED, .doc = "The newest message's first words"),
    FIELD(casefile, messages_n),
    FIELD(casefile, opened_at, .flags = REQUIRED),
    FIELD(casefile, last_message_at, .doc = "The newest of its messages; null: there is none"),
    FIELD(casefile, done_at),
    FIELD(casefile, updated_at, .flags = REQUIRED),
    FIELD(casefile, waiting_since, .doc = "Since when the customer waits for us"),
    FIELD(casefile, waiting_order, .flags = SECRET),
    FIELD(casefile, snoozed_until, .doc = "Put away until then, or until the customer is heard"),
    FIELD(casefile, snoozed_by, .doc = "Who put it away"),
    FIELD(casefile, version),
    FIELD(casefile, emotion, .flags = OPTIONAL, .names = emotion_names,
          .doc = "Of the customer's newest message"),
    FIELD(casefile, urgency, .flags = OPTIONAL, .names = urgency_names,
          .doc = "Of the customer's newest message"),
    FIELD(casefile, priority, .names = case_priority_names,
          .doc = "What a colleague decided; judged: nobody did, and it's as its urgency"),
    FIELD(casefile, priority_why, .doc = "Why that was decided"),
    FIELD(casefile, person_name, .flags = REQUIRED),
    FIELD(casefile, heard_n, .flags = SECRET),
    FIELD(casefile, is_unread, .flags = OPTIONAL,
          .doc = "The customer was heard since the caller read it"),
    FIELD(casefile, merged_into, .flags = SECRET),
    FIELD(casefile, root_id, .flags = SECRET),
    FIELD(casefile, own_status, .flags = SECRET, .names = case_status_names),
    FIELD(casefile, own_waiting, .flags = SECRET),
    FIELD(casefile, own_since, .flags = SECRET),
    FIELD(casefile, is_emptied, .flags = SECRET),
    FIELD(casefile, members, .flags = OPTIONAL, .of = case_member_fields,
          .size = sizeof(struct case_member),
          .doc = "The cases that were merged into it: their ids and references lead here"),
    FIELD(casefile, proposals, .flags = OPTIONAL, .of = case_proposal_fields,
          .size = sizeof(struct case_proposal),
          .doc = "Cases of the same customer that it may be part of, the likeliest first"),
    FIELD(casefile, labels, .flags = OPTIONAL, .of = label_fields, .size = sizeof(struct label)),
    FIELD(casefile, person, .flags = OPTIONAL, .of = person_fields),
    FIELD(casefile, timeline, .flags = OPTIONAL, .of = timeline_item_fields,
          .size = sizeof(struct timeline_item), .doc = "Messages, notes and history, oldest first"),
    FIELD(casefile, has_older, .flags = OPTIONAL, .doc = "The timeline shows only the newest"),
    { 0 },
};

/* --- the move table -----------------------------------------------------------------------------
 */

static const struct {
    enum case_status from;
    enum case_event on;
    enum case_status to;
} moves[] = {
    { CASE_NEW,     SOMEBODY_TOOK_IT, CASE_OPEN    },
    { CASE_NEW,     WE_ANSWERED,      CASE_WAITING },
    { CASE_OPEN,    WE_ANSWERED,      CASE_WAITING },
    { CASE_DONE,    WE_ANSWERED,      CASE_WAITING },
    { CASE_WAITING, THEY_WROTE,       CASE_OPEN    },
    { CASE_DONE,    THEY_WROTE,       CASE_OPEN    },
    { CASE_WAITING, DELIVERY_FAILED,  CASE_OPEN    },
    { CASE_DONE,    DELIVERY_FAILED,  CASE_OPEN    },
};

enum case_status case_next(enum case_status from, enum case_event event)
{
    for (size_t i = 0; i < COUNT(moves); i++)
        if (moves[i].from == from && moves[i].on == event)
            return moves[i].to;
    return from;
}

void case_count_message(struct casefile *c, instant at)
{
    c->messages_n++;
    if (at.ms > c->last_message_at.ms)
        c->last_message_at = at;
}

void case_apply(struct casefile *c, enum case_event event, const char *preview, instant at)
{
    c->status = case_next(c->status, event);
    if (preview) {
        c->preview = preview;
        case_count_message(c, at);
    }
    switch (event) {
    case THEY_WROTE:
    case DELIVERY_FAILED:
        if (c->waiting_since.ms == 0 || at.ms < c->waiting_since.ms)
            c->waiting_since = at;
        c->snoozed_until = (instant){ 0 };
        c->heard_n++;
        break;
    case WE_ANSWERED:
        c->waiting_since = (instant){ 0 };
        break;
    case SOMEBODY_TOOK_IT:
        break;
    }
}

/* --- rows
 * ------------------------------------------------------------------------------------------ */

static bool get_row(struct tx *tx, case_id id, struct casefile *out, struct err *err)
{
    *out = (struct casefile){ .place = id };
    return db_one(tx, SQL_CASE_GET, ARGS(arg_organisation(tx), arg_id(id)), casefile_fields, out,
                  err);
}

/* What was found, or what it was merged into. */
static bool follow(struct tx *tx, struct casefile *c, struct err *err)
{
    case_id asked = c->id;

    if (c->root_id.n != 0 && !get_row(tx, c->root_id, c, err))
        return false;
    c->place = asked;
    return true;
}

bool case_get(struct tx *tx, case_id id, struct casefile *out, struct err *err)
{
    return get_row(tx, id, out, err) && follow(tx, out, err);
}

bool case_hold(struct tx *tx, case_id id, struct err *err)
{
    return text_equal(db_engine(tx), "sqlite") ||
           db_run(tx, SQL_CASE_HOLD_POSTGRES, ARGS(arg_organisation(tx), arg_id(id)), err);
}

bool case_by_reference(struct tx *tx, const char *reference, struct casefile *out, bool *found,
                       struct err *err)
{
    char text[REFERENCE_TEXT_MAX];
    int64_t number;

    *out = (struct casefile){ 0 };
    *found = false;
    if (!reference_read(reference, strlen(reference), &number))
        return true;
    reference_write(number, text);
    return db_find(tx, SQL_CASE_BY_REFERENCE, ARGS(arg_organisation(tx), arg_text(text)),
                   casefile_fields, out, found, err) &&
           (!*found || follow(tx, out, err));
}

/* Drawn, not counted: a counter would make everybody wait for everybody, and tell outsiders how
 * many cases there are. */
static bool draw_reference(struct tx *tx, const char **out, struct err *err)
{
    char text[REFERENCE_TEXT_MAX];
    int64_t taken;

    do {
        uint64_t random;
        random_bytes(&random, sizeof(random));
        reference_write(1 + (int64_t)(random % (uint64_t)(REFERENCES - 1)), text);
        if (!db_number(tx, SQL_CASE_REFERENCE_TAKEN, ARGS(arg_organisation(tx), arg_text(text)),
                       &taken, err))
            return false;
    } while (taken > 0);
    *out = arena_text(tx->mem, text);
    return true;
}

void case_derive(struct tx *tx, struct casefile *c)
{
    if (c->status == CASE_DONE)
        c->waiting_since = c->snoozed_until = (instant){ 0 };
    if (c->snoozed_until.ms == 0)
        c->snoozed_by.n = 0;
    c->updated_at = tx->now;
    c->done_at = c->status != CASE_DONE ? (instant){ 0 } : c->done_at.ms > 0 ? c->done_at : tx->now;
    c->is_active = c->status != CASE_DONE && c->snoozed_until.ms == 0 && c->root_id.n == 0;
    c->waiting_order = c->waiting_since.ms > 0 ? c->waiting_since.ms : case_nobody_waits;
}

bool case_open(struct tx *tx, struct casefile *c, struct err *err)
{
    c->id.n = id_new();
    c->title = text_preview(tx->mem, c->title, CASE_TITLE_MAX);
    if (c->opened_at.ms == 0)
        c->opened_at = tx->now;
    c->version = 1;
    c->place = c->id;
    if (!c->preview)
        c->preview = "";
    case_derive(tx, c);
    return draw_reference(tx, &c->reference, err) && person_hold(tx, c->person_id, err) &&
           db_run(tx, SQL_CASE_ADD,
                  ARGS(arg_organisation(tx), arg_id(c->id), arg_text(c->reference),
                       arg_text(c->title), arg_text(case_status_names[c->status]),
                       arg_bool(c->is_active), arg_id(c->person_id), arg_int(c->channel_id.n),
                       arg_id(c->team_id), arg_id(c->assignee_id), arg_text(c->preview),
                       arg_int(c->messages_n), arg_time(c->opened_at), arg_time(c->waiting_since),
                       arg_int(c->waiting_order), arg_time(c->updated_at), arg_text(c->emotion),
                       arg_text(c->urgency), arg_int(c->heard_n), arg_time(c->last_message_at)),
                  err) &&
           event_add(tx, &(struct event){ .kind = "case.opened", .case_id = c->id }, err);
}

/* Makes *c the next version, if the statement found the one that was read. */
static bool take_version(struct casefile *c, int64_t rows, struct err *err)
{
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this case a moment ago");
    c->version++;
    return true;
}

/* Only where there are any: an UPDATE that may change several rows makes SQLite write out the words
 * of the search that have come in with the transaction, for each message again. */
static bool labels_follow(struct tx *tx, const struct casefile *c, struct err *err)
{
    int64_t has_labels;

    if (!db_number(tx, SQL_CASE_HAS_LABELS, ARGS(arg_organisation(tx), arg_id(c->id)), &has_labels,
                   err))
        return false;
    return !has_labels || db_run(tx, SQL_CASE_LABELS_FOLLOW,
                                 ARGS(arg_organisation(tx), arg_id(c->id), arg_bool(c->is_active),
                                      arg_int(c->waiting_order)),
                                 err);
}

bool case_save(struct tx *tx, struct casefile *c, struct err *err)
{
    bool was_done = c->done_at.ms > 0;
    int64_t rows;

    case_derive(tx, c);
    return db_change(tx, SQL_CASE_SAVE,
                     ARGS(arg_organisation(tx), arg_id(c->id), arg_int(c->version),
                          arg_text(c->title), arg_text(case_status_names[c->status]),
                          arg_bool(c->is_active), arg_id(c->team_id), arg_id(c->assignee_id),
                          arg_text(c->preview), arg_int(c->messages_n), arg_time(c->done_at),
                          arg_time(c->updated_at), arg_time(c->waiting_since),
                          arg_int(c->waiting_order), arg_text(c->emotion), arg_text(c->urgency),
                          arg_int(c->heard_n), arg_time(c->snoozed_until), arg_id(c->snoozed_by),
                          arg_time(c->last_message_at), arg_text(case_priority_names[c->priority]),
                          arg_text(c->priority_why)),
                     &rows, err) &&
           take_version(c, rows, err) && labels_follow(tx, c, err) &&
           (was_done || c->status != CASE_DONE || job_add(tx, "effort", c->id.n, tx->now, err));
}

enum why_awake { ITS_MOMENT, ITS_CUSTOMER, ITS_DELIVERY };
static const char *const why_awake_names[] = { "moment", "customer", "delivery" };

/* Says why it's back, to who finds it in his list again; whose it is hears of his customer as of
 * any other. */
static bool wake_up(struct tx *tx, struct casefile *c, enum why_awake why, struct err *err)
{
    const char *data = arena_printf(tx->mem, "{\"why\":\"%s\"}", why_awake_names[why]);
    const user_id by = c->snoozed_by, whose = c->assignee_id;

    return case_save(tx, c, err) &&
           event_add(tx, &(struct event){ .kind = "case.woke", .case_id = c->id, .data = { data } },
                     err) &&
           (by.n == whose.n || alert_add(tx, by, ALERT_WOKE, c->id, err)) &&
           (why == ITS_CUSTOMER || alert_add(tx, whose, ALERT_WOKE, c->id, err));
}

bool case_move(struct tx *tx, struct casefile *c, enum case_event event, const char *preview,
               instant at, struct err *err)
{
    const struct casefile before = *c;
    int64_t rows;

    case_apply(c, event, preview, at);
    if (c->snoozed_until.ms != before.snoozed_until.ms)
        return wake_up(tx, c, event == THEY_WROTE ? ITS_CUSTOMER : ITS_DELIVERY, err);
    if (c->status != before.status || c->waiting_since.ms != before.waiting_since.ms)
        return case_save(tx, c, err);
    c->updated_at = tx->now;
    return db_change(tx, SQL_CASE_NOTE_MESSAGE,
                     ARGS(arg_organisation(tx), arg_id(c->id), arg_int(c->version),
                          arg_text(c->preview), arg_int(c->messages_n), arg_time(c->updated_at),
                          arg_text(c->emotion), arg_text(c->urgency), arg_int(c->heard_n),
                          arg_time(c->last_message_at)),
                     &rows, err) &&
           take_version(c, rows, err);
}

bool case_wake(struct tx *tx, case_id id, struct err *err)
{
    struct casefile c;

    if (!case_get(tx, id, &c, err))
        return false;
    if (c.snoozed_until.ms == 0 || c.snoozed_until.ms > tx->now.ms)
        return true;
    c.snoozed_until = (instant){ 0 };
    c.heard_n++;
    return wake_up(tx, &c, ITS_MOMENT, err);
}

bool case_unreached(struct tx *tx, case_id id, struct err *err)
{
    struct casefile c;

    return case_get(tx, id, &c, err) && case_move(tx, &c, DELIVERY_FAILED, NULL, tx->now, err);
}

bool case_reached(struct tx *tx, case_id id, struct err *err)
{
    struct casefile c;

    if (!case_get(tx, id, &c, err))
        return false;
    if (c.status == CASE_DONE)
        return true;
    if (!case_wait_again(tx, &c, err))
        return false;
    if (c.waiting_since.ms == 0)
        case_apply(&c, WE_ANSWERED, NULL, tx->now);
    return case_save(tx, &c, err);
}

bool case_wait_again(struct tx *tx, struct casefile *c, struct err *err)
{
    return db_number(tx, SQL_CASE_UNANSWERED_SINCE, ARGS(arg_organisation(tx), arg_id(c->id)),
                     &c->waiting_since.ms, err);
}
