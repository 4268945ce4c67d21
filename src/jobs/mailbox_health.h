/* mailbox_health.h — what the channel's row says of a mailbox, written when it is worth a write:
 * at once when something goes wrong, otherwise or right again (and as an event, so that live
 * desks hear it); every now and then while all stays as it is.
 *
 * Used by one thread.
 */
#pragma once

#include "../domain/channels/channels.h"

struct mailbox_health {
    struct store *store;
    organisation_id organisation;
    channel_id channel;
    char error[384]; /* as written last; "": all is well */
    int64_t backlog;
    int64_t written_ms; /* by the monotonic clock; 0: not by us yet */
};

/* Goes on from what the row says. */
void mailbox_health_begin(struct mailbox_health *health, const struct channel *row);
/* `error` NULL: the server was reached and all is well. A failure to write is only logged. */
void mailbox_health_note(struct mailbox_health *health, const char *error, int64_t backlog);
