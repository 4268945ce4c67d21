/* differences.h — every item is in exactly one state: once a day, all that belongs together is
 * compared (the mailbox, envelopes, messages, conversations, cases, people, what is to be sent),
 * and each difference gets a name and a row of its own.
 *
 * What is compared inside the database is a table of checks (checks.h), which the doctor walks,
 * too. Mailboxes are compared by who reads them (jobs/mailbox_compare.c), and put what they found
 * here. A difference that isn't found again is gone, and stays on the list for a while.
 *
 * Everything works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "checks.h"

struct difference {
    difference_id id;
    const char *kind;   /* a check's */
    const char *about;  /* the item's id as text */
    const char *detail; /* "" when the id says all */
    const char *words;  /* for people: what is wrong, and what can be done */
    instant found_at, seen_at, gone_at;
};
extern const struct field difference_fields[];

struct reconciliation {
    reconciliation_id id;
    instant began_at, ended_at; /* not ended: it is under way */
    int64_t at_part, at_id, looked_n, found_n;
};
extern const struct field reconciliation_fields[];
extern const struct routes difference_routes;

/* Each run names so many at most; more are only counted. */
enum { DIFFERENCES_MAX = 1000 };

/* The one under way; else a new one, with the job that does it. *is_new says which. */
MUST_CHECK bool reconciliation_begin(struct tx *tx, struct reconciliation *out, bool *is_new,
                                     struct err *err);
/* Begins one in each organisation whose last one began before `before`; without any, in each that
 * was made before that. */
MUST_CHECK bool reconciliation_begin_due(struct tx *tx, instant before, struct err *err);
MUST_CHECK bool reconciliation_get(struct tx *tx, reconciliation_id id, struct reconciliation *out,
                                   struct err *err);
/* How far it is now. */
MUST_CHECK bool reconciliation_save(struct tx *tx, const struct reconciliation *at,
                                    struct err *err);
/* All was looked at: what it didn't find again is gone, what is gone for long is forgotten. */
MUST_CHECK bool reconciliation_end(struct tx *tx, const struct reconciliation *at, struct err *err);

/* It is so; `kind` must be a check's. A new one is told to the history. */
MUST_CHECK bool difference_see(struct tx *tx, const char *kind, const char *about,
                               const char *detail, struct err *err);
/* It was so until now: seen and mended in one go. */
MUST_CHECK bool difference_mended(struct tx *tx, const char *kind, const char *about,
                                  const char *detail, struct err *err);
