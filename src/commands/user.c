/* user.c — user add, user password, user list and token add: also beside a running server. */
#include "commands.h"

#include "../auth/organisations.h"
#include "../auth/tokens.h"
#include "../base/text.h"
#include "open.h"
#include "password.h"
#include "pick.h"

#include <stdio.h>

/* Opens the store and runs one closure as the system. */
static bool write_in(const char *data, const char *database, struct arena *mem, store_fn *fn,
                     void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    struct scope scope = { .mem = mem };

    return open_store(data, database, 0, &store, err) && store_write(store, &scope, fn, arg, err);
}

#define ORGANISATION_OPTION(s)                                                                     \
    OPTION(s, organisation, "NAME", .doc = "which one, when there are several")

/* --- user add ------------------------------------------------------------------------------ */

struct user_add_options {
    const char *data, *database, *mail, *name, *password_file, *organisation;
    unsigned role;
};

struct user_adding {
    const struct user_add_options *options;
    const char *hash;
};

static bool add_user(struct tx *tx, void *arg, struct err *err)
{
    const struct user_adding *adding = arg;
    const struct user_add_options *options = adding->options;
    struct user_draft draft = { .email = options->mail,
                                .name = options->name ? options->name : options->mail,
                                .role = options->role };
    struct user user;

    return pick_organisation(tx, options->organisation, err) &&
           user_make(tx, &draft, adding->hash, &user, err);
}

static bool user_add(struct arena *mem, const void *arg, struct err *err)
{
    const struct user_add_options *options = arg;
    struct user_adding adding = { .options = options };

    if (options->password_file &&
        !password_read(mem, options->password_file, options->mail, &adding.hash, err))
        return false;
    if (!write_in(options->data, options->database, mem, add_user, &adding, err))
        return false;
    printf("added %s as %s\n", options->mail, role_names[options->role]);
    return true;
}

static const struct option user_add_table[] = {
    PLACE_OPTIONS(user_add_options),
    OPTION(user_add_options, mail, "MAIL", .flags = REQUIRED | EMAIL,
           .doc = "address to log in with"),
    OPTION(user_add_options, role, "ROLE", .flags = REQUIRED, .names = role_names,
           .doc = "what they may do"),
    OPTION(user_add_options, name, "NAME", .doc = "how colleagues see them; else the address"),
    OPTION(user_add_options, password_file, "FILE",
           .doc = "the password is its first line; - reads standard input"),
    ORGANISATION_OPTION(user_add_options),
};

const struct command user_add_command = {
    "user add",
    user_add,
    "Adds a user",
    OPTIONS(user_add_table, user_add_options),
    NULL,
    "Without a password the user can't log in, only have tokens: for an integration.\n",
    0
};

/* --- user password ------------------------------------------------------------------------- */

struct user_password_options {
    const char *data, *database, *mail, *password_file, *organisation;
};

struct password_setting {
    const struct user_password_options *options;
    const char *hash;
};

static bool set_password(struct tx *tx, void *arg, struct err *err)
{
    const struct password_setting *setting = arg;
    const struct user_password_options *options = setting->options;
    struct user user;

    return pick_user(tx, options->mail, options->organisation, &user, err) &&
           user_set_password(tx, user.id, setting->hash, (session_id){ 0 }, err);
}

static bool user_password(struct arena *mem, const void *arg, struct err *err)
{
    const struct user_password_options *options = arg;
    struct password_setting setting = { .options = options };

    if (!password_read(mem, options->password_file, options->mail, &setting.hash, err) ||
        !write_in(options->data, options->database, mem, set_password, &setting, err))
        return false;
    printf("%s has a new password and was logged out everywhere\n", options->mail);
    return true;
}

static const struct option user_password_table[] = {
    PLACE_OPTIONS(user_password_options),
    OPTION(user_password_options, mail, "MAIL", .flags = REQUIRED | EMAIL, .doc = "whose"),
    OPTION(user_password_options, password_file, "FILE", .flags = REQUIRED,
           .doc = "the password is its first line; - reads standard input"),
    ORGANISATION_OPTION(user_password_options),
};

