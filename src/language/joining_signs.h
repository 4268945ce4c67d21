/* joining_signs.h — what two texts have in common, as numbers: what joining.c weighs and
 * joining_train.c learns from.
 */
#pragma once

#include "feature.h"
#include "joining.h"
#include "terms.h"

/* How rare a word is: of those that stand in many texts; all others are as rare as can be. */
struct rarity_slot {
    uint32_t hash;
    float rarity; /* the logarithm of one in how many texts */
};
struct rarity {
    const struct rarity_slot *slots; /* by hash */
    size_t n;
    float most;
};

/* clang-format off */
#define JOINING_SIGNS(X) \
    X(bias) X(overlap) X(shared) X(rarest) X(second) X(unshared) X(shared_n) \
    X(number) X(other_number) X(address) X(brief) X(nothing_new) X(vague) X(vague_us) \
    X(goes_on) X(asks_news) X(new_question) X(points) X(goes_on_overlap) X(question_overlap) \
    X(points_overlap) X(other_month) X(other_room) X(us) X(done) X(days) \
    X(wait) X(again) X(promise) X(nobody) X(negate) X(ask) X(can) X(want) X(act) X(status) \
    X(report) X(complain) X(thank) X(defect)
enum joining_sign {
#define X(name) JOINING_##name,
    JOINING_SIGNS(X)
#undef X
    JOINING_SIGNS_N
};
/* clang-format on */
extern const char *const joining_sign_names[JOINING_SIGNS_N];
/* Made by joining_train. */
extern const float joining_weights[JOINING_SIGNS_N];
extern const struct rarity joining_rarity;

/* A word of a text that may be held against those of another. */
struct joining_word {
    uint32_t keys[2 + COMPOUND_PARTS]; /* hashes of its lemma, its beginning and its parts */
    size_t keys_n;
    float rarity;
    const char *text; /* as it stands there */
    bool is_number;   /* it has three digits or more */
    bool is_small;    /* a number with fewer: that of a house, or a count */
    bool is_courtesy; /* a greeting, a thank, a last word: it stands in texts about anything */
};

struct joining_text {
    const struct joining_word *words; /* each once */
    size_t n;
    const uint32_t *addresses; /* hashes of a word with the small number behind it */
    const char *const *address_texts;
    size_t addresses_n;
    uint64_t cues;          /* a bit each */
    uint64_t months, rooms; /* that it names, a bit each */
    bool says_what; /* it names a thing: a word that isn't about asking and waiting itself */
    bool goes_on, asks_news, new_question, points;
};

void joining_text_read(struct arena *mem, const struct cue_slot *cues, const struct rarity *rarity,
                       const char *text, size_t len, struct joining_text *out);
/* Can somebody be told why they are about one thing: by a number, or two words that are rare
 * enough? And does nothing contradict, however much else fits: another order, month or room? */
bool joining_has_grounds(const float signs[JOINING_SIGNS_N]);
/* What they have in common; *out without its chance. */
void joining_signs_of(struct arena *mem, const struct rarity *rarity,
                      const struct joining_text *of_case, const struct joining_text *message,
                      const struct joining_state *state, float signs[JOINING_SIGNS_N],
                      struct joining *out);
