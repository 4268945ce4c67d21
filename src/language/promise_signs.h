/* promise_signs.h — what speaks for and against a promise in a clause, and what would be done.
 * Inside language/promises.
 *
 * A grammar that is learned: the signs are which classes of words (promise_words) and which
 * expressions of time a clause has, with which it begins, which follow each other ("we" and a
 * verb of ours, "you" and "may"), and which stands anywhere in front of which. No word counts by
 * itself there, so that words nobody has seen here may do the same as those that stand in the
 * table. Beside them weigh the words and their letters, as features; less, so that they only help
 * where the classes say too little. What each weighs, promise_train finds from the labelled texts
 * at build time, for both together.
 */
#pragma once

#include "feature.h"
#include "promise_words.h"
#include "times.h"

enum {
    SIGN_FORMS = 12, /* of expressions of time: kinds, and none */
    SIGN_HAS = 0,
    SIGN_FIRST = SIGN_HAS + SAYS_N,
    SIGN_NEXT = SIGN_FIRST + SAYS_N,          /* one class behind another */
    SIGN_START = SIGN_NEXT + SAYS_N * SAYS_N, /* at the begin */
    SIGN_TIME = SIGN_START + SAYS_N * SAYS_N, /* a form of time */
    SIGN_TIME_HAS = SIGN_TIME + SIGN_FORMS,   /* and a class with it */
    SIGN_LAST = SIGN_TIME_HAS + SIGN_FORMS * SAYS_N,
    SIGN_GRID = SIGN_LAST + SAYS_N, /* a time, who, whom, a deed, what speaks against it */
    SIGN_ASKED =
        SIGN_GRID + 512, /* a verb first, then the customer: "Heeft u …", "Bestel je …, dan" */
    SIGN_ASKED_THEN,
    SIGN_VERB_THEN, /* a verb first, and ", dan" */
    SIGN_ORDER,     /* one class anywhere in front of another */
    SIGNS_N = SIGN_ORDER + SAYS_N * SAYS_N,
    SIGNS_MAX = 2048, /* of a clause */
    WORD_BITS = 16,   /* of a feature's hash: the rest isn't looked at */
    WORDS_N = 1 << WORD_BITS,
};

enum promise_action {
    ACTION_CALLBACK,
    ACTION_REPLY,
    ACTION_DELIVER,
    ACTION_REFUND,
    ACTION_VISIT,
    ACTION_FIX,
    ACTION_OTHER,
    ACTIONS_N
};

struct signs {
    uint16_t items[SIGNS_MAX]; /* each once */
    size_t n, near_n;          /* those behind near_n are of SIGN_ORDER */
};

/* A text as its tokens say something, with the time in it. */
struct said_text {
    const struct tokens *tokens;
    const struct times *times;
    const uint64_t *says; /* of each token; 0: not ours to read, as what is quoted */
};
void said_text_of(struct arena *mem, const struct tokens *tokens, const struct times *times,
                  struct said_text *out);

/* Of the tokens [first, first + n). */
void signs_of(const struct said_text *text, size_t first, size_t n, struct signs *out);

/* What is asked of a clause. */
enum promise_head {
    HEAD_PROMISE, /* above 0: it is one; a difference of logarithms */
    HEAD_SOFT,    /* above 0: hedged */
    HEAD_ACTION,  /* one for each; only their differences say something */
    HEADS_N = HEAD_ACTION + ACTIONS_N,
};

/* How much a sign counts in a clause: the more there are, the less each says. */
void signs_values(const struct signs *signs, float *near, float *order);
/* The same of each kind of features. */
void words_values(const struct features *features, float out[FEATURE_KINDS]);
size_t word_of(const struct feature *feature); /* its row of word_weights */

void signs_weigh(const struct signs *signs, float out[HEADS_N]);
/* Adds what the words weigh. */
void words_weigh(const struct features *features, float out[HEADS_N]);

/* Made by promise_train. */
extern const int8_t sign_weights[SIGNS_N][HEADS_N], word_weights[WORDS_N][HEADS_N];
extern const float sign_scales[HEADS_N], word_scales[HEADS_N], promise_bias[HEADS_N];
