/* audit_api.c — sealed history, newest first, each entry with its place in the chain. */
#include "audit_api.h"

#include "../base/text.h"
#include "../store/events.h"
#include "users.h"

enum { KIND_NAME_MAX = 64, STATEMENT_MAX = 1000 };

struct audit_query {
    struct page_query page;
    case_id case_id;
    const char *actor, *kind;
    instant until;
};

static const struct field audit_query_fields[] = {
    PAGE_FIELDS(audit_query),
    { .name = "case", .at = offsetof(struct audit_query, case_id), .kind = KIND_ID_case },
    FIELD(audit_query, actor, .max = 20, .doc = "A user's id, or me"),
    FIELD(audit_query, until, .doc = "Only what was before it"),
    FIELD(audit_query, kind, .max = KIND_NAME_MAX, .doc = "as audit.login"),
    { 0 },
};

struct audit_entry {
    int64_t position;
    const char *hash;
    event_id id;
    const char *kind;
    instant at;
    unsigned actor_kind;
    const char *actor;
    case_id case_id;
    const char *about;
    struct json_text data;
};

static const struct field audit_entry_fields[] = {
    FIELD(audit_entry, position, .doc = "1, 2, … without a gap in the organisation"),
    FIELD(audit_entry, hash, .flags = REQUIRED,
          .doc = "over the entry and the hash of the one before, in hex"),
    FIELD(audit_entry, id, .flags = REQUIRED),
    FIELD(audit_entry, kind, .flags = REQUIRED),
    FIELD(audit_entry, at, .flags = REQUIRED),
    FIELD(audit_entry, actor_kind, .names = actor_kind_names),
    FIELD(audit_entry, actor, .doc = "the id of the user, person or channel; null for the system"),
    FIELD(audit_entry, case_id),
    FIELD(audit_entry, about, .doc = "the id of what it is about, when that is not the case"),
    FIELD(audit_entry, data),
    { 0 },
};

/* --- the statement, put together from written parts ------------------------------------------ */

static const char select_text[] =
    "SELECT id, position, kind, at, actor_kind, actor_id, case_id, about, data, hash"
    " FROM events WHERE organisation_id = $1 AND position < $2";
static const char order_text[] = " ORDER BY position DESC LIMIT $3";

/* Each ends with the sign of its value. */
static const char case_filter[] = " AND case_id = $";
static const char actor_filter[] = /* its first condition is the index's */
    " AND actor_kind IN ('user', 'integration') AND actor_id = $";
static const char kind_filter[] = " AND kind = $";

static void add_filter(struct buf *text, const char *filter, size_t *n)
{
    buf_printf(text, "%s%zu", filter, ++*n);
}

enum sql audit_statement(bool by_case, bool by_actor, bool by_kind)
{
    struct buf text = BUF(STATEMENT_MAX);
    size_t n = 3;
    enum sql sql;

    buf_text(&text, select_text);
    if (by_case)
        add_filter(&text, case_filter, &n);
    if (by_actor)
        add_filter(&text, actor_filter, &n);
    if (by_kind)
        add_filter(&text, kind_filter, &n);
    buf_text(&text, order_text);
    sql = sql_composed(buf_str(&text));
    buf_free(&text);
    return sql;
}

static bool find_events(struct tx *tx, const struct audit_query *query, int64_t before, int64_t max,
                        struct list *out, struct err *err)
{
    bool by_case = query->case_id.n != 0, by_actor = !text_is_blank(query->actor);
    bool by_kind = !text_is_blank(query->kind);
    struct arg values[6] = { arg_organisation(tx), arg_int(before), arg_int(max) };
    user_id actor = { 0 };
    size_t n = 3;

    if (by_actor && !user_named(tx, query->actor, &actor))
        return err_field(err, "actor", "must be an id like usr_…, or me");
    if (by_case)
        values[n++] = arg_id(query->case_id);
    if (by_actor)
        values[n++] = arg_id(actor);
    if (by_kind)
        values[n++] = arg_text(query->kind);
    return db_all(tx, audit_statement(by_case, by_actor, by_kind), (struct args){ values, n },
                  sealed_event_fields, sizeof(struct event), out, err);
}

/* The first position of this moment or later. History is in the order of its commits, so that it's
 * found by halves; one that took long may stand behind what began after it. */
static bool position_at(struct tx *tx, instant moment, int64_t *out, struct err *err)
{
    int64_t low = 1, high, at;

    if (!events_position(tx, &high, err))
        return false;
    for (high++; low < high;) {
        int64_t middle = low + (high - low) / 2;
        if (!db_number(tx, SQL_EVENT_AT, ARGS(arg_organisation(tx), arg_int(middle)), &at, err))
            return false;
        if (at < moment.ms)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return true;
}

/* --- the route ------------------------------------------------------------------------------- */

static struct audit_entry entry_of(struct arena *mem, const struct event *event)
{
    struct id_text actor;

    return (struct audit_entry){
        .position = event->position,
        .hash = hex_write(mem, event->hash),
        .id = event->id,
        .kind = event->kind,
        .at = event->at,
        .actor_kind = event->actor_kind,
        .actor = arena_text(mem, event_actor(event, &actor)),
        .case_id = event->case_id,
        .about = event->about,
        .data = event->data,
    };
}

/* GET /api/v1/audit */
static bool list_audit(struct request *rq, struct tx *tx, struct err *err)
{
    const struct audit_query *query = rq->body;
    int64_t before, limit, until = INT64_MAX;
    struct audit_entry *entries;
    struct list events;
    char *next = NULL;

    if (!page_read(&query->page, INT64_MAX, &before, &limit, err) ||
        (query->until.ms != 0 && !position_at(tx, query->until, &until, err)) ||
        !find_events(tx, query, before < until ? before : until, limit + 1, &events, err))
        return false;
    entries = NEW_ARRAY(tx->mem, struct audit_entry, events.n);
    for (size_t i = 0; i < events.n; i++)
        entries[i] = entry_of(tx->mem, &((struct event *)events.items)[i]);
    if ((int64_t)events.n > limit) {
        events.n--;
        next = cursor_write(tx->mem, entries[events.n - 1].position, 0);
    }
    request_was_read(rq, "audit.read", (case_id){ 0 }, NULL);
    return reply_list(rq, audit_entry_fields, sizeof(struct audit_entry),
                      &(struct list){ entries, events.n }, next);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/audit", READ, list_audit, AUDIT_READ, QUERY(audit_query), MANY(audit_entry),
          "Lists history, newest first: who did what, with the chain that shows that nothing was "
          "changed or left out."),
};
const struct routes audit_routes = ROUTES(rows);
