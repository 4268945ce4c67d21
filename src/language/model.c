#include "model.h"

#include "learn.h"

#include <math.h>
#include <string.h>

enum { WORD_LEN_MIN = 2 };
/* A word is a reason when it weighs this much of what the strongest one does. */
static const float REASON_SHARE = 0.2F;

void features_of(struct arena *mem, const struct tokens *tokens, size_t first, size_t n,
                 struct features *out)
{
    features_with(mem, model_cues, tokens, first, n, out);
}

/* Of each feature the row of its weights; NULL: no training text had it. */
static const int8_t **rows_of(struct arena *mem, const struct weight_table *table,
                              const struct features *features)
{
    const int8_t **rows = NEW_ARRAY(mem, const int8_t *, features->n + 1);
    const uint32_t last = (1U << MODEL_BITS) - 1, check = (1U << (32 - MODEL_BITS)) - 1;

    for (size_t i = 0; i < features->n; i++) {
        uint32_t hash = features->items[i].hash;

        for (uint32_t at = hash >> (32 - MODEL_BITS); table->slots[at].row; at = (at + 1) & last) {
            if (table->slots[at].check != (hash & check))
                continue;
            rows[i] = table->weights + table->slots[at].row * table->width;
            break;
        }
    }
    return rows;
}

static void judge(const struct model *model, const float sums[CLASSES_MAX], struct verdict *out)
{
    float most = sums[0], second = 0, total = 0;

    for (size_t class = 1; class < model->classes_n; class ++) {
        if (sums[class] <= most)
            continue;
        most = sums[class];
        out->class = class;
    }
    for (size_t class = 0; class < model->classes_n; class ++)
        total += out->probabilities[class] = expf(sums[class] - most);
    for (size_t class = 0; class < model->classes_n; class ++) {
        out->probabilities[class] /= total;
        if (class != out->class && out->probabilities[class] > second)
            second = out->probabilities[class];
    }
    out->margin = out->probabilities[out->class] - second;
}

static void add_up(const struct lookup *lookup, const struct model *model, float sums[CLASSES_MAX])
{
    for (size_t class = 0; class < model->classes_n; class ++) {
        sums[class] = 0;
        for (size_t kind = 0; kind < FEATURE_KINDS; kind++)
            sums[class] += lookup->values[kind] * (float)lookup->counts[kind][model->at + class];
        sums[class] = sums[class] * model->scale[class] + model->bias[class];
    }
    for (size_t i = 0; lookup->learned && i < lookup->features->n; i++) {
        const struct feature *feature = &lookup->features->items[i];

        for (size_t class = 0; class < model->classes_n; class ++)
            sums[class] += lookup->values[feature->kind] *
                           learned_weight(lookup->learned, model, class, feature->hash);
    }
}

static bool can_be_reason(const struct token *token)
{
    switch (token->kind) {
    case TOKEN_WORD:
        return token->to - token->from > WORD_LEN_MIN;
    case TOKEN_TAG:
    case TOKEN_EMOJI:
    case TOKEN_EMOTICON:
        return true;
    case TOKEN_NUMBER:
    case TOKEN_SIGN:
    case TOKEN_URL:
    case TOKEN_EMAIL:
    case TOKEN_HANDLE:
        break;
    }
    return false;
}

/* How much a feature speaks for a class: its weight for it less the mean over the classes; `part`
 * is what each class's weight counts in that. */
static float weigh(const struct lookup *lookup, const struct model *model, size_t i,
                   const float part[CLASSES_MAX])
{
    const struct feature *feature = &lookup->features->items[i];
    const int8_t *row = lookup->rows[i];
    float weight = 0;

    for (size_t class = 0; row && class < model->classes_n; class ++)
        weight += (float)row[model->at + class] * model->scale[class] * part[class];
    for (size_t class = 0; lookup->learned && class < model->classes_n; class ++)
        weight += learned_weight(lookup->learned, model, class, feature->hash) * part[class];
    return weight * lookup->values[feature->kind];
}

/* How much each token of the text speaks for the class. What a pair weighs is shared by both. */
static float *weigh_tokens(struct arena *mem, const struct lookup *lookup,
                           const struct model *model, size_t class)
{
    const size_t n = lookup->tokens->n;
    float *weights = NEW_ARRAY(mem, float, n + 2), part[CLASSES_MAX];

    for (size_t other = 0; other < model->classes_n; other++)
        part[other] = (other == class ? 1.0F : 0.0F) - 1.0F / (float)model->classes_n;
    for (size_t i = 0; i < lookup->features->n; i++) {
        const struct feature *feature = &lookup->features->items[i];
        float weight;

        if ((!lookup->rows[i] && !lookup->learned) || feature->kind == FEATURE_SHAPE ||
            feature->kind == FEATURE_BOTH)
            continue;
        weight = weigh(lookup, model, i, part);
        if (feature->kind == FEATURE_PAIR) {
            weight /= 2;
            weights[feature->token + 1] += weight;
        }
        weights[feature->token] += weight;
    }
    return weights;
}

static bool is_named(const struct verdict *out, const char *word)
{
    for (size_t i = 0; i < out->why_n; i++)
        if (strcmp(out->why[i], word) == 0)
            return true;
    return false;
}

void model_explain(struct arena *mem, const struct lookup *lookup, const struct model *model,
                   struct verdict *out)
{
    const struct tokens *tokens = lookup->tokens;
    float *weights = weigh_tokens(mem, lookup, model, out->class), most = 0;

    out->why_n = 0;
    while (out->why_n < WHY_MAX) {
        size_t best = tokens->n;
        const char *word;

        for (size_t i = 0; i < tokens->n; i++)
            if (weights[i] > 0 && (best == tokens->n || weights[i] > weights[best]) &&
                can_be_reason(&tokens->tokens[i]))
                best = i;
        if (best == tokens->n || weights[best] < REASON_SHARE * most)
            return;
        if (out->why_n == 0)
            most = weights[best];
        weights[best] = 0;
        word = arena_text_n(mem, tokens->text + tokens->tokens[best].from,
                            tokens->tokens[best].to - tokens->tokens[best].from);
        if (!is_named(out, word))
            out->why[out->why_n++] = word;
    }
}

struct lookup lookup_of(struct arena *mem, const struct weight_table *table,
                        const struct learned *learned, const struct tokens *tokens,
                        const struct features *features)
{
    struct lookup lookup = { .tokens = tokens, .features = features, .learned = learned };

    lookup.rows = rows_of(mem, table, features);
    for (size_t i = 0; i < features->n; i++) {
        int32_t *counts = lookup.counts[features->items[i].kind];

        for (size_t at = 0; lookup.rows[i] && at < table->width; at++)
            counts[at] += lookup.rows[i][at];
    }
    feature_values(features, lookup.values);
    return lookup;
}

void model_judge(const struct lookup *lookup, const struct model *model, struct verdict *out)
{
    float sums[CLASSES_MAX];

    *out = (struct verdict){ 0 };
    add_up(lookup, model, sums);
    judge(model, sums, out);
}
