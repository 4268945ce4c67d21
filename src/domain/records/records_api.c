#include "records.h"

#include "../../base/text.h"
#include "../people/people.h"

#include <string.h>

struct record_query {
    person_id person;
    const char *type, *key;
    struct page_query page;
};

static const struct field record_query_fields[] = {
    FIELD(record_query, person, .doc = "Only those of this customer"),
    FIELD(record_query, type, .max = RECORD_TYPE_NAME_MAX, .doc = "Or only those of this type"),
    FIELD(record_query, key, .max = RECORD_KEY_MAX,
          .doc = "Or only those with this key, of whatever type"),
    PAGE_FIELDS(record_query),
    { 0 },
};

static bool list(struct tx *tx, const struct record_query *query, int64_t before, int64_t limit,
                 struct list *out, struct err *err)
{
    struct arg values[] = { arg_organisation(tx), arg_int(before), arg_int(limit), arg_int(0) };
    struct args args = { values, COUNT(values) };
    enum sql sql = SQL_RECORD_LIST_OF_KEY;
    struct record_type type;
    person_id root;

    if (query->person.n != 0) {
        if (!person_root(tx, query->person, &root, err))
            return false;
        sql = SQL_RECORD_LIST_OF_PERSON;
        values[3] = arg_id(root);
    } else if (query->type) {
        if (!record_type_named(tx, query->type, &type, err))
            return false;
        sql = SQL_RECORD_LIST_OF_TYPE;
        values[3] = arg_id(type.id);
    } else if (query->key) {
        values[3] = arg_text(query->key);
    } else {
        sql = SQL_RECORD_LIST;
        args.n = 3;
    }
    return db_all(tx, sql, args, record_fields, sizeof(struct record), out, err);
}

static bool get_records(struct request *rq, struct tx *tx, struct err *err)
{
    const struct record_query *query = rq->body;
    int64_t before, limit;
    struct list records;

    if ((query->person.n != 0) + !text_is_blank(query->type) + !text_is_blank(query->key) > 1)
        return err_field(err, "query", "must have one of person, type and key");
    return page_read(&query->page, INT64_MAX, &before, &limit, err) &&
           list(tx, query, before, limit, &records, err) &&
           reply_page(rq, record_fields, sizeof(struct record), &records, limit);
}

/* --- one ---------------------------------------------------------------------------------------
 */

struct asking {
    struct request *rq;
    struct record_type type;
    struct record record;
    bool found, is_stale;
    struct record_draft draft;
    const char *why; /* the other system couldn't be asked */
};

static bool check_key(const struct request *rq, struct err *err)
{
    const char *key = request_param(rq, "key");

    return (text_is_line(key) && strlen(key) <= RECORD_KEY_MAX) ||
           err_set(err, ERR_NOT_FOUND, "a key is one line of at most %d bytes", RECORD_KEY_MAX);
}

static bool find(struct tx *tx, void *arg, struct err *err)
{
    struct asking *asking = arg;

    if (!record_type_named(tx, request_param(asking->rq, "type"), &asking->type, err) ||
        !record_find(tx, &asking->type, request_param(asking->rq, "key"), &asking->record,
                     &asking->found, err))
        return false;
    asking->is_stale = asking->found ? record_is_stale(&asking->type, &asking->record, tx->now)
                                     : asking->type.lookup_url != NULL;
    return asking->found || asking->is_stale ||
           err_set(err, ERR_NOT_FOUND, "there is no record with this key");
}

static bool keep(struct tx *tx, void *arg, struct err *err)
{
    struct asking *asking = arg;
    enum record_outcome outcome;

    if (asking->why)
        return record_unchecked(tx, &asking->record, asking->why, err) && find(tx, asking, err);
    return record_put(tx, &asking->type, &asking->draft, &asking->record, &outcome, err);
}

/* What is known already is told also when the other system can't be asked. */
static bool ask(struct asking *asking, struct err *err)
{
    struct request *rq = asking->rq;

    if (record_lookup(rq->mem, &asking->type, request_param(rq, "key"), &asking->draft, err))
        return true;
    if (!asking->found)
        return false;
    asking->why = arena_text(rq->mem, err->text);
    err_clear(err);
    return true;
}

