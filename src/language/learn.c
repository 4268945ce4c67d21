#include "learn.h"

#include "courtesies.h"

#include <math.h>
#include <string.h>

/* A weight belongs to a hash of feature, model and class. Where two share one, half of them with
 * the opposite sign, so that what they disturb has a mean of nothing. */
enum { WEIGHTS_N = 30000, UNIT = 2048, STEPS_MAX = 8, HEAD_BYTES = 8, PAIR_BYTES = 4 };
/* The first four bytes: each weight, or those that aren't 0; then the version of the models. The 2
 * is another number when weights are kept or placed in another way. */
static const char head_all[] = "GLa2", head_pairs[] = "GLp2";
enum { HEAD_WORD = 4 };
/* How sure the corrected class should be, as a difference of sums; the longest step. */
static const float WANTED = 1.0F, NEAR_ENOUGH = 0.1F, STEP_MAX = 1.0F;

_Static_assert(HEAD_BYTES + 2 * WEIGHTS_N <= LEARNED_BYTES_MAX, "fits");

struct learned {
    int16_t weights[WEIGHTS_N];
};

static size_t place_of(const struct model *model, size_t class, uint32_t feature, int *sign)
{
    uint32_t name = hash_text(HASH_START, model->name, strlen(model->name));
    uint32_t hash = hash_number(feature, (uint64_t)(name % 1000003) * CLASSES_MAX + class);

    *sign = hash & 1 ? 1 : -1;
    return (hash >> 1) % WEIGHTS_N;
}

float learned_weight(const struct learned *learned, const struct model *model, size_t class,
                     uint32_t feature)
{
    int sign;
    size_t at = place_of(model, class, feature, &sign);

    return (float)(sign * learned->weights[at]) / UNIT;
}

static int16_t number_at(const uint8_t *data)
{
    return (int16_t)(uint16_t)(data[0] | data[1] << 8);
}

static uint8_t *write_number(uint8_t *to, uint16_t number)
{
    to[0] = (uint8_t)number;
    to[1] = (uint8_t)(number >> 8);
    return to + 2;
}

static void write_head(uint8_t *to, const char *word)
{
    memcpy(to, word, HEAD_WORD);
    to = write_number(to + HEAD_WORD, (uint16_t)model_version);
    write_number(to, (uint16_t)(model_version >> 16));
}

static bool has_head(struct bytes bytes, const char *word)
{
    uint8_t head[HEAD_BYTES];

    write_head(head, word);
    return bytes.len >= HEAD_BYTES && memcmp(bytes.data, head, HEAD_BYTES) == 0;
}

bool learned_is_current(struct bytes bytes)
{
    return bytes.len == 0 || has_head(bytes, head_all) || has_head(bytes, head_pairs);
}

static void read_into(struct learned *out, struct bytes bytes)
{
    const uint8_t *data = bytes.data + HEAD_BYTES;

    if (has_head(bytes, head_all) && bytes.len == HEAD_BYTES + 2 * (size_t)WEIGHTS_N)
        for (size_t i = 0; i < WEIGHTS_N; i++)
            out->weights[i] = number_at(data + 2 * i);
    if (!has_head(bytes, head_pairs))
        return;
    for (size_t at = HEAD_BYTES; at + PAIR_BYTES <= bytes.len; at += PAIR_BYTES, data += PAIR_BYTES)
        out->weights[(uint16_t)number_at(data) % WEIGHTS_N] = number_at(data + 2);
}

const struct learned *learned_read(struct arena *mem, struct bytes bytes)
{
    struct learned *learned = NEW(mem, struct learned);

    if (bytes.len > 0)
        read_into(learned, bytes);
    return learned;
}

static struct bytes written(struct arena *mem, const struct learned *learned)
{
    size_t used = 0;
    bool is_pairs;
    uint8_t *data, *to;

