/* visitors_api.c — what colleagues see of a visitor, and whom they shut out. */
#include "visitors.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../cases/cases.h"

/* A visitor as a desk sees him. */
struct seen_visitor {
    visitor_id id;
    unsigned state;
    const char *page, *name, *email, *login, *language;
    bool email_is_verified, is_blocked;
    instant seen_at, created_at;
    int64_t unread; /* of ours, that he hasn't seen yet */
};

static const struct field seen_visitor_fields[] = {
    FIELD(seen_visitor, id, .flags = REQUIRED),
    FIELD(seen_visitor, state, .names = visitor_state_names),
    FIELD(seen_visitor, page, .doc = "Where he is, by his browser's word; null when he is away"),
    FIELD(seen_visitor, name),
    FIELD(seen_visitor, email),
    FIELD(seen_visitor, email_is_verified, .doc = "The site's token said so; else he only says it"),
    FIELD(seen_visitor, login, .doc = "Who he is by the site's token"),
    FIELD(seen_visitor, language, .flags = REQUIRED),
    FIELD(seen_visitor, is_blocked),
    FIELD(seen_visitor, seen_at, .flags = REQUIRED),
    FIELD(seen_visitor, created_at, .flags = REQUIRED),
    FIELD(seen_visitor, unread, .doc = "How many of the newest messages he hasn't seen"),
    { 0 },
};

static bool find_of_case(struct tx *tx, case_id id, struct visitor *out, struct err *err)
{
    bool found;

    *out = (struct visitor){ 0 };
    return db_find(tx, SQL_VISITOR_OF_CASE, ARGS(arg_organisation(tx), arg_id(id)), visitor_fields,
                   out, &found, err) &&
           (found || err_set(err, ERR_NOT_FOUND, "nobody chats in this case"));
}

/* GET /api/v1/cases/{id}/visitor */
static bool get_visitor(struct request *rq, struct tx *tx, struct err *err)
{
    struct seen_visitor seen;
    struct visitor visitor;
    struct casefile c;
    bool is_here;

    if (!case_of_request(rq, tx, &c, err) || !find_of_case(tx, c.id, &visitor, err))
        return false;
    is_here = visitor.state != VISITOR_AWAY && visitor.until.ms > tx->now.ms;
    seen = (struct seen_visitor){
        .id = visitor.id,
        .state = is_here ? visitor.state : VISITOR_AWAY,
        .page = is_here ? visitor.page : NULL,
        .name = visitor.name,
        .email = visitor.email,
        .login = visitor.login,
        .language = visitor.language,
        .email_is_verified = visitor.email_is_verified,
        .seen_at = visitor.seen_at,
        .created_at = visitor.created_at,
        .unread = visitor.newest - visitor.read,
    };
    return visitor_is_blocked(tx, visitor.id, visitor.address_hash, &seen.is_blocked, err) &&
           reply(rq, 200, seen_visitor_fields, &seen);
}

/* --- whom nobody wants to hear ---------------------------------------------------------------- */

struct chat_block {
    chat_block_id id;
    visitor_id visitor_id;
    const char *name, *reason;
    bool with_address;
    user_id user_id;
    instant at, until;
};

static const struct field chat_block_fields[] = {
    FIELD(chat_block, id, .flags = REQUIRED),
    FIELD(chat_block, visitor_id, .flags = REQUIRED),
    FIELD(chat_block, name, .flags = REQUIRED, .doc = "What the visitor was called"),
    FIELD(chat_block, reason),
    FIELD(chat_block, with_address, .doc = "And whoever comes from the same address"),
    FIELD(chat_block, user_id),
    FIELD(chat_block, at, .flags = REQUIRED),
    FIELD(chat_block, until, .doc = "null: for good"),
    { 0 },
};

struct chat_block_draft {
    const char *reason;
    bool with_address;
    int64_t hours;
};

