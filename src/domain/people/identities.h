/* identities.h — the addresses of people: which one has this address, how we know, and which is
 * meant for what.
 *
 * Several people may have one address: a family, a shared mailbox. One of them is its main holder,
 * who is meant when nothing else tells. An address that is removed is kept, so that it can come
 * back. Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../base/phone.h"
#include "../../channel/incoming.h"
#include "../../store/db.h"

enum { ADDRESS_MAX = 300, IDENTITIES_MAX = 500 /* of one person */, SUSPECTED_MAX = 10 };

enum identity_state { IDENTITY_CLAIMED, IDENTITY_VERIFIED, IDENTITY_SUSPECTED };
extern const char *const identity_state_names[];

/* How we know. */
enum identity_source {
    BY_MESSAGE, /* a message came from it */
    BY_AGENT,   /* a colleague said so */
    BY_LINK,    /* who has it opened a link that was sent there */
    BY_TOKEN,   /* the site that he was logged in at signed it */
    BY_IMPORT,
    BY_SENDER, /* a mail says that it's from there, which anybody can write */
    BY_TEXT,   /* it stands in what he wrote */
};
extern const char *const identity_source_names[];

enum identity_purpose { FOR_ANSWER, FOR_CALLBACK, FOR_LETTER, PURPOSES_N };
extern const char *const identity_purpose_names[];

struct identity {
    identity_id id;
    person_id person_id; /* who it came in with; of several people who are one, one of them */
    unsigned kind;       /* enum identity_kind */
    const char *value;   /* normalised: what is compared */
    const char *label;   /* as it was written */
    unsigned state, state_by;
    instant state_at;
    bool is_main, is_shared;
    instant removed_at;        /* {0}: it wasn't */
    struct list preferred_for; /* texts of identity_purpose_names; where a person is read whole */
    struct list others;        /* of struct identity_holder: who else has it; the same */
};
extern const struct field identity_fields[];

struct identity_holder {
    identity_id identity_id; /* of whose address this one is another holder */
    person_id person_id;
    const char *name;
};

struct identity_draft {
    unsigned kind, state;
    const char *value;
    bool is_shared;
};
extern const struct field identity_draft_fields[];

/* What changes of one; what isn't named stays. */
struct identity_change {
    unsigned state;
    bool is_main, is_shared;
    bool has_state, has_main, has_shared;
};

/* How an address is compared: mail folded; a phone number, dialled at `home`, as E.164, or without
 * blanks where it can't be one; a postal one by its letters and digits; others as they are. */
char *identity_normal(struct arena *mem, enum identity_kind kind, enum phone_home home,
                      const char *address);
/* The same as this organisation dials. */
MUST_CHECK bool identity_value(struct tx *tx, enum identity_kind kind, const char *address,
                               const char **out, struct err *err);

/* Who has this normalised address? Of several, who is called so (`name`, may be blank), else its
 * main holder. None: out->id is 0. */
MUST_CHECK bool identity_find(struct tx *tx, enum identity_kind kind, const char *value,
                              const char *name, struct identity *out, struct err *err);
/* Gives the person the address; one that he had is his again. ERR_CONFLICT when a colleague gives
 * it and somebody else has it, unless it is_shared; who proves that it's his has it whoever else
 * does.
 */
MUST_CHECK bool identity_add(struct tx *tx, person_id person, const struct identity_draft *draft,
                             enum identity_source by, struct identity *out, struct err *err);
/* Several at once: one look for duplicates, and one for the search index. `out` has room for n. */
MUST_CHECK bool identity_add_all(struct tx *tx, person_id person,
                                 const struct identity_draft *drafts, size_t n,
                                 enum identity_source by, struct identity *out, struct err *err);
/* The person may well have this address: it stands in what he wrote. Nothing when somebody has it,
 * or he had it, or it can't be one. By itself it's used for nothing: nobody is found by it, and
 * nothing goes there. */
MUST_CHECK bool identity_suspect(struct tx *tx, person_id person, enum identity_kind kind,
                                 const char *address, struct err *err);
/* For a person who is being made: the first address, by which nobody else is known. Only what a
 * message came from is verified. */
MUST_CHECK bool identity_begin(struct tx *tx, person_id person, enum identity_kind kind,
                               const char *value, const char *label, enum identity_source by,
                               struct err *err);
/* Is this normalised address his now, whoever of those he is it came in with? */
MUST_CHECK bool identity_is_of(struct tx *tx, person_id person, enum identity_kind kind,
                               const char *value, bool *out, struct err *err);
/* Who wrote from it shows that it is his. Nothing when that was known. */
MUST_CHECK bool identity_prove(struct tx *tx, const struct identity *identity,
                               enum identity_source by, struct err *err);
MUST_CHECK bool identity_get(struct tx *tx, identity_id id, struct identity *out, struct err *err);
MUST_CHECK bool identity_change(struct tx *tx, identity_id id, const struct identity_change *change,
                                struct identity *out, struct err *err);
MUST_CHECK bool identity_remove(struct tx *tx, identity_id id, struct err *err);
MUST_CHECK bool identity_restore(struct tx *tx, identity_id id, struct identity *out,
                                 struct err *err);
/* Which one is meant for it from now on; none: nothing is said any more. */
MUST_CHECK bool identity_prefer(struct tx *tx, person_id person, enum identity_purpose purpose,
                                identity_id id, struct err *err);

/* All that a person has, whoever of those he is it came in with; whole. What two of them have is
 * one address: it's changed, removed and brought back for both. */
MUST_CHECK bool identity_list(struct tx *tx, person_id root, struct list *out, struct err *err);
/* This normalised address among them, also where he only says that it's his; id 0: he hasn't it. */
MUST_CHECK bool identity_of_person(struct tx *tx, person_id person, enum identity_kind kind,
                                   const char *value, struct identity *out, struct err *err);
/* Where to reach a person by this kind of address: the one preferred for answers, else the newest;
 * value NULL when there is none. */
MUST_CHECK bool person_address(struct tx *tx, person_id id, enum identity_kind kind,
                               struct identity *out, struct err *err);
