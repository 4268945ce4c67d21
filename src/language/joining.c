#include "joining_signs.h"
#include "model.h"

#include <math.h>

/* By the folds of what is learned from (joining_train folds). Words alone, however many, were wrong
 * once in 27 times on pairs that nobody tuned on: surely needs a number that both have. */
static const double SURE = 0.97;
const double joining_likely = 0.5, joining_likely_only = 0.15;

const struct joining_text *joining_text(struct arena *mem, const char *text, size_t len)
{
    struct joining_text *out = NEW(mem, struct joining_text);

    joining_text_read(mem, model_cues, &joining_rarity, text, len, out);
    return out;
}

void joining_judge(struct arena *mem, const struct joining_text *of_case,
                   const struct joining_text *message, const struct joining_state *state,
                   struct joining *out)
{
    float signs[JOINING_SIGNS_N], sum = 0;

    joining_signs_of(mem, &joining_rarity, of_case, message, state, signs, out);
    for (size_t i = 0; i < JOINING_SIGNS_N; i++)
        sum += signs[i] * joining_weights[i];
    out->chance = 1 / (1 + exp(-(double)sum));
    out->is_sure = out->number && out->chance >= SURE && joining_has_grounds(signs);
}
