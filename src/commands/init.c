/* init.c — the first organisation of a new installation, or one more, with its administrator. */
#include "commands.h"

#include "../auth/organisations.h"
#include "../auth/users.h"
#include "../base/text.h"
#include "open.h"
#include "password.h"

#include <stdio.h>

struct init_options {
    const char *data, *database, *organisation, *admin, *password_file, *language, *time_zone;
};

struct initial {
    const struct init_options *options;
    const char *hash;
    organisation_id made;
};

static bool is_new(struct tx *tx, const char *name, struct err *err)
{
    struct list all;

    if (!organisation_list(tx, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (text_equal(((struct organisation *)all.items)[i].name, name))
            return err_set(err, ERR_CONFLICT,
                           "there is an organisation %s already: choose another name, or add "
                           "people with 'gestand user add'",
                           name);
    return true;
}

static bool make(struct tx *tx, void *arg, struct err *err)
{
    struct initial *initial = arg;
    const struct init_options *options = initial->options;
    struct user_draft draft = { .email = options->admin,
                                .name = options->admin,
                                .role = ROLE_ADMIN,
                                .language = options->language };
    struct organisation organisation;
    struct user admin;

    if (!is_new(tx, options->organisation, err) ||
        !organisation_make(tx, options->organisation, options->language, options->time_zone,
                           &organisation, err))
        return false;
    initial->made = organisation.id;
    return user_make(tx, &draft, initial->hash, &admin, err);
}

static bool init(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    const struct init_options *options = arg;
    struct initial initial = { .options = options };
    struct scope scope = { .mem = mem };
    struct organisation wanted = { .name = options->organisation,
                                   .language = options->language,
                                   .time_zone = options->time_zone };

    /* Before the folder is made: what is refused leaves nothing behind. */
    if (!organisation_check(mem, &wanted, err) ||
        !password_read(mem, options->password_file, options->admin, &initial.hash, err) ||
        !make_store(options->data, options->database, &store, err) ||
        !store_write(store, &scope, make, &initial, err))
        return false;
    printf("made the organisation %s (%s); %s administrates it\n", options->organisation,
           id_text("org", initial.made.n).s, options->admin);
    return true;
}

static const struct init_options defaults = { .language = "nl", .time_zone = "Europe/Amsterdam" };

static const struct option options[] = {
    PLACE_OPTIONS(init_options),
    OPTION(init_options, organisation, "NAME", .flags = REQUIRED, .doc = "what it is called"),
    OPTION(init_options, admin, "MAIL", .flags = REQUIRED | EMAIL,
           .doc = "mail address with which its administrator logs in"),
    OPTION(init_options, password_file, "FILE", .flags = REQUIRED,
           .doc = "the password is its first line; - reads standard input"),
    OPTION(init_options, language, "LANGUAGE", .doc = "nl (the default), en or fr"),
    OPTION(init_options, time_zone, "ZONE", .doc = "as Europe/Amsterdam (the default)"),
};

const struct command init_command = {
    "init",
    init,
    "Makes an organisation with its first administrator",
    OPTIONS(options, init_options),
    &defaults,
    "The folder is made when it is missing; whoever can read it can read everything.\n",
    0
};
