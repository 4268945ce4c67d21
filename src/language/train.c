/* train — makes the tables of the models from labelled text; the build runs it.
 *
 *   train CUES.tsv FILE.tsv… > models.c    the tables as a C source
 *   train --folds CUES.tsv FILE.tsv…       learns from all files but one and tests on that, for
 *                                          each file in turn: how well text of others is judged
 *
 * Which models a file is for says its first line: a column for each. Logistic regression by
 * AdaGrad with a small L2, all models of a file at once; the order of learning comes from a fixed
 * seed and there is no threading, so the same files give the same tables.
 */
#include "train.h"

#include "combine.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct task tasks[] = {
    { "incoming",
     4, { { "polarity", { "neg", "neu", "pos" }, 3, 0 },
        { "emotion", { "anger", "disappointment", "worry", "joy", "neutral" }, 5, 3 },
        { "intent",
          { "complaint", "question", "request", "status", "report", "thanks", "compliment",
            "chitchat" },
          8,
          8 },
        { "urgency", { "low", "normal", "high", "critical" }, 4, 16 } },
     20 },
};

enum { COMBINATIONS_MAX = 3 * 5 * 8 * 4 };

static bool has_all_labels(const struct row *row)
{
    for (size_t i = 0; i < COMBINED; i++)
        if (row->labels[i] < 0)
            return false;
    return true;
}

/* Which labels stand together in the rows of all files but one. */
static size_t count_combinations(const struct task *task, const struct rows *rows, size_t left_out,
                                 struct combination out[COMBINATIONS_MAX])
{
    size_t seen[COMBINATIONS_MAX] = { 0 }, each[COMBINED][CLASSES_MAX] = { 0 }, total = 0, n = 0;

    for (size_t r = 0; r < rows->n; r++) {
        const int *labels = rows->items[r].labels;
        size_t at = 0;

        if (rows->items[r].file == left_out || !has_all_labels(&rows->items[r]))
            continue;
        for (size_t i = 0; i < COMBINED; i++) {
            at = at * task->heads[i].classes_n + (size_t)labels[i];
            each[i][labels[i]]++;
        }
        seen[at]++;
        total++;
    }
    for (size_t at = 0; at < COMBINATIONS_MAX; at++) {
        size_t left = at, of_each[COMBINED];

        if (seen[at] == 0)
            continue;
        for (size_t i = COMBINED; i-- > 0; left /= task->heads[i].classes_n) {
            out[n].classes[i] = (uint8_t)(left % task->heads[i].classes_n);
            of_each[i] = each[i][out[n].classes[i]];
        }
        out[n++].weight = combination_weight(seen[at], of_each, total);
    }
    return n;
}

/* Of all that was written: what it is called. */
static uint32_t version = HASH_START;

static void PRINTF(1, 2) put(const char *format, ...)
{
    char text[1000];
    va_list list;
    int n;

    va_start(list, format);
    n = vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    version = hash_text(version, text, (size_t)n);
    fputs(text, stdout);
}

static void write_combinations(const struct task *task, const struct rows *rows)
{
    struct combination combinations[COMBINATIONS_MAX];
    size_t n = count_combinations(task, rows, NO_FILE, combinations);

    put("const struct combination model_combinations[] = {\n");
    for (size_t i = 0; i < n; i++) {
        const uint8_t *classes = combinations[i].classes;

        put("{{%u,%u,%u,%u},%.6ef},\n", classes[0], classes[1], classes[2], classes[3],
            (double)combinations[i].weight);
    }
    put("};\nconst size_t model_combinations_n = %zu;\n", n);
}

static void write_cues(const struct cue_slot *slots)
{
    put("const struct cue_slot model_cues[1 << CUE_BITS] = {\n");
    for (size_t i = 0; i < (size_t)1 << CUE_BITS; i++)
        if (slots[i].hash)
            put("[%zu]={%uu,%d,0x%llxu},\n", i, slots[i].hash, slots[i].is_whole,
                (unsigned long long)slots[i].cues);
    put("};\n");
}

