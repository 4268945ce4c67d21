/* organisations.h — a tenant: whoever uses Gestand for its customers. */
#pragma once

#include "../base/phone.h"
#include "../store/db.h"

enum { ORGANISATION_NAME_MAX = 200, TIME_ZONE_MAX = 64 };

struct organisation {
    organisation_id id;
    const char *name;
    const char *language;   /* nl, en or fr: of what the system itself writes */
    const char *time_zone;  /* "Europe/Amsterdam" */
    bool needs_second_step; /* who logs in without one can only add one */
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
extern const struct field organisation_fields[];

/* Where its people dial: by the time zone, which is the only thing it says of where it is. */
enum phone_home organisation_home(const struct organisation *organisation);

/* Is it one that the system can write? */
bool language_is_known(const char *language);

/* Name, language and time zone: may they be stored? */
MUST_CHECK bool organisation_check(struct arena *mem, const struct organisation *organisation,
                                   struct err *err);
/* Makes one and moves the transaction into it, so that its first user can follow. */
MUST_CHECK bool organisation_make(struct tx *tx, const char *name, const char *language,
                                  const char *time_zone, struct organisation *out, struct err *err);
/* The transaction's own. */
MUST_CHECK bool organisation_get(struct tx *tx, struct organisation *out, struct err *err);
/* All of them, for the commands; oldest first. */
MUST_CHECK bool organisation_list(struct tx *tx, struct list *out, struct err *err);
/* Stores name, language and time zone, if nobody changed it since `version`; else ERR_CHANGED.
 * *changed gets the new version. */
MUST_CHECK bool organisation_change(struct tx *tx, struct organisation *changed, int64_t version,
                                    struct err *err);
