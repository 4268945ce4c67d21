/* chat_in.c — what a visitor writes: with 201 it is a message in a case, and durable.
 *
 * The same way as an API channel's (exchange_in.c). The widget gives each message an id of its own
 * and sends it until it hears of it: the same id twice is once.
 */
#include "chat.h"

#include "../base/json.h"
#include "../base/text.h"
#include "../channel/api.h"
#include "uploads.h"

#include <string.h>

enum { SEND_MAX = 2 * CHAT_TEXT_MAX, RAW_MAX = 96 << 20, ID_MAX = 64 };

/* What is done stays done for so long; who comes back later begins another conversation. */
static const int64_t ANEW_MS = DAY_MS;

struct chat_send {
    const char *id, *text, *page;
};

static const struct field chat_send_fields[] = {
    FIELD(chat_send, id, .flags = REQUIRED, .min = 1, .max = ID_MAX,
          .doc = "The widget's own id of the message: the same one twice is once"),
    FIELD(chat_send, text, .flags = REQUIRED, .min = 1, .max = CHAT_TEXT_MAX),
    FIELD(chat_send, page, .max = 2000),
    { 0 },
};

/* The names of a form: id, text and page as above, and up to five files. */
struct chat_form {
    struct list id, text, page, file;
};

static const struct field chat_form_fields[] = {
    FIELD(chat_form, id, .flags = REQUIRED, .doc = "The widget's own id of the message"),
    FIELD(chat_form, text, .doc = "May be left out"),
    FIELD(chat_form, page),
    FIELD(chat_form, file, .flags = REQUIRED, .doc = "Up to five"),
    { 0 },
};

static const struct field chat_sent_fields[] = {
    FIELD(chat_sent, position, .doc = "Among what the visitor sees; 0 when it isn't shown"),
    FIELD(chat_sent, message_id),
    FIELD(chat_sent, id, .flags = REQUIRED),
    FIELD(chat_sent, reference, .doc = "The case's, for people"),
    { 0 },
};

/* --- before the transaction ----------------------------------------------------------------- */

/* Outside the opening hours somebody must be able to answer. */
static bool check_hours(struct tx *tx, const struct chat_caller *caller, struct err *err)
{
    instant next;
    bool is_open;

    if (!chat_is_open(tx, caller, &is_open, &next, err))
        return false;
    return is_open || caller->visitor.email || caller->visitor.conversation_id.n != 0 ||
           err_set(err, ERR_CONFLICT, "nobody is there now: leave a mail address first");
}

static bool look(struct tx *tx, void *arg, struct err *err)
{
    struct chat_writing *writing = arg;

    return chat_enter_visitor(writing->rq, tx, &writing->caller, err) &&
           check_hours(tx, &writing->caller, err) && judge_get(tx, &writing->judge, err);
}

static const char *thread_of(struct arena *mem, const struct visitor *visitor)
{
    return visitor_thread(mem, visitor, visitor->round);
}

static bool is_id(const char *id)
{
    return *id &&
           id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")] ==
               '\0';
}

/* What is kept of it, in one form whether it came as JSON or with files. */
static struct bytes raw_of(struct arena *mem, const struct chat_message *message)
{
    struct buf json = BUF(RAW_MAX);
    struct bytes raw;

    json_write(&json, chat_message_fields, message);
    raw = arena_bytes(mem, (struct bytes){ (const uint8_t *)buf_str(&json), json.len });
    buf_free(&json);
    return raw;
}

bool chat_complete(struct chat_writing *writing, struct err *err)
{
    struct arena *mem = writing->rq->mem;
    const struct visitor *visitor = &writing->caller.visitor;
    struct chat_message *message = &writing->message;
    struct arrival *arrival = &writing->arrival;

    if (!is_id(message->id))
        return err_field(err, "id", "must be letters and digits");
    message->visitor = arena_text(mem, id_text("vis", visitor->id.n).s);
    message->thread = thread_of(mem, visitor);
    message->from_kind = visitor->login ? IDENTITY_LOGIN : IDENTITY_EXTERNAL;
    message->from = visitor->login ? visitor->login : message->visitor;
    message->from_name = visitor_name(mem, visitor, writing->caller.organisation.language);
    arrival->in.channel = writing->caller.channel.row;
    arrival->in.judge = writing->judge;
    arrival->external_id = chat_external_id(mem, message->visitor, message->id);
    arrival->raw = raw_of(mem, message);
    chat_incoming(mem, message, &arrival->in.in);
    return arrival_take(writing->rq->store, mem, arrival, err);
}

static bool begin(struct request *rq, struct chat_writing **out, struct err *err)
{
    struct scope scope = { .mem = rq->mem };

    *out = NEW(rq->mem, struct chat_writing);
    (*out)->rq = rq;
    rq->prepared = *out;
    return chat_rate_take(rq, RATE_SEND, err) && store_read(rq->store, &scope, look, *out, err);
}

static bool prepare_text(struct request *rq, struct err *err)
{
    const struct chat_send *send = rq->body;
    struct chat_writing *writing;

    if (text_is_blank(send->text))
        return err_field(err, "text", "has nothing in it");
    if (!begin(rq, &writing, err))
        return false;
    writing->message = (struct chat_message){
        .id = send->id,
        .text = send->text,
        .page = send->page,
    };
    return chat_complete(writing, err);
}