static void write_numbers(const char *name, const char *head, const float *numbers, size_t n)
{
    put("static const float %s_%s[] = {", head, name);
    for (size_t i = 0; i < n; i++)
        put("%.6ef,", (double)numbers[i]);
    put("};\n");
}

static void write_head(const struct task *task, const struct head *head, const float *scale,
                       const float *bias)
{
    put("static const char *const %s_classes[] = {", head->name);
    for (size_t i = 0; i < head->classes_n; i++)
        put("\"%s\",", head->classes[i]);
    put("NULL};\n");
    write_numbers("scale", head->name, scale + head->at, head->classes_n);
    write_numbers("bias", head->name, bias + head->at, head->classes_n);
    put("const struct model model_%s = {\"%s\", %s_classes, %zu, &%s, %zu, %s_scale, %s_bias};\n",
        head->name, head->name, head->name, head->classes_n, task->name, head->at, head->name,
        head->name);
}

/* The weights as bytes, a scale for each class. */
static void write_task(struct arena *mem, const struct task *task, struct training *training)
{
    struct weight_slot *slots = NEW_ARRAY(mem, struct weight_slot, 1 << MODEL_BITS);
    float scale[WIDTH_MAX] = { 0 };
    size_t n;

    training_scales(training, task->width, scale);
    training_prune(training, task->width, scale);
    n = training->features_n;
    training_slots(training, slots);
    put("static const struct weight_slot %s_slots[1 << MODEL_BITS] = {\n", task->name);
    for (size_t i = 0; i < (size_t)1 << MODEL_BITS; i++)
        if (slots[i].row)
            put("[%zu]={%u,%u},\n", i, (unsigned)slots[i].check, (unsigned)slots[i].row);
    put("};\nstatic const int8_t %s_weights[] = {\n", task->name);
    for (size_t row = 0; row < n; row++)
        for (size_t c = 0; c < task->width; c++)
            put("%d,%s", training_byte(training->weights[row * task->width + c], scale[c]),
                c + 1 == task->width ? "\n" : "");
    put("};\nstatic const struct weight_table %s = {%s_slots, %s_weights, %zu};\n", task->name,
        task->name, task->name, task->width);
    for (size_t i = 0; i < task->heads_n; i++)
        write_head(task, &task->heads[i], scale, training->bias);
}

static bool write_all(struct arena *mem, const struct cue_slot *slots, char **paths, size_t n)
{
    put("/* Made by train.c: don't edit. */\n#include \"language/combine.h\"\n\n");
    write_cues(slots);
    for (size_t i = 0; i < COUNT(tasks); i++) {
        struct rows rows = { 0 };
        struct training training = { 0 };

        for (size_t k = 0; k < n; k++)
            if (!rows_read(mem, &tasks[i], slots, paths[k], k, &rows))
                return false;
        train(mem, &tasks[i], &rows, NO_FILE, &training);
        write_task(mem, &tasks[i], &training);
        write_combinations(&tasks[i], &rows);
    }
    printf("const uint32_t model_version = 0x%08xu;\n", version);
    return true;
}

/* How often each class was taken for each: [labelled][judged]. */
struct tally {
    size_t taken[HEADS_MAX][CLASSES_MAX][CLASSES_MAX];
};

/* What was learned from the other files. */
struct learning {
    struct training training;
    struct combination combinations[COMBINATIONS_MAX];
    size_t combinations_n;
};

static void probabilities_of(const struct head *head, const float *sums, float out[CLASSES_MAX])
{
    float total = 0;

    for (size_t c = 0; c < head->classes_n; c++)
        total += out[c] = expf(sums[head->at + c]);
    for (size_t c = 0; c < head->classes_n; c++)
        out[c] /= total;
}

