#include "presence.h"

#include "../cases/cases.h"
#include "../visitors/visitors.h"

const char *const presence_state_names[] = { "open", "typing", "typing_note", NULL };

const struct field presence_fields[] = {
    FIELD(presence, case_id, .flags = REQUIRED),
    FIELD(presence, user_id, .flags = REQUIRED),
    FIELD(presence, state, .names = presence_state_names,
          .doc = "typing: to the customer; typing_note: to the team"),
    FIELD(presence, since, .flags = REQUIRED, .doc = "In this state"),
    FIELD(presence, until, .flags = REQUIRED, .doc = "Then it lapses, unless it is said again"),
    { 0 },
};

static bool save(struct tx *tx, const struct presence *presence, struct err *err)
{
    tx_wake(tx, WAKE_PRESENCE);
    return db_run(tx, SQL_PRESENCE_SAVE,
                  ARGS(arg_organisation(tx), arg_id(presence->case_id), arg_id(presence->user_id),
                       arg_text(presence_state_names[presence->state]), arg_time(presence->since),
                       arg_time(presence->until), arg_int(id_new())),
                  err) &&
           visitors_of_case_have_news(tx, presence->case_id, err);
}

/* What others know already wakes nobody. */
static bool renew(struct tx *tx, const struct presence *presence, struct err *err)
{
    return db_run(tx, SQL_PRESENCE_RENEW,
                  ARGS(arg_organisation(tx), arg_id(presence->case_id), arg_id(presence->user_id),
                       arg_time(presence->until)),
                  err);
}

static bool take_over(struct tx *tx, case_id id, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_PRESENCE_TAKE_OVER,
                   ARGS(arg_organisation(tx), arg_id(id), arg_id_number(tx->actor.id),
                        arg_time(tx->now), arg_int(id_new())),
                   &rows, err))
        return false;
    if (rows == 0)
        return true;
    tx_wake(tx, WAKE_PRESENCE);
    return visitors_of_case_have_news(tx, id, err);
}

static bool forget(struct tx *tx, case_id id, struct err *err)
{
    return db_run(tx, SQL_PRESENCE_FORGET,
                  ARGS(arg_organisation(tx), arg_id_number(tx->actor.id), arg_id(id),
                       arg_time(tx->now), arg_int(PRESENCE_MAX - 2)),
                  err);
}

bool presence_say(struct tx *tx, case_id id, enum presence_state state, bool takes_over,
                  struct presence *out, struct err *err)
{
    struct casefile c;
    bool found, is_known;

    *out = (struct presence){ 0 };
    if (!case_get(tx, id, &c, err))
        return false;
    id = c.id;
    if ((takes_over && !take_over(tx, id, err)) ||
        !db_find(tx, SQL_PRESENCE_GET,
                 ARGS(arg_organisation(tx), arg_id(id), arg_id_number(tx->actor.id)),
                 presence_fields, out, &found, err))
        return false;
    is_known = found && out->until.ms > tx->now.ms && out->state == state;
    *out = (struct presence){ .case_id = id,
                              .user_id = { tx->actor.id },
                              .state = state,
                              .since = is_known ? out->since : tx->now,
                              .until = instant_plus(tx->now, PRESENCE_MS) };
    return forget(tx, id, err) && (is_known ? renew(tx, out, err) : save(tx, out, err));
}

bool presence_leave(struct tx *tx, case_id id, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_PRESENCE_LEAVE,
                   ARGS(arg_organisation(tx), arg_id(id), arg_id_number(tx->actor.id),
                        arg_time(tx->now), arg_int(id_new())),
                   &rows, err))
        return false;
    if (rows == 0)
        return true;
    tx_wake(tx, WAKE_PRESENCE);
    return visitors_of_case_have_news(tx, id, err);
}
