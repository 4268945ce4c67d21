/* mailbox.h — the thread that reads one mailbox, for as long as it is told to.
 *
 * It connects, reads what is new in every folder, waits for more, and begins again when anything
 * fails, later and later. How it fares stands in the channel's health.
 */
#pragma once

#include "../domain/channels/channels.h"

struct mailbox;

MUST_CHECK bool mailbox_start(struct store *store, const struct channel_mark *mark,
                              struct mailbox **out, struct err *err);
/* The settings changed: it begins again with the new ones, at once. */
void mailbox_refresh(struct mailbox *box);
/* It ends within a second or so; what isn't stored by then is fetched again by the next. */
void mailbox_ask_to_stop(struct mailbox *box);
/* Waits for its end. */
void mailbox_end(struct mailbox *box);
