/* said.h — everything that was ever said between a person and us, over all channels and all who are
 * one with him, newest first.
 *
 * What stands in his cases, and what he said in another's. Works inside the caller's transaction
 * and organisation; results live in tx->mem.
 */
#pragma once

#include "people.h"

struct said {
    int64_t number;   /* where the next page goes on: messages and notes have one order */
    const char *kind; /* message, note */
    const char *id;
    instant at;
    case_id case_id;
    const char *reference, *title; /* the case's */
    conversation_id conversation_id;
    channel_id channel_id;
    const char *direction, *state; /* of a message */
    user_id user_id;               /* the colleague who wrote it */
    person_id person_id;           /* the customer who wrote it */
    const char *subject, *text;
    int64_t fold_at; /* bytes of text before quoted history and signature */
    bool has_html, is_auto;
    message_id message_id; /* as they come from the tables */
    note_id note_id;
};
extern const struct field said_fields[];
extern const struct routes said_routes;

/* One page of struct said, older than `before`, at most limit. */
MUST_CHECK bool said_list(struct tx *tx, person_id root, int64_t before, int64_t limit,
                          struct list *out, struct err *err);
