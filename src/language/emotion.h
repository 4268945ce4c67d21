/* emotion.h — polarity, emotion, intent and urgency of what a customer wrote.
 *
 * By the models of model.h, judged together, each with the words that weighed most. Two things the
 * models don't decide. Danger (gas, fire, somebody locked in, medicine that runs out, a stolen card
 * …) makes a text critical, whatever was learned. And irony is only a doubt: "fijn, weer geen
 * trein" praises in words and complains in fact; the flag asks a person to look, and changes no
 * verdict.
 */
#pragma once

#include "model.h"

/* In the order of the models' classes. */
enum polarity { POLARITY_NEGATIVE, POLARITY_NEUTRAL, POLARITY_POSITIVE };
enum emotion { EMOTION_ANGER, EMOTION_DISAPPOINTMENT, EMOTION_WORRY, EMOTION_JOY, EMOTION_NEUTRAL };
enum intent {
    INTENT_COMPLAINT,
    INTENT_QUESTION,
    INTENT_REQUEST,
    INTENT_STATUS,
    INTENT_REPORT,
    INTENT_THANKS,
    INTENT_COMPLIMENT,
    INTENT_CHITCHAT
};
enum urgency { URGENCY_LOW, URGENCY_NORMAL, URGENCY_HIGH, URGENCY_CRITICAL };

struct mood {
    struct verdict polarity, emotion, intent, urgency;
    bool is_dangerous; /* urgency is critical for the words in urgency.why */
    bool is_doubtful;  /* perhaps it's irony */
};

/* The names of the classes are in model_polarity.classes and so on. `learned` may be NULL. */
void mood_of(struct arena *mem, const struct tokens *tokens, const struct learned *learned,
             struct mood *out);
