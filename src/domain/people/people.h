/* people.h — who asks: a person, or an organisation that is a customer.
 *
 * Two people who turn out to be one are merged by a pointer: each keeps what came in with it, and
 * all of them have the face of one, the root (docs/decisions/0019). What is asked of a person by
 * any of their ids is asked of all of them: person_id IN (those whose root_id is the root's).
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "identities.h"

enum { PERSON_NAME_MAX = 200 }; /* bytes of UTF-8 */

enum person_kind { PERSON_HUMAN, PERSON_ORGANISATION };
extern const char *const person_kind_names[];

struct person {
    person_id id;
    unsigned kind; /* enum person_kind */
    const char *name, *language;
    instant created_at, updated_at;
    int64_t version;
    struct list identities; /* of struct identity; only where a person is read whole */
    struct list members;    /* of struct person_member: who else has this face; the same */
    /* In lists only, see seen.h. */
    const char *address;
    instant seen_at;
    int64_t open_n;
};

struct person_member {
    person_id person_id;
    const char *name;
    merge_id merge_id; /* undone by this */
    instant at;
    unsigned actor_kind;
    int64_t actor_id, score;
    user_id user_id; /* the colleague who said that they are one */
    struct json_text reasons;
};
extern const struct field person_fields[];
extern const struct routes person_routes, identity_routes;

struct person_draft {
    unsigned kind;
    const char *name, *language;
};

/* ERR_INVALID without a name, or with a language that can't be one. */
MUST_CHECK bool person_add(struct tx *tx, const struct person_draft *draft, struct person *out,
                           struct err *err);
/* Puts what is named in the draft into *person, as it is stored. */
MUST_CHECK bool person_apply(struct arena *mem, const struct person_draft *draft,
                             struct person *person, struct err *err);
/* Changes what the draft names; with it the cases, the words that are sought, and who may be the
 * same. *person: as it was read, and then as it has become. ERR_CHANGED when
 * somebody changed it meanwhile. */
MUST_CHECK bool person_change(struct tx *tx, int64_t version, const struct person_draft *draft,
                              struct person *person, struct err *err);
/* The person with this address; made when there is none yet. Of several who have it, who is called
 * so, else its main holder. BY_MESSAGE: it's proven that he wrote from there, so that the address
 * is verified, unless others have it and the name doesn't say who it is; BY_SENDER, BY_AGENT: that
 * shows nothing, and what is new is only claimed. *out is who the address came in with, not the
 * face; *is_new says whether the person was made. */
MUST_CHECK bool person_by_address(struct tx *tx, enum identity_kind kind, const char *address,
                                  const char *name, enum identity_source by, person_id *out,
                                  bool *is_new, struct err *err);
/* With its identities; of one that was merged, the face. */
MUST_CHECK bool person_get(struct tx *tx, person_id id, struct person *out, struct err *err);
/* Whose face this one has: often its own. ERR_NOT_FOUND without such a person. */
MUST_CHECK bool person_root(struct tx *tx, person_id id, person_id *out, struct err *err);
/* Do both have one face? */
MUST_CHECK bool person_is_same(struct tx *tx, person_id a, person_id b, bool *out, struct err *err);
/* Nobody gives the person another name or face before this transaction has ended: for who writes
 * the name down elsewhere. */
MUST_CHECK bool person_hold(struct tx *tx, person_id id, struct err *err);

/* The words by which the face of a person is found: the names and addresses of all whom it shows.
 */
MUST_CHECK bool person_words(struct tx *tx, person_id id, const char **out, struct err *err);
/* Puts the words of a face into the search index: for a new one and after restore. */
MUST_CHECK bool person_index(struct tx *tx, person_id root, struct err *err);
/* The same after something of it has changed; `before` is what person_words() said until then. */
MUST_CHECK bool person_index_again(struct tx *tx, person_id id, const char *before,
                                   struct err *err);
