#include "emotion.h"

#include "combine.h"

#include <math.h>
#include <string.h>

#define BIT(cue) (UINT64_C(1) << CUE_##cue)

/* What is danger when both stand near each other in a sentence; a rule with one cue needs no
 * other. Near-misses have the one without the other: a gas bill, a burning question, a train
 * that is stuck, a card for the bus. */
struct danger {
    uint64_t what, with;
    size_t apart; /* tokens at most */
};
static const struct danger dangers[] = {
    { BIT(hazard), 0,          0  },
    { BIT(gas),    BIT(smell), 5  },
    { BIT(fire),   BIT(place), 6  },
    { BIT(wet),    BIT(power), 9  },
    { BIT(locked), BIT(lift),  7  },
    { BIT(breath), BIT(stop),  6  },
    { BIT(stolen), BIT(means), 10 },
    { BIT(weak),   BIT(cold),  12 },
};

enum { DENIED_BEFORE = 2 };

/* "geen gaslucht", "not stolen". */
static bool is_denied(const struct features *features, size_t first, size_t at)
{
    for (size_t i = at; i > first && at - i < DENIED_BEFORE; i--)
        if (features->cues[i - 1] & BIT(negate))
            return true;
    return false;
}

static void name_danger(struct arena *mem, const struct tokens *tokens, size_t a, size_t b,
                        struct verdict *out)
{
    const size_t both[] = { a < b ? a : b, a < b ? b : a };

    out->why_n = 0;
    for (size_t i = a == b; i < 2; i++) {
        const struct token *token = &tokens->tokens[both[i]];

        out->why[out->why_n++] =
            arena_text_n(mem, tokens->text + token->from, token->to - token->from);
    }
}

static bool find_partner(const struct features *features, const struct danger *danger, size_t from,
                         size_t end, size_t at, size_t *partner)
{
    size_t i = at > from + danger->apart ? at - danger->apart : from;

    *partner = at;
    if (!danger->with)
        return true;
    for (; i < end && i <= at + danger->apart; i++) {
        if (i == at || !(features->cues[i] & danger->with))
            continue;
        *partner = i;
        return true;
    }
    return false;
}

/* Danger in the sentence [first, end)? Not when it's told of as past, possible or insured, and not
 * when it's asked about in general. */
static bool find_danger(struct arena *mem, const struct tokens *tokens,
                        const struct features *features, size_t first, size_t end,
                        struct verdict *out)
{
    uint64_t all = 0;

    for (size_t i = first; i < end; i++)
        all |= features->cues[i];
    if (all & BIT(safe))
        return false;
    for (size_t d = 0; d < COUNT(dangers); d++) {
        if (!(all & dangers[d].what) || (dangers[d].with && !(all & dangers[d].with)))
            continue;
        for (size_t i = first, partner; i < end; i++) {
            if (!(features->cues[i] & dangers[d].what) || is_denied(features, first, i) ||
                !find_partner(features, &dangers[d], first, end, i, &partner))
                continue;
            name_danger(mem, tokens, i, partner, out);
            return true;
        }
    }
    return false;
}

static void look_for_danger(struct arena *mem, const struct tokens *tokens,
                            const struct features *features, struct mood *out)
{
    for (size_t s = 0; s < tokens->sentences_n && !out->is_dangerous; s++) {
        const struct sentence *sentence = &tokens->sentences[s];

        if (!sentence->is_quoted)
            out->is_dangerous = find_danger(mem, tokens, features, sentence->first,
                                            sentence->first + sentence->n, &out->urgency);
    }
    if (!out->is_dangerous)
        return;
    out->urgency.class = URGENCY_CRITICAL;
    memset(out->urgency.probabilities, 0, sizeof(out->urgency.probabilities));
    out->urgency.probabilities[URGENCY_CRITICAL] = 1;
    out->urgency.margin = 1;
}

/* Words of praise, and a fact that nobody praises: waiting, again, broken, nobody, a promise. */
static bool may_be_irony(const struct tokens *tokens, const struct features *features)
{
    const uint64_t praise = BIT(good) | BIT(praise) | BIT(thank) | BIT(irony) | BIT(joy);
    const uint64_t fact =
        BIT(wait) | BIT(again) | BIT(defect) | BIT(nobody) | BIT(promise) | BIT(bad) | BIT(crime);
    size_t praised = 0, facts = 0;

    for (size_t i = 0; i < tokens->n; i++) {
        uint64_t cues = features->cues[i];

        praised += (cues & praise) != 0;
        facts += (cues & fact) != 0 && !(cues & praise);
        if (cues & BIT(solved))
            return false;
    }
    return praised > 0 && facts > 0;
}

static const struct model *const models[COMBINED] = { &model_polarity, &model_emotion,
                                                      &model_intent, &model_urgency };

static void take(const float probabilities[CLASSES_MAX], size_t classes_n, struct verdict *out)
{
    float second = 0;

    memcpy(out->probabilities, probabilities, sizeof(out->probabilities));
    for (size_t i = 0; i < classes_n; i++)
        if (probabilities[i] > probabilities[out->class])
            out->class = i;
    for (size_t i = 0; i < classes_n; i++)
        if (i != out->class)
            second = fmaxf(second, probabilities[i]);
    /* What was added up may be a hair more than 1. */
    out->margin = fminf(probabilities[out->class] - second, 1);
}

/* Did people's corrections make the verdict surer than this? Then they decide it. */
static const float MOVED = 0.1F;

static bool is_moved(const struct verdict *before, const struct verdict *verdict)
{
    size_t class = verdict->class;

    return verdict->probabilities[class] - before->probabilities[class] > MOVED;
}

/* Judges them together. What people's corrections decide stands as it is, and has no say in the
 * other verdicts: there it counts as if nobody had corrected it. */
static void judge_together(const struct lookup *lookup, struct verdict verdicts[COMBINED])
{
    float own[COMBINED][CLASSES_MAX], together[COMBINED][CLASSES_MAX];
    bool is_corrected[COMBINED] = { false };
    struct lookup uncorrected = *lookup;

    uncorrected.learned = NULL;
    for (size_t i = 0; i < COMBINED; i++) {
        struct verdict before;

        model_judge(&uncorrected, models[i], &before);
        verdicts[i] = before;
        if (lookup->learned)
            model_judge(lookup, models[i], &verdicts[i]);
        is_corrected[i] = is_moved(&before, &verdicts[i]);
        memcpy(own[i], (is_corrected[i] ? before : verdicts[i]).probabilities, sizeof(own[i]));
    }
    combine(model_combinations, model_combinations_n, own, together);
    for (size_t i = 0; i < COMBINED; i++)
        if (!is_corrected[i])
            take(together[i], models[i]->classes_n, &verdicts[i]);
}

void mood_of(struct arena *mem, const struct tokens *tokens, const struct learned *learned,
             struct mood *out)
{
    struct verdict verdicts[COMBINED];
    struct features features;
    struct lookup lookup;

    features_of(mem, tokens, 0, tokens->n, &features);
    lookup = lookup_of(mem, models[0]->table, learned, tokens, &features);
    judge_together(&lookup, verdicts);
    for (size_t i = 0; i < COMBINED; i++)
        model_explain(mem, &lookup, models[i], &verdicts[i]);
    *out = (struct mood){ verdicts[0], verdicts[1], verdicts[2], verdicts[3], false, false };
    look_for_danger(mem, tokens, &features, out);
    out->is_doubtful = may_be_irony(tokens, &features);
}
