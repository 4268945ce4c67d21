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
 * the caller's to fill in. `channel`: where it goes or came from; {0}: nobody knows. ERR_INVALID
 * for one that isn't the organisation's. */
MUST_CHECK bool ground_get(struct tx *tx, channel_id channel, struct understand_context *out,
                           struct err *err);
/* Who is sent there isn't sent away either: what only a request knows, the address of this server.
 */
void ground_add_place(struct arena *mem, struct understand_context *ground, const char *place);
/* When the organisation works. There are no opening hours of its own yet: an office of its country,
 * told by its time zone. Whoever keeps calendars puts the organisation's (brand's, team's) here. */
const struct calendar *ground_calendar(const char *time_zone);
