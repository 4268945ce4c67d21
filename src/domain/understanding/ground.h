/* ground.h — what an organisation knows beside a text: for language/understand.h.
 *
 * What is its own (the addresses of its channels, and what its wording says), the words that it
 * doesn't want, how much a channel takes, what it learned, and when it works. Works inside the
 * caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../language/understand.h"
#include "../../store/db.h"

/* All of the context that isn't the text's: whether it is outgoing, its moment and its language are
 * the caller's to fill in. `team`: who keeps what is said, {0}: the channel's. `channel`: where it
 * goes or came from; {0}: nobody knows. ERR_INVALID for one that isn't the organisation's. */
MUST_CHECK bool ground_get(struct tx *tx, team_id team, channel_id channel,
                           struct understand_context *out, struct err *err);
/* Who is sent there isn't sent away either: what only a request knows, the address of this server.
 */
void ground_add_place(struct arena *mem, struct understand_context *ground, const char *place);
/* When they work: the calendar of the team, else of the channel's team, else the organisation's. */
MUST_CHECK bool ground_calendar(struct tx *tx, team_id team, channel_id channel,
                                const struct calendar **out, struct err *err);
