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

/* What is looked up so many features later is asked of the memory already: the tables are larger
 * than what is near at hand. */
enum { AHEAD = 8 };

/* Of each feature the row of its weights; NULL: no training text had it. */
static const int8_t **rows_of(struct arena *mem, const struct weight_table *table,
                              const struct features *features)
{
    const int8_t **rows = NEW_ARRAY(mem, const int8_t *, features->n + 1);
    const uint32_t last = (1U << MODEL_BITS) - 1, check = (1U << (32 - MODEL_BITS)) - 1;
    const struct feature *items = features->items;

    for (size_t i = 0; i < features->n; i++) {
        uint32_t hash = items[i].hash;

        if (i + AHEAD < features->n)
            __builtin_prefetch(&table->slots[items[i + AHEAD].hash >> (32 - MODEL_BITS)]);
        for (uint32_t at = hash >> (32 - MODEL_BITS); table->slots[at].row; at = (at + 1) & last) {
            if (table->slots[at].check != (hash & check))
                continue;
            rows[i] = table->weights + table->slots[at].row * table->width;
            __builtin_prefetch(rows[i]);
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

/* What a feature's weights count for the verdicts of some models: that for its class less the mean
 * over all of the model. */
struct parts {
    float of[WIDTH_MAX], learned[COMBINED][CLASSES_MAX];
};

static void set_parts(const struct model *const *models, size_t n, const struct verdict *verdicts,
                      struct parts *out)
{
    *out = (struct parts){ 0 };
    for (size_t i = 0; i < n; i++)
        for (size_t class = 0; class < models[i]->classes_n; class ++) {
            float part =
                (class == verdicts[i].class ? 1.0F : 0.0F) - 1.0F / (float)models[i]->classes_n;

            out->learned[i][class] = part;
            out->of[models[i]->at + class] = part * models[i]->scale[class];
        }
}

/* In two ways for the compiler: of a table of the full width, as that of the mood is, it takes many
 * at once. */
static void weigh_row(const int8_t *row, size_t width, const struct parts *parts,
                      float out[WIDTH_MAX])
{
    if (width == WIDTH_MAX) {
        for (size_t at = 0; at < WIDTH_MAX; at++)
            out[at] = (float)row[at] * parts->of[at];
        return;
    }
    for (size_t at = 0; at < width; at++)
        out[at] = (float)row[at] * parts->of[at];
}

/* How much a feature speaks for a model's verdict. */
static float weigh(const struct lookup *lookup, const struct model *model,
                   const struct feature *feature, const float weighed[WIDTH_MAX],
                   const float part[CLASSES_MAX])
{
    float weight = 0;

    for (size_t class = 0; class < model->classes_n; class ++)
        weight += weighed[model->at + class];
    for (size_t class = 0; lookup->learned && class < model->classes_n; class ++)
        weight += learned_weight(lookup->learned, model, class, feature->hash) * part[class];
    return weight * lookup->values[feature->kind];
}

/* How much each token of the text speaks for each verdict. What a pair weighs is shared by both. */
static void weigh_tokens(struct arena *mem, const struct lookup *lookup,
                         const struct model *const *models, size_t n,
                         const struct verdict *verdicts, float *weights[COMBINED])
{
    struct parts parts;

    set_parts(models, n, verdicts, &parts);
    for (size_t m = 0; m < n; m++)
        weights[m] = NEW_ARRAY(mem, float, lookup->tokens->n + 2);
    for (size_t i = 0; i < lookup->features->n; i++) {
        const struct feature *feature = &lookup->features->items[i];
        float weighed[WIDTH_MAX] = { 0 };

        if ((!lookup->rows[i] && !lookup->learned) || feature->kind == FEATURE_SHAPE ||
            feature->kind == FEATURE_BOTH)
            continue;
        if (lookup->rows[i])
            weigh_row(lookup->rows[i], lookup->width, &parts, weighed);
        for (size_t m = 0; m < n; m++) {
            float weight = weigh(lookup, models[m], feature, weighed, parts.learned[m]);

            if (feature->kind == FEATURE_PAIR) {
                weight /= 2;
                weights[m][feature->token + 1] += weight;
            }
            weights[m][feature->token] += weight;
        }
    }
}

static bool is_named(const struct verdict *out, const char *word)
{
    for (size_t i = 0; i < out->why_n; i++)
        if (strcmp(out->why[i], word) == 0)
            return true;
    return false;
}

/* Takes the words that weighed most, strongest first; `weights` is used up. */
static void name_words(struct arena *mem, const struct tokens *tokens, float *weights,
                       struct verdict *out)
{
    float most = 0;

    for (size_t i = 0; i < tokens->n; i++)
        if (!can_be_reason(&tokens->tokens[i]))
            weights[i] = 0;
    out->why_n = 0;
    while (out->why_n < WHY_MAX) {
        size_t best = tokens->n;
        const char *word;

        for (size_t i = 0; i < tokens->n; i++)
            if (weights[i] > 0 && (best == tokens->n || weights[i] > weights[best]))
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

void model_explain(struct arena *mem, const struct lookup *lookup,
                   const struct model *const *models, size_t n, struct verdict *verdicts)
{
    float *weights[COMBINED];

    weigh_tokens(mem, lookup, models, n, verdicts, weights);
    for (size_t i = 0; i < n; i++)
        name_words(mem, lookup->tokens, weights[i], &verdicts[i]);
}

/* As weigh_row(). */
static void add_row(int32_t counts[WIDTH_MAX], const int8_t *row, size_t width)
{
    if (width == WIDTH_MAX) {
        for (size_t at = 0; at < WIDTH_MAX; at++)
            counts[at] += row[at];
        return;
    }
    for (size_t at = 0; at < width; at++)
        counts[at] += row[at];
}

struct lookup lookup_of(struct arena *mem, const struct weight_table *table,
                        const struct learned *learned, const struct tokens *tokens,
                        const struct features *features)
{
    struct lookup lookup = {
        .tokens = tokens, .features = features, .learned = learned, .width = table->width
    };

    lookup.rows = rows_of(mem, table, features);
    for (size_t i = 0; i < features->n; i++)
        if (lookup.rows[i])
            add_row(lookup.counts[features->items[i].kind], lookup.rows[i], table->width);
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
