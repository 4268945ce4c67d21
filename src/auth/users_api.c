/* users_api.c — users over HTTP. Passwords are hashed before the transaction begins. */
#include "users_api.h"

#include "own_password.h"
#include "users.h"

#include <string.h>

struct user_post {
    const char *email, *name;
    unsigned role;
    const char *language, *password;
};

static const struct field user_post_fields[] = {
    FIELD(user_post, email, .flags = REQUIRED | EMAIL, .max = 254),
    FIELD(user_post, name, .flags = REQUIRED, .min = 1, .max = USER_NAME_MAX),
    FIELD(user_post, role, .flags = REQUIRED, .names = role_names),
    FIELD(user_post, language, .doc = "nl, en or fr; empty: as the organisation"),
    FIELD(user_post, password, .flags = SECRET, .max = PASSWORD_MAX,
          .doc = "without one the user can't log in, only have tokens"),
    { 0 },
};

/* The role as a text: null must not be read as the first of them. */
struct user_patch {
    const char *name, *role, *language;
    bool disabled;
};

static const struct field user_patch_fields[] = {
    FIELD(user_patch, name, .min = 1, .max = USER_NAME_MAX),
    FIELD(user_patch, role, .min = 1, .names = role_names),
    FIELD(user_patch, language, .doc = "nl, en or fr; empty: as the organisation"),
    FIELD(user_patch, disabled, .doc = "can't log in any more, and is logged out"),
    { 0 },
};

struct me_patch {
    const char *name, *language;
};

static const struct field me_patch_fields[] = {
    FIELD(me_patch, name, .min = 1, .max = USER_NAME_MAX),
    FIELD(me_patch, language, .doc = "nl, en or fr; empty: as the organisation"),
    { 0 },
};

struct role_rights {
    const char *role;
    struct list rights;
};

static const struct field role_rights_fields[] = {
    FIELD(role_rights, role, .flags = REQUIRED, .names = role_names),
    FIELD(role_rights, rights, .doc = "names of what it may do, as case:read"),
    { 0 },
};

struct password_put {
    const char *password, *old_password;
};

static const struct field password_put_fields[] = {
    FIELD(password_put, password, .flags = REQUIRED | SECRET, .max = PASSWORD_MAX),
    FIELD(password_put, old_password, .flags = SECRET, .max = PASSWORD_MAX,
          .doc = "needed for one's own"),
    { 0 },
};

/* GET /api/v1/users */
static bool list_users(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t limit;
    struct list users;
    char *next = NULL;
    user_id after;

    if (!page_read(rq->body, 0, &after.n, &limit, err) ||
        !user_list(tx, after, limit + 1, &users, err))
        return false;
    if ((int64_t)users.n > limit) {
        users.n--;
        next = cursor_write(tx->mem, ((struct user *)users.items)[users.n - 1].id.n, 0);
    }
    return reply_list(rq, user_fields, sizeof(struct user), &users, next);
}

static bool reply_user(struct request *rq, int status, const struct user *user)
{
    return reply_versioned(rq, status, user->version, user_fields, user);
}

/* GET /api/v1/users/{id} */
static bool get_user(struct request *rq, struct tx *tx, struct err *err)
{
    struct user user;
    user_id id;

    return request_id(rq, "id", "usr", &id.n, err) && user_get(tx, id, &user, err) &&
           reply_user(rq, 200, &user);
}

struct adding {
    struct request *rq;
    const char *hash;
};

static bool add_user(struct tx *tx, void *arg, struct err *err)
{
    const struct adding *adding = arg;
    const struct user_post *post = adding->rq->body;
    struct user user;

    return user_make(tx,
                     &(struct user_draft){ .email = post->email,
                                           .name = post->name,
                                           .role = post->role,
                                           .language = post->language },
                     adding->hash, &user, err) &&
           reply_user(adding->rq, 201, &user);
}

/* POST /api/v1/users */
static bool post_user(struct request *rq, struct tx *tx, struct err *err)
{
    const struct user_post *post = rq->body;
    struct adding adding = { .rq = rq };
    char hash[PASSWORD_HASH_MAX];

    (void)tx;
    if (!caller_covers(&rq->caller, role_rights(post->role), err))
        return false;
    if (post->password) {
        if (!password_check(post->password, post->email, err) ||
            !password_hash(post->password, hash, err))
            return false;
        adding.hash = hash;
    }
    return request_write(rq, add_user, &adding, err);
}

static void apply(const struct request *rq, struct user *user)
{
    const struct user_patch *patch = rq->body;

    if (request_named(rq, "name"))
        user->name = patch->name;
    if (request_named(rq, "language"))
        user->language = patch->language ? patch->language : "";
    if (request_named(rq, "disabled"))
        user->disabled = patch->disabled;
    if (request_named(rq, "role"))
        enum_read(role_names, patch->role, strlen(patch->role), &user->role);
}

