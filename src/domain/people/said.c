#include "said.h"

#include "../../base/text.h"

#include <string.h>

enum { SAID_TEXT_MAX = 16 * 1024 };

const struct field said_fields[] = {
    FIELD(said, id, .flags = REQUIRED),
    FIELD(said, kind, .flags = REQUIRED, .doc = "message or note"),
    FIELD(said, at, .flags = REQUIRED),
    FIELD(said, case_id),
    FIELD(said, reference, .doc = "Of the case"),
    FIELD(said, title, .doc = "Of the case"),
    FIELD(said, conversation_id, .flags = OPTIONAL),
    FIELD(said, channel_id, .flags = OPTIONAL),
    FIELD(said, direction, .flags = OPTIONAL),
    FIELD(said, state, .flags = OPTIONAL),
    FIELD(said, user_id, .flags = OPTIONAL, .doc = "The colleague who wrote it"),
    FIELD(said, person_id, .flags = OPTIONAL, .doc = "The customer who wrote it"),
    FIELD(said, subject, .flags = OPTIONAL),
    FIELD(said, text, .doc = "Its first 16 KB"),
    FIELD(said, fold_at, .doc = "Bytes of text before quoted history and signature"),
    FIELD(said, has_html),
    FIELD(said, is_auto),
    FIELD(said, number, .flags = SECRET),
    FIELD(said, message_id, .flags = SECRET),
    FIELD(said, note_id, .flags = SECRET),
    { 0 },
};

static void finish(struct arena *mem, struct said *said)
{
    size_t len = said->text ? strlen(said->text) : 0;
    bool is_note = said->note_id.n != 0;

    said->kind = is_note ? "note" : "message";
    said->id = arena_text(mem, id_text(is_note ? "not" : "msg", said->number).s);
    if (is_note)
        said->fold_at = (int64_t)len;
    if (len > SAID_TEXT_MAX)
        said->text = arena_text_n(mem, said->text, utf8_cut(said->text, len, SAID_TEXT_MAX));
}

bool said_list(struct tx *tx, person_id root, int64_t before, int64_t limit, struct list *out,
               struct err *err)
{
    if (!db_all(tx, SQL_SAID_LIST,
                ARGS(arg_organisation(tx), arg_id(root), arg_int(before), arg_int(limit)),
                said_fields, sizeof(struct said), out, err))
        return false;
    for (size_t i = 0; i < out->n; i++)
        finish(tx->mem, &((struct said *)out->items)[i]);
    return true;
}

static bool get_said(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t before, limit;
    const struct said *last;
    person_id id, root;
    struct list found;

    if (!request_id(rq, "id", "per", &id.n, err) || !person_root(tx, id, &root, err) ||
        !page_read(rq->body, INT64_MAX, &before, &limit, err) ||
        !said_list(tx, root, before, limit, &found, err))
        return false;
    request_was_read(rq, "audit.person_read", (case_id){ 0 }, request_param(rq, "id"));
    if ((int64_t)found.n < limit)
        return reply_list(rq, said_fields, sizeof(struct said), &found, NULL);
    last = (const struct said *)found.items + found.n - 1;
    return reply_list(rq, said_fields, sizeof(struct said), &found,
                      cursor_write(rq->mem, last->number, 0));
}

static const struct route rows[] = {
    ROUTE(
        GET, "/api/v1/people/{id}/said", READ, get_said, CASE_READ, QUERY(page_query), MANY(said),
        "Lists everything that was said with a person, newest first; the reading is written down."),
};
const struct routes said_routes = ROUTES(rows);
