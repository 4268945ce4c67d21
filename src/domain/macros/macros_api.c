#include "macros.h"

#include "../cases/cases.h"
#include "../owned/owned.h"

/* What comes in: as a macro goes out, without what we know ourselves. */
static const struct field macro_draft_fields[] = {
    FIELD(macro, name, .flags = REQUIRED, .min = 1, .max = MACRO_NAME_MAX),
    FIELD(macro, text, .flags = REQUIRED, .min = 1, .max = MACRO_TEXT_MAX),
    FIELD(macro, is_shared, .doc = "Everybody has it"),
    FIELD(macro, status, .names = case_status_names, .doc = "What the case becomes"),
    FIELD(macro, label_id, .doc = "That the case gets"),
    { 0 },
};
#define MACRO_DRAFT { macro_draft_fields, sizeof(struct macro), 0, "macro_draft" }

static bool get_macros(struct request *rq, struct tx *tx, struct err *err)
{
    struct list macros;

    return macro_list(tx, &macros, err) &&
           reply_list(rq, macro_fields, sizeof(struct macro), &macros, NULL);
}

static bool post_macro(struct request *rq, struct tx *tx, struct err *err)
{
    struct macro macro = *(const struct macro *)rq->body;

    return macro_add(tx, &macro, err) &&
           reply_versioned(rq, 201, macro.version, macro_fields, &macro);
}

/* The macro {id}, if the caller may change it: his own, or a shared one as an administrator. */
static bool get_own(struct request *rq, struct tx *tx, struct macro *out, struct err *err)
{
    macro_id id;

    return request_id(rq, "id", "mac", &id.n, err) && macro_get(tx, id, out, err) &&
           owned_may_change(rq, out->user_id, err);
}

static bool put_macro(struct request *rq, struct tx *tx, struct err *err)
{
    struct macro before, macro = *(const struct macro *)rq->body;
    int64_t version;

    if (!get_own(rq, tx, &before, err) || !request_version(rq, before.version, &version, err))
        return false;
    macro.id = before.id;
    macro.user_id = before.user_id;
    macro.created_at = before.created_at;
    return macro_change(tx, &macro, before.is_shared, version, err) &&
           reply_versioned(rq, 200, macro.version, macro_fields, &macro);
}

static bool delete_macro(struct request *rq, struct tx *tx, struct err *err)
{
    struct macro macro;

    return get_own(rq, tx, &macro, err) && macro_remove(tx, &macro, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/macros", READ, get_macros, CASE_READ, NOTHING, MANY(macro),
          "Lists the caller's macros and the shared ones, by name."),
    ROUTE(POST, "/api/v1/macros", WRITE, post_macro, CASE_WRITE, MACRO_DRAFT, MADE(macro),
          "Keeps an answer to use again."),
    ROUTE(PUT, "/api/v1/macros/{id}", WRITE, put_macro, CASE_WRITE, MACRO_DRAFT, ONE(macro),
          "Changes a macro of one's own; an administrator changes the shared ones too.",
          .is_versioned = true),
    ROUTE(DELETE, "/api/v1/macros/{id}", WRITE, delete_macro, CASE_WRITE, NOTHING, NOTHING,
          "Removes a macro."),
};
const struct routes macro_routes = ROUTES(rows);
