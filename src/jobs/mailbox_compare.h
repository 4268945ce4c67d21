/* mailbox_compare.h — the mailbox's part of the daily reconciliation: each message that stands in a
 * folder, and was read already, is held against what became of it (mailbox_mails). One of which
 * nothing is known is fetched once more: what is new then had been missed. It comes in, and it is
 * a difference (domain/differences).
 *
 * What was moved or removed on the server is no difference: people clear up.
 */
#pragma once

#include "mailbox_folder.h"

/* Once a day for each folder, some thousands of messages at a time; the folder is the one that is
 * selected. *goes_on is set when there are more: come again soon, and read what is new between. */
MUST_CHECK bool mailbox_compare(struct mailbox_reader *reader, struct mailbox_folder *folder,
                                bool *goes_on, struct err *err);