static bool get_record(struct request *rq, struct tx *tx, struct err *err)
{
    struct asking asking = { .rq = rq };

    (void)tx;
    if (!check_key(rq, err) || !request_read(rq, find, &asking, err) ||
        (asking.is_stale && (!ask(&asking, err) || !request_write(rq, keep, &asking, err))))
        return false;
    request_was_read(rq, "audit.record_read", (case_id){ 0 },
                     arena_text(rq->mem, id_text("rec", asking.record.id.n).s));
    return reply_versioned(rq, 200, asking.record.version, record_fields, &asking.record);
}

static bool put_record(struct request *rq, struct tx *tx, struct err *err)
{
    struct record_draft draft = *(const struct record_draft *)rq->body;
    enum record_outcome outcome;
    struct record_type type;
    struct record record;

    draft.key = request_param(rq, "key");
    return check_key(rq, err) && record_type_named(tx, request_param(rq, "type"), &type, err) &&
           record_put(tx, &type, &draft, &record, &outcome, err) &&
           reply_versioned(rq, 200, record.version, record_fields, &record);
}

static bool delete_record(struct request *rq, struct tx *tx, struct err *err)
{
    struct record_type type;
    struct record record;
    bool found;

    if (!record_type_named(tx, request_param(rq, "type"), &type, err) ||
        !record_find(tx, &type, request_param(rq, "key"), &record, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no record with this key");
    return record_remove(tx, &record, err) && reply_nothing(rq);
}

/* --- many --------------------------------------------------------------------------------------
 */

struct record_bulk {
    struct list records; /* of struct record_draft */
};

static const struct field record_bulk_fields[] = {
    FIELD(record_bulk, records, .flags = REQUIRED, .of = record_bulk_draft_fields,
          .size = sizeof(struct record_draft), .min = 1, .max = RECORDS_AT_ONCE),
    { 0 },
};

struct record_result {
    record_id id;
    const char *key;
    unsigned outcome;
};

static const struct field record_result_fields[] = {
    FIELD(record_result, id, .flags = REQUIRED),
    FIELD(record_result, key, .flags = REQUIRED),
    FIELD(record_result, outcome, .names = record_outcome_names),
    { 0 },
};

static bool put_records(struct request *rq, struct tx *tx, struct err *err)
{
    const struct record_bulk *bulk = rq->body;
    const struct record_draft *drafts = bulk->records.items;
    struct record_result *results = NEW_ARRAY(rq->mem, struct record_result, bulk->records.n);
    struct list list = { results, bulk->records.n };
    struct record_type type;
    struct record record;

    if (!record_type_named(tx, request_param(rq, "type"), &type, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        enum record_outcome outcome;
        if (!record_put(tx, &type, &drafts[i], &record, &outcome, err)) {
            err_nest(err, 0, arena_printf(rq->mem, "/records/%zu", i));
            return false;
        }
        results[i] = (struct record_result){ record.id, drafts[i].key, outcome };
    }
    return reply_list(rq, record_result_fields, sizeof(struct record_result), &list, NULL);
}

enum { BULK_MAX = 12 << 20 };

/* Record is a word of TypeScript's own. */
#define ONE_RECORD   { record_fields, sizeof(struct record), 0, "stored_record", .status = 200 }
#define MANY_RECORDS { record_fields, 0, 0, "stored_record", .status = 200 }

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/records", READ, get_records, RECORD_READ, QUERY(record_query), MANY_RECORDS,
          "Lists records, newest first: all, or of a customer, a type or a key."),
    ROUTE(PUT, "/api/v1/records/{type}", WRITE, put_records, RECORD_WRITE,
          BIG_BODY(record_bulk, BULK_MAX), MANY(record_result),
          "Puts down up to 500 records of a type: all of them, or none when one can't be."),
    ROUTE(GET, "/api/v1/records/{type}/{key}", OUTSIDE, get_record, RECORD_READ, NOTHING,
          ONE_RECORD,
          "Reads a record with its history; where its type can be asked for elsewhere, as it is "
          "there now. The reading is written down."),
    ROUTE(PUT, "/api/v1/records/{type}/{key}", WRITE, put_record, RECORD_WRITE, BODY(record_draft),
          ONE_RECORD,
          "Puts down a record as it is now. A new status is told to the customer's open cases."),
    ROUTE(DELETE, "/api/v1/records/{type}/{key}", WRITE, delete_record, RECORD_WRITE, NOTHING,
          NOTHING, "Removes a record with its history."),
};
const struct routes record_routes = ROUTES(rows);
