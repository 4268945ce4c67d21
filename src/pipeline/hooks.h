/* hooks.h — what providers of SMS post to us: messages that come in, and reports on ours.
 *
 * A message is durable before its answer, and understood by a job; the same one twice is once.
 * One that nobody can read is answered as well: it waits in "not understood".
 */
#pragma once

#include "exchange.h"

#include "../channel/sms.h"

/* For route->prepare, behind the provider's own check. */
struct hook {
    struct exchange_caller caller;
    struct bytes raw;        /* what is kept of it */
    const char *external_id; /* NULL: the hash of the bytes */
    instant at;              /* when it was written; {0}: now */
    enum sms_report report;  /* or: what a report says of the message {message} */
    const char *words;
};

/* Keeps what came in, and asks for it to be understood. */
MUST_CHECK bool hook_receive(struct request *rq, struct tx *tx, struct err *err);
/* Puts a report on the message {message} of this channel. */
MUST_CHECK bool hook_report(struct request *rq, struct tx *tx, struct err *err);
