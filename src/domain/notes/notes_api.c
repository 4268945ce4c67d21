#include "notes.h"

#include "../cases/cases.h"

static bool post_note(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;
    struct note note;

    return case_of_request(rq, tx, &c, err) && note_add(tx, c.id, rq->body, &note, err) &&
           reply(rq, 201, note_fields, &note);
}

static bool get_notes(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t limit;
    struct casefile c;
    struct list notes;
    note_id after;

    if (!case_of_request(rq, tx, &c, err) || !page_read(rq->body, 0, &after.n, &limit, err) ||
        !note_list_of_case(tx, c.id, after, limit, &notes, err))
        return false;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply_page(rq, note_fields, sizeof(struct note), &notes, limit);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/cases/{id}/notes", WRITE, post_note, CASE_WRITE, BODY(note_draft),
          MADE(note), "Writes a note to the colleagues."),
    ROUTE(GET, "/api/v1/cases/{id}/notes", READ, get_notes, CASE_READ, QUERY(page_query),
          MANY(note), "Lists the notes of a case, oldest first; the reading is written down."),
};
const struct routes note_routes = ROUTES(rows);
