/* corrections.h — what people say of a message that was judged otherwise, and what is learned
 * from it.
 *
 * A correction counts at once for its message, and soon for all that come after: a job learns
 * again from those that are left (language/learn.h), so that taking one back leaves nothing of it.
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "judge.h"

struct message_correction {
    message_id message_id;
    unsigned subject;        /* enum judged */
    const char *was, *value; /* what we said, and what a person says */
    user_id user_id;
    instant at;
    int64_t id; /* sorts them by time */
};
extern const struct field message_correction_fields[];
extern const struct routes correction_routes;

/* From now on the message is judged so. ERR_CONFLICT where nothing was judged, ERR_INVALID for a
 * value that the subject doesn't have. Saying it again replaces what was said before. */
MUST_CHECK bool correction_make(struct tx *tx, message_id id, enum judged subject,
                                const char *value, struct judgement *out, struct err *err);
/* As if it had never been made; ERR_NOT_FOUND without one. */
MUST_CHECK bool correction_take_back(struct tx *tx, message_id id, enum judged subject,
                                     struct judgement *out, struct err *err);

/* The newest LEARN_MAX, oldest first: a list of struct correction (language/learn.h). */
MUST_CHECK bool correction_lessons(struct tx *tx, struct list *out, struct err *err);
/* Keeps what language_learn() made of them. */
MUST_CHECK bool learned_save(struct tx *tx, struct bytes weights, struct err *err);
