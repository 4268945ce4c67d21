#include "macros.h"

#include "../../base/text.h"
#include "../cases/cases.h"
#include "../labels/labels.h"
#include "../owned/owned.h"

#include <string.h>

const struct field macro_fields[] = {
    FIELD(macro, id, .flags = REQUIRED),
    FIELD(macro, user_id, .flags = REQUIRED, .doc = "Whose it is"),
    FIELD(macro, name, .flags = REQUIRED),
    FIELD(macro, text, .flags = REQUIRED),
    FIELD(macro, is_shared, .doc = "Everybody has it"),
    FIELD(macro, status, .flags = OPTIONAL, .names = case_status_names,
          .doc = "What the case becomes; as it is when left out"),
    FIELD(macro, label_id, .doc = "That the case gets"),
    FIELD(macro, created_at, .flags = REQUIRED),
    FIELD(macro, version),
    { 0 },
};

bool macro_list(struct tx *tx, struct list *out, struct err *err)
{
    return db_all(tx, SQL_MACRO_LIST, ARGS(arg_organisation(tx), arg_id_number(tx->actor.id)),
                  macro_fields, sizeof(struct macro), out, err);
}

bool macro_get(struct tx *tx, macro_id id, struct macro *out, struct err *err)
{
    *out = (struct macro){ 0 };
    return db_one(tx, SQL_MACRO_GET,
                  ARGS(arg_organisation(tx), arg_id(id), arg_id_number(tx->actor.id)), macro_fields,
                  out, err);
}

static const struct owned_kind macro_kind = { "mac",           "macro",
                                              MACROS_MAX,      MACROS_SHARED_MAX,
                                              SQL_MACRO_COUNT, SQL_MACRO_COUNT_SHARED };

static bool tell(struct tx *tx, const char *what, const struct macro *macro, struct err *err)
{
    return owned_tell(tx, &macro_kind, what, macro->id.n, macro->is_shared, err);
}

static bool check(struct tx *tx, struct macro *macro, struct err *err)
{
    struct label label;

    macro->name = text_preview(tx->mem, macro->name, strlen(macro->name));
    if (*macro->name == '\0')
        return err_field(err, "name", "say in a word or two what it answers");
    if (text_is_blank(macro->text))
        return err_field(err, "text", "has nothing in it");
    if (macro->label_id.n == 0 || label_get(tx, macro->label_id, &label, err))
        return true;
    return err->code == ERR_NOT_FOUND ? err_field(err, "label_id", "is no label of yours") : false;
}

bool macro_add(struct tx *tx, struct macro *macro, struct err *err)
{
    macro->id.n = id_new();
    macro->user_id.n = tx->actor.id;
    macro->created_at = tx->now;
    macro->version = 1;
    if (!check(tx, macro, err) || !owned_may_add(tx, &macro_kind, macro->is_shared, err))
        return false;
    return db_run(tx, SQL_MACRO_ADD,
                  ARGS(arg_organisation(tx), arg_id(macro->id), arg_id(macro->user_id),
                       arg_bool(macro->is_shared), arg_text(macro->name), arg_text(macro->text),
                       arg_text(macro->status), arg_id(macro->label_id),
                       arg_time(macro->created_at)),
                  err) &&
           tell(tx, "added", macro, err);
}

bool macro_change(struct tx *tx, struct macro *macro, bool was_shared, int64_t version,
                  struct err *err)
{
    int64_t rows;

    if (!check(tx, macro, err) ||
        (macro->is_shared && !was_shared && !owned_may_share(tx, &macro_kind, err)) ||
        !db_change(tx, SQL_MACRO_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(macro->id), arg_int(version),
                        arg_bool(macro->is_shared), arg_text(macro->name), arg_text(macro->text),
                        arg_text(macro->status), arg_id(macro->label_id)),
                   &rows, err))
        return false;
    macro->version = version + 1;
    return owned_was_changed(&macro_kind, rows, err) && tell(tx, "changed", macro, err);
}

bool macro_remove(struct tx *tx, const struct macro *macro, struct err *err)
{
    return db_run(tx, SQL_MACRO_REMOVE, ARGS(arg_organisation(tx), arg_id(macro->id)), err) &&
           tell(tx, "removed", macro, err);
}
