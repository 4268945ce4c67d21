#include "calendars.h"

#include "../../auth/organisations.h"
#include "../../auth/teams.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "system_zones.h"

#include <string.h>

enum { RULES_BYTES_MAX = 1 << 20 };

const struct field stored_calendar_fields[] = {
    FIELD(stored_calendar, id, .flags = REQUIRED),
    FIELD(stored_calendar, name, .flags = REQUIRED),
    FIELD(stored_calendar, is_default, .doc = "Of every team without a calendar of its own"),
    FIELD(stored_calendar, teams, .doc = "The ids of the teams that count in it"),
    TIMETABLE_FIELDS(stored_calendar),
    FIELD(stored_calendar, created_at, .flags = REQUIRED),
    FIELD(stored_calendar, version),
    { 0 },
};

struct row {
    calendar_id id;
    const char *name;
    bool is_default;
    struct json_text rules;
    instant created_at;
    int64_t version;
};

static const struct field row_fields[] = {
    FIELD(row, id),
    FIELD(row, name),
    FIELD(row, is_default),
    FIELD(row, rules),
    FIELD(row, created_at),
    FIELD(row, version),
    { 0 },
};

struct team_row {
    calendar_id calendar_id;
    team_id team_id;
};

static const struct field team_row_fields[] = {
    FIELD(team_row, calendar_id),
    FIELD(team_row, team_id),
    { 0 },
};

/* --- reading -------------------------------------------------------------------------------- */

static bool from_row(struct tx *tx, const struct row *row, struct stored_calendar *out,
                     struct err *err)
{
    *out = (struct stored_calendar){ .id = row->id,
                                     .name = row->name,
                                     .is_default = row->is_default,
                                     .created_at = row->created_at,
                                     .version = row->version };
    return json_read_stored(tx->mem, row->rules.s, timetable_fields, &out->timetable, err);
}

/* Those of the rows, which are ordered by calendar, that are of this one. */
static void add_teams(struct tx *tx, const struct list *rows, struct stored_calendar *out)
{
    const struct team_row *all = rows->items;
    const char **teams = NEW_ARRAY(tx->mem, const char *, rows->n);
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++)
        if (all[i].calendar_id.n == out->id.n)
            teams[n++] = arena_text(tx->mem, id_text("tem", all[i].team_id.n).s);
    out->teams = (struct list){ teams, n };
}

bool calendar_list(struct tx *tx, struct list *out, struct err *err)
{
    struct stored_calendar *items;
    struct list rows, teams;

    if (!db_all(tx, SQL_CALENDAR_LIST, ARGS(arg_organisation(tx)), row_fields, sizeof(struct row),
                &rows, err) ||
        !db_all(tx, SQL_CALENDAR_TEAM_LIST, ARGS(arg_organisation(tx)), team_row_fields,
                sizeof(struct team_row), &teams, err))
        return false;
    items = NEW_ARRAY(tx->mem, struct stored_calendar, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        if (!from_row(tx, &((const struct row *)rows.items)[i], &items[i], err))
            return false;
        add_teams(tx, &teams, &items[i]);
    }
    *out = (struct list){ items, rows.n };
    return true;
}

bool calendar_get(struct tx *tx, calendar_id id, struct stored_calendar *out, struct err *err)
{
    struct row row = { 0 };
    struct list teams;

    if (!db_one(tx, SQL_CALENDAR_GET, ARGS(arg_organisation(tx), arg_id(id)), row_fields, &row,
                err) ||
        !db_all(tx, SQL_CALENDAR_TEAM_LIST_OF, ARGS(arg_organisation(tx), arg_id(id)),
                team_row_fields, sizeof(struct team_row), &teams, err) ||
        !from_row(tx, &row, out, err))
        return false;
    add_teams(tx, &teams, out);
    return true;
}

/* --- changing ------------------------------------------------------------------------------- */

static bool tell(struct tx *tx, const char *kind, calendar_id id, struct err *err)
{
    return event_add(tx, &(struct event){ .kind = kind, .about = id_text("cal", id.n).s }, err);
}

static bool refuse_changed(struct err *err)
{
    return err_set(err, ERR_CHANGED, "somebody changed this calendar meanwhile");
}

