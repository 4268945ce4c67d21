#include "judge.h"

#include "../../base/json.h"
#include "../../language/understand.h"

/* In the order of the models' classes; a test holds them against each other. */
const char *const judged_names[] = { "polarity", "emotion", "intent", "urgency", NULL };
const char *const polarity_names[] = { "neg", "neu", "pos", NULL };
const char *const emotion_names[] = { "anger", "disappointment", "worry", "joy", "neutral", NULL };
const char *const intent_names[] = { "complaint", "question",   "request",  "status", "report",
                                     "thanks",    "compliment", "chitchat", NULL };
const char *const urgency_names[] = { "low", "normal", "high", "critical", NULL };

const struct field judgement_fields[] = {
    FIELD(judgement, language, .doc = "nl, en, fr or de; null: not known"),
    FIELD(judgement, margin, .doc = "Of the language, to the next one: 0 to 1"),
    FIELD(judgement, polarity, .names = polarity_names),
    FIELD(judgement, emotion, .names = emotion_names),
    FIELD(judgement, intent, .names = intent_names),
    FIELD(judgement, urgency, .names = urgency_names),
    FIELD(judgement, doubtful, .doc = "Perhaps it is irony: a person should look"),
    FIELD(judgement, why, .doc = "The words that weighed most"),
    FIELD(judgement, corrected, .doc = "What of it a person said"),
    { 0 },
};

const char **judgement_of(struct judgement *judgement, enum judged subject)
{
    switch (subject) {
    case JUDGED_POLARITY:
        return &judgement->polarity;
    case JUDGED_EMOTION:
        return &judgement->emotion;
    case JUDGED_INTENT:
        return &judgement->intent;
    case JUDGED_URGENCY:
        break;
    }
    return &judgement->urgency;
}

char *judgement_write(struct arena *mem, const struct judgement *judgement)
{
    struct buf json = BUF(1 << 20);
    char *text;

    json_write(&json, judgement_fields, judgement);
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

bool judgement_read(struct arena *mem, const char *json, struct judgement *out, struct err *err)
{
    *out = (struct judgement){ 0 };
    return json_read_stored(mem, json, judgement_fields, out, err);
}

/* --- judging ---------------------------------------------------------------------------------- */

struct known {
    const char *language;
    struct bytes weights;
};

static const struct field known_fields[] = {
    FIELD(known, language),
    FIELD(known, weights),
    { 0 },
};

bool judge_get(struct tx *tx, struct judge *out, struct err *err)
{
    struct known known = { 0 };

    if (!db_one(tx, SQL_JUDGE_GET, ARGS(arg_organisation(tx)), known_fields, &known, err))
        return false;
    *out = (struct judge){ .speaks = language_of_code(known.language),
                           .must_learn = !learned_is_current(known.weights) };
    if (known.weights.len > 0)
        out->learned = learned_read(tx->mem, known.weights);
    return true;
}

void judge_text(struct arena *mem, const struct judge *judge, const char *text, size_t len,
                struct judgement *out)
{
    const struct understand_context context = {
        .hints = { .organisation = judge->speaks },
        .learned = judge->learned,
    };
    struct understanding found;

    understand_mood(mem, text, len, &context, &found);
    *out = (struct judgement){
        .language = found.language[0] ? found.language : NULL,
        .margin = found.margin,
        .polarity = found.polarity,
        .emotion = found.emotion,
        .intent = found.intent,
        .urgency = found.urgency,
        .doubtful = found.doubtful,
        .why = found.why,
    };
}
