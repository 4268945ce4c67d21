/* messages.h — one utterance, in or out, on one channel: text, parties, files, delivery state.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../channel/channel.h"
#include "../../http/http.h"

enum direction { DIRECTION_IN, DIRECTION_OUT };
extern const char *const direction_names[];

enum message_state {
    MESSAGE_RECEIVED, /* the only one of what came in */
    MESSAGE_QUEUED,   /* will be sent, or waits to be fetched */
    MESSAGE_SENDING,  /* is being handed to the provider at this moment */
    MESSAGE_SENT,     /* the provider has it */
    MESSAGE_DELIVERED,
    MESSAGE_READ,
    MESSAGE_FAILED,  /* state_words says why */
    MESSAGE_DROPPED, /* a colleague stopped it before it went */
};
extern const char *const message_state_names[];

enum { MESSAGE_TEXT_MAX = 256 * 1024 }; /* bytes in the row; what is longer is a file too */

struct message {
    message_id id;
    conversation_id conversation_id;
    case_id case_id;
    case_id place_case_id; /* where it is when nothing is merged; none: there */
    channel_id channel_id;
    unsigned direction, state;
    instant state_at;
    const char *state_words; /* the provider's own */
    person_id person_id;     /* the customer who wrote it */
    user_id user_id;         /* the colleague who wrote it */
    const char *external_id; /* Message-ID or the provider's id */
    struct bytes content_hash;
    envelope_id envelope_id;
    const char *subject, *text, *html;
    bool prefers_html;           /* the HTML shows what the text can't */
    int64_t fold_at;             /* bytes of text before quoted history and signature */
    struct json_text parties;    /* of struct parties */
    struct json_text understood; /* of struct judgement; NULL: it isn't judged */
    bool is_auto;
    instant sent_at;   /* by the sender's clock */
    instant at;        /* when it arrived, or was written */
    struct list files; /* of struct file; only where a message is read whole */
};
extern const struct field message_fields[];
extern const struct routes message_routes, message_html_routes, outbox_routes;

/* With its files. */
MUST_CHECK bool message_get(struct tx *tx, message_id id, struct message *out, struct err *err);
/* Only its place and state: conversation, case, channel, direction, state. */
MUST_CHECK bool message_find(struct tx *tx, message_id id, struct message *out, bool *found,
                             struct err *err);
/* Adds it as it is, with an id of its own unless it has one, at this moment unless it has one, and
 * indexes `words` (words_of). */
MUST_CHECK bool message_add(struct tx *tx, struct message *message, const char *words,
                            struct err *err);
/* The words that a message is found by. */
char *message_words(struct arena *mem, const char *subject, const char *text);

/* The newest message with this external id, of ours if there is one; *found says whether. */
MUST_CHECK bool message_by_external_id(struct tx *tx, const char *external_id, struct message *out,
                                       bool *found, struct err *err);
/* The newest message of a conversation in one direction, before another one; {0}: of all. */
MUST_CHECK bool message_newest(struct tx *tx, conversation_id conversation,
                               enum direction direction, message_id before, struct message *out,
                               bool *found, struct err *err);
/* Message-IDs of what stood in a message's conversation before it, without what didn't arrive:
 * oldest first, at most the newest 20, a list of texts. */
MUST_CHECK bool message_references(struct tx *tx, const struct message *message, struct list *out,
                                   struct err *err);

/* Moves the delivery state, with its event. *moved is false when the message was in another
 * state than `from` (somebody else was first). words NULL: none. */
MUST_CHECK bool message_move(struct tx *tx, const struct message *message, enum message_state from,
                             enum message_state to, const char *words, bool *moved,
                             struct err *err);
/* What is sent hasn't arrived yet, in these words; it stays what it is. */
MUST_CHECK bool message_note_delay(struct tx *tx, const struct message *message, const char *words,
                                   struct err *err);

/* Stops what waits to be sent or failed, and brings its case back to who thought the customer was
 * answered. *dropped is false when it isn't in that state (any more). */
MUST_CHECK bool message_drop(struct tx *tx, const struct message *message, bool *dropped,
                             struct err *err);
/* Takes that back: it waits to be sent again. */
MUST_CHECK bool message_undrop(struct tx *tx, const struct message *message, bool *undropped,
                               struct err *err);

/* Who a message is from and to, as it stood: lists of struct party; from and reply_to hold one
 * or none. */
struct parties {
    struct list from, reply_to, to, cc;
    const char *proof; /* that it's from him: refuted, said or proven; NULL: nobody asks */
};
extern const struct field parties_fields[];
char *parties_write(struct arena *mem, const struct parties *parties);
MUST_CHECK bool parties_read(struct arena *mem, const char *json, struct parties *out,
                             struct err *err);
