#include "consents.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../messages/messages.h"

#include <string.h>

const char *const consent_state_names[] = { "given", "withdrawn", NULL };

const struct field consent_fields[] = {
    FIELD(consent, id, .flags = REQUIRED),
    FIELD(consent, person_id, .flags = REQUIRED,
          .doc = "Of whom it was said; of several people who are one, one of them"),
    FIELD(consent, purpose, .flags = REQUIRED),
    FIELD(consent, state, .names = consent_state_names),
    FIELD(consent, holds, .doc = "Nothing newer was said for this purpose"),
    FIELD(consent, at, .flags = REQUIRED, .doc = "When he said so"),
    FIELD(consent, how, .doc = "How he said so, in words"),
    FIELD(consent, message_id, .doc = "In which he said it"),
    FIELD(consent, actor_kind, .names = actor_kind_names),
    FIELD(consent, user_id, .doc = "The colleague who wrote it down"),
    FIELD(consent, created_at, .flags = REQUIRED),
    { 0 },
};

static const struct field row_fields[] = {
    FIELD(consent, id),
    FIELD(consent, person_id),
    FIELD(consent, purpose),
    FIELD(consent, state, .names = consent_state_names),
    FIELD(consent, holds),
    FIELD(consent, at),
    FIELD(consent, how),
    FIELD(consent, message_id),
    FIELD(consent, actor_kind, .names = actor_kind_names),
    FIELD(consent, actor_id),
    FIELD(consent, created_at),
    { 0 },
};

struct consent_draft {
    unsigned state;
    instant at;
    const char *how;
    message_id message_id;
};

static const struct field consent_draft_fields[] = {
    FIELD(consent_draft, state, .flags = REQUIRED, .names = consent_state_names),
    FIELD(consent_draft, at, .doc = "When he said so; now when left out"),
    FIELD(consent_draft, how, .max = CONSENT_HOW_MAX, .doc = "In words: by telephone, on a form"),
    FIELD(consent_draft, message_id, .doc = "In which he said it"),
    { 0 },
};

bool consent_list(struct tx *tx, person_id root, struct list *out, struct err *err)
{
    struct consent *all;

    if (!db_all(tx, SQL_CONSENT_LIST, ARGS(arg_organisation(tx), arg_id(root)), row_fields,
                sizeof(struct consent), out, err))
        return false;
    all = out->items;
    for (size_t i = 0; i < out->n; i++)
        if (all[i].actor_kind == ACTOR_USER)
            all[i].user_id.n = all[i].actor_id;
    return true;
}

static bool check(struct tx *tx, person_id person, const struct consent *consent, struct err *err)
{
    struct message message;
    bool found, is_his;

    if (consent->at.ms > tx->now.ms)
        return err_field(err, "at", "is still to come");
    if (consent->message_id.n == 0)
        return true;
    if (!message_find(tx, consent->message_id, &message, &found, err))
        return false;
    if (!found || message.direction != DIRECTION_IN)
        return err_field(err, "message_id", "is no message of a customer");
    return person_is_same(tx, message.person_id, person, &is_his, err) &&
           (is_his || err_field(err, "message_id", "isn't from this customer"));
}

static bool tell(struct tx *tx, const struct consent *consent, struct err *err)
{
    struct buf data = BUF(1024);
    struct event event = {
        .kind = arena_printf(tx->mem, "consent.%s", consent_state_names[consent->state]),
        .about = arena_text(tx->mem, id_text("per", consent->person_id.n).s),
    };

    buf_printf(&data, "{\"consent\":\"%s\",\"purpose\":", id_text("cst", consent->id.n).s);
    json_write_text(&data, consent->purpose);
    buf_text(&data, "}");
    event.data.s = arena_text(tx->mem, buf_str(&data));
    buf_free(&data);
    return event_add(tx, &event, err);
}

bool consent_add(struct tx *tx, person_id person, struct consent *consent, struct err *err)
{
    if (consent->at.ms == 0)
        consent->at = tx->now;
    if (!check(tx, person, consent, err))
        return false;
    consent->id.n = id_new();
    consent->person_id = person;
    consent->purpose = text_preview(tx->mem, consent->purpose, CONSENT_PURPOSE_MAX);
    consent->how = text_preview(tx->mem, consent->how ? consent->how : "", CONSENT_HOW_MAX);
    consent->created_at = tx->now;
    consent->holds = true;
    return db_run(tx, SQL_CONSENT_ADD,
                  ARGS(arg_organisation(tx), arg_id(consent->id), arg_id(person),
                       arg_text(text_fold(tx->mem, consent->purpose)), arg_text(consent->purpose),
                       arg_text(consent_state_names[consent->state]), arg_time(consent->at),
                       arg_text(consent->how), arg_id(consent->message_id),
                       arg_text(actor_kind_names[tx->actor.kind]), arg_int(tx->actor.id),
                       arg_time(tx->now)),
                  err) &&
           tell(tx, consent, err);
}

/* --- the API --------------------------------------------------------------------------------- */

/* GET /api/v1/people/{id}/consents */
static bool get_consents(struct request *rq, struct tx *tx, struct err *err)
{
    person_id id, root;
    struct list all;

    return request_id(rq, "id", "per", &id.n, err) && person_root(tx, id, &root, err) &&
           consent_list(tx, root, &all, err) &&
           reply_list(rq, consent_fields, sizeof(struct consent), &all, NULL);
}

static bool say(struct request *rq, struct tx *tx, struct consent *consent, struct err *err)
{
    person_id id, root;
    struct list all;

    consent->purpose = text_trim(tx->mem, request_param(rq, "purpose"));
    if (text_is_blank(consent->purpose) || strlen(consent->purpose) > CONSENT_PURPOSE_MAX)
        return err_set(err, ERR_INVALID, "a purpose has 1 to %d letters", CONSENT_PURPOSE_MAX);
    return request_id(rq, "id", "per", &id.n, err) && person_root(tx, id, &root, err) &&
           consent_add(tx, root, consent, err) && consent_list(tx, root, &all, err) &&
           reply_list(rq, consent_fields, sizeof(struct consent), &all, NULL);
}

/* PUT /api/v1/people/{id}/consents/{purpose} */
static bool put_consent(struct request *rq, struct tx *tx, struct err *err)
{
    const struct consent_draft *draft = rq->body;
    struct consent consent = {
        .state = draft->state,
        .at = draft->at,
        .how = draft->how,
        .message_id = draft->message_id,
    };

    return say(rq, tx, &consent, err);
}

/* DELETE /api/v1/people/{id}/consents/{purpose} */
static bool delete_consent(struct request *rq, struct tx *tx, struct err *err)
{
    return say(rq, tx, &(struct consent){ .state = CONSENT_WITHDRAWN }, err);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/people/{id}/consents", READ, get_consents, PERSON_READ, NOTHING,
          MANY(consent),
          "Lists what somebody allowed us and what he withdrew, the newest first, in one page."),
    ROUTE(PUT, "/api/v1/people/{id}/consents/{purpose}", WRITE, put_consent, PERSON_WRITE,
          BODY(consent_draft), MANY(consent),
          "Writes down that somebody gave or withdrew his consent for a purpose; the list then."),
    ROUTE(DELETE, "/api/v1/people/{id}/consents/{purpose}", WRITE, delete_consent, PERSON_WRITE,
          NOTHING, MANY(consent), "Writes down that he withdraws it now; the list then."),
};
const struct routes consent_routes = ROUTES(rows);
