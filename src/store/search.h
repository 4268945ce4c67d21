/* search.h — full text on both engines with the same hits: the words come in already folded and
 * stemmed (language/words.h), the engines only index them.
 */
#pragma once

#include "db.h"

/* Indexes a message or person under its words (text with blanks between them). Once per id. */
MUST_CHECK bool search_add(struct tx *tx, int64_t id, const char *words, struct err *err);
/* Takes it out again; `words` must be those that were added. */
MUST_CHECK bool search_remove(struct tx *tx, int64_t id, const char *words, struct err *err);
/* Ids (int64_t) with all of the words, newest first, older than `before` (0: from the newest), at
 * most max. The last word matches as a beginning when *is_prefix and it has three letters; but when
 * the whole words alone fill the first page, that is what was meant, and *is_prefix becomes false,
 * to be passed so for the pages behind it: a beginning is found by all words that begin so.
 * Words are told apart by organisation with a short hash: read what an id names with its
 * organisation, as always, and pass over what isn't there. */
MUST_CHECK bool search_find(struct tx *tx, const char *words, bool *is_prefix, int64_t before,
                            int64_t max, struct list *ids, struct err *err);
/* Would search_find() name one of these n ids? */
MUST_CHECK bool search_among(struct tx *tx, const char *words, bool is_prefix, const int64_t *ids,
                             size_t n, bool *out, struct err *err);
