#include "conversations.h"

struct conversation_query {
    person_id person;
    case_id of_case;
    struct page_query page;
};

static const struct field conversation_query_fields[] = {
    FIELD(conversation_query, person, .doc = "Those of a person; or give of_case"),
    FIELD(conversation_query, of_case, .doc = "Those of a case, oldest first, in one page"),
    PAGE_FIELDS(conversation_query),
    { 0 },
};

static bool of_person(struct request *rq, struct tx *tx, const struct conversation_query *query,
                      struct err *err)
{
    int64_t before, limit;
    struct list found;

    if (!page_read(&query->page, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, SQL_CONVERSATION_LIST_OF_PERSON,
                ARGS(arg_organisation(tx), arg_id(query->person), arg_int(before), arg_int(limit)),
                conversation_fields, sizeof(struct conversation), &found, err))
        return false;
    return reply_page(rq, conversation_fields, sizeof(struct conversation), &found, limit);
}

static bool get_conversations(struct request *rq, struct tx *tx, struct err *err)
{
    const struct conversation_query *query = rq->body;
    struct list found;

    if ((query->person.n == 0) == (query->of_case.n == 0))
        return err_field(err, "person", "give either person or of_case");
    if (query->person.n != 0)
        return of_person(rq, tx, query, err);
    return db_all(tx, SQL_CONVERSATION_LIST_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id(query->of_case)), conversation_fields,
                  sizeof(struct conversation), &found, err) &&
           reply_list(rq, conversation_fields, sizeof(struct conversation), &found, NULL);
}

static bool get_conversation(struct request *rq, struct tx *tx, struct err *err)
{
    struct conversation conversation;
    conversation_id id;

    return request_id(rq, "id", "cnv", &id.n, err) &&
           conversation_get(tx, id, &conversation, err) &&
           reply(rq, 200, conversation_fields, &conversation);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/conversations", READ, get_conversations, CASE_READ,
          QUERY(conversation_query), MANY(conversation),
          "Lists the conversations of a person or of a case."),
    ROUTE(GET, "/api/v1/conversations/{id}", READ, get_conversation, CASE_READ, NOTHING,
          ONE(conversation), "Reads a conversation; its messages stand in the case's timeline."),
};
const struct routes conversation_routes = ROUTES(rows);
