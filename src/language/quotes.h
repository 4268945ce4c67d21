/* quotes.h — what stands between quotation marks was said by somebody else. Pure. Inside language.
 */
#pragma once

#include "tokens.h"

/* Takes from `says` (a number for each token) what is said between two quotation marks and by the
 * marks themselves, where more than `short_max` tokens stand between them. */
void quotes_skip(const struct tokens *tokens, size_t short_max, uint64_t *says);
