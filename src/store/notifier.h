/* notifier.h — tells the other nodes on the same PostgreSQL that there is something new, and
 * hears it from them: one thread with one connection a node. Only store.c includes this.
 *
 * A notification carries no more than what to look at (enum wake): the tables are the truth, and
 * a lost one costs a second. What is told within NOTIFY_GATHER_MS goes out as one: NOTIFY takes a
 * lock of the whole database, and in every transaction it would halve what can be written.
 */
#pragma once

#include "store.h"

enum { NOTIFY_GATHER_MS = 10 };

struct notifier;

/* Connects by itself, as often as it must; each time it has, the store's listeners are woken for
 * everything, since nobody knows what was missed. NULL when there is no thread to be had. */
struct notifier *notifier_start(struct store *store);
/* Never waits. Safe on any thread. */
void notifier_tell(struct notifier *notifier, unsigned wake);
/* Sends what was told, if it can, and ends. NULL is fine. */
void notifier_stop(struct notifier *notifier);

/* What was told and isn't sent yet. */
struct gathered {
    unsigned wake;
    int64_t send_at; /* monotonic, in milliseconds; of anything at all */
};

/* True when it is the first: the sender must be told when to wake up. */
bool gathered_add(struct gathered *gathered, unsigned wake, int64_t now_ms);
/* What is to be sent now, and then is forgotten; 0: nothing yet. */
unsigned gathered_take(struct gathered *gathered, int64_t now_ms);
/* How long until there is something to send; -1: nothing is there. */
int64_t gathered_wait_ms(const struct gathered *gathered, int64_t now_ms);
