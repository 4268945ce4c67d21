/* courtesies.h — what a letter says between its greeting and its closing. Pure. Inside language. */
#pragma once

#include "tokens.h"

/* Leaves a greeting on a line of its own ("Beste mensen,") and the closing with the signature under
 * it ("Vriendelijke groet, …") out of `tokens`: "best" and "friendly" are no mood there. Nothing is
 * left out when nothing would stay, or when more is said behind the closing: much, or a postscript.
 */
void courtesies_skip(struct arena *mem, struct tokens *tokens);
