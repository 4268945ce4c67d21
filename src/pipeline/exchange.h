/* exchange.h — who may hand in and fetch messages of an API channel: a token with the right
 * message:exchange, or the channel's own signature.
 */
#pragma once

#include "pipeline.h"

struct exchange_caller {
    struct open_channel channel;
    struct actor actor;
};

/* For route->prepare: finds the channel {id} and checks the caller. */
MUST_CHECK bool exchange_check(struct request *rq, struct exchange_caller *out, struct err *err);
/* For route->admit: is there such a channel, and does the caller at least look like somebody? What
 * nobody could have signed isn't read. */
MUST_CHECK bool exchange_admit(struct request *rq, struct err *err);
/* Makes the transaction the channel's. */
void exchange_enter(struct tx *tx, const struct exchange_caller *caller);
