/* referral_signs.h — what speaks for and against a sentence that sends its reader somewhere, and
 * against and for a word of it that says where to. Inside language/referrals.
 *
 * A grammar that is learned: the signs are which classes of words (referral_words) are there, stand
 * behind each other or in the same sentence, and the words themselves. What each weighs,
 * referral_train finds from the labelled texts at build time. A sign is its hash.
 */
#pragma once

#include "referral_words.h"
#include "referrals.h"

enum { REFERRAL_SIGNS_BITS = 15, REFERRAL_SIGNS_N = 1 << REFERRAL_SIGNS_BITS };

/* Each kind as a whole weighs the same, however many signs of it there are. */
enum referral_sign_kind {
    SIGN_CLASS,  /* a class is there */
    SIGN_NEXT,   /* one behind another */
    SIGN_START,  /* at the begin; at the end */
    SIGN_GRID,   /* two together, wherever */
    SIGN_BEFORE, /* in the sentence in front */
    SIGN_WORD,
    SIGN_END, /* the last letters of a word */
    SIGN_KINDS,
    REFERRAL_SIGNS_MAX = 2048
};

struct referral_sign {
    uint16_t id;
    uint8_t kind;
};

struct referral_signs {
    struct referral_sign items[REFERRAL_SIGNS_MAX]; /* each once */
    size_t n, kind_n[SIGN_KINDS];
};

/* A sentence of a text, or a part of it. */
struct referral_part {
    size_t sentence;   /* its index */
    size_t first, end; /* tokens */
};
struct referral_part referral_sentence(const struct referral_text *text, size_t sentence);

void referral_signs_of(const struct referral_text *text, const struct referral_part *part,
                       struct referral_signs *out);
/* Of a token in it as one of the target: "afdeling" in "bel de afdeling Burgerzaken". */
void referral_target_signs_of(const struct referral_text *text, const struct referral_part *part,
                              size_t token, enum referral_kind kind, struct referral_signs *out);
/* What one sign of each kind weighs among these. */
void referral_sign_values(const struct referral_signs *signs, float out[SIGN_KINDS]);

/* Above 0: the sentence sends somewhere; a difference of logarithms. */
float referral_sends(const struct referral_signs *signs);
/* The likeliest of the kinds in the set `allowed` (1 << REFERRAL_CALL …; not empty). */
enum referral_kind referral_kind_of(const struct referral_signs *signs, unsigned allowed);
/* Above 0: the token belongs to the target. */
float referral_is_target(const struct referral_signs *signs);

/* Made by referral_train: times REFERRAL_WEIGHT. */
enum { REFERRAL_WEIGHT = 32 };
struct referral_weights {
    int8_t sends, target, kinds[REFERRAL_KINDS_N];
};
extern const struct referral_weights referral_weights[REFERRAL_SIGNS_N];
extern const struct referral_weights referral_bias;
