/* harm.h — does somebody say that he wants to die, to hurt himself or others, or was hurt? Pure.
 *
 * A grammar over classes of words (harm_words), in four languages: "wil … niet … leven", "I'll …
 * break … legs". What says little alone ("I can't go on", pills, a farewell) counts together.
 * Idioms don't: what is done could be done ("I could kill for a coffee"), of what one dies is
 * laughter, or it is the phone that is dead.
 */
#pragma once

#include "tokens.h"

struct harm {
    size_t from, to; /* the first and the last token that say it */
};

/* Not in what is quoted. */
bool harm_find(struct arena *mem, const struct tokens *tokens, struct harm *out);