const struct command user_password_command = { "user password",
                                               user_password,
                                               "Gives a user another password",
                                               OPTIONS(user_password_table, user_password_options),
                                               NULL,
                                               NULL,
                                               0 };

/* --- user list ----------------------------------------------------------------------------- */

struct user_list_options {
    const char *data, *database, *organisation;
};

/* Those of the transaction's organisation; `organisation`: its name stands behind each. */
static bool print_users_of(struct tx *tx, const char *organisation, struct err *err)
{
    enum { PAGE = 500 };
    user_id after = { 0 };
    struct list users = { .n = PAGE };

    while (users.n == PAGE) {
        if (!user_list(tx, after, PAGE, &users, err))
            return false;
        for (size_t i = 0; i < users.n; i++) {
            const struct user *user = &((struct user *)users.items)[i];

            printf("%-32s %-12s %s%s%s%s\n", user->email, role_names[user->role], user->name,
                   user->disabled ? " (switched off)" : "", organisation ? ", " : "",
                   organisation ? organisation : "");
            after = user->id;
        }
    }
    return true;
}

static bool print_users(struct tx *tx, void *arg, struct err *err)
{
    const struct user_list_options *options = arg;
    struct list all;

    if (!organisation_list(tx, &all, err))
        return false;
    if (options->organisation || all.n < 2)
        return pick_organisation(tx, options->organisation, err) && print_users_of(tx, NULL, err);
    for (size_t i = 0; i < all.n; i++) {
        const struct organisation *one = &((struct organisation *)all.items)[i];

        tx->organisation = one->id;
        if (!print_users_of(tx, one->name, err))
            return false;
    }
    return true;
}

static bool list_users(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    struct user_list_options options = *(const struct user_list_options *)arg;
    struct scope scope = { .mem = mem };

    return open_store(options.data, options.database, 0, &store, err) &&
           store_read(store, &scope, print_users, &options, err);
}

static const struct option user_list_table[] = {
    PLACE_OPTIONS(user_list_options),
    ORGANISATION_OPTION(user_list_options),
};

const struct command user_list_command = {
    "user list",
    list_users,
    "Lists users with their roles, and their organisations if there are several",
    OPTIONS(user_list_table, user_list_options),
    NULL,
    NULL,
    0
};

/* --- token add ----------------------------------------------------------------------------- */

struct token_add_options {
    const char *data, *database, *user, *scopes, *name, *organisation;
};

struct token_adding {
    const struct token_add_options *options;
    const char *secret;
};

static bool add_token(struct tx *tx, void *arg, struct err *err)
{
    struct token_adding *adding = arg;
    const struct token_add_options *options = adding->options;
    struct user user;
    struct token token;

    if (!pick_user(tx, options->user, options->organisation, &user, err) ||
        !token_make(tx, &user, options->name, options->scopes, (instant){ 0 }, &token, err))
        return false;
    adding->secret = token.secret;
    return true;
}

static bool token_add(struct arena *mem, const void *arg, struct err *err)
{
    const struct token_add_options *options = arg;
    struct token_adding adding = { .options = options };

    if (!write_in(options->data, options->database, mem, add_token, &adding, err))
        return false;
    printf("%s\n", adding.secret);
    return true;
}

static const struct token_add_options token_defaults = { .name = "command line" };

static const struct option token_add_table[] = {
    PLACE_OPTIONS(token_add_options),
    OPTION(token_add_options, user, "MAIL", .flags = REQUIRED | EMAIL,
           .doc = "whose rights it has"),
    OPTION(token_add_options, scopes, "SCOPES", .flags = REQUIRED,
           .doc = "which of them, as \"case:read case:write\"; * is all"),
    OPTION(token_add_options, name, "NAME", .doc = "what it is for, to know it again"),
    ORGANISATION_OPTION(token_add_options),
};

const struct command token_add_command = { "token add",
                                           token_add,
                                           "Makes a token for the API and prints it, once",
                                           OPTIONS(token_add_table, token_add_options),
                                           &token_defaults,
                                           "Only its hash is kept: who loses it makes another.\n",
                                           0 };
