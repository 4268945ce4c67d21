/* mailbox_batch.h — some messages of a folder on their way into the database: fetched one by one,
 * stored together, with what became of each and how far the folder was read.
 */
#pragma once

#include "mailbox_folder.h"
#include "mailbox_position.h"

enum { MAILBOX_BATCH_MAX = 50 }; /* mails in one transaction */

struct mailbox_batch {
    struct received items[MAILBOX_BATCH_MAX];
    struct became became[MAILBOX_BATCH_MAX]; /* of each item */
    struct mailbox_mail mails[MAILBOX_BATCH_MAX];
    uint32_t seen[MAILBOX_BATCH_MAX]; /* to be marked when all are stored */
    struct aside aside[MAILBOX_BATCH_MAX];
    size_t n, mails_n, seen_n, bytes, aside_n;
    uint32_t last;      /* UID of the last message that was looked at */
    bool is_comparison; /* all of these should have come before */
};

struct scope mailbox_scope(const struct mailbox_reader *reader);
struct position mailbox_position(const struct mailbox_reader *reader,
                                 const struct mailbox_folder *folder, uint32_t last_uid);

MUST_CHECK bool mailbox_position_save(struct mailbox_reader *reader, struct mailbox_folder *folder,
                                      struct position position, struct err *err);
/* Keeps as the complaint of this round that a message can't be fetched. */
void mailbox_complain_of(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                         const char *words);

/* Asks for a new message, or again for one that was put aside. False when the connection is lost;
 * what was fetched before is in the batch all the same. */
MUST_CHECK bool mailbox_batch_fetch(struct mailbox_reader *reader, struct mailbox_folder *folder,
                                    struct mailbox_batch *batch, const struct aside *asked,
                                    struct err *err);
bool mailbox_batch_is_full(const struct mailbox_batch *batch);
MUST_CHECK bool mailbox_batch_store(struct mailbox_reader *reader, struct mailbox_folder *folder,
                                    struct mailbox_batch *batch, struct err *err);
/* What was fetched before it went wrong is stored: it needn't be fetched again. Always false. */
bool mailbox_batch_rescue(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          struct mailbox_batch *batch);
/* imap_uids(), asked again when a message vanishes between two questions about its place. At most
 * MAILBOX_UIDS_MAX. */
enum { MAILBOX_UIDS_MAX = 500 };
MUST_CHECK bool mailbox_next_uids(struct mailbox_reader *reader, uint32_t from, uint32_t *uids,
                                  size_t *n, struct err *err);
