/* users.h — who works with Gestand: people who log in, and integrations with tokens.
 *
 * A mail address is kept with small letters and is unique in its organisation. Passwords are
 * hashed outside of transactions (it takes long on purpose), so functions here take hashes.
 */
#pragma once

#include "../store/db.h"
#include "caller.h"

enum { USER_NAME_MAX = 200, PASSWORD_MIN = 10, PASSWORD_MAX = 200 };

struct user {
    organisation_id organisation_id;
    user_id id;
    const char *email;
    const char *name;
    unsigned role;        /* enum role */
    const char *language; /* nl, en or fr; "": as the organisation */
    bool disabled;
    bool has_second_step;      /* a login asks for a code, too */
    const char *password_hash; /* NULL: cannot log in with a password */
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
/* As the API shows one: without organisation and hash. */
extern const struct field user_fields[];

struct user_draft {
    const char *email;
    const char *name;
    unsigned role;
    const char *language; /* NULL: as the organisation */
};

/* Small letters, no white space around it: as addresses are stored and looked for. */
char *user_email(struct arena *mem, const char *email);
/* Is the password good enough for this address? ERR_INVALID at "password". */
MUST_CHECK bool password_check(const char *password, const char *email, struct err *err);

/* ERR_INVALID, or ERR_CONFLICT when somebody has this address already. hash NULL: no password. */
MUST_CHECK bool user_make(struct tx *tx, const struct user_draft *draft, const char *hash,
                          struct user *out, struct err *err);
/* In a query: an id as usr_…, or `me`, who asks. */
bool user_named(const struct tx *tx, const char *text, user_id *out);
MUST_CHECK bool user_get(struct tx *tx, user_id id, struct user *out, struct err *err);
/* struct user, over all organisations, oldest first; the disabled ones too. */
MUST_CHECK bool user_by_email(struct tx *tx, const char *email, struct list *out, struct err *err);
/* struct user with an id greater than `after`, by id, at most `max`. */
MUST_CHECK bool user_list(struct tx *tx, user_id after, int64_t max, struct list *out,
                          struct err *err);
/* Stores name, role, language and disabled, if nobody changed the user since `version`, else
 * ERR_CHANGED; *changed gets the new version. Who is disabled is logged out. ERR_CONFLICT when
 * nobody would be left to administrate. */
MUST_CHECK bool user_change(struct tx *tx, struct user *changed, int64_t version, struct err *err);
/* Ends the user's sessions but `keep` (none: all). */
MUST_CHECK bool user_set_password(struct tx *tx, user_id id, const char *hash, session_id keep,
                                  struct err *err);
