/* wording.h — how an organisation words what it writes: which words it doesn't want, how it says
 * "you", and which numbers, addresses and names are its own.
 *
 * One for each organisation, all empty until somebody fills it in. What people write is held
 * against it while they write (language/style.h, personal.h, referral_own.h). Works inside the
 * caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum {
    OWN_MAX = 200,       /* numbers, addresses and names */
    OWN_BYTES_MAX = 200, /* each */
    FORBIDDEN_MAX = 500,
    FORBIDDEN_BYTES_MAX = 100, /* each */
};

struct forbidden_word {
    const char *text;
    bool in_compounds; /* also as a part of a longer word */
};

struct wording {
    struct list own;       /* of texts: numbers, mail addresses, domains, names */
    struct list forbidden; /* of struct forbidden_word */
    unsigned address;      /* enum style_address */
    int64_t version;       /* +1 on every change; 0: nothing was ever kept */
};
extern const struct field wording_fields[];
extern const struct field wording_draft_fields[]; /* what comes in of it */
extern const struct routes wording_routes;

/* The organisation's; an empty one when nothing was kept. */
MUST_CHECK bool wording_get(struct tx *tx, struct wording *out, struct err *err);
/* Keeps it in the place of `version`; ERR_CHANGED when somebody did since. */
MUST_CHECK bool wording_save(struct tx *tx, struct wording *wording, int64_t version,
                             struct err *err);
