#include "change.h"

#include "../labels/labels.h"
#include "../messages/messages.h"
#include "../people/people.h"
#include "../read_marks/read_marks.h"
#include "cluster.h"
#include "proposals.h"

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
    struct case_query query = *(const struct case_query *)rq->body;
    struct list cases;
    const char *next;

    return case_order_words(query.q, request_named(rq, "status"), request_named(rq, "sort"),
                            &query.status, &query.sort, err) &&
           case_list(tx, &query, &cases, &next, err) && add_labels(tx, &cases, err) &&
           read_mark_fill(tx, cases.items, cases.n, err) &&
           reply_list(rq, casefile_fields, sizeof(struct casefile), &cases, next);
}

bool case_of_request(const struct request *rq, struct tx *tx, struct casefile *out, struct err *err)
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
    const struct timeline_part newest = { TIMELINE_BEFORE, INT64_MAX, TIMELINE_PART, false };
    struct person person;
    struct casefile c;

    if (!case_of_request(rq, tx, &c, err) || !person_get(tx, c.person_id, &person, err) ||
        !label_list_of_case(tx, c.id, &c.labels, err) || !read_mark_fill(tx, &c, 1, err) ||
        !case_timeline(tx, c.id, &newest, &c.timeline, &c.has_older, err))
        return false;
    if (!case_members(tx, c.id, &c.members, err) || !proposal_list(tx, c.id, &c.proposals, err))
        return false;
    c.person = &person;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply_versioned(rq, 200, c.version, casefile_fields, &c);
}

static bool patch_case(struct request *rq, struct tx *tx, struct err *err)
{
    struct case_change change = *(const struct case_change *)rq->body;
    struct casefile c;
    int64_t version;

    change.has_title = request_named(rq, "title");
    change.has_status = request_named(rq, "status");
    change.has_team = request_named(rq, "team_id");
    change.has_assignee = request_named(rq, "assignee_id");
    change.has_snooze = request_named(rq, "snoozed_until");
    change.has_priority = request_named(rq, "priority");
    change.has_priority_why = request_named(rq, "priority_why");
    if (!case_of_request(rq, tx, &c, err) || !request_version(rq, c.version, &version, err))
        return false;
    if (c.version != version)
        return err_set(err, ERR_CHANGED, "somebody changed this case a moment ago");
    return case_change(tx, &change, &c, err) &&
           reply_versioned(rq, 200, c.version, casefile_fields, &c);
}

static bool post_answer(struct request *rq, struct tx *tx, struct err *err)
{
    struct message message;
    struct casefile c;
    message_id id;

    /* In the body `new` is what it is when nothing was said. */
    if (request_named(rq, "status") && ((const struct answer *)rq->body)->status == CASE_NEW)
        return err_field(err, "status", "can't go back to new");
    return case_of_request(rq, tx, &c, err) && case_answer(tx, c.id, rq->body, &id, err) &&
           message_get(tx, id, &message, err) && reply(rq, 201, message_fields, &message);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases", READ, get_cases, CASE_READ, QUERY(case_query), MANY(casefile),
          "Lists cases by any filter, longest waiting first."),
    ROUTE(GET, "/api/v1/cases/{id}", READ, get_case, CASE_READ, NOTHING, ONE(casefile),
          "Reads a case, by id or reference, with the newest part of its timeline; the reading is "
          "written down."),
    ROUTE(PATCH, "/api/v1/cases/{id}", WRITE, patch_case, CASE_WRITE, BODY(case_change),
          ONE(casefile),
          "Changes a case's title, status, team, assignee or priority, or snoozes it.",
          .is_versioned = true),
    ROUTE(POST, "/api/v1/cases/{id}/messages", WRITE, post_answer, CASE_WRITE, BODY(answer),
          MADE(message), "Answers: the message is queued, and sent by the channel's worker."),
};
const struct routes case_routes = ROUTES(rows);
