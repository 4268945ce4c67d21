/* devices.h — the browsers in which a colleague wants to be told: that a case became his, that a
 * customer of his wrote, that a colleague named him, that a case is back which he had put away,
 * that a promise of his is at risk.
 *
 * A device lives as long as the session in which it was added: who logs out is told nothing more
 * there. Its address at the push service is sealed with the store's key. A notice says what and
 * which case, never a word of a customer. Works inside the caller's transaction and organisation.
 */
#pragma once

#include "../../base/webpush.h"
#include "../../http/http.h"

enum { DEVICES_MAX = 20, ENDPOINT_MAX = 1000 }; /* of one user; bytes */

struct device {
    device_id id;
    user_id user_id;
    session_id session_id;
    const char *name, *language;
    struct bytes endpoint_hash, address; /* the address sealed; neither is in a reply */
    bool notify_assigned, notify_answered, notify_mentioned, notify_woke, notify_promise;
    bool is_current; /* of the session that asks */
    instant created_at;
};
extern const struct field device_fields[];
extern const struct routes device_routes;

/* Where a device is reached, and what only it can read. */
struct device_address {
    const char *endpoint;
    struct bytes p256dh, auth;
};

/* The origin of an endpoint ("https://push.example"), or NULL for what is none: https, a name and
 * maybe a port, no user; where private addresses are allowed http to 127.0.0.1, too. Pure. */
char *endpoint_origin(struct arena *mem, const char *endpoint, bool may_be_private);

/* Adds the device, or changes the one with the same endpoint, whoever had it before. ERR_CONFLICT
 * for more than DEVICES_MAX. */
MUST_CHECK bool device_save(struct tx *tx, struct device *device,
                            const struct device_address *address, struct err *err);
MUST_CHECK bool device_list(struct tx *tx, user_id user, session_id session, struct list *out,
                            struct err *err);
/* Forgets it and what it was to be told; *found. */
MUST_CHECK bool device_remove(struct tx *tx, user_id user, device_id id, bool *found,
                              struct err *err);

/* The secret by which push services know this organisation: it follows from the store's key, and is
 * kept nowhere. */
void push_secret(struct arena *mem, const uint8_t key[32], organisation_id organisation,
                 uint8_t out[WEBPUSH_SECRET_LEN]);

/* --- telling ---------------------------------------------------------------------------------- */

enum notice_kind {
    NOTICE_ASSIGNED,
    NOTICE_ANSWERED,
    NOTICE_MENTIONED,
    NOTICE_WOKE,
    NOTICE_PROMISE
};
extern const char *const notice_kind_names[];

/* A job tells the devices of this user that want to know; nobody is told what he did himself. */
MUST_CHECK bool notice_add(struct tx *tx, user_id user, enum notice_kind kind, case_id about,
                           struct err *err);

/* A notice on its way, with the device that it's for. */
struct notice {
    notice_id id;
    unsigned kind;
    instant created_at;
    device_id device_id;
    user_id user_id;
    const char *language, *reference, *contact;
    struct bytes endpoint_hash, sealed;
    struct device_address address;
};
/* *found is false when there is nobody left to tell. */
MUST_CHECK bool notice_get(struct tx *tx, notice_id id, struct notice *out, bool *found,
                           struct err *err);
MUST_CHECK bool notice_remove(struct tx *tx, notice_id id, struct err *err);
