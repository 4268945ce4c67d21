#include "organisations.h"

#include "../base/text.h"
#include "../store/events.h"

#include <string.h>
#include <unistd.h>

#define ZONES "/usr/share/zoneinfo/"

const struct field organisation_fields[] = {
    FIELD(organisation, id, .flags = REQUIRED),
    FIELD(organisation, name, .flags = REQUIRED),
    FIELD(organisation, language, .flags = REQUIRED,
          .doc = "nl, en or fr: of what the system itself writes"),
    FIELD(organisation, time_zone, .flags = REQUIRED, .doc = "as Europe/Amsterdam"),
    FIELD(organisation, needs_second_step, .doc = "who has no second step can only add one"),
    FIELD(organisation, created_at, .flags = REQUIRED),
    FIELD(organisation, version),
    { 0 },
};

enum phone_home organisation_home(const struct organisation *organisation)
{
    return text_equal(organisation->time_zone, "Europe/Brussels") ? PHONE_BELGIUM
                                                                  : PHONE_NETHERLANDS;
}

bool language_is_known(const char *language)
{
    return text_equal(language, "nl") || text_equal(language, "en") || text_equal(language, "fr");
}

/* A name of the system's list; without dots it stays inside its folder. */
static bool time_zone_is_known(struct arena *mem, const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_+-/";
    size_t len = name ? strlen(name) : 0;

    return len > 0 && len <= TIME_ZONE_MAX && name[strspn(name, allowed)] == '\0' &&
           name[0] != '/' && name[len - 1] != '/' &&
           access(arena_printf(mem, ZONES "%s", name), R_OK) == 0;
}

bool organisation_check(struct arena *mem, const struct organisation *organisation, struct err *err)
{
    if (text_is_blank(organisation->name))
        return err_field(err, "name", "must say what the organisation is called");
    if (strlen(organisation->name) > ORGANISATION_NAME_MAX)
        return err_field(err, "name", "is longer than %d bytes", ORGANISATION_NAME_MAX);
    if (!language_is_known(organisation->language))
        return err_field(err, "language", "must be nl, en or fr");
    if (!time_zone_is_known(mem, organisation->time_zone))
        return err_field(err, "time_zone", "must be a time zone like Europe/Amsterdam");
    return true;
}

bool organisation_make(struct tx *tx, const char *name, const char *language, const char *time_zone,
                       struct organisation *out, struct err *err)
{
    *out = (struct organisation){ .id = { id_new() },
                                  .name = name,
                                  .language = language,
                                  .time_zone = time_zone,
                                  .created_at = tx->now,
                                  .version = 1 };
    tx->organisation = out->id;
    return organisation_check(tx->mem, out, err) &&
           db_run(tx, SQL_ORGANISATION_ADD,
                  ARGS(arg_id(out->id), arg_text(name), arg_text(language), arg_text(time_zone),
                       arg_time(tx->now)),
                  err) &&
           event_add(tx, &(struct event){ .kind = "organisation.added" }, err);
}

bool organisation_get(struct tx *tx, struct organisation *out, struct err *err)
{
    return db_one(tx, SQL_ORGANISATION_GET, ARGS(arg_organisation(tx)), organisation_fields, out,
                  err);
}

bool organisation_list(struct tx *tx, struct list *out, struct err *err)
{
    return db_all(tx, SQL_ORGANISATION_LIST, NO_ARGS, organisation_fields,
                  sizeof(struct organisation), out, err);
}

bool organisation_change(struct tx *tx, struct organisation *changed, int64_t version,
                         struct err *err)
{
    int64_t rows;

    if (!organisation_check(tx->mem, changed, err) ||
        !db_change(tx, SQL_ORGANISATION_CHANGE,
                   ARGS(arg_organisation(tx), arg_int(version), arg_text(changed->name),
                        arg_text(changed->language), arg_text(changed->time_zone),
                        arg_bool(changed->needs_second_step)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed the organisation meanwhile");
    changed->version = version + 1;
    return event_add(tx, &(struct event){ .kind = "organisation.changed" }, err);
}
