/* judge.h — what a customer's message says, as it is kept with the message.
 *
 * The words are looked at before the transaction (judge_text is pure); what the organisation knows
 * is read once before that.
 */
#pragma once

#include "../../base/field.h"
#include "../../language/detect.h"
#include "../../store/db.h"

/* What can be corrected, with the names of what it can be. */
enum judged { JUDGED_POLARITY, JUDGED_EMOTION, JUDGED_INTENT, JUDGED_URGENCY };
extern const char *const judged_names[];
extern const char *const polarity_names[], *const emotion_names[], *const intent_names[],
                                                                       *const urgency_names[];

struct judgement {
    const char *language; /* NULL: nobody knows */
    double margin;        /* of the language, to the next one: 0 … 1 */
    const char *polarity, *emotion, *intent, *urgency;
    bool doubtful;
    struct list why;       /* of texts: the words that weighed most */
    struct list corrected; /* of texts: names of enum judged that a person said */
};
extern const struct field judgement_fields[];

/* The member of a judgement that a subject names. */
const char **judgement_of(struct judgement *judgement, enum judged subject);
/* As it stands in messages.understood. */
char *judgement_write(struct arena *mem, const struct judgement *judgement);
MUST_CHECK bool judgement_read(struct arena *mem, const char *json, struct judgement *out,
                               struct err *err);

struct learned; /* language/learn.h */

/* What an organisation knows beside the text. */
struct judge {
    enum language speaks;
    const struct learned *learned; /* from corrections; NULL: nothing */
    bool must_learn;               /* it learned on top of the models of another release */
};

/* Of the transaction's organisation; lives in tx->mem. */
MUST_CHECK bool judge_get(struct tx *tx, struct judge *out, struct err *err);
/* Of text[0, len), valid UTF-8. */
void judge_text(struct arena *mem, const struct judge *judge, const char *text, size_t len,
                struct judgement *out);
