/* train.h — labelled rows, and learning weights from them. For train.c alone: it runs at build
 * time, and stops at the first thing that is wrong.
 */
#pragma once

#include "model.h"

enum { HEADS_MAX = COMBINED, ROWS_MAX = 60000 };
#define NO_FILE SIZE_MAX

/* A model that is being made: a column of a file. */
struct head {
    const char *name;
    const char *classes[CLASSES_MAX];
    size_t classes_n;
    size_t at; /* in a row of weights */
};

/* Models of the same texts, which are judged together: combine.h. */
struct task {
    const char *name;
    size_t heads_n;
    struct head heads[HEADS_MAX];
    size_t width;
};

struct row {
    size_t file;
    int labels[HEADS_MAX]; /* -1: none */
    struct features features;
    uint32_t *found; /* of each feature its row of weights; 0: none */
};

struct rows {
    struct row *items;
    size_t n;
};

bool cues_read(const char *path, struct cue_slot *slots);
/* Adds the rows of a file, when it has the columns of the task. */
bool rows_read(struct arena *mem, const struct task *task, const struct cue_slot *slots,
               const char *path, size_t file, struct rows *out);
bool rows_has(const struct rows *rows, size_t file);

struct training {
    uint32_t *keys;           /* [1 << KEY_BITS] hashes of features, open addressing; 0: none */
    uint32_t *ids;            /* of each key its row of weights; 0: too rare */
    uint32_t *seen;           /* of each key the number of rows that have it */
    float *weights, *squares; /* [features_n][width] */
    size_t features_n;        /* row 0 is nobody's */
    float bias[WIDTH_MAX];
};

/* Learns from all rows but those of one file. */
void train(struct arena *mem, const struct task *task, const struct rows *rows, size_t left_out,
           struct training *out);
void training_score(const struct training *training, const struct task *task, const struct row *row,
                    float sums[WIDTH_MAX]);

/* As bytes. */
void training_scales(const struct training *training, size_t width, float scale[WIDTH_MAX]);
/* Leaves out what hardly weighs, so that the tables stay small. */
void training_prune(struct training *training, size_t width, const float scale[WIDTH_MAX]);
int training_byte(float weight, float scale);
void training_slots(const struct training *training, struct weight_slot *out);