static const struct field chat_block_draft_fields[] = {
    FIELD(chat_block_draft, reason, .max = 500, .doc = "For colleagues; the visitor isn't told"),
    FIELD(chat_block_draft, with_address, .doc = "And whoever comes from the same address"),
    FIELD(chat_block_draft, hours, .min = 0, .max = 24 * 366, .doc = "For good when left out"),
    { 0 },
};

static bool tell(struct tx *tx, const char *kind, case_id about_case, chat_block_id id,
                 struct err *err)
{
    return event_add(tx,
                     &(struct event){ .kind = kind,
                                      .case_id = about_case,
                                      .about = arena_text(tx->mem, id_text("blk", id.n).s) },
                     err);
}

/* POST /api/v1/cases/{id}/visitor/block */
static bool post_block(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_block_draft *draft = rq->body;
    struct chat_block block = { .id = { id_new() } };
    struct visitor visitor;
    struct casefile c;

    if (!case_of_request(rq, tx, &c, err) || !find_of_case(tx, c.id, &visitor, err))
        return false;
    block.visitor_id = visitor.id;
    block.name = visitor_name(tx->mem, &visitor, visitor.language);
    block.reason = draft->reason;
    block.with_address = draft->with_address;
    block.user_id = rq->caller.user_id;
    block.at = tx->now;
    if (draft->hours > 0)
        block.until = instant_plus(tx->now, draft->hours * HOUR_MS);
    return db_run(tx, SQL_CHAT_BLOCK_ADD,
                  ARGS(arg_organisation(tx), arg_id(block.id), arg_id(block.visitor_id),
                       arg_bytes(block.with_address ? visitor.address_hash : (struct bytes){ 0 }),
                       arg_text(block.name), arg_text(block.reason), arg_id(block.user_id),
                       arg_time(block.at), arg_time(block.until)),
                  err) &&
           tell(tx, "chat.blocked", c.id, block.id, err) &&
           reply(rq, 201, chat_block_fields, &block);
}

/* GET /api/v1/chat-blocks */
static bool get_blocks(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t from, limit;
    struct list list;

    return page_read(rq->body, INT64_MAX, &from, &limit, err) &&
           db_all(tx, SQL_CHAT_BLOCK_LIST,
                  ARGS(arg_organisation(tx), arg_int(from), arg_int(limit)), chat_block_fields,
                  sizeof(struct chat_block), &list, err) &&
           reply_page(rq, chat_block_fields, sizeof(struct chat_block), &list, limit);
}

/* DELETE /api/v1/chat-blocks/{id} */
static bool delete_block(struct request *rq, struct tx *tx, struct err *err)
{
    chat_block_id id;
    int64_t rows;

    if (!request_id(rq, "id", "blk", &id.n, err) ||
        !db_change(tx, SQL_CHAT_BLOCK_REMOVE, ARGS(arg_organisation(tx), arg_id(id)), &rows, err))
        return false;
    return (rows == 0 || tell(tx, "chat.unblocked", (case_id){ 0 }, id, err)) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases/{id}/visitor", READ, get_visitor, CASE_READ, NOTHING,
          ONE(seen_visitor), "Says who chats in a case: is he there, does he type, on which page."),
    ROUTE(POST, "/api/v1/cases/{id}/visitor/block", WRITE, post_block, CASE_WRITE,
          BODY(chat_block_draft), MADE(chat_block),
          "Shuts out who chats in a case, and if asked whoever comes from his address."),
    ROUTE(GET, "/api/v1/chat-blocks", READ, get_blocks, CASE_READ, QUERY(page_query),
          MANY(chat_block), "Lists who may not chat, newest first."),
    ROUTE(DELETE, "/api/v1/chat-blocks/{id}", WRITE, delete_block, CASE_WRITE, NOTHING, NOTHING,
          "Lets somebody chat again."),
};
const struct routes visitor_routes = ROUTES(rows);
