/* leases.h — who does what only one may do: use a node's number, read a mailbox.
 *
 * A lease is a row that its holder renews; when he doesn't, another takes it over. A holder whose
 * process ended on this machine is known to be gone: what he held is free at once, so that a
 * server that was killed and started again goes on without waiting. Works inside the caller's
 * transaction, for all organisations.
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
