#include "promise_signs.h"

#include <math.h>

void signs_weigh(const struct signs *signs, float out[HEADS_N])
{
    int32_t near_sums[HEADS_N] = { 0 }, order_sums[HEADS_N] = { 0 };
    float near, order;

    for (size_t i = 0; i < signs->n; i++) {
        const int8_t *weights = sign_weights[signs->items[i]];
        int32_t *sums = i < signs->near_n ? near_sums : order_sums;

        for (size_t head = 0; head < HEADS_N; head++)
            sums[head] += weights[head];
    }
    signs_values(signs, &near, &order);
    for (size_t head = 0; head < HEADS_N; head++)
        out[head] = promise_bias[head] + sign_scales[head] * (near * (float)near_sums[head] +
                                                              order * (float)order_sums[head]);
}

void words_weigh(const struct features *features, float out[HEADS_N])
{
    float values[FEATURE_KINDS], sums[HEADS_N] = { 0 };

    words_values(features, values);
    for (size_t i = 0; i < features->n; i++) {
        const int8_t *weights = word_weights[word_of(&features->items[i])];
        float value = values[features->items[i].kind];

        for (size_t head = 0; head < HEADS_N; head++)
            sums[head] += value * (float)weights[head];
    }
    for (size_t head = 0; head < HEADS_N; head++)
        out[head] += word_scales[head] * sums[head];
}
