#include "labels.h"

#include "../cases/cases.h"

static const struct field label_draft_fields[] = {
    FIELD(label_draft, name, .min = 1, .max = LABEL_NAME_MAX),
    FIELD(label_draft, colour, .max = 10, .doc = "#rrggbb or a name; grey when none is given"),
    { 0 },
};

static bool get_labels(struct request *rq, struct tx *tx, struct err *err)
{
    struct list labels;

    return label_list(tx, &labels, err) &&
           reply_list(rq, label_fields, sizeof(struct label), &labels, NULL);
}

static bool post_label(struct request *rq, struct tx *tx, struct err *err)
{
    struct label label;

    return label_add(tx, rq->body, &label, err) && reply(rq, 201, label_fields, &label);
}

static bool patch_label(struct request *rq, struct tx *tx, struct err *err)
{
    struct label label;
    label_id id;

    return request_id(rq, "id", "lab", &id.n, err) && label_change(tx, id, rq->body, &label, err) &&
           reply(rq, 200, label_fields, &label);
}

static bool delete_label(struct request *rq, struct tx *tx, struct err *err)
{
    label_id id;

    return request_id(rq, "id", "lab", &id.n, err) && label_remove(tx, id, err) &&
           reply_nothing(rq);
}

static bool put_case_label(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;
    label_id label;

    return case_of_request(rq, tx, &c, err) && request_id(rq, "label", "lab", &label.n, err) &&
           label_put_on(tx, label, c.id, err) && reply_nothing(rq);
}

static bool delete_case_label(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;
    label_id label;

    return case_of_request(rq, tx, &c, err) && request_id(rq, "label", "lab", &label.n, err) &&
           label_take_off(tx, label, c.id, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/labels", READ, get_labels, CASE_READ, NOTHING, MANY(label),
          "Lists all labels by name, in one page."),
    ROUTE(POST, "/api/v1/labels", WRITE, post_label, CASE_WRITE, BODY(label_draft), MADE(label),
          "Makes a label."),
    ROUTE(PATCH, "/api/v1/labels/{id}", WRITE, patch_label, CASE_WRITE, BODY(label_draft),
          ONE(label), "Renames a label or gives it another colour, on all cases."),
    ROUTE(DELETE, "/api/v1/labels/{id}", WRITE, delete_label, CASE_WRITE, NOTHING, NOTHING,
          "Removes a label and takes it off all cases."),
    ROUTE(PUT, "/api/v1/cases/{id}/labels/{label}", WRITE, put_case_label, CASE_WRITE, NOTHING,
          NOTHING, "Puts a label on a case; twice is once."),
    ROUTE(DELETE, "/api/v1/cases/{id}/labels/{label}", WRITE, delete_case_label, CASE_WRITE,
          NOTHING, NOTHING, "Takes a label off a case."),
};
const struct routes label_routes = ROUTES(rows);
