#include "referral_signs.h"

float referral_sends(const struct referral_signs *signs)
{
    float values[SIGN_KINDS], sum = referral_bias.sends;

    referral_sign_values(signs, values);
    for (size_t i = 0; i < signs->n; i++)
        sum += values[signs->items[i].kind] * referral_weights[signs->items[i].id].sends;
    return sum / REFERRAL_WEIGHT;
}

float referral_is_target(const struct referral_signs *signs)
{
    float values[SIGN_KINDS], sum = referral_bias.target;

    referral_sign_values(signs, values);
    for (size_t i = 0; i < signs->n; i++)
        sum += values[signs->items[i].kind] * referral_weights[signs->items[i].id].target;
    return sum / REFERRAL_WEIGHT;
}

enum referral_kind referral_kind_of(const struct referral_signs *signs, unsigned allowed)
{
    float values[SIGN_KINDS], sums[REFERRAL_KINDS_N];
    size_t best = (size_t)__builtin_ctz(allowed);

    referral_sign_values(signs, values);
    for (size_t kind = 0; kind < REFERRAL_KINDS_N; kind++)
        sums[kind] = referral_bias.kinds[kind];
    for (size_t i = 0; i < signs->n; i++) {
        const struct referral_weights *weights = &referral_weights[signs->items[i].id];

        for (size_t kind = 0; kind < REFERRAL_KINDS_N; kind++)
            sums[kind] += values[signs->items[i].kind] * weights->kinds[kind];
    }
    for (size_t kind = best + 1; kind < REFERRAL_KINDS_N; kind++)
        if ((allowed >> kind & 1) && sums[kind] > sums[best])
            best = kind;
    return (enum referral_kind)best;
}
