#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Found by trying: train --folds. */
static const float RATE = 0.05F, SHRINK = 1e-4F, SQUARE_FIRST = 1e-2F, BIAS_RATE = 0.1F;
enum { DROPPED = 30 }; /* percent */
/* So full may the tables become; what weighs least is left out for that. */
enum { ROWS_OUT_MAX = (1 << MODEL_BITS) / 8 * 7 };
enum { ROUNDS = 28, ROWS_MIN = 2, KEY_BITS = 20, FEATURES_N_MAX = 140000 };

static size_t key_of(const struct training *training, uint32_t hash)
{
    size_t at = hash >> (32 - KEY_BITS);

    while (training->keys[at] && training->keys[at] != hash)
        at = (at + 1) & ((1U << KEY_BITS) - 1);
    return at;
}

/* A number below n, always the same ones. */
static size_t next_below(uint64_t *state, size_t n)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(*state >> 33) % n;
}

/* Gives each feature that enough rows have a row of weights. When these are more than the tables
 * can hold, only what more rows have. */
static void choose(struct training *out, const struct rows *rows, size_t left_out)
{
    size_t n;
    uint32_t least = ROWS_MIN;

    for (size_t r = 0; r < rows->n; r++) {
        const struct row *row = &rows->items[r];

        for (size_t i = 0; row->file != left_out && i < row->features.n; i++) {
            size_t at = key_of(out, row->features.items[i].hash);

            out->keys[at] = row->features.items[i].hash;
            out->seen[at]++;
        }
    }
    for (n = FEATURES_N_MAX; n >= FEATURES_N_MAX; least++) {
        n = 1;
        for (size_t at = 0; at < (size_t)1 << KEY_BITS; at++)
            n += out->seen[at] >= least;
    }
    least--;
    out->features_n = 1;
    for (size_t at = 0; at < (size_t)1 << KEY_BITS; at++)
        if (out->seen[at] >= least)
            out->ids[at] = (uint32_t)out->features_n++;
    for (size_t r = 0; r < rows->n; r++)
        for (size_t i = 0; i < rows->items[r].features.n; i++)
            rows->items[r].found[i] = out->ids[key_of(out, rows->items[r].features.items[i].hash)];
}

/* How much each feature of the row counts. Of what is dropped, by chance, nothing: so that what is
 * left learns to say it, too. */
static void values_of(const struct row *row, size_t dropped, uint64_t *state,
                      float out[FEATURES_MAX])
{
    float values[FEATURE_KINDS];
    const float more = 100 / (float)(100 - dropped);

    feature_values(&row->features, values);
    for (size_t i = 0; i < row->features.n; i++)
        out[i] = row->found[i] == 0 || next_below(state, 100) < dropped
                     ? 0
                     : values[row->features.items[i].kind] * more;
}

static void add_up(const struct training *training, const struct task *task, const struct row *row,
                   const float values[FEATURES_MAX], float sums[WIDTH_MAX])
{
    memcpy(sums, training->bias, sizeof(training->bias));
    for (size_t i = 0; i < row->features.n; i++) {
        const float *weights = training->weights + row->found[i] * task->width;

        for (size_t c = 0; values[i] != 0 && c < task->width; c++)
            sums[c] += values[i] * weights[c];
    }
}

void training_score(const struct training *training, const struct task *task, const struct row *row,
                    float sums[WIDTH_MAX])
{
    float values[FEATURES_MAX];
    uint64_t state = 0;

    values_of(row, 0, &state, values);
    add_up(training, task, row, values, sums);
}

/* How far each class is from its label: the sums become probabilities, less 1 for the label. */
static void errors_of(const struct task *task, const struct row *row, float sums[WIDTH_MAX])
{
    for (size_t h = 0; h < task->heads_n; h++) {
        float *own = sums + task->heads[h].at, most = own[0], total = 0;
        const size_t n = task->heads[h].classes_n;

        for (size_t c = 1; c < n; c++)
            most = own[c] > most ? own[c] : most;
        for (size_t c = 0; c < n; c++)
            total += own[c] = expf(own[c] - most);
        for (size_t c = 0; c < n; c++)
            own[c] = row->labels[h] < 0 ? 0 : own[c] / total - (row->labels[h] == (int)c);
    }
}

static void learn_row(struct training *out, const struct task *task, const struct row *row,
                      float bias_squares[WIDTH_MAX], uint64_t *state)
{
    float errors[WIDTH_MAX], values[FEATURES_MAX];

    values_of(row, DROPPED, state, values);
    add_up(out, task, row, values, errors);
    errors_of(task, row, errors);
    for (size_t i = 0; i < row->features.n; i++) {
        float *weights = out->weights + row->found[i] * task->width;
        float *squares = out->squares + row->found[i] * task->width;

        for (size_t c = 0; values[i] != 0 && c < task->width; c++) {
            float slope = errors[c] * values[i] + SHRINK * weights[c];

            squares[c] += slope * slope;
            weights[c] -= RATE * slope / sqrtf(squares[c]);
        }
    }
    for (size_t c = 0; c < task->width; c++) {
        bias_squares[c] += errors[c] * errors[c];
        out->bias[c] -= BIAS_RATE * errors[c] / sqrtf(bias_squares[c]);
    }
}

