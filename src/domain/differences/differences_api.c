/* differences_api.c — what the reconciliations found, and when they were. */
#include "differences.h"

#include "../../base/text.h"
#include "../../store/events.h"

enum { MAILBOXES_MAX = 1000 };

struct difference_query {
    bool all;
    struct page_query page;
};

static const struct field difference_query_fields[] = {
    FIELD(difference_query, all, .doc = "Also those that are gone, of the last 90 days"),
    PAGE_FIELDS(difference_query),
    { 0 },
};

static void say(struct arena *mem, struct difference *difference)
{
    const struct check *check = check_named(difference->kind);

    difference->words =
        check ? arena_printf(mem, "%s %s: %s", check->what, check->found, check->advice)
              : difference->kind; /* another version's */
}

static bool get_differences(struct request *rq, struct tx *tx, struct err *err)
{
    const struct difference_query *query = rq->body;
    struct difference *rows;
    int64_t before, limit;
    struct list found;

    if (!page_read(&query->page, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, query->all ? SQL_DIFFERENCE_LIST_ALL : SQL_DIFFERENCE_LIST,
                ARGS(arg_organisation(tx), arg_int(before), arg_int(limit)), difference_fields,
                sizeof(struct difference), &found, err))
        return false;
    rows = found.items;
    for (size_t i = 0; i < found.n; i++)
        say(rq->mem, &rows[i]);
    return reply_page(rq, difference_fields, sizeof(struct difference), &found, limit);
}

static bool get_reconciliations(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t before, limit;
    struct list found;

    if (!page_read(rq->body, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, SQL_RECONCILIATION_LIST,
                ARGS(arg_organisation(tx), arg_int(before), arg_int(limit)), reconciliation_fields,
                sizeof(struct reconciliation), &found, err))
        return false;
    return reply_page(rq, reconciliation_fields, sizeof(struct reconciliation), &found, limit);
}

/* Who asks while one is under way gets that one. */
static bool begin(struct request *rq, struct tx *tx, struct err *err)
{
    struct reconciliation begun;
    bool is_new;

    if (!reconciliation_begin(tx, &begun, &is_new, err))
        return false;
    if (is_new &&
        (!db_run(tx, SQL_DIFFERENCE_COMPARE_AGAIN, ARGS(arg_organisation(tx)), err) ||
         !event_add(tx,
                    &(struct event){ .kind = "reconciliation.asked",
                                     .about = arena_text(rq->mem, id_text("rcl", begun.id.n).s) },
                    err)))
        return false;
    return reply(rq, 202, reconciliation_fields, &begun);
}

struct mailbox_comparison {
    channel_id channel_id;
    const char *channel, *folder;
    instant compared_at;
};

static const struct field mailbox_comparison_fields[] = {
    FIELD(mailbox_comparison, channel_id, .flags = REQUIRED),
    FIELD(mailbox_comparison, channel, .flags = REQUIRED, .doc = "Its name"),
    FIELD(mailbox_comparison, folder, .flags = REQUIRED),
    FIELD(mailbox_comparison, compared_at,
          .doc = "When all messages in it were compared last with what came in"),
    { 0 },
};

static bool get_mailboxes(struct request *rq, struct tx *tx, struct err *err)
{
    struct list found;

    return db_all(tx, SQL_DIFFERENCE_MAILBOXES, ARGS(arg_organisation(tx), arg_int(MAILBOXES_MAX)),
                  mailbox_comparison_fields, sizeof(struct mailbox_comparison), &found, err) &&
           reply_list(rq, mailbox_comparison_fields, sizeof(struct mailbox_comparison), &found,
                      NULL);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/differences", READ, get_differences, OUTBOX_READ, QUERY(difference_query),
          MANY(difference),
          "Lists what doesn't fit together: found by the daily reconciliation, newest first."),
    ROUTE(GET, "/api/v1/reconciliations", READ, get_reconciliations, OUTBOX_READ, QUERY(page_query),
          MANY(reconciliation), "Lists when everything was compared, newest first."),
    ROUTE(GET, "/api/v1/reconciliations/mailboxes", READ, get_mailboxes, OUTBOX_READ, NOTHING,
          MANY(mailbox_comparison), "Lists when the folders of each mailbox were compared last."),
    ROUTE(POST, "/api/v1/reconciliations", WRITE, begin, OUTBOX_WRITE, NOTHING,
          TAKEN(reconciliation), "Compares everything now, mailboxes within minutes."),
};
const struct routes difference_routes = ROUTES(rows);
