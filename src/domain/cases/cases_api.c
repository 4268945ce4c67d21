#include "cases.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../labels/labels.h"
#include "../messages/messages.h"
#include "../people/people.h"

#include <string.h>

static bool add_labels(struct tx *tx, struct list *cases, struct err *err)
{
    struct casefile *all = cases->items;
    case_id *ids = NEW_ARRAY(tx->mem, case_id, cases->n);
    struct list *lists = NEW_ARRAY(tx->mem, struct list, cases->n);

    for (size_t i = 0; i < cases->n; i++)
        ids[i] = all[i].id;
    if (!label_list_of_cases(tx, ids, cases->n, lists, err))
        return false;
    for (size_t i = 0; i < cases->n; i++)
        all[i].labels = lists[i];
    return true;
}

static bool get_cases(struct request *rq, struct tx *tx, struct err *err)
{
    struct list cases;
    const char *next;

    return case_list(tx, rq->body, &cases, &next, err) && add_labels(tx, &cases, err) &&
           reply_list(rq, casefile_fields, sizeof(struct casefile), &cases, next);
}

/* By its id, or by the reference that people say. */
static bool find_case(struct request *rq, struct tx *tx, struct casefile *out, struct err *err)
{
    const char *text = request_param(rq, "id");
    case_id id;
    bool found;

    if (id_read("cas", text, strlen(text), &id.n))
        return case_get(tx, id, out, err);
    return case_by_reference(tx, text, out, &found, err) &&
           (found || err_set(err, ERR_NOT_FOUND, "there is no case %.20s", text));
}

static bool get_case(struct request *rq, struct tx *tx, struct err *err)
{
    struct person person;
    struct casefile c;
    bool complete;

    if (!find_case(rq, tx, &c, err) || !person_get(tx, c.person_id, &person, err) ||
        !label_list_of_case(tx, c.id, &c.labels, err) ||
        !case_timeline(tx, c.id, &c.timeline, &complete, err))
        return false;
    c.person_name = person.name;
    c.person = &person;
    c.has_older = !complete;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply_versioned(rq, 200, c.version, casefile_fields, &c);
}

/* --- changing ------------------------------------------------------------------------------------
 */

struct case_change {
    const char *title;
    unsigned status;
    team_id team_id;
    user_id assignee_id;
};

static const struct field case_change_fields[] = {
    FIELD(case_change, title, .min = 1, .max = CASE_TITLE_MAX),
    FIELD(case_change, status, .names = case_status_names),
    FIELD(case_change, team_id, .doc = "null: nobody's"),
    FIELD(case_change, assignee_id, .doc = "null: nobody's"),
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

static bool apply_change(struct request *rq, struct tx *tx, struct casefile *c, struct err *err)
{
    const struct case_change *change = rq->body;

    if (request_named(rq, "title"))
        c->title = change->title;
    if (request_named(rq, "status")) {
        if (change->status == CASE_NEW && c->status != CASE_NEW)
            return err_field(err, "status", "can't go back to new");
        if (c->status == CASE_DONE && change->status != CASE_DONE && !case_wait_again(tx, c, err))
            return false;
        c->status = change->status;
    }
    if (request_named(rq, "team_id"))
        c->team_id = change->team_id;
    if (request_named(rq, "assignee_id")) {
        c->assignee_id = change->assignee_id;
        if (c->assignee_id.n != 0 && !request_named(rq, "status"))
            case_apply(c, SOMEBODY_TOOK_IT, NULL, tx->now);
    }
    return check_owner(tx, "team_id", SQL_CASE_TEAM_KNOWN, c->team_id.n, err) &&
           check_owner(tx, "assignee_id", SQL_CASE_USER_KNOWN, c->assignee_id.n, err);
}

/* What of the case is different now, for history and for those who look at it. */
static const char *difference(struct arena *mem, const struct casefile *before,
                              const struct casefile *after)
{
    static const struct field fields[] = {
        FIELD(casefile, title),
        FIELD(casefile, status, .names = case_status_names),
        FIELD(casefile, team_id),
        FIELD(casefile, assignee_id),
        { 0 },
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

static bool patch_case(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile before, c;
    const char *changed;
    int64_t version;

    if (!find_case(rq, tx, &c, err) || !request_version(rq, c.version, &version, err))
        return false;
    if (c.version != version)
        return err_set(err, ERR_CHANGED, "somebody changed this case a moment ago");
    before = c;
    if (!apply_change(rq, tx, &c, err))
        return false;
    changed = difference(tx->mem, &before, &c);
    if (changed &&
        (!case_save(tx, &c, err) ||
         !event_add(tx,
                    &(struct event){ .kind = "case.changed", .case_id = c.id, .data = { changed } },
                    err)))
        return false;
    return reply_versioned(rq, 200, c.version, casefile_fields, &c);
}

static bool post_answer(struct request *rq, struct tx *tx, struct err *err)
{
    struct message message;
    struct casefile c;
    message_id id;

    return find_case(rq, tx, &c, err) && case_answer(tx, c.id, rq->body, &id, err) &&
           message_get(tx, id, &message, err) && reply(rq, 201, message_fields, &message);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases", READ, get_cases, CASE_READ, QUERY(case_query), MANY(casefile),
          "Lists cases by any filter, longest waiting first."),
    ROUTE(GET, "/api/v1/cases/{id}", READ, get_case, CASE_READ, NOTHING, ONE(casefile),
          "Reads a case, by id or reference, with its timeline; the reading is written down."),
    ROUTE(PATCH, "/api/v1/cases/{id}", WRITE, patch_case, CASE_WRITE, BODY(case_change),
          ONE(casefile), "Changes a case's title, status, team or assignee.", .is_versioned = true),
    ROUTE(POST, "/api/v1/cases/{id}/messages", WRITE, post_answer, CASE_WRITE, BODY(answer),
          MADE(message), "Answers: the message is queued, and sent by the channel's worker."),
};
const struct routes case_routes = ROUTES(rows);
