/* titles.h — the titles that cases are found by. Only those that no message says: who renamed a
 * case, began it himself or split it off gave it words of its own. They stand in the index of
 * messages' words, under the id of the case (search/search.h).
 */
#pragma once

#include "../../store/store.h"

/* The case is found by this title from now on, and by no other that it had. */
MUST_CHECK bool case_title_index(struct tx *tx, case_id id, const char *title, struct err *err);
/* Puts a title of the table into an index that doesn't have it. */
MUST_CHECK bool case_title_index_anew(struct tx *tx, case_id id, const char *title,
                                      struct err *err);
/* What an older version left without words: all of it, of all organisations. */
MUST_CHECK bool case_titles_catch_up(struct store *store, struct err *err);
