#include "alerts.h"

#include "../devices/devices.h"

static const char *const kind_names[] = { "mentioned", "woke", "promise_at_risk", "promise_broken",
                                          NULL };

static const enum notice_kind notice_of[] = {
    [ALERT_MENTIONED] = NOTICE_MENTIONED,
    [ALERT_WOKE] = NOTICE_WOKE,
    [ALERT_PROMISE_AT_RISK] = NOTICE_PROMISE,
    [ALERT_PROMISE_BROKEN] = NOTICE_PROMISE,
};

const struct field alert_fields[] = {
    FIELD(alert, case_id, .flags = REQUIRED),
    FIELD(alert, kind, .names = kind_names,
          .doc =
              "mentioned: a note names one; woke: what one had put away is back; promise_at_risk, "
              "promise_broken: one's own, or one of a team that one leads"),
    FIELD(alert, by_user_id, .doc = "Who wrote the note"),
    FIELD(alert, reference, .flags = REQUIRED),
    FIELD(alert, title, .flags = REQUIRED),
    FIELD(alert, person_name, .flags = REQUIRED),
    FIELD(alert, at, .flags = REQUIRED),
    { 0 },
};

bool alert_add(struct tx *tx, user_id user, enum alert_kind kind, case_id about, struct err *err)
{
    bool by_user = tx->actor.kind == ACTOR_USER;

    if (user.n == 0 || (by_user && tx->actor.id == user.n))
        return true;
    return db_run(tx, SQL_ALERT_ADD,
                  ARGS(arg_organisation(tx), arg_id(user), arg_id(about),
                       arg_text(kind_names[kind]), arg_id_number(by_user ? tx->actor.id : 0),
                       arg_time(tx->now)),
                  err) &&
           notice_add(tx, user, notice_of[kind], about, err);
}

bool alert_list(struct tx *tx, user_id user, struct list *out, struct err *err)
{
    return db_all(tx, SQL_ALERT_LIST, ARGS(arg_organisation(tx), arg_id(user), arg_int(ALERTS_MAX)),
                  alert_fields, sizeof(struct alert), out, err);
}

bool alert_remove(struct tx *tx, user_id user, case_id about, struct err *err)
{
    return db_run(tx, SQL_ALERT_REMOVE, ARGS(arg_organisation(tx), arg_id(user), arg_id(about)),
                  err);
}