/* --- with files ----------------------------------------------------------------------------- */

static bool read_text(struct arena *mem, const struct part *part, size_t max, const char **out,
                      struct err *err)
{
    if (part->content.len > max || !utf8_is_valid(part->content.data, part->content.len))
        return err_field(err, part->name, "must be a text of at most %zu bytes", max);
    *out = arena_text_n(mem, part->content.data, part->content.len);
    return true;
}

static bool take_file(struct chat_writing *writing, const struct part *part, struct err *err)
{
    int64_t mb = writing->caller.settings->file_mb;

    return upload_add(writing->rq->mem, part, mb > 0 ? mb : CHAT_FILE_MB, CHAT_FILES_MAX,
                      &writing->message.files, err);
}

static bool take_part(struct chat_writing *writing, const struct part *part, struct err *err)
{
    struct arena *mem = writing->rq->mem;
    struct chat_message *message = &writing->message;

    if (text_equal(part->name, "id"))
        return read_text(mem, part, ID_MAX, &message->id, err);
    if (text_equal(part->name, "text"))
        return read_text(mem, part, CHAT_TEXT_MAX, &message->text, err);
    if (text_equal(part->name, "page"))
        return read_text(mem, part, 2000, &message->page, err);
    return !text_equal(part->name, "file") || take_file(writing, part, err);
}

static bool prepare_form(struct request *rq, struct err *err)
{
    struct chat_writing *writing;
    struct list parts;

    if (!begin(rq, &writing, err) ||
        !multipart_read(rq->mem, request_header(rq, "Content-Type"), rq->raw, &parts, err))
        return false;
    writing->message = (struct chat_message){
        .id = "", .text = "", .files = { NEW_ARRAY(rq->mem, struct api_file, CHAT_FILES_MAX), 0 }
    };
    for (size_t i = 0; i < parts.n; i++)
        if (!take_part(writing, &((const struct part *)parts.items)[i], err))
            return false;
    if (writing->message.files.n == 0)
        return err_field(err, "file", "is missing");
    return chat_complete(writing, err);
}

/* --- inside --------------------------------------------------------------------------------- */

/* The conversation that it belongs to: another one when the last is over for long. */
static bool choose_round(struct tx *tx, struct chat_writing *writing, struct err *err)
{
    struct visitor *visitor = &writing->caller.visitor;
    int64_t done_at = 0;

    if (visitor->conversation_id.n != 0 &&
        !db_number(tx, SQL_CHAT_CASE_DONE_AT,
                   ARGS(arg_organisation(tx), arg_id(visitor->conversation_id)), &done_at, err))
        return false;
    if (done_at > 0 && done_at + ANEW_MS < tx->now.ms)
        visitor->round++;
    writing->arrival.in.in.thread_key = thread_of(tx->mem, visitor);
    return true;
}

static bool record(struct tx *tx, struct chat_writing *writing, struct chat_sent *sent,
                   struct err *err)
{
    struct visitor *visitor = &writing->caller.visitor;
    const struct inbound *in = &writing->arrival.in;

    visitor->person_id = in->person;
    visitor->conversation_id = in->conversation.id;
    return visitor_wrote(tx, visitor, in->message, &sent->position, err) &&
           chat_claim_email(tx, visitor, err);
}

bool chat_take(struct tx *tx, struct chat_writing *writing, struct chat_sent *out, struct err *err)
{
    struct arrival *arrival = &writing->arrival;

    *out = (struct chat_sent){ .id = writing->message.id };
    if (!choose_round(tx, writing, err) || !chat_known_person(tx, &writing->caller, err) ||
        !arrival_run(tx, arrival, err))
        return false;
    out->message_id = arrival->message_id;
    out->reference = arrival->reference;
    if (!arrival->is_new || arrival->in.outcome != INBOUND_UNDERSTOOD)
        return chat_item_position(tx, arrival->message_id, &out->position, err);
    return record(tx, writing, out, err);
}

/* POST /chat/{channel}/messages */
static bool post_message(struct request *rq, struct tx *tx, struct err *err)
{
    struct chat_writing *writing = rq->prepared;
    struct chat_sent sent;

    return chat_enter_visitor(rq, tx, &writing->caller, err) &&
           chat_take(tx, writing, &sent, err) && reply(rq, 201, chat_sent_fields, &sent);
}

static const struct route rows[] = {
    ROUTE(POST, "/chat/{channel}/messages", WRITE, post_message, ANYONE,
          BIG_BODY(chat_send, SEND_MAX), MADE(chat_sent),
          "Writes a message of the visitor that X-Visitor names.", prepare_text),
    ROUTE(POST, "/chat/{channel}/files", WRITE, post_message, ANYONE,
          FORM_BODY(chat_form, FORM_SIZE_MAX), MADE(chat_sent),
          "The same with files, as a form with them has it.", prepare_form, chat_admit),
};
const struct routes chat_in_routes = ROUTES(rows);
