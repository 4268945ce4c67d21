/* conversations.h — the thread of messages with one party on one channel; part of a case.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

struct conversation {
    conversation_id id;
    channel_id channel_id;
    person_id person_id;
    case_id case_id;
    case_id place_case_id;  /* where it is when nothing is merged; none: there */
    case_id answered_in;    /* that it is about by now, when it's another one; else none */
    const char *thread_key; /* the provider's own thread; NULL where it has none */
    const char *subject;
    instant created_at;
};
extern const struct field conversation_fields[];
extern const struct routes conversation_routes;

MUST_CHECK bool conversation_get(struct tx *tx, conversation_id id, struct conversation *out,
                                 struct err *err);
/* By the provider's thread. */
MUST_CHECK bool conversation_by_thread(struct tx *tx, channel_id channel, const char *thread_key,
                                       struct conversation *out, bool *found, struct err *err);
/* The newest one of a case; else that of its newest message, which was moved into it alone. */
MUST_CHECK bool conversation_of_case(struct tx *tx, case_id id, struct conversation *out,
                                     bool *found, struct err *err);
/* Is one of its messages in the case? */
MUST_CHECK bool conversation_is_in_case(struct tx *tx, conversation_id id, case_id in, bool *out,
                                        struct err *err);
/* We answer in it about this case, or the customer begins about it: what comes next in a provider's
 * thread is about that, too. */
MUST_CHECK bool conversation_turns_to(struct tx *tx, struct conversation *conversation,
                                      case_id about, struct err *err);
/* Adds it as it is, with an id of its own. */
MUST_CHECK bool conversation_add(struct tx *tx, struct conversation *conversation, struct err *err);

/* What stands in our reply address so that an answer finds its conversation: "c" and the id with
 * five characters that nobody can make up without our key. */
char *conversation_token(struct arena *mem, const uint8_t key[KEY_LEN], conversation_id id);
/* One for a mail to this address alone: who answers with it from there has shown that he reads it.
 * "p", the same, and ten characters more. */
char *conversation_token_to(struct arena *mem, const uint8_t key[KEY_LEN], conversation_id id,
                            const char *address);
/* The conversation of a token of either kind in an address "local+token@domain"; false when there
 * is none. */
bool conversation_of_address(const char *address, const uint8_t key[KEY_LEN], conversation_id *out);
/* Was the token in it made for a mail to this receiver? */
bool conversation_was_sent_to(struct arena *mem, const char *address, const uint8_t key[KEY_LEN],
                              const char *receiver);
