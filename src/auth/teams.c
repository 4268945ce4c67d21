#include "teams.h"

#include "../base/text.h"
#include "../store/events.h"
#include "users.h"

#include <string.h>

static const struct field team_member_fields[] = {
    FIELD(team_member, user_id),
    FIELD(team_member, name),
    { 0 },
};

static const struct field member_row_fields[] = {
    FIELD(team_member, team_id),
    FIELD(team_member, user_id),
    FIELD(team_member, name),
    { 0 },
};

const struct field team_fields[] = {
    FIELD(team, id, .flags = REQUIRED),
    FIELD(team, name, .flags = REQUIRED),
    FIELD(team, members, .of = team_member_fields, .size = sizeof(struct team_member)),
    FIELD(team, created_at, .flags = REQUIRED),
    FIELD(team, version),
    { 0 },
};

static bool tell(struct tx *tx, const char *kind, team_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("tem", id.n, about);
    return event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

static bool check_name(const char *name, struct err *err)
{
    if (text_is_blank(name))
        return err_field(err, "name", "must say what the team is called");
    if (strlen(name) > TEAM_NAME_MAX)
        return err_field(err, "name", "is longer than %d bytes", TEAM_NAME_MAX);
    return true;
}

static bool refuse_name(const char *name, struct err *err)
{
    return err_set(err, ERR_CONFLICT, "there is a team called %.100s already", name);
}

static bool refuse_changed(struct err *err)
{
    return err_set(err, ERR_CHANGED, "somebody changed this team meanwhile");
}

bool team_make(struct tx *tx, const char *name, struct team *out, struct err *err)
{
    int64_t rows;

    *out = (struct team){ .id = { id_new() }, .name = name, .created_at = tx->now, .version = 1 };
    if (!check_name(name, err) ||
        !db_change(tx, SQL_TEAM_ADD,
                   ARGS(arg_organisation(tx), arg_id(out->id), arg_text(name), arg_time(tx->now)),
                   &rows, err))
        return false;
    return rows == 0 ? refuse_name(name, err) : tell(tx, "team.added", out->id, err);
}

/* Gives each of the teams, which are ordered by id, its part of their members. */
static bool add_members(struct tx *tx, struct team *teams, size_t n, struct err *err)
{
    struct list members;
    struct team_member *all;
    size_t at = 0;

    if (n == 0)
        return true;
    if (!db_all(tx, SQL_TEAM_MEMBERS,
                ARGS(arg_organisation(tx), arg_id(teams[0].id), arg_id(teams[n - 1].id)),
                member_row_fields, sizeof(struct team_member), &members, err))
        return false;
    all = members.items;
    for (size_t i = 0; i < n && members.n > 0; i++) {
        size_t start = at;
        while (at < members.n && all[at].team_id.n == teams[i].id.n)
            at++;
        teams[i].members = (struct list){ all + start, at - start };
    }
    return true;
}

bool team_get(struct tx *tx, team_id id, struct team *out, struct err *err)
{
    bool found;

    *out = (struct team){ 0 };
    if (!db_find(tx, SQL_TEAM_GET, ARGS(arg_organisation(tx), arg_id(id)), team_fields, out, &found,
                 err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no such team here");
    return add_members(tx, out, 1, err);
}

bool team_list(struct tx *tx, team_id after, int64_t max, struct list *out, struct err *err)
{
    return db_all(tx, SQL_TEAM_LIST, ARGS(arg_organisation(tx), arg_int(after.n), arg_int(max)),
                  team_fields, sizeof(struct team), out, err) &&
           add_members(tx, out->items, out->n, err);
}

bool team_rename(struct tx *tx, struct team *team, const char *name, int64_t version,
                 struct err *err)
{
    int64_t rows, other;

    if (!check_name(name, err) ||
        !db_number(tx, SQL_TEAM_NAMED, ARGS(arg_organisation(tx), arg_text(name)), &other, err))
        return false;
    if (other != 0 && other != team->id.n)
        return refuse_name(name, err);
    if (!db_change(tx, SQL_TEAM_RENAME,
                   ARGS(arg_organisation(tx), arg_id(team->id), arg_int(version), arg_text(name)),
                   &rows, err))
        return false;
    if (rows == 0)
        return refuse_changed(err);
    team->name = name;
    team->version = version + 1;
    return tell(tx, "team.changed", team->id, err);
}

bool team_remove(struct tx *tx, team_id id, int64_t version, struct err *err)
{
    int64_t uses, rows;

    if (!db_number(tx, SQL_TEAM_USES, ARGS(arg_organisation(tx), arg_id(id)), &uses, err))
        return false;
    if (uses > 0)
        return err_set(err, ERR_CONFLICT,
                       "cases or channels stand with this team: give them to another one first");
    if (!db_change(tx, SQL_TEAM_REMOVE, ARGS(arg_organisation(tx), arg_id(id), arg_int(version)),
                   &rows, err))
        return false;
    if (rows == 0)
        return refuse_changed(err);
    return db_run(tx, SQL_TEAM_REMOVE_MEMBERS, ARGS(arg_organisation(tx), arg_id(id)), err) &&
           db_run(tx, SQL_TEAM_LEAVE_CALENDAR, ARGS(arg_organisation(tx), arg_id(id)), err) &&
           tell(tx, "team.removed", id, err);
}

bool team_set_member(struct tx *tx, team_id id, user_id user, bool is_in, struct team *out,
                     struct err *err)
{
    enum sql sql = is_in ? SQL_TEAM_MEMBER_ADD : SQL_TEAM_MEMBER_REMOVE;
    struct user member;
    int64_t rows;

    if (!user_get(tx, user, &member, err) || !team_get(tx, id, out, err) ||
        !db_change(tx, sql, ARGS(arg_organisation(tx), arg_id(id), arg_id(user)), &rows, err))
        return false;
    return rows == 0 || (db_run(tx, SQL_TEAM_TOUCH, ARGS(arg_organisation(tx), arg_id(id)), err) &&
                         tell(tx, "team.changed", id, err) && team_get(tx, id, out, err));
}
