#include "alerts.h"

static bool get_alerts(struct request *rq, struct tx *tx, struct err *err)
{
    struct list alerts;

    return alert_list(tx, (user_id){ tx->actor.id }, &alerts, err) &&
           reply_list(rq, alert_fields, sizeof(struct alert), &alerts, NULL);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/me/alerts", READ, get_alerts, CASE_READ, NOTHING, MANY(alert),
          "Lists what one is alerted to, newest first: a case marked as read, or a task "
          "looked at, has nothing more to tell."),
};
const struct routes alert_routes = ROUTES(rows);
