/* model.h — linear models over hashed features: one weight a feature and class.
 *
 * The weights are made at build time from src/language/data (train.c) and compiled in. A feature
 * that no training text had weighs nothing. Several models share one table, so that a text is
 * looked up once for all of them. Corrections by people weigh on top (learn.h).
 */
#pragma once

#include "feature.h"

enum { MODEL_BITS = 17, CLASSES_MAX = 8, WIDTH_MAX = 20, WHY_MAX = 5, COMBINED = 4 };

/* A feature that weighs: found at the upper MODEL_BITS of its hash, or behind. */
struct weight_slot {
    uint32_t check : 32 - MODEL_BITS; /* the lower bits of the hash */
    uint32_t row : MODEL_BITS;        /* of the weights; 0: nothing here */
};

struct weight_table {
    const struct weight_slot *slots; /* [1 << MODEL_BITS], open addressing */
    const int8_t *weights;           /* rows of `width` */
    size_t width;                    /* at most WIDTH_MAX */
};

struct model {
    const char *name;
    const char *const *classes;
    size_t classes_n;
    const struct weight_table *table;
    size_t at;          /* where its classes begin in a row */
    const float *scale; /* one a class: what a weight of 1 means */
    const float *bias;  /* one a class */
};

/* Of what comes in; these four, in this order, are judged together (combine.h). */
extern const struct model model_polarity, model_emotion, model_intent, model_urgency;

struct verdict {
    size_t class;                     /* index in model->classes */
    float margin;                     /* to the second: a difference of probabilities, 0 … 1 */
    float probabilities[CLASSES_MAX]; /* of each class */
    const char *why[WHY_MAX];         /* words as they stand in the text that weighed most */
    size_t why_n;
};

/* Another one for other weights, features or classes: what was learned on top of one says nothing
 * on top of another. */
extern const uint32_t model_version;

/* data/cues.tsv as the models were trained with it: [1 << CUE_BITS]. */
extern const struct cue_slot model_cues[];

/* The features of tokens [first, first + n), as the models were trained on. */
void features_of(struct arena *mem, const struct tokens *tokens, size_t first, size_t n,
                 struct features *out);

/* What else weighs for a class besides the model: learned from corrections (learn.h). */
struct learned;

/* A text, or a part of it, looked up for all models of one table. */
struct lookup {
    const struct tokens *tokens;
    const struct features *features;
    const struct learned *learned; /* NULL: nothing */
    const int8_t **rows;           /* of each feature its weights; NULL: no training text had it */
    size_t width;                  /* of a row */
    /* What the rows of each kind add up to: one way through them for all models. */
    int32_t counts[FEATURE_KINDS][WIDTH_MAX];
    float values[FEATURE_KINDS];
};

/* `features` is of `tokens`, or of a part of them; all of it must outlive what is returned. */
struct lookup lookup_of(struct arena *mem, const struct weight_table *table,
                        const struct learned *learned, const struct tokens *tokens,
                        const struct features *features);

/* All of the verdict but the words. */
void model_judge(const struct lookup *lookup, const struct model *model, struct verdict *out);
/* The words that weighed most for the class that each verdict has, of up to COMBINED models; not
 * looked for before they are asked for, since that costs as much as the verdicts. */
void model_explain(struct arena *mem, const struct lookup *lookup,
                   const struct model *const *models, size_t n, struct verdict *verdicts);
