/* preferences.h — how a colleague likes his desk: the signature under his answers, and what the
 * desk keeps for him (theme, density, keys, the order of cards, widths).
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum { SIGNATURE_MAX = 2000, SETTINGS_MAX = 32 * 1024 }; /* bytes */

struct preferences {
    const char *signature;
    struct json_text settings; /* an object of the desk's own; nobody else looks into it */
    int64_t version;           /* +1 on every change; 0: nothing was ever kept */
};
extern const struct field preferences_fields[];
extern const struct routes preferences_routes;

/* The caller's own; empty ones when nothing was kept. */
MUST_CHECK bool preferences_get(struct tx *tx, struct preferences *out, struct err *err);
/* Keeps them in the place of `version`; ERR_CHANGED when another window did since. */
MUST_CHECK bool preferences_save(struct tx *tx, struct preferences *preferences, int64_t version,
                                 struct err *err);
