#include "presence.h"

#include "../cases/cases.h"

struct presence_said {
    unsigned state;
    bool takes_over;
};

static const struct field presence_said_fields[] = {
    FIELD(presence_said, state, .names = presence_state_names),
    FIELD(presence_said, takes_over, .doc = "Who types to the customer now only looks on"),
    { 0 },
};

static bool put_presence(struct request *rq, struct tx *tx, struct err *err)
{
    const struct presence_said *said = rq->body;
    struct presence presence;
    struct casefile c;

    if (!case_of_request(rq, tx, &c, err))
        return false;
    if ((said->state != PRESENCE_OPEN || said->takes_over) &&
        !has_right(rq->caller.rights, CASE_WRITE))
        return err_set(err, ERR_DENIED, "only who may write in a case can be typing in it");
    return presence_say(tx, c.id, (enum presence_state)said->state, said->takes_over, &presence,
                        err) &&
           reply(rq, 200, presence_fields, &presence);
}

static bool delete_presence(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;

    return case_of_request(rq, tx, &c, err) && presence_leave(tx, c.id, err) && reply_nothing(rq);
}

static bool get_presence(struct request *rq, struct tx *tx, struct err *err)
{
    const struct page_query *page = rq->body;
    const struct presence *last;
    const char *next = NULL;
    int64_t about_case, user, limit = page_limit(page);
    struct list list;

    if (!cursor_read(page->cursor, &about_case, &user, err) ||
        !db_all(tx, SQL_PRESENCE_LIST,
                ARGS(arg_organisation(tx), arg_time(tx->now), arg_int(about_case), arg_int(user),
                     arg_int(limit)),
                presence_fields, sizeof(struct presence), &list, err))
        return false;
    if (list.n > 0 && (int64_t)list.n == limit) {
        last = (const struct presence *)list.items + list.n - 1;
        next = cursor_write(rq->mem, last->case_id.n, last->user_id.n);
    }
    return reply_list(rq, presence_fields, sizeof(struct presence), &list, next);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/presence", READ, get_presence, CASE_READ, QUERY(page_query), MANY(presence),
          "Lists who has which case open now, and who types."),
    ROUTE(PUT, "/api/v1/cases/{id}/presence", WRITE, put_presence, CASE_READ, BODY(presence_said),
          ONE(presence),
          "Says that the caller has the case open, or types in it; lapses after 30 seconds."),
    ROUTE(DELETE, "/api/v1/cases/{id}/presence", WRITE, delete_presence, CASE_READ, NOTHING,
          NOTHING, "Says that the caller has the case open no more."),
};
const struct routes presence_routes = ROUTES(rows);
