#include "read_marks.h"

#include "../alerts/alerts.h"

static bool mark(struct request *rq, struct tx *tx, bool is_read, struct err *err)
{
    struct casefile c;

    return case_of_request(rq, tx, &c, err) && read_mark_set(tx, &c, is_read, err) &&
           (!is_read || alert_remove(tx, (user_id){ tx->actor.id }, c.id, err)) &&
           reply_nothing(rq);
}

static bool put_read(struct request *rq, struct tx *tx, struct err *err)
{
    return mark(rq, tx, true, err);
}

static bool delete_read(struct request *rq, struct tx *tx, struct err *err)
{
    return mark(rq, tx, false, err);
}

static const struct route rows[] = {
    ROUTE(PUT, "/api/v1/cases/{id}/read", WRITE, put_read, CASE_READ, NOTHING, NOTHING,
          "Marks a case as read by the caller, until its customer is heard again, and takes away "
          "what "
          "he was alerted to in it; twice is once."),
    ROUTE(DELETE, "/api/v1/cases/{id}/read", WRITE, delete_read, CASE_READ, NOTHING, NOTHING,
          "Marks a case as unread to the caller; twice is once."),
};
const struct routes read_mark_routes = ROUTES(rows);
