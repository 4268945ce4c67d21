/* receivers.h — everything that is fetched: one reader for each mailbox, on one node at a time.
 *
 * A watcher looks every few seconds, and when a channel changes, which channels there are, and
 * keeps a thread for each (mailbox.h). A lease says which node reads it: it is given back when the
 * node stops, and taken over some seconds after a node vanished. Two that read the same mailbox
 * for a moment do no harm: the same envelope twice is once.
 */
#pragma once

#include "../store/store.h"

struct receivers;

/* Before the first write to the store. */
MUST_CHECK bool receivers_start(struct store *store, struct receivers **out, struct err *err);
/* Within a second or two, whatever the mail servers do. NULL is fine. */
void receivers_stop(struct receivers *receivers);
/* After the store is closed: until then it may still wake the watcher. */
void receivers_free(struct receivers *receivers);
