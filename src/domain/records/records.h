/* records.h — what stands about a customer in other systems: an order, a repair, an invoice, with
 * its status. Other systems push it, or we ask them (record_lookup.c).
 *
 * Whose it is: a person by our id, or whoever has an address (mail, phone, number in another
 * system), also when that is known only later. Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "../../channel/incoming.h"
#include "record_types.h"

enum {
    RECORD_KEY_MAX = 200,
    RECORD_TITLE_MAX = 300,
    RECORD_DATA_MAX = 16 * 1024,
    RECORDS_AT_ONCE = 500,
};

/* One as another system says it. */
struct record_draft {
    const char *key;
    const char *title, *status, *url;
    struct json_text data; /* an object */
    person_id person_id;
    unsigned owner_kind; /* enum identity_kind */
    const char *owner;
    instant status_at; /* {0}: now, when it's another; older than what is known: nothing changes */
};
extern const struct field record_draft_fields[];      /* without its key: that stands in the path */
extern const struct field record_bulk_draft_fields[]; /* with it */

struct record_status {
    const char *status;
    instant at;
};

struct record {
    record_id id;
    const char *type, *key, *title, *status;
    instant status_at;
    struct json_text data;
    const char *url;
    person_id person_id;
    const char *owner_kind, *owner, *owner_value;
    instant checked_at;       /* when the other system last said so */
    const char *lookup_error; /* why it couldn't be asked then */
    instant created_at, updated_at;
    int64_t version;
    struct list history; /* of struct record_status, newest first; where it's read whole */
};
extern const struct field record_fields[];
extern const struct routes record_routes;

enum record_outcome { RECORD_ADDED, RECORD_CHANGED, RECORD_SAME };
extern const char *const record_outcome_names[];

/* The record of this type and key; *found. With its history. */
MUST_CHECK bool record_find(struct tx *tx, const struct record_type *type, const char *key,
                            struct record *out, bool *found, struct err *err);
/* Puts it down as it's said, with its events; a new status is told to the open cases of its
 * customer. */
MUST_CHECK bool record_put(struct tx *tx, const struct record_type *type,
                           const struct record_draft *draft, struct record *out,
                           enum record_outcome *outcome, struct err *err);
/* What would become of it, without doing it. */
MUST_CHECK bool record_try(struct tx *tx, const struct record_type *type,
                           const struct record_draft *draft, struct record *out,
                           enum record_outcome *outcome, struct err *err);
/* The other system couldn't be asked, and why. */
MUST_CHECK bool record_unchecked(struct tx *tx, const struct record *record, const char *why,
                                 struct err *err);
MUST_CHECK bool record_remove(struct tx *tx, const struct record *record, struct err *err);

/* Asks the other system for one: outside transactions. ERR_NOT_FOUND when it says that there is
 * none, else ERR_UPSTREAM or ERR_BUSY in words. */
MUST_CHECK bool record_lookup(struct arena *mem, const struct record_type *type, const char *key,
                              struct record_draft *out, struct err *err);
/* Is it time to ask (again)? After a failure sooner, but not at once. */
bool record_is_stale(const struct record_type *type, const struct record *record, instant now);
