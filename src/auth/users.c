#include "users.h"

#include "../base/text.h"
#include "../store/events.h"
#include "organisations.h"
#include "sessions.h"

#include <string.h>

const struct field user_fields[] = {
    FIELD(user, id, .flags = REQUIRED),
    FIELD(user, email, .flags = REQUIRED),
    FIELD(user, name, .flags = REQUIRED),
    FIELD(user, role, .names = role_names),
    FIELD(user, language, .flags = REQUIRED, .doc = "nl, en or fr; empty: as the organisation"),
    FIELD(user, disabled),
    FIELD(user, has_second_step, .doc = "a login asks for a code, too"),
    FIELD(user, created_at, .flags = REQUIRED),
    FIELD(user, version),
    { 0 },
};

static const struct field row_fields[] = {
    FIELD(user, organisation_id),
    FIELD(user, id),
    FIELD(user, email),
    FIELD(user, name),
    FIELD(user, role, .names = role_names),
    FIELD(user, language),
    FIELD(user, disabled),
    FIELD(user, has_second_step),
    FIELD(user, password_hash),
    FIELD(user, created_at),
    FIELD(user, version),
    { 0 },
};

char *user_email(struct arena *mem, const char *email)
{
    return text_lower(mem, text_trim(mem, email));
}

bool user_named(const struct tx *tx, const char *text, user_id *out)
{
    if (!text_equal(text, "me"))
        return id_read("usr", text, strlen(text), &out->n);
    out->n = tx->actor.id;
    return true;
}

bool password_check(const char *password, const char *email, struct err *err)
{
    size_t len = password ? strlen(password) : 0;

    if (len < PASSWORD_MIN)
        return err_field(err, "password", "must have at least %d characters", PASSWORD_MIN);
    if (len > PASSWORD_MAX)
        return err_field(err, "password", "is longer than %d bytes", PASSWORD_MAX);
    if (strcasecmp(password, email) == 0)
        return err_field(err, "password", "must not be the mail address");
    return true;
}

static bool check(const struct user *user, struct err *err)
{
    if (text_is_blank(user->name))
        return err_field(err, "name", "must say what the person is called");
    if (strlen(user->name) > USER_NAME_MAX)
        return err_field(err, "name", "is longer than %d bytes", USER_NAME_MAX);
    if (*user->language != '\0' && !language_is_known(user->language))
        return err_field(err, "language", "must be nl, en or fr, or empty");
    return true;
}

static bool tell(struct tx *tx, const char *kind, user_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("usr", id.n, about);
    return event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

bool user_make(struct tx *tx, const struct user_draft *draft, const char *hash, struct user *out,
               struct err *err)
{
    int64_t rows;

    *out = (struct user){
        .organisation_id = tx->organisation,
        .id = { id_new() },
        .email = user_email(tx->mem, draft->email ? draft->email : ""),
        .name = draft->name,
        .role = draft->role,
        .language = draft->language ? draft->language : "",
        .password_hash = hash,
        .created_at = tx->now,
        .version = 1,
    };
    if (!text_is_email(out->email))
        return err_field(err, "email", "must be an e-mail address like name@example.org");
    if (!check(out, err) ||
        !db_change(tx, SQL_USER_ADD,
                   ARGS(arg_organisation(tx), arg_id(out->id), arg_text(out->email),
                        arg_text(out->name), arg_text(role_names[out->role]),
                        arg_text(out->language), arg_text(hash), arg_time(tx->now)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CONFLICT, "there is a user with the address %.200s already",
                       out->email);
    return tell(tx, "user.added", out->id, err);
}

bool user_get(struct tx *tx, user_id id, struct user *out, struct err *err)
{
    bool found;

    return db_find(tx, SQL_USER_GET, ARGS(arg_organisation(tx), arg_id(id)), row_fields, out,
                   &found, err) &&
           (found || err_set(err, ERR_NOT_FOUND, "there is no such user here"));
}

bool user_by_email(struct tx *tx, const char *email, struct list *out, struct err *err)
{
    return db_all(tx, SQL_USER_BY_EMAIL, ARGS(arg_text(user_email(tx->mem, email))), row_fields,
                  sizeof(struct user), out, err);
}

bool user_list(struct tx *tx, user_id after, int64_t max, struct list *out, struct err *err)
{
    return db_all(tx, SQL_USER_LIST, ARGS(arg_organisation(tx), arg_int(after.n), arg_int(max)),
                  row_fields, sizeof(struct user), out, err);
}

static bool is_admin(const struct user *user)
{
    return user->role == ROLE_ADMIN && !user->disabled;
}

/* Somebody must be able to let others in. Two who demote each other wait for one another. */
static bool check_admin_is_left(struct tx *tx, const struct user *changed, struct err *err)
{
    struct user before;
    int64_t others;

    if (is_admin(changed))
        return true;
    if (!user_get(tx, changed->id, &before, err))
        return false;
    if (!is_admin(&before))
        return true;
    if (!db_run(tx, SQL_ORGANISATION_LOCK, ARGS(arg_organisation(tx)), err) ||
        !db_number(tx, SQL_USER_OTHER_ADMINS, ARGS(arg_organisation(tx), arg_id(changed->id)),
                   &others, err))
        return false;
    return others > 0 ||
           err_set(err, ERR_CONFLICT, "this is the last administrator: make another one first");
}

bool user_change(struct tx *tx, struct user *changed, int64_t version, struct err *err)
{
    int64_t rows;

    if (!check(changed, err) || !check_admin_is_left(tx, changed, err) ||
        !db_change(tx, SQL_USER_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(changed->id), arg_int(version),
                        arg_text(changed->name), arg_text(role_names[changed->role]),
                        arg_text(changed->language),
                        arg_time(changed->disabled ? tx->now : (instant){ 0 })),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this user meanwhile");
    if (changed->disabled && !session_end_all(tx, changed->id, (session_id){ 0 }, err))
        return false;
    changed->version = version + 1;
    return tell(tx, "user.changed", changed->id, err);
}

bool user_set_password(struct tx *tx, user_id id, const char *hash, session_id keep,
                       struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_USER_SET_PASSWORD,
                   ARGS(arg_organisation(tx), arg_id(id), arg_text(hash)), &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no such user here");
    return session_end_all(tx, id, keep, err) && tell(tx, "user.password_changed", id, err);
}