static void test(const struct task *task, const struct learning *learning, const struct row *row,
                 struct tally *tally)
{
    float sums[WIDTH_MAX], classes[HEADS_MAX][CLASSES_MAX] = { 0 };

    training_score(&learning->training, task, row, sums);
    for (size_t i = 0; i < task->heads_n; i++)
        probabilities_of(&task->heads[i], sums, classes[i]);
    combine(learning->combinations, learning->combinations_n, classes, classes);
    for (size_t i = 0; i < task->heads_n; i++) {
        size_t best = 0;

        if (row->labels[i] < 0)
            continue;
        for (size_t c = 1; c < task->heads[i].classes_n; c++)
            if (classes[i][c] > classes[i][best])
                best = c;
        tally->taken[i][row->labels[i]][best]++;
    }
}

static double accuracy(const struct tally *tally, size_t head)
{
    size_t right = 0, n = 0;

    for (size_t a = 0; a < CLASSES_MAX; a++) {
        right += tally->taken[head][a][a];
        for (size_t b = 0; b < CLASSES_MAX; b++)
            n += tally->taken[head][a][b];
    }
    return n == 0 ? 0 : (double)right / (double)n;
}

static void show_taken(const struct head *head, const size_t taken[CLASSES_MAX][CLASSES_MAX])
{
    for (size_t a = 0; a < head->classes_n; a++) {
        printf("  %-16s", head->classes[a]);
        for (size_t b = 0; b < head->classes_n; b++)
            printf("%5zu", taken[a][b]);
        printf("\n");
    }
}

static void show(const struct task *task, const char *name, const struct tally *tally, bool all)
{
    printf("%-40s", name);
    for (size_t i = 0; i < task->heads_n; i++)
        printf("  %s %.3f", task->heads[i].name, accuracy(tally, i));
    printf("\n");
    for (size_t i = 0; all && i < task->heads_n; i++)
        show_taken(&task->heads[i], tally->taken[i]);
}

/* Learns from all other files and tests on this one. */
static void test_file(struct arena *mem, const struct task *task, const struct rows *rows,
                      size_t file, const char *path, struct learning *learning, struct tally *all)
{
    struct tally tally = { 0 };

    train(mem, task, rows, file, &learning->training);
    learning->combinations_n = count_combinations(task, rows, file, learning->combinations);
    for (size_t r = 0; r < rows->n; r++) {
        if (rows->items[r].file != file)
            continue;
        test(task, learning, &rows->items[r], &tally);
        test(task, learning, &rows->items[r], all);
    }
    show(task, path, &tally, false);
}

static bool fold(struct arena *mem, const struct cue_slot *slots, char **paths, size_t n)
{
    for (size_t i = 0; i < COUNT(tasks); i++) {
        struct rows rows = { 0 };
        struct tally all = { 0 };
        struct learning learning = { 0 };

        for (size_t k = 0; k < n; k++)
            if (!rows_read(mem, &tasks[i], slots, paths[k], k, &rows))
                return false;
        for (size_t k = 0; k < n; k++)
            if (rows_has(&rows, k))
                test_file(mem, &tasks[i], &rows, k, paths[k], &learning, &all);
        show(&tasks[i], "all, each file judged by the others", &all, true);
    }
    return true;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("train");
    struct cue_slot *slots = NEW_ARRAY(mem, struct cue_slot, 1 << CUE_BITS);
    bool folds = argc > 1 && strcmp(argv[1], "--folds") == 0;
    int first = folds ? 2 : 1;
    bool ok;

    if (argc < first + 2) {
        fprintf(stderr, "usage: train [--folds] CUES.tsv FILE.tsv…\n");
        return 2;
    }
    if (!cues_read(argv[first], slots))
        return 1;
    first++;
    ok = (folds ? fold : write_all)(mem, slots, argv + first, (size_t)(argc - first));
    return ok ? 0 : 1;
}
