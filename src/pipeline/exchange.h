/* exchange.h — who may hand in and fetch messages of a channel by HTTP. Of an API channel: a token
 * with the right message:exchange, or the channel's own signature. Of a provider: it alone, as its
 * own way of calling shows (hooks.h).
 */
#pragma once

#include "pipeline.h"

struct exchange_caller {
    struct open_channel channel;
    struct actor actor;
};

/* The channel {id}, of this type; nobody has shown who he is. */
MUST_CHECK bool exchange_find(struct request *rq, const struct channel_type *type,
                              struct exchange_caller *out, struct err *err);
/* Now he has: is the channel in use? */
MUST_CHECK bool exchange_admit_caller(struct exchange_caller *caller, struct err *err);
/* For route->prepare: finds the API channel {id} and checks the caller. */
MUST_CHECK bool exchange_check(struct request *rq, struct exchange_caller *out, struct err *err);
/* For route->admit: is there such a channel, and does the caller at least look like somebody? What
 * nobody could have signed isn't read. */
MUST_CHECK bool exchange_admit(struct request *rq, struct err *err);
/* Makes the transaction the channel's. */
void exchange_enter(struct tx *tx, const struct exchange_caller *caller);
