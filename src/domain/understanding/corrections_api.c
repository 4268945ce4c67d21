#include "corrections.h"

#include <string.h>

struct correction_draft {
    const char *value;
};

static const struct field correction_draft_fields[] = {
    FIELD(correction_draft, value, .flags = REQUIRED, .max = 30, .doc = "As joy, for an emotion"),
    { 0 },
};

/* {id} and {subject} of the path. */
static bool read_path(struct request *rq, message_id *id, unsigned *subject, struct err *err)
{
    const char *name = request_param(rq, "subject");

    return request_id(rq, "id", "msg", &id->n, err) &&
           (enum_read(judged_names, name, strlen(name), subject) ||
            err_set(err, ERR_NOT_FOUND,
                    "what can be corrected is polarity, emotion, intent and urgency"));
}

static bool put_correction(struct request *rq, struct tx *tx, struct err *err)
{
    const struct correction_draft *draft = rq->body;
    struct judgement judgement;
    unsigned subject;
    message_id id;

    return read_path(rq, &id, &subject, err) &&
           correction_make(tx, id, (enum judged)subject, draft->value, &judgement, err) &&
           reply(rq, 200, judgement_fields, &judgement);
}

static bool delete_correction(struct request *rq, struct tx *tx, struct err *err)
{
    struct judgement judgement;
    unsigned subject;
    message_id id;

    return read_path(rq, &id, &subject, err) &&
           correction_take_back(tx, id, (enum judged)subject, &judgement, err) &&
           reply(rq, 200, judgement_fields, &judgement);
}

static bool get_corrections(struct request *rq, struct tx *tx, struct err *err)
{
    const struct message_correction *rows;
    int64_t before, limit;
    struct list found;

    if (!page_read(rq->body, INT64_MAX, &before, &limit, err) ||
        !db_all(tx, SQL_CORRECTION_LIST,
                ARGS(arg_organisation(tx), arg_int(before), arg_int(limit)),
                message_correction_fields, sizeof(struct message_correction), &found, err))
        return false;
    rows = found.items;
    return reply_list(rq, message_correction_fields, sizeof(struct message_correction), &found,
                      (int64_t)found.n < limit ? NULL
                                               : cursor_write(rq->mem, rows[found.n - 1].id, 0));
}

static const struct route rows[] = {
    ROUTE(PUT, "/api/v1/messages/{id}/corrections/{subject}", WRITE, put_correction, CASE_WRITE,
          BODY(correction_draft), ONE(judgement),
          "Corrects the polarity, emotion, intent or urgency of a message; later ones are judged "
          "with it."),
    ROUTE(DELETE, "/api/v1/messages/{id}/corrections/{subject}", WRITE, delete_correction,
          CASE_WRITE, NOTHING, ONE(judgement), "Takes a correction back, and all that it taught."),
    ROUTE(GET, "/api/v1/corrections", READ, get_corrections, CASE_READ, QUERY(page_query),
          MANY(message_correction), "Lists what people corrected, newest first."),
};
const struct routes correction_routes = ROUTES(rows);
