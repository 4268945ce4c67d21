/* people.h — who asks, and the addresses they ask from.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../base/phone.h"
#include "../../channel/incoming.h"
#include "../../http/http.h"

struct person {
    person_id id;
    const char *name, *language;
    instant created_at, updated_at;
    int64_t version;
    struct list identities; /* of struct identity; only where a person is read whole */
};
extern const struct field person_fields[];

enum identity_state { IDENTITY_CLAIMED, IDENTITY_VERIFIED, IDENTITY_SUSPECTED };
extern const char *const identity_state_names[];

struct identity {
    identity_id id;
    person_id person_id;
    unsigned kind;     /* enum identity_kind */
    const char *value; /* normalised: what is compared */
    const char *label; /* as it was written */
    unsigned state;
    instant verified_at;
};
extern const struct field identity_fields[];
extern const struct routes person_routes;

/* How an address is compared: mail folded; a phone number, dialled at `home`, as E.164, or without
 * blanks where it can't be one; others as they are. */
char *identity_normal(struct arena *mem, enum identity_kind kind, enum phone_home home,
                      const char *address);

/* The person with this address; made when there is none yet. Who writes from an address shows
 * that it is his: it is verified. *is_new says whether the person was made. */
MUST_CHECK bool person_by_address(struct tx *tx, enum identity_kind kind, const char *address,
                                  const char *name, person_id *out, bool *is_new, struct err *err);
/* With its identities. */
MUST_CHECK bool person_get(struct tx *tx, person_id id, struct person *out, struct err *err);
/* Nobody gives the person another name before this transaction has ended: for who writes the name
 * down elsewhere. */
MUST_CHECK bool person_hold(struct tx *tx, person_id id, struct err *err);
/* Where to reach a person by this kind of address: the newest one; value NULL when there is none.
 */
MUST_CHECK bool person_address(struct tx *tx, person_id id, enum identity_kind kind,
                               struct identity *out, struct err *err);
/* Puts the words of a person into the search index: for a new one and after restore. */
MUST_CHECK bool person_index(struct tx *tx, const struct person *person, struct err *err);
/* The same after its name has changed; its addresses haven't. */
MUST_CHECK bool person_index_again(struct tx *tx, const struct person *before,
                                   const struct person *after, struct err *err);