/* Memory for the largest training; used again for the next. */
static void prepare(struct arena *mem, const struct task *task, struct training *out)
{
    const size_t keys_n = (size_t)1 << KEY_BITS, weights_n = FEATURES_N_MAX * task->width;

    if (!out->keys) {
        out->keys = NEW_ARRAY(mem, uint32_t, keys_n);
        out->ids = NEW_ARRAY(mem, uint32_t, keys_n);
        out->seen = NEW_ARRAY(mem, uint32_t, keys_n);
        out->weights = NEW_ARRAY(mem, float, weights_n);
        out->squares = NEW_ARRAY(mem, float, weights_n);
    }
    memset(out->keys, 0, keys_n * sizeof(*out->keys));
    memset(out->ids, 0, keys_n * sizeof(*out->ids));
    memset(out->seen, 0, keys_n * sizeof(*out->seen));
    memset(out->weights, 0, weights_n * sizeof(*out->weights));
    memset(out->bias, 0, sizeof(out->bias));
    for (size_t i = 0; i < weights_n; i++)
        out->squares[i] = SQUARE_FIRST;
}

void train(struct arena *mem, const struct task *task, const struct rows *rows, size_t left_out,
           struct training *out)
{
    size_t *order = NEW_ARRAY(mem, size_t, rows->n + 1), n = 0;
    float bias_squares[WIDTH_MAX];
    uint64_t state = 12345;

    prepare(mem, task, out);
    choose(out, rows, left_out);
    for (size_t c = 0; c < WIDTH_MAX; c++)
        bias_squares[c] = SQUARE_FIRST;
    for (size_t r = 0; r < rows->n; r++)
        if (rows->items[r].file != left_out)
            order[n++] = r;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = n; i > 1; i--) {
            size_t other = next_below(&state, i), kept = order[i - 1];

            order[i - 1] = order[other];
            order[other] = kept;
        }
        for (size_t i = 0; i < n; i++)
            learn_row(out, task, &rows->items[order[i]], bias_squares, &state);
    }
}

void training_scales(const struct training *training, size_t width, float scale[WIDTH_MAX])
{
    for (size_t c = 0; c < width; c++) {
        for (size_t row = 0; row < training->features_n; row++)
            scale[c] = fmaxf(scale[c], fabsf(training->weights[row * width + c]) / INT8_MAX);
        scale[c] += scale[c] == 0;
    }
}

int training_byte(float weight, float scale)
{
    return (int)lrintf(weight / scale);
}

/* What a feature counts most for any class, of INT8_MAX. */
static int most_of(const float *weights, size_t width, const float scale[WIDTH_MAX])
{
    int most = 0;

    for (size_t c = 0; c < width; c++) {
        int byte = abs(training_byte(weights[c], scale[c]));
        most = byte > most ? byte : most;
    }
    return most;
}

/* Of how little the tables have no room any more. */
static int least_of(const struct training *training, size_t width, const float scale[WIDTH_MAX])
{
    size_t counts[INT8_MAX + 1] = { 0 }, n = 1;
    int least = INT8_MAX;

    for (size_t row = 1; row < training->features_n; row++)
        counts[most_of(training->weights + row * width, width, scale)]++;
    while (least > 0 && n + counts[least] <= ROWS_OUT_MAX)
        n += counts[least--];
    return least;
}

void training_prune(struct training *training, size_t width, const float scale[WIDTH_MAX])
{
    const int least = least_of(training, width, scale);
    uint32_t *to = training->seen; /* by row: counted no more */
    size_t n = 1;

    for (size_t row = 1; row < training->features_n; row++) {
        to[row] = 0;
        if (most_of(training->weights + row * width, width, scale) <= least)
            continue;
        memmove(training->weights + n * width, training->weights + row * width,
                width * sizeof(*training->weights));
        to[row] = (uint32_t)n++;
    }
    training->features_n = n;
    for (size_t key = 0; key < (size_t)1 << KEY_BITS; key++)
        training->ids[key] = training->ids[key] ? to[training->ids[key]] : 0;
}

void training_slots(const struct training *training, struct weight_slot *out)
{
    for (size_t key = 0; key < (size_t)1 << KEY_BITS; key++) {
        uint32_t at = training->keys[key] >> (32 - MODEL_BITS);

        if (!training->ids[key])
            continue;
        while (out[at].row)
            at = (at + 1) & ((1U << MODEL_BITS) - 1);
        out[at].check = training->keys[key] & ((1U << (32 - MODEL_BITS)) - 1);
        out[at].row = training->ids[key] & ((1U << MODEL_BITS) - 1);
    }
}
