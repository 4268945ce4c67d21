/* mail_channel.h — the channel that a command puts mails into. */
#pragma once

#include "../store/store.h"

/* Checks that there is such a channel and that it takes mails; puts its organisation into
 * *scope. */
MUST_CHECK bool mail_channel(struct store *store, channel_id id, struct scope *scope,
                             struct err *err);