/* PATCH /api/v1/users/{id} */
static bool patch_user(struct request *rq, struct tx *tx, struct err *err)
{
    struct user user;
    int64_t version;
    user_id id;

    if (!request_id(rq, "id", "usr", &id.n, err) || !user_get(tx, id, &user, err) ||
        !request_version(rq, user.version, &version, err) ||
        !caller_covers(&rq->caller, role_rights(user.role), err))
        return false;
    apply(rq, &user);
    return caller_covers(&rq->caller, role_rights(user.role), err) &&
           user_change(tx, &user, version, err) && reply_user(rq, 200, &user);
}

/* PATCH /api/v1/me: what isn't an administrator's business. */
static bool patch_me(struct request *rq, struct tx *tx, struct err *err)
{
    const struct me_patch *patch = rq->body;
    struct user user;
    int64_t version;

    if (!user_get(tx, rq->caller.user_id, &user, err) ||
        !request_version(rq, user.version, &version, err))
        return false;
    if (request_named(rq, "name"))
        user.name = patch->name;
    if (request_named(rq, "language"))
        user.language = patch->language ? patch->language : "";
    return user_change(tx, &user, version, err) && reply_user(rq, 200, &user);
}

/* GET /api/v1/roles */
static bool list_roles(struct request *rq, struct tx *tx, struct err *err)
{
    struct role_rights *roles = NEW_ARRAY(tx->mem, struct role_rights, ROLES_N);
    struct list list = { roles, ROLES_N };

    (void)err;
    for (unsigned i = 0; i < ROLES_N; i++)
        roles[i] = (struct role_rights){ role_names[i], right_names(tx->mem, role_rights(i)) };
    return reply_list(rq, role_rights_fields, sizeof(*roles), &list, NULL);
}

/* --- passwords ------------------------------------------------------------------------------ */

struct setting {
    struct request *rq;
    struct user user;
    const char *hash;
};

static bool find_user(struct tx *tx, void *arg, struct err *err)
{
    struct setting *setting = arg;

    return user_get(tx, setting->user.id, &setting->user, err);
}

/* One's own takes the old one, so that a desk left open isn't an account lost. */
static bool check_old(const struct setting *setting, struct err *err)
{
    struct request *rq = setting->rq;
    const struct password_put *put = rq->body;
    const struct user *user = &setting->user;

    if (!user->password_hash)
        return has_right(rq->caller.rights, USER_WRITE) ||
               err_set(err, ERR_DENIED, "ask an administrator for your first password");
    return own_password_check(rq, user, put->old_password, "old_password", err);
}

static bool may_set(const struct setting *setting, struct err *err)
{
    const struct caller *caller = &setting->rq->caller;

    if (setting->user.id.n == caller->user_id.n)
        return check_old(setting, err);
    return caller_covers(caller, role_rights(setting->user.role), err);
}

static bool set_password(struct tx *tx, void *arg, struct err *err)
{
    const struct setting *setting = arg;

    return user_set_password(tx, setting->user.id, setting->hash, setting->rq->caller.session_id,
                             err) &&
           reply_nothing(setting->rq);
}

/* PUT /api/v1/users/{id}/password */
static bool put_password(struct request *rq, struct tx *tx, struct err *err)
{
    const struct password_put *put = rq->body;
    struct setting setting = { .rq = rq };
    char hash[PASSWORD_HASH_MAX];

    (void)tx;
    if (!request_id(rq, "id", "usr", &setting.user.id.n, err))
        return false;
    if (setting.user.id.n != rq->caller.user_id.n && !has_right(rq->caller.rights, USER_WRITE))
        return err_set(err, ERR_DENIED, "this needs the right %s", right_name(USER_WRITE));
    if (!request_read(rq, find_user, &setting, err) || !may_set(&setting, err) ||
        !password_check(put->password, setting.user.email, err) ||
        !password_hash(put->password, hash, err))
        return false;
    setting.hash = hash;
    return request_write(rq, set_password, &setting, err);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/users", READ, list_users, USER_READ, QUERY(page_query), MANY(user),
          "Lists the users."),
    ROUTE(POST, "/api/v1/users", PASSWORD, post_user, USER_WRITE, BODY(user_post), MADE(user),
          "Adds a user."),
    ROUTE(GET, "/api/v1/users/{id}", READ, get_user, USER_READ, NOTHING, ONE(user),
          "Reads a user."),
    ROUTE(PATCH, "/api/v1/users/{id}", WRITE, patch_user, USER_WRITE, BODY(user_patch), ONE(user),
          "Changes a user's name, role or language, or disables the user.", .is_versioned = true),
    ROUTE(PATCH, "/api/v1/me", WRITE, patch_me, LOGGED_IN, BODY(me_patch), ONE(user),
          "Changes the caller's own name or language.", .is_versioned = true),
    ROUTE(GET, "/api/v1/roles", READ, list_roles, USER_READ, NOTHING, MANY(role_rights),
          "Lists the roles with what each may do."),
    ROUTE(PUT, "/api/v1/users/{id}/password", PASSWORD, put_password, LOGGED_IN, BODY(password_put),
          NOTHING,
          "Sets a password: one's own with the old one, or as an administrator; ends the "
          "user's other sessions."),
};
const struct routes user_routes = ROUTES(rows);