    for (size_t i = 0; i < WEIGHTS_N; i++)
        used += learned->weights[i] != 0;
    is_pairs = used < WEIGHTS_N / 2;
    data = to = arena_alloc(mem, HEAD_BYTES + 2 * (size_t)WEIGHTS_N);
    write_head(to, is_pairs ? head_pairs : head_all);
    to += HEAD_BYTES;
    for (size_t i = 0; i < WEIGHTS_N; i++) {
        if (is_pairs && learned->weights[i] == 0)
            continue;
        if (is_pairs)
            to = write_number(to, (uint16_t)i);
        to = write_number(to, (uint16_t)learned->weights[i]);
    }
    return (struct bytes){ data, (size_t)(to - data) };
}

/* Words generalise; their letters, and where they stand, would only fill the weights. */
static bool is_learned(const struct feature *feature)
{
    return feature->kind == FEATURE_WORD || feature->kind == FEATURE_PAIR ||
           feature->kind == FEATURE_CUE;
}

static void move(struct learned *learned, const struct model *model, size_t class, uint32_t feature,
                 float by)
{
    int sign;
    size_t at = place_of(model, class, feature, &sign);
    long moved = learned->weights[at] + sign * lrintf(by * UNIT);

    learned->weights[at] = (int16_t)(moved > INT16_MAX    ? INT16_MAX
                                     : moved < -INT16_MAX ? -INT16_MAX
                                                          : moved);
}

/* The class that stands most in the way of the right one. */
static size_t rival_of(const struct model *model, const struct verdict *verdict, size_t class)
{
    size_t rival = class == 0;

    for (size_t other = 0; other < model->classes_n; other++)
        if (other != class && verdict->probabilities[other] > verdict->probabilities[rival])
            rival = other;
    return rival;
}

/* One step, so far that the class comes before its strongest rival; false: it does already. */
static bool step(struct learned *learned, const struct correction *correction,
                 const struct lookup *lookup)
{
    const struct model *model = correction->model;
    const struct features *features = lookup->features;
    struct verdict verdict;
    float norm = 0, missing, length;
    size_t rival;

    model_judge(lookup, model, &verdict);
    rival = rival_of(model, &verdict, correction->class);
    missing = WANTED - logf(fmaxf(verdict.probabilities[correction->class], 1e-9F)) +
              logf(fmaxf(verdict.probabilities[rival], 1e-9F));
    if (missing <= NEAR_ENOUGH)
        return false;
    for (size_t i = 0; i < features->n; i++) {
        float value = lookup->values[features->items[i].kind];

        if (is_learned(&features->items[i]))
            norm += 2 * value * value;
    }
    length = fminf(missing / fmaxf(norm, 0.1F), STEP_MAX);
    for (size_t i = 0; i < features->n; i++) {
        const struct feature *feature = &features->items[i];
        float by = length * lookup->values[feature->kind];

        if (!is_learned(feature))
            continue;
        move(learned, model, correction->class, feature->hash, by);
        move(learned, model, rival, feature->hash, -by);
    }
    return true;
}

static void learn_one(struct learned *learned, const struct correction *correction)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("correction");
    struct tokens tokens;
    struct features features;
    struct lookup lookup;

    tokens_of(mem, correction->text, strlen(correction->text), &tokens);
    courtesies_skip(mem, &tokens);
    features_of(mem, &tokens, 0, tokens.n, &features);
    lookup = lookup_of(mem, correction->model->table, learned, &tokens, &features);
    for (int i = 0; i < STEPS_MAX && step(learned, correction, &lookup); i++)
        continue;
}

struct bytes language_learn(struct arena *mem, struct bytes before,
                            const struct correction *corrections, size_t n)
{
    struct learned *learned = NEW(mem, struct learned);
    size_t first = before.len == 0 && n > LEARN_MAX ? n - LEARN_MAX : 0;

    if (before.len > 0)
        read_into(learned, before);
    for (size_t i = first; i < n; i++)
        if (corrections[i].class < corrections[i].model->classes_n)
            learn_one(learned, &corrections[i]);
    return written(mem, learned);
}
