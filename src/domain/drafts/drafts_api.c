#include "drafts.h"

#include "../../base/json.h"
#include "../cases/cases.h"

#include <string.h>

enum { SEND_LATER_MAX_DAYS = 90 };

struct draft_sending {
    int64_t in_seconds;
    instant at;
    struct json_text content;
};

static const struct field draft_sending_fields[] = {
    FIELD(draft_sending, in_seconds, .max = 60, .doc = "So long it can be taken back"),
    FIELD(draft_sending, at, .doc = "Or the moment at which it goes, within 90 days"),
    FIELD(draft_sending, content, .of = draft_content_fields,
          .doc = "What is sent, in the place of what was kept; left out: as it is kept"),
    { 0 },
};

/* {id} and {kind} of the path. */
static bool read_path(struct request *rq, struct tx *tx, case_id *id, enum draft_kind *kind,
                      struct err *err)
{
    struct casefile c;
    const char *name = request_param(rq, "kind");
    unsigned value = DRAFT_REPLY;
    bool is_known = enum_read(draft_kind_names, name, strlen(name), &value);

    *kind = (enum draft_kind)value;
    if (!is_known)
        return err_set(err, ERR_NOT_FOUND, "a draft is a reply or a note");
    if (!case_of_request(rq, tx, &c, err))
        return false;
    *id = c.id;
    return true;
}

static bool reply_draft(struct request *rq, struct tx *tx, struct draft *draft, struct err *err)
{
    struct list one = { draft, 1 };

    return drafts_attached(tx, &one, err) &&
           reply_versioned(rq, 200, draft->version, draft_fields, draft);
}

static bool get_drafts(struct request *rq, struct tx *tx, struct err *err)
{
    const struct page_query *page = rq->body;
    int64_t at, id, limit = page_limit(page);
    const struct draft *last;
    struct list drafts;
    char *next = NULL;

    if (!cursor_read(page->cursor, &at, &id, err) ||
        !db_all(tx, SQL_DRAFT_LIST,
                ARGS(arg_organisation(tx), arg_id_number(tx->actor.id),
                     arg_int(at != 0 ? at : INT64_MAX), arg_int(id), arg_int(limit + 1)),
                draft_fields, sizeof(struct draft), &drafts, err))
        return false;
    if ((int64_t)drafts.n > limit) {
        drafts.n--;
        last = &((const struct draft *)drafts.items)[drafts.n - 1];
        next = cursor_write(tx->mem, last->updated_at.ms, last->id.n);
    }
    return reply_list(rq, draft_fields, sizeof(struct draft), &drafts, next);
}

static bool get_case_drafts(struct request *rq, struct tx *tx, struct err *err)
{
    struct list drafts;
    struct casefile c;

    return case_of_request(rq, tx, &c, err) &&
           db_all(tx, SQL_DRAFT_LIST_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id_number(tx->actor.id), arg_id(c.id)),
                  draft_fields, sizeof(struct draft), &drafts, err) &&
           drafts_attached(tx, &drafts, err) &&
           reply_list(rq, draft_fields, sizeof(struct draft), &drafts, NULL);
}

static bool put_draft(struct request *rq, struct tx *tx, struct err *err)
{
    struct draft draft;
    enum draft_kind kind;
    int64_t version;
    case_id id;
    bool found;

    return read_path(rq, tx, &id, &kind, err) && draft_find(tx, id, kind, &draft, &found, err) &&
           request_version(rq, draft.version, &version, err) &&
           draft_save(tx, id, kind, rq->body, version, &draft, err) &&
           reply_draft(rq, tx, &draft, err);
}

static bool delete_draft(struct request *rq, struct tx *tx, struct err *err)
{
    enum draft_kind kind;
    case_id id;

    return read_path(rq, tx, &id, &kind, err) && draft_remove(tx, id, kind, err) &&
           reply_nothing(rq);
}

/* Keeps what came with the wish to send it, so that both are one request: a page that is closed
 * at that moment has sent it. *version is what is sent. */
static bool keep_content(struct tx *tx, case_id id, enum draft_kind kind,
                         const struct draft_sending *sending, int64_t *version, struct err *err)
{
    const char *json = sending->content.s;
    struct draft_content content = { 0 };
    struct draft draft;

    if (!json)
        return true;
    if (!json_read(tx->mem, (struct bytes){ (const uint8_t *)json, strlen(json) },
                   draft_content_fields, &content, err)) {
        err_nest(err, 0, "/content");
        return false;
    }
    if (!draft_save(tx, id, kind, &content, *version, &draft, err))
        return false;
    *version = draft.version;
    return true;
}

static bool put_sending(struct request *rq, struct tx *tx, struct err *err)
{
    const struct draft_sending *sending = rq->body;
    instant at =
        sending->at.ms > 0 ? sending->at : instant_plus(tx->now, sending->in_seconds * SECOND_MS);
    struct draft draft;
    enum draft_kind kind;
    int64_t version;
    case_id id;
    bool found;

    if (at.ms < tx->now.ms)
        return err_field(err, "at", "is past");
    if (at.ms - tx->now.ms > SEND_LATER_MAX_DAYS * DAY_MS)
        return err_field(err, "at", "is more than %d days away", SEND_LATER_MAX_DAYS);
    return read_path(rq, tx, &id, &kind, err) && draft_find(tx, id, kind, &draft, &found, err) &&
           request_version(rq, draft.version, &version, err) &&
           keep_content(tx, id, kind, sending, &version, err) &&
           draft_send(tx, id, kind, version, at, &draft, err) && reply_draft(rq, tx, &draft, err);
}

static bool delete_sending(struct request *rq, struct tx *tx, struct err *err)
{
    struct draft draft;
    enum draft_kind kind;
    case_id id;

    return read_path(rq, tx, &id, &kind, err) && draft_keep(tx, id, kind, &draft, err) &&
           reply_draft(rq, tx, &draft, err);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/drafts", READ, get_drafts, CASE_WRITE, QUERY(page_query), MANY(draft),
          "Lists the caller's drafts, newest first."),
    ROUTE(GET, "/api/v1/cases/{id}/drafts", READ, get_case_drafts, CASE_WRITE, NOTHING, MANY(draft),
          "Lists what the caller is writing in a case: a reply, a note."),
    ROUTE(PUT, "/api/v1/cases/{id}/drafts/{kind}", WRITE, put_draft, CASE_WRITE,
          BODY(draft_content), ONE(draft),
          "Keeps what was written so far; If-Match \"0\" when there was nothing.",
          .is_versioned = true),
    ROUTE(DELETE, "/api/v1/cases/{id}/drafts/{kind}", WRITE, delete_draft, CASE_WRITE, NOTHING,
          NOTHING, "Throws a draft away; twice is once."),
    ROUTE(PUT, "/api/v1/cases/{id}/drafts/{kind}/sending", WRITE, put_sending, CASE_WRITE,
          BODY(draft_sending), ONE(draft),
          "Sends a draft, now or later; until then it can be taken back.", .is_versioned = true),
    ROUTE(DELETE, "/api/v1/cases/{id}/drafts/{kind}/sending", WRITE, delete_sending, CASE_WRITE,
          NOTHING, ONE(draft), "Takes a draft back before it is sent."),
};
const struct routes draft_routes = ROUTES(rows);
