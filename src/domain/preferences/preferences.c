#include "preferences.h"

const struct field preferences_fields[] = {
    FIELD(preferences, signature, .flags = REQUIRED),
    FIELD(preferences, settings, .flags = REQUIRED, .doc = "The desk's own"),
    FIELD(preferences, version),
    { 0 },
};

bool preferences_get(struct tx *tx, struct preferences *out, struct err *err)
{
    bool found;

    *out = (struct preferences){ .signature = "", .settings = { "{}" } };
    return db_find(tx, SQL_PREFERENCES_GET, ARGS(arg_organisation(tx), arg_id_number(tx->actor.id)),
                   preferences_fields, out, &found, err);
}

bool preferences_save(struct tx *tx, struct preferences *preferences, int64_t version,
                      struct err *err)
{
    int64_t rows;

    preferences->version = version + 1;
    return db_change(tx, SQL_PREFERENCES_SAVE,
                     ARGS(arg_organisation(tx), arg_id_number(tx->actor.id),
                          arg_text(preferences->signature), arg_text(preferences->settings.s),
                          arg_int(preferences->version)),
                     &rows, err) &&
           (rows == 1 ||
            err_set(err, ERR_CHANGED, "another window of yours changed them a moment ago"));
}
