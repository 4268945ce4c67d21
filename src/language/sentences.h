/* sentences.h — where sentences begin and end. Pure. */
#pragma once

#include "tokens.h"

/* Fills tokens->sentences: each token belongs to exactly one. */
void sentences_of(struct arena *mem, struct tokens *tokens);
