/* search.h — finding messages, cases and people by their words, and making the index anew.
 *
 * The index itself is the store's (store/search.h); here is what stands in it: messages, and cases
 * whose titles say what no message does (cases/titles.h), under words that begin with 'm'; people
 * under words that begin with 'p' (language/words.h).
 */
#pragma once

#include "../../http/http.h"

enum {
    SEARCH_MAX = 200, /* bytes of what is sought */
    SEARCH_SCANNED_MAX = 2000
};

enum search_kind { SEARCH_ALL, SEARCH_MESSAGES, SEARCH_PEOPLE };
extern const char *const search_kind_names[];
extern const char *const search_direction_names[], *const search_status_names[];

struct search_query {
    const char *q;
    unsigned kind; /* enum search_kind */
    /* Filters of messages; zeros and NULLs: no matter. */
    channel_id channel;
    unsigned direction; /* of search_direction_names */
    person_id person;   /* whose case it is: also what we wrote */
    instant since, until;
    unsigned status;             /* of search_status_names: the case's */
    const char *team, *assignee; /* the case's: an id, or "none" */
    label_id label;              /* the case's */
    bool no_people;              /* who asks may not see them */
    struct page_query page;
};

/* A message, a case or a person with its words. */
struct hit {
    const char *kind; /* message, case, person */
    message_id message_id;
    case_id case_id;
    conversation_id conversation_id;
    channel_id channel_id;
    person_id person_id; /* of a message or case: whose case it is */
    instant at;
    const char *direction, *subject, *reference; /* of a message */
    const char *name;                            /* of the person */
    const char *snippet; /* of a message's text; of a person: name and addresses */
    struct list marks;   /* of struct mark: the words in the snippet */
};
extern const struct field hit_fields[];
extern const struct routes search_routes;

/* One page of hits, newest first, inside the caller's transaction, and the cursor of the next
 * one (NULL: the last). ERR_INVALID when nothing is sought. Filters are asked of SEARCH_SCANNED_MAX
 * hits a page: what many messages say and few are wanted of gives short pages, maybe empty ones,
 * with a cursor behind them. */
MUST_CHECK bool search_page(struct tx *tx, const struct search_query *query, struct list *out,
                            const char **next, struct err *err);

/* Empties the index and fills it again from the messages, titles and people of all organisations.
 * After a restore: nobody else may write meanwhile. */
MUST_CHECK bool search_rebuild(struct store *store, struct err *err);
