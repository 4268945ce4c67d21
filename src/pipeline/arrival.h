/* arrival.h — messages that are understood in the request that hands them in, so that a 201 already
 * names the case: of API channels, and of our own chat.
 */
#pragma once

#include "pipeline.h"

/* One message that came in, and what the answer says of it. */
struct arrival {
    struct inbound in; /* channel, judge and in->in are set before */
    struct bytes raw;
    struct blob blob; /* of a large one */
    bool is_large, is_new;
    const char *external_id, *state, *reference;
    message_id message_id;
    case_id case_id;
};

/* Before the transaction: what is slow. */
MUST_CHECK bool arrival_take(struct store *store, struct arena *mem, struct arrival *arrival,
                             struct err *err);
/* Inside: the envelope and all stages; of one that came before, what became of it then. */
MUST_CHECK bool arrival_run(struct tx *tx, struct arrival *arrival, struct err *err);
