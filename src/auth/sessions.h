/* sessions.h — a browser that is logged in. Of its secret only the hash is kept. */
#pragma once

#include "../store/store.h"
#include "browser.h"
#include "caller.h"

/* Counted from the last use; noticed when an hour has gone by since. */
#define SESSION_MS      (14 * DAY_MS)
#define SESSION_SEEN_MS HOUR_MS

struct session {
    session_id id;
    user_id user_id;
    instant created_at, seen_at, expires_at;
    const char *browser, *device; /* "Firefox", "Windows"; "" when not known */
    bool is_current;              /* the one that asks */
    const char *secret;           /* what the cookie holds; only of one just made */
    const char *csrf;
};
extern const struct field session_fields[];

/* Logs the user in; those of his that are over are swept. */
MUST_CHECK bool session_make(struct tx *tx, user_id user, struct browser browser,
                             struct session *out, struct err *err);
/* The sessions of a user that aren't over, newest first. */
MUST_CHECK bool session_list(struct tx *tx, user_id user, struct list *out, struct err *err);
/* *found is false when the user has no such session. */
MUST_CHECK bool session_end(struct tx *tx, user_id user, session_id id, bool *found,
                            struct err *err);
/* All of the user but `keep` (none: all). */
MUST_CHECK bool session_end_all(struct tx *tx, user_id user, session_id keep, struct err *err);

/* Lets a session that is in use live on. Doesn't wait, and does nothing most of the time. */
void session_keep(struct store *store, const struct caller *caller);
