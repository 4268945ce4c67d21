/* promise_train — what each sign and word weighs in a promise (promise_signs.h), for the build.
 *
 *   promise_train table CUES.tsv FILE…        the weights as a C file on standard output
 *   promise_train folds CUES.tsv FILE…        learns from all files but one and is asked about that
 *                                             one, for each in turn: how well others are judged
 *   promise_train mistakes CUES.tsv FILE…     the same, and prints what was judged wrongly
 *
 * FILE has the columns of data/promises-*.tsv. Only texts are labelled, not their sentences: in a
 * text that promises something, the sentence that says so most clearly is taken for it, and all is
 * learned again with what was learned before.
 */
#include "labelled.h"
#include "promise_signs.h"

#include "../base/text.h"
#include "train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 3,
    EPOCHS = 25,
    INPUT_WORDS = SIGNS_N, /* behind the signs */
    INPUT_BIAS = INPUT_WORDS + WORDS_N,
    INPUTS_N,
};

/* Found by trying; neither matters much. */
static const float rate = 0.2F, decay = 3e-4F;

static const char *const action_names[ACTIONS_N] = { "callback", "reply", "deliver", "refund",
                                                     "visit",    "fix",   "other" };

struct input {
    uint32_t id;
    float value;
};

/* A sentence as what it has in it; the last is INPUT_BIAS. */
struct inputs {
    struct input *items;
    size_t n;
};

struct example {
    const char *text;
    size_t file;
    bool is_promise, is_english, is_soft;
    int action; /* -1: none */
    struct inputs *sentences;
    size_t n, best;
};

struct trainer {
    struct arena *mem;
    struct cue_slot *cues;
    struct example *items;
    size_t n;
    float weights[INPUTS_N][HEADS_N], squares[INPUTS_N][HEADS_N];
};

static _Noreturn void fail(const char *what, const char *name)
{
    fprintf(stderr, "promise_train: %s %s\n", what, name);
    exit(1);
}

/* --- reading --- */

/* The local time of "2024-03-12T10:15+01:00". */
static instant reference_of(const char *s)
{
    int year, month, day, hour, minute;

    if (sscanf(s, "%d-%d-%dT%d:%d", &year, &month, &day, &hour, &minute) != 5)
        fail("no moment:", s);
    return calendar_instant(&calendar_dutch, day_of(year, month, day), hour * 60 + minute);
}

static void see_sentence(struct trainer *t, const struct said_text *said,
                         const struct sentence *sentence, struct inputs *out)
{
    struct signs signs;
    struct features features;
    float near, order, values[FEATURE_KINDS];

    signs_of(said, sentence->first, sentence->n, &signs);
    signs_values(&signs, &near, &order);
    features_with(t->mem, t->cues, said->tokens, sentence->first, sentence->n, &features);
    words_values(&features, values);
    out->items = NEW_ARRAY(t->mem, struct input, signs.n + features.n + 1);
    for (size_t i = 0; i < signs.n; i++)
        out->items[out->n++] = (struct input){ signs.items[i], i < signs.near_n ? near : order };
    for (size_t i = 0; i < features.n; i++)
        out->items[out->n++] = (struct input){ INPUT_WORDS + (uint32_t)word_of(&features.items[i]),
                                               values[features.items[i].kind] };
    out->items[out->n++] = (struct input){ INPUT_BIAS, 1 };
}

static void see(struct trainer *t, const char *reference, struct example *example)
{
    struct tokens tokens;
    struct times times;
    struct said_text said;

    tokens_of(t->mem, example->text, strlen(example->text), &tokens);
    times_of(t->mem, &tokens, reference_of(reference), &calendar_dutch, &times);
    said_text_of(t->mem, &tokens, &times, &said);
    example->sentences = NEW_ARRAY(t->mem, struct inputs, tokens.sentences_n);
    for (size_t i = 0; i < tokens.sentences_n; i++) {
        const struct sentence *sentence = &tokens.sentences[i];

        if (!sentence->is_question && !sentence->is_quoted)
            see_sentence(t, &said, sentence, &example->sentences[example->n++]);
    }
}

static void grow(struct trainer *t, size_t n)
{
    struct example *items = NEW_ARRAY(t->mem, struct example, t->n + n);

    if (t->n > 0)
        memcpy(items, t->items, t->n * sizeof(*items));
    t->items = items;
}

