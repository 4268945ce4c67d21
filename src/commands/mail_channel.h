/* mail_channel.h — the channel that a command puts mails into. */
#pragma once

#include "../store/store.h"

/* Checks that there is such a channel and that it takes mails, else ERR_INVALID: it was named
 * wrongly. Puts its organisation into *scope and says whether it is switched on. */
MUST_CHECK bool mail_channel(struct store *store, channel_id id, struct scope *scope, bool *is_on,
                             struct err *err);
