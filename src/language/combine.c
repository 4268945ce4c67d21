#include "combine.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* How much what stands together counts, and how sure a model is taken to be: found by trying
 * (train --folds). */
static const float TOGETHER = 0.4F, SURE = 1.25F;

float combination_weight(size_t seen, const size_t each[COMBINED], size_t total)
{
    double ratio = (double)seen / (double)total;

    for (size_t i = 0; i < COMBINED; i++)
        ratio *= (double)total / (double)each[i];
    return powf((float)ratio, TOGETHER);
}

void combine(const struct combination *combinations, size_t n,
             const float own[COMBINED][CLASSES_MAX], float out[COMBINED][CLASSES_MAX])
{
    float sure[COMBINED][CLASSES_MAX], sums[COMBINED][CLASSES_MAX] = { 0 }, total = 0;

    for (size_t i = 0; i < COMBINED; i++)
        for (size_t class = 0; class < CLASSES_MAX; class ++)
            sure[i][class] = powf(own[i][class], SURE);
    for (size_t row = 0; row < n; row++) {
        float weight = combinations[row].weight;

        for (size_t i = 0; i < COMBINED; i++)
            weight *= sure[i][combinations[row].classes[i]];
        for (size_t i = 0; i < COMBINED; i++)
            sums[i][combinations[row].classes[i]] += weight;
        total += weight;
    }
    /* Each model is certain of what was never seen together: then they keep what they said. */
    if (total < FLT_MIN) {
        memmove(out, own, sizeof(sums));
        return;
    }
    for (size_t i = 0; i < COMBINED; i++)
        for (size_t class = 0; class < CLASSES_MAX; class ++)
            out[i][class] = sums[i][class] / total;
}
