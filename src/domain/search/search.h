/* search.h — finding messages and people by their words, and making the index anew.
 *
 * The index itself is the store's (store/search.h); here is what stands in it: messages under
 * words that begin with 'm', people under words that begin with 'p' (language/words.h).
 */
#pragma once

#include "../../http/http.h"

enum { SEARCH_MAX = 200 }; /* bytes of what is sought */

enum search_kind { SEARCH_ALL, SEARCH_MESSAGES, SEARCH_PEOPLE };
extern const char *const search_kind_names[];

struct search_query {
    const char *q;
    unsigned kind; /* enum search_kind */
    struct page_query page;
};

/* A message or a person with its words. */
struct hit {
    const char *kind; /* message, person */
    message_id message_id;
    case_id case_id;
    conversation_id conversation_id;
    person_id person_id;
    instant at;
    const char *direction, *subject; /* of a message */
    const char *name;                /* of a person */
    const char *snippet;             /* of a message's text; of a person: name and addresses */
    struct list marks;               /* of struct mark: the words in the snippet */
};
extern const struct field hit_fields[];
extern const struct routes search_routes;

/* One page of hits, newest first, inside the caller's transaction, and the cursor of the next
 * one (NULL: the last). ERR_INVALID when nothing is sought. */
MUST_CHECK bool search_page(struct tx *tx, const struct search_query *query, struct list *out,
                            const char **next, struct err *err);

/* Empties the index and fills it again from the messages and people of all organisations. After
 * a restore: nobody else may write meanwhile. */
MUST_CHECK bool search_rebuild(struct store *store, struct err *err);
