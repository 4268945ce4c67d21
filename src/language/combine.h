/* combine.h — the labels of a text judged together: joy goes with thanks and no haste, and a report
 * that worries somebody is urgent. All four models are right more often so than each by itself.
 */
#pragma once

#include "model.h"

/* One label of each model that a training text had. */
struct combination {
    uint8_t classes[COMBINED];
    float weight; /* above 1: seen together more often than by chance */
};

/* Made by train.c. */
extern const struct combination model_combinations[];
extern const size_t model_combinations_n;

/* How often it was seen among `total` texts, and how often each of its labels was. */
float combination_weight(size_t seen, const size_t each[COMBINED], size_t total);

/* From what each model by itself gives its classes, what they get together; adds up to 1 again.
 * `out` may be `own`. */
void combine(const struct combination *combinations, size_t n,
             const float own[COMBINED][CLASSES_MAX], float out[COMBINED][CLASSES_MAX]);