static void read_examples(struct trainer *t, const char *path, size_t file)
{
    struct labelled set;

    labelled_read(t->mem, path, &set);
    grow(t, set.n);
    for (size_t i = 0; i < set.n; i++) {
        struct example *example = &t->items[t->n++];

        *example =
            (struct example){ .text = labelled_cell(&set, i, "text"),
                              .file = file,
                              .action = -1,
                              .is_english = text_equal(labelled_cell(&set, i, "lang"), "en"),
                              .is_promise = text_equal(labelled_cell(&set, i, "is_promise"), "1"),
                              .is_soft = text_equal(labelled_cell(&set, i, "firmness"), "soft") };
        for (int k = 0; k < ACTIONS_N; k++)
            if (text_equal(labelled_cell(&set, i, "action"), action_names[k]))
                example->action = k;
        see(t, labelled_cell(&set, i, "reference"), example);
    }
}

/* --- learning --- */

static void sums_of(const struct trainer *t, const struct inputs *inputs, float sums[HEADS_N])
{
    memset(sums, 0, HEADS_N * sizeof(*sums));
    for (size_t i = 0; i < inputs->n; i++)
        for (size_t head = 0; head < HEADS_N; head++)
            sums[head] += inputs->items[i].value * t->weights[inputs->items[i].id][head];
}

/* Each weight against its slope, by AdaGrad. */
static void move(struct trainer *t, const struct inputs *inputs, const float errors[HEADS_N],
                 size_t heads_n)
{
    for (size_t i = 0; i < inputs->n; i++) {
        const struct input *input = &inputs->items[i];
        float *weights = t->weights[input->id], *squares = t->squares[input->id];

        for (size_t head = 0; head < heads_n; head++) {
            float slope = errors[head] * input->value + decay * weights[head];

            squares[head] += slope * slope;
            weights[head] -= rate * slope / sqrtf(squares[head] + 1e-8F);
        }
    }
}

static float yes_error(float sum, bool is_yes)
{
    return 1 / (1 + expf(-sum)) - (float)is_yes;
}

static void action_errors(const float sums[ACTIONS_N], int action, float errors[ACTIONS_N])
{
    float most = sums[0], all = 0;

    for (size_t i = 1; i < ACTIONS_N; i++)
        most = fmaxf(most, sums[i]);
    for (size_t i = 0; i < ACTIONS_N; i++)
        all += errors[i] = expf(sums[i] - most);
    for (size_t i = 0; i < ACTIONS_N; i++)
        errors[i] = action < 0 ? 0 : errors[i] / all - (float)((int)i == action);
}

static void learn_example(struct trainer *t, const struct example *example)
{
    float sums[HEADS_N], errors[HEADS_N];

    if (example->is_promise && example->n > 0) {
        const struct inputs *best = &example->sentences[example->best];

        sums_of(t, best, sums);
        errors[HEAD_PROMISE] = yes_error(sums[HEAD_PROMISE], true);
        errors[HEAD_SOFT] = yes_error(sums[HEAD_SOFT], example->is_soft);
        action_errors(sums + HEAD_ACTION, example->action, errors + HEAD_ACTION);
        move(t, best, errors, HEADS_N);
    }
    for (size_t i = 0; !example->is_promise && i < example->n; i++) {
        sums_of(t, &example->sentences[i], sums);
        errors[HEAD_PROMISE] = yes_error(sums[HEAD_PROMISE], false);
        move(t, &example->sentences[i], errors, HEAD_PROMISE + 1);
    }
}

/* The sentence that promises most, with its sums. */
static size_t best_of(const struct trainer *t, const struct example *example, float best[HEADS_N])
{
    size_t at = 0;

    sums_of(t, &example->sentences[0], best);
    for (size_t i = 1; i < example->n; i++) {
        float sums[HEADS_N];

        sums_of(t, &example->sentences[i], sums);
        if (sums[HEAD_PROMISE] <= best[HEAD_PROMISE])
            continue;
        at = i;
        memcpy(best, sums, sizeof(sums));
    }
    return at;
}

static void shuffle(uint32_t *order, size_t n, uint64_t *dice)
{
    for (size_t i = n; i > 1; i--) {
        uint32_t held = order[i - 1];
        size_t other;

        *dice = *dice * 6364136223846793005u + 1442695040888963407u;
        other = (size_t)(*dice >> 33) % i;
        order[i - 1] = order[other];
        order[other] = held;
    }
}

/* Learns from all files but one. */
static void learn(struct trainer *t, size_t left_out)
{
    uint32_t *order = NEW_ARRAY(t->mem, uint32_t, t->n);
    uint64_t dice = 1;
    size_t n = 0;

    memset(t->weights, 0, sizeof(t->weights));
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].file != left_out && t->items[i].n > 0)
            order[n++] = (uint32_t)i;
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++)
            t->items[order[i]].best = best_of(t, &t->items[order[i]], (float[HEADS_N]){ 0 });
        memset(t->weights, 0, sizeof(t->weights));
        memset(t->squares, 0, sizeof(t->squares));
        for (size_t epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, n, &dice);
            for (size_t i = 0; i < n; i++)
                learn_example(t, &t->items[order[i]]);
        }
    }
}

