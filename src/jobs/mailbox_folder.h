/* mailbox_folder.h — what is new in one folder of a mailbox, stored durably, in batches.
 *
 * How far a folder was read is written in the transaction that stores what was read; only then
 * the server hears that it was seen. So whatever is interrupted is fetched again, and what comes
 * twice is once (envelopes are known by the hash of their bytes).
 */
#pragma once

#include "../channel/imap.h"
#include "mailbox_health.h"

struct mailbox_folder {
    const char *name;
    bool is_sent; /* what other programs sent for us: not what people sent to us */
    uint32_t uidvalidity, last_uid;
    size_t aside_n; /* messages that the server couldn't hand over (mailbox_position.h) */
};

/* The message at which the connection was lost last, and how often in a row. Outlives
 * connections. */
struct mailbox_drop {
    char folder[256]; /* may be cut */
    uint32_t uidvalidity, uid;
    int n;
};

/* What reads: one connection, of one thread. */
struct mailbox_reader {
    struct store *store;
    const struct channel *channel;
    organisation_id organisation;
    struct imap *im;
    struct arena *mem; /* reset after each batch */
    struct mailbox_health *health;
    struct mailbox_drop *drop;
    char complaint[384]; /* what doesn't work although the rest does; "": nothing */
    int64_t left;        /* messages still to be fetched, as far as is known */
};

/* Selects the folder and finds where to go on. A folder whose UIDs are new is read from the
 * start; our Sent folder, when it is seen for the first time, only from now on. */
MUST_CHECK bool mailbox_folder_open(struct mailbox_reader *reader, struct mailbox_folder *folder,
                                    struct err *err);
/* Reads everything behind last_uid, and asks again for what was put aside; the folder is the one
 * that is selected. */
MUST_CHECK bool mailbox_folder_read(struct mailbox_reader *reader, struct mailbox_folder *folder,
                                    struct err *err);
/* Keeps the first complaint of a round. */
void mailbox_complain(struct mailbox_reader *reader, const char *words);
