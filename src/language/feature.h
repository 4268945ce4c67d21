/* feature.h — what a text has in it, as hashes: what the linear models of model.h weigh.
 *
 * There is no vocabulary: a feature is its hash. A cue is what a word says by itself, in any of the
 * four languages: thanks, waiting, danger. Which words give it stands in data/cues.tsv, written
 * from general knowledge and not from the labelled texts, so that the models know something of
 * words that no training text had.
 */
#pragma once

#include "tokens.h"

enum { FEATURES_MAX = 8192 }; /* what is past it is left out */

/* Each kind as a whole weighs the same however many features of it the text has. */
enum feature_kind {
    FEATURE_WORD,
    FEATURE_PAIR,  /* two words behind each other, or with one between */
    FEATURE_START, /* the first letters of a word */
    FEATURE_GRAM,  /* four letters in a row inside a word */
    FEATURE_CUE,
    FEATURE_CUES,  /* two cues behind each other */
    FEATURE_BOTH,  /* two cues anywhere */
    FEATURE_PLACE, /* a cue or word at the begin or the end, in a question, denied */
    FEATURE_SHAPE, /* capitals, marks, length */
    FEATURE_KINDS
};

/* The rows of data/cues.tsv, in its order. Those of the second part are for emotion.c: what
 * may be in danger, and how. */
/* clang-format off */
#define CUES(X) \
    X(good) X(joy) X(thank) X(praise) X(solved) X(bad) X(angry) X(swear) X(sad) X(fear) \
    X(danger) X(vulnerable) X(health) X(crime) X(defect) X(wait) X(again) X(promise) \
    X(nobody) X(negate) X(ask) X(can) X(want) X(act) X(status) X(report) X(complain) \
    X(money) X(now) X(later) X(greet) X(close) X(chat) X(irony) X(boost) X(damp) X(contrast) \
    X(me) X(you) X(staff) X(blame) X(leave) X(help) X(know) X(hours) X(thing) X(event) X(trifle) \
    X(hazard) X(gas) X(smell) X(fire) X(place) X(stop) X(breath) X(stolen) X(means) X(cold) \
    X(weak) X(lift) X(locked) X(wet) X(power) X(safe)
enum cue {
#define X(name) CUE_##name,
    CUES(X)
#undef X
    CUES_N
};
/* clang-format on */
extern const char *const cue_names[CUES_N];
_Static_assert(CUES_N <= 64, "a bit each");

/* Which cues a word gives: found by the hash of it or of its first letters. */
struct cue_slot {
    uint32_t hash; /* 0: nothing here */
    bool is_whole; /* only the whole word, not what begins so */
    uint64_t cues; /* a bit each */
};
enum { CUE_BITS = 13 };

struct feature {
    uint32_t hash;
    uint32_t token; /* index in struct tokens; of a pair the first */
    enum feature_kind kind;
};

struct features {
    const struct feature *items; /* each hash once */
    size_t n;
    size_t kind_n[FEATURE_KINDS];
    const uint64_t *cues; /* of each token looked at, a bit each */
};

/* The features of tokens [first, first + n); `slots` as cue_add() made it. */
void features_with(struct arena *mem, const struct cue_slot *slots, const struct tokens *tokens,
                   size_t first, size_t n, struct features *out);

/* Says that a word gives a cue: "dank", or what begins so: "dank*". Into 1 << CUE_BITS slots. */
void cue_add(struct cue_slot *slots, const char *word, size_t len, enum cue cue);

/* How much a feature of each kind weighs in a text that has these: more of a kind, less each. */
void feature_values(const struct features *features, float out[FEATURE_KINDS]);

/* FNV-1a of bytes, begun with HASH_START; and mixed with a number. */
#define HASH_START 2166136261u
uint32_t hash_text(uint32_t hash, const char *text, size_t len);
uint32_t hash_number(uint32_t hash, uint64_t number);