static char *written(struct arena *mem, const struct timetable *timetable)
{
    struct buf json = BUF(RULES_BYTES_MAX);
    char *text;

    json_write(&json, timetable_fields, timetable);
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

static bool check_zone(struct tx *tx, struct timetable *timetable, struct err *err)
{
    struct calendar zone;

    if (text_is_blank(timetable->time_zone))
        timetable->time_zone = NULL;
    return !timetable->time_zone || system_zone(tx->mem, timetable->time_zone, tx->now, &zone) ||
           err_field(err, "time_zone", "must be a time zone like Europe/Amsterdam");
}

static bool check_name(struct tx *tx, struct stored_calendar *calendar, struct err *err)
{
    int64_t other;

    calendar->name = text_trim(tx->mem, calendar->name);
    if (!text_is_line(calendar->name))
        return err_field(err, "name", "must say what the calendar is called");
    if (!db_number(tx, SQL_CALENDAR_NAMED, ARGS(arg_organisation(tx), arg_text(calendar->name)),
                   &other, err))
        return false;
    return other == 0 || other == calendar->id.n ||
           err_set(err, ERR_CONFLICT, "there is a calendar called %.100s already", calendar->name);
}

static bool check_teams(struct tx *tx, const struct stored_calendar *calendar, struct err *err)
{
    const char *const *teams = calendar->teams.items;

    for (size_t i = 0; i < calendar->teams.n; i++) {
        struct team team;
        team_id id;
        if (!id_read("tem", teams[i], strlen(teams[i]), &id.n))
            return err_field(err, arena_printf(tx->mem, "teams/%zu", i), "is no team's id");
        if (team_get(tx, id, &team, err))
            continue;
        return err->code == ERR_NOT_FOUND &&
               err_field(err, arena_printf(tx->mem, "teams/%zu", i), "is no team of yours");
    }
    return true;
}

static bool check(struct tx *tx, struct stored_calendar *calendar, struct err *err)
{
    return timetable_check(tx->mem, &calendar->timetable, err) &&
           check_zone(tx, &calendar->timetable, err) && check_name(tx, calendar, err) &&
           check_teams(tx, calendar, err);
}

/* Before it is written: two defaults aren't allowed for a moment either. */
static bool take_default(struct tx *tx, const struct stored_calendar *calendar, struct err *err)
{
    return !calendar->is_default || db_run(tx, SQL_CALENDAR_NO_DEFAULT,
                                           ARGS(arg_organisation(tx), arg_id(calendar->id)), err);
}

static bool take_teams(struct tx *tx, struct stored_calendar *calendar, struct err *err)
{
    const char *const *teams = calendar->teams.items;

    if (!db_run(tx, SQL_CALENDAR_FREE_TEAMS, ARGS(arg_organisation(tx), arg_id(calendar->id)), err))
        return false;
    for (size_t i = 0; i < calendar->teams.n; i++) {
        team_id id = { 0 };
        if (!id_read("tem", teams[i], strlen(teams[i]), &id.n) ||
            !db_run(tx, SQL_CALENDAR_LOSE_TEAM,
                    ARGS(arg_organisation(tx), arg_id(id), arg_id(calendar->id)), err) ||
            !db_run(tx, SQL_CALENDAR_TAKE_TEAM,
                    ARGS(arg_organisation(tx), arg_id(id), arg_id(calendar->id)), err))
            return false;
    }
    return true;
}

bool calendar_add(struct tx *tx, struct stored_calendar *calendar, struct err *err)
{
    int64_t n;

    calendar->id.n = id_new();
    calendar->created_at = tx->now;
    calendar->version = 1;
    if (!check(tx, calendar, err) ||
        !db_number(tx, SQL_CALENDAR_COUNT, ARGS(arg_organisation(tx)), &n, err))
        return false;
    if (n >= CALENDARS_MAX)
        return err_set(err, ERR_CONFLICT, "there are %d calendars: remove one first",
                       CALENDARS_MAX);
    return take_default(tx, calendar, err) &&
           db_run(tx, SQL_CALENDAR_ADD,
                  ARGS(arg_organisation(tx), arg_id(calendar->id), arg_text(calendar->name),
                       arg_bool(calendar->is_default),
                       arg_text(written(tx->mem, &calendar->timetable)), arg_time(tx->now)),
                  err) &&
           take_teams(tx, calendar, err) && tell(tx, "calendar.added", calendar->id, err);
}

bool calendar_change(struct tx *tx, struct stored_calendar *calendar, int64_t version,
                     struct err *err)
{
    int64_t rows;

    if (!check(tx, calendar, err) || !take_default(tx, calendar, err) ||
        !db_change(tx, SQL_CALENDAR_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(calendar->id), arg_int(version),
                        arg_text(calendar->name), arg_bool(calendar->is_default),
                        arg_text(written(tx->mem, &calendar->timetable))),
                   &rows, err))
        return false;
    if (rows == 0)
        return refuse_changed(err);
    calendar->version = version + 1;
    return take_teams(tx, calendar, err) && tell(tx, "calendar.changed", calendar->id, err);
}

bool calendar_remove(struct tx *tx, calendar_id id, int64_t version, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_CALENDAR_REMOVE,
                   ARGS(arg_organisation(tx), arg_id(id), arg_int(version)), &rows, err))
        return false;
    if (rows == 0)
        return refuse_changed(err);
    return db_run(tx, SQL_CALENDAR_FREE_TEAMS, ARGS(arg_organisation(tx), arg_id(id)), err) &&
           tell(tx, "calendar.removed", id, err);
}

/* --- counting ------------------------------------------------------------------------------- */

static bool calendar_from(struct tx *tx, const struct row *row, struct calendar *out,
                          struct err *err)
{
    struct organisation organisation;
    struct stored_calendar stored;

    if (!organisation_get(tx, &organisation, err))
        return false;
    if (row)
        return from_row(tx, row, &stored, err) &&
               (timetable_calendar(tx->mem, &stored.timetable, organisation.time_zone, tx->now,
                                   out),
                true);
    timetable_usual(tx->mem, organisation.time_zone, &stored.timetable);
    timetable_calendar(tx->mem, &stored.timetable, organisation.time_zone, tx->now, out);
    return true;
}

bool calendar_of_team(struct tx *tx, team_id team, struct calendar *out, calendar_id *id,
                      struct err *err)
{
    struct row row = { 0 };
    bool found = false;

    if ((team.n != 0 && !db_find(tx, SQL_CALENDAR_OF_TEAM, ARGS(arg_organisation(tx), arg_id(team)),
                                 row_fields, &row, &found, err)) ||
        (!found && !db_find(tx, SQL_CALENDAR_GET_DEFAULT, ARGS(arg_organisation(tx)), row_fields,
                            &row, &found, err)))
        return false;
    if (id)
        *id = row.id;
    return calendar_from(tx, found ? &row : NULL, out, err);
}

bool calendar_of_id(struct tx *tx, calendar_id id, struct calendar *out, bool *found,
                    struct err *err)
{
    struct row row = { 0 };

    return db_find(tx, SQL_CALENDAR_GET, ARGS(arg_organisation(tx), arg_id(id)), row_fields, &row,
                   found, err) &&
           (!*found || calendar_from(tx, &row, out, err));
}