/* --- writing --- */

static void write_floats(const char *kind, const char *name, const float numbers[HEADS_N])
{
    printf("const float %s_%s[HEADS_N] = {", kind, name);
    for (size_t head = 0; head < HEADS_N; head++)
        printf(" %.6ef,", (double)numbers[head]);
    printf(" };\n");
}

/* As bytes, a scale for each head. */
static void write_weights(const char *kind, const char *size, const float (*weights)[HEADS_N],
                          size_t n)
{
    float scales[HEADS_N] = { 0 };

    for (size_t i = 0; i < n; i++)
        for (size_t head = 0; head < HEADS_N; head++)
            scales[head] = fmaxf(scales[head], fabsf(weights[i][head]) / INT8_MAX);
    printf("const int8_t %s_weights[%s][HEADS_N] = {\n", kind, size);
    for (size_t i = 0; i < n; i++) {
        printf("{");
        for (size_t head = 0; head < HEADS_N; head++)
            printf("%ld,", scales[head] > 0 ? lrintf(weights[i][head] / scales[head]) : 0);
        printf("},\n");
    }
    printf("};\n");
    write_floats(kind, "scales", scales);
}

static void write_table(const struct trainer *t)
{
    printf("#include \"language/promise_signs.h\"\n\n");
    write_weights("sign", "SIGNS_N", t->weights, SIGNS_N);
    write_weights("word", "WORDS_N", t->weights + INPUT_WORDS, WORDS_N);
    write_floats("promise", "bias", t->weights[INPUT_BIAS]);
}

/* --- measuring --- */

struct measured {
    size_t wanted, found, right, action_right, firm_right;
};

static int action_of(const float sums[HEADS_N])
{
    int best = 0;

    for (int i = 1; i < ACTIONS_N; i++)
        if (sums[HEAD_ACTION + i] > sums[HEAD_ACTION + best])
            best = i;
    return best;
}

static void measure(const struct trainer *t, const struct example *example, bool with_mistakes,
                    struct measured *out)
{
    float sums[HEADS_N] = { 0 };
    bool is_found;

    if (example->n > 0)
        best_of(t, example, sums);
    is_found = sums[HEAD_PROMISE] > 0;
    out->wanted += example->is_promise;
    out->found += is_found;
    if (with_mistakes && is_found != example->is_promise)
        printf("%s %+.2f %s\n", is_found ? "FALSE" : "MISS ", (double)sums[HEAD_PROMISE],
               example->text);
    if (!is_found || !example->is_promise)
        return;
    out->right++;
    out->action_right += action_of(sums) == example->action;
    out->firm_right += (sums[HEAD_SOFT] > 0) == example->is_soft;
}

static double share(size_t part, size_t all)
{
    return all == 0 ? 0 : (double)part / (double)all;
}

static void show(const char *name, const struct measured *m)
{
    printf("%-44s P %.3f R %.3f F1 %.3f (%zu), action %.3f, firm %.3f\n", name,
           share(m->right, m->found), share(m->right, m->wanted),
           share(2 * m->right, m->found + m->wanted), m->wanted, share(m->action_right, m->right),
           share(m->firm_right, m->right));
}

static void fold(struct trainer *t, char **paths, size_t n, bool with_mistakes)
{
    struct measured all[2] = { 0 };

    for (size_t file = 0; file < n; file++) {
        struct measured own = { 0 };

        learn(t, file);
        for (size_t i = 0; i < t->n; i++) {
            if (t->items[i].file != file)
                continue;
            measure(t, &t->items[i], with_mistakes, &own);
            measure(t, &t->items[i], false, &all[t->items[i].is_english]);
        }
        show(paths[file], &own);
    }
    show("nl, each file judged by the others", &all[false]);
    show("en, each file judged by the others", &all[true]);
}

int main(int argc, char **argv)
{
    static struct trainer t;

    if (argc < 4)
        fail("what, which cues, and which files?", "");
    t.mem = arena_new("promise_train");
    t.cues = NEW_ARRAY(t.mem, struct cue_slot, 1 << CUE_BITS);
    if (!cues_read(argv[2], t.cues))
        return 1;
    for (int i = 3; i < argc; i++)
        read_examples(&t, argv[i], (size_t)i - 3);
    if (text_equal(argv[1], "table")) {
        learn(&t, NO_FILE);
        write_table(&t);
    } else {
        fold(&t, argv + 3, (size_t)argc - 3, text_equal(argv[1], "mistakes"));
    }
    arena_free(t.mem);
    return 0;
}
