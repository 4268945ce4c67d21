#include "change.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../devices/devices.h"
#include "../promises/promises.h"
#include "titles.h"

#include <string.h>

static const int64_t SNOOZE_MAX_MS = 366 * DAY_MS;

const struct field case_change_fields[] = {
    FIELD(case_change, title, .min = 1, .max = CASE_TITLE_MAX),
    FIELD(case_change, status, .names = case_status_names),
    FIELD(case_change, team_id, .doc = "null: nobody's"),
    FIELD(case_change, assignee_id, .doc = "null: nobody's"),
    FIELD(case_change, priority, .names = case_priority_names,
          .doc = "judged: nobody decides, it's as its customer's words are"),
    FIELD(case_change, priority_why, .max = CASE_WHY_MAX,
          .doc = "Why; goes when another priority is decided without"),
    FIELD(case_change, snoozed_until,
          .doc = "It stands in no list but that of what is snoozed until then, or until the "
                 "customer is heard; null: it's back"),
    { 0 },
};

static bool check_owner(struct tx *tx, const char *field, enum sql sql, int64_t id, struct err *err)
{
    int64_t known;

    if (id == 0)
        return true;
    return db_number(tx, sql, ARGS(arg_organisation(tx), arg_int(id)), &known, err) &&
           (known > 0 || err_field(err, field, "isn't known here"));
}

bool case_check_owners(struct tx *tx, team_id team, user_id assignee, struct err *err)
{
    return check_owner(tx, "team_id", SQL_CASE_TEAM_KNOWN, team.n, err) &&
           check_owner(tx, "assignee_id", SQL_CASE_USER_KNOWN, assignee.n, err);
}

static bool put_away(const struct tx *tx, instant until, struct casefile *c, struct err *err)
{
    if (until.ms != 0 && c->status == CASE_DONE)
        return err_field(err, "snoozed_until", "what is done can't be put away");
    if (until.ms != 0 && (until.ms <= tx->now.ms || until.ms > tx->now.ms + SNOOZE_MAX_MS))
        return err_field(err, "snoozed_until", "must be a moment to come, within a year");
    c->snoozed_until = until;
    c->snoozed_by.n = tx->actor.kind == ACTOR_USER ? tx->actor.id : 0;
    return true;
}

/* Another priority leaves the reason of the one before behind. */
static void decide(struct tx *tx, const struct case_change *change, struct casefile *c)
{
    bool has_why = change->has_priority_why && !text_is_blank(change->priority_why);

    if (!change->has_priority && !change->has_priority_why)
        return;
    if (change->has_priority)
        c->priority = change->priority;
    c->priority_why = has_why && c->priority != PRIORITY_JUDGED
                          ? text_preview(tx->mem, change->priority_why, CASE_WHY_MAX)
                          : NULL;
}

static bool apply_change(struct tx *tx, const struct case_change *change, struct casefile *c,
                         struct err *err)
{
    if (change->has_title) {
        c->title = text_preview(tx->mem, change->title, CASE_TITLE_MAX);
        if (*c->title == '\0')
            return err_field(err, "title", "has nothing in it");
    }
    if (change->has_status) {
        if (change->status == CASE_NEW && c->status != CASE_NEW)
            return err_field(err, "status", "can't go back to new");
        if (c->status == CASE_DONE && change->status != CASE_DONE && !case_wait_again(tx, c, err))
            return false;
        if (change->status == CASE_DONE && !promise_none_owed(tx, c->id, err))
            return false;
        c->status = change->status;
    }
    if (change->has_team)
        c->team_id = change->team_id;
    if (change->has_assignee) {
        c->assignee_id = change->assignee_id;
        if (c->assignee_id.n != 0 && !change->has_status)
            case_apply(c, SOMEBODY_TOOK_IT, NULL, tx->now);
    }
    decide(tx, change, c);
    if (change->has_snooze && !put_away(tx, change->snoozed_until, c, err))
        return false;
    return case_check_owners(tx, c->team_id, c->assignee_id, err);
}

/* What of the case is different now, for history and for those who look at it. */
static const char *difference(struct arena *mem, const struct casefile *before,
                              const struct casefile *after)
{
    static const struct field fields[] = {
        FIELD(casefile, title),         FIELD(casefile, status, .names = case_status_names),
        FIELD(casefile, team_id),       FIELD(casefile, assignee_id),
        FIELD(casefile, snoozed_until), FIELD(casefile, priority, .names = case_priority_names),
        FIELD(casefile, priority_why),  { 0 },
    };
    struct buf json = BUF(4096);
    const char *text;
    struct field one[2] = { 0 };

    for (const struct field *f = fields; f->name; f++) {
        struct buf was = BUF(1024), is = BUF(1024);
        one[0] = *f;
        json_write(&was, one, before);
        json_write(&is, one, after);
        if (!text_equal(buf_str(&was), buf_str(&is))) {
            /* {"a":1} and {"b":2} become {"a":1,"b":2}. */
            if (json.len > 0)
                json.data[json.len - 1] = ',';
            buf_text(&json, buf_str(&is) + (json.len > 0));
        }
        buf_free(&was);
        buf_free(&is);
    }
    text = json.len > 0 ? arena_text(mem, buf_str(&json)) : NULL;
    buf_free(&json);
    return text;
}

bool case_change(struct tx *tx, const struct case_change *change, struct casefile *c,
                 struct err *err)
{
    const struct casefile before = *c;
    const char *changed;

    if (!apply_change(tx, change, c, err))
        return false;
    if (c->assignee_id.n != before.assignee_id.n &&
        !notice_add(tx, c->assignee_id, NOTICE_ASSIGNED, c->id, err))
        return false;
    if (c->snoozed_until.ms > 0 && c->snoozed_until.ms != before.snoozed_until.ms &&
        !job_add(tx, "wake", c->id.n, c->snoozed_until, err))
        return false;
    if (!text_equal(c->title, before.title) && !case_title_index(tx, c->id, c->title, err))
        return false;
    changed = difference(tx->mem, &before, c);
    return !changed || (case_save(tx, c, err) && event_add(tx,
                                                           &(struct event){ .kind = "case.changed",
                                                                            .case_id = c->id,
                                                                            .data = { changed } },
                                                           err));
}
