/* leases.h — who does what only one may do: use a node's number, read a mailbox.
 *
 * A lease is a row that its holder renews; when he doesn't, another takes it over. A holder whose
 * process ended on this machine is known to be gone: what he held is free at once, so that a
 * server that was killed and started again goes on without waiting. One who held it by a clock that
 * was wrong, on a machine that nobody can look into, is found by watching him. Works inside the
 * caller's transaction, for all organisations.
 */
#pragma once

#include "store.h"

/* A name for a holder that nobody else has, in this process either. */
char *lease_holder_new(struct arena *mem);
/* Has its process ended, for certain? False when nobody can tell from here. */
bool lease_holder_is_gone(struct arena *mem, const char *holder);

/* Takes the lease, or renews our own, for `ms`; *taken is false while somebody else has it. */
MUST_CHECK bool lease_take(struct tx *tx, const char *name, const char *holder, int64_t ms,
                           bool *taken, struct err *err);
/* Would lease_take() get it now? Also when the holder has it already. */
MUST_CHECK bool lease_is_free(struct tx *tx, const char *name, const char *holder, bool *out,
                              struct err *err);
/* Renews everything that the holder has; *names lists it (const char *). */
MUST_CHECK bool lease_renew_all(struct tx *tx, const char *holder, int64_t ms, struct list *names,
                                struct err *err);
/* Gives one back, if it is still ours. */
MUST_CHECK bool lease_end(struct tx *tx, const char *name, const char *holder, struct err *err);
/* Gives everything back that the holder has. */
MUST_CHECK bool lease_end_all(struct tx *tx, const char *holder, struct err *err);

/* --- who doesn't renew, whatever the clocks say ----------------------------------------------- */

/* No lease is longer. */
enum { LEASE_STILL_MS = 60 * 1000 };

/* What a holder has, of leases or of jobs: the last moment of it. */
struct lease_holder {
    const char *holder;
    instant until;
    int64_t since_ms; /* of a watch: when that was first seen, monotonic */
};
extern const struct field lease_holder_fields[]; /* holder, until */

/* How it stood at the last look. Begins with the two statements and zeros. */
struct lease_watch {
    enum sql list; /* each holder and his last moment */
    enum sql end;  /* what he has ($1) is free */
    struct arena *mem;
    struct lease_holder *holders;
    size_t n;
};

/* Frees what a holder has whose last moment didn't move for LEASE_STILL_MS, as we have seen it,
 * however far away it is: a clock that was a day ahead wrote it, and nobody renews it. Who lives
 * and renews keeps what he has, by whatever clock. `own` is never freed; now_ms is monotonic. Call
 * it now and then, on one thread. */
MUST_CHECK bool lease_end_still(struct store *store, struct lease_watch *watch, const char *own,
                                struct arena *mem, int64_t now_ms, struct err *err);
void lease_watch_free(struct lease_watch *watch);
